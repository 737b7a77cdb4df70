"""A page that is no feed is asked for as far as the robots.txt of its site lets programs."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from tests.fetch.conftest import FEED, local
from tests.pipeline.fakes import HandClock
from tests.servers.loopback import LoopbackServer
from tui.domain.feed import Feed, FeedKind, PagePlan, Settings, Validators
from tui.feeds.fetch import HttpFetcher
from tui.pipeline.ports import Fetched, FetchFailed, FetchOutcome

PAGE = b"<!doctype html><ul><li>Drone tally: 4</li></ul>"
CLOSED = b"User-agent: *\nDisallow: /list\n"


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
async def fetcher(clock: HandClock) -> AsyncIterator[HttpFetcher]:
    made = HttpFetcher(Settings(deadline=timedelta(seconds=5)), clock)
    yield made
    await made.aclose()


def _page(server: LoopbackServer, path: str = "/list") -> Feed:
    return Feed(
        server.url(path),
        "Tally",
        kind=FeedKind.PAGE,
        page=PagePlan("li"),
        params=(("key", "s3cret"),),
        allow_private=True,
    )


def _paths(server: LoopbackServer) -> list[str]:
    return [request.path for request in server.received]


async def _ask(fetcher: HttpFetcher, page: Feed) -> FetchOutcome:
    return await fetcher.fetch(page, Validators())


async def test_a_page_that_programs_are_kept_out_of_is_never_asked_for(
    server: LoopbackServer, fetcher: HttpFetcher
) -> None:
    server.put("/robots.txt", CLOSED)
    server.put("/list?key=s3cret", PAGE)
    for _ in range(2):
        outcome = await _ask(fetcher, _page(server))
        assert isinstance(outcome, FetchFailed)
        assert "robots.txt" in outcome.reason
    assert _paths(server) == ["/robots.txt"]


@pytest.mark.parametrize(
    "rules",
    [
        b"# nothing is said\n",
        b"User-agent: *\nDisallow: /private\n",
        b"User-agent: Overflight\nAllow: /\n\nUser-agent: *\nDisallow: /\n",
        b"\xff\x00 no rules at all",
    ],
)
async def test_what_the_rules_leave_open_is_asked_for(
    server: LoopbackServer, fetcher: HttpFetcher, rules: bytes
) -> None:
    server.put("/robots.txt", rules)
    server.put("/list?key=s3cret", PAGE)
    assert isinstance(await _ask(fetcher, _page(server)), Fetched)


async def test_the_rules_are_asked_for_once_a_day_and_without_the_secrets_of_the_page(
    server: LoopbackServer, fetcher: HttpFetcher, clock: HandClock
) -> None:
    server.put("/robots.txt", status=404)
    server.put("/list?key=s3cret", PAGE)
    for pause in (timedelta(hours=1), timedelta(hours=22), timedelta(hours=2), timedelta(0)):
        assert isinstance(await _ask(fetcher, _page(server)), Fetched)
        clock.turn(pause)
    assert [path.partition("?")[0] for path in _paths(server)] == [
        "/robots.txt",
        "/list",
        "/list",
        "/list",
        "/robots.txt",
        "/list",
    ]
    assert all("s3cret" not in path for path in _paths(server) if path.startswith("/robots"))


async def test_rules_that_cannot_be_read_keep_us_out_until_they_can_or_those_of_yesterday_hold(
    server: LoopbackServer, fetcher: HttpFetcher, clock: HandClock
) -> None:
    server.put("/robots.txt", status=503)
    server.put("/list?key=s3cret", PAGE)
    assert isinstance(await _ask(fetcher, _page(server)), FetchFailed)
    assert _paths(server) == ["/robots.txt"]
    server.put("/robots.txt", b"User-agent: *\nDisallow: /private\n")
    assert isinstance(await _ask(fetcher, _page(server)), Fetched)
    server.put("/robots.txt", status=503)
    clock.turn(timedelta(days=2))
    assert isinstance(await _ask(fetcher, _page(server)), Fetched)


async def test_a_feed_is_made_for_programs_and_asked_for_at_once(
    server: LoopbackServer, fetcher: HttpFetcher
) -> None:
    server.put("/robots.txt", b"User-agent: *\nDisallow: /\n")
    server.put("/a", FEED)
    assert isinstance(await _ask(fetcher, local(server.url("/a"))), Fetched)
    assert _paths(server) == ["/a"]
