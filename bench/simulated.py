"""Weeks of polling in minutes: the program's own rounds on a clock that jumps to whatever is due next."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from tui.domain.feed import Feed
from tui.pipeline.rounds import Rounds, due_feeds

_MOMENT = timedelta(seconds=1)


class SimulatedClock:
    """Stands still until it is turned."""

    def __init__(self, start: datetime) -> None:
        self._start = self._now = start

    def now(self) -> datetime:
        """The simulated moment."""
        return self._now

    def monotonic(self) -> float:
        """Simulated seconds since the start."""
        return (self._now - self._start).total_seconds()

    def turn_to(self, moment: datetime) -> None:
        """Forward only."""
        self._now = max(self._now, moment)


async def poll_until(rounds: Rounds, feeds: Sequence[Feed], clock: SimulatedClock, end: datetime) -> None:
    """Every feed when it is due, until the clock stands at `end`."""
    while clock.now() < end:
        due = due_feeds(feeds, rounds.states, clock.now(), rounds.yields)
        if due:
            await rounds.run(due)
        times = (rounds.states[feed.url].next_due for feed in feeds)
        soonest = min((time for time in times if time is not None), default=end)
        clock.turn_to(min(end, max(soonest, clock.now() + _MOMENT)))
