"""Processes that share one database: each slot keeps one of them running, and what they say is gathered."""

import fcntl
import os
import pty
import re
import signal
import struct
import subprocess
import sys
import termios
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from select import select

_ROOT = Path(__file__).resolve().parents[1]
LOCKED = re.compile(rb"busy writing|(?:database|table) is locked|StoreBusy", re.IGNORECASE)
"""How a lock that was waited for in vain is told: by us, and by SQLite."""
_TRACEBACK = b"Traceback (most recent call last)"
_KEPT_BYTES = 4096
"""Of what was written before: a word may be cut in two."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in the crowd: one process at a time, the next when it has ended."""

    name: str
    commands: tuple[tuple[str, ...], ...]
    """Called in turn."""
    pause: float = 1.0
    """Seconds between two."""
    keys: bytes = b""
    """What is typed, a key a second: then it is a dashboard in a terminal."""
    stays: float | None = None
    """It runs for ever; seconds after which a person ends it, and starts another. None: it ends by itself."""
    allowed: frozenset[int] = frozenset({0, 1})
    """Exit statuses of a run that went well."""


@dataclass
class Told:
    """What the crowd did; of many threads."""

    runs: Counter[str] = field(default_factory=Counter)
    lock_errors: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    running: int = 0
    most_running: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def begun(self) -> None:
        """One more runs."""
        with self.lock:
            self.running += 1
            self.most_running = max(self.most_running, self.running)

    def ended(self, name: str, command: tuple[str, ...], status: int, said: bytes, *, well: bool) -> None:
        """A run is over."""
        with self.lock:
            self.running -= 1
            self.runs[name] += 1
            what = f"{' '.join(command) or 'the dashboard'}: status {status}"
            if LOCKED.search(said):
                self.lock_errors.append(f"{what}: {_line_with(said)}")
            elif not well or _TRACEBACK in said:
                self.failures.append(f"{what}: {said[-300:].decode('utf-8', 'replace').strip()}")


def _line_with(said: bytes) -> str:
    found = LOCKED.search(said)
    begin = max(0, found.start() - 80) if found else 0
    return said[begin : begin + 240].decode("utf-8", "replace").strip()


class Crowd:
    """Every slot in a thread of its own, until it is told to stop."""

    def __init__(self, home: Path, slots: tuple[Slot, ...]) -> None:
        self.told = Told()
        self._stop = threading.Event()
        self._environment = {
            **os.environ,
            "OVERFLIGHT_HOME": str(home),
            "TERM": "xterm-256color",
            "LANG": "C.UTF-8",
            "PYTHONPATH": str(_ROOT),
        }
        self._home = home
        self._threads = [threading.Thread(target=self._keep, args=(slot,), name=slot.name) for slot in slots]

    @contextmanager
    def gathered(self) -> Iterator[Told]:
        """All of them run while the block does; each is ended and waited for after it."""
        for thread in self._threads:
            thread.start()
        try:
            yield self.told
        finally:
            self._stop.set()
            for thread in self._threads:
                thread.join(60)

    def _keep(self, slot: Slot) -> None:
        turn = 0
        while not self._stop.is_set():
            command = slot.commands[turn % len(slot.commands)]
            turn += 1
            self.told.begun()
            status, said, ended_by_us = _run(command, slot, self._environment, self._home, self._stop)
            # Whoever fetches may be killed on purpose.
            well = status in slot.allowed or status == -signal.SIGKILL
            well = well or (ended_by_us and status == -signal.SIGTERM)
            self.told.ended(slot.name, command, status, said, well=well)
            self._stop.wait(slot.pause)


def _run(
    command: tuple[str, ...], slot: Slot, environment: Mapping[str, str], home: Path, stop: threading.Event
) -> tuple[int, bytes, bool]:
    """Status, what it said that matters, and whether it was us who ended it."""
    terminal, inside = pty.openpty() if slot.keys else (None, None)
    if inside is not None:
        fcntl.ioctl(inside, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    process = subprocess.Popen(
        [sys.executable, "-m", "tui", *command],
        stdin=subprocess.DEVNULL if inside is None else inside,
        stdout=subprocess.DEVNULL if inside is None else inside,
        stderr=subprocess.PIPE if inside is None else inside,
        env=dict(environment),
        cwd=home,
        start_new_session=True,
    )
    if inside is not None:
        os.close(inside)
    source = terminal if terminal is not None else _errors_of(process)
    try:
        said = _listen(process, source, slot, stop)
        ended_by_us = process.poll() is None
        return _ended(process), said + _rest_of(source), ended_by_us
    finally:
        if terminal is not None:
            os.close(terminal)
        elif process.stderr is not None:
            process.stderr.close()


def _errors_of(process: subprocess.Popen[bytes]) -> int:
    assert process.stderr is not None
    return process.stderr.fileno()


def _listen(process: subprocess.Popen[bytes], source: int, slot: Slot, stop: threading.Event) -> bytes:
    """What it says that matters, until it ends, or is to end."""
    found, tail, keys = b"", b"", 0
    begun = time.monotonic()
    while process.poll() is None and not stop.is_set():
        if slot.stays is not None and time.monotonic() - begun > slot.stays:
            break
        if slot.keys and time.monotonic() - begun > keys + 3:
            with suppress(OSError):
                os.write(source, slot.keys[keys % len(slot.keys) :][:1])
            keys += 1
        if select([source], [], [], 0.2)[0]:
            written = _read(source)
            if not written:
                break
            tail = (tail + written)[-_KEPT_BYTES - len(written) :]
            if LOCKED.search(tail) or _TRACEBACK in tail:
                found, tail = found + tail, b""
            tail = tail[-_KEPT_BYTES:]
    return found if slot.keys else found + tail


def _read(source: int) -> bytes:
    try:
        return os.read(source, 65536)
    except OSError:
        return b""


def _rest_of(source: int) -> bytes:
    said = b""
    while select([source], [], [], 0)[0] and (written := _read(source)):
        said += written
    return said if LOCKED.search(said) or _TRACEBACK in said else b""


def _ended(process: subprocess.Popen[bytes]) -> int:
    """Its status; asked to end, and killed when it does not."""
    with suppress(ProcessLookupError):
        if process.poll() is None:
            process.terminate()
    try:
        return process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()
