"""Processes of a run: what they hold, how late their loops run, and that none outlives the run."""

import ctypes
import os
import signal
import time
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from bench.measured_process import family_of

_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36


@dataclass(frozen=True, slots=True)
class Held:
    """What one process holds at a moment."""

    resident_mb: float
    files: int
    """File descriptors that are no sockets."""
    sockets: int
    threads: int


def held_by(pid: int) -> Held:
    """Raises OSError when it has ended."""
    status = dict(
        line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines() if ":" in line
    )
    targets = []
    for link in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(OSError):  # closed since it was listed
            targets.append(str(link.readlink()))
    sockets = sum(target.startswith("socket:") for target in targets)
    return Held(
        int(status.get("VmRSS", "0").split()[0]) / 1024,
        len(targets) - sockets,
        sockets,
        int(status["Threads"]),
    )


def children_of(pid: int) -> list[int]:
    """All that descend from it, itself left out."""
    return [one for one in family_of(pid) if one != pid]


def adopt_orphans() -> None:
    """Whatever a killed process leaves behind becomes our child, so that it can be seen and ended (Linux)."""
    _prctl(_PR_SET_CHILD_SUBREAPER, 1)


def die_with_parent() -> None:
    """This process is killed when the one that started it ends, however that ends (Linux)."""
    _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _prctl(what: int, value: int) -> None:
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(what, value, 0, 0, 0)


def orphans(known: Collection[int]) -> list[int]:
    """Processes that came to us from one that was killed, and still live; those that ended are taken leave of."""
    found = []
    for pid in children_of(os.getpid()):
        if pid not in known:
            with suppress(ChildProcessError):
                if os.waitpid(pid, os.WNOHANG) == (0, 0):
                    found.append(pid)
    return found


def end_family() -> None:
    """Kill all that descend from this process and wait for them."""
    for _ in range(50):
        left = children_of(os.getpid())
        if not left:
            return
        for pid in left:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        orphans(())
        time.sleep(0.02)


def wait_until(happened: Callable[[], object], seconds: float, pause: float = 0.01) -> bool:
    """Look again and again; whether it happened in time."""
    end = time.monotonic() + seconds
    while not happened():
        if time.monotonic() > end:
            return False
        time.sleep(pause)
    return True
