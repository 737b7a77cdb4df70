"""The usual time between two new entries of a feed, from its own dates or from what was seen. Pure."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from tui.domain.entry import believed
from tui.domain.feed import FeedState

_WEEK = timedelta(days=7)
_LONGEST = timedelta(days=90)
_FEW = 3
"""Fewer dates than this say nothing."""
_SLOWLY = 4
"""What was seen last moves the estimate by one part in so many."""


def usual_gap(dates: Iterable[datetime | None], now: datetime) -> timedelta | None:
    """A week over the entries of the last week; of a feed that reaches less far back, its span over its entries.

    The dates only say when to ask, never what is new, so a feed that lies about them harms itself alone.
    """
    known = sorted(date for date in dates if date is not None and believed(date, now))
    if len(known) < _FEW:
        return None
    lately = [date for date in known if now - date <= _WEEK]
    if len(lately) == len(known):
        return (now - known[0]) / len(known)
    return _WEEK / len(lately) if lately else min(now - known[-1], _LONGEST)


def observed_gap(state: FeedState, new: int, now: datetime) -> timedelta | None:
    """For a feed without dates: how far apart its new entries came, smoothed."""
    if not new or state.last_new is None or state.last_new >= now:
        return state.usual_gap
    seen = (now - state.last_new) / new
    if state.usual_gap is None:
        return seen
    return min(state.usual_gap + (seen - state.usual_gap) / _SLOWLY, _LONGEST)
