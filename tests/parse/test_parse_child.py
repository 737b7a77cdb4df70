"""The parse child: an answer in time, whatever a body does to it."""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from tests.parse.samples import FEED, NOW, rss, titled
from tui.pipeline.parse_child import ChildLimits, ParseChild
from tui.pipeline.ports import Parsed, ParseFailed, Parser

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


@pytest.fixture
async def obeying() -> AsyncIterator[ParseChild]:
    child = ParseChild(OBEYING, ChildLimits(wall=1.0))
    yield child
    await child.aclose()


async def titles(child: ParseChild, *wanted: str) -> list[str] | str:
    outcome = await child.parse(
        FEED, rss(*(titled(title, f"g{at}") for at, title in enumerate(wanted))), "", NOW
    )
    return (
        outcome.reason if isinstance(outcome, ParseFailed) else [read.entry.title for read in outcome.entries]
    )


def test_it_fits_the_port_of_the_pipeline() -> None:
    parser: Parser = ParseChild(PLAIN)
    assert parser


async def test_entries_come_back_read_and_the_same_child_serves_the_next_feed() -> None:
    child = ParseChild(PLAIN)
    try:
        outcome = await child.parse(
            FEED, rss(titled("Drone over Vilnius"), titled("Cake", "g2")), "text/xml", NOW
        )
        assert isinstance(outcome, Parsed)
        assert [(read.entry.title, read.reading.verdict.relevant) for read in outcome.entries] == [
            ("Drone over Vilnius", True),
            ("Cake", False),
        ]
        assert outcome.entries[0].entry.feed_url == FEED.url
        assert isinstance(await child.parse(FEED, rss(titled("x")), "text/xml; \udc80ü" * 1000, NOW), Parsed)
        assert await titles(child, "Again") == ["Again"]
        assert child.starts == 1
    finally:
        await child.aclose()


async def test_ttl_and_damage_survive_the_way_back() -> None:
    child = ParseChild(PLAIN)
    try:
        outcome = await child.parse(FEED, rss(titled("A & B"), channel="<ttl>45</ttl>"), "", NOW)
        assert isinstance(outcome, Parsed)
        assert outcome.ttl == timedelta(minutes=45)
        assert outcome.damaged is not None
        assert outcome.damaged.startswith("not well-formed at line 1")
    finally:
        await child.aclose()


@pytest.mark.parametrize("spell", ["sleep", "spin"])
async def test_a_body_that_takes_too_long_is_given_up_and_the_next_feed_is_parsed(
    obeying: ParseChild, spell: str
) -> None:
    assert await titles(obeying, spell) == "took longer than 1 s to parse, given up; asked again later"
    assert await titles(obeying, "next") == ["next"]
    assert obeying.starts == 2


async def test_a_body_that_kills_the_child_is_a_failure_and_the_next_feed_is_parsed(
    obeying: ParseChild,
) -> None:
    assert await titles(obeying, "die") == "ended the parser when parsed, given up; asked again later"
    assert await titles(obeying, "next") == ["next"]


async def test_a_fault_in_the_reading_is_a_failure_and_the_child_lives(obeying: ParseChild) -> None:
    reason = await titles(obeying, "crash")
    assert isinstance(reason, str)
    assert "LookupError" in reason
    assert await titles(obeying, "next") == ["next"]
    assert obeying.starts == 1


async def test_a_body_that_eats_the_memory_is_a_failure_and_a_new_child_goes_on(obeying: ParseChild) -> None:
    assert await titles(obeying, "eat") == "needs more memory to parse than a feed may take; not parsed"
    assert await titles(obeying, "next") == ["next"]
    assert obeying.starts == 2


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
    child = ParseChild(PLAIN)
    try:
        answers = await asyncio.gather(*(titles(child, f"story {number}") for number in range(20)))
        assert answers == [[f"story {number}"] for number in range(20)]
        assert child.starts == 1
    finally:
        await child.aclose()


async def test_a_child_is_replaced_after_its_share_of_feeds() -> None:
    child = ParseChild(PLAIN, ChildLimits(feeds=2))
    try:
        for number in range(4):
            assert await titles(child, f"story {number}") == [f"story {number}"]
        assert child.starts == 2
    finally:
        await child.aclose()


async def test_a_child_that_has_grown_is_replaced() -> None:
    child = ParseChild(PLAIN, ChildLimits(memory_kib=1))
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
        outcome = await child.parse(FEED, rss(titled("where am I")), "", NOW)
    finally:
        await child.aclose()
    assert isinstance(outcome, Parsed)
    report = outcome.entries[0].reading.verdict.lang
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
