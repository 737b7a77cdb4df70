from datetime import timedelta

import httpx
import pytest

from tests.fetch.conftest import FEED, OpenFetcher, local
from tests.servers.loopback import LoopbackServer
from tui.domain.feed import Feed, Validators
from tui.pipeline.ports import Fetched, FetchFailed, NotModified


def _chain(server: LoopbackServer, *statuses: int) -> None:
    for step, status in enumerate(statuses):
        server.put(f"/{step}", status=status, headers={"Location": f"/{step + 1}"})
    server.put(f"/{len(statuses)}", FEED, etag='"1"')


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_every_kind_of_redirect_is_followed(
    status: int, server: LoopbackServer, open_fetcher: OpenFetcher
) -> None:
    _chain(server, status)
    outcome = await open_fetcher().fetch(local(server.url("/0")), Validators())
    assert isinstance(outcome, Fetched)
    assert outcome.url == server.url("/1")
    assert outcome.moved_to == (server.url("/1") if status in {301, 308} else None)


async def test_a_chain_is_a_move_only_when_every_hop_is_permanent(
    server: LoopbackServer, open_fetcher: OpenFetcher
) -> None:
    _chain(server, 301, 308, 301)
    outcome = await open_fetcher().fetch(local(server.url("/0")), Validators())
    assert isinstance(outcome, Fetched)
    assert outcome.moved_to == server.url("/3")
    _chain(server, 301, 302, 301)
    outcome = await open_fetcher().fetch(local(server.url("/0")), Validators())
    assert isinstance(outcome, Fetched)
    assert outcome.moved_to is None


async def test_a_304_behind_a_move_tells_of_the_move(
    server: LoopbackServer, open_fetcher: OpenFetcher
) -> None:
    _chain(server, 301)
    outcome = await open_fetcher().fetch(local(server.url("/0")), Validators('"1"'))
    assert outcome == NotModified(Validators('"1"'), moved_to=server.url("/1"))


async def test_five_hops_are_followed_and_the_sixth_is_refused(
    server: LoopbackServer, open_fetcher: OpenFetcher
) -> None:
    _chain(server, *[302] * 6)
    fetcher = open_fetcher()
    assert isinstance(await fetcher.fetch(local(server.url("/1")), Validators()), Fetched)
    asked = len(server.received)
    outcome = await fetcher.fetch(local(server.url("/0")), Validators())
    assert isinstance(outcome, FetchFailed)
    assert "more than 5 times" in outcome.reason
    assert len(server.received) - asked == 6


@pytest.mark.parametrize(
    "location",
    [
        "file:///etc/hostname",
        "ftp://127.0.0.1/x",
        "javascript:alert(1)",
        "gopher://127.0.0.1:6379/_x",
        "http://[::bad",
        "",
        "http://",
        "data:text/xml,<rss/>",
        "/a",
    ],
)
async def test_a_redirect_to_nowhere_good_is_refused(
    location: str, server: LoopbackServer, open_fetcher: OpenFetcher
) -> None:
    server.put("/a", status=302, headers={"Location": location})
    outcome = await open_fetcher().fetch(local(server.url("/a")), Validators())
    assert isinstance(outcome, FetchFailed)
    assert "feeds.toml" in outcome.reason
    assert location in {"/a", "", "http://"} or location not in outcome.reason
    assert len(server.received) == 1


async def test_https_never_falls_to_http(open_fetcher: OpenFetcher) -> None:
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        return httpx.Response(302, headers={"Location": "http://a.example/feed"})

    fetcher = open_fetcher(transport=httpx.MockTransport(answer))
    outcome = await fetcher.fetch(Feed(url="https://a.example/feed", name="a"), Validators())
    assert isinstance(outcome, FetchFailed)
    assert "down to http" in outcome.reason
    assert asked == ["https://a.example/feed"]


