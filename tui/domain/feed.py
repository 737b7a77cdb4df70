"""A feed, its settings, and what is known of its health."""

from dataclasses import field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from tui.domain.alerts import AlertPlan
from tui.domain.flooding import Alone
from tui.domain.follow_up import UNRESOLVED_AFTER
from tui.domain.full_text import FullTextWish
from tui.domain.rules import Rules
from tui.domain.value import dataclass


class FeedKind(StrEnum):
    """What kind of publisher stands behind a feed."""

    AGENCY = "agency"
    NATIONAL = "national"
    DEFENCE = "defence"
    MINISTRY = "ministry"
    AVIATION = "aviation"
    SEARCH = "search"
    WORLD = "world"
    LOCAL = "local"
    PAGE = "page"
    """A web page without a feed."""


@dataclass(frozen=True, slots=True)
class PagePlan:
    """Where the items of a web page stand, as CSS selectors; all but the first look inside an item."""

    item: str
    title: str | None = None
    """None: the words of its link."""
    link: str | None = None
    """None: its first link."""
    date: str | None = None
    """None: its first <time datetime>."""
    summary: str | None = None
    """None: all its words."""


@dataclass(frozen=True, slots=True)
class Feed:
    """One [[feed]] table of feeds.toml, checked."""

    url: str
    """Where it is; http or https. Also its identity."""
    name: str
    """What a person calls it."""
    lang: str | None = None
    """BCP 47; None when the feed mixes languages."""
    country: str | None = None
    """Home country, ISO 3166-1 alpha-2; gives "our airspace" its meaning."""
    publisher: str = ""
    """Who publishes it; sources are counted by publisher, not by feed."""
    kind: FeedKind = FeedKind.NATIONAL
    every: timedelta | None = None
    """Its own interval; None: the default of the settings."""
    max_size: int | None = None
    """Largest body in bytes, packed and unpacked; None: the default of the settings."""
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    """Extra request headers, dropped across origins; may be secret."""
    params: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    """Added to the address's query when it is asked, dropped across origins; secret, so no part of the address."""
    proxy: str | None = field(default=None, repr=False)
    """Its own proxy, perhaps with a login; empty: none; None: that of the settings."""
    ca_file: str | None = None
    """Certificates of authorities that are trusted for its host, beside the usual ones."""
    enabled: bool = True
    allow_private: bool = False
    """Whether it may live on a private or loopback address."""
    page: PagePlan | None = None
    """Set for a web page without a feed."""
    source: str = ""
    """Name of the plug-in that brings it in place of the web; empty: none."""

    def without_secrets(self) -> "Feed":
        """What may be stored, logged and handed to the process that holds what strangers wrote."""
        if not self.headers and not self.params and self.proxy is None:
            return self
        return replace(self, headers=(), params=(), proxy=None)


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From hour to hour in the user's zone, when nothing may ring; equal ends: never."""

    start: str = "00:00"
    end: str = "00:00"

    def hold(self, moment: datetime) -> bool:
        """Whether nothing may ring at a moment, given in the user's zone; they may go over midnight."""
        now = f"{moment:%H:%M}"
        if self.start <= self.end:
            return self.start <= now < self.end
        return now >= self.start or now < self.end


class TerminalNotice(StrEnum):
    """The sequence by which a terminal is asked to notify: which one it knows is the user's to say."""

    NONE = "none"
    OSC_9 = "osc9"
    """iTerm2, Windows Terminal, kitty, WezTerm, Ghostty."""
    OSC_777 = "osc777"
    """urxvt, foot, VTE, Ghostty."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The [settings] table of feeds.toml."""

    interval: timedelta = timedelta(minutes=15)
    concurrency: int = 64
    """Requests in flight at once, over all origins."""
    deadline: timedelta = timedelta(seconds=30)
    """Total time one request may take, redirects included."""
    max_size: int = 10 * 1024 * 1024
    """Largest body in bytes, packed and unpacked."""
    keep_dropped: timedelta = timedelta(days=30)
    """How long a dropped entry keeps its text."""
    unresolved_after: timedelta = UNRESOLVED_AFTER
    """Without an outcome for so long, an incident counts as unresolved."""
    quiet_hours: QuietHours = field(default_factory=QuietHours)
    proxy: str | None = field(default=None, repr=False)
    """Through which every request goes, perhaps with a login."""
    ca_file: str | None = None
    """Certificates of authorities that are trusted beside the usual ones."""
    contact: str | None = None
    """How a publisher can reach the user: sent with every request."""
    time_zone: str = "UTC"
    theme: str = "night-watch"
    ascii_only: bool = False
    """Whether the dashboard draws its signs as ASCII."""
    full_text: FullTextWish = FullTextWish.ASKED
    """Of which stories the whole text is fetched."""
    terminal: TerminalNotice = TerminalNotice.NONE
    """How a dashboard tells alerts through its terminal."""
    mouse: bool = True
    """Whether the dashboard takes the mouse from the terminal."""


