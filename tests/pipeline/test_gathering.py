"""Polls that end together: stored in one transaction, each told of its own fate."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import pytest

from tests.pipeline.fakes import NOON, EachItsOwn, MemoryKeeper, entry
from tui.domain.feed import Feed, FeedState
from tui.pipeline.gathering import MOST_TOGETHER, Gathering
from tui.pipeline.intake import reports_of
from tui.pipeline.keeping import RoundResult, StoreUnableError
from tui.pipeline.store_thread import StoreFailed, StoreThread


class Noting(MemoryKeeper):
    """Remembers how many polls each transaction held, and breaks over some."""

    def __init__(self, breaks_over: str = "", error: Exception | None = None) -> None:
        super().__init__()
        self.together: list[int] = []
        self.recorded: list[int] = []
        self._breaks_over = breaks_over
        self._error = error or ValueError("this one cannot be stored")

    def save_rounds(self, results: Sequence[RoundResult]) -> int:
        if any(result.state.url == self._breaks_over for result in results):
            raise self._error
        self.together.append(len(results))
        return super().save_rounds(results)

    def record_state(self, states: Sequence[FeedState]) -> None:
        self.recorded.append(len(states))
        super().record_state(states)


@asynccontextmanager
async def _open(keeper: Noting, under_way: int) -> AsyncIterator[Gathering]:
    async with StoreThread(lambda: keeper, lambda sketches, recall: EachItsOwn()) as store:
        await store.load_incidents()
        yield Gathering(store, lambda: under_way)


async def _keep(gathering: Gathering, url: str) -> None:
    state, read = FeedState(url), entry(url, "1", "DRONE")
    await gathering.keep(
        state, RoundResult(state, NOON, new=(read,)), reports_of((read,), Feed(url, url), NOON)
    )


def _urls(number: int) -> list[str]:
    return [f"https://{at}.example/f" for at in range(number)]


async def test_polls_that_end_together_are_one_transaction_and_so_are_their_bare_states() -> None:
    keeper = Noting()
    async with _open(keeper, under_way=5) as gathering:
        unchanged = [gathering.keep(FeedState(url)) for url in ("https://u.example/f", "https://v.example/f")]
        await asyncio.gather(*(_keep(gathering, url) for url in _urls(3)), *unchanged)
    assert (keeper.together, keeper.recorded) == ([3], [2])
    assert len(keeper.hashes) == 3


async def test_a_poll_waits_only_so_long_for_others_that_do_not_end() -> None:
    keeper = Noting()
    async with _open(keeper, under_way=50) as gathering:
        await _keep(gathering, "https://a.example/f")
    assert keeper.together == [1]


async def test_no_transaction_holds_more_than_a_few_polls() -> None:
    keeper = Noting()
    async with _open(keeper, under_way=3 * MOST_TOGETHER) as gathering:
        await asyncio.gather(*(_keep(gathering, url) for url in _urls(3 * MOST_TOGETHER)))
    assert max(keeper.together) == MOST_TOGETHER
    assert sum(keeper.together) == 3 * MOST_TOGETHER


async def test_a_poll_that_cannot_be_stored_is_told_so_and_takes_no_other_with_it() -> None:
    urls = _urls(4)
    keeper = Noting(breaks_over=urls[2])
    async with _open(keeper, under_way=4) as gathering:
        ends = await asyncio.gather(*(_keep(gathering, url) for url in urls), return_exceptions=True)
    assert [type(end) for end in ends] == [type(None), type(None), ValueError, type(None)]
    assert sorted(keeper.states) == [url for url in urls if url != urls[2]]


async def test_a_store_that_takes_nothing_is_told_to_everybody() -> None:
    urls = _urls(3)
    keeper = Noting(breaks_over=urls[0], error=StoreUnableError("The disk is full"))
    async with _open(keeper, under_way=3) as gathering:
        ends = await asyncio.gather(*(_keep(gathering, url) for url in urls), return_exceptions=True)
    assert [str(end) for end in ends] == ["The disk is full"] * 3
    assert all(isinstance(end, StoreFailed) for end in ends)
    assert keeper.states == {}


async def test_a_poll_that_nobody_waits_for_any_more_is_not_stored() -> None:
    keeper = Noting()
    async with _open(keeper, under_way=3) as gathering:
        given_up = asyncio.create_task(_keep(gathering, "https://gone.example/f"))
        await asyncio.sleep(0)
        given_up.cancel()
        with pytest.raises(asyncio.CancelledError):
            await given_up
        await _keep(gathering, "https://a.example/f")
    assert list(keeper.states) == ["https://a.example/f"]
