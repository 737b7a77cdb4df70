"""What glibc's allocator keeps of freed memory, kept small; with another C library nothing happens."""

import gc
from contextlib import suppress

_NOT_HERE = (ImportError, AttributeError, OSError)
"""Python without ctypes, another C library."""
_M_ARENA_MAX = -8


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
