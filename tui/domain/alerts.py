"""Alerts: what changed about an incident, whom a rule tells of it, and when."""

from datetime import datetime, timedelta
from enum import StrEnum

from tui.domain.board import IncidentRow
from tui.domain.codes import IncidentCertainty, Response
from tui.domain.history import Outcome
from tui.domain.incident import IncidentFacts
from tui.domain.query_tree import EVERYTHING, All, OneOf, Part
from tui.domain.value import dataclass

FRESH = timedelta(hours=24)
"""An incident told longer ago than this is no news when it is first seen: a feed that is new to us brings weeks at once."""

ALONE = timedelta(hours=1)
"""What one publisher alone tells raises at most one alert of a rule in this time."""

DIGEST_LINES = 20
"""Alerts of a digest that are told by their line; the others are counted."""

_NAMED = 5
"""States that one alert names; the others are counted."""


class Trigger(StrEnum):
    """What can happen to an incident or a state that a rule tells of."""

    NEW = "new"
    CERTAINTY_UP = "certainty_up"
    RESPONSE_ESCALATES = "response_escalates"
    COUNT_REVISED = "count_revised"
    OUTCOME_SET = "outcome_set"
    STATE_UNUSUAL = "state_unusual"
    """A state has more incidents this week than is usual there."""
    STATE_BLIND = "state_blind"
    """A state was watched, and its feeds answer no more."""


OF_STATES = frozenset({Trigger.STATE_UNUSUAL, Trigger.STATE_BLIND})
"""What happens to states: a rule tells of those that its query names by country:, of all when it names none."""


class ChannelKind(StrEnum):
    """How a channel tells."""

    WEBHOOK = "webhook"
    COMMAND = "command"
    DESKTOP = "desktop"
    APPRISE = "apprise"
    """Any of the services that Apprise knows: ntfy, Matrix, mail and a hundred more."""
    PLUGIN = "plugin"
    """A package of the user's, found by its entry point."""


class Digest(StrEnum):
    """How often at most a channel tells; what was raised meanwhile is one message."""

    NONE = "none"
    HOURLY = "hourly"
    DAILY = "daily"
    """At the end of the user's day."""


@dataclass(frozen=True, slots=True)
class Channel:
    """A way to tell somebody."""

    name: str
    kind: ChannelKind
    url: str = ""
    secret: str = ""
    """Signs what a webhook is sent; empty: unsigned."""
    command: tuple[str, ...] = ()
    plugin: str = ""
    """Name of an entry point."""
    options: tuple[tuple[str, str], ...] = ()
    """What a plug-in is given; may hold secrets."""
    digest: Digest = Digest.NONE
    always: bool = False
    """Whether it tells in quiet hours too."""

    def __repr__(self) -> str:
        return f"Channel({self.name!r}, {self.kind!r})"  # its address and its secret are in no message


