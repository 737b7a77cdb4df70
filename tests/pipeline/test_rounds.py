import itertools
import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.pipeline.conftest import OpenRounds
from tests.pipeline.fakes import (
    NOON,
    HandClock,
    LineParser,
    MemoryKeeper,
    RunningClock,
    ScriptedFetcher,
)
from tests.servers.loopback import LoopbackServer, Reply
from tui.domain.feed import Feed, FeedState, FeedStatus, Validators
from tui.pipeline.keeping import StoreUnableError
from tui.pipeline.ports import Asked, Fetched, FetchFailed, NotModified
from tui.pipeline.rhythm import Rhythm
from tui.pipeline.rounds import due_feeds
from tui.pipeline.store_thread import StoreFailed


def _local(urls: Sequence[str]) -> list[Feed]:
    return [Feed(url, url, allow_private=True) for url in urls]


def _fetched(text: str) -> Fetched:
    return Fetched(text.encode(), "", Validators('"1"'), "u")


async def test_each_story_is_stored_once_however_often_it_is_fetched(
    server: LoopbackServer, open_rounds: OpenRounds
) -> None:
    server.put("/a", b"1|DRONE seen\n2|Cat")  # no validators, and a body that changes by a comment only
    keeper = MemoryKeeper()
    rounds = await open_rounds(keeper)
    feeds = _local([server.url("/a")])
    first = await rounds.run(feeds)
    assert (first.new, first.kept, first.revised) == (2, 1, 0)
    for turn in range(10):
        server.put("/a", b"1|DRONE seen\n2|Cat\n# %d" % turn)
        again = await rounds.run(feeds)
        assert (again.new, again.revised) == (0, 0)
    assert len(keeper.hashes) == 2


async def test_an_edit_is_kept_as_a_version(server: LoopbackServer, open_rounds: OpenRounds) -> None:
    keeper = MemoryKeeper()
    rounds = await open_rounds(keeper)
    for title in (b"DRONE seen", b"DRONE shot down", b"DRONE was a balloon"):
        server.put("/a", b"1|" + title)
        await rounds.run(_local([server.url("/a")]))
    assert list(keeper.versions.values()) == [["DRONE seen", "DRONE shot down", "DRONE was a balloon"]]


async def test_an_unchanged_feed_is_asked_conditionally_and_read_once(
    server: LoopbackServer, open_rounds: OpenRounds
) -> None:
    server.put("/a", b"1|DRONE seen", etag='"1"')
    keeper, parser = MemoryKeeper(), LineParser()
    rounds = await open_rounds(keeper, parser=parser)
    summaries = [await rounds.run(_local([server.url("/a")])) for _ in range(3)]
    assert [request.header("if-none-match") for request in server.received] == [None, '"1"', '"1"']
    assert [summary.unchanged for summary in summaries] == [0, 1, 1]
    assert parser.parsed == 1
    assert len(keeper.saved) == 1


async def test_validators_are_stored_with_the_entries_and_not_before(
    server: LoopbackServer, open_rounds: OpenRounds
) -> None:
    server.put("/a", b"1|DRONE seen", etag='"1"')
    keeper = MemoryKeeper()

    def fail(call: str) -> None:
        if call == "save_round":
            raise OSError("no room")

    keeper.broken = fail
    rounds = await open_rounds(keeper)
    await rounds.run(_local([server.url("/a")]))
    assert keeper.states[server.url("/a")].validators == Validators()
    keeper.broken = lambda call: None
    again = await rounds.run(_local([server.url("/a")]))
    assert again.new == 1


async def test_one_request_at_a_time_reaches_an_origin(
    server: LoopbackServer, open_rounds: OpenRounds
) -> None:
    paths = [f"/{number}" for number in range(8)]
    for path in paths:
        server.put(path, b"1|x", delay=0.02)
    await (await open_rounds(MemoryKeeper())).run(_local([server.url(path) for path in paths]))
    assert len(server.received) == 8
    assert server.most_in_flight == 1


