import asyncio
import logging
import sys
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any, cast

import pytest

from tests.pipeline.fakes import (
    NOON,
    EachItsOwn,
    HandClock,
    LineParser,
    MemoryKeeper,
    RunningClock,
    ScriptedFetcher,
)
from tui.domain.clock import Clock
from tui.domain.feed import Feed, FeedList, FeedState, FeedStatus, Settings, Validators
from tui.pipeline.collector import Equipment, collect_for_ever, collect_once, this_process
from tui.pipeline.keeping import Holder, Lease, PollRequest
from tui.pipeline.ports import Asked, Fetched, FetchFailed
from tui.pipeline.rhythm import Rhythm

A, B, C = (f"https://{name}.example/f" for name in "abc")
OFFLINE = FetchFailed("no name", offline=True)
OTHER = Holder(1, "elsewhere", "t")
QUICK = Rhythm(
    spacing=timedelta(0),
    tick=timedelta(milliseconds=10),
    idle_beat=timedelta(milliseconds=50),
    restart_first=timedelta(milliseconds=20),
    lease=timedelta(seconds=0.6),
)


def _fetched(text: str = "1|DRONE") -> Fetched:
    return Fetched(text.encode(), "", Validators('"1"'), "u")


def _equipment(
    keeper: MemoryKeeper,
    fetcher: ScriptedFetcher,
    *,
    clock: Clock | None = None,
    feeds: Sequence[Feed] | None = None,
    rhythm: Rhythm = QUICK,
) -> Equipment:
    return Equipment(
        feeds=FeedList(tuple(feeds or (Feed(A, "a"), Feed(B, "b"))), Settings(), "feeds.toml"),
        fetcher=fetcher,
        parser=LineParser(),
        open_keeper=lambda: keeper,
        make_grouping=EachItsOwn,
        clock=clock or HandClock(),
        holder=this_process(),
        rhythm=rhythm,
        chance=lambda: 0.0,
    )


@asynccontextmanager
async def _collecting(equipment: Equipment) -> AsyncIterator[asyncio.Task[None]]:
    stop = asyncio.Event()
    task = asyncio.create_task(collect_for_ever(equipment, stop))
    try:
        yield task
    finally:
        stop.set()
        await asyncio.wait_for(task, 5)


async def _until(condition: Callable[[], Any]) -> None:
    async with asyncio.timeout(5):
        while not condition():  # noqa: ASYNC110 - what is waited for is the state of a fake, not an event
            await asyncio.sleep(0.005)


def _script(answers: Mapping[str, Any] | None = None) -> ScriptedFetcher:
    return ScriptedFetcher({A: [_fetched()], B: [_fetched()], C: [_fetched()], **(answers or {})})


async def test_once_polls_what_is_due_and_gives_the_lease_back() -> None:
    keeper, clock = MemoryKeeper(), HandClock()
    fetcher = _script()
    first = await collect_once(_equipment(keeper, fetcher, clock=clock))
    assert (first.summary.attempted, first.summary.new, first.held_by) == (2, 2, None)
    assert keeper.lease is None
    assert keeper.closed == 1
    again = await collect_once(_equipment(keeper, fetcher, clock=clock))
    assert again.summary.attempted == 0
    too_soon = await collect_once(_equipment(keeper, fetcher, clock=clock), everything=True)
    assert too_soon.summary.attempted == 0
    clock.turn(timedelta(minutes=2))
    everything = await collect_once(_equipment(keeper, fetcher, clock=clock), everything=True)
    assert everything.summary.unchanged == 2


async def test_the_parser_is_told_how_many_feeds_were_never_asked() -> None:
    keeper, clock = MemoryKeeper(), HandClock()
    feeds = [Feed(A, "a"), Feed(B, "b"), Feed(C, "c", enabled=False)]
    equipments = [_equipment(keeper, _script(), clock=clock, feeds=feeds) for _ in range(2)]
    for equipment in equipments:
        await collect_once(equipment)
    parsers = [cast("LineParser", equipment.parser) for equipment in equipments]
    assert [parser.expected for parser in parsers] == [2, 0]


async def test_once_leaves_it_to_the_process_that_fetches_already() -> None:
    keeper = MemoryKeeper(lease=Lease(OTHER, mine=False, until=NOON + timedelta(hours=1)))
    fetcher = _script()
    collected = await collect_once(_equipment(keeper, fetcher))
    assert collected.held_by == OTHER
    assert fetcher.asked == []
    assert keeper.lease is not None


