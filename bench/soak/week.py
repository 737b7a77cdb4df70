"""S1: a simulated week of a thousand feeds through the real collector, on a clock that jumps over idle time."""

import json
import math
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bench.soak.collector import Collector
from bench.soak.findings import Findings
from bench.soak.jump_clock import JumpClock
from bench.soak.processes import Held, children_of, held_by, wait_until
from bench.soak.stored import Heard, compare, count, problems_of, sizes
from bench.soak.timed_loop import delays_in
from bench.soak.world import Plan, World, feed_list
from bench.soak.world_feeds import FAILING

_BEGIN = datetime(2026, 3, 2, tzinfo=UTC)
_ROUND = 900.0
_TOLERANCE = 0.1
_WARM_UP = 20
_GRID = 30.0
"""Seconds: polls that are due within one such stretch are asked together."""
_MOST_MB = 250.0
_MOST_WAL = 16 * 1024 * 1024
_MOST_BYTES_A_STORY = 2048.0
_MOST_LATE_MS = 100
_START_SECONDS = 300.0
_STALL_SECONDS = 1200.0
"""Real seconds in which the collector must come to rest."""


@dataclass(frozen=True, slots=True)
class Size:
    """How much of it."""

    feeds: int
    rounds: int
    hours: float
    """Between two items of one feed, on average."""


FULL = Size(feeds=1000, rounds=672, hours=3.0)
SHORT = Size(feeds=40, rounds=32, hours=1.0)


@dataclass(frozen=True, slots=True)
class Sample:
    """At the end of one round."""

    round: int
    collector: Held
    parser_mb: float
    wal: int

    @property
    def resident_mb(self) -> float:
        """Of both our processes."""
        return self.collector.resident_mb + self.parser_mb


def _sample(number: int, collector: Collector) -> Sample:
    parsers = 0.0
    for pid in children_of(collector.pid):
        with suppress(OSError):
            parsers += held_by(pid).resident_mb
    return Sample(number, held_by(collector.pid), parsers, sizes(collector.database)[1])


class Week:
    """Jumps from poll to poll, and looks at the processes at the end of every round."""

    def __init__(self, collector: Collector, clock: JumpClock, heard: Heard, size: Size) -> None:
        self._collector = collector
        self._clock = clock
        self._heard = heard
        self._size = size
        self._begun = time.monotonic()
        self.samples: list[Sample] = []
        self.stalled = ""

    def live(self) -> None:
        """Until the week is over, the collector has ended, or it does not come to rest."""
        start = _BEGIN.timestamp()
        end = start + self._size.rounds * _ROUND
        while self._clock.seconds() < end and not self.stalled:
            if not wait_until(self._at_rest, _STALL_SECONDS, 0.004):
                self.stalled = f"not at rest after {_STALL_SECONDS:.0f} s: {self._heard.last()}"
            passed = int((self._clock.seconds() - start) / _ROUND)
            if passed > len(self.samples):
                self._look(passed)
            _, due, _ = self._heard.last()
            grid = math.ceil((due or 0.0) / _GRID) * _GRID
            self._clock.jump_to(min(end, grid))
        # What was asked for in the last moment is still to be stored.
        wait_until(self._at_rest, _STALL_SECONDS, 0.05)

    def _at_rest(self) -> bool:
        if not self._collector.lives:
            self.stalled = f"it ended with {self._collector.status}"
            return True
        state, due, _ = self._heard.last()
        return state == "idle" and due is not None and due > self._clock.seconds()

    def _look(self, passed: int) -> None:
        sample = _sample(passed, self._collector)
        while len(self.samples) < passed:
            self.samples.append(sample)
        if passed % 12 == 0:
            said = {
                "round": passed,
                "seconds": round(time.monotonic() - self._begun),
                "collector_mb": round(sample.collector.resident_mb, 1),
                "parser_mb": round(sample.parser_mb, 1),
                "files": sample.collector.files,
                "sockets": sample.collector.sockets,
                "threads": sample.collector.threads,
                "wal_mb": round(sample.wal / 1e6, 2),
                "db_mb": round(sizes(self._collector.database)[0] / 1e6, 1),
            }
            print("s1:", json.dumps(said), file=sys.stderr, flush=True)


