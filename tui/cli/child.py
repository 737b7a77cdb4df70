"""The collector as a child process of the dashboard.

A process of its own, so that a stalled terminal never stops the polls and the parsing never
stops the keys. It ends when its standard input does, so none is ever left behind.
"""

import contextlib
import os
import subprocess
import tempfile
from collections.abc import Sequence
from typing import IO

_LAST_BYTES = 2000


class CollectorChild:
    """Starts, watches and stops `overflight collect --child`."""

    def __init__(self, command: Sequence[str]) -> None:
        self._command = list(command)
        self._process: subprocess.Popen[bytes] | None = None
        self._said: IO[bytes] | None = None

    def start(self) -> None:
        """Start it; returns at once."""
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the child
        self._process = subprocess.Popen(  # noqa: S603 - our own program
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=self._said,
            start_new_session=True,
        )

    def alive(self) -> bool:
        """Whether it still runs."""
        return self._process is not None and self._process.poll() is None

    @property
    def pid(self) -> int | None:
        """Its number; None while it does not run."""
        return self._process.pid if self._process is not None and self.alive() else None

    def last_words(self) -> str:
        """The last line on its standard error, made plain; empty when it said nothing."""
        if self._said is None:
            return ""
        self._said.seek(0, os.SEEK_END)
        self._said.seek(max(0, self._said.tell() - _LAST_BYTES))
        from tui.reading.plain_text import TITLE_LIMIT, plain_text

        lines = self._said.read().decode("utf-8", "replace").strip().splitlines()
        return plain_text(lines[-1].removeprefix("overflight: "), TITLE_LIMIT) if lines else ""

    def stop(self) -> None:
        """Close its standard input, which ends it; kill it after two seconds."""
        process, self._process = self._process, None
        if process is None:
            return
        if process.stdin is not None:
            with contextlib.suppress(OSError):
                process.stdin.close()
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        try:
            process.wait(timeout=2)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
