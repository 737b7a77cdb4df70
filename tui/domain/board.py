"""The frozen pictures that the panes draw."""

from dataclasses import field
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from tui.domain.codes import Origin, Severity
from tui.domain.correction import Made
from tui.domain.coverage import Coverage
from tui.domain.full_text import FullText
from tui.domain.history import IncidentHistory, TimelineEntry
from tui.domain.incident import (
    Assignment,
    BaselineIncident,
    GroupReason,
    IncidentFacts,
)
from tui.domain.query_tree import EVERYTHING, Part
from tui.domain.reading import Reading
from tui.domain.sources import SourceChain
from tui.domain.value import dataclass
from tui.domain.views import SavedView

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class BoardQuery:
    """What part of the store a board shows."""

    window: timedelta | None = timedelta(hours=24)
    """Incidents revised within it; None: all. A baseline is always shown."""
    country: str | None = None
    limit: int = 2000
    filter: Part = EVERYTHING
    """Incidents that it asks for; the country pane counts these too."""


@dataclass(frozen=True, slots=True)
class Found(Generic[Row]):
    """The first rows that a query finds, and how many there are in all."""

    rows: tuple[Row, ...]
    total: int
    counted: bool = True
    """False: there are more than `total`, and nobody counted them."""


@dataclass(frozen=True, slots=True)
class CountryRow:
    """One line of the country pane; iso2 "" is a report without an affected state."""

    iso2: str
    name: str
    incidents: int
    """News incidents inside the window, follow-ups left out."""
    new: int
    baseline: int
    severity: Severity
    recent: tuple[int, ...]
    """Incidents first seen, in 24 equal slices of the window, oldest first."""
    coverage: Coverage = field(default_factory=Coverage)
    """Who was looking: what tells a quiet state from a blind one."""


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """One line of an incident list."""

    key: str
    origin: Origin
    facts: IncidentFacts
    line: str
    """Written from the facts, in the interface's language."""
    first_seen: datetime
    last_revised: datetime
    stories: int
    publishers: int
    new: bool
    updated: bool
    watched: bool
    follow_up_only: bool
    """Only protest, denial, policy, intelligence or analysis."""
    told: datetime | None = None
    """When it was last in the news, by publication and never later than first sight: its age on the screen."""
    first_told: datetime | None = None
    """When it was first in the news, likewise: the clock of an incident without an outcome starts here."""
    note: str = ""
    """What a person wrote beside it."""
    tags: tuple[str, ...] = ()
    """A person's, in order."""

    @property
    def latest(self) -> datetime:
        """What lists are ordered by: when it was last told, else when it was last revised."""
        return self.told or self.last_revised

    @property
    def earliest(self) -> datetime:
        """When it was first told, else when it was first seen."""
        return self.first_told or self.first_seen


@dataclass(frozen=True, slots=True)
class Telling:
    """One story of an incident, as far as an earlier moment needs it."""

    came: datetime
    """First seen here."""
    told: datetime
    """Published, and never later than first sight."""


@dataclass(frozen=True, slots=True)
class StoryRow:
    """One line of a story list."""

    key: str
    title: str
    publisher: str
    feed: str
    lang: str
    url: str
    published: datetime | None
    first_seen: datetime
    score: float
    threshold: float
    versions: int


@dataclass(frozen=True, slots=True)
class StoryHit:
    """A story that a query finds, with what shows why."""

    story: StoryRow
    summary: str
    affected: tuple[str, ...]
    """States of the incidents it is in, the main one first."""
    severity: Severity


@dataclass(frozen=True, slots=True)
class Facet:
    """A fact of the incidents that a query finds, and how many have it."""

    field: str
    """Name of the query field."""
    value: str
    """As the query language writes it."""
    incidents: int


@dataclass(frozen=True, slots=True)
class Facets:
    """How many incidents and stories a query finds, and what they have in common."""

    incidents: int
    facets: tuple[Facet, ...]
    """In the order of the fields, the commonest values first."""


@dataclass(frozen=True, slots=True)
class FeedCounts:
    """How the feeds stand, for the status bar."""

    ok: int = 0
    damaged: int = 0
    failing: int = 0
    waiting: int = 0
    """Not yet polled."""
    disabled: int = 0
    flooding: int = 0
    """They open many times their usual number of incidents alone."""
    asked: datetime | None = None
    """When any of them was last asked, whether or not a server was reached."""

    @property
    def polled(self) -> int:
        """Those that are asked, answering or not."""
        return self.ok + self.damaged + self.failing + self.waiting


