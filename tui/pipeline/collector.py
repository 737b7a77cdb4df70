"""The process that fetches: one round at a time, or for ever."""

import asyncio
import logging
import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import field, replace

from tui.domain.board import CollectorStatus, FeedCounts
from tui.domain.clock import Clock
from tui.domain.feed import Feed, FeedList, FeedState, FeedStatus
from tui.domain.value import dataclass
from tui.pipeline.alerting import Alerter, Alerting, alerting_beside
from tui.pipeline.ending import end
from tui.pipeline.full_text import FullTexting, full_texts_beside
from tui.pipeline.holder import lease_for, this_process
from tui.pipeline.keeping import Holder, Lease
from tui.pipeline.list_change import ListWatch, change_of, moved_states
from tui.pipeline.ports import Fetcher, Parser
from tui.pipeline.rhythm import Rhythm, may_ask_by_hand
from tui.pipeline.rounds import YIELD_TIME, Rounds, RoundSummary, due_feeds
from tui.pipeline.session import Session
from tui.pipeline.store_thread import MakeGrouping, OpenKeeper, StoreFailed, StoreThread

__all__ = ["Collected", "Equipment", "Renewal", "collect_for_ever", "collect_once", "this_process"]

_log = logging.getLogger(__name__)

_STEADY_SECONDS = 600.0
"""After running this long a failure is a first one again."""


@dataclass(frozen=True, slots=True)
class Equipment:
    """Everything that collecting needs of the world; `cli` puts it together."""

    feeds: FeedList
    fetcher: Fetcher
    parser: Parser
    open_keeper: OpenKeeper
    make_grouping: MakeGrouping
    clock: Clock
    holder: Holder
    rhythm: Rhythm = field(default_factory=Rhythm)
    chance: Callable[[], float] = random.random
    """In [0, 1): spreads the polls."""
    alerting: Alerting | None = None
    """None: nobody is told of anything."""

    full_texts: FullTexting | None = None
    """None: nobody's whole text is fetched."""

    def alerter(self) -> Alerter | None:
        """Who raises and delivers alerts, if anybody does."""
        if self.alerting is None:
            return None
        return Alerter(self.alerting, self.feeds.settings, self.clock, self.chance)


@dataclass(frozen=True, slots=True)
class Renewal:
    """How a changed list of feeds is taken up while collecting goes on."""

    watch: ListWatch
    equip: Callable[[FeedList], Equipment]
    """Equipment for another list: a fetcher and a parser of its own."""


@dataclass(frozen=True, slots=True)
class Collected:
    """What `collect_once` did."""

    summary: RoundSummary
    held_by: Holder | None = None
    """Another process fetches; nothing was polled here."""


async def collect_once(equipment: Equipment, *, everything: bool = False) -> Collected:
    """One round over the feeds that are due (or all), unless another process fetches already."""
    clock = equipment.clock
    async with StoreThread(equipment.open_keeper, equipment.make_grouping) as store:
        lease = await _take_lease(store, equipment)
        if not lease.mine:
            return Collected(RoundSummary(), held_by=lease.holder)
        renewing = asyncio.create_task(_renew(store, equipment))
        try:
            rounds = await open_rounds(store, equipment)
            enabled = [feed for feed in equipment.feeds.feeds if feed.enabled]
            if everything:
                now = clock.now()
                states, rhythm = rounds.states, equipment.rhythm
                wanted = tuple(feed for feed in enabled if may_ask_by_hand(states.get(feed.url), now, rhythm))
            else:
                wanted = due_feeds(enabled, rounds.states, clock.now(), rounds.yields)
            summary = await rounds.run(wanted)
            status = _after_once(equipment, rounds, summary)
            await store.ask(lambda keeper: keeper.beat(status))
            await _alert_once(equipment)
            kept = equipment.feeds.settings.keep_dropped
            await store.ask(lambda keeper: keeper.prune(clock.now(), kept))
            await store.ask(lambda keeper: keeper.checkpoint())
            return Collected(summary)
        finally:
            # What broke the round is told; that it breaks the leaving too need not be.
            try:
                await end(renewing)
            finally:
                with suppress(StoreFailed):
                    await store.ask(lambda keeper: keeper.release_lease(equipment.holder))


