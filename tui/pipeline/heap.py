"""What glibc's allocator keeps of freed memory, kept small; with another C library nothing happens."""

import gc
import time
from collections.abc import Callable
from contextlib import suppress

_NOT_HERE = (ImportError, AttributeError, OSError)
"""Python without ctypes, another C library."""
_M_ARENA_MAX = -8
_YOUNG, _MIDDLE, _NEVER = 5_000, 20, 1_000_000
"""Objects made before the youngest are looked through, how often that before the next older, and the oldest."""
_IDLE_SECONDS = 0.03
"""Of the processor since the last look, below which nothing happens."""
_MANY = 5
"""Looks at the middle generation, a hundred thousand objects each, after which it must not wait any longer."""


def share_heap() -> None:
    """One heap for all threads, before there are any: else each has one and keeps what is freed in it; a tenth of all memory."""
    with suppress(*_NOT_HERE):
        import ctypes  # noqa: PLC0415 -- a Python may be built without it

        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 1)


def give_back() -> None:
    """Free what nothing refers to any more, and hand it to the system."""
    gc.collect()
    trim_heap()


def trim_heap() -> None:
    """Hand to the system what is free; some milliseconds, in which nobody else is held up but by the allocator."""
    with suppress(*_NOT_HERE):
        import ctypes  # noqa: PLC0415 -- as above

        ctypes.CDLL(None).malloc_trim(0)


class Tidying:
    """Garbage that is looked for while nothing happens: going through all there is takes longer than a key may wait."""

    def __init__(self, spent: Callable[[], float] = time.process_time) -> None:
        self._spent = spent
        """Seconds of the processor that this process has taken."""
        self._last = spent()
        gc.set_threshold(_YOUNG, _MIDDLE, _NEVER)

    def look(self) -> bool:
        """Called about once a second; whether it looked through everything. From the first time on it is looked for at all."""
        gc.enable()
        spent, before = self._spent(), self._last
        self._last = spent
        due = gc.get_count()[2]
        if due >= _MANY or (due and spent - before < _IDLE_SECONDS):
            give_back()
            self._last = self._spent()
            return True
        return False
