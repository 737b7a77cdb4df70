"""Which feeds are due, and one round over them: bounded, polite, and stopped by no single feed."""

import asyncio
import logging
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import field, replace
from datetime import datetime, timedelta

from tui.domain.clock import Clock
from tui.domain.feed import Feed, FeedState, Settings
from tui.domain.origin import origin_of
from tui.domain.value import dataclass
from tui.pipeline.gathering import MOST_TOGETHER, Gathering
from tui.pipeline.health import Outcome, SameBody, Taken, Terms, after
from tui.pipeline.host_rules import rule_for
from tui.pipeline.intake import Intake, take_in
from tui.pipeline.ports import Fetcher, FetchFailed, NotModified, ParseFailed, Parser
from tui.pipeline.rhythm import Rhythm, is_due
from tui.pipeline.robots import Robots
from tui.pipeline.store_thread import StoreFailed, StoreThread

_log = logging.getLogger(__name__)

YIELD_TIME = timedelta(days=30)
"""A feed that brought an incident within this time comes first, and is not slowed down for its own rhythm."""

_DOWN_SHARE = 0.8
"""More than this part of a round unreached: our own network is down."""
_FEW = 5
"""A round of fewer feeds says nothing by its shares."""
_IN_VAIN = 16
"""So many feeds of a round unreached and not one answer: the rest of it would only ask in vain."""
_REMEMBERED_ORIGINS = 5000
"""Whose last request is remembered, for the pause between two."""


_NOT_ASKED = FetchFailed(
    "Not asked, as no other feed could be reached; it will be as soon as one can", offline=True
)


@dataclass(frozen=True, slots=True)
class RoundSummary:
    """What one round did, in feeds and entries."""

    attempted: int = 0
    answered: int = 0
    """A server said something, if only an error."""
    unchanged: int = 0
    failed: int = 0
    unreached: int = 0
    network_down: bool = False
    """Next to nothing was reached: nobody's feed is to blame."""
    new: int = 0
    revised: int = 0
    kept: int = 0
    """New entries that are relevant."""


@dataclass(slots=True)
class _Tally:
    """The round while it runs."""

    total: int = 0
    done: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    asking: int = 0
    """Polls under way, from the request to the store."""
    unreached: list[tuple[Feed, FetchFailed]] = field(default_factory=list)
    spared: list[Feed] = field(default_factory=list)
    """Not asked at all, since nobody could be reached."""

    @property
    def in_vain(self) -> bool:
        """Whether the network is so clearly down that nobody else need be asked.

        Dead names fail faster than good servers answer: those that are still being asked may yet do so.
        """
        return len(self.unreached) >= max(_IN_VAIN, self.asking) and not self.counts.get("answered")

    def add(self, **counts: int) -> None:
        for name, count in counts.items():
            self.counts[name] = self.counts.get(name, 0) + count


def due_feeds(
    feeds: Iterable[Feed], states: Mapping[str, FeedState], now: datetime, yields: Container[str] = ()
) -> tuple[Feed, ...]:
    """Enabled feeds whose time has come: those that lately brought incidents, those never asked, then the longest overdue."""
    waiting = [
        (feed.url not in yields, state.next_due.timestamp() if state.next_due else float("-inf"), place, feed)
        for place, feed in enumerate(feeds)
        if feed.enabled and is_due(state := states.get(feed.url, FeedState(feed.url)), now)
    ]
    return tuple(feed for *_, feed in sorted(waiting, key=lambda one: one[:3]))