async def test_requests_to_one_origin_keep_their_distance_from_round_to_round(
    server: LoopbackServer, open_rounds: OpenRounds
) -> None:
    for path in "/a", "/b":
        server.put(path, b"1|x")
    rhythm = Rhythm(spacing=timedelta(seconds=0.2))
    rounds = await open_rounds(MemoryKeeper(), clock=RunningClock(), rhythm=rhythm)
    for _ in range(2):
        await rounds.run(_local([server.url("/a"), server.url("/b")]))
    times = [request.at for request in server.received]
    assert len(times) == 4
    assert min(later - earlier for earlier, later in itertools.pairwise(times)) >= 0.19


async def test_no_more_than_the_set_number_of_feeds_is_in_work(open_rounds: OpenRounds) -> None:
    in_work, most = 0, 0

    class Counting(ScriptedFetcher):
        async def fetch(
            self,
            feed: Feed,
            validators: Validators,
            address: str | None = None,
            *,
            may_follow: Asked | None = None,
        ) -> Any:
            nonlocal in_work, most
            in_work += 1
            most = max(most, in_work)
            try:
                return await super().fetch(feed, validators, address)
            finally:
                in_work -= 1

    urls = [f"https://n{number}.example/f" for number in range(50)]
    parser = LineParser()
    fetcher = Counting({url: [_fetched("1|DRONE")] for url in urls})
    rounds = await open_rounds(MemoryKeeper(), fetcher=fetcher, parser=parser, concurrency=4)
    assert (await rounds.run(_local(urls))).new == 50
    assert most == 4
    assert parser.most_at_once <= 4


async def test_a_feed_that_fails_breaks_or_lies_leaves_the_others_alone(
    open_rounds: OpenRounds, caplog: pytest.LogCaptureFixture
) -> None:
    answers: dict[str, list[Any]] = {
        "https://down.example/f": [FetchFailed("down")],
        "https://raises.example/f": [RuntimeError("surprise")],
        "https://breaks.example/f": [_fetched("BREAK")],
        "https://page.example/f": [_fetched("NOT A FEED")],
        "https://well.example/f": [_fetched("1|DRONE")],
    }
    keeper = MemoryKeeper()
    rounds = await open_rounds(keeper, fetcher=ScriptedFetcher(answers))
    with caplog.at_level(logging.ERROR):
        summary = await rounds.run(_local(list(answers)))
    assert (summary.attempted, summary.failed, summary.new) == (5, 4, 1)
    statuses = {url: state.status for url, state in keeper.states.items()}
    assert statuses.pop("https://well.example/f") is FeedStatus.OK
    assert set(statuses.values()) == {FeedStatus.FAILING}
    assert "RuntimeError" in (keeper.states["https://raises.example/f"].problem or "")
    assert sum(record.exc_info is not None for record in caplog.records) == 2


async def test_a_store_that_takes_nothing_ends_the_round_and_blames_no_feed(open_rounds: OpenRounds) -> None:
    keeper = MemoryKeeper()

    def fail(call: str) -> None:
        raise OSError("No room left")

    rounds = await open_rounds(
        keeper, fetcher=ScriptedFetcher({"https://a.example/f": [_fetched("1|DRONE")]})
    )
    keeper.broken = fail
    with pytest.raises(StoreFailed, match="No room left"):
        await rounds.run(_local(["https://a.example/f"]))
    assert keeper.states == {}


OFFLINE = FetchFailed("no name", offline=True)


async def test_when_next_to_nothing_is_reached_no_feed_is_blamed(open_rounds: OpenRounds) -> None:
    urls = [f"https://n{number}.example/f" for number in range(20)]
    keeper = MemoryKeeper()
    rounds = await open_rounds(keeper, fetcher=ScriptedFetcher({url: [OFFLINE] for url in urls}))
    summary = await rounds.run(_local(urls))
    assert summary.network_down
    assert {(state.status, state.failures, state.problem) for state in keeper.states.values()} == {
        (FeedStatus.NEVER, 0, None)
    }
    assert {state.next_due for state in keeper.states.values()} == {NOON + timedelta(minutes=1)}


