"""One round over many feeds from loopback, through the real fetcher, parse child, grouping and store.

    python bench/round_1000.py [--feeds 1000] [--items 30] [--servers 40] [--spacing 0] [--reader module:function]

Four rounds: cold; unchanged (304); unchanged but the server ignores conditions (200, same bytes); every body
re-dated (200, other bytes, same stories). Prints wall, CPU and peak memory of all our processes, what was
stored, and how late the event loop of another process ran meanwhile: the stand-in for the interface.
Exits with 1 when a story is missing, doubled, or added by a refetch. Ends by itself.
"""

import argparse
import asyncio
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.feed_farm import Farm
from tui.domain.codes import Origin
from tui.domain.feed import Feed, FeedList, Settings
from tui.feeds.fetch import HttpFetcher
from tui.pipeline.collector import Equipment, collect_once, this_process
from tui.pipeline.parse_child import DEFAULT_READER, ParseChild
from tui.pipeline.rhythm import Rhythm
from tui.pipeline.rounds import RoundSummary
from tui.reading.conclude import conclude
from tui.reading.grouping import Grouper
from tui.reading.line import incident_line
from tui.store.database import open_writer
from tui.store.save import StoreKeeper

_LOOP_WATCH = """
import asyncio, json, sys, threading
late, stop = [], threading.Event()
threading.Thread(target=lambda: (sys.stdin.read(), stop.set()), daemon=True).start()
async def watch():
    loop = asyncio.get_running_loop()
    while not stop.is_set() and len(late) < 200_000:
        due = loop.time() + 0.01
        await asyncio.sleep(0.01)
        late.append((loop.time() - due) * 1000)
asyncio.run(watch())
late.sort()
pick = lambda share: round(late[min(len(late) - 1, int(share * len(late)))], 2)
print(json.dumps({"p50": pick(0.5), "p99": pick(0.99), "max": pick(1.0), "ticks": len(late)}))
"""
_LONGEST_SECONDS = 600


class _SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return time.monotonic()


@dataclass
class Measured:
    """One round."""

    wall: float
    cpu_here: float
    cpu_parsing: float
    peak_mb: float
    summary: RoundSummary
    late: dict[str, float]