class Rounds:
    """Polls feeds, keeps their states, remembers which origins want rest."""

    def __init__(
        self,
        *,
        fetcher: Fetcher,
        parser: Parser,
        store: StoreThread,
        clock: Clock,
        settings: Settings,
        rhythm: Rhythm,
        chance: Callable[[], float],
        states: Mapping[str, FeedState],
        yields: Iterable[str] = (),
        feeds: Iterable[Feed] = (),
    ) -> None:
        self._fetcher = fetcher
        self._robots = Robots(fetcher, clock)
        self._parser = parser
        self._store = store
        self._clock = clock
        self._settings = settings
        self._rhythm = rhythm
        self._chance = chance
        self.states = dict(states)
        self.yields = frozenset(yields)
        """Feeds that brought incidents lately."""
        self._names = {feed.url: feed.name for feed in feeds if feed.enabled}
        answers = (state.last_answer for state in states.values())
        self.last_answer: datetime | None = max(filter(None, answers), default=None)
        """End of the last request that got an answer."""
        self.tally = _Tally()
        self._slots = asyncio.Semaphore(settings.concurrency)
        self._unstored = asyncio.Semaphore(MOST_TOGETHER)
        """So many polls may wait for the store; a slow one must not fill the memory."""
        self._gathering = Gathering(store, lambda: self.tally.asking)
        self._asked: dict[str, float] = {}
        self._resting: dict[str, datetime] = {}
        self._ending = False

    @property
    def progress(self) -> tuple[int, int]:
        """Feeds done and feeds in all, of the round that runs."""
        return self.tally.done, self.tally.total

    @property
    def over(self) -> bool:
        """Whether a round was run and none runs."""
        return 0 < self.tally.total <= self.tally.done

    @property
    def in_vain(self) -> bool:
        """Whether the round that runs has reached nobody so far, and asked enough to say so."""
        return self.tally.in_vain

    def start(self, feeds: Sequence[Feed]) -> asyncio.Task[RoundSummary]:
        """Run a round beside whatever else goes on; its progress is there at once."""
        self.tally = _Tally(total=len(feeds))
        return asyncio.create_task(self.run(feeds))

    async def forget_connections(self) -> None:
        """The machine slept: what was open then is dead."""
        await self._fetcher.forget_connections()

    def end_soon(self) -> None:
        """Ask nobody else in the round that runs; who is being asked is heard, the others stay due."""
        self._ending = True

    async def run(self, feeds: Sequence[Feed]) -> RoundSummary:
        """Poll these feeds; raises only `StoreFailed`."""
        self.tally = _Tally(total=len(feeds))
        self._ending = False
        began_answered = self.last_answer
        try:
            async with asyncio.TaskGroup() as group:
                for same_origin in self._by_origin(feeds):
                    group.create_task(self._poll_origin(*same_origin, group))
        except* StoreFailed as failures:
            raise StoreFailed(str(failures.exceptions[0])) from None
        down = self._network_down(began_answered)
        await self._settle_unreached(down=down)
        self._forget_origins()
        spared = len(self.tally.spared)
        return RoundSummary(attempted=len(feeds) - spared, network_down=down, **self.tally.counts)

    async def _poll_origin(self, origin: str, feeds: Sequence[Feed], group: asyncio.TaskGroup) -> None:
        """The feeds of one origin, one after the other, with a pause between."""
        for feed in feeds:
            await self._keep_distance(origin)
            await self._poll(feed, origin, group)

    async def _keep_distance(self, origin: str) -> None:
        last = self._asked.get(origin)
        if last is not None:
            wait = self._rhythm.spacing.total_seconds() - (self._clock.monotonic() - last)
            if wait > 0:
                await asyncio.sleep(wait)

    async def _poll(self, feed: Feed, origin: str, group: asyncio.TaskGroup) -> None:
        """Ask for one feed in its turn; what it brought is stored beside the next one of its origin."""
        async with self._slots:
            if self._ending:
                self.tally.total -= 1
                return
            rest = self._resting.get(origin)
            if rest is not None and rest > self._clock.now():
                await self._postpone(feed, rest)
                self.tally.done += 1
                return
            if self.tally.in_vain:
                self.tally.spared.append(feed)
                self.tally.done += 1
                return
            self.tally.asking += 1
            brought = await self._ask(feed)
            await self._unstored.acquire()
            self._asked[origin] = self._clock.monotonic()
        settling = group.create_task(self._settle(feed, origin, brought))
        failed = isinstance(brought, Intake) and isinstance(brought.outcome, FetchFailed)
        if failed or rule_for(feed.url).rest:  # its origin may want rest
            await settling

    async def _ask(self, feed: Feed) -> Intake | Exception:
        """What a feed brings; what goes wrong inside us is a value."""
        try:
            return await take_in(
                feed,
                self._state(feed),
                fetcher=self._fetcher,
                robots=self._robots,
                parser=self._parser,
                known=self._store.known_hashes,
                renamed=self._store.renamed,
                settings=self._settings,
                rhythm=self._rhythm,
                clock=self._clock,
                jitter=self._chance(),
                yields=feed.url in self.yields,
                others=self._names,
            )
        except StoreFailed:
            raise
        except Exception as error:  # noqa: BLE001 - one feed must never stop the round; logged and shown
            return error

    async def _settle(self, feed: Feed, origin: str, brought: Intake | Exception) -> None:
        """Store what a feed brought; what broke inside us becomes the feed's state, and is logged."""
        try:
            if isinstance(brought, Exception):
                await self._blame_us(feed, brought)
            else:
                await self._take_over(feed, origin, brought)
        finally:
            self._unstored.release()
            self.tally.asking -= 1
            self._gathering.look()
        self.tally.done += 1

    async def _take_over(self, feed: Feed, origin: str, intake: Intake) -> None:
        try:
            await self._store_intake(feed, intake)
        except StoreFailed:
            raise
        except Exception as error:  # noqa: BLE001 - as above
            await self._blame_us(feed, error)
        else:
            await self._note(intake.outcome, origin)
            rest = rule_for(feed.url).rest
            if rest:
                await self._let_rest(origin, self._clock.now() + rest)

    async def _blame_us(self, feed: Feed, error: Exception) -> None:
        _log.error("a poll broke inside the program", exc_info=error)
        mishap = FetchFailed(
            f"Its last answer could not be worked through ({type(error).__name__}); the log says more, and it will be tried again"
        )
        await self._conclude(feed, mishap)
        self.tally.add(failed=1)

    async def _store_intake(self, feed: Feed, intake: Intake) -> None:
        if isinstance(intake.outcome, FetchFailed) and intake.outcome.offline:
            self.tally.unreached.append((feed, intake.outcome))
            return
        await self._gathering.keep(intake.state, intake.result, intake.reports)
        if intake.result is not None:
            if intake.reports:
                self.yields |= {feed.url}
            self.tally.add(
                new=len(intake.result.new),
                revised=len(intake.result.revised),
                kept=sum(read.reading.verdict.relevant for read in intake.result.new),
            )
        self.states[feed.url] = intake.state

    async def _note(self, outcome: Outcome, origin: str) -> None:
        """Count what happened; let an origin rest that asks for it."""
        match outcome:
            case FetchFailed(offline=True):
                self.tally.add(unreached=1)
                return
            case FetchFailed(status=status, retry_after=asked):
                self.tally.add(failed=1)
                if status is None:
                    return
                if status == 429 or asked is not None:
                    await self._let_rest(origin, self._clock.now() + (asked or self._rhythm.hold))
            case ParseFailed():
                self.tally.add(failed=1)
            case NotModified() | SameBody():
                self.tally.add(unchanged=1)
            case Taken():
                pass
        self.tally.add(answered=1)
        self.last_answer = self._clock.now()

    async def _let_rest(self, origin: str, until: datetime) -> None:
        """Nothing of that origin is asked before; stored with its feeds, so that a restart does not forget it."""
        self._resting[origin] = until
        sooner = [
            replace(state, next_due=until)
            for state in self.states.values()
            if state.next_due is not None
            and state.next_due < until
            and origin_of(state.address or state.url) == origin
        ]
        if sooner:
            await self._store.record(tuple(sooner))
            self.states |= {state.url: state for state in sooner}

    async def _postpone(self, feed: Feed, until: datetime) -> None:
        """Its origin wants rest: not asked, not counted."""
        state = replace(self._state(feed), next_due=until)
        await self._store.record((state,))
        self.states[feed.url] = state

    async def _conclude(self, feed: Feed, outcome: Outcome) -> None:
        """Store the state after an outcome that brought nothing else."""
        state = self._after(feed, outcome)
        await self._store.record((state,))
        self.states[feed.url] = state

    def _after(self, feed: Feed, outcome: Outcome) -> FeedState:
        terms = Terms(
            feed,
            self._settings,
            self._rhythm,
            self._clock.now(),
            self._chance(),
            yields=feed.url in self.yields,
        )
        return after(self._state(feed), outcome, terms)

    def _network_down(self, answered_before: datetime | None) -> bool:
        """Whether the unreached are our own network's doing; of a few feeds, only when nothing else speaks against it."""
        unreached, total = len(self.tally.unreached) + len(self.tally.spared), self.tally.total
        if not unreached:
            return False
        if total >= _FEW:
            return unreached > _DOWN_SHARE * total
        lately = answered_before is not None and (
            self._clock.now() - answered_before < self._rhythm.offline_first
        )
        return unreached == total and not lately

    async def _settle_unreached(self, *, down: bool) -> None:
        """While others answered it is the feed's own failure, else it is not counted; the spared stay due."""
        spared = self.tally.spared if down else []
        outcomes = [
            *((feed, replace(failure, offline=down)) for feed, failure in self.tally.unreached),
            *((feed, _NOT_ASKED) for feed in spared),
        ]
        states = [self._after(feed, outcome) for feed, outcome in outcomes]
        if states:
            await self._store.record(tuple(states))
        self.states |= {state.url: state for state in states}

    def _state(self, feed: Feed) -> FeedState:
        return self.states.get(feed.url) or FeedState(feed.url)

    def _by_origin(self, feeds: Sequence[Feed]) -> list[tuple[str, list[Feed]]]:
        groups: dict[str, list[Feed]] = {}
        for feed in feeds:
            groups.setdefault(origin_of(self._state(feed).address or feed.url), []).append(feed)
        return list(groups.items())

    def _forget_origins(self) -> None:
        """Both memories stay small over weeks."""
        now = self._clock.now()
        self._resting = {origin: until for origin, until in self._resting.items() if until > now}
        if len(self._asked) > _REMEMBERED_ORIGINS:
            self._asked.clear()