async def test_once_nobody_can_be_reached_the_rest_is_not_asked(open_rounds: OpenRounds) -> None:
    urls = [f"https://n{number}.example/f" for number in range(200)]
    keeper, fetcher = MemoryKeeper(), ScriptedFetcher({url: [OFFLINE] for url in urls})
    rounds = await open_rounds(keeper, fetcher=fetcher)
    summary = await rounds.run(_local(urls))
    assert rounds.in_vain
    assert summary.network_down
    assert summary.attempted == len(fetcher.asked) < 100
    assert {state.next_due for state in keeper.states.values()} == {NOON + timedelta(minutes=1)}
    assert len(keeper.states) == 200


async def test_dead_names_before_the_first_answer_stop_nobody(open_rounds: OpenRounds) -> None:
    dead = [f"https://dead{number}.example/f" for number in range(40)]
    well = [f"https://well{number}.example/f" for number in range(160)]
    answers: dict[str, list[Any]] = {url: [OFFLINE] for url in dead} | {
        url: [_fetched("1|x")] for url in well
    }
    keeper, fetcher = MemoryKeeper(), ScriptedFetcher(answers)
    rounds = await open_rounds(keeper, fetcher=fetcher)
    await rounds.run(_local([*dead, *well]))
    assert not {state.failures for url, state in rounds.states.items() if url in set(well)} - {0}


async def test_a_name_that_is_not_found_while_others_answer_is_the_feeds_own_failure(
    open_rounds: OpenRounds,
) -> None:
    answers: dict[str, list[Any]] = {f"https://n{number}.example/f": [_fetched("1|x")] for number in range(5)}
    answers["https://dead.example/f"] = [OFFLINE]
    keeper = MemoryKeeper()
    rounds = await open_rounds(keeper, fetcher=ScriptedFetcher(answers))
    summary = await rounds.run(_local(list(answers)))
    assert not summary.network_down
    dead = keeper.states["https://dead.example/f"]
    assert (dead.status, dead.failures, dead.problem) == (FeedStatus.FAILING, 1, "no name")


async def test_a_single_unreached_feed_is_blamed_only_when_another_answered_lately(
    open_rounds: OpenRounds,
) -> None:
    clock = HandClock()
    answers: dict[str, list[Any]] = {
        "https://a.example/f": [_fetched("1|x")],
        "https://b.example/f": [OFFLINE],
    }
    rounds = await open_rounds(MemoryKeeper(), fetcher=ScriptedFetcher(answers), clock=clock)
    (well, dead) = _local(list(answers))
    assert (await rounds.run([dead])).network_down
    await rounds.run([well])
    clock.turn(timedelta(seconds=30))
    assert not (await rounds.run([dead])).network_down
    assert rounds.states[dead.url].failures == 1


async def test_an_origin_that_asks_for_rest_is_not_asked_for_its_other_feeds(
    server: LoopbackServer, open_rounds: OpenRounds
) -> None:
    server.put("/a", status=429, headers={"Retry-After": "7200"})
    server.put("/b", b"1|DRONE")
    clock, keeper = HandClock(), MemoryKeeper()
    rounds = await open_rounds(keeper, clock=clock)
    feeds = _local([server.url("/a"), server.url("/b")])
    await rounds.run(feeds)
    assert [request.path for request in server.received] == ["/a"]
    waiting = keeper.states[server.url("/b")]
    assert waiting.next_due == NOON + timedelta(hours=2)
    assert (waiting.failures, waiting.status) == (0, FeedStatus.NEVER)
    clock.turn(timedelta(hours=3))
    await rounds.run(feeds[1:])
    assert keeper.states[server.url("/b")].status is FeedStatus.OK


