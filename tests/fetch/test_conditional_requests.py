import gzip

import pytest

from tests.fetch.conftest import FEED, OpenFetcher, local
from tests.servers.loopback import LoopbackServer, Reply
from tui import __version__
from tui.domain.feed import Validators
from tui.pipeline.ports import Fetched, FetchFailed, NotModified

WEAK = 'W/"a-b--gzip"'
MODIFIED = "Sun, 01 Mar 2026 08:00:00 GMT"


async def test_a_first_request_carries_no_validators_cookies_or_referer(
    server: LoopbackServer, open_fetcher: OpenFetcher
) -> None:
    server.put("/a", FEED)
    await open_fetcher().fetch(local(server.url("/a")), Validators())
    names = {name.lower() for name, _ in server.received[0].headers}
    assert names == {"host", "user-agent", "accept", "accept-encoding"}


async def test_the_program_names_itself_and_asks_for_gzip_alone(
    server: LoopbackServer, open_fetcher: OpenFetcher
) -> None:
    server.put("/a", FEED)
    for contact in ("https://there.example/", None):
        await open_fetcher(contact=contact).fetch(local(server.url("/a")), Validators())
    named, nameless = (request.header("user-agent") or "" for request in server.received)
    assert named == f"Overflight/{__version__} (+https://there.example/)"
    assert nameless == f"Overflight/{__version__} (feed reader for airspace incursions)"
    assert server.received[0].header("accept-encoding") == "gzip"
    assert (server.received[0].header("accept") or "").startswith("application/rss+xml")


async def test_both_validators_go_back_exactly_as_they_came(
    server: LoopbackServer, open_fetcher: OpenFetcher
) -> None:
    server.put("/a", FEED, etag=WEAK, last_modified=MODIFIED)
    fetcher = open_fetcher()
    first = await fetcher.fetch(local(server.url("/a")), Validators())
    assert isinstance(first, Fetched)
    assert first.validators == Validators(WEAK, MODIFIED)
    second = await fetcher.fetch(local(server.url("/a")), first.validators)
    assert second == NotModified(Validators(WEAK, MODIFIED))
    assert server.received[1].header("if-none-match") == WEAK
    assert server.received[1].header("if-modified-since") == MODIFIED


async def test_an_etag_of_bytes_beyond_ascii_survives_the_round_trip(
    server: LoopbackServer, open_fetcher: OpenFetcher
) -> None:
    given = '"\xe9\xff"'
    server.put("/a", FEED, etag=given)
    fetcher = open_fetcher()
    first = await fetcher.fetch(local(server.url("/a")), Validators())
    assert isinstance(first, Fetched)
    assert isinstance(await fetcher.fetch(local(server.url("/a")), first.validators), NotModified)


async def test_a_304_with_a_newer_date_replaces_the_date_and_keeps_the_etag(
    server: LoopbackServer, open_fetcher: OpenFetcher
) -> None:
    server.put("/a", status=304, headers={"Last-Modified": "Mon, 02 Mar 2026 08:00:00 GMT"})
    outcome = await open_fetcher().fetch(local(server.url("/a")), Validators('"1"', MODIFIED))
    assert outcome == NotModified(Validators('"1"', "Mon, 02 Mar 2026 08:00:00 GMT"))


async def test_a_304_that_nobody_asked_for_is_a_failure(
    server: LoopbackServer, open_fetcher: OpenFetcher
) -> None:
    server.put("/a", status=304)
    outcome = await open_fetcher().fetch(local(server.url("/a")), Validators())
    assert isinstance(outcome, FetchFailed)
    assert outcome.status == 304


async def test_validators_are_gone_when_the_server_stops_sending_them(
    server: LoopbackServer, open_fetcher: OpenFetcher
) -> None:
    server.put("/a", FEED)
    outcome = await open_fetcher().fetch(local(server.url("/a")), Validators('"old"', MODIFIED))
    assert isinstance(outcome, Fetched)
    assert outcome.validators == Validators()


async def test_a_monstrous_or_control_laden_etag_is_not_kept(
    server: LoopbackServer, open_fetcher: OpenFetcher
) -> None:
    for etag in ('"' + "a" * 5000 + '"', '"\x1b[31m"'):
        head = f"HTTP/1.1 200 OK\r\nETag: {etag}\r\nContent-Length: {len(FEED)}\r\n\r\n"
        server.put("/a", raw=head.encode("latin-1") + FEED)
        outcome = await open_fetcher().fetch(local(server.url("/a")), Validators())
        assert isinstance(outcome, Fetched)
        assert outcome.validators.etag is None


async def test_gzip_is_unpacked(server: LoopbackServer, open_fetcher: OpenFetcher) -> None:
    server.put("/a", FEED * 100, packed=True)
    outcome = await open_fetcher().fetch(local(server.url("/a")), Validators())
    assert isinstance(outcome, Fetched)
    assert outcome.body == FEED * 100


