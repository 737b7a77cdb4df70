"""The ports of a poll: what the pipeline asks of the web, the parser and the grouping.

Adapters fit these by shape; `cli` builds the real ones and mypy checks the fit there.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import field
from datetime import datetime, timedelta
from typing import Protocol

from tui.domain.constraints import Constraints
from tui.domain.entry import Entry
from tui.domain.feed import Feed, Validators, Wishes
from tui.domain.incident import Conclusion, FiledReport, Filing, IncidentSketch, ReportKey
from tui.domain.reading import Reading
from tui.domain.value import dataclass


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

Asked = Callable[[str], Awaitable[str]]
"""Whether a redirect may be followed to an address: why not, in plain words; empty when it may."""


class Fetcher(Protocol):
    """The one HTTP door."""

    async def fetch(
        self,
        feed: Feed,
        validators: Validators,
        address: str | None = None,
        *,
        may_follow: Asked | None = None,
    ) -> FetchOutcome:
        """One conditional GET with a total deadline, of `address` when the feed has moved there; a failure is a value.

        `may_follow` is asked before each redirect is followed.
        """
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
    readings: tuple[Reading, ...] = ()
    """Of each entry, when they were read along; empty when not."""


@dataclass(frozen=True, slots=True)
class ParseFailed:
    """A body that was no feed, or took too long; why, in plain words."""

    reason: str
    named: tuple[str, ...] = ()
    """Addresses of feeds, when it was a web page that names some."""


ParseOutcome = Parsed | ParseFailed


class Parser(Protocol):
    """The one parse door: bytes in, cleaned entries out; then those that are new or changed are read."""

    async def parse(
        self, feed: Feed, body: bytes, content_type: str, url: str, *, read_at: datetime | None = None
    ) -> ParseOutcome:
        """Parse and clean one body that came from `url` in the killable child; never raises for a bad body.

        With `read_at` the entries may be read along, as of then: of a feed never taken all are new.
        """
        ...

    async def read(self, feed: Feed, entries: Sequence[Entry], now: datetime) -> tuple[ReadEntry, ...]:
        """Read entries of one feed in the killable child, in order, as many as time allows; one that cannot be read says so."""
        ...

    def expect(self, bodies: int) -> None:
        """So many bodies are likely to come soon; start at once what would be started for them."""
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
