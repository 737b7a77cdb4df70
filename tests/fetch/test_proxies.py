"""Requests through a real proxy on loopback, with certificates of an authority of one's own."""

import pytest

from tests.fetch.conftest import FEED, Certify, OpenFetcher, local, looks_up, serving
from tests.servers.loopback import LoopbackServer
from tests.servers.proxy import LoopbackProxy
from tui.domain.feed import Feed, Validators
from tui.pipeline.ports import Fetched, FetchFailed

NOBODY = looks_up({})
"""Finds no name: what is reached all the same was found by the proxy."""


async def test_a_plain_request_goes_through_the_proxy_which_finds_the_name(
    server: LoopbackServer, open_fetcher: OpenFetcher
) -> None:
    server.put("/a?b=1", FEED, etag='"1"')
    url = server.url("/a?b=1", host="news.example")
    with LoopbackProxy() as proxy:
        fetcher = open_fetcher(proxy=proxy.url(), lookup=NOBODY)
        outcome = await fetcher.fetch(Feed(url, "a"), Validators())
    assert isinstance(outcome, Fetched)
    assert proxy.asked == [f"GET {url} HTTP/1.1"]
    assert outcome.url == url


async def test_a_secure_request_is_tunnelled_and_the_servers_own_certificate_is_checked(
    certify: Certify, open_fetcher: OpenFetcher
) -> None:
    authority = certify("DNS:news.example")
    with serving(authority) as server, LoopbackProxy() as proxy:
        server.put("/a", FEED)
        feed = Feed(server.url("/a", host="news.example"), "a")
        trusting = open_fetcher(proxy=proxy.url(), ca_file=authority, lookup=NOBODY)
        assert isinstance(await trusting.fetch(feed, Validators()), Fetched)
        assert proxy.asked == [f"CONNECT news.example:{server.port} HTTP/1.1"]
        failed = await open_fetcher(proxy=proxy.url(), lookup=NOBODY).fetch(feed, Validators())
    assert isinstance(failed, FetchFailed)
    assert "is self-signed" in failed.reason
    assert len(server.received) == 1


@pytest.mark.parametrize("secure", [False, True])
async def test_the_login_of_a_proxy_is_given_to_the_proxy_alone(
    certify: Certify, open_fetcher: OpenFetcher, *, secure: bool
) -> None:
    authority = certify("DNS:news.example")
    server = serving(authority) if secure else LoopbackServer()
    with server, LoopbackProxy("Basic bWU6cEBzcw==") as proxy:
        server.put("/a", FEED)
        feed = Feed(server.url("/a", host="news.example"), "a")
        fetcher = open_fetcher(proxy=proxy.url("me:p%40ss"), ca_file=authority, lookup=NOBODY)
        assert isinstance(await fetcher.fetch(feed, Validators()), Fetched)
        assert server.received[0].header("proxy-authorization") is None
        refused = await open_fetcher(proxy=proxy.url("me:wrong-word"), lookup=NOBODY).fetch(
            feed, Validators()
        )
    assert isinstance(refused, FetchFailed)
    assert "proxy" in refused.reason
    assert "wrong-word" not in refused.reason


async def test_a_feed_may_have_a_proxy_of_its_own_or_none(
    server: LoopbackServer, open_fetcher: OpenFetcher
) -> None:
    server.put("/a", FEED)
    with LoopbackProxy() as general, LoopbackProxy() as own:
        fetcher = open_fetcher(proxy=general.url())
        for feed in (
            local(server.url("/a")),
            local(server.url("/a"), proxy=own.url()),
            local(server.url("/a"), proxy=""),
        ):
            assert isinstance(await fetcher.fetch(feed, Validators()), Fetched)
    assert (len(general.asked), len(own.asked), len(server.received)) == (1, 1, 3)


async def test_a_proxy_that_is_not_there_is_named_and_no_feed_is_blamed(open_fetcher: OpenFetcher) -> None:
    with LoopbackProxy() as proxy:
        address = proxy.url("me:s3cret-word")
    outcome = await open_fetcher(proxy=address).fetch(Feed("https://news.example/a", "a"), Validators())
    assert isinstance(outcome, FetchFailed)
    assert outcome.offline
    assert outcome.reason.startswith("The proxy http://127.0.0.1:")
    assert "refused the connection" in outcome.reason
    assert "s3cret-word" not in outcome.reason


async def test_through_a_proxy_a_private_address_is_refused_all_the_same(open_fetcher: OpenFetcher) -> None:
    with LoopbackProxy() as proxy:
        outcome = await open_fetcher(proxy=proxy.url()).fetch(Feed("http://10.0.0.7/a", "a"), Validators())
    assert isinstance(outcome, FetchFailed)
    assert "private or local" in outcome.reason
    assert proxy.asked == []


async def test_an_authority_of_ones_own_is_trusted_for_the_feeds_own_host_alone(
    certify: Certify, open_fetcher: OpenFetcher
) -> None:
    authority = certify("IP:127.0.0.1,DNS:localhost")
    with serving(authority) as server:
        server.put("/a", FEED)
        server.put("/away", status=302, headers={"Location": server.url("/a", host="localhost")})
        fetcher = open_fetcher(lookup=looks_up({"localhost": [["127.0.0.1"]]}))
        feed = local(server.url("/a"), ca_file=str(authority))
        assert isinstance(await fetcher.fetch(feed, Validators()), Fetched)
        failed = await fetcher.fetch(local(server.url("/a")), Validators())
        assert isinstance(failed, FetchFailed)
        assert "is self-signed" in failed.reason
        away = await fetcher.fetch(local(server.url("/away"), ca_file=str(authority)), Validators())
    assert isinstance(away, FetchFailed)


async def test_a_ca_file_that_was_taken_away_is_a_failure_in_plain_words(
    certify: Certify, open_fetcher: OpenFetcher
) -> None:
    authority = certify()
    with serving(authority) as server:
        fetcher = open_fetcher(ca_file=authority)
        authority.unlink()
        outcome = await fetcher.fetch(local(server.url("/a")), Validators())
    assert isinstance(outcome, FetchFailed)
    assert outcome.reason == "The ca_file certificate cannot be read any more; mend it"
