"""S3: the whole hostile corpus and every behaviour of the misbehaving server, with good feeds between, round after round."""

import json
import os
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bench.soak.collector import Collector
from bench.soak.findings import Findings
from bench.soak.jump_clock import JumpClock
from bench.soak.misbehaving import Misbehaving
from bench.soak.processes import wait_until
from bench.soak.stored import Heard, compare, problems_of
from bench.soak.timed_loop import delays_in
from bench.soak.world import Plan, World, feed_list

_ROUNDS, _ROUNDS_SHORT = 10, 2
_GOOD = 50
_DEADLINE, _DEADLINE_SHORT = 30.0, 10.0
_BETWEEN = timedelta(hours=31)
"""More than any waiting after a failure: every feed is due, but for one that is gone."""
_LONGEST_ROUND = 400.0
_MOST_LATE_MS = 100
_BEGIN = datetime(2026, 3, 2, tzinfo=UTC)


def _lines(polls: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in polls.read_text().splitlines()]


def _table(url: str, number: int) -> str:
    return (
        f'[[feed]]\nurl = "{url}"\nname = "Hostile {number}"\nlang = "en"\ncountry = "PL"\n'
        f'publisher = "Hostile {number}"\nkind = "national"\nevery = "15m"\nallow_private = true\n'
    )


def run(*, short: bool) -> Findings:
    """Ten rounds, or two with a shorter deadline."""
    findings = Findings("S3 hostile", timed=not short, found=[])
    folder = Path(os.environ.get("OVERFLIGHT_SHARED", "../shared")) / "data/nasty"
    if not (folder / "server.py").is_file():
        findings.tell("skipped", f"the hostile corpus is not at {folder}: set OVERFLIGHT_SHARED")
        return findings
    rounds, deadline = (_ROUNDS_SHORT, _DEADLINE_SHORT) if short else (_ROUNDS, _DEADLINE)
    with tempfile.TemporaryDirectory(prefix="overflight-soak-") as temporary:
        home = Path(temporary)
        clock = JumpClock.made(home / "clock", _BEGIN)
        polls, delays = home / "polls.log", home / "delays"
        polls.touch()
        plan = Plan(_GOOD, origins=_GOOD, clock=str(home / "clock"))
        with World(plan) as world, Misbehaving(folder, rounds * _LONGEST_ROUND) as hostile:
            tables = [_table(url, number) for number, url in enumerate(hostile.urls)]
            good = feed_list(world, settings=f'deadline = "{deadline:g}s"')
            (home / "feeds.toml").write_text("\n".join((good, *tables)))
            lost, trouble, slowest_good, lasted = 0, "", 0.0, []
            with Collector(home, delays=delays, polls=polls) as collector:
                wait_until(lambda: polls.stat().st_size or not collector.lives, 60)
                with closing(Heard(collector.database)) as heard:
                    for number in range(rounds):
                        begun = time.monotonic()
                        asked = [one["asked"] for one in world.truth()]
                        if number:
                            clock.jump(_BETWEEN)
                        ended = wait_until(lambda: _rested(collector, heard, clock), _LONGEST_ROUND, 0.05)
                        lasted.append(time.monotonic() - begun)
                        truth = world.truth()
                        lost += compare(collector.database, world.urls, truth).lost
                        served = number == 0 or all(
                            one["asked"] > before for one, before in zip(truth, asked, strict=True)
                        )
                        if not ended or not served or not collector.lives:
                            trouble = f"round {number}: rest {ended}, every good feed asked {served}, status {collector.status}"
                            break
                        slowest_good = max(slowest_good, _last_good(_lines(polls), world.urls, begun))
                        print(f"s3: round {number + 1} in {lasted[-1]:.0f} s", file=sys.stderr, flush=True)
                status = collector.end()
            compared = compare(collector.database, world.urls, world.truth())
            problems = problems_of(collector.database)
            noted, late = _lines(polls), delays_in(delays)
    findings.tell(
        "rounds",
        f"{rounds} of {len(tables)} hostile feeds and {_GOOD} good ones, {max(lasted):.0f} s at most",
    )
    findings.hold(
        "every story of every good feed, each round",
        trouble or f"{compared.stored} stored, {lost} lost, {compared.doubled} doubled",
        held=not trouble and lost == compared.lost == compared.doubled == 0,
    )
    findings.tell(
        "a good feed's last answer is worked through", f"at most {slowest_good:.1f} s into its round"
    )
    _judge(findings, noted, deadline)
    findings.time("the collector's loop late by less than 100 ms at p99", late, held=late.p99 < _MOST_LATE_MS)
    findings.hold(
        "the store is whole, the collector ends when told to",
        problems[:3] or status,
        held=not problems and status == 0,
    )
    return findings


def _rested(collector: Collector, heard: Heard, clock: JumpClock) -> bool:
    state, due, _ = heard.last()
    return not collector.lives or (state == "idle" and due is not None and due > clock.seconds())


def _last_good(noted: list[dict[str, Any]], urls: list[str], begun: float) -> float:
    ours = set(urls)
    return max((one["at"] - begun for one in noted if one["url"] in ours and one["at"] > begun), default=0.0)


def _judge(findings: Findings, noted: list[dict[str, Any]], deadline: float) -> None:
    fetches = [one for one in noted if one["kind"] == "fetch"]
    slowest = max(fetches, key=lambda one: one["seconds"])
    path = slowest["url"].partition("//")[2].partition("/")[2]
    findings.time(
        f"every answer ended by the deadline of {deadline:g} s + 1 s",
        f"slowest {slowest['seconds']:.2f} s ({path}); {len(fetches)} requests",
        held=slowest["seconds"] <= deadline + 1,
    )
    parses = [one for one in noted if one["kind"] == "parse"]
    killed = Counter(one["url"].rpartition("/")[2] for one in parses if one["killed"])
    unread = sum(one["unread"] for one in noted if one["kind"] == "read")
    starts = max(one["starts"] for one in parses)
    findings.hold(
        "the parser starts anew after each body that kills it, and never else",
        f"{starts} starts, {sum(killed.values())} bodies given up ({', '.join(sorted(killed)) or 'none'}), {unread} entries unread",
        held=starts <= 1 + sum(killed.values()) + unread + _replaced(parses),
    )


def _replaced(parses: list[dict[str, Any]]) -> int:
    """How often a child may have been worn out: by a thousand bodies, or by the memory that a body took."""
    return len(parses) // 1000 + sum(bool(one["seconds"] > 1.0 and not one["killed"]) for one in parses)
