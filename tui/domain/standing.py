"""What a feed's silence means: usual for it, or longer than its habit. Pure."""

from datetime import datetime, timedelta
from enum import StrEnum

from tui.domain.feed import FeedState, FeedStatus

_GAPS = 8
"""A silence of more than so many usual gaps is none of its habits."""
_SHORTEST_SILENCE = timedelta(days=1)
_UNKNOWN_HABIT = timedelta(days=7)
_RARE = timedelta(days=1)


class Standing(StrEnum):
    """How a feed that answers stands by what it brings."""

    LIVELY = "lively"
    QUIET = "quiet"
    """It seldom brings anything, by habit."""
    SILENT = "silent"
    """It answers, and has brought nothing for longer than is usual for it."""
    FAILING = "failing"
    """It brings no feed at all: silence says nothing."""
    UNKNOWN = "unknown"


def standing(state: FeedState, now: datetime) -> Standing:
    """The standing of a feed now."""
    if state.status in {FeedStatus.FAILING, FeedStatus.GONE}:
        return Standing.FAILING
    if state.last_ok is None or state.last_new is None:
        return Standing.UNKNOWN
    gap = state.usual_gap
    usual = max(gap * _GAPS, _SHORTEST_SILENCE) if gap is not None else _UNKNOWN_HABIT
    if now - state.last_new > usual:
        return Standing.SILENT
    return Standing.QUIET if gap is not None and gap >= _RARE else Standing.LIVELY
