"""A clock that runs fast, so that days of the recording pass in minutes."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta

from tui.domain.value import dataclass


@dataclass(frozen=True, slots=True)
class SimulatedClock:
    """Fits `domain.clock.Clock`; two processes built from the same values agree."""

    start: datetime
    """Simulated time at the origin, in UTC."""
    speed: float
    """Simulated seconds in one second."""
    origin: float
    """Reading of `ticking` at which the simulated time was `start`."""
    end: datetime | None = None
    """Where the simulated time stops: the end of the recording."""
    ticking: Callable[[], float] = time.monotonic

    def now(self) -> datetime:
        """The simulated time."""
        passed = max(0.0, self.ticking() - self.origin)
        moment = self.start + timedelta(seconds=passed * self.speed)
        return moment if self.end is None else min(moment, self.end)

    def monotonic(self) -> float:
        """Real seconds: deadlines, sleeps and heartbeats belong to the machine, not to the recording."""
        return self.ticking()

    def written(self) -> str:
        """The values as one word, for the command line of another process on this machine."""
        end = self.end.isoformat() if self.end else ""
        return f"{self.start.isoformat()},{self.speed!r},{self.origin!r},{end}"


def clock_written_as(word: str) -> SimulatedClock:
    """The clock that another process on this machine wrote down: both show the same time."""
    start, speed, origin, end = word.split(",")
    return SimulatedClock(
        start=datetime.fromisoformat(start),
        speed=float(speed),
        origin=float(origin),
        end=datetime.fromisoformat(end) if end else None,
    )


def start_clock(start: datetime, speed: float, end: datetime | None = None) -> SimulatedClock:
    """A clock that shows `start` now."""
    return SimulatedClock(start=start, speed=speed, origin=time.monotonic(), end=end)
