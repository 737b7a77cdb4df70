import asyncio
import threading

import pytest

from tests.pipeline.fakes import NOON, EachItsOwn, MemoryKeeper, entry
from tui.domain.feed import Feed, FeedState
from tui.pipeline.intake import reports_of
from tui.pipeline.keeping import RoundResult
from tui.pipeline.store_thread import StoreFailed, StoreThread

FEED = Feed("https://a.example/f", "a")


def _result(guid: str) -> RoundResult:
    return RoundResult(FeedState(FEED.url), NOON, new=(entry(FEED.url, guid, "DRONE"),))


async def test_filings_are_stored_and_taken_over_one_after_the_other() -> None:
    keeper, grouping = MemoryKeeper(), EachItsOwn()
    async with StoreThread(lambda: keeper, lambda sketches, recall: grouping) as store:
        await store.load_incidents()
        results = [_result(str(number)) for number in range(30)]
        await asyncio.gather(*(store.keep(one, reports_of(one.new, FEED, NOON)) for one in results))
    assert [saved.filing for saved in keeper.saved] == grouping.adopted
    assert grouping.abandoned == 0
    assert len(keeper.hashes) == 30


async def test_a_filing_that_could_not_be_stored_is_not_taken_over() -> None:
    keeper, grouping = MemoryKeeper(), EachItsOwn()

    def fail(call: str) -> None:
        raise OSError("no room")

    keeper.broken = fail
    async with StoreThread(lambda: keeper, lambda sketches, recall: grouping) as store:
        await store.load_incidents()
        one = _result("1")
        with pytest.raises(OSError, match="no room"):
            await store.keep(one, reports_of(one.new, FEED, NOON))
    assert grouping.adopted == []


async def test_the_keeper_is_opened_asked_and_closed_in_one_thread_that_is_not_the_loops() -> None:
    threads: list[int] = []

    class Watching(MemoryKeeper):
        def checkpoint(self) -> None:
            threads.append(threading.get_ident())

        def close(self) -> None:
            threads.append(threading.get_ident())

    def open_keeper() -> Watching:
        threads.append(threading.get_ident())
        return Watching()

    async with StoreThread(open_keeper, EachItsOwn) as store:
        await asyncio.gather(*(store.ask(lambda keeper: keeper.checkpoint()) for _ in range(5)))
    assert len(threads) == 7
    assert len(set(threads)) == 1
    assert threads[0] != threading.get_ident()


async def test_a_keeper_that_cannot_answer_is_the_stores_failure() -> None:
    keeper = MemoryKeeper()

    def fail(call: str) -> None:
        raise OSError("The database was moved")

    keeper.broken = fail
    async with StoreThread(lambda: keeper, EachItsOwn) as store:
        with pytest.raises(StoreFailed, match="The database was moved"):
            await store.record([FeedState(FEED.url)])
