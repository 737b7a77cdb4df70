"""Days of polling one server on loopback, on a clock turned by hand: what it is asked, and when it is left alone."""

from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.pipeline.fakes import NOON, EachItsOwn, HandClock, LineParser, MemoryKeeper
from tests.servers.loopback import LoopbackServer, Reply
from tui.domain.feed import Feed, FeedState, FeedStatus, Settings
from tui.feeds.fetch import HttpFetcher
from tui.pipeline.rhythm import Rhythm
from tui.pipeline.rounds import Rounds, due_feeds
from tui.pipeline.store_thread import StoreThread

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


class World:
    """A store, a clock and feeds; `live` polls what is due until the time is over."""

    def __init__(self, stack: AsyncExitStack, feeds: Iterable[Feed]) -> None:
        self.keeper = MemoryKeeper()
        self.clock = HandClock()
        self.feeds = tuple(feeds)
        self._stack = stack
        self._settings = Settings(deadline=timedelta(seconds=5))
        self._fetcher: HttpFetcher | None = None
        self.rounds: Rounds | None = None

    async def start(self) -> Rounds:
        """Begin, or begin again, from what is stored."""
        if self._fetcher is None:
            self._fetcher = HttpFetcher(self._settings, self.clock)
            self._stack.push_async_callback(self._fetcher.aclose)
        store = await self._stack.enter_async_context(StoreThread(lambda: self.keeper, EachItsOwn))
        await store.load_incidents()
        self.rounds = Rounds(
            fetcher=self._fetcher,
            parser=LineParser(),
            store=store,
            clock=self.clock,
            settings=self._settings,
            rhythm=Rhythm(spacing=timedelta(0)),
            chance=lambda: 0.0,
            states=self.keeper.states,
            yields=self.keeper.yielded,
            feeds=self.feeds,
        )
        return self.rounds

    async def live(self, time: timedelta) -> list[datetime]:
        """Poll when due for so long; the moments at which rounds ran."""
        rounds = self.rounds or await self.start()
        end, ran = self.clock.now() + time, []
        while True:
            due = due_feeds(self.feeds, rounds.states, self.clock.now(), rounds.yields)
            if due:
                ran.append(self.clock.now())
                await rounds.run(due)
            times = [rounds.states[feed.url].next_due for feed in self.feeds]
            soonest = min((at for at in times if at is not None), default=None)
            if soonest is None or soonest > end:
                self.clock.turn(end - self.clock.now())
                return ran
            self.clock.turn(max(soonest - self.clock.now(), timedelta(seconds=1)))

    def state(self, feed: Feed) -> FeedState:
        """As it is stored."""
        return self.keeper.states[feed.url]


OpenWorld = Callable[..., World]


@pytest.fixture
async def world() -> AsyncIterator[OpenWorld]:
    async with AsyncExitStack() as stack:
        yield lambda *feeds: World(stack, feeds)


def _local(url: str, **given: Any) -> Feed:
    return Feed(url, "Feed", allow_private=True, **given)


def _paths(server: LoopbackServer) -> list[str]:
    return [request.path for request in server.received]


async def test_a_feed_that_moved_for_good_is_asked_at_its_new_address_after_a_day(
    server: LoopbackServer, world: OpenWorld
) -> None:
    server.put("/old", status=301, headers={"Location": "/new"})
    server.put("/new", b"1|DRONE", etag='"1"')
    feed = _local(server.url("/old"), every=6 * HOUR)
    days = world(feed)
    await days.live(DAY - HOUR)
    assert _paths(server) == ["/old", "/new"] * 4
    assert days.state(feed).address is None
    await days.live(3 * DAY)
    assert days.state(feed).address == days.state(feed).moved_to == server.url("/new")
    assert len(server.asked("/old")) == 5
    assert len(server.asked("/new")) > 15
    assert server.asked("/new")[-1].header("if-none-match") == '"1"'
    assert list(days.keeper.versions.values()) == [["DRONE"]]


async def test_a_move_that_turns_out_bad_is_undone(server: LoopbackServer, world: OpenWorld) -> None:
    server.put("/old", status=308, headers={"Location": "/new"})
    server.put("/new", b"1|DRONE")
    feed = _local(server.url("/old"), every=6 * HOUR)
    days = world(feed)
    await days.live(2 * DAY)
    assert days.state(feed).address is not None
    asked = len(server.asked("/old"))
    server.put("/old", b"1|DRONE\n2|DRONE back home")
    server.put("/new", b"", status=404)
    await days.live(DAY)
    assert len(server.asked("/old")) > asked
    assert days.state(feed).status is FeedStatus.OK
    assert (days.state(feed).address, days.state(feed).moved_to) == (None, None)
    assert len(days.keeper.hashes) == 2


@pytest.mark.parametrize("status", [302, 303, 307])
async def test_a_feed_that_moved_for_a_while_is_asked_at_its_old_address_for_ever(
    status: int, server: LoopbackServer, world: OpenWorld
) -> None:
    server.put("/old", status=status, headers={"Location": "/new"})
    server.put("/new", b"1|DRONE")
    feed = _local(server.url("/old"), every=6 * HOUR)
    days = world(feed)
    await days.live(5 * DAY)
    assert len(server.asked("/old")) == len(server.asked("/new"))
    assert days.state(feed).moved_to is None


async def test_a_portal_that_redirects_everything_moves_nothing(
    server: LoopbackServer, world: OpenWorld
) -> None:
    server.put("/feed", b"1|DRONE", etag='"1"')
    feed = _local(server.url("/feed"), every=6 * HOUR)
    days = world(feed)
    await days.live(HOUR)
    server.put("/feed", status=301, headers={"Location": "/portal"})
    server.put("/portal", b"NOT A FEED")
    await days.live(5 * DAY)
    assert days.state(feed).status is FeedStatus.FAILING
    assert (days.state(feed).address, days.state(feed).moved_to) == (None, None)
    server.put("/feed", b"1|DRONE", etag='"1"')
    await days.live(2 * DAY)
    assert days.state(feed).status is FeedStatus.OK


