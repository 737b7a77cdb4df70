"""Keys and passwords: sent to the server they are meant for, and found nowhere else."""

import logging

import pytest

from tests.fetch.conftest import FEED, OpenFetcher, local
from tests.servers.loopback import LoopbackServer
from tui.domain.feed import Feed, Validators
from tui.pipeline.ports import Fetched, FetchFailed

KEY = (("api key", "s3cret&word"),)
SENT = "api+key=s3cret%26word"


async def test_a_query_key_is_sent_and_is_no_part_of_the_address_that_is_told(
    server: LoopbackServer, open_fetcher: OpenFetcher, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "tui")
    server.put(f"/a?{SENT}", FEED)
    server.put(f"/b?x=%2F1&{SENT}", FEED)
    fetcher = open_fetcher()
    for url in (server.url("/a"), server.url("/b?x=%2F1")):
        outcome = await fetcher.fetch(local(url, params=KEY), Validators())
        assert isinstance(outcome, Fetched)
        assert outcome.url == url
    assert "s3cret" not in caplog.text


async def test_a_query_key_follows_a_redirect_at_home_once_and_is_dropped_on_the_way_out(
    server: LoopbackServer, open_fetcher: OpenFetcher
) -> None:
    with LoopbackServer() as stranger:
        server.put(f"/old?{SENT}", status=301, headers={"Location": f"/new?{SENT}"})
        server.put(f"/new?{SENT}", FEED)
        server.put(f"/out?{SENT}", status=301, headers={"Location": stranger.url(f"/there?a=1&{SENT}")})
        stranger.put("/there?a=1", FEED)
        fetcher = open_fetcher()
        stays = await fetcher.fetch(local(server.url("/old"), params=KEY), Validators())
        leaves = await fetcher.fetch(local(server.url("/out"), params=KEY), Validators())
        moved = await fetcher.fetch(
            local(server.url("/out"), params=KEY), Validators(), stranger.url("/there?a=1")
        )
    assert isinstance(stays, Fetched)
    assert isinstance(leaves, Fetched)
    assert isinstance(moved, Fetched)
    assert stays.moved_to == server.url("/new")
    assert leaves.moved_to == stranger.url("/there?a=1")
    assert [request.path for request in stranger.received] == ["/there?a=1"] * 2


@pytest.mark.parametrize(
    "settings",
    [{"params": KEY}, {"headers": (("Authorization", "Bearer s3cret&word"),)}],
    ids=["query", "header"],
)
async def test_a_redirect_that_puts_a_secret_into_the_path_of_another_server_is_not_followed(
    server: LoopbackServer, open_fetcher: OpenFetcher, settings: dict[str, tuple[tuple[str, str], ...]]
) -> None:
    with LoopbackServer() as stranger:
        for path in ("/a", f"/a?{SENT}"):
            server.put(path, status=302, headers={"Location": stranger.url("/s3cret%26word/feed")})
        outcome = await open_fetcher().fetch(local(server.url("/a"), **settings), Validators())
    assert isinstance(outcome, FetchFailed)
    assert "would give a secret" in outcome.reason
    assert "s3cret" not in outcome.reason
    assert stranger.received == []


async def test_no_failure_tells_a_secret(server: LoopbackServer, open_fetcher: OpenFetcher) -> None:
    feed = local(
        server.url("/none"), params=KEY, headers=(("X-Key", "s3cret"),), proxy="http://me:s3cret@127.0.0.1:9"
    )
    for asked in (feed, Feed("https://nowhere.invalid/f", "n", params=KEY, proxy="")):
        outcome = await open_fetcher(deadline=3).fetch(asked, Validators())
        assert isinstance(outcome, FetchFailed)
        assert "s3cret" not in outcome.reason


def test_a_feed_shows_no_secret_of_its_own_when_it_is_printed() -> None:
    feed = Feed(
        "https://a.example/f", "a", headers=(("X", "s3cret"),), params=KEY, proxy="http://u:s3cret@p:1"
    )
    assert "s3cret" not in repr(feed)
    assert feed.without_secrets() == Feed("https://a.example/f", "a")
