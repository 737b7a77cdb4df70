"""The parse child: an answer in time, whatever a body does to it."""

import asyncio
import os
import resource
import signal
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from tests.parse.samples import FEED, NOW, rss, titled
from tui.domain.rules import BiasRule, Rules, TermRule
from tui.pipeline.parse_child import ChildLimits, ParseChild
from tui.pipeline.ports import Parsed, ParseFailed, Parser, ReadEntry

PLAIN = "tests.parse.child_readers:plain"
ROOT = Path(__file__).parents[2]
COLLECTOR = f"""
import asyncio
from tui.pipeline.parse_child import ParseChild
async def main():
    child = ParseChild("{PLAIN}")
    await child.start()
    print(child._process.pid, flush=True)
    await asyncio.sleep(60)
asyncio.run(main())
"""
OBEYING = "tests.parse.child_readers:obeying"
PATIENT = 60.0


@pytest.fixture
async def obeying() -> AsyncIterator[ParseChild]:
    # The child stands back for everything else on the machine: its limits here leave room for a busy one.
    child = ParseChild(OBEYING, ChildLimits(wall=PATIENT, entry_wall=4.0))
    yield child
    await child.aclose()


async def read(child: ParseChild, *wanted: str, summary: str = "") -> tuple[ReadEntry, ...] | ParseFailed:
    """Parse and read, as the pipeline does."""
    items = (
        f"{titled(title, f'g{at}')}<description>{summary}</description>" for at, title in enumerate(wanted)
    )
    outcome = await child.parse(FEED, rss(*items), "")
    return outcome if isinstance(outcome, ParseFailed) else await child.read(FEED, outcome.entries, NOW)


async def titles(child: ParseChild, *wanted: str) -> list[str] | str:
    outcome = await read(child, *wanted)
    return outcome.reason if isinstance(outcome, ParseFailed) else [one.entry.title for one in outcome]


async def test_the_rules_of_the_user_reach_the_child() -> None:
    rules = Rules(
        terms=(TermRule("blimps", "o.balloon", "en", ("skysack*",)),),
        biases=(BiasRule("trusted", FEED.url, 0.75),),
    )
    child = ParseChild(rules=rules)
    try:
        outcome = await read(child, "Skysacks violate Lithuanian airspace")
    finally:
        await child.aclose()
    assert not isinstance(outcome, ParseFailed)
    (one,) = outcome
    reasons = {why.reason: why.words for why in one.reading.verdict.why}
    assert reasons["balloon (your rule 'blimps')"] == "Skysacks"
    assert "this feed (your rule 'trusted')" in reasons


async def told(child: ParseChild, *wanted: str) -> dict[str, str]:
    """By title, why each entry was not read; empty when it was."""
    outcome = await read(child, *wanted)
    assert not isinstance(outcome, ParseFailed)
    assert not any(one.reading.verdict.relevant for one in outcome if one.reading.verdict.why)
    return {one.entry.title: "".join(reason.reason for reason in one.reading.verdict.why) for one in outcome}


def test_it_fits_the_port_of_the_pipeline() -> None:
    parser: Parser = ParseChild(PLAIN)
    assert parser


async def test_entries_come_back_read_and_the_same_child_serves_the_next_feed() -> None:
    child = ParseChild(PLAIN, ChildLimits(wall=PATIENT, entry_wall=PATIENT))
    try:
        outcome = await child.parse(FEED, rss(titled("Drone over Vilnius"), titled("Cake", "g2")), "text/xml")
        assert isinstance(outcome, Parsed)
        answers = await child.read(FEED, outcome.entries, NOW)
        assert tuple(one.entry for one in answers) == outcome.entries
        assert [(one.entry.title, one.reading.verdict.relevant) for one in answers] == [
            ("Drone over Vilnius", True),
            ("Cake", False),
        ]
        assert outcome.entries[0].feed_url == FEED.url
        assert isinstance(await child.parse(FEED, rss(titled("x")), "text/xml; \udc80ü" * 1000), Parsed)
        assert await titles(child, "Again") == ["Again"]
        assert child.starts == 1
    finally:
        await child.aclose()


async def test_ttl_and_damage_survive_the_way_back() -> None:
    child = ParseChild(PLAIN)
    try:
        outcome = await child.parse(FEED, rss(titled("A & B"), channel="<ttl>45</ttl>"), "")
        assert isinstance(outcome, Parsed)
        assert outcome.wishes.ttl == timedelta(minutes=45)
        assert outcome.damaged is not None
        assert outcome.damaged.startswith("not well-formed at line 1")
    finally:
        await child.aclose()