async def test_secrets_stay_at_the_origin_they_are_meant_for(
    server: LoopbackServer, open_fetcher: OpenFetcher
) -> None:
    with LoopbackServer() as stranger:
        server.put("/own", status=302, headers={"Location": "/away"})
        server.put("/away", status=302, headers={"Location": stranger.url("/there")})
        stranger.put("/there", status=302, headers={"Location": server.url("/back")})
        server.put("/back", status=302, headers={"Location": "/again"})
        server.put("/again", FEED)
        address = server.url("/own").replace("http://", "http://me:pass@")
        feed = local(address, headers=(("X-Api-Key", "k"), ("Authorization", "Bearer t")))
        assert isinstance(await open_fetcher().fetch(feed, Validators()), Fetched)
        for path in ("/own", "/away"):
            assert server.asked(path)[0].header("x-api-key") == "k"
            assert server.asked(path)[0].header("authorization") == "Bearer t"
        for request in (*stranger.received, *server.asked("/back"), *server.asked("/again")):
            assert request.header("x-api-key") is None
            assert request.header("authorization") is None


async def test_a_login_in_the_address_is_sent_as_a_header_and_only_there(
    server: LoopbackServer, open_fetcher: OpenFetcher
) -> None:
    server.put("/a", FEED)
    feed = local(server.url("/a").replace("http://", "http://me:pass@"))
    outcome = await open_fetcher().fetch(feed, Validators())
    assert server.received[0].header("authorization") == "Basic bWU6cGFzcw=="
    assert isinstance(outcome, Fetched)
    assert "pass" not in outcome.url


async def test_a_login_in_a_redirect_is_dropped(server: LoopbackServer, open_fetcher: OpenFetcher) -> None:
    there = server.url("/b").replace("http://", "http://evil:pw@")
    server.put("/a", status=301, headers={"Location": there})
    server.put("/b", FEED)
    outcome = await open_fetcher().fetch(local(server.url("/a")), Validators())
    assert isinstance(outcome, Fetched)
    assert server.asked("/b")[0].header("authorization") is None
    assert outcome.moved_to == server.url("/b")


async def test_a_feed_may_not_change_how_the_body_is_packed_or_addressed(
    server: LoopbackServer, open_fetcher: OpenFetcher
) -> None:
    server.put("/a", FEED)
    feed = local(
        server.url("/a"), headers=(("Accept-Encoding", "br"), ("Host", "x.example"), ("User-Agent", "Mine/1"))
    )
    await open_fetcher().fetch(feed, Validators())
    assert server.received[0].header("accept-encoding") == "gzip"
    assert server.received[0].header("host") == f"127.0.0.1:{server.port}"
    assert server.received[0].header("user-agent") == "Mine/1"


async def test_a_header_that_cannot_be_sent_is_the_users_to_mend(
    server: LoopbackServer, open_fetcher: OpenFetcher
) -> None:
    feed = local(server.url("/a"), headers=(("X-Key", "one\r\nX-Injected: y"),))
    outcome = await open_fetcher().fetch(feed, Validators())
    assert isinstance(outcome, FetchFailed)
    assert "headers in feeds.toml" in outcome.reason
    assert server.received == []


@pytest.mark.parametrize("status", [204, 206, 304, 400, 401, 403, 404, 410, 418, 429, 451, 500, 502, 503])
async def test_each_status_has_words_of_its_own(
    status: int, server: LoopbackServer, open_fetcher: OpenFetcher
) -> None:
    server.put("/a", status=status, headers={"WWW-Authenticate": 'Basic realm="\x1b[31mx"'})
    outcome = await open_fetcher().fetch(local(server.url("/a")), Validators())
    assert isinstance(outcome, FetchFailed)
    assert outcome.status == status
    assert str(status) in outcome.reason
    assert outcome.reason.isprintable()
    assert outcome.gone == (status == 410)
    assert not outcome.offline


