"""Fetching while the lease is held: rounds, requests of the interface, heartbeat, housekeeping."""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from tui.domain.board import CollectorStatus, FeedCounts
from tui.domain.clock import Clock
from tui.domain.feed import Feed, FeedList, FeedState, FeedStatus
from tui.domain.origin import origin_of
from tui.pipeline.ending import end
from tui.pipeline.keeping import Holder, Lease, PollRequest
from tui.pipeline.list_change import ListTrouble, ListWatch, same_work
from tui.pipeline.rhythm import Rhythm, may_ask_by_hand
from tui.pipeline.rounds import YIELD_TIME, Rounds, RoundSummary, due_feeds
from tui.pipeline.store_thread import StoreThread

_log = logging.getLogger(__name__)

_PROBES = 3
"""Feeds of each kind that are tried with while the network seems to be down."""
_LAST_ANSWERS_SECONDS = 5.0
"""How long a round that runs may go on once the list of feeds was changed."""
_DAY_SECONDS = 86400.0
_CHECKPOINT_SECONDS = 60.0
"""After a small round the log is folded back no more often than that."""
_BIG_ROUND = 20
"""Feeds of a round after which it is folded back at once."""


class Session:
    """One holding of the lease, from its first round to its last heartbeat."""

    def __init__(
        self,
        *,
        store: StoreThread,
        rounds: Rounds,
        feeds: FeedList,
        clock: Clock,
        holder: Holder,
        lease: Lease,
        rhythm: Rhythm,
        chance: Callable[[], float],
        watch: ListWatch | None = None,
        paused: bool = False,
    ) -> None:
        self._store = store
        self._rounds = rounds
        self._feeds = tuple(feed for feed in feeds.feeds if feed.enabled)
        self._disabled = len(feeds.feeds) - len(self._feeds)
        self._settings = feeds.settings
        self._list = feeds
        self._list_problem = ""
        self._watch = watch
        self._clock = clock
        self._holder = holder
        self._rhythm = rhythm
        self._chance = chance
        self.paused = paused
        self._asked_for: dict[str, Feed] = {}
        """Feeds that a person wants polled now, by URL."""
        self._offline_wait: timedelta | None = None
        self._offline_until: datetime | None = None
        self._lease_asked = clock.monotonic()
        self._lease_until = lease.until
        self._pruned: float | None = None
        self._folded: float | None = None
        self._beaten: tuple[float, CollectorStatus] | None = None
        self._looked = clock.now()
        self._passed: timedelta | None = None
        """Clock time between the last two looks."""

    async def run(self, stop: asyncio.Event) -> FeedList | None:
        """Until told to stop, the lease is lost or the list of feeds was changed: then the new list, the lease still held.

        Raises `StoreFailed` when the store takes nothing.
        """
        polling: asyncio.Task[RoundSummary] | None = None
        stopping = asyncio.create_task(stop.wait())
        fresh: FeedList | None = None
        noticed = 0.0
        try:
            while not stop.is_set():
                if not await self._keep_lease():
                    return None
                if (found := await self._look_at_list()) is not None:
                    fresh, noticed = found, self._clock.monotonic()
                await self._catch_up_gently()
                self._obey(await self._store.ask(lambda keeper: keeper.take_requests()))
                if polling is not None and polling.done():
                    over, polling = polling, None
                    await self._after_round(over.result())
                if fresh is not None:
                    # Whoever takes longer to answer than that is asked again with the new list.
                    if polling is None or self._clock.monotonic() - noticed > _LAST_ANSWERS_SECONDS:
                        return fresh
                    self._rounds.end_soon()
                elif polling is None and (wanted := self._wanted()):
                    polling = self._rounds.start(wanted)
                await self._beat(polling=polling is not None)
                if polling is None:
                    await self._prune_daily()
                await _first_of(stopping, polling, within=self._rhythm.tick.total_seconds())
        finally:
            await end(stopping, polling)
        await self._leave()
        return None

    async def _look_at_list(self) -> FeedList | None:
        """The list of feeds when it asks for other work than before; one that cannot be used is told of."""
        if self._watch is None or not self._watch.changed():
            return None
        found = await asyncio.to_thread(self._watch.load)
        if isinstance(found, ListTrouble):
            self._list_problem = found.said
            return None
        self._list_problem = ""
        return None if same_work(self._list, found) else found

    async def _keep_lease(self) -> bool:
        """Renew it in good time, and after a sleep of the machine; False when another process has it."""
        fresh = self._clock.monotonic() - self._lease_asked < self._rhythm.lease.total_seconds() / 3
        if fresh and self._clock.now() < self._lease_until:
            return True
        self._lease_asked = self._clock.monotonic()
        lease = await self._store.ask(
            lambda keeper: keeper.acquire_lease(self._holder, self._clock.now(), self._rhythm.lease)
        )
        self._lease_until = lease.until
        if not lease.mine:
            _log.warning("process %d on %s took over the fetching", lease.holder.pid, lease.holder.host)
        return lease.mine

    async def _catch_up_gently(self) -> None:
        """After a sleep of the machine what is overdue is spread, not asked all at once."""
        before, self._looked = self._looked, self._clock.now()
        usual, self._passed = self._passed, self._looked - before
        gap = self._rhythm.resume_gap
        # A simulated clock always jumps; only a jump unlike the one before it is a sleep.
        if gap is None or usual is None or self._passed < max(gap, 10 * usual):
            return
        await self._rounds.forget_connections()
        for feed in due_feeds(self._feeds, self._rounds.states, self._looked):
            state = self._rounds.states.get(feed.url, FeedState(feed.url))
            later = self._looked + self._rhythm.resume_spread * self._chance()
            self._rounds.states[feed.url] = replace(state, next_due=later)

    def _obey(self, requests: Iterable[PollRequest]) -> None:
        """What a person asked for; being asked ends the waiting for the network."""
        for request in requests:
            self._offline_until = None
            match request.kind:
                case "pause":
                    self.paused = True
                case "resume":
                    self.paused = False
                case "all":
                    self._asked_for |= {feed.url: feed for feed in self._feeds if self._may_ask(feed)}
                case "feed":
                    self._asked_for |= {feed.url: feed for feed in self._feeds if feed.url == request.feed}
                case _:
                    pass  # "due": they are asked in any case

    def _may_ask(self, feed: Feed) -> bool:
        return may_ask_by_hand(self._rounds.states.get(feed.url), self._clock.now(), self._rhythm)

    def _wanted(self) -> Sequence[Feed]:
        """The feeds of the next round; only a few to try with, while the network seems to be down."""
        asked_for, self._asked_for = self._asked_for, {}
        now = self._clock.now()
        if self.paused:
            return tuple(asked_for.values())
        waiting = self._offline_until is not None and now < self._offline_until
        due = () if waiting else due_feeds(self._feeds, self._rounds.states, now, self._rounds.yields)
        if due and self._offline_wait is not None:
            due = self._probes(due, now)
        return tuple({**asked_for, **{feed.url: feed for feed in due}}.values())

    def _probes(self, due: Iterable[Feed], now: datetime) -> tuple[Feed, ...]:
        """A few feeds that were not reached, beside a few of other origins that are known to be well."""
        well = [
            feed
            for feed in self._feeds
            if (state := self._rounds.states.get(feed.url))
            and state.status is FeedStatus.OK
            and state.last_attempt is not None
            and now - state.last_attempt >= self._rhythm.floor
        ]
        # From a place of chance on: the same few dead names must not speak for all others for ever.
        waiting = tuple(due)
        first = int(self._chance() * len(waiting))
        turned = (*waiting[first:], *waiting[:first])
        return (*_of_different_origins(turned, _PROBES), *_of_different_origins(well, _PROBES))

    async def _after_round(self, summary: RoundSummary) -> None:
        if summary.network_down:
            wait = self._offline_wait * 2 if self._offline_wait else self._rhythm.offline_first
            self._offline_wait = min(wait, self._rhythm.offline_longest)
            self._offline_until = self._clock.now() + self._offline_wait
        else:
            self._offline_wait = self._offline_until = None
        await self._fold_log(summary)

    async def _fold_log(self, summary: RoundSummary) -> None:
        now = self._clock.monotonic()
        lately = self._folded is not None and now - self._folded < _CHECKPOINT_SECONDS
        if lately and summary.attempted < _BIG_ROUND:
            return
        self._folded = now
        await self._store.ask(lambda keeper: keeper.checkpoint())

    async def _prune_daily(self) -> None:
        now = self._clock.monotonic()
        if self._pruned is None or now - self._pruned >= _DAY_SECONDS:
            self._pruned = now
            keep = self._settings.keep_dropped
            await self._store.ask(lambda keeper: keeper.prune(self._clock.now(), keep))
            yields = await self._store.ask(lambda keeper: keeper.yields(self._clock.now() - YIELD_TIME))
            self._rounds.yields = frozenset(yields)

    async def _beat(self, *, polling: bool) -> None:
        """Once a tick while something changes, else every few seconds: a living process is seen to live."""
        status = self._status(polling=polling)
        now = self._clock.monotonic()
        if self._beaten is not None:
            at, said = self._beaten
            same = replace(said, heartbeat=None) == replace(status, heartbeat=None)
            rest = self._rhythm.idle_beat if same else self._rhythm.tick * 0.9
            if now - at < rest.total_seconds():
                return
        self._beaten = (now, status)
        await self._store.ask(lambda keeper: keeper.beat(status))

    def _status(self, *, polling: bool) -> CollectorStatus:
        done, total = self._rounds.progress if polling else (0, 0)
        state, detail = "idle", ""
        if self._offline_wait is not None or (polling and self._rounds.in_vain):
            state, detail = "offline", "No feed could be reached; the network of this machine may be down"
        elif polling:
            state = "polling"
        elif self.paused:
            state = "paused"
        return CollectorStatus(
            pid=self._holder.pid,
            host=self._holder.host,
            heartbeat=self._clock.now(),
            state=state,
            detail=detail,
            last_poll=self._rounds.last_answer,
            next_poll=self._next_poll(),
            round_done=done,
            round_total=total,
            feeds=self._feed_counts(),
            list_problem=self._list_problem,
        )

    def _next_poll(self) -> datetime | None:
        if self.paused:
            return None
        states = (self._rounds.states.get(feed.url) for feed in self._feeds)
        times = [state.next_due for state in states if state is not None and state.next_due is not None]
        soonest = min(times, default=None)
        return max(filter(None, (soonest, self._offline_until)), default=None)

    def _feed_counts(self) -> FeedCounts:
        states = (self._rounds.states.get(feed.url) for feed in self._feeds)
        counts = Counter(state.status if state else FeedStatus.NEVER for state in states)
        return FeedCounts(
            ok=counts[FeedStatus.OK],
            damaged=counts[FeedStatus.DAMAGED],
            failing=counts[FeedStatus.FAILING] + counts[FeedStatus.GONE],
            waiting=counts[FeedStatus.NEVER] + counts[FeedStatus.DISABLED],
            disabled=self._disabled,
        )

    async def _leave(self) -> None:
        """The last heartbeat says that nobody fetches; then another process may."""
        last = replace(self._status(polling=False), state="none", detail="", next_poll=None)
        await self._store.ask(lambda keeper: keeper.beat(last))
        await self._store.ask(lambda keeper: keeper.checkpoint())
        await self._store.ask(lambda keeper: keeper.release_lease(self._holder))


def _of_different_origins(feeds: Iterable[Feed], most: int) -> tuple[Feed, ...]:
    chosen: dict[str, Feed] = {}
    for feed in feeds:
        if len(chosen) < most:
            chosen.setdefault(origin_of(feed.url), feed)
    return tuple(chosen.values())


async def _first_of(*tasks: asyncio.Task[bool] | asyncio.Task[RoundSummary] | None, within: float) -> None:
    await asyncio.wait(
        [task for task in tasks if task is not None], timeout=within, return_when=asyncio.FIRST_COMPLETED
    )