@dataclass(frozen=True, slots=True)
class CollectorStatus:
    """What the process that fetches last said of itself."""

    pid: int | None = None
    host: str = ""
    heartbeat: datetime | None = None
    state: str = "none"
    """none, waiting, polling, idle, paused, offline, failed."""
    detail: str = ""
    last_poll: datetime | None = None
    """End of the last request that got an answer."""
    next_poll: datetime | None = None
    round_done: int = 0
    round_total: int = 0
    feeds: FeedCounts = field(default_factory=FeedCounts)
    list_problem: str = ""
    """What is wrong with feeds.toml as it is now: file, line and fix; the list read before it goes on. Empty: nothing."""

    @property
    def known(self) -> bool:
        """Whether anything was heard of the feeds: before that a zero says nothing."""
        return self.heartbeat is not None or self.feeds.polled > 0


@dataclass(frozen=True, slots=True)
class Rung:
    """An alert that a rule told, as the screen says it."""

    id: int
    """Rises with every alert."""
    at: datetime
    rule: str
    incident: str
    text: str
    """The incident's line, and what happened to it; in our words."""


@dataclass(frozen=True, slots=True)
class Board:
    """Everything the monitor draws, taken in one read transaction."""

    generation: int
    taken: datetime
    query: BoardQuery
    countries: tuple[CountryRow, ...] = ()
    incidents: tuple[IncidentRow, ...] = ()
    """News first, last told first; then the baseline, latest event first."""
    looked: datetime | None = None
    """The mark "since you last looked"."""
    total: int = 0
    """News incidents inside the window."""
    previous_total: int = 0
    """News incidents in the window before it."""
    new: int = 0
    tags: tuple[tuple[str, int], ...] = ()
    """News incidents by tag of the main event, in codebook order."""
    stories: int = 0
    """Stories kept, ever."""
    entries: int = 0
    """Entries seen, ever."""
    rung: tuple[Rung, ...] = ()
    """The latest alerts, latest first; not all of them."""
    alerts: int = 0
    """Alerts of the last 24 hours."""
    coverage: tuple[tuple[str, Coverage], ...] = ()
    """By ISO2: every state that any feed speaks for, incidents or none."""
    views: tuple[SavedView, ...] = ()
    """The saved views, in order."""
    counted: bool = True
    """False: `countries` and `coverage` are not counted yet, the rest stands."""

    @property
    def covers(self) -> bool:
        """Whether the feeds are known, and with them who was looking where."""
        return bool(self.coverage)

    def covered(self, iso2: str) -> Coverage:
        """Who was looking at a state."""
        return next((coverage for code, coverage in self.coverage if code == iso2), Coverage())


@dataclass(frozen=True, slots=True)
class OpenProposal:
    """Another incident that a story fits as well: a person may merge the two."""

    incident: str
    line: str
    """Of the other incident."""
    story: str
    why: tuple[GroupReason, ...]


@dataclass(frozen=True, slots=True)
class LinkedIncident:
    """Another incident of the same series; the two stay two."""

    row: IncidentRow
    days: int
    """From the one that is looked at; negative: before it."""
    why: str


@dataclass(frozen=True, slots=True)
class IncidentDetail:
    """Everything the incident screen draws."""

    row: IncidentRow
    timeline: tuple[TimelineEntry, ...]
    stories: tuple[StoryRow, ...]
    assignments: tuple[Assignment, ...]
    """Why each story is in it, and what it nearly joined."""
    baseline: BaselineIncident | None = None
    history: IncidentHistory = field(default_factory=IncidentHistory)
    linked: tuple[LinkedIncident, ...] = ()
    """Other incidents of its series, latest first."""
    chain: SourceChain = field(default_factory=SourceChain)
    """Who told of it in which order, and who only carried another's words."""
    proposals: tuple[OpenProposal, ...] = ()
    """What it may be the same as, as far as nobody has decided."""
    hidden: bool = False
    """A person said that it is no incursion: no list has it."""

    @property
    def publishers(self) -> int:
        """Independent sources of its stories, as far as that is known."""
        return self.chain.independent or len({story.publisher for story in self.stories})


@dataclass(frozen=True, slots=True)
class StoryVersion:
    """A wording that a publisher has since changed."""

    seen: datetime
    title: str
    summary: str
    reading: Reading | None = None
    """None: it was not kept."""
    replaced: datetime | None = None
    """When another wording took its place."""


@dataclass(frozen=True, slots=True)
class StoryDetail:
    """Everything the story screen draws."""

    row: StoryRow
    summary: str
    reading: Reading
    incidents: tuple[str, ...]
    """Incident of each report, in the order of the reports."""
    assignments: tuple[Assignment, ...]
    versions: tuple[StoryVersion, ...]
    siblings: tuple[StoryRow, ...]
    """Other stories of the same incident."""
    full: FullText | None = None
    """The whole text, as far as somebody asked for it."""
    corrected: tuple[Made, ...] = ()
    """What a person says instead of what was read from it, as far as it stands."""