@contextmanager
def _loop_watch() -> Iterator[dict[str, float]]:
    """Milliseconds that a loop in another process ran late."""
    late: dict[str, float] = {}
    with subprocess.Popen(
        [sys.executable, "-c", _LOOP_WATCH], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield late
        late.update(json.loads(process.communicate()[0]))


class _Memory:
    """Resident memory of this process and the parse children, summed, sampled while it runs."""

    def __init__(self, *strangers: int) -> None:
        self._strangers = set(strangers)
        self.peak = 0.0
        self.parse_cpu: dict[int, float] = {}

    async def watch(self) -> None:
        while True:
            self.sample()
            await asyncio.sleep(0.1)

    def sample(self) -> None:
        children = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
        ours = [pid for pid in map(int, children) if pid not in self._strangers]
        resident = _resident_mb(os.getpid())
        for pid in ours:
            try:
                resident += _resident_mb(pid)
                self.parse_cpu[pid] = _cpu_seconds(pid)
            except (OSError, StopIteration):
                continue  # it has just ended
        self.peak = max(self.peak, resident)


def _resident_mb(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1024


def _cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _cpu_here() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


async def _round(equipment: Equipment, memory: _Memory) -> Measured:
    memory.peak, memory.parse_cpu = 0.0, {}
    with _loop_watch() as late:
        watching = asyncio.create_task(memory.watch())
        begun, cpu = time.monotonic(), _cpu_here()
        before = {}
        memory.sample()
        before = dict(memory.parse_cpu)
        async with asyncio.timeout(_LONGEST_SECONDS):
            collected = await collect_once(equipment, everything=True)
        wall, used = time.monotonic() - begun, _cpu_here() - cpu
        memory.sample()
        watching.cancel()
    parsing = sum(spent - before.get(pid, 0.0) for pid, spent in memory.parse_cpu.items())
    return Measured(wall, used, parsing, memory.peak, collected.summary, late)


async def _run(options: argparse.Namespace, farm: Farm, folder: Path) -> int:
    clock = _SystemClock()
    settings = Settings(concurrency=options.concurrency)
    feeds = [
        Feed(
            url,
            f"feed {number}",
            publisher=f"publisher {number}",
            country="PL",
            lang="en",
            allow_private=True,
        )
        for number, url in enumerate(farm.urls)
    ]
    fetcher, parser = HttpFetcher(settings, clock), ParseChild(options.reader)
    await parser.start()
    equipment = Equipment(
        feeds=FeedList(tuple(feeds), settings, "bench"),
        fetcher=fetcher,
        parser=parser,
        open_keeper=lambda: StoreKeeper(
            open_writer(folder / "bench.db"),
            conclude=conclude,
            line=incident_line,
            origin=Origin.NEWS,
            reader_version="bench",
        ),
        make_grouping=Grouper,
        clock=clock,
        holder=this_process(),
        rhythm=Rhythm(hand_pause=timedelta(0), spacing=timedelta(seconds=options.spacing)),
    )
    expected = len(feeds) * options.items
    wrong = 0
    print(
        f"{len(feeds)} feeds x {options.items} items on {options.servers} origins, {farm.megabytes:.0f} MB; "
        f"{settings.concurrency} in flight, reader {options.reader}"
    )
    print(
        f"{'round':34}{'wall s':>8}{'CPU s':>8}{'parse s':>8}{'peak MB':>9}{'new':>7}{'kept':>6}{'same':>6}"
        f"{'failed':>7}   other loop late ms p50/p99/max"
    )
    try:
        memory = _Memory(farm.pid)
        for name, mode, new in (
            ("cold", "", expected),
            ("unchanged, 304", "", 0),
            ("unchanged, conditions ignored", "deaf", 0),
            ("all re-dated, read again", "redated", 0),
        ):
            farm.say(mode)
            one = await _round(equipment, memory)
            done = one.summary
            print(
                f"{name:34}{one.wall:8.2f}{one.cpu_here:8.2f}{one.cpu_parsing:8.2f}{one.peak_mb:9.0f}{done.new:7}"
                f"{done.kept:6}{done.unchanged:6}{done.failed + done.unreached:7}   "
                f"{one.late['p50']:.1f} / {one.late['p99']:.1f} / {one.late['max']:.1f}"
            )
            wrong += done.new != new or done.revised != 0 or done.failed + done.unreached != 0
    finally:
        await fetcher.aclose()
        await parser.aclose()
    stored = _stored(folder / "bench.db")
    print(
        f"entries stored {stored} of {expected}; database {(folder / 'bench.db').stat().st_size / 1e6:.1f} MB"
    )
    return int(bool(wrong) or stored != expected)


def _stored(path: Path) -> int:
    writer = open_writer(path)
    try:
        return int(writer.connection.execute("SELECT count(*) FROM entry").fetchone()[0])
    finally:
        writer.close()


def main() -> int:
    """Run it; the exit status."""
    said = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    said.add_argument("--feeds", type=int, default=1000)
    said.add_argument("--items", type=int, default=30)
    said.add_argument("--servers", type=int, default=40)
    said.add_argument("--concurrency", type=int, default=Settings().concurrency)
    said.add_argument("--spacing", type=float, default=0.0, help="seconds between requests to one origin")
    said.add_argument("--latency", type=float, default=0.0, help="mean seconds before a server answers")
    said.add_argument("--reader", default=DEFAULT_READER)
    options = said.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="overflight-bench-") as folder,
        Farm(options.feeds, options.items, options.servers, options.latency) as farm,
    ):
        return asyncio.run(_run(options, farm, Path(folder)))


if __name__ == "__main__":
    sys.exit(main())