async def test_gzip_in_several_members_or_with_junk_behind_is_unpacked(
    server: LoopbackServer, open_fetcher: OpenFetcher
) -> None:
    packed = {"Content-Encoding": "gzip"}
    server.put_all(
        "/a",
        [
            Reply(gzip.compress(b"<one>") + gzip.compress(b"<two>"), headers=packed),
            Reply(gzip.compress(b"<one>") + b"junk" * 50, headers=packed),
        ],
    )
    fetcher = open_fetcher()
    bodies = [await fetcher.fetch(local(server.url("/a")), Validators()) for _ in range(2)]
    assert [body.body for body in bodies if isinstance(body, Fetched)] == [b"<one><two>", b"<one>"]


async def test_no_cookie_is_ever_sent_back(server: LoopbackServer, open_fetcher: OpenFetcher) -> None:
    server.put("/a", FEED, headers={"Set-Cookie": "sid=1"})
    fetcher = open_fetcher()
    for _ in range(2):
        await fetcher.fetch(local(server.url("/a")), Validators())
    assert [request.header("cookie") for request in server.received] == [None, None]


async def test_the_longest_age_is_read_and_lessened_by_the_age_of_the_copy(
    server: LoopbackServer, open_fetcher: OpenFetcher
) -> None:
    cases = {
        "max-age=600": 600,
        "public, MAX-AGE=900, must-revalidate": 900,
        "s-maxage=50": None,
        "no-cache, max-age=600": None,
        "max-age=99999999999999999999": 86400,
        "max-age=-1": None,
    }
    fetcher = open_fetcher()
    for control, seconds in cases.items():
        server.put("/a", FEED, headers={"Cache-Control": control})
        outcome = await fetcher.fetch(local(server.url("/a")), Validators())
        assert isinstance(outcome, Fetched)
        assert (outcome.max_age.total_seconds() if outcome.max_age else None) == seconds, control
    server.put("/a", FEED, headers={"Cache-Control": "max-age=600", "Age": "200"})
    aged = await fetcher.fetch(local(server.url("/a")), Validators())
    assert isinstance(aged, Fetched)
    assert aged.max_age is not None
    assert aged.max_age.total_seconds() == 400


FRESHNESS = [
    ({"Expires": "Sun, 01 Mar 2026 14:00:00 GMT"}, 7200),
    ({"Expires": "Sun, 01 Mar 2026 14:00:00 GMT", "Date": "Sun, 01 Mar 2026 13:00:00 GMT"}, 3600),
    ({"Expires": "Sun, 01 Mar 2026 14:00:00 GMT", "Cache-Control": "max-age=60"}, 60),
    ({"Expires": "Tue, 01 Mar 2050 14:00:00 GMT"}, 86400),
    ({"Expires": "Sun, 01 Mar 2026 14:00:00 GMT", "Cache-Control": "no-cache"}, None),
    ({"Expires": "Sun, 01 Mar 2026 11:00:00 GMT"}, None),
    ({"Expires": "0"}, None),
    ({"Expires": "-1"}, None),
    ({"Expires": "soon"}, None),
]


@pytest.mark.parametrize(("headers", "seconds"), FRESHNESS)
async def test_expires_is_read_against_the_servers_clock_where_cache_control_is_silent(
    headers: dict[str, str], seconds: int | None, server: LoopbackServer, open_fetcher: OpenFetcher
) -> None:
    server.put("/a", FEED, headers=headers)
    outcome = await open_fetcher().fetch(local(server.url("/a")), Validators())
    assert isinstance(outcome, Fetched)
    assert (outcome.max_age and outcome.max_age.total_seconds()) == seconds


async def test_validators_that_make_no_sense_are_not_kept(
    server: LoopbackServer, open_fetcher: OpenFetcher
) -> None:
    fetcher = open_fetcher()
    server.put("/a", FEED, etag='"1"', last_modified="Tue, 19 Jan 2038 03:14:07 GMT")
    future = await fetcher.fetch(local(server.url("/a")), Validators())
    server.put("/a", FEED, etag='"1"', last_modified=MODIFIED, headers={"Expires": "0"})
    stale = await fetcher.fetch(local(server.url("/a")), Validators())
    server.put("/a", FEED, last_modified="yesterday, I think")
    odd = await fetcher.fetch(local(server.url("/a")), Validators())
    assert isinstance(future, Fetched)
    assert isinstance(stale, Fetched)
    assert isinstance(odd, Fetched)
    assert future.validators == Validators('"1"')
    assert stale.validators == Validators()
    assert odd.validators == Validators(None, "yesterday, I think")
