import logging
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.servers.loopback import LoopbackServer
from tui.domain.feed import Feed, Settings
from tui.feeds.addresses import Lookup, LookupFailed
from tui.feeds.fetch import HttpFetcher

FEED = (
    b'<?xml version="1.0"?><rss version="2.0"><channel><title>t</title><item><title>A headline</title>'
    b"<guid>1</guid></item></channel></rss>"
)


class FixedClock:
    """Stands still at noon."""

    def now(self) -> datetime:
        return datetime(2026, 3, 1, 12, 0, tzinfo=UTC)

    def monotonic(self) -> float:
        return 0.0


OpenFetcher = Callable[..., HttpFetcher]


@pytest.fixture
def server() -> Iterator[LoopbackServer]:
    with LoopbackServer() as running:
        yield running


@pytest.fixture
async def open_fetcher() -> AsyncIterator[OpenFetcher]:
    """Makes fetchers with a short deadline, and closes them."""
    async with AsyncExitStack() as stack:

        def make(*, deadline: float = 5.0, max_size: int = 1_000_000, **given: Any) -> HttpFetcher:
            settings = Settings(deadline=timedelta(seconds=deadline), max_size=max_size)
            fetcher = HttpFetcher(settings, FixedClock(), **given)
            stack.push_async_callback(fetcher.aclose)
            return fetcher

        yield make


def local(url: str, **settings: Any) -> Feed:
    """A feed that may live on loopback."""
    return Feed(url=url, name="test", allow_private=True, **settings)


@pytest.fixture(autouse=True)
def _quiet_libraries() -> None:
    logging.getLogger("httpcore").setLevel(logging.WARNING)


def looks_up(table: dict[str, Sequence[Sequence[str]]]) -> Lookup:
    """A resolver whose answers change from one question to the next."""
    asked: dict[str, int] = {}

    async def look_up(host: str, port: int) -> Sequence[str]:
        answers = table.get(host)
        if answers is None:
            raise LookupFailed(host)
        turn = asked[host] = asked.get(host, -1) + 1
        return answers[min(turn, len(answers) - 1)]

    return look_up
