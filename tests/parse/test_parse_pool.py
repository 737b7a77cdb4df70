"""As many children as there is work for."""

import asyncio
from collections.abc import Sequence
from datetime import datetime

from tui.domain.entry import Entry
from tui.domain.feed import Feed
from tui.pipeline.parse_pool import ParsePool
from tui.pipeline.ports import ParseFailed, ParseOutcome, Parser, ReadEntry

FEED = Feed("https://a.example/f", "a")


class Held:
    """A child whose answers come when it is let go."""

    def __init__(self) -> None:
        self.asked = 0
        self.go = asyncio.Event()
        self.closed = 0
        self.expected = 0

    async def parse(
        self, feed: Feed, body: bytes, content_type: str, url: str, *, read_at: datetime | None = None
    ) -> ParseOutcome:
        self.asked += 1
        await self.go.wait()
        return ParseFailed("empty")

    async def read(self, feed: Feed, entries: Sequence[Entry], now: datetime) -> tuple[ReadEntry, ...]:
        return ()

    def expect(self, bodies: int) -> None:
        self.expected += bodies

    async def aclose(self) -> None:
        self.closed += 1


def _pool(most: int, **options: float) -> tuple[ParsePool, list[Held]]:
    children: list[Held] = []

    def make() -> Parser:
        children.append(Held())
        return children[-1]

    return ParsePool(make, most, **options), children


async def _ask(pool: ParsePool, times: int) -> asyncio.Future[list[ParseOutcome]]:
    asked = asyncio.gather(*(pool.parse(FEED, b"", "text/xml", FEED.url) for _ in range(times)))
    await asyncio.sleep(0)
    return asked


async def test_a_few_bodies_are_one_childs_work() -> None:
    pool, children = _pool(2)
    asked = await _ask(pool, 5)
    assert [child.asked for child in children] == [5]
    children[0].go.set()
    await asked


async def test_many_bodies_are_shared_between_two_and_never_more() -> None:
    pool, children = _pool(2)
    asked = await _ask(pool, 40)
    assert [child.asked for child in children] == [20, 20]
    for child in children:
        child.go.set()
    await asked
    await pool.aclose()
    assert [child.closed for child in children] == [1, 1]


async def test_one_processor_has_one_child() -> None:
    pool, children = _pool(1)
    asked = await _ask(pool, 40)
    assert [child.asked for child in children] == [40]
    children[0].go.set()
    await asked


async def test_a_second_child_that_is_idle_for_long_is_ended() -> None:
    pool, children = _pool(2, idle=0.0)
    asked = await _ask(pool, 40)
    for child in children:
        child.go.set()
    await asked
    await asyncio.sleep(0)
    await (await _ask(pool, 1))
    await pool.aclose()
    assert [child.closed for child in children] == [1, 1]
    assert len(children) == 2


async def test_what_is_expected_is_started_before_it_is_there() -> None:
    pool, children = _pool(2)
    pool.expect(0)
    assert [child.expected for child in children] == [0]
    pool.expect(4)
    assert [child.expected for child in children] == [4]
    pool.expect(1_000)
    assert [child.expected for child in children] == [1_004, 1_000]
    asked = await _ask(pool, 2)
    assert [child.asked for child in children] == [1, 1]
    for child in children:
        child.go.set()
    await asked
