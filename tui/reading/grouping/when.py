"""How well the days fit: the day of the event where it is told, else the day of publication."""

from enum import Enum
from math import log2

from tui.domain.codes import DatePrecision, Event
from tui.domain.incident import GroupReason
from tui.reading.grouping.reasons import reason_of
from tui.reading.grouping.traits import Traits
from tui.reading.grouping.weights import Weights

_OLD_NEWS = 45
"""Days after which a story about an event is a disclosure, not a report."""
_ATTACH_WITHIN = 10
"""Days within which a follow-up needs no name to be about the latest incident."""
_ALONE_WITHIN = _ATTACH_WITHIN // 2
"""The same of two follow-ups whose event nobody told: it lies before both, and another may lie between."""

_JUST_NOW = 2
"""Days before publication that may be the day of a statement as well as that of the event."""
_RETOLD_WITHIN = 21
"""Days within which a rare event is told again."""
_ONCE = frozenset({Event.SHOOTDOWN, Event.CRASH})
_WATCHED = 5
"""Days for which a balloon may be watched before it is brought down."""
_RECURRING = frozenset({"BLN", "DRN", "UNK"})
"""Craft that come again and again: days later, what names neither owner nor place may be about the next."""
_PASSING = frozenset({Event.VIOLATION, Event.SIGHTING})
_RARE = frozenset({"BLN", "JET", "HEL", "CIV", "MSL", "UNK"})
_FOUND_WITHIN = 30
"""Days within which remains at the same place are those of the known object."""
_FORESHADOWED = 2
"""Days by which a follow-up may precede the first story that tells of the event itself."""
_PROMPT_WITHIN = 30
"""Days within which a protest, denial or order that names the place is about the event there; an inquiry has longer."""
_LONG_AFTER = 60
_AGES_AFTER = 400
_OFTEN = 0.25
"""Share of an incident's stories below which a site is not what it is about."""
_TOLD_FOR = 7
"""Days for which an event is told as news."""
_PAUSE = 2
"""Days without a story after which an incident is no longer told."""


class Named(Enum):
    """How a report names an incident."""

    NOT = 0
    BY_PLACE = 1
    BY_WORDS = 2


TimeFit = tuple[GroupReason, str | None]
"""The weight, and what forbids joining or None."""


def time_fit(report: Traits, incident: Traits, points: Weights, named: Named) -> TimeFit:
    """Weight of the days; `named`: how the report names the incident."""
    mine, theirs = report.days, incident.days
    if mine is None or theirs is None:
        return reason_of("time", "no date", 0.0), None
    if report.common and incident.common:
        # A debate goes on from its last story, whatever day its first told of.
        gap = abs((report.published or mine).gap(incident.published or theirs))
        return _follow_up(report, incident, gap, points, named)
    if _retold(report, incident, named):
        return _follow_up(report, incident, abs(mine.gap(theirs)), points, Named.BY_PLACE)
    if report.told and incident.told:
        return _both_told(report, incident, points, mine.gap(theirs), named)
    if _of_old(report) or _of_old(incident):
        return _disclosed(report, incident)
    return _one_told(report, incident, points, mine.gap(theirs), named)


def _one_told(report: Traits, incident: Traits, points: Weights, gap: int, named: Named) -> TimeFit:
    """One of the two tells the days at most; of the other the publication stands for them."""
    if _to_come(report, incident, gap):
        return _before_it(abs(gap), points)
    return (_afterwards if report.late else _first_hand)(report, incident, points, gap, named)


def _afterwards(report: Traits, incident: Traits, points: Weights, gap: int, named: Named) -> TimeFit:
    """What came of it, a while after."""
    gap = _since(report, incident, gap)
    if incident.late and abs(gap) > _ALONE_WITHIN and named is Named.NOT:
        return reason_of(
            "time", f"{abs(gap)} days apart, their event untold", points.published_two_days
        ), None
    # Dated by follow-ups or remains alone, an incident may well have had an earlier story.
    reason, conflict = _late(report, incident, abs(gap) if incident.late else gap, points, named)
    weight = _still_told(report, incident, points, reason.weight, gap)
    return reason_of(reason.reason, reason.detail, weight), conflict


def _to_come(report: Traits, incident: Traits, gap: int) -> bool:
    """Whether one tells days that were yet to come when the other was published, and nothing of it was told till then."""
    if not gap or report.told == incident.told or (report.tally and incident.tally):
        return False
    dated, undated = (report, incident) if report.told else (incident, report)
    is_before = gap > 0 if report.told else gap < 0
    if dated.late or not is_before:
        return False
    if not (dated.days and dated.published and undated.published):
        return True
    # What tells of a day after its own is announced, or misread, and proves nothing.
    return undated.published.first < dated.published.first and dated.days.first <= dated.published.last


