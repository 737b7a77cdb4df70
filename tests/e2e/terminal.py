"""A real tmux with a program in it, and waiting on what its screen shows."""

import os
import shlex
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self


class Tmux:
    """One program in one tmux pane of its own server."""

    def __init__(self, tmux: str, folder: Path, columns: int, rows: int) -> None:
        self._tmux = [tmux, "-S", str(folder / "tmux.sock"), "-f", "/dev/null"]
        self._size = ["-x", str(columns), "-y", str(rows)]

    def start(self, command: Sequence[str], environment: dict[str, str]) -> None:
        """Start the program; its exit status is printed when it ends."""
        exports = " ".join(f"{name}={shlex.quote(value)}" for name, value in environment.items())
        # Textual believes these before the terminal, and a test runner may have set them.
        line = f"env -u COLUMNS -u LINES {exports} {shlex.join(command)}; echo ended with $?; sleep 600"
        self.run("new-session", "-d", *self._size, "sh", "-c", line)

    def run(self, *arguments: str) -> str:
        """One tmux command; its output."""
        done = subprocess.run(
            [*self._tmux, *arguments],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "TERM": "xterm-256color", "LANG": "C.UTF-8"},
        )
        return done.stdout

    def keys(self, *names: str) -> None:
        """Type keys by their tmux names."""
        self.run("send-keys", *names)

    def screen(self) -> str:
        """The text now on the screen."""
        return self.run("capture-pane", "-p")

    def wait(self, shows: Callable[[str], bool], what: str, seconds: float = 30) -> str:
        """The first screen that shows it; fails with the screen when none does in time."""
        end = time.monotonic() + seconds
        screen = ""
        while time.monotonic() < end:
            screen = self.screen()
            if shows(screen):
                return screen
            time.sleep(0.05)
        raise AssertionError(f"the screen never showed {what}:\n{screen}")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        subprocess.run([*self._tmux, "kill-server"], capture_output=True, check=False)