async def test_it_polls_beats_idles_and_leaves_cleanly() -> None:
    keeper = MemoryKeeper()
    async with _collecting(_equipment(keeper, _script(), clock=RunningClock())):
        await _until(lambda: keeper.beats and keeper.beats[-1].state == "idle")
        beat = keeper.beats[-1]
        assert beat.feeds.ok == 2
        assert beat.last_poll is not None
        assert beat.next_poll is not None
        assert timedelta(minutes=14) < beat.next_poll - NOON < timedelta(minutes=16)
        seen = len(keeper.beats)
        await _until(lambda: len(keeper.beats) > seen + 1)
        assert len(keeper.hashes) == 2
    assert keeper.beats[0].state == "polling"
    assert keeper.beats[0].round_total == 2
    assert keeper.beats[-1].state == "none"
    assert keeper.lease is None
    assert keeper.pruned == 1
    assert keeper.checkpoints >= 1


async def test_an_idle_collector_beats_no_more_often_than_it_should() -> None:
    keeper = MemoryKeeper()
    clock = RunningClock()
    rhythm = replace(QUICK, idle_beat=timedelta(seconds=0.3))
    async with _collecting(_equipment(keeper, _script(), clock=clock, rhythm=rhythm)):
        await _until(lambda: keeper.beats and keeper.beats[-1].state == "idle")
        seen, begun = len(keeper.beats), clock.monotonic()
        await _until(lambda: len(keeper.beats) >= seen + 2)
        assert clock.monotonic() - begun > 0.5


async def test_a_feed_is_polled_again_when_its_time_has_come() -> None:
    keeper, clock, fetcher = MemoryKeeper(), RunningClock(), _script()
    rhythm = replace(QUICK, resume_gap=None)  # the clock is turned by hand here; that is no sleep
    async with _collecting(_equipment(keeper, fetcher, clock=clock, rhythm=rhythm)):
        await _until(lambda: keeper.beats and keeper.beats[-1].state == "idle")
        assert len(fetcher.asked) == 2
        clock.ahead = timedelta(minutes=20)
        await _until(lambda: len(fetcher.asked) == 4)


async def test_while_another_process_fetches_it_waits_in_silence_and_then_takes_over() -> None:
    clock = RunningClock()
    keeper = MemoryKeeper(lease=Lease(OTHER, mine=False, until=NOON + timedelta(hours=1)))
    fetcher = _script()
    async with _collecting(_equipment(keeper, fetcher, clock=clock)):
        await asyncio.sleep(0.2)  # nothing must happen in this time
        assert (fetcher.asked, keeper.beats) == ([], [])
        keeper.lease = Lease(OTHER, mine=False, until=NOON - timedelta(seconds=1))
        await _until(lambda: len(keeper.hashes) == 2)


async def test_a_holder_that_died_on_this_machine_is_not_waited_for() -> None:
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", "")
    await process.wait()
    dead = replace(this_process(), pid=process.pid, token="t")
    keeper = MemoryKeeper(lease=Lease(dead, mine=False, until=NOON + timedelta(hours=1)))
    collected = await collect_once(_equipment(keeper, _script()))
    assert (collected.held_by, collected.summary.new) == (None, 2)


async def test_a_holder_that_lives_or_is_elsewhere_is_respected() -> None:
    for holder in (replace(this_process(), token="t"), replace(OTHER, pid=2**22 + 1)):
        keeper = MemoryKeeper(lease=Lease(holder, mine=False, until=NOON + timedelta(hours=1)))
        assert (await collect_once(_equipment(keeper, _script()))).held_by == holder


async def test_it_stops_polling_when_another_process_has_taken_the_lease() -> None:
    clock, keeper, fetcher = RunningClock(), MemoryKeeper(), _script()
    async with _collecting(_equipment(keeper, fetcher, clock=clock)):
        await _until(lambda: keeper.beats and keeper.beats[-1].state == "idle")
        keeper.lease = Lease(OTHER, mine=False, until=NOON + timedelta(hours=1))
        await asyncio.sleep(0.3)  # the lease is looked at again within a third of its time
        beats = len(keeper.beats)
        clock.ahead = timedelta(minutes=30)
        await asyncio.sleep(0.2)  # nothing must happen in this time
        assert len(keeper.beats) == beats
        assert len(fetcher.asked) == 2
    assert keeper.beats[-1].state != "none"
    assert keeper.lease.holder == OTHER


