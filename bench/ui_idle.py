"""The interface alone, on a fake store in a real pty: first content, idle CPU and bytes, key to last byte.

    python bench/ui_idle.py [--starts 5] [--idle 20]

Prints one line a figure. `bench/start_and_idle.py` measures the whole program with its store and collector.
"""

import argparse
import os
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.ui.terminal import Terminal, staged  # the path is set above

_SIZES = ((80, 24), (120, 40), (200, 60))
_CONTENT = b"Smuggling balloons"


def cpu_seconds(pid: int) -> float:
    """User and system time of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def first_content(size: tuple[int, int]) -> float:
    """Milliseconds from starting the program until the first incident stands on the terminal."""
    began = time.monotonic()
    with staged("plain", size=size) as terminal:
        terminal.until(_CONTENT)
        return (time.monotonic() - began) * 1000


def idle(terminal: Terminal, seconds: float) -> tuple[float, float]:
    """Percent of a core and bytes a second while nothing happens."""
    terminal.quiet(1.5)
    cpu, size, began = cpu_seconds(terminal.process.pid), len(terminal.raw), time.monotonic()
    while time.monotonic() - began < seconds:
        terminal.read(1.0)
    passed = time.monotonic() - began
    percent = (cpu_seconds(terminal.process.pid) - cpu) / passed * 100
    return percent, (len(terminal.raw) - size) / passed


def key_times(terminal: Terminal, key: str, presses: int) -> list[float]:
    """Milliseconds from a key to the last byte it brings, the settled preview left out."""
    found = []
    for _ in range(presses):
        terminal.quiet(0.25)
        began = time.monotonic()
        terminal.type(key)
        last = began
        while time.monotonic() - began < 0.07:
            if terminal.read(0.005):
                last = time.monotonic()
        found.append((last - began) * 1000)
    return found


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--starts", type=int, default=5)
    options.add_argument("--idle", type=float, default=20)
    chosen = options.parse_args()
    first_content((120, 40))
    for size in _SIZES:
        name = f"{size[0]}×{size[1]}"
        starts = [first_content(size) for _ in range(chosen.starts)]
        print(f"first content {name}: median {statistics.median(starts):.0f} ms, best {min(starts):.0f} ms")
        with staged("plain", size=size) as terminal:
            terminal.until(_CONTENT)
            percent, rate = idle(terminal, chosen.idle)
            print(f"idle {name}: {percent:.2f} % of a core, {rate:.0f} bytes/s")
            keys = sorted(key_times(terminal, "j", 20))
            print(f"j {name}: median {statistics.median(keys):.1f} ms, p95 {keys[18]:.1f} ms")


if __name__ == "__main__":
    main()