async def test_a_redirect_to_another_feed_of_the_list_is_told_and_brings_nothing_twice(
    server: LoopbackServer, world: OpenWorld
) -> None:
    server.put("/one", b"1|DRONE")
    server.put("/two", status=302, headers={"Location": "/one"})
    one, two = _local(server.url("/one")), _local(server.url("/two"))
    days = world(one, two)
    await days.live(HOUR / 2)
    assert len(days.keeper.hashes) == 1
    assert days.state(two).status is FeedStatus.FAILING
    assert "polled already" in (days.state(two).problem or "")


async def test_a_feed_that_is_gone_is_asked_no_more(server: LoopbackServer, world: OpenWorld) -> None:
    server.put_all("/a", [Reply(b"1|DRONE", etag='"1"'), Reply(status=410)])
    feed = _local(server.url("/a"))
    days = world(feed)
    await days.live(7 * DAY)
    assert len(server.received) == 2
    assert days.state(feed).status is FeedStatus.GONE


async def test_a_host_that_asks_for_rest_is_left_alone_with_all_its_feeds_over_a_restart(
    server: LoopbackServer, world: OpenWorld
) -> None:
    server.put_all("/a", [Reply(b"1|x"), Reply(status=429, headers={"Retry-After": "7200"}), Reply(b"1|x")])
    server.put("/b", b"1|x")
    first, second = _local(server.url("/a"), every=20 * HOUR / 60), _local(server.url("/b"), every=HOUR / 2)
    days = world(first, second)
    await days.live(21 * HOUR / 60)
    assert _paths(server) == ["/a", "/b", "/a"]
    await days.start()
    await days.live(1.9 * HOUR)
    assert len(server.received) == 3
    await days.live(HOUR)
    assert {"/a", "/b"} <= set(_paths(server)[3:])


@pytest.mark.parametrize("status", [429, 503])
async def test_a_server_that_says_when_to_come_back_is_asked_then(
    status: int, server: LoopbackServer, world: OpenWorld
) -> None:
    later = (NOON + 5 * HOUR).strftime("%a, %d %b %Y %H:%M:%S GMT")
    server.put_all("/a", [Reply(status=status, headers={"Retry-After": later}), Reply(b"1|x", etag='"1"')])
    ran = await world(_local(server.url("/a"))).live(5.2 * HOUR)
    assert ran[:2] == [NOON, NOON + 5 * HOUR]


async def test_a_server_that_always_says_nothing_new_is_asked_without_conditions_now_and_then(
    server: LoopbackServer, world: OpenWorld
) -> None:
    server.put("/a", b"1|x", etag='"1"')
    days = world(_local(server.url("/a"), every=6 * HOUR))
    await days.live(17 * DAY)
    bare = [at for at, request in enumerate(server.received) if request.header("if-none-match") is None]
    assert bare == [0, 32, 64]


async def test_a_feed_is_read_whole_once_after_the_parsing_has_changed(
    server: LoopbackServer, world: OpenWorld
) -> None:
    server.put("/a", b"1|x", etag='"1"')
    feed = _local(server.url("/a"))
    days = world(feed)
    await days.live(HOUR)
    days.keeper.states[feed.url] = replace(days.state(feed), read_by=0)
    asked = len(server.received)
    await days.start()
    await days.live(HOUR)
    conditions = [request.header("if-none-match") for request in server.received[asked:]]
    assert conditions[0] is None
    assert set(conditions[1:]) == {'"1"'}
    assert len(days.keeper.hashes) == 1


async def test_what_the_server_says_of_freshness_is_waited_for(
    server: LoopbackServer, world: OpenWorld
) -> None:
    expires = (NOON + 2 * HOUR).strftime("%a, %d %b %Y %H:%M:%S GMT")
    date = NOON.strftime("%a, %d %b %Y %H:%M:%S GMT")
    server.put("/a", b"1|x", etag='"1"', headers={"Expires": expires, "Date": date})
    server.put("/b", b"1|x", etag='"1"', headers={"Cache-Control": "max-age=10800"})
    await world(_local(server.url("/a")), _local(server.url("/b"))).live(4.5 * HOUR)
    assert (len(server.asked("/a")), len(server.asked("/b"))) == (3, 2)


async def test_a_feed_that_brings_little_is_asked_less_often_and_one_that_brings_incidents_is_not(
    server: LoopbackServer, world: OpenWorld
) -> None:
    slow = "\n".join(f"{n}|old news|{(NOON - n * 9 * HOUR).isoformat()}" for n in range(1, 20)).encode()
    for path in ("/slow", "/valued"):
        server.put(path, slow, etag='"1"')
    quick = "\n".join(f"{n}|news|{(NOON - n * HOUR / 6).isoformat()}" for n in range(1, 20)).encode()
    server.put("/quick", quick, etag='"1"')
    feeds = [_local(server.url(path)) for path in ("/slow", "/valued", "/quick")]
    days = world(*feeds)
    days.keeper.yielded = {server.url("/valued"): 1}
    await days.live(4 * HOUR)
    asked = [len(server.asked(path)) for path in ("/slow", "/valued", "/quick")]
    assert asked[0] == 5
    assert asked[1] == 17
    assert 14 <= asked[2] <= 17
    assert days.state(feeds[0]).usual_gap is not None
    assert _paths(server)[0] == "/valued"