async def test_after_a_sleep_the_lease_is_asked_for_before_any_feed_is() -> None:
    clock, keeper, fetcher = RunningClock(), MemoryKeeper(), _script()
    rhythm = replace(QUICK, lease=timedelta(minutes=5), resume_gap=None)
    async with _collecting(_equipment(keeper, fetcher, clock=clock, rhythm=rhythm)):
        await _until(lambda: keeper.beats and keeper.beats[-1].state == "idle")
        keeper.lease = Lease(OTHER, mine=False, until=NOON + timedelta(days=1))
        clock.ahead = timedelta(hours=8)
        await asyncio.sleep(0.2)  # nothing must happen in this time
        assert len(fetcher.asked) == 2


async def test_after_a_sleep_of_the_machine_no_old_connection_is_used() -> None:
    keeper, fetcher, clock = MemoryKeeper(), _script(), RunningClock()
    rhythm = replace(QUICK, resume_gap=timedelta(minutes=2))
    async with _collecting(_equipment(keeper, fetcher, clock=clock, rhythm=rhythm)):
        await _until(lambda: len(keeper.beats) > 2 and keeper.beats[-1].state == "idle")
        assert fetcher.forgot == 0
        clock.ahead += timedelta(hours=8)
        await _until(lambda: fetcher.forgot == 1)


async def test_pause_resume_and_a_feed_by_hand() -> None:
    clock, keeper, fetcher = RunningClock(), MemoryKeeper(), _script()
    rhythm = replace(QUICK, resume_gap=None)
    async with _collecting(_equipment(keeper, fetcher, clock=clock, rhythm=rhythm)):
        await _until(lambda: keeper.beats and keeper.beats[-1].state == "idle")
        keeper.requests.append(PollRequest("pause"))
        await _until(lambda: keeper.beats[-1].state == "paused")
        clock.ahead = timedelta(minutes=20)
        keeper.requests.append(PollRequest("feed", A))
        await _until(lambda: len(fetcher.asked) == 3)
        assert fetcher.asked[-1][0] == A
        keeper.requests.append(PollRequest("resume"))
        await _until(lambda: len(fetcher.asked) == 4)
        assert fetcher.asked[-1][0] == B


async def test_asking_for_all_twice_in_a_minute_is_asking_once() -> None:
    clock, keeper, fetcher = RunningClock(), MemoryKeeper(), _script()
    rhythm = replace(QUICK, resume_gap=None)
    async with _collecting(_equipment(keeper, fetcher, clock=clock, rhythm=rhythm)):
        await _until(lambda: keeper.beats and keeper.beats[-1].state == "idle")
        keeper.requests.append(PollRequest("all"))
        await _until(lambda: not keeper.requests)
        clock.ahead = timedelta(minutes=2)
        keeper.requests.append(PollRequest("all"))
        await _until(lambda: len(fetcher.asked) == 4)


async def test_a_gone_feed_is_asked_only_by_name() -> None:
    gone = FeedState(A, FeedStatus.GONE, last_attempt=NOON - timedelta(days=1))
    keeper, fetcher = MemoryKeeper(states={A: gone}), _script()
    async with _collecting(_equipment(keeper, fetcher, clock=RunningClock())):
        await _until(lambda: keeper.beats and keeper.beats[-1].state == "idle")
        assert keeper.beats[-1].feeds.failing == 1
        keeper.requests.append(PollRequest("all"))
        await _until(lambda: not keeper.requests)
        assert [url for url, _ in fetcher.asked] == [B]
        keeper.requests.append(PollRequest("feed", A))
        await _until(lambda: keeper.states[A].status is FeedStatus.OK)


async def test_without_a_network_it_says_offline_waits_longer_each_time_and_asks_only_a_few() -> None:
    urls = [f"https://n{number}.example/f" for number in range(20)]
    fetcher = ScriptedFetcher({url: [OFFLINE] for url in urls})
    keeper, clock = MemoryKeeper(), RunningClock()
    feeds = [Feed(url, url) for url in urls]
    rhythm = replace(QUICK, resume_gap=None)
    async with _collecting(_equipment(keeper, fetcher, clock=clock, feeds=feeds, rhythm=rhythm)):
        await _until(lambda: keeper.beats and keeper.beats[-1].state == "offline")
        assert len(fetcher.asked) == 20
        await asyncio.sleep(0.1)  # nothing must happen in this time
        assert len(fetcher.asked) == 20
        clock.ahead = timedelta(seconds=62)
        await _until(lambda: len(fetcher.asked) == 23)
        clock.ahead = timedelta(seconds=62 + 62)
        await asyncio.sleep(0.1)  # the second wait is longer
        assert len(fetcher.asked) == 23
        assert {state.failures for state in keeper.states.values()} == {0}
        fetcher._answers = {url: [_fetched()] for url in urls}
        clock.ahead = timedelta(seconds=300)
        await _until(lambda: keeper.beats[-1].state == "idle" and keeper.beats[-1].feeds.ok == 20)


