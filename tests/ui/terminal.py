"""A program on a real pseudo-terminal: its raw bytes, its keys, its signals."""

import contextlib
import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
LONGEST = 30.0


@dataclass
class Terminal:
    """The outer end of a pseudo-terminal."""

    master: int
    process: subprocess.Popen[bytes]
    raw: bytearray = field(default_factory=bytearray)

    def read(self, seconds: float) -> bytes:
        """What comes within so many seconds; ends early when the program did."""
        end = time.monotonic() + seconds
        got = bytearray()
        while (left := end - time.monotonic()) > 0:
            ready, _, _ = select.select([self.master], [], [], left)
            if not ready:
                break
            try:
                data = os.read(self.master, 65536)
            except OSError:
                break
            if not data:
                break
            got += data
        self.raw += got
        return bytes(got)

    def until(self, words: bytes, seconds: float = LONGEST) -> None:
        """Read until the bytes came; they must come after what was read before."""
        start = len(self.raw)
        end = time.monotonic() + seconds
        while words not in self.raw[start:]:
            if time.monotonic() > end or self.process.poll() is not None:
                raise AssertionError(f"never came: {words!r}\n{bytes(self.raw[-2000:])!r}")
            self.read(0.05)

    def resize(self, columns: int, rows: int) -> None:
        """Another size, and the signal that says so."""
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def type(self, keys: str) -> None:
        os.write(self.master, keys.encode())

    def quiet(self, seconds: float = 0.3) -> None:
        """Read until nothing came for so long, or the clock ticked on."""
        end = time.monotonic() + 5
        while time.monotonic() < end and self.read(seconds):
            pass

    def wait(self, seconds: float = LONGEST) -> int:
        """Exit code, reading on meanwhile so that the program never blocks on its output."""
        end = time.monotonic() + seconds
        while self.process.poll() is None:
            if time.monotonic() > end:
                raise AssertionError("the program did not end")
            self.read(0.05)
        self.read(0.2)
        return self.process.returncode


def staged(
    *arguments: str, size: tuple[int, int] = (120, 40), environment: dict[str, str] | None = None
) -> AbstractContextManager[Terminal]:
    """The stage on a pseudo-terminal of a size, ended at the end."""
    return on_a_terminal("-m", "tests.ui.stage", *arguments, size=size, environment=environment)


@contextmanager
def on_a_terminal(
    *arguments: str,
    size: tuple[int, int] = (120, 40),
    environment: dict[str, str] | None = None,
    prepare: Callable[[], None] = lambda: None,
) -> Iterator[Terminal]:
    """A Python program on a pseudo-terminal of a size, ended at the end; `prepare` runs in it before it begins."""

    def begin() -> None:
        # Make the pseudo-terminal the controlling one, so that closing it hangs up.
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)
        prepare()

    master, inner = pty.openpty()
    fcntl.ioctl(inner, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
    kept = {name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "COLUMNS", "LINES"}}
    process = subprocess.Popen(
        [sys.executable, *arguments],
        stdin=inner,
        stdout=inner,
        stderr=inner,
        cwd=REPOSITORY,
        env={
            **kept,
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "LC_ALL": "C.UTF-8",
            **(environment or {}),
        },
        start_new_session=True,
        preexec_fn=begin,  # noqa: PLW1509 -- the child does little but take its terminal
    )
    os.close(inner)
    try:
        yield Terminal(master, process)
    finally:
        if process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                process.send_signal(signal.SIGKILL)
        process.wait(10)
        with contextlib.suppress(OSError):
            os.close(master)