async def test_a_feed_that_flaps_keeps_its_stories_and_recovers(
    server: LoopbackServer, open_rounds: OpenRounds
) -> None:
    server.put_all("/a", [Reply(b"1|DRONE"), Reply(status=500), Reply(b"1|DRONE\n2|DRONE too")])
    keeper = MemoryKeeper()
    rounds = await open_rounds(keeper)
    statuses = []
    for _ in range(3):
        await rounds.run(_local([server.url("/a")]))
        statuses.append(keeper.states[server.url("/a")].status)
    assert statuses == [FeedStatus.OK, FeedStatus.FAILING, FeedStatus.OK]
    assert len(keeper.hashes) == 2


async def test_a_feed_is_cut_off_and_then_whole_and_each_story_is_there_once(
    server: LoopbackServer, open_rounds: OpenRounds
) -> None:
    keeper = MemoryKeeper()
    rounds = await open_rounds(keeper)
    for body, status in ((b"1|DRONE\nDAMAGED", FeedStatus.DAMAGED), (b"1|DRONE\n2|Cat", FeedStatus.OK)):
        server.put("/a", body)
        await rounds.run(_local([server.url("/a")]))
        assert keeper.states[server.url("/a")].status is status
    assert len(keeper.hashes) == 2


async def test_slow_feeds_do_not_hold_up_the_good_ones(open_rounds: OpenRounds) -> None:
    with LoopbackServer() as slow, LoopbackServer() as good:
        slow.put("/s", b"1|x", delay=1.5)
        urls = [good.url(f"/{number}") for number in range(30)]
        for number in range(30):
            good.put(f"/{number}", b"1|x")
        await (await open_rounds(MemoryKeeper())).run(_local([slow.url("/s"), *urls]))
        assert max(request.at for request in good.received) - slow.received[0].at < 1.0


def test_feeds_never_asked_come_first_then_the_longest_overdue() -> None:
    feeds = [Feed(f"https://{name}.example/", name) for name in "abcdef"]
    due = {
        "https://a.example/": NOON - timedelta(minutes=1),
        "https://b.example/": NOON - timedelta(minutes=9),
        "https://c.example/": NOON + timedelta(minutes=1),
    }
    states = {url: FeedState(url, FeedStatus.OK, next_due=at) for url, at in due.items()}
    states["https://e.example/"] = FeedState("https://e.example/", FeedStatus.GONE)
    feeds[5] = replace(feeds[5], enabled=False)
    assert [feed.name for feed in due_feeds(feeds, states, NOON)] == ["d", "b", "a"]


async def test_a_304_counts_as_health(open_rounds: OpenRounds) -> None:
    url = "https://a.example/f"
    script: list[Any] = [_fetched("1|x"), NotModified(Validators('"1"'))]
    keeper = MemoryKeeper()
    rounds = await open_rounds(keeper, fetcher=ScriptedFetcher({url: script}))
    for _ in range(2):
        await rounds.run(_local([url]))
    assert keeper.states[url].status is FeedStatus.OK
    assert keeper.states[url].last_ok == NOON


async def test_a_busy_store_is_charged_to_no_feed_and_the_poll_is_stored_the_next_time(
    open_rounds: OpenRounds,
) -> None:
    keeper, busy = MemoryKeeper(), itertools.count()

    def busy_once(call: str) -> None:
        if call == "save_round" and next(busy) == 0:
            raise StoreUnableError("Another process is busy writing the database")

    keeper.broken = busy_once
    rounds = await open_rounds(keeper, fetcher=ScriptedFetcher({"https://a.example/": [_fetched("1|DRONE")]}))
    feeds = [Feed("https://a.example/", "a")]
    with pytest.raises(StoreFailed, match="busy writing"):
        await rounds.run(feeds)
    assert (keeper.hashes, keeper.states, rounds.states) == ({}, {}, {})
    again = await open_rounds(keeper, fetcher=ScriptedFetcher({feeds[0].url: [_fetched("1|DRONE")]}))
    summary = await again.run(due_feeds(feeds, keeper.states, NOON))
    assert (summary.new, summary.failed) == (1, 0)
    assert keeper.states[feeds[0].url].status is FeedStatus.OK