def _before_it(days: int, points: Weights) -> TimeFit:
    """Nothing is told of a day to come; by the clocks of two lands it may seem a day early."""
    detail = f"published {days} days before it"
    if days == 1:
        return reason_of("time", detail, points.published_day_before), None
    return reason_of("time", detail, points.published_later), "published before the event"


def long_apart(report: Traits, incident: Traits) -> bool:
    """Whether the days alone part a first-hand report from an incident: what `time_fit` would say, only sooner."""
    if report.late or incident.late or not (report.days and incident.days):
        return False
    if abs(report.days.gap(incident.days)) <= _TOLD_FOR:
        return False
    if report.published and incident.published and abs(report.published.gap(incident.published)) <= _TOLD_FOR:
        return False
    may_be_retold = report.main_event in _ONCE or "BLN" in report.classes
    return not (may_be_retold and report.classes & incident.classes & _RARE)


def _retold(report: Traits, incident: Traits, named: Named) -> bool:
    """A shoot-down or crash of a rare object, or the passage of a downed balloon, told again weeks later.

    It has the same owner, or none is known and the place is named.
    Drones come down so often in some states that theirs are left to the days.
    """
    same_end = report.main_event in _ONCE and report.main_event in incident.events
    passage = report.main_event in _PASSING and Event.SHOOTDOWN in incident.events
    if _watched(report, incident) or _watched(incident, report):
        return True
    if not (same_end or (passage and "BLN" in report.classes)):
        return False
    if not report.days or not report.published or not incident.published:
        return False
    if (report.published.first - report.days.last).days > _JUST_NOW:
        return False
    soon = abs((report.published.first - incident.published.first).days) <= _RETOLD_WITHIN
    rare = report.classes & incident.classes & _RARE
    same_owner = report.actor[:1] == incident.actor[:1]
    return soon and bool(rare) and same_owner and (bool(report.actor) or named is not Named.NOT)


def _watched(end: Traits, before: Traits) -> bool:
    """A balloon of a known owner that was seen for days is brought down; it drifts, and there is but one."""
    if not end.events & _ONCE or not end.days or not before.days or before.late:
        return False
    if "BLN" not in end.classes & before.classes or not before.events & _PASSING:
        return False
    return end.actor[:1] == before.actor[:1] != () and 0 <= end.days.gap(before.days) <= _WATCHED


def _of_old(traits: Traits) -> bool:
    """The text was published long after the days it tells of; a baseline has no text."""
    if not traits.told or not traits.days:
        return False
    return traits.published is None or (traits.published.first - traits.days.last).days > _OLD_NEWS


def _both_told(report: Traits, incident: Traits, points: Weights, gap: int, named: Named) -> TimeFit:
    exact = report.precision is DatePrecision.DAY and incident.precision is DatePrecision.DAY
    if gap == 0:
        return reason_of(
            "time",
            "same day" if exact else "dates agree",
            points.told_same_day if exact else points.told_agrees,
        ), None
    if report.late:
        return _late(report, incident, gap, points, named)
    if _of_old(report) and _of_old(incident) and not exact:
        return _disclosed(report, incident)
    if exact and (report.tally or incident.tally):
        return reason_of("time", f"{abs(gap)} days apart", -3.0), "another day's tally"
    weight = {1: points.told_next_day, 2: points.told_two_days}.get(abs(gap), -3.0)
    conflict = f"another day: {abs(gap)} days apart" if abs(gap) > 2 else None
    return reason_of("time", f"{abs(gap)} days apart", weight), conflict


def _disclosed(report: Traits, incident: Traits) -> TimeFit:
    """Old events are matched by when they were disclosed."""
    if not report.published or not incident.published:
        return reason_of("time", "told long after", -2.0), "an event of another time"
    gap = abs(report.published.gap(incident.published))
    if gap <= 3 and _of_old(report) and _of_old(incident):
        return reason_of("time", "disclosed at the same time", 1.0), None
    if gap <= 3:
        return reason_of("time", "one may tell of an older event", 0.3), None
    return reason_of("time", f"disclosed {gap} days apart", -3.0), "an event of another time"


def _since(late: Traits, event: Traits, gap: int) -> int:
    """Days from the event to what came of it, or from its first story where the event was told late."""
    if gap <= 0 or not event.told or not event.published or not late.published:
        return gap
    since_first = (late.published.first - event.published.first).days
    return since_first if 0 <= since_first < gap else gap


