"""How often a rule would have rung over a stretch of the past, from what is stored of the incidents."""

from collections.abc import Iterable, Iterator
from dataclasses import field
from datetime import datetime, timedelta

from tui.domain.alerts import FRESH, AlertRule, AlertTime, Change, Fate, Past, Trigger, decide, is_surer
from tui.domain.board import IncidentDetail
from tui.domain.codes import IncidentCertainty, Origin
from tui.domain.history import Outcome, TimelineEntry, TimelineKind
from tui.domain.value import dataclass

RULE = (
    "Drawn from the incidents that the query finds today and from their timelines: an incident counts as told by one "
    "publisher alone when it still is, every response told for the first time counts as an escalation, and quiet hours "
    "are left out, since they delay and drop nothing. What happens to states is not rehearsed."
)
"""What a rehearsal cannot know, in words."""


@dataclass(frozen=True, slots=True)
class Rang:
    """One alert that would have been."""

    at: datetime
    detail: IncidentDetail
    changes: tuple[Change, ...]


@dataclass(slots=True)
class Rehearsal:
    """What one rule would have done."""

    rule: AlertRule
    rang: list[Rang] = field(default_factory=list)
    over_budget: int = 0
    alone: int = 0
    """Left to a digest: told by one publisher alone that had raised one within the hour."""
    with_another: int = 0
    """Within the cooldown: told as one with another."""


def rehearse(rule: AlertRule, details: Iterable[IncidentDetail], since: datetime, now: datetime) -> Rehearsal:
    """Let everything that happened since then happen again; days are of UTC."""
    happened = [rang for detail in details for rang in _happened(rule, detail, since, now)]
    done = Rehearsal(rule)
    last: dict[str, datetime] = {}
    alone: dict[str, datetime] = {}
    days: dict[datetime, int] = {}
    for rang in sorted(happened, key=lambda one: (one.at, one.detail.row.key)):
        key, day = rang.detail.row.key, rang.at.replace(hour=0, minute=0, second=0, microsecond=0)
        if key in last and last[key] > rang.at:
            done.with_another += 1
            continue
        publisher = _only_publisher(rang.detail)
        past = Past(last.get(key), days.get(day, 0), alone.get(publisher) if publisher else None)
        when = AlertTime(rang.at, day, day + timedelta(days=1))
        made = decide(rule, past, when, alone=publisher is not None)
        if made.fate is Fate.OVER_BUDGET:
            done.over_budget += 1
        elif made.fate is Fate.ALONE:
            done.alone += 1
        else:
            done.rang.append(rang)
            last[key], days[day] = made.not_before, days.get(day, 0) + 1
            if publisher:
                alone[publisher] = rang.at
    return done


def _happened(rule: AlertRule, detail: IncidentDetail, since: datetime, now: datetime) -> Iterator[Rang]:
    """The moments at which something happened that the rule tells of."""
    row = detail.row
    if row.origin is Origin.BASELINE:
        return
    moments: dict[datetime, list[Change]] = {}
    if row.first_seen >= since and row.earliest >= row.first_seen - FRESH:
        moments[row.first_seen] = [Change(Trigger.NEW, "new")]
    for step in detail.timeline:
        # What stood in the first report was news with it.
        if step.at > row.first_seen and since <= step.at <= now and (change := _change(step)):
            moments.setdefault(step.at, []).append(change)
    for at, changes in moments.items():
        told = tuple(change for change in changes if change.trigger in rule.on)
        if told:
            yield Rang(at, detail, told)


def _change(step: TimelineEntry) -> Change | None:
    match step.kind:
        case TimelineKind.CERTAINTY:
            before, arrow, after = step.text.partition(":")[0].partition(" → ")
            known = set(IncidentCertainty)
            if (
                arrow
                and {before, after} <= known
                and is_surer(IncidentCertainty(before), IncidentCertainty(after))
            ):
                return Change(Trigger.CERTAINTY_UP, f"{before} → {after}")
            return None
        case TimelineKind.RESPONSE:
            return Change(Trigger.RESPONSE_ESCALATES, f"response: {step.text}")
        case TimelineKind.COUNT:
            return Change(Trigger.COUNT_REVISED, f"count: {step.text}")
        case TimelineKind.OUTCOME if step.text.partition(":")[0] != Outcome.OPEN:
            return Change(Trigger.OUTCOME_SET, f"outcome: {step.text}")
        case _:
            return None


def _only_publisher(detail: IncidentDetail) -> str | None:
    if detail.row.publishers > 1 or not detail.stories:
        return None
    return detail.stories[-1].publisher
