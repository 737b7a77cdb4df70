"""The real dashboard in a real pty while its collector takes in 1,000 feeds × 30 items: key to first byte drawn.

A key every 150 ms, moving the cursor of the incident list; with Textual's frame included. Prints the delays
while the round runs, and how many entries were stored at the end. Bounded; stops by itself.
"""

import argparse
import os
import select
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.feed_farm import Farm
from bench.start_and_idle import Dashboard
from tui.cli.clocks import SystemClock
from tui.cli.wiring import open_board
from tui.domain.board import BoardQuery

_LONGEST_SECONDS = 240.0


def feeds_toml(farm: Farm) -> str:
    """The farm as a feed list."""
    tables = (
        f'[[feed]]\nurl = "{url}"\nname = "Feed {number}"\nlang = "en"\ncountry = "PL"\n'
        f'publisher = "Publisher {number}"\nkind = "national"\nallow_private = true\n'
        for number, url in enumerate(farm.urls)
    )
    return "\n".join(tables)


def delay_of(dashboard: Dashboard, key: bytes) -> float | None:
    """Seconds from a key to the first byte written after it; None when nothing came within two seconds."""
    while select.select([dashboard.terminal], [], [], 0)[0]:
        os.read(dashboard.terminal, 65536)
    pressed = time.monotonic()
    os.write(dashboard.terminal, key)
    if not select.select([dashboard.terminal], [], [], 2)[0]:
        return None
    os.read(dashboard.terminal, 65536)
    return time.monotonic() - pressed


def main() -> int:
    """Run it and print."""
    said = argparse.ArgumentParser(description=__doc__)
    said.add_argument("--feeds", type=int, default=1000)
    said.add_argument("--items", type=int, default=30)
    options = said.parse_args()
    wanted = options.feeds * options.items
    with (
        tempfile.TemporaryDirectory() as folder,
        Farm(options.feeds, options.items, servers=250, latency=0.0) as farm,
    ):
        home = Path(folder)
        listed = home / "farm.toml"
        listed.write_text(feeds_toml(farm), encoding="utf-8")
        dashboard = Dashboard(home, 120, 40, ["--feeds", str(listed)])
        started = time.monotonic()
        dashboard.read(10, until=b"known incidents")
        source, clock = open_board(home / "overflight.db"), SystemClock()
        delays: list[float] = []
        missing, entries, keys = 0, 0, 0
        while time.monotonic() - started < _LONGEST_SECONDS and entries < wanted:
            delay = delay_of(dashboard, b"j" if keys % 20 < 10 else b"k")
            keys += 1
            if delay is None:
                missing += 1
            else:
                delays.append(delay * 1000)
            dashboard.read(0.15)
            if keys % 10 == 0:
                entries = source.board(BoardQuery(), clock.now()).entries
        seconds = time.monotonic() - started
        memory = dashboard.memory_mb()
        dashboard.stop()
        source.close()
    cuts = statistics.quantiles(delays, n=100)
    print(
        f"{entries:,} of {wanted:,} entries stored in {seconds:.0f} s; {keys} keys, {missing} without an answer; "
        f"key to first byte p50 {cuts[49]:.1f}  p95 {cuts[94]:.1f}  p99 {cuts[98]:.1f}  max {max(delays):.1f} ms; "
        f"interface {memory:.0f} MB"
    )
    return 0 if entries == wanted else 1


if __name__ == "__main__":
    sys.exit(main())