async def test_a_body_that_takes_too_long_is_given_up_and_the_next_feed_is_parsed() -> None:
    child = ParseChild(PLAIN, ChildLimits(wall=0.01))
    try:
        long = rss(*(titled("word " * 40, f"g{number}") for number in range(2000)))
        outcome = await child.parse(FEED, long, "")
        assert outcome == ParseFailed("took longer than 0.01 s when parsed, given up; asked again later")
        child._limits = ChildLimits()
        assert await titles(child, "next") == ["next"]
        assert child.starts == 2
    finally:
        await child.aclose()


async def test_a_child_that_ends_while_it_parses_is_a_failure_and_the_next_feed_is_parsed(
    obeying: ParseChild,
) -> None:
    await obeying.start()
    assert obeying._process is not None
    os.kill(obeying._process.pid, signal.SIGSTOP)
    parsing = asyncio.create_task(obeying.parse(FEED, rss(titled("x")), ""))
    while not obeying._one_at_a_time.locked():  # noqa: ASYNC110 # the lock tells nobody that it was taken
        await asyncio.sleep(0)
    obeying._process.kill()
    assert await parsing == ParseFailed("ended the parser when parsed, given up; asked again later")
    assert await titles(obeying, "next") == ["next"]


@pytest.mark.parametrize(
    ("spell", "reason"),
    [
        ("sleep", "could not be read: took longer than 4 s"),
        ("spin", "could not be read: took longer than 4 s"),
        ("die", "could not be read: ended the parser"),
        ("eat", "could not be read: needs more memory than it may take; asked again later"),
    ],
)
async def test_an_entry_that_hangs_or_kills_the_reader_leaves_a_reason_and_takes_no_other_with_it(
    obeying: ParseChild, spell: str, reason: str
) -> None:
    assert await told(obeying, "before", spell, "after", "last") == {
        "before": "",
        spell: reason,
        "after": "",
        "last": "",
    }
    assert await titles(obeying, "next") == ["next"]
    assert obeying.starts == 3  # lost once with the others, once by itself


async def test_what_is_read_along_is_what_reading_it_afterwards_says() -> None:
    child = ParseChild(limits=ChildLimits(wall=PATIENT, entry_wall=PATIENT))
    body = rss(titled("Two drones violate Polish airspace near Lublin"), titled("A cat in a tree", "g2"))
    try:
        along = await child.parse(FEED, body, "text/xml", read_at=NOW)
        assert isinstance(along, Parsed)
        afterwards = await child.read(FEED, along.entries, NOW)
        assert along.readings == tuple(one.reading for one in afterwards)
        assert [reading.verdict.relevant for reading in along.readings] == [True, False]
        assert child.starts == 1
    finally:
        await child.aclose()


async def test_more_than_may_be_read_at_once_is_not_read_along() -> None:
    child = ParseChild(PLAIN, ChildLimits(wall=PATIENT, entry_wall=PATIENT, at_once=2))
    try:
        for count, read_along in ((2, 2), (3, 0), (0, 0), (1, 1)):
            items = (titled(f"story {number}", f"g{number}") for number in range(count))
            outcome = await child.parse(FEED, rss(*items), "text/xml", read_at=NOW)
            assert isinstance(outcome, Parsed)
            assert (len(outcome.entries), len(outcome.readings)) == (count, read_along)
        assert child.starts == 1
    finally:
        await child.aclose()


@pytest.mark.parametrize("spell", ["sleep", "die", "eat", "crash"])
async def test_what_cannot_be_read_along_costs_no_entry_of_the_feed(obeying: ParseChild, spell: str) -> None:
    body = rss(titled("before"), titled(spell, "g2"), titled("after", "g3"))
    outcome = await obeying.parse(FEED, body, "text/xml", read_at=NOW)
    assert isinstance(outcome, Parsed)
    assert [entry.title for entry in outcome.entries] == ["before", spell, "after"]
    assert outcome.readings == ()
    assert await titles(obeying, "next") == ["next"]


async def test_a_fault_in_the_reading_costs_one_entry_and_the_child_lives(obeying: ParseChild) -> None:
    found = await told(obeying, "before", "crash", "after")
    assert (found["before"], found["after"]) == ("", "")
    assert "LookupError" in found["crash"]
    assert await titles(obeying, "next") == ["next"]
    assert obeying.starts == 1


async def test_three_hundred_long_relevant_stories_take_longer_than_a_body_may_and_are_all_read() -> None:
    child = ParseChild()
    told = (
        "Three Russian drones violated Polish airspace near Rzeszow on Tuesday night and were shot down, the army "
        "said. The airport was closed for two hours, said the defence ministry of Poland. "
    )
    try:
        outcome = await read(
            child,
            *(f"Russian drones over Poland, {number}" for number in range(300)),
            summary=(told * 30)[:4000],
        )
    finally:
        await child.aclose()
    assert not isinstance(outcome, ParseFailed)
    assert len(outcome) == 300
    assert all(one.reading.verdict.relevant and one.reading.reports for one in outcome)


