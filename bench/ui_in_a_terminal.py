"""What issue 6 asks of the interface, in a real pty over 50,000 incidents and 200,000 stories: target, measured, pass or short.

    python -m bench.ui_in_a_terminal [--home FOLDER] [--json]

The store is filled once and kept in FOLDER when one is named. Key to paint is the time to the last byte of the
first burst after a key; the preview, which waits for 80 ms of quiet, comes after it.
"""

import argparse
import json
import os
import select
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.board_50k import fill, keeper_of
from bench.feed_farm import Farm
from bench.keys_under_load import feeds_toml
from bench.record import record
from bench.start_and_idle import Dashboard
from tui.cli.clocks import SystemClock
from tui.cli.wiring import open_board
from tui.domain.board import BoardQuery

_LISTED = b"sort age"
"""Stands under the list as soon as it has rows."""
_BURST = 0.008
"""Seconds without a byte that end a frame."""
_DAY = timedelta(days=1)
_OF_A_DAY = 150
"""Incidents of the window that is shown first."""
_TYPING_RESTS = 0.12
"""What the search box waits for by design; taken off the time to its first results."""
_SCREENS = (
    ("incident", b"\r", b"publisher", 1),
    ("story", b"\r\r", b"extracted", 2),
    ("country", b"1j\r", b"profile", 1),
    # From the countries, where that left the keys.
    ("map", b"M", b"legend", 1),
    ("health", b"H", b"standing", 1),
    ("statistics", b"S", b"actor", 1),
    ("search", b"/", b"everything stored", 1),
    ("filter", b"f", b"match", 1),
    ("help", b"?", b"esc closes", 1),
)
"""Keys from the monitor, what stands there once the screen is whole, and how many screens deep it is."""
_SEARCHES = (
    "drones",
    "border 4711",
    "border object:DRN",
    "country:PL actor:RU",
    "reported near border object:DRN",
)


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table."""

    what: str
    target: float
    measured: float
    unit: str

    @property
    def passes(self) -> bool:
        """Whether it is within its target."""
        return self.measured <= self.target


def burst(dashboard: Dashboard, key: bytes, longest: float = 2.0) -> float | None:
    """Milliseconds from a key to the last byte of the frame that it brings; None when none comes."""
    while select.select([dashboard.terminal], [], [], 0)[0]:
        os.read(dashboard.terminal, 65536)
    pressed = time.monotonic()
    os.write(dashboard.terminal, key)
    last, wait = None, longest
    while select.select([dashboard.terminal], [], [], wait)[0]:
        os.read(dashboard.terminal, 65536)
        last, wait = time.monotonic(), _BURST
    return None if last is None else (last - pressed) * 1000


def until(dashboard: Dashboard, key: bytes, words: bytes, longest: float = 10.0) -> float:
    """Milliseconds from a key until words are written; raises when they never are."""
    dashboard.read(0.05)
    pressed = time.monotonic()
    os.write(dashboard.terminal, key)
    written = dashboard.read(longest, until=words)
    if words not in written:
        raise SystemExit(f"{words!r} never came after {key!r}: {written[-600:]!r}")
    return (time.monotonic() - pressed) * 1000


def keys(dashboard: Dashboard, presses: int) -> tuple[list[float], int]:
    """Key to paint of that many moves of the cursor, the slowest last; and how many brought nothing."""
    found = []
    for number in range(presses):
        taken = burst(dashboard, b"j" if number % 20 < 10 else b"k")
        if taken is not None:
            found.append(taken)
        dashboard.read(0.15)
    return sorted(found), presses - len(found)


def p95(times: list[float]) -> float:
    """The time that 19 of 20 keep."""
    return statistics.quantiles(times, n=20)[18]


@contextmanager
def dashboard_over(home: Path, size: tuple[int, int], *arguments: str) -> Iterator[Dashboard]:
    """The program over a store, with its first rows on the terminal."""
    dashboard = Dashboard(home, *size, list(arguments))
    try:
        if _LISTED not in dashboard.read(60, until=_LISTED):
            raise SystemExit("no row ever came")
        yield dashboard
    finally:
        dashboard.stop()


def starts(home: Path, size: tuple[int, int], number: int) -> float:
    """Median milliseconds from exec to the first row of the list, after one start to warm up."""
    times = []
    for _ in range(number + 1):
        with dashboard_over(home, size, "--no-fetch") as dashboard:
            times.append((time.monotonic() - dashboard.started) * 1000)
    return statistics.median(times[1:])


def idle(dashboard: Dashboard, seconds: float) -> tuple[float, float]:
    """Percent of a core and bytes a second while nothing happens."""
    cpu, begun = dashboard.cpu_seconds(), time.monotonic()
    written = len(dashboard.read(seconds))
    passed = time.monotonic() - begun
    return 100 * (dashboard.cpu_seconds() - cpu) / passed, written / passed


def at_rest(home: Path, seconds: float) -> Iterator[Figure]:
    """Idle, then unfocused and paused."""
    with dashboard_over(home, (120, 40), "--no-fetch") as dashboard:
        dashboard.read(15)
        percent, rate = idle(dashboard, seconds)
        os.write(dashboard.terminal, b" ")
        dashboard.read(1)
        os.write(dashboard.terminal, b"\x1b[O")
        dashboard.read(3)
        unseen, silent = idle(dashboard, seconds)
    yield Figure("idle, of a core", 0.5, percent, "%")
    yield Figure("idle, to the terminal", 1024, rate, "B/s")
    yield Figure("unfocused and paused, of a core", 0.5, unseen, "%")
    yield Figure("unfocused and paused, to the terminal", 0, silent, "B/s")


def total_of(home: Path) -> bytes:
    """How many incidents there are in all, as the figures over the list say it once they are counted."""
    source = open_board(home / "overflight.db")
    try:
        return str(source.board(BoardQuery(window=None), SystemClock().now()).total).encode()
    finally:
        source.close()


def by_hand(home: Path, presses: int) -> Iterator[Figure]:
    """Screens, searches, keys and memory of one dashboard that shows all incidents."""
    total = total_of(home)
    with dashboard_over(home, (120, 40), "--no-fetch") as dashboard:
        dashboard.read(1)
        times, _ = keys(dashboard, presses)
        yield Figure("key to paint p95, 24 h window", 16, p95(times), "ms")
        for _ in range(2):
            until(dashboard, b"t", b"window")
            dashboard.read(1)
        yield Figure("first paint of the list, all incidents", 150, until(dashboard, b"t", total), "ms")
        dashboard.read(2)
        before = dashboard.cpu_seconds()
        times, missing = keys(dashboard, presses)
        each = 1000 * (dashboard.cpu_seconds() - before) / presses
        yield Figure("key to paint p95, all incidents", 16, p95(times), "ms")
        yield Figure("key to paint median, all incidents", 16, statistics.median(times), "ms")
        yield Figure("CPU for a key and its preview", 16, each, "ms")
        yield Figure("keys without an answer", 0, missing, "")
        yield from screens(dashboard)
        yield from searches(dashboard)
        yield Figure("memory of the interface", 100, dashboard.memory_mb(), "MB")


def screens(dashboard: Dashboard) -> Iterator[Figure]:
    """From the key that opens each to its last part."""
    for name, way, words, deep in _SCREENS:
        for key in way[:-1]:
            until(dashboard, bytes((key,)), b"\x1b")
            dashboard.read(1.5)
        yield Figure(f"open {name}", 200, until(dashboard, way[-1:], words), "ms")
        dashboard.read(1)
        for _ in range(deep):
            os.write(dashboard.terminal, b"\x1b")
            dashboard.read(0.8)


def searches(dashboard: Dashboard) -> Iterator[Figure]:
    """From the last letter of a query to its first results."""
    slowest = 0.0
    os.write(dashboard.terminal, b"/")
    dashboard.read(2)
    for text in _SEARCHES:
        os.write(dashboard.terminal, b"\x15")  # the line is emptied
        dashboard.read(2)
        os.write(dashboard.terminal, text[:-1].encode())
        dashboard.read(2)
        taken = until(dashboard, text[-1:].encode(), b" ms ")
        slowest = max(slowest, taken - _TYPING_RESTS * 1000)
        yield Figure(f"search {text}", 100, taken - _TYPING_RESTS * 1000, "ms")
        dashboard.read(2)
    yield Figure("slowest search, first results", 100, slowest, "ms")


def under_ingest(home: Path, seconds: float, size: tuple[int, int] = (120, 40)) -> Iterator[Figure]:
    """Keys while the collector of the same dashboard stores 500 feeds × 30 items."""
    with Farm(500, 30, servers=100, latency=0.0) as farm:
        listed = home / "farm.toml"
        listed.write_text(feeds_toml(farm), encoding="utf-8")
        with dashboard_over(home, size, "--feeds", str(listed)) as dashboard:
            end, times = time.monotonic() + seconds, []
            while time.monotonic() < end:
                times += keys(dashboard, 40)[0]
    yield Figure("key to paint p95, during ingest", 25, p95(sorted(times)), "ms")


def prepared(home: Path, incidents: int, stories: int) -> None:
    """Fill the store unless it is; the last day of it is always of today."""
    path, begun, now = home / "overflight.db", time.monotonic(), datetime.now(UTC)
    new = not path.exists()
    keeper = keeper_of(path, now)
    if new:
        fill(keeper, incidents, stories=stories, now=now - _DAY, per_round=500)
    number = int(now.timestamp())
    fill(keeper, _OF_A_DAY, stories=3 * _OF_A_DAY, now=now, span=_DAY, first=number)
    keeper.checkpoint()
    keeper.close()
    print(f"the store was filled in {time.monotonic() - begun:.0f} s", file=sys.stderr)


def main() -> int:
    """Measure and print; the exit code says whether every target is kept."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument(
        "--home", type=Path, help="folder of the store; made and filled when it is not there"
    )
    options.add_argument("--incidents", type=int, default=50_000)
    options.add_argument("--stories", type=int, default=200_000)
    options.add_argument("--starts", type=int, default=7)
    options.add_argument("--idle", type=float, default=30)
    options.add_argument("--keys", type=int, default=200)
    options.add_argument("--ingest", type=float, default=60, help="seconds of it")
    options.add_argument("--only", choices=tuple(_PARTS), nargs="*", default=tuple(_PARTS))
    options.add_argument("--json", action="store_true")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = chosen.home or Path(folder)
        home.mkdir(parents=True, exist_ok=True)
        prepared(home, chosen.incidents, chosen.stories)
        figures = []
        for part in chosen.only:
            for one in _PARTS[part](home, chosen):
                word = "pass" if one.passes else "SHORT"
                print(
                    f"{one.what:<42} target {one.target:7g}  measured {one.measured:8.2f} {one.unit:<4} {word}",
                    file=sys.stderr if chosen.json else sys.stdout,
                    flush=True,
                )
                figures.append(one)
                record(f"50k: {one.what}", one.measured)
    print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores", file=sys.stderr)
    if chosen.json:
        print(json.dumps([{**asdict(one), "passes": one.passes} for one in figures], indent=1))
    return 0 if all(one.passes for one in figures) else 1


def all_starts(home: Path, number: int) -> Iterator[Figure]:
    """First content at each of the three sizes."""
    for columns, rows in ((80, 24), (120, 40), (200, 60)):
        yield Figure(
            f"first content {columns}×{rows}, warm", 500, starts(home, (columns, rows), number), "ms"
        )


_PARTS: dict[str, Callable[[Path, argparse.Namespace], Iterator[Figure]]] = {
    "starts": lambda home, chosen: all_starts(home, chosen.starts),
    "hand": lambda home, chosen: by_hand(home, chosen.keys),
    "rest": lambda home, chosen: at_rest(home, chosen.idle),
    "ingest": lambda home, chosen: under_ingest(home, chosen.ingest),
}
"""What is measured, in this order."""


if __name__ == "__main__":
    sys.exit(main())