async def _alert_once(equipment: Equipment) -> None:
    """Tell of what the round changed; that it fails spoils no round."""
    alerter = equipment.alerter()
    if alerter is None:
        return
    try:
        async with alerter:
            await alerter.look(may_begin=True)
    except Exception:  # noqa: BLE001 - logged; what was fetched is stored
        _log.exception("alerting broke")


def _after_once(equipment: Equipment, rounds: Rounds, summary: RoundSummary) -> CollectorStatus:
    """What a single round says of itself when it ends: nobody fetches from now on."""
    states = [rounds.states[feed.url].status for feed in equipment.feeds.feeds if feed.url in rounds.states]
    counts = Counter(states)
    return CollectorStatus(
        pid=equipment.holder.pid,
        host=equipment.holder.host,
        heartbeat=equipment.clock.now(),
        state="offline" if summary.network_down else "none",
        last_poll=rounds.last_answer,
        feeds=FeedCounts(
            ok=counts[FeedStatus.OK],
            damaged=counts[FeedStatus.DAMAGED],
            failing=counts[FeedStatus.FAILING] + counts[FeedStatus.GONE],
            waiting=counts[FeedStatus.NEVER],
            disabled=sum(not feed.enabled for feed in equipment.feeds.feeds),
        ),
    )


async def collect_for_ever(
    equipment: Equipment,
    stop: asyncio.Event,
    renewal: Renewal | None = None,
    hear: Callable[[Holder | None], None] = lambda _: None,
) -> None:
    """Fetch until told to stop; what breaks is logged, said in the heartbeat, and started again after a while.

    A changed list of feeds is taken up with equipment of its own, which is closed here. `hear` is told whenever
    another comes to fetch: who does, or None for this process.
    """
    clock, rhythm = equipment.clock, equipment.rhythm
    pause = rhythm.restart_first
    collecting = _Collecting(equipment, renewal, hear)
    try:
        while not stop.is_set():
            began = clock.monotonic()
            try:
                await collecting.serve(stop)
            except Exception as error:  # noqa: BLE001 - the supervisor: nothing dies in silence
                _log.exception("collecting broke; it starts again in %g s", pause.total_seconds())
                if clock.monotonic() - began > _STEADY_SECONDS:
                    pause = rhythm.restart_first
                await _say_failed(equipment, error)
                await wait_for(stop, pause.total_seconds())
                pause = min(pause * 2, rhythm.restart_longest)
    finally:
        if collecting.equipment is not equipment:
            await _close(collecting.equipment)


class _Collecting:
    """What goes on from one holding of the lease, and from one list of feeds, to the next."""

    def __init__(
        self, equipment: Equipment, renewal: Renewal | None, hear: Callable[[Holder | None], None]
    ) -> None:
        self.equipment = equipment
        self._hear = hear
        self._fetcher: Holder | None = None
        self._renewal = renewal
        self._paused = False

    async def serve(self, stop: asyncio.Event) -> None:
        """Open the store, wait for the lease, work until told to stop, hand everything back."""
        while not stop.is_set():
            equipment = self.equipment
            async with StoreThread(equipment.open_keeper, equipment.make_grouping) as store:
                while not stop.is_set() and equipment is self.equipment:
                    lease = await _take_lease(store, equipment)
                    self._say_who(lease)
                    if lease.mine:
                        await self._work(store, lease, stop)
                    else:
                        await wait_for(stop, equipment.rhythm.lease.total_seconds() / 6)

    def _say_who(self, lease: Lease) -> None:
        """Who fetches, when it is another than before."""
        if lease.holder == self._fetcher:
            return
        self._fetcher = lease.holder
        if not lease.mine:
            _log.info("process %d on %s fetches; waiting", lease.holder.pid, lease.holder.host)
        self._hear(None if lease.mine else lease.holder)

    async def _work(self, store: StoreThread, lease: Lease, stop: asyncio.Event) -> None:
        """One session; a list of feeds that was changed meanwhile is there for the next."""
        equipment = self.equipment
        rounds = await open_rounds(store, equipment)
        session = Session(
            store=store,
            rounds=rounds,
            feeds=equipment.feeds,
            clock=equipment.clock,
            holder=equipment.holder,
            lease=lease,
            rhythm=equipment.rhythm,
            chance=equipment.chance,
            watch=self._renewal.watch if self._renewal else None,
            paused=self._paused,
        )
        async with (
            alerting_beside(equipment.alerter, lambda: rounds.over),
            full_texts_beside(equipment.full_texts),
        ):
            fresh = await session.run(stop)
        self._paused = session.paused
        if fresh is not None and self._renewal is not None:
            await _carry_over(store, equipment, fresh)
            # The lease is ours by the holder's token.
            self.equipment = replace(self._renewal.equip(fresh), holder=equipment.holder)
            await _close(equipment)


