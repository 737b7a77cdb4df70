"""The next body lies ready at the child while it works on one: every answer still belongs to its own body."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator

import pytest

from tests.parse.samples import FEED, NOW, rss, titled
from tui.domain.entry import Entry
from tui.pipeline.parse_child import ChildLimits, ParseChild
from tui.pipeline.ports import Parsed, ParseFailed

_PATIENT = ChildLimits(wall=60.0, entry_wall=60.0)


class Stopped:
    """A child that stands still until it is let go on; what it is sent meanwhile is counted."""

    def __init__(self, child: ParseChild) -> None:
        self.child = child
        self.sent = 0
        self.pid = 0

    async def stop(self) -> None:
        await self.child.start()
        process = self.child._process
        assert process is not None
        assert process.stdin is not None
        self.pid = process.pid
        write = process.stdin.write

        def counted(data: "bytes | bytearray | memoryview[int]") -> None:
            self.sent += 1
            write(data)

        process.stdin.write = counted  # type: ignore[method-assign]
        os.kill(self.pid, signal.SIGSTOP)

    def go_on(self) -> None:
        os.kill(self.pid, signal.SIGCONT)


@pytest.fixture
async def stopped() -> AsyncIterator[Stopped]:
    child = ParseChild("tests.parse.child_readers:plain", _PATIENT)
    stopped = Stopped(child)
    await stopped.stop()
    yield stopped
    await child.aclose()


async def parsed(child: ParseChild, title: str) -> str:
    outcome = await child.parse(FEED, rss(titled(title, "g")), "", read_at=NOW)
    if isinstance(outcome, ParseFailed):
        return outcome.reason
    assert isinstance(outcome, Parsed)
    assert len(outcome.readings) == len(outcome.entries)
    return outcome.entries[0].title


async def asked(child: ParseChild, *titles: str) -> list[asyncio.Task[str]]:
    """They stand in line as they are named."""
    tasks = [asyncio.create_task(parsed(child, title)) for title in titles]
    for _ in range(20):
        await asyncio.sleep(0)
    return tasks


async def test_one_lies_ready_and_no_more(stopped: Stopped) -> None:
    tasks = await asked(stopped.child, "one", "two", "three", "four")
    assert stopped.sent == 2
    stopped.go_on()
    assert await asyncio.gather(*tasks) == ["one", "two", "three", "four"]
    assert stopped.sent == 4
    assert stopped.child.starts == 1


async def test_what_lay_ready_when_the_one_before_killed_the_child_is_sent_to_the_next_child(
    stopped: Stopped,
) -> None:
    tasks = await asked(stopped.child, "one", "two", "three")
    os.kill(stopped.pid, signal.SIGKILL)
    assert await asyncio.gather(*tasks) == [
        "ended the parser when parsed, given up; asked again later",
        "two",
        "three",
    ]
    assert stopped.child.starts == 2


async def test_one_that_was_given_up_while_it_lay_ready_costs_the_others_nothing(stopped: Stopped) -> None:
    first, second, third = await asked(stopped.child, "one", "two", "three")
    second.cancel()
    with pytest.raises(asyncio.CancelledError):
        await second
    stopped.go_on()
    assert [await first, await third] == ["one", "three"]
    assert stopped.child.starts == 2  # the first would have answered to what nobody asks any more


async def test_nobody_is_overtaken_who_stands_in_line_already(stopped: Stopped) -> None:
    (first,) = await asked(stopped.child, "one")
    entry = Entry(key="k", feed_url=FEED.url, identity="k", url="", title="read alone", summary="", hash="h")
    reading = asyncio.create_task(stopped.child.read(FEED, [entry], NOW))
    await asyncio.sleep(0)
    (second,) = await asked(stopped.child, "two")
    assert stopped.sent == 1
    stopped.go_on()
    assert await first == "one"
    assert [one.entry.title for one in await reading] == ["read alone"]
    assert await second == "two"
    assert stopped.child.starts == 1


async def test_a_child_is_sent_no_more_than_its_share() -> None:
    child = ParseChild("tests.parse.child_readers:plain", ChildLimits(wall=60.0, entry_wall=60.0, feeds=2))
    try:
        titles = [f"story {number}" for number in range(6)]
        assert await asyncio.gather(*await asked(child, *titles)) == titles
        assert child.starts == 3
    finally:
        await child.aclose()


async def test_an_expected_child_is_there_before_the_first_body() -> None:
    child = ParseChild("tests.parse.child_readers:plain", _PATIENT)
    try:
        child.expect(0)
        child.expect(5)
        starting = child._starting
        assert starting is not None
        await starting
        assert child.starts == 1
        child.expect(5)
        assert await parsed(child, "one") == "one"
        assert child.starts == 1
    finally:
        await child.aclose()


async def test_one_that_is_still_starting_is_ended_with_the_others() -> None:
    child = ParseChild("tests.parse.child_readers:plain", _PATIENT)
    child.expect(1)
    starting = child._starting
    assert starting is not None
    await asyncio.sleep(0)
    await asyncio.wait_for(child.aclose(), 30)
    assert starting.cancelled()
    assert not child._dying
