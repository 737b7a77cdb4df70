"""A clock that runs at the pace of the real one and jumps over the time in which nothing is due; shared by processes."""

import mmap
import struct
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

_FORM = struct.Struct("ddd")
"""Start as seconds since 1970, the machine's monotonic seconds at that moment, seconds jumped."""


class JumpClock:
    """Fits `domain.clock.Clock`; whoever made the file jumps, everybody else sees it jump."""

    def __init__(self, path: Path) -> None:
        with path.open("r+b") as file:
            self._shared = mmap.mmap(file.fileno(), _FORM.size)

    @classmethod
    def made(cls, path: Path, start: datetime) -> "JumpClock":
        """A new one that stands at `start`."""
        path.write_bytes(_FORM.pack(start.timestamp(), time.monotonic(), 0.0))
        return cls(path)

    def now(self) -> datetime:
        """The simulated moment."""
        return datetime.fromtimestamp(self.seconds(), UTC)

    def monotonic(self) -> float:
        """Simulated seconds since some moment."""
        _, begun, jumped = _FORM.unpack_from(self._shared)
        return float(time.monotonic() - begun + jumped)

    def seconds(self) -> float:
        """The simulated moment as seconds since 1970."""
        start, begun, jumped = _FORM.unpack_from(self._shared)
        return float(start + time.monotonic() - begun + jumped)

    def jump(self, by: timedelta) -> None:
        """Forward; other processes see it at once."""
        start, begun, jumped = _FORM.unpack_from(self._shared)
        _FORM.pack_into(self._shared, 0, start, begun, jumped + max(0.0, by.total_seconds()))

    def jump_to(self, seconds: float) -> None:
        """Forward to a moment given in seconds since 1970."""
        self.jump(timedelta(seconds=seconds - self.seconds()))