async def test_what_there_is_no_time_for_is_left_and_said_to_be_left_by_being_missing() -> None:
    child = ParseChild(PLAIN, ChildLimits(reading=0.0, at_once=2))
    try:
        assert await titles(child, "one", "two", "three") == []
        child._limits = ChildLimits(reading=1e-9, at_once=2)
        assert await titles(child, "one", "two", "three") == ["one", "two"]
    finally:
        await child.aclose()


async def test_what_a_library_prints_does_not_reach_the_stream(obeying: ParseChild) -> None:
    assert await titles(obeying, "print", "other") == ["print", "other"]
    assert await titles(obeying, "next") == ["next"]
    assert obeying.starts == 1


async def test_a_cancelled_parse_leaves_nothing_of_itself_to_the_next_one(obeying: ParseChild) -> None:
    await obeying.start()
    cancelled = asyncio.create_task(titles(obeying, "sleep"))
    while not obeying._one_at_a_time.locked():  # noqa: ASYNC110 # the lock tells nobody that it was taken
        await asyncio.sleep(0)
    cancelled.cancel()
    with pytest.raises(asyncio.CancelledError):
        await cancelled
    assert await titles(obeying, "next") == ["next"]


async def test_many_at_once_are_served_one_after_the_other() -> None:
    child = ParseChild(PLAIN, ChildLimits(wall=PATIENT, entry_wall=PATIENT))
    try:
        answers = await asyncio.gather(*(titles(child, f"story {number}") for number in range(20)))
        assert answers == [[f"story {number}"] for number in range(20)]
        assert child.starts == 1
    finally:
        await child.aclose()


async def test_a_child_is_replaced_after_its_share_of_feeds() -> None:
    child = ParseChild(PLAIN, ChildLimits(wall=PATIENT, entry_wall=PATIENT, feeds=2))
    try:
        for number in range(4):
            assert await titles(child, f"story {number}") == [f"story {number}"]
        assert child.starts == 2
    finally:
        await child.aclose()


async def test_a_child_that_has_grown_is_replaced() -> None:
    child = ParseChild(PLAIN, ChildLimits(wall=PATIENT, entry_wall=PATIENT, memory_kib=1))
    try:
        assert await titles(child, "one") == ["one"]
        assert await titles(child, "two") == ["two"]
        assert child.starts == 2
    finally:
        await child.aclose()


async def test_a_parser_that_does_not_start_is_a_failure_that_says_so() -> None:
    child = ParseChild("tests.parse.child_readers:missing")
    try:
        assert await titles(child, "one") == "the parser does not start; run `overflight doctor`"
    finally:
        await child.aclose()


async def test_the_child_runs_bare_and_at_lower_priority(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A_SECRET", "x")
    child = ParseChild("tests.parse.child_readers:reporting")
    try:
        outcome = await read(child, "where am I")
    finally:
        await child.aclose()
    assert not isinstance(outcome, ParseFailed)
    report = outcome[0].reading.verdict.lang
    assert "A_SECRET" not in report
    assert "cwd=/ " in report
    assert f"memory={700 * 1024 * 1024} core=0 " in report
    assert f"nice={min(os.nice(0) + 5, 19)} " in report


def test_it_works_in_a_loop_of_another_thread() -> None:
    async def parse_one() -> list[str] | str:
        child = ParseChild(PLAIN)
        try:
            return await titles(child, "elsewhere")
        finally:
            await child.aclose()

    with ThreadPoolExecutor(1) as other:
        assert other.submit(asyncio.run, parse_one()).result() == ["elsewhere"]


def lives(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at processes in /proc")
async def test_the_child_goes_when_the_collector_dies() -> None:
    collector = await asyncio.create_subprocess_exec(sys.executable, "-c", COLLECTOR, stdout=PIPE, cwd=ROOT)
    assert collector.stdout is not None
    child = int(await collector.stdout.readline())
    collector.kill()
    await collector.communicate()
    async with asyncio.timeout(20):
        while lives(child):  # noqa: ASYNC110 # an orphan's end tells nobody here
            await asyncio.sleep(0.02)


@pytest.mark.skipif(
    not Path("/proc/self/status").exists(), reason="without /proc a child is told its starter's memory"
)
async def test_the_memory_of_the_program_that_starts_a_child_is_not_the_childs() -> None:
    held = bytearray(500 * 1024 * 1024)
    held[:: resource.getpagesize()] = b"x" * len(range(0, len(held), resource.getpagesize()))
    child = ParseChild(PLAIN, ChildLimits(wall=PATIENT, entry_wall=PATIENT))
    try:
        for number in range(3):
            assert await titles(child, f"story {number}") == [f"story {number}"]
        assert child.starts == 1
    finally:
        await child.aclose()
        del held