async def test_a_challenge_page_is_named(server: LoopbackServer, open_fetcher: OpenFetcher) -> None:
    server.put("/a", status=403, headers={"cf-mitigated": "challenge"})
    outcome = await open_fetcher().fetch(local(server.url("/a")), Validators())
    assert isinstance(outcome, FetchFailed)
    assert "Cloudflare" in outcome.reason


RETRY_AFTER = {
    "120": timedelta(seconds=120),
    "99999999999999999999": timedelta(hours=24),
    "0": None,
    "-5": None,
    "soon": None,
    "²": None,
    "Sun, 01 Mar 2026 12:30:00 GMT": timedelta(minutes=30),
    "Mon, 01 Mar 2027 12:30:00 GMT": timedelta(hours=24),
    "Thu, 01 Jan 1970 00:00:00 GMT": None,
    "Sun, 99 Mar 2026 12:30:00 GMT": None,
}


@pytest.mark.parametrize("value", RETRY_AFTER)
async def test_retry_after_is_read_as_seconds_or_date_and_capped(
    value: str, server: LoopbackServer, open_fetcher: OpenFetcher
) -> None:
    fetcher = open_fetcher()
    for status in (429, 503):
        head = f"HTTP/1.1 {status} x\r\nRetry-After: {value}\r\nContent-Length: 0\r\n\r\n"
        server.put("/a", raw=head.encode("latin-1"))
        outcome = await fetcher.fetch(local(server.url("/a")), Validators())
        assert isinstance(outcome, FetchFailed)
        assert outcome.retry_after == RETRY_AFTER[value]


async def test_a_retry_date_counts_from_the_servers_own_clock(
    server: LoopbackServer, open_fetcher: OpenFetcher
) -> None:
    head = (
        "HTTP/1.1 503 x\r\nDate: Sun, 01 Mar 2026 11:00:00 GMT\r\n"
        "Retry-After: Sun, 01 Mar 2026 11:10:00 GMT\r\nContent-Length: 0\r\n\r\n"
    )
    server.put("/a", raw=head.encode())
    outcome = await open_fetcher().fetch(local(server.url("/a")), Validators())
    assert isinstance(outcome, FetchFailed)
    assert outcome.retry_after == timedelta(minutes=10)


async def test_one_request_at_a_time_reaches_an_origin_that_two_feeds_end_at(
    open_fetcher: OpenFetcher,
) -> None:
    import asyncio

    with LoopbackServer() as one, LoopbackServer() as two, LoopbackServer() as target:
        target.put("/end", FEED, delay=0.1)
        for front in (one, two):
            front.put("/a", status=302, headers={"Location": target.url("/end")})
        fetcher = open_fetcher()
        outcomes = await asyncio.gather(
            *(fetcher.fetch(local(front.url("/a")), Validators()) for front in (one, two))
        )
        assert all(isinstance(outcome, Fetched) for outcome in outcomes)
        assert target.most_in_flight == 1


async def test_a_feed_that_moved_is_asked_there_and_its_secrets_stay_at_home(
    server: LoopbackServer, open_fetcher: OpenFetcher
) -> None:
    with LoopbackServer() as stranger:
        for host in (server, stranger):
            host.put("/new", FEED)
        feed = local(server.url("/old"), headers=(("X-Api-Key", "k"),))
        fetcher = open_fetcher()
        for host in (server, stranger):
            outcome = await fetcher.fetch(feed, Validators(), host.url("/new"))
            assert isinstance(outcome, Fetched)
            assert outcome.moved_to is None
        assert [request.path for request in server.received] == ["/new"]
        assert server.received[0].header("x-api-key") == "k"
        assert stranger.received[0].header("x-api-key") is None


async def test_the_allowance_for_a_private_address_does_not_move_with_the_feed(
    server: LoopbackServer, open_fetcher: OpenFetcher
) -> None:
    feed = local("http://feeds.example/a")
    outcome = await open_fetcher().fetch(feed, Validators(), server.url("/a"))
    assert isinstance(outcome, FetchFailed)
    assert "private" in outcome.reason
    assert server.received == []
