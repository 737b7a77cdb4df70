"""The history of an incident: its steps, its outcome, what its sources contradict each other on."""

from dataclasses import field
from datetime import datetime
from enum import StrEnum

from tui.domain.reading import Report
from tui.domain.value import dataclass

RULE = "rule"
"""Source of an entry that the program drew itself."""
MOVED_TO = "moved to "
"""What such an entry begins with in an incident whose story moved; the key of the other follows."""


class TimelineKind(StrEnum):
    """What a step in the history of an incident is."""

    FIRST_REPORT = "first_report"
    NEW_PUBLISHER = "new_publisher"
    EVENT = "event"
    """Something further happened, or is told for the first time."""
    COUNT = "count"
    CERTAINTY = "certainty"
    OFFICIAL_STATEMENT = "official_statement"
    RESPONSE = "response"
    DENIAL = "denial"
    CORRECTION = "correction"
    """A publisher takes something back in so many words, a person corrected the incident, or its story moved to another."""
    REVISION = "revision"
    """A publisher changed a wording so that it says something else."""
    FULL_TEXT = "full_text"
    """The whole text of a story tells more than its feed did."""
    OUTCOME = "outcome"


class Outcome(StrEnum):
    """How an incident ended; kept beside certainty."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    """One with authority states it as fact."""
    ATTRIBUTED = "attributed"
    """One with authority states it as fact and names whose it was."""
    UNFOUNDED = "unfounded"
    """Withdrawn or explained away."""
    UNRESOLVED = "unresolved"
    """Still open after so many days; said when it is looked at, never stored."""


class LedgerStage(StrEnum):
    """How far the matter had come."""

    REPORTED = "reported"
    OFFICIAL_STATEMENT = "official_statement"
    DISPUTED = "disputed"
    CONFIRMED = "confirmed"
    ATTRIBUTED = "attributed"
    UNFOUNDED = "unfounded"
    UNRESOLVED = "unresolved"


class ClaimField(StrEnum):
    """What the sources of an incident can contradict each other on."""

    COUNT = "count"
    OBJECT = "object"
    ACTOR = "actor"
    VIOLATION = "violation"
    """Told of and denied."""


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One step in the history of an incident."""

    at: datetime
    kind: TimelineKind
    source: str
    """Publisher, or `RULE` when the program drew a conclusion."""
    text: str
    """In our words; never a headline."""
    story: str | None = None


@dataclass(frozen=True, slots=True)
class EarlierWording:
    """What a story said before its publisher changed it."""

    seen: datetime
    replaced: datetime
    title: str
    summary: str
    reports: tuple[Report, ...] | None = None
    """As it was read; None: the reading of that wording was not kept."""


@dataclass(frozen=True, slots=True)
class WholeText:
    """What was read out of the page of a story, beside what its feed gave."""

    fetched: datetime
    reports: tuple[Report, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """The latest word of one independent source on a field."""

    value: str
    """A number; object tags or states, parted by spaces; "told" or "denied" of a violation."""
    source: str
    """Publisher."""
    at: datetime
    story: str
    voice: str = ""
    """Whose word it carries, in our words: "an official of Poland"; empty: its own."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """The claims on one field, side by side: the most common version first, then by time."""

    field: ClaimField
    claims: tuple[Claim, ...]

    @property
    def values(self) -> tuple[str, ...]:
        """Each version once, in their order."""
        return tuple(dict.fromkeys(claim.value for claim in self.claims))


@dataclass(frozen=True, slots=True)
class LedgerStep:
    """The matter came to a stage, and on what ground."""

    stage: LedgerStage
    ground: str
    """In our words."""
    source: str
    at: datetime
    story: str | None = None


@dataclass(frozen=True, slots=True)
class IncidentHistory:
    """What is kept of an incident beside its facts and its timeline."""

    contradictions: tuple[Contradiction, ...] = field(default=())
    ledger: tuple[LedgerStep, ...] = field(default=())
