"""Polls that end at about the same time are stored together: one transaction, and each incident concluded once."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress

from tui.domain.feed import FeedState
from tui.domain.incident import FiledReport
from tui.domain.value import dataclass
from tui.pipeline.keeping import RoundResult
from tui.pipeline.store_thread import StoreThread

_SECONDS = 0.25
"""So long a poll waits for others at most."""
MOST_TOGETHER = 24
"""So many polls are stored at once: nobody waits long for the write lock."""


@dataclass(frozen=True, slots=True)
class _Waiting:
    state: FeedState
    result: RoundResult | None
    reports: Sequence[FiledReport]
    stored: asyncio.Future[None]


class Gathering:
    """Stores what polls bring; each hears of its own when it is stored, and not before."""

    def __init__(self, store: StoreThread, under_way: Callable[[], int]) -> None:
        """`under_way`: how many polls run, those that wait here among them; when no other does, nobody waits."""
        self._store = store
        self._under_way = under_way
        self._waiting: list[_Waiting] = []
        self._enough = asyncio.Event()
        self._storing: asyncio.Task[None] | None = None

    async def keep(
        self, state: FeedState, result: RoundResult | None = None, reports: Sequence[FiledReport] = ()
    ) -> None:
        """Store what a poll brought, a state alone when there is no result; raises as `StoreThread.keep` does."""
        stored = asyncio.get_running_loop().create_future()
        self._waiting.append(_Waiting(state, result, reports, stored))
        self.look()
        if self._storing is None or self._storing.done():
            self._storing = asyncio.create_task(self._store_all())
        await stored

    def look(self) -> None:
        """To be called when a poll has ended: whoever waited for it alone need not wait any more."""
        if len(self._waiting) >= min(MOST_TOGETHER, self._under_way()):
            self._enough.set()

    async def _store_all(self) -> None:
        while self._waiting:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._enough.wait(), _SECONDS)
            self._enough.clear()
            now, self._waiting = self._waiting[:MOST_TOGETHER], self._waiting[MOST_TOGETHER:]
            await self._store_some([one for one in now if not one.stored.done()])
            self.look()

    async def _store_some(self, now: Sequence[_Waiting]) -> None:
        """Tell each what became of it; those that nobody waits for any more are left out."""
        states = [one for one in now if one.result is None]
        polls = [(one, (one.result, one.reports)) for one in now if one.result is not None]
        try:
            if states:
                await self._store.record([one.state for one in states])
                _tell(states, [None] * len(states))
            if polls:
                problems = await self._store.keep_together([poll for _, poll in polls])
                _tell([one for one, _ in polls], problems)
        except Exception as error:  # noqa: BLE001 - handed to those that wait
            _tell(now, [error] * len(now))


def _tell(waiting: Sequence[_Waiting], problems: Sequence[Exception | None]) -> None:
    for one, problem in zip(waiting, problems, strict=True):
        if one.stored.done():
            continue
        if problem is None:
            one.stored.set_result(None)
        else:
            one.stored.set_exception(problem)
