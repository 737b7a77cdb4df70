"""The ports between the layers: what the pipeline and the interface ask of the world.

Adapters fit these by shape; `cli` builds the real ones and mypy checks the fit there.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from tui.domain.board import (
    Board,
    BoardQuery,
    CollectorStatus,
    Facets,
    Found,
    IncidentDetail,
    IncidentRow,
    StoryDetail,
    StoryHit,
)
from tui.domain.constraints import Constraints
from tui.domain.correction import Correction, Made
from tui.domain.entry import Entry
from tui.domain.feed import Feed, FeedRow, FeedState, Validators, Wishes
from tui.domain.follow_up import OutcomeCounts
from tui.domain.incident import Conclusion, FiledReport, Filing, IncidentSketch, ReportKey
from tui.domain.query_tree import Part
from tui.domain.reading import Reading
from tui.domain.recall import Recall
from tui.domain.record import WeekCounts
from tui.domain.statistics import Statistics
from tui.pipeline.corrected import Corrected


@dataclass(frozen=True, slots=True)
class Fetched:
    """A server sent a body."""

    body: bytes
    content_type: str
    validators: Validators
    url: str
    """Where it came from in the end, after redirects."""
    moved_to: str | None = None
    """Set when every hop was permanent."""
    max_age: timedelta | None = None
    base: str = ""
    """What relative links in it are relative to, when the server says so (Content-Location); else `url`."""


@dataclass(frozen=True, slots=True)
class NotModified:
    """304: what we hold is what there is."""

    validators: Validators
    moved_to: str | None = None
    max_age: timedelta | None = None


@dataclass(frozen=True, slots=True)
class FetchFailed:
    """No feed came, and why, in plain words."""

    reason: str
    """What, where, and what next; safe to show."""
    status: int | None = None
    """HTTP status, None when no answer came."""
    offline: bool = False
    """No server was reached at all: may be our own network."""
    gone: bool = False
    """410."""
    retry_after: timedelta | None = None


FetchOutcome = Fetched | NotModified | FetchFailed


class Fetcher(Protocol):
    """The one HTTP door."""

    async def fetch(self, feed: Feed, validators: Validators, address: str | None = None) -> FetchOutcome:
        """One conditional GET with a total deadline, of `address` when the feed has moved there; a failure is a value."""
        ...

    async def forget_connections(self) -> None:
        """Open new ones from now on: after a sleep of the machine the old are dead, and do not know it."""
        ...

    async def aclose(self) -> None:
        """Close every connection."""
        ...


@dataclass(frozen=True, slots=True)
class ReadEntry:
    """An entry with what was read out of it."""

    entry: Entry
    reading: Reading


@dataclass(frozen=True, slots=True)
class Parsed:
    """A body that was a feed, its entries cleaned and not yet read."""

    entries: tuple[Entry, ...]
    title: str
    format: str
    """rss20, atom10, json11, ..."""
    damaged: str | None = None
    """Set when the feed had to be salvaged: why."""
    wishes: Wishes = field(default_factory=Wishes)


@dataclass(frozen=True, slots=True)
class ParseFailed:
    """A body that was no feed, or took too long; why, in plain words."""

    reason: str
    named: tuple[str, ...] = ()
    """Addresses of feeds, when it was a web page that names some."""


ParseOutcome = Parsed | ParseFailed


class Parser(Protocol):
    """The one parse door: bytes in, cleaned entries out; then those that are new or changed are read."""

    async def parse(self, feed: Feed, body: bytes, content_type: str, url: str) -> ParseOutcome:
        """Parse and clean one body that came from `url` in the killable child; never raises for a bad body."""
        ...

    async def read(self, feed: Feed, entries: Sequence[Entry], now: datetime) -> tuple[ReadEntry, ...]:
        """Read entries of one feed in the killable child, in order, as many as time allows; one that cannot be read says so."""
        ...

    async def aclose(self) -> None:
        """End the child."""
        ...


class Grouping(Protocol):
    """Which incident a report belongs to; pure, takes nothing over until told."""

    def assign(self, batch: Sequence[FiledReport], filed: Mapping[ReportKey, str]) -> Filing:
        """Assign the reports of one poll; those already filed stay in the incident named for them."""
        ...

    def adopt(self, filing: Filing) -> None:
        """Take a stored filing over."""
        ...

    def obey(
        self,
        constraints: Constraints,
        sketches: Iterable[IncidentSketch] = (),
        emptied: Iterable[str] = (),
    ) -> None:
        """Take over what a person corrected: the constraints, the sketches drawn anew, the incidents left empty."""
        ...


class Conclude(Protocol):
    """All reports of one incident, in order of first sight, to what is said of it."""

    def __call__(self, reports: Sequence[FiledReport]) -> Conclusion:
        """Facts, the timeline in our words, contradictions and outcome."""
        ...


@dataclass(frozen=True, slots=True)
class RoundResult:
    """Everything one poll of one feed changes; stored in one transaction, all or none."""

    state: FeedState
    """The new state of the feed."""
    at: datetime
    new: tuple[ReadEntry, ...] = ()
    """Entries not seen before."""
    revised: tuple[ReadEntry, ...] = ()
    """Entries whose text changed; the old wording is kept as a version."""
    seen: tuple[str, ...] = ()
    """Keys of entries seen again, unchanged."""
    filing: Filing | None = None
    """Where the reports of new and revised stories belong."""
    corrections: int | None = None
    """Stamp of the corrections under which the filing was made; None: not compared."""


class StoreUnableError(Exception):
    """The store itself is busy, full, gone or damaged: raised by a keeper, and no feed is to blame."""


class Keeper(Recall, Protocol):
    """The writing side of the store; called from one thread only; raises `StoreUnableError`."""

    def sync_feeds(self, feeds: Sequence[Feed], at: datetime) -> None:
        """Make the feed table match the list; a removed feed keeps its history."""
        ...

    def feed_states(self) -> Mapping[str, FeedState]:
        """State of every feed, by URL."""
        ...

    def known_hashes(self, keys: Iterable[str]) -> Mapping[str, str]:
        """Text hash of each entry already stored, by key; `entry.RESTLESS` for one that has changed often enough."""
        ...

    def yields(self, since: datetime) -> Mapping[str, int]:
        """How many stories told since then each feed brought, by URL; a feed without any is missing."""
        ...

    def filings(self, stories: Iterable[str]) -> Mapping[ReportKey, str]:
        """The incident that each report of these stories is stored in."""
        ...

    def sketches(self, latest: int) -> tuple[IncidentSketch, ...]:
        """Sketches of so many incidents told last, of those told nowhere always; for the grouping to start from."""
        ...

    def corrections(self, since: int | None) -> Corrected:
        """What a person corrected, with the sketches that changed since that stamp; None: none of these."""
        ...

    def save_round(self, result: RoundResult) -> int:
        """Store one poll in one transaction; the new generation. `CorrectedMeanwhile`: nothing stored, to be filed anew."""
        ...

    def record_state(self, states: Sequence[FeedState]) -> None:
        """Store feed states alone (304s, failures) in one transaction; generation unchanged."""
        ...

    def beat(self, status: CollectorStatus) -> None:
        """Store what the collector says of itself."""
        ...

    def take_requests(self) -> tuple["PollRequest", ...]:
        """Requests of the interface not yet carried out; each is given once."""
        ...

    def acquire_lease(self, holder: "Holder", now: datetime, ttl: timedelta) -> "Lease":
        """Become, stay, or learn who is, the one process that fetches."""
        ...

    def release_lease(self, holder: "Holder") -> None:
        """Let another process fetch."""
        ...

    def prune(self, now: datetime, keep_dropped: timedelta) -> int:
        """Forget the text of old dropped entries (their narrow rows stay); how many."""
        ...

    def checkpoint(self) -> None:
        """Fold the write-ahead log back; only the lease holder calls this."""
        ...

    def close(self) -> None:
        """Close the connection."""
        ...


@dataclass(frozen=True, slots=True)
class Holder:
    """A process that fetches or would."""

    pid: int
    host: str
    token: str
    """Random, so that a reused pid is not mistaken for its owner."""


@dataclass(frozen=True, slots=True)
class Lease:
    """Who may fetch now."""

    holder: Holder
    mine: bool
    until: datetime


@dataclass(frozen=True, slots=True)
class PollRequest:
    """What a person asked the collector to do."""

    kind: str
    """due, all, feed, pause, resume."""
    feed: str | None = None


@dataclass(frozen=True, slots=True)
class StoreStamp:
    """What changed: compare two of these, cheaply, once a second."""

    generation: int
    """Rises with every stored change of incidents or stories."""
    beat: int
    """Rises with every heartbeat."""


class BoardSource(Protocol):
    """The reading side of the store, for the interface; its own read-only connection."""

    def stamp(self) -> StoreStamp:
        """Microseconds when nothing changed."""
        ...

    def board(self, query: BoardQuery, now: datetime) -> Board:
        """The whole picture in one read transaction."""
        ...

    def collector(self, now: datetime) -> CollectorStatus:
        """How the fetching stands."""
        ...

    def incident(self, key: str) -> IncidentDetail | None:
        """One incident with its history and stories."""
        ...

    def outcomes(self, now: datetime) -> tuple[OutcomeCounts, ...]:
        """How the incidents of each state ended, as of now."""
        ...

    def story(self, key: str) -> StoryDetail | None:
        """One story with its reading."""
        ...

    def feeds(self, now: datetime) -> tuple[FeedRow, ...]:
        """Every feed with its state and its yield of the last 30 days."""
        ...

    def find_incidents(self, query: Part, now: datetime, limit: int) -> Found[IncidentRow]:
        """Incidents of a query, last told first."""
        ...

    def find_stories(self, query: Part, now: datetime, limit: int) -> Found[StoryHit]:
        """Stories of a query, the best fit first."""
        ...

    def facets(self, query: Part, now: datetime) -> Facets:
        """What the incidents of a query have in common."""
        ...

    def statistics(self, now: datetime, weeks: int) -> Statistics:
        """Everything that is counted over so many ISO weeks, the one under way included."""
        ...

    def this_week(self, now: datetime) -> WeekCounts:
        """Incidents by state of the week under way, and of those before that say what is usual."""
        ...

    def close(self) -> None:
        """Close the connection."""
        ...


class Marks(Protocol):
    """What a person did; stored at once, synchronous=FULL."""

    def mark_seen(self, keys: Sequence[str], at: datetime) -> None:
        """The incidents were seen; moves the mark "since you last looked"."""
        ...

    def mark_unseen(self, keys: Sequence[str]) -> None:
        """Undo of the above."""
        ...

    def set_watched(self, key: str, *, watched: bool, at: datetime) -> None:
        """Star an incident, or take the star away."""
        ...

    def set_looked(self, at: datetime) -> None:
        """The user looked at the board now."""
        ...

    def correct(self, correction: Correction, at: datetime, note: str = "") -> Made:
        """Store a correction with its effects; raises `CorrectionError` when it cannot be made."""
        ...

    def undo_correction(self, number: int, at: datetime) -> Made:
        """Take a correction back; raises `CorrectionError` when it cannot be."""
        ...

    def request(self, request: PollRequest, at: datetime) -> None:
        """Ask the collector for something."""
        ...

    def remember(self, name: str, value: str) -> None:
        """Keep a choice of the interface, such as the theme."""
        ...

    def recall(self, name: str) -> str | None:
        """The choice kept under that name."""
        ...

    def close(self) -> None:
        """Close the connection."""
        ...
