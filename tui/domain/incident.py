"""An incident: the reports of one event, from however many publishers."""

from dataclasses import field
from datetime import date, datetime

from tui.domain.codes import (
    Event,
    IncidentCertainty,
    ObjectCode,
    Origin,
    Response,
    Severity,
    Zone,
    severity_of,
)
from tui.domain.history import EarlierWording, IncidentHistory, Outcome, TimelineEntry, WholeText
from tui.domain.reading import EventDate, Place, Report
from tui.domain.value import dataclass

ReportKey = tuple[str, int]
"""Key of a story and position of the report in it."""


@dataclass(frozen=True, slots=True)
class FiledReport:
    """A report with what the grouping may know of its story."""

    story: str
    """Key of the story."""
    position: int
    """0 for the main report of the story."""
    report: Report
    title: str
    summary: str
    published: datetime | None
    first_seen: datetime | None
    publisher: str
    lang: str
    wording_since: datetime | None = None
    """When the present wording was first seen; None: it is the first."""
    earlier: tuple[EarlierWording, ...] = ()
    """What the story said before, oldest first."""
    stands: bool = True
    """False: the present wording no longer tells of it, and the report is that of an earlier one."""
    whole: WholeText | None = None
    """Of the story's page, when somebody had it fetched."""


@dataclass(frozen=True, slots=True)
class GroupReason:
    """One thing that spoke for or against joining an incident."""

    reason: str
    detail: str
    weight: float


@dataclass(frozen=True, slots=True)
class NearMiss:
    """The nearest incident that a report did not join."""

    incident: str
    why_not: str


@dataclass(frozen=True, slots=True)
class MergeProposal:
    """Another incident that a report fits as well: a person may merge the two, no story does it alone."""

    incident: str
    why: tuple[GroupReason, ...]


@dataclass(frozen=True, slots=True)
class Assignment:
    """Which incident a report belongs to, and why."""

    story: str
    position: int
    incident: str
    is_new: bool
    why: tuple[GroupReason, ...]
    nearest: NearMiss | None = None
    proposal: MergeProposal | None = None


@dataclass(frozen=True, slots=True)
class SagaLink:
    """Two incidents of one series, which stay two."""

    earlier: str
    later: str
    days: int
    """From the last day of the one to the first day of the other."""
    why: str


@dataclass(frozen=True, slots=True)
class IncidentSketch:
    """What the grouping needs to remember of an incident; bounded, kept in the store."""

    incident: str
    affected: tuple[str, ...] = ()
    actor: tuple[str, ...] = ()
    object: tuple[ObjectCode, ...] = ()
    event: tuple[Event, ...] = ()
    zone: tuple[Zone, ...] = ()
    first_day: date | None = None
    last_day: date | None = None
    """First and last day of the event itself, as far as it is told."""
    date_precision: str | None = None
    first_published: datetime | None = None
    last_published: datetime | None = None
    counts: tuple[int, ...] = ()
    places: tuple[Place, ...] = ()
    words: tuple[tuple[str, float], ...] = ()
    """The words that tell it apart, with weights, at most 64."""
    stories: int = 0
    placed: int = 0
    """How many of the stories name a place that can be compared."""
    sited: int = 0
    """How many of them are about an airport, a base or a plant."""
    late: int = 0
    """How many of them tell of what came after: a follow-up, remains, a retraction."""
    only: ReportKey | None = None
    """The report that it was founded by, while it has no other; None afterwards, and where nobody noted it."""
    keys: tuple[int, ...] = ()
    """Numbers under which it is found when no memory holds it; a baseline, always held, has none."""


@dataclass(frozen=True, slots=True)
class Filing:
    """The answer of the grouping to one poll; nothing is taken over until it is stored."""

    assignments: tuple[Assignment, ...]
    sketches: tuple[IncidentSketch, ...]
    """The new or changed sketches of every incident touched."""
    emptied: tuple[str, ...] = ()
    """Incidents whose only report was found to belong to another, or is told no more: nothing is left in them."""


@dataclass(frozen=True, slots=True)
class FactCorrection:
    """A fact that a person corrected: human, not machine."""

    fact: str
    """affected, actor, object, outcome, not_incursion."""
    value: str
    at: datetime


@dataclass(frozen=True, slots=True)
class IncidentFacts:
    """What is said of an incident, drawn from all its reports."""

    affected: tuple[str, ...] = ()
    actor: tuple[str, ...] = ()
    responder: tuple[str, ...] = ()
    object: tuple[ObjectCode, ...] = ()
    zone: tuple[Zone, ...] = ()
    event: tuple[Event, ...] = ()
    response: tuple[Response, ...] = ()
    certainty: IncidentCertainty = IncidentCertainty.CLAIMED
    ground: str = ""
    """Why this certainty, in our words."""
    count: int | None = None
    place: Place | None = None
    event_date: EventDate | None = None
    disputed: tuple[str, ...] = ()
    """Fields on which publishers differ, as `ClaimField` names them."""
    outcome: Outcome = Outcome.OPEN
    """As far as it is told; never `UNRESOLVED`, which depends on the day it is looked at."""
    corrected: tuple[FactCorrection, ...] = ()
    """What a person says instead of what was read."""

    @property
    def severity(self) -> Severity:
        """How loudly it is shown: its worst event."""
        found = [severity_of(event) for event in self.event]
        order = list(Severity)
        return min(found, key=order.index) if found else Severity.ROUTINE


@dataclass(frozen=True, slots=True)
class Conclusion:
    """All that is drawn from the reports of one incident."""

    facts: IncidentFacts
    timeline: tuple[TimelineEntry, ...] = ()
    history: IncidentHistory = field(default_factory=IncidentHistory)
    publishers: int = 0
    """Independent publishers that tell it: houses, not feeds, copies folded; 0 when nobody counted."""


@dataclass(frozen=True, slots=True)
class BaselineIncident:
    """A known incident of the past, as a fact; shown as baseline, never as news."""

    key: str
    facts: IncidentFacts
    description: str
    """In our own words."""
    outcome: str
    basis: str
    """Where it was seen."""
    certain: bool
    """False: from memory, marked as such on the screen."""
    uncertain: tuple[str, ...] = field(default=())
    """Names of the facts that are not certain."""


@dataclass(frozen=True, slots=True)
class Incident:
    """An incident as it is stored and shown."""

    key: str
    origin: Origin
    facts: IncidentFacts
    first_seen: datetime
    last_revised: datetime
    stories: int
    publishers: int
