"""Alerts while fetching goes on: raised after polls that changed something, delivered beside everything else."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from datetime import datetime, time, timedelta
from typing import Protocol, Self, TypeVar
from zoneinfo import ZoneInfo

from tui.domain.alerts import AlertPlan, AlertTime, Batch, Channel, ChannelKind, Delivered
from tui.domain.clock import Clock
from tui.domain.feed import Settings
from tui.domain.value import dataclass
from tui.pipeline.ending import end

_log = logging.getLogger(__name__)

Answer = TypeVar("Answer")

_LOOK_SECONDS = 1.0
_BROKEN_SECONDS = 60.0
_FIRST_WAIT = timedelta(seconds=15)
_LONGEST_WAIT = timedelta(minutes=10)
_LOCAL = frozenset({ChannelKind.COMMAND, ChannelKind.DESKTOP})
_TRIES = 4
"""Of a command or a desktop; a server is tried until its message is a week old."""


class AlertBook(Protocol):
    """What is stored of alerts; called from one thread at a time."""

    def evaluate(self, plan: AlertPlan, when: AlertTime, *, may_begin: bool) -> int:
        """Raise the alerts of everything that changed since the last look; how many."""
        ...

    def look_at_states(self, plan: AlertPlan, when: AlertTime) -> int:
        """Raise the alerts of what happened to states; how many."""
        ...

    def rest(self) -> None:
        """No rule is in force."""
        ...

    def prune(self, now: datetime) -> None:
        """Give up and forget what is old."""
        ...

    def due(self, channels: Iterable[Channel], when: AlertTime) -> tuple[tuple[Channel, Batch], ...]:
        """What each channel has to tell now."""
        ...

    def attempts(self, channel: str) -> int:
        """How often in a row a channel has failed."""
        ...

    def sent(self, channel: str, batch: Batch, at: datetime) -> None:
        """The channel told it."""
        ...

    def failed(
        self, channel: str, batch: Batch, error: str, at: datetime, next_try: datetime, *, give_up: bool
    ) -> None:
        """The channel did not."""
        ...

    def close(self) -> None:
        """Close the connection."""
        ...


Deliver = Callable[[Channel, Batch, datetime], Awaitable[Delivered]]


@dataclass(frozen=True, slots=True)
class Alerting:
    """Everything that alerts need of the world."""

    plan: AlertPlan
    open_book: Callable[[], AlertBook]
    deliver: Deliver


def alert_time(settings: Settings, now: datetime) -> AlertTime:
    """A moment with the user's day and quiet hours."""
    local = now.astimezone(ZoneInfo(settings.time_zone))
    midnight = datetime.combine(local.date(), time(), local.tzinfo)
    tomorrow = datetime.combine(local.date() + timedelta(days=1), time(), local.tzinfo)
    return AlertTime(now, midnight, tomorrow, settings.quiet_hours.hold(local))


def next_wait(attempts: int, asked: timedelta | None, chance: float) -> timedelta:
    """How long a channel rests after so many failures in a row: twice as long each time, spread, or what it asks for."""
    doubled = min(_FIRST_WAIT * (1 << min(attempts, 10)), _LONGEST_WAIT) * (0.75 + chance / 2)
    return max(doubled, asked or timedelta())


class Alerter:
    """Looks and delivers, its book in a thread of its own; use it in an `async with`."""

    def __init__(
        self, alerting: Alerting, settings: Settings, clock: Clock, chance: Callable[[], float]
    ) -> None:
        self._alerting = alerting
        self._settings = settings
        self._clock = clock
        self._chance = chance
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="alerts")
        self._book: AlertBook | None = None

    async def __aenter__(self) -> Self:
        """Open the book."""
        try:
            self._book = await self._in_thread(self._alerting.open_book)
            await self._ask(lambda book: book.prune(self._clock.now()))
        except BaseException:
            await self._close()
            raise
        return self

    async def __aexit__(self, *args: object) -> None:
        """Close the book."""
        await self._close()

    async def _close(self) -> None:
        try:
            if self._book is not None:
                await self._ask(lambda book: book.close())
        finally:
            self._thread.shutdown(wait=False)

    async def look(self, *, may_begin: bool) -> None:
        """Raise what there is to raise, deliver what is due; a channel never waits for another."""
        if not self._alerting.plan:
            await self._ask(lambda book: book.rest())
            return
        when = alert_time(self._settings, self._clock.now())
        raised = await self._ask(lambda book: book.evaluate(self._alerting.plan, when, may_begin=may_begin))
        if may_begin:  # before a round is over all feeds may only look silent
            raised += await self._ask(lambda book: book.look_at_states(self._alerting.plan, when))
        if raised:
            _log.info("%d alerts were raised", raised)
        due = await self._ask(lambda book: book.due(self._alerting.plan.channels, when))
        async with asyncio.TaskGroup() as group:
            for channel, batch in due:
                group.create_task(self._tell(channel, batch))

    async def _tell(self, channel: Channel, batch: Batch) -> None:
        told = await self._alerting.deliver(channel, batch, self._clock.now())
        now = self._clock.now()
        if told.ok:
            await self._ask(lambda book: book.sent(channel.name, batch, now))
            return
        attempts = await self._ask(lambda book: book.attempts(channel.name))
        give_up = channel.kind in _LOCAL and attempts + 1 >= _TRIES
        wait = next_wait(attempts, told.retry_after, self._chance())
        _log.warning("channel %s: %s; %s", channel.name, told.said, "given up" if give_up else "tried again")
        await self._ask(
            lambda book: book.failed(channel.name, batch, told.said, now, now + wait, give_up=give_up)
        )

    async def _ask(self, question: Callable[[AlertBook], Answer]) -> Answer:
        book = self._book
        if book is None:
            raise RuntimeError("an alerter is used in an `async with`")
        return await self._in_thread(lambda: question(book))

    async def _in_thread(self, work: Callable[[], Answer]) -> Answer:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)


async def alert_for_ever(make: Callable[[], Alerter | None], may_begin: Callable[[], bool]) -> None:
    """Look once a second; what breaks is logged and tried again, and stops no fetching."""
    while True:
        try:
            alerter = make()
            if alerter is None:
                return
            async with alerter:
                while True:
                    await alerter.look(may_begin=may_begin())
                    await asyncio.sleep(_LOOK_SECONDS)
        except Exception:  # noqa: BLE001 - the supervisor: nothing dies in silence
            _log.exception("alerting broke; it starts again in %g s", _BROKEN_SECONDS)
            await asyncio.sleep(_BROKEN_SECONDS)


@asynccontextmanager
async def alerting_beside(
    make: Callable[[], Alerter | None], may_begin: Callable[[], bool]
) -> AsyncIterator[None]:
    """Alerts for as long as the block runs; what is being delivered at its end is delivered again at the next start."""
    task = asyncio.create_task(alert_for_ever(make, may_begin))
    try:
        yield
    finally:
        await end(task)