async def _carry_over(store: StoreThread, equipment: Equipment, fresh: FeedList) -> None:
    """Say what changed, and store what it means for the feeds that stay."""
    _log.info("%s was changed: %s", fresh.path, change_of(equipment.feeds, fresh))
    for warning in fresh.warnings:
        _log.warning("%s", warning)
    states = await store.ask(lambda keeper: keeper.feed_states())
    moved = moved_states(equipment.feeds, fresh, states, equipment.rhythm, equipment.clock.now())
    if moved:
        await store.record(moved)


async def _close(equipment: Equipment) -> None:
    try:
        await equipment.fetcher.aclose()
    finally:
        await equipment.parser.aclose()


async def open_rounds(store: StoreThread, equipment: Equipment) -> Rounds:
    """Rounds that start from what is stored now; only the process that fetches says which feeds there are."""
    states = await store.ask(lambda keeper: keeper.feed_states())
    equipment.parser.expect(_never_asked(equipment.feeds.feeds, states))
    await store.ask(lambda keeper: keeper.sync_feeds(equipment.feeds.feeds, equipment.clock.now()))
    await store.load_incidents()
    return Rounds(
        fetcher=equipment.fetcher,
        parser=equipment.parser,
        store=store,
        clock=equipment.clock,
        settings=equipment.feeds.settings,
        rhythm=equipment.rhythm,
        chance=equipment.chance,
        states=states,
        yields=await store.ask(lambda keeper: keeper.yields(equipment.clock.now() - YIELD_TIME)),
        feeds=equipment.feeds.feeds,
    )


def _never_asked(feeds: Sequence[Feed], states: Mapping[str, FeedState]) -> int:
    """How many feeds were never asked: what these answer is a body."""
    asked = {url for url, state in states.items() if state.last_attempt is not None}
    return sum(feed.enabled and feed.url not in asked for feed in feeds)


async def _take_lease(store: StoreThread, equipment: Equipment) -> Lease:
    return await store.ask(
        lambda keeper: lease_for(keeper, equipment.holder, equipment.clock.now(), equipment.rhythm.lease)
    )


async def _renew(store: StoreThread, equipment: Equipment) -> None:
    while True:
        await asyncio.sleep(equipment.rhythm.lease.total_seconds() / 3)
        await _take_lease(store, equipment)


async def _say_failed(equipment: Equipment, error: Exception) -> None:
    """A last word through a connection of its own; when even that fails, the heartbeat stops, which shows too."""
    status = CollectorStatus(
        pid=equipment.holder.pid,
        host=equipment.holder.host,
        heartbeat=equipment.clock.now(),
        state="failed",
        detail=f"{error or type(error).__name__}"[:300],
    )
    with suppress(Exception):
        async with StoreThread(equipment.open_keeper, equipment.make_grouping) as store:
            lease = await _take_lease(store, equipment)
            if lease.mine:
                await store.ask(lambda keeper: keeper.beat(status))


async def wait_for(stop: asyncio.Event, seconds: float) -> None:
    """Until told to stop, this long at most."""
    with suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)
