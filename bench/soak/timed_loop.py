"""How late the event loops of a process run, counted in a file that another process reads, also after a kill."""

import asyncio
import mmap
import struct
from dataclasses import dataclass
from pathlib import Path

_TICK_SECONDS = 0.01
_LONGEST = 5000
"""Milliseconds; what is later counts as this."""
_COUNT = struct.Struct("Q")


def time_loops(path: Path) -> None:
    """From now on every event loop that this process makes counts its delays."""
    path.write_bytes(bytes(_COUNT.size * (_LONGEST + 1)))
    with path.open("r+b") as file:
        counts = mmap.mmap(file.fileno(), 0)
    asyncio.set_event_loop_policy(_Timed(counts))


class _Timed(asyncio.DefaultEventLoopPolicy):
    def __init__(self, counts: mmap.mmap) -> None:
        super().__init__()
        self._counts = counts

    def new_event_loop(self) -> asyncio.AbstractEventLoop:
        loop = super().new_event_loop()
        loop.call_soon(self._tick, loop, loop.time())
        return loop

    def _tick(self, loop: asyncio.AbstractEventLoop, due: float) -> None:
        late = min(_LONGEST, int((loop.time() - due) * 1000)) * _COUNT.size
        _COUNT.pack_into(self._counts, late, _COUNT.unpack_from(self._counts, late)[0] + 1)
        loop.call_later(_TICK_SECONDS, self._tick, loop, loop.time() + _TICK_SECONDS)


@dataclass(frozen=True, slots=True)
class Delays:
    """Milliseconds that a loop ran late."""

    p50: int
    p99: int
    most: int
    ticks: int

    def __str__(self) -> str:
        return f"p50 {self.p50} ms, p99 {self.p99} ms, most {self.most} ms ({self.ticks} ticks)"


def delays_in(path: Path) -> Delays:
    """What was counted so far."""
    counts = [count for (count,) in _COUNT.iter_unpack(path.read_bytes())]
    ticks = sum(counts)

    def within(share: float) -> int:
        seen = 0
        for late, count in enumerate(counts):
            seen += count
            if seen >= share * ticks:
                return late
        return _LONGEST

    return Delays(within(0.5), within(0.99), within(1.0), ticks)