def run(*, short: bool) -> Findings:
    """The week, or ten hours of it."""
    findings = Findings("S1 week", timed=not short, found=[])
    size = SHORT if short else FULL
    bad, nasty = size.feeds // 20, max(1, size.feeds // 100)
    shared = Path(os.environ.get("OVERFLIGHT_SHARED", "../shared")) / "data/nasty/feeds"
    with tempfile.TemporaryDirectory(prefix="overflight-soak-") as folder:
        home = Path(folder)
        clock = JumpClock.made(home / "clock", _BEGIN)
        plan = Plan(
            good=size.feeds - bad - nasty,
            failing=bad,
            nasty=nasty,
            origins=max(10, size.feeds // 8),
            hours=size.hours,
            clock=str(home / "clock"),
            corpus=str(shared) if shared.is_dir() else "",
        )
        with World(plan) as world:
            (home / "feeds.toml").write_text(feed_list(world, settings='deadline = "3s"'))
            begun = time.monotonic()
            with Collector(home, delays=home / "delays") as collector:
                wait_until(lambda: collector.log.stat().st_size or not collector.lives, _START_SECONDS)
                with closing(Heard(collector.database)) as heard:
                    week = Week(collector, clock, heard, size)
                    week.live()
                status = collector.end()
            seconds = time.monotonic() - begun
            _judge(findings, week, world, collector.database, size)
        late = delays_in(home / "delays")
    findings.hold(
        "the collector lives to the end and ends when told to",
        week.stalled or status,
        held=not week.stalled and status == 0,
    )
    findings.time("the collector's loop late by less than 100 ms at p99", late, held=late.p99 < _MOST_LATE_MS)
    findings.tell(f"{size.feeds} feeds, {size.rounds} rounds of 15 minutes", f"{seconds:.0f} s")
    return findings


def _judge(findings: Findings, week: Week, world: World, database: Path, size: Size) -> None:
    truth = world.truth()
    good = truth[: world.plan.good]
    flapping = [
        one
        for place, one in enumerate(truth[world.plan.good : -world.plan.nasty])
        if FAILING[place % len(FAILING)] == "flap"
    ]
    compared = compare(database, world.urls, [*good, *flapping])
    findings.hold(
        "0 lost, 0 doubled: the server keeps the truth",
        f"{sum(one['served'] - one['first'] for one in (*good, *flapping))} served, {compared.stored} stored, "
        f"{compared.lost} lost, {compared.doubled} doubled",
        held=compared.lost == compared.doubled == 0 and compared.stored > 0,
    )
    gaps = [(one["shortest_gap"], one["longest_gap"]) for one in good]
    shortest, longest = min(gap for gap, _ in gaps), max(gap for _, gap in gaps)
    fewest, most = min(one["asked"] for one in good), max(one["asked"] for one in good)
    enough = size.rounds * (1 - _TOLERANCE)
    findings.hold(
        "no good feed polled less often than nine times in ten",
        f"{fewest} to {most} times in {size.rounds} rounds",
        held=fewest >= enough,
    )
    findings.time(
        "each good feed polled within 10 % of its 15 minutes",
        f"{sum(one['asked'] for one in good)} polls, gaps {shortest / 60:.2f} to {longest / 60:.2f} min",
        held=shortest >= (1 - _TOLERANCE) * _ROUND and longest <= (1 + _TOLERANCE) * _ROUND,
    )
    _judge_processes(findings, week.samples, size)
    file, _ = sizes(database)
    entries, stories = count(database, "entry"), count(database, "story")
    told = f"{file / entries:.0f} bytes an entry: {entries} entries, {stories} of them stories, {file / 1e6:.1f} MB"
    if size is FULL:
        findings.hold("database at most 2 KB an entry", told, held=file / entries <= _MOST_BYTES_A_STORY)
    else:  # what an empty store takes would weigh more than the entries
        findings.tell("database", told)
    problems = problems_of(database)
    findings.hold("the store is whole", problems[:3] or "whole", held=not problems)


def _judge_processes(findings: Findings, samples: Sequence[Sample], size: Size) -> None:
    if len(samples) < size.rounds // 2:
        findings.hold(
            "memory, file descriptors and threads", f"only {len(samples)} rounds were seen", held=False
        )
        return
    warm, last = min(_WARM_UP, len(samples) // 2), max(3, size.rounds // 10)
    early, late = samples[warm : warm + last], samples[-last:]
    names = {
        "collector": lambda one: one.collector.resident_mb,
        "parse child": lambda one: one.parser_mb,
        "both": lambda one: one.resident_mb,
    }
    told, change = [], 0.0
    for name, of in names.items():
        before, after = statistics.median(map(of, early)), statistics.median(map(of, late))
        change = after / before - 1
        told.append(f"{name} {before:.0f} → {after:.0f} MB ({change:+.1%})")
    findings.hold(
        f"resident memory of the last tenth within ±10 % of that after round {warm}",
        "; ".join(told),
        held=abs(change) <= _TOLERANCE,
    )
    most = max(one.resident_mb for one in samples)
    findings.hold(
        "memory of collector and parse child below 250 MB", f"at most {most:.0f} MB", held=most < _MOST_MB
    )
    files = [one.collector.files for one in samples[warm:]]
    findings.hold(
        "file descriptors ±2 (sockets apart)",
        f"{min(files)} to {max(files)}",
        held=max(files) - min(files) <= 2,
    )
    sockets = [one.collector.sockets for one in samples[warm:]]
    ends = (
        statistics.median(one.collector.sockets for one in early),
        statistics.median(one.collector.sockets for one in late),
    )
    findings.hold(
        "sockets ±2",
        f"{ends[0]:.0f} → {ends[1]:.0f}, between {min(sockets)} and {max(sockets)}",
        held=abs(ends[1] - ends[0]) <= 2,
    )
    threads = [one.collector.threads for one in samples[warm:]]
    findings.hold("threads ±0", f"{min(threads)} to {max(threads)}", held=min(threads) == max(threads))
    log = max(one.wal for one in samples)
    findings.hold(
        "write-ahead log at most 16 MB at each round's end",
        f"at most {log / 1e6:.2f} MB",
        held=log <= _MOST_WAL,
    )
