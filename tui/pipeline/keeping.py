"""The port to the writing side of the store, and who may write."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from tui.domain.board import CollectorStatus
from tui.domain.entry import Entry
from tui.domain.feed import Feed, FeedState
from tui.domain.incident import Filing, IncidentSketch, ReportKey
from tui.domain.recall import Recall
from tui.domain.value import dataclass
from tui.pipeline.corrected import Corrected
from tui.pipeline.ports import ReadEntry


@dataclass(frozen=True, slots=True)
class RoundResult:
    """Everything one poll of one feed changes; stored all or none."""

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
    """Where the reports of new and revised stories belong; polls that are stored together share one."""
    corrections: int | None = None
    """Stamp of the corrections under which the filing was made; None: not compared."""


class StoreUnableError(Exception):
    """The store itself is busy, full, gone or damaged: raised by a keeper, and no feed is to blame."""

    next_step: str = ""
    """What a person can do about it; empty: the words say it."""


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

    def renamed(self, feed: str, entries: Sequence[Entry]) -> Mapping[str, tuple[str, str]]:
        """Of these entries of a feed, those stored under another name: key to the stored key and its text hash.

        Such a one has the link and date of the stored, and its title or its whole wording.
        """
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

    def save_rounds(self, results: Sequence[RoundResult]) -> int:
        """Store polls of different feeds in one transaction, all or none; the new generation.

        `CorrectedMeanwhile`: nothing stored, to be filed anew.
        """
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
