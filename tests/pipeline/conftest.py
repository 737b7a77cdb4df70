from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack
from datetime import timedelta
from typing import Any

import pytest

from tests.pipeline.fakes import EachItsOwn, HandClock, LineParser, MemoryKeeper
from tests.servers.loopback import LoopbackServer
from tui.domain.clock import Clock
from tui.domain.feed import Settings
from tui.feeds.fetch import HttpFetcher
from tui.pipeline.rhythm import Rhythm
from tui.pipeline.rounds import Rounds
from tui.pipeline.store_thread import StoreThread

OpenRounds = Callable[..., Any]
NO_PAUSE = Rhythm(spacing=timedelta(0))


@pytest.fixture
async def open_rounds() -> AsyncIterator[OpenRounds]:
    """Makes rounds over a memory keeper, with the real fetcher unless one is given."""
    async with AsyncExitStack() as stack:

        async def make(
            keeper: MemoryKeeper,
            *,
            fetcher: Any = None,
            parser: LineParser | None = None,
            clock: Clock | None = None,
            concurrency: int = 20,
            rhythm: Rhythm = NO_PAUSE,
        ) -> Rounds:
            settings = Settings(concurrency=concurrency, deadline=timedelta(seconds=5))
            clock = clock or HandClock()
            if fetcher is None:
                fetcher = HttpFetcher(settings, clock)
                stack.push_async_callback(fetcher.aclose)
            store = await stack.enter_async_context(StoreThread(lambda: keeper, EachItsOwn))
            await store.load_incidents()
            return Rounds(
                fetcher=fetcher,
                parser=parser or LineParser(),
                store=store,
                clock=clock,
                settings=settings,
                rhythm=rhythm,
                chance=lambda: 0.0,
                states=keeper.states,
            )

        yield make


@pytest.fixture
def server() -> Iterator[LoopbackServer]:
    with LoopbackServer() as running:
        yield running