def _late(report: Traits, event: Traits, gap: int, points: Weights, named: Named) -> TimeFit:
    """A follow-up, or a find of remains, which soon may be those of something else."""
    if not report.follow_up and not report.retracted and gap > _FOUND_WITHIN and named is not Named.BY_WORDS:
        return reason_of("time", f"found {gap} days later", -2.0), f"found {gap} days later and not named"
    if named is Named.BY_PLACE and gap > _PROMPT_WITHIN and Event.ANALYSIS not in report.events:
        detail = f"a prompt answer, {gap} days later"
        return reason_of("time", detail, -2.0), f"{gap} days later and only the place is named"
    return _follow_up(report, event, gap, points, named)


def _follow_up(late: Traits, event: Traits, gap: int, points: Weights, named: Named) -> TimeFit:
    """A follow-up comes after its event; the later, the more it must name it."""
    if gap < 0:
        weight = points.follow_up_days if gap == -1 else points.published_two_days
        conflict = "published before the event" if gap < -_FORESHADOWED else None
        return reason_of("time", f"{-gap} days before it", weight), conflict
    if gap <= 1:
        return reason_of("time", "a follow-up at once", points.follow_up_at_once), None
    if gap <= 4:
        weight = points.follow_up_week if _is_vague(late, event, named) else points.follow_up_days
        return reason_of("time", f"a follow-up after {gap} days", weight), None
    if gap <= _ATTACH_WITHIN:
        return reason_of("time", f"a follow-up after {gap} days", points.follow_up_week), None
    if named is Named.NOT or (gap > _AGES_AFTER and named is not Named.BY_WORDS):
        return reason_of("time", f"{gap} days later", -2.0), f"{gap} days later and not named"
    weight = points.follow_up_named if gap <= _LONG_AFTER else points.follow_up_old
    return reason_of("time", f"a follow-up after {gap} days", weight), None


def _is_vague(late: Traits, event: Traits, named: Named) -> bool:
    """Whether a follow-up tells nothing by which the event is known from the next of its kind."""
    if named is not Named.NOT or not set(late.actor).isdisjoint(event.actor):
        return False
    if late.main_event is Event.DEBRIS_FOUND and Event.CRASH in event.events:
        return False
    craft = late.classes | event.classes
    return bool(craft) and craft <= _RECURRING


def _first_hand(report: Traits, incident: Traits, points: Weights, gap: int, named: Named) -> TimeFit:
    if gap < 0 and incident.late:
        # As if the follow-up came now: which of the two arrives first must not matter.
        return _late(incident, report, _since(incident, report, -gap), points, named)
    if report.told != incident.told and not (report.tally and incident.tally):
        undated_after = gap if incident.told else -gap
        if undated_after > 0:
            return _after_told_day(report, incident, points, undated_after)
    steps = (
        points.published_same_day,
        points.published_next_day,
        points.published_two_days,
        points.published_three_days,
    )
    weight = steps[abs(gap)] if abs(gap) < len(steps) else points.published_later
    weight = _still_told(report, incident, points, weight, gap)
    conflict = f"{abs(gap)} days apart" if abs(gap) > _TOLD_FOR else None
    if report.tally and incident.tally and gap:
        return reason_of("time", "another day's tally", -0.6), conflict
    return reason_of("time", f"{abs(gap)} days apart" if gap else "same day", weight), conflict


def _after_told_day(report: Traits, incident: Traits, points: Weights, days: int) -> TimeFit:
    """One tells the day, the other was published after it: soon after the day, or together with the other."""
    weight = {1: points.published_after_day, 2: points.published_after_two}.get(days, points.published_later)
    reason = reason_of("time", f"published {days} days after", weight)
    if report.published and incident.published:
        apart = abs((report.published.first - incident.published.first).days)
        told = {0: points.told_together, 1: points.told_a_day_later}.get(apart, weight)
        if told > weight:
            reason = reason_of("time", f"published {apart} days apart, {days} days after", told)
    if incident.told:
        weight = _still_told(report, incident, points, reason.weight, days)
        reason = reason_of("time", reason.detail, weight)
    return reason, f"{days} days apart" if long_apart(report, incident) else None


def _still_told(report: Traits, incident: Traits, points: Weights, weight: float, gap: int) -> float:
    """The weight of days apart, milder the more stories tell of the incident and told it till now.

    A follow-up is never milder than one at once, other news than that of the next day; a day of its own or
    a day's tally is another event.
    """
    limit = points.follow_up_at_once if report.late else points.published_next_day
    if gap <= 0 or report.told or report.tally or weight >= limit or not incident.published:
        return weight
    if not report.published or abs(report.published.gap(incident.published)) > _PAUSE:
        return weight
    if report.at_site and not report.late and incident.sited < _OFTEN:
        return weight
    share = min(1.0, points.still_told * log2(max(incident.stories, 1)))
    return weight + share * (limit - weight)