async def test_a_lonely_dead_feed_is_told_from_a_dead_network_by_asking_a_healthy_one() -> None:
    clock, keeper = RunningClock(), MemoryKeeper()
    well = FeedState(
        A, FeedStatus.OK, last_attempt=NOON - timedelta(hours=1), next_due=NOON + timedelta(days=1)
    )
    keeper.states[A] = well
    fetcher = _script({B: [OFFLINE]})
    rhythm = replace(QUICK, resume_gap=None)
    async with _collecting(_equipment(keeper, fetcher, clock=clock, rhythm=rhythm)):
        await _until(lambda: keeper.beats and keeper.beats[-1].state == "offline")
        clock.ahead = timedelta(seconds=62)
        await _until(lambda: keeper.states[B].status is FeedStatus.FAILING)
        await _until(lambda: keeper.beats[-1].state == "idle")
        assert keeper.beats[-1].feeds.failing == 1


async def test_after_a_sleep_of_the_machine_what_is_overdue_is_spread() -> None:
    urls = [f"https://n{number}.example/f" for number in range(20)]
    fetcher = ScriptedFetcher({url: [_fetched()] for url in urls})
    keeper, clock = MemoryKeeper(), RunningClock()
    chances = iter([0.0] * 20 + [number / 20 for number in range(20)] + [0.0] * 1000)
    equipment = replace(
        _equipment(keeper, fetcher, clock=clock, feeds=[Feed(url, url) for url in urls]),
        chance=lambda: next(chances),
    )
    async with _collecting(equipment):
        await _until(lambda: keeper.beats and keeper.beats[-1].state == "idle")
        clock.ahead = timedelta(hours=8)
        await _until(lambda: len(fetcher.asked) == 21)
        clock.ahead += timedelta(seconds=31)
        await _until(lambda: len(fetcher.asked) == 31)
        await asyncio.sleep(0.1)  # nothing more must happen in this time
        assert len(fetcher.asked) == 31


async def test_what_breaks_is_logged_said_and_started_again(caplog: pytest.LogCaptureFixture) -> None:
    keeper, fetcher = MemoryKeeper(), _script()
    times = 0

    def fail_twice(call: str) -> None:
        nonlocal times
        if call == "take_requests" and times < 2:
            times += 1
            raise OSError("No room left: /somewhere. Free some space")

    keeper.broken = fail_twice
    with caplog.at_level(logging.ERROR):
        async with _collecting(_equipment(keeper, fetcher, clock=RunningClock())):
            await _until(lambda: len(keeper.hashes) == 2)
    failed = [beat for beat in keeper.beats if beat.state == "failed"]
    assert len(failed) == 2
    assert "No room left" in failed[0].detail
    assert sum("starts again" in record.message for record in caplog.records) == 2


async def test_a_store_that_cannot_be_opened_is_tried_again_and_never_ends_the_collector() -> None:
    keeper, fetcher, tries = MemoryKeeper(), _script(), 0

    def open_keeper() -> MemoryKeeper:
        nonlocal tries
        tries += 1
        if tries < 4:
            raise OSError("locked")
        return keeper

    equipment = replace(_equipment(keeper, fetcher, clock=RunningClock()), open_keeper=open_keeper)
    async with _collecting(equipment):
        await _until(lambda: len(keeper.hashes) == 2)


async def test_stopping_in_the_middle_of_a_round_is_quick_and_keeps_what_is_stored() -> None:
    keeper = MemoryKeeper()

    class Hanging(ScriptedFetcher):
        async def fetch(
            self,
            feed: Feed,
            validators: Validators,
            address: str | None = None,
            *,
            may_follow: Asked | None = None,
        ) -> Any:
            if feed.url == B:
                await asyncio.sleep(60)
            return await super().fetch(feed, validators, address)

    async with _collecting(
        _equipment(keeper, Hanging({A: [_fetched()], B: [_fetched()]}), clock=RunningClock())
    ):
        await _until(lambda: len(keeper.hashes) == 1)
    assert keeper.lease is None
    assert keeper.states[A].status is FeedStatus.OK
    assert B not in keeper.states
    assert keeper.closed == 1