@dataclass(frozen=True, slots=True)
class OwnKey:
    """Keys that the user gives an action; which actions and keys there are the interface knows."""

    action: str
    keys: tuple[str, ...]
    line: int | None = None
    """Where it is written, for messages."""


@dataclass(frozen=True, slots=True)
class FeedList:
    """A whole feeds.toml, checked."""

    feeds: tuple[Feed, ...]
    settings: Settings
    path: str
    """The file it was read from, for messages."""
    warnings: tuple[str, ...] = ()
    """What is allowed but unwise, each with what to do about it."""
    rules: Rules = field(default_factory=Rules)
    """What the user adds to the reading."""
    keys: tuple[OwnKey, ...] = ()
    """Keys of the user's own, in the order written."""
    alerts: AlertPlan = field(default_factory=AlertPlan)
    """Who is told of what."""
    files: tuple[str, ...] = ()
    """Every file it was read from: a change of one of them is a change of the list."""


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave for the next conditional GET, kept exactly as given."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Wishes:
    """How a feed asks, inside itself, to be polled; hours and days in UTC."""

    ttl: timedelta | None = None
    """No more often than this."""
    skip_hours: tuple[int, ...] = ()
    """Hours of the day, 0 to 23, in which it need not be asked."""
    skip_days: tuple[int, ...] = ()
    """Days of the week, 0 is Monday, on which it need not be asked."""


class FeedStatus(StrEnum):
    """How a feed stands after its last poll."""

    NEVER = "never"
    OK = "ok"
    DAMAGED = "damaged"
    """It answered with a feed that had to be salvaged."""
    FAILING = "failing"
    GONE = "gone"
    """410: not asked again until checked by hand."""
    DISABLED = "disabled"


@dataclass(frozen=True, slots=True)
class FeedState:
    """What the store keeps of one feed between polls."""

    url: str
    status: FeedStatus = FeedStatus.NEVER
    validators: Validators = field(default_factory=Validators)
    body_hash: str | None = None
    last_attempt: datetime | None = None
    last_answer: datetime | None = None
    """Last time a server answered at all, 304 and errors included."""
    last_ok: datetime | None = None
    last_new: datetime | None = None
    """Last time it brought an entry not seen before."""
    next_due: datetime | None = None
    failures: int = 0
    """Failed polls in a row; being offline is not counted."""
    problem: str | None = None
    """The last failure in plain words: what, and what next."""
    moved_to: str | None = None
    """Target of a permanent redirect, once seen."""
    moved_times: int = 0
    """Good answers in a row that came by way of that redirect."""
    moved_since: datetime | None = None
    """When the first of them came."""
    address: str | None = None
    """Asked in place of the feed's own address, once the move has proved lasting."""
    wishes: Wishes = field(default_factory=Wishes)
    """As it last wrote them."""
    usual_gap: timedelta | None = None
    """Usual time between two new entries; None when that cannot be told."""
    last_full: datetime | None = None
    """Last time a body came; a server that only ever says "nothing new" may be wrong."""
    read_by: int = 0
    """Version of the parsing that made entries of the last body."""
    last_status: int | None = None
    """HTTP status of the last answer."""
    last_bytes: int | None = None
    """Unpacked size of the last body."""
    polls: int = 0
    """Answers that said what the feed holds, of late: both counts are halved at 200."""
    unchanged: int = 0
    """Those of them that said "nothing new", by 304 or by the same bytes."""

    @property
    def unchanged_share(self) -> float | None:
        """Share of polls that brought nothing new; None before the first."""
        return self.unchanged / self.polls if self.polls else None


@dataclass(frozen=True, slots=True)
class FeedRow:
    """One feed as `overflight feeds list` and the health screen show it."""

    feed: Feed
    state: FeedState
    entries: int
    kept: int
    lately: int = 0
    """Stories kept that were told in the last 30 days."""
    alone: Alone = field(default_factory=Alone)
    """Set for a feed that floods."""
