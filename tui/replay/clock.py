"""A clock that runs fast, so that days of the recording pass in minutes."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta


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


def start_clock(start: datetime, speed: float, end: datetime | None = None) -> SimulatedClock:
    """A clock that shows `start` now."""
    return SimulatedClock(start=start, speed=speed, origin=time.monotonic(), end=end)
