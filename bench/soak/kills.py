"""S2: the collector killed without warning at random moments while it stores, again and again."""

import random
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench.soak.collector import Collector, load_parts
from bench.soak.findings import Findings
from bench.soak.jump_clock import JumpClock
from bench.soak.processes import orphans, wait_until
from bench.soak.stored import compare, count, missing_keys, problems_of
from bench.soak.world import Plan, World, feed_list

_KILLS, _KILLS_SHORT = 1000, 8
_VERIFIED_EACH, _VERIFIED_EACH_SHORT = 10, 4
_FEEDS = 24
_LATENCY = (0.0, 0.5)
"""Answers, and with them the storing, are spread over half a second."""
_START_SECONDS = 60.0
_SETTLE_SECONDS = 120.0
_BETWEEN = timedelta(minutes=20)
"""So much passes before each start: every feed is due."""
_BEGIN = datetime(2026, 3, 2, tzinfo=UTC)


class Killing:
    """One database, killed again and again."""

    def __init__(self, home: Path, world: World, clock: JumpClock) -> None:
        self.home, self.world, self.clock = home, world, clock
        self.kills = self.in_storing = self.left_behind = 0
        self.problems: list[str] = []
        self._chance = random.Random(7)

    def kill_once(self) -> None:
        """Start it, wait until it stores, kill it at a moment of chance."""
        self.clock.jump(_BETWEEN)
        with Collector(self.home, forked=True) as collector:
            before = collector.log.stat().st_size
            if self._chance.random() < 0.05:  # now and then while it starts
                time.sleep(self._chance.uniform(0, 2))
            else:
                wait_until(
                    lambda: collector.log.stat().st_size > before or not collector.lives, _START_SECONDS
                )
                if not collector.lives or collector.log.stat().st_size == before:
                    self.problems.append(
                        f"start {self.kills}: nothing stored, exit status {collector.status}"
                    )
            time.sleep(self._chance.uniform(0, _LATENCY[1] * 1.2))
            collector.kill()
            self.in_storing += collector.log.stat().st_size > before
        self.kills += 1
        if not wait_until(lambda: not orphans({self.world.pid}), 5):
            self.left_behind += 1

    def look(self) -> None:
        """Pages, references, indexes; and every key that was acknowledged."""
        database = self.home / "overflight.db"
        if not database.exists():
            return
        self.problems += problems_of(database)
        keys = (self.home / "stored.log").read_text().split()
        missing = missing_keys(database, keys)
        if missing:
            self.problems.append(f"{missing} acknowledged entries missing after {self.kills} kills")

    def settle(self) -> bool:
        """Leave it alive until the server has nothing new for anybody."""
        self.world.stand_still()
        with Collector(self.home) as collector:
            before = [one["unchanged"] for one in self.world.truth()]

            def settled() -> bool:
                self.clock.jump(timedelta(minutes=5))
                time.sleep(0.5)
                return all(
                    one["unchanged"] > then for one, then in zip(self.world.truth(), before, strict=True)
                )

            done = wait_until(settled, _SETTLE_SECONDS)
            collector.end()
        return done


def run(*, short: bool) -> Findings:
    """1,000 kills, or a few."""
    findings = Findings("S2 kill -9", timed=not short, found=[])
    load_parts()
    kills, each = (_KILLS_SHORT, _VERIFIED_EACH_SHORT) if short else (_KILLS, _VERIFIED_EACH)
    with tempfile.TemporaryDirectory(prefix="overflight-soak-") as folder:
        home = Path(folder)
        clock = JumpClock.made(home / "clock", _BEGIN)
        plan = Plan(good=_FEEDS, origins=_FEEDS, latency=_LATENCY, clock=str(home / "clock"))
        with World(plan) as world:
            (home / "feeds.toml").write_text(feed_list(world))
            killing = Killing(home, world, clock)
            begun = time.monotonic()
            while killing.kills < kills:
                killing.kill_once()
                if killing.kills % each == 0:
                    killing.look()
                    said = f"{killing.kills} kills, {killing.in_storing} while it stored, {len(killing.problems)} problems"
                    print(f"s2: {said}, {time.monotonic() - begun:.0f} s", file=sys.stderr, flush=True)
            settled = killing.settle()
            killing.look()
            truth, database = world.truth(), home / "overflight.db"
            acknowledged = compare(database, world.urls, truth, "acknowledged")
            logged = (home / "stored.log").read_text().split()
            stories = count(database, "story")
    seconds = time.monotonic() - begun
    findings.tell("kills", f"{kills} in {seconds:.0f} s, {killing.in_storing} of them while it stored")
    findings.hold(
        "entries that the store acknowledged: 0 lost",
        f"{len(logged)} acknowledged, {sum('acknowledged' in one for one in killing.problems)} times some missing",
        held=not any("acknowledged entries" in one for one in killing.problems),
    )
    findings.hold(
        "entries that the client showed the server to hold: 0 lost, 0 doubled",
        f"{sum(one['acknowledged'] for one in truth)} shown; {acknowledged.stored} stored ({stories} stories), "
        f"{acknowledged.lost} lost, {acknowledged.doubled} doubled",
        held=acknowledged.lost == acknowledged.doubled == 0,
    )
    findings.hold("left alone at the end it holds everything", settled, held=settled)
    findings.hold(
        f"pages, references and search indexes whole, looked at each {each}th",
        killing.problems[:3] or "whole",
        held=not killing.problems,
    )
    findings.hold("no process left behind", f"{killing.left_behind} times one", held=not killing.left_behind)
    return findings