@dataclass(frozen=True, slots=True)
class AlertRule:
    """Of which incidents somebody is told, when, and how often at most."""

    name: str
    query: Part = EVERYTHING
    on: tuple[Trigger, ...] = (Trigger.NEW,)
    channels: tuple[str, ...] = ()
    """Names; none: it is on the screen and in the log alone."""
    cooldown: timedelta = timedelta(hours=1)
    """Between two alerts on one incident; what happens meanwhile is told as one after it."""
    budget: int = 20
    """Alerts a day; what is over is counted, and told the next day."""
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class AlertPlan:
    """Every rule and every channel; false when no rule is in force."""

    rules: tuple[AlertRule, ...] = ()
    channels: tuple[Channel, ...] = ()

    def __bool__(self) -> bool:
        return any(rule.enabled for rule in self.rules)


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that happened to an incident, in our words."""

    trigger: Trigger
    text: str


@dataclass(frozen=True, slots=True)
class StateChange:
    """One thing that happened to a state, in our words."""

    trigger: Trigger
    iso2: str
    text: str


@dataclass(frozen=True, slots=True)
class StoryLink:
    """A story of the incident as published: feed text, to be escaped wherever it goes."""

    title: str
    url: str
    publisher: str


@dataclass(frozen=True, slots=True)
class Alert:
    """One alert, with the incident as it was then."""

    id: int
    at: datetime
    rule: str
    triggers: tuple[Trigger, ...]
    text: str
    row: IncidentRow | None
    """None: it is about states."""
    links: tuple[StoryLink, ...] = ()
    """The newest stories, three at most."""

    @property
    def said(self) -> str:
        """The incident's line and what happened to it; of states, what happened to them."""
        return f"{self.row.line} ({self.text})" if self.row else self.text


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What a rule did not tell one by one."""

    rule: str
    count: int
    lines: tuple[str, ...]
    """Of the first of them."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Everything that waits for a channel: one message."""

    ids: tuple[int, ...]
    alerts: tuple[Alert, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


@dataclass(frozen=True, slots=True)
class Delivered:
    """What became of a message."""

    ok: bool
    said: str = ""
    """What went wrong, in plain words without secrets."""
    retry_after: timedelta | None = None


@dataclass(frozen=True, slots=True)
class AlertTime:
    """A moment as alerts see it."""

    at: datetime
    day_began: datetime
    """Of the user's day."""
    day_ends: datetime
    quiet: bool = False

    def raised_before(self, digest: Digest) -> datetime:
        """Until when what was raised is told now: of a digest, all of the periods that are over."""
        match digest:
            case Digest.NONE:
                return self.at
            case Digest.HOURLY:
                return self.at.replace(minute=0, second=0, microsecond=0)
            case Digest.DAILY:
                return self.day_began


class Fate(StrEnum):
    """What becomes of an alert when it is raised."""

    TELL = "tell"
    OVER_BUDGET = "over_budget"
    """The rule has told enough for this day."""
    ALONE = "alone"
    """One publisher alone tells it, and raised one lately."""


@dataclass(frozen=True, slots=True)
class Past:
    """What a rule did before, as far as it bears on the next alert."""

    last: datetime | None = None
    """Its last alert on the same incident."""
    today: int = 0
    """Alerts that it told this day."""
    alone: datetime | None = None
    """Its last alert that the same publisher alone told."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of an alert, and when it is told at the earliest."""

    fate: Fate
    not_before: datetime


def decide(rule: AlertRule, past: Past, when: AlertTime, *, alone: bool) -> Decision:
    """Whether a change is told now, after the cooldown, or in a digest; `alone`: one publisher only tells of it."""
    if alone and past.alone is not None and when.at < past.alone + ALONE:
        return Decision(Fate.ALONE, past.alone + ALONE)
    if past.today >= rule.budget:
        return Decision(Fate.OVER_BUDGET, when.day_ends)
    ready = when.at if past.last is None else max(when.at, past.last + rule.cooldown)
    return Decision(Fate.TELL, ready)


_SURER = (
    IncidentCertainty.UNFOUNDED,
    IncidentCertainty.DISPUTED,
    IncidentCertainty.CLAIMED,
    IncidentCertainty.CORROBORATED,
    IncidentCertainty.CONFIRMED,
)
_HARDER = {
    Response.NONE_REPORTED: 0,
    Response.MONITORED_ONLY: 0,
    Response.PROTEST: 1,
    Response.CONSULTATION: 1,
    Response.DEPLOYMENT: 1,
    Response.SCRAMBLE: 2,
    Response.INTERCEPTION: 2,
    Response.ESCORT: 2,
    Response.JAMMING: 2,
    Response.EVACUATION: 2,
    Response.AIRPORT_CLOSED: 3,
    Response.AIRSPACE_CLOSED: 3,
    Response.WARNING_SHOTS: 4,
    Response.SHOOTDOWN: 5,
}


def is_surer(before: IncidentCertainty, after: IncidentCertainty) -> bool:
    """Whether the second is the surer."""
    return _SURER.index(after) > _SURER.index(before)


def changes(before: IncidentFacts | None, after: IncidentFacts) -> tuple[Change, ...]:
    """What happened to an incident between two evaluations; without a before it is new."""
    if before is None:
        return (Change(Trigger.NEW, "new"),)
    found: list[Change] = []
    if is_surer(before.certainty, after.certainty):
        found.append(Change(Trigger.CERTAINTY_UP, f"{before.certainty} → {after.certainty}"))
    if _hardest(after) > _hardest(before):
        worst = max(after.response, key=_HARDER.__getitem__)
        found.append(Change(Trigger.RESPONSE_ESCALATES, f"response: {_words(worst)}"))
    if before.count is not None and after.count is not None and before.count != after.count:
        found.append(Change(Trigger.COUNT_REVISED, f"count {before.count} → {after.count}"))
    if after.outcome is not before.outcome and after.outcome is not Outcome.OPEN:
        found.append(Change(Trigger.OUTCOME_SET, f"outcome: {after.outcome}"))
    return tuple(found)


def told_by(rule: AlertRule, found: tuple[Change, ...]) -> tuple[Change, ...]:
    """The changes that a rule tells of."""
    return tuple(change for change in found if change.trigger in rule.on)


def told_states(rule: AlertRule, found: tuple[StateChange, ...]) -> tuple[Change, ...]:
    """What happened to states that a rule tells of; many of one kind are one."""
    named = states_of(rule.query)
    told: list[Change] = []
    for trigger in (one for one in rule.on if one in OF_STATES):
        texts = [
            change.text
            for change in found
            if change.trigger is trigger and (not named or change.iso2 in named)
        ]
        if texts:
            more = f" and {len(texts) - _NAMED} states more" if len(texts) > _NAMED else ""
            told.append(Change(trigger, "; ".join(texts[:_NAMED]) + more))
    return tuple(told)


def states_of(query: Part) -> frozenset[str]:
    """The states that a query names as affected: as itself, or beside other things that must hold."""
    parts = query.parts if isinstance(query, All) else (query,)
    named = [part.codes for part in parts if isinstance(part, OneOf) and part.field == "country"]
    return frozenset(code for codes in named for code in codes if code)


def _hardest(facts: IncidentFacts) -> int:
    return max((_HARDER[response] for response in facts.response), default=0)


def _words(code: str) -> str:
    return code.replace("_", " ")
