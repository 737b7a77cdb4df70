"""The real clock."""

import time
from datetime import UTC, datetime


class SystemClock:
    """Wall time in UTC and the monotonic clock of this machine."""

    def now(self) -> datetime:
        """The current time, aware, in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds that never step back."""
        return time.monotonic()
