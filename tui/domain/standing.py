"""What a feed's silence means: usual for it, or longer than its habit. Pure."""

from datetime import datetime, timedelta
from enum import StrEnum

from tui.domain.feed import FeedState, FeedStatus

_GAPS = 8
"""A silence of more than so many usual gaps is none of its habits."""
_SHORTEST_SILENCE = timedelta(days=1)
"""However often it brings something: a night or a holiday without news is none."""
_UNKNOWN_HABIT = timedelta(days=7)
"""The same while its habit is not known."""
_RARE = timedelta(days=1)
"""The usual gap from which a feed is quiet by habit."""


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
    if state.status is FeedStatus.DISABLED or state.last_ok is None or state.last_new is None:
        return Standing.UNKNOWN
    gap = state.usual_gap
    usual = max(gap * _GAPS, _SHORTEST_SILENCE) if gap is not None else _UNKNOWN_HABIT
    if now - state.last_new > usual:
        return Standing.SILENT
    return Standing.QUIET if gap is not None and gap >= _RARE else Standing.LIVELY


def unreached(state: FeedState) -> bool:
    """Whether no server was reached when it was last asked: our own network's doing, not counted as a failure."""
    if state.last_attempt is None or state.status in {
        FeedStatus.FAILING,
        FeedStatus.GONE,
        FeedStatus.DISABLED,
    }:
        return False
    return state.last_answer is None or state.last_answer < state.last_attempt


def standing_said(state: FeedState, now: datetime) -> str:
    """The standing in words with its reason: "quiet by habit: about one entry in 7 days, the last 3 days ago"."""
    last = f"the last {span(now - state.last_new)} ago" if state.last_new else "none so far"
    habit = f"about one entry in {span(state.usual_gap)}" if state.usual_gap else "no known habit"
    match standing(state, now):
        case Standing.FAILING:
            return _failing_said(state, now)
        case Standing.SILENT:
            return f"silent, though it answers: {habit}, {last}"
        case Standing.QUIET:
            return f"quiet by habit: {habit}, {last}"
        case Standing.LIVELY:
            return f"lively: {habit}, {last}"
        case Standing.UNKNOWN if state.status is FeedStatus.DISABLED:
            return "switched off"
        case Standing.UNKNOWN:
            return _unknown_said(state, now)


def _unknown_said(state: FeedState, now: datetime) -> str:
    if state.last_ok is not None:
        return "answers, and has brought nothing yet"
    if state.last_attempt is None:
        return "not asked yet"
    return f"asked {span(now - state.last_attempt)} ago, and no server was reached: it is asked again once there is a network"


def _failing_said(state: FeedState, now: datetime) -> str:
    if state.status is FeedStatus.GONE:
        return "gone for good (410): not asked again before `overflight feeds check` finds it there"
    times = "once" if state.failures == 1 else f"{state.failures} times in a row"
    good = f"the last good answer {span(now - state.last_ok)} ago" if state.last_ok else "never a good answer"
    return f"failing, {times}: {good}"


def span(time: timedelta) -> str:
    """A length of time in its largest whole unit: "3 days", "1 hour"; never negative."""
    seconds = max(0, int(time.total_seconds()))
    for unit, length in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        if seconds >= length:
            number = seconds // length
            return f"{number} {unit}{'s' if number > 1 else ''}"
    return "less than a minute"
