"""What a publisher changed when a wording was changed: only what makes it another story."""

from collections.abc import Sequence
from enum import StrEnum

from tui.domain.codes import FOLLOW_UP_EVENTS, OBJECT_TAG, Certainty, Event
from tui.domain.reading import Report
from tui.domain.value import dataclass
from tui.reading.history.words import DONE_WORDS
from tui.reading.phrases import country, noun

_TAKEN_BACK = frozenset({Certainty.DENIED, Certainty.UNFOUNDED})


class Changed(StrEnum):
    """Which fact of a story reads otherwise than before."""

    OBJECT = "object"
    EVENT = "event"
    COUNT = "count"
    AFFECTED = "affected"
    ACTOR = "actor"
    CERTAINTY = "certainty"


@dataclass(frozen=True, slots=True)
class Change:
    """One fact before and after, in our words."""

    what: Changed
    before: str
    after: str

    def __str__(self) -> str:
        match self.what:
            case Changed.COUNT:
                return f"changed the number from {self.before} to {self.after}"
            case Changed.CERTAINTY:
                return f"changed from {self.before} to {self.after}"
            case _:
                return f"changed '{self.before}' to '{self.after}'"


def changes_between(before: Report, after: Report) -> tuple[Change, ...]:
    """What reads otherwise; what is only told in more or less detail is no change."""
    found = (
        _object(before, after),
        _event(before, after),
        _count(before, after),
        _states(Changed.AFFECTED, before.affected, after.affected),
        _states(Changed.ACTOR, before.actor, after.actor),
        _certainty(before, after),
    )
    return tuple(change for change in found if change is not None)


def counterpart(report: Report, among: Sequence[Report]) -> Report | None:
    """The report of another wording of the same story that is about the same event; None when there is none."""
    if len(among) <= 1:
        return among[0] if among else None
    return max(among, key=lambda other: (_likeness(report, other), -among.index(other)))


def _likeness(one: Report, other: Report) -> int:
    return (
        2 * bool(set(one.affected) & set(other.affected))
        + 2 * (one.event_date is not None and one.event_date == other.event_date)
        + 2 * (one.place is not None and other.place is not None and one.place.name == other.place.name)
        + bool(_tags(one) & _tags(other))
        + bool(set(one.event) & set(other.event))
    )


def _tags(report: Report) -> frozenset[str]:
    return frozenset(OBJECT_TAG[code] for code in report.object) - {"UNK"}


def _object(before: Report, after: Report) -> Change | None:
    was, now = _tags(before), _tags(after)
    if not was or not now or was & now:
        return None
    one = next(code for code in before.object if OBJECT_TAG[code] in was)
    other = next(code for code in after.object if OBJECT_TAG[code] in now)
    return Change(Changed.OBJECT, noun(one), noun(other))


def _event(before: Report, after: Report) -> Change | None:
    """Something that happened gave way to something else; what is merely added or left out is no change."""
    was, now = _happened(before), _happened(after)
    lost = [event for event in was if event not in now]
    gained = [event for event in now if event not in was]
    if after.event[:1] == (Event.DENIAL,) and before.event[:1] != (Event.DENIAL,):
        gained = [Event.DENIAL]
        lost = was
    if not lost or not gained:
        return None
    return Change(Changed.EVENT, DONE_WORDS[lost[0]], DONE_WORDS[gained[0]])


def _happened(report: Report) -> list[Event]:
    return [event for event in report.event if event not in FOLLOW_UP_EVENTS]


def _count(before: Report, after: Report) -> Change | None:
    if before.count is None or after.count is None or before.count == after.count:
        return None
    return Change(Changed.COUNT, str(before.count), str(after.count))


def _states(what: Changed, was: tuple[str, ...], now: tuple[str, ...]) -> Change | None:
    if not was or not now or set(was) & set(now):
        return None
    return Change(what, country(was[0]), country(now[0]))


def _certainty(before: Report, after: Report) -> Change | None:
    was, now = before.certainty, after.certainty
    if was is None or now is None or was is now or not _TAKEN_BACK & {was, now}:
        return None
    return Change(Changed.CERTAINTY, str(was), str(now))
