"""Runs a command to its end and measures it with everything it started: wall, CPU, and the memory of all at their peak."""

import contextlib
import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_LOOK_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class Run:
    """What one command took."""

    wall: float
    cpu: float
    """User and system, of the command and of everything it waited for."""
    peak_mb: float
    """Proportional memory (PSS) of all its processes together, at the highest of some looks a second."""
    status: int
    output: str


def measured(command: Sequence[str], *, environment: Mapping[str, str], limit: float) -> Run:
    """Run it, `limit` seconds at most; its standard error goes where ours goes."""
    begun = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=dict(environment))
    peak, ended = 0.0, False
    status, used = 0, None
    while not ended:
        peak = max(peak, memory_of(process.pid))
        pid, status, used = os.wait4(process.pid, os.WNOHANG)
        ended = pid != 0
        if not ended:
            if time.monotonic() - begun > limit:
                process.kill()
            time.sleep(_LOOK_SECONDS)
    wall = time.monotonic() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.stdout is not None
    assert used is not None
    output = process.stdout.read()
    process.stdout.close()
    return Run(wall, used.ru_utime + used.ru_stime, peak, process.returncode, output)


def memory_of(pid: int) -> float:
    """Proportional megabytes of a process and of all that descend from it."""
    return sum(map(_memory, family_of(pid)))


def family_of(pid: int) -> list[int]:
    """A process and all that descend from it, as far as they still live."""
    found, waiting = [], [pid]
    while waiting:
        one = waiting.pop()
        found.append(one)
        with contextlib.suppress(OSError, ValueError):
            for task in Path(f"/proc/{one}/task").iterdir():
                waiting += map(int, (task / "children").read_text().split())
    return found


def _memory(pid: int) -> float:
    with contextlib.suppress(OSError, StopIteration, ValueError):
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        return int(next(line for line in lines if line.startswith("Pss:")).split()[1]) / 1024
    return 0.0
