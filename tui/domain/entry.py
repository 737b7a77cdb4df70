"""One item of a feed, cleaned to plain text once, times in UTC."""

import hashlib
from datetime import UTC, datetime

from tui.domain.value import dataclass

_FIRST_FEEDS = datetime(1995, 1, 1, tzinfo=UTC)
"""A date before this is a mistake: there were no feeds."""


def entry_key(feed_url: str, identity: str) -> str:
    """32 hex digits that name an entry: a feed can only ever change its own entries."""
    joined = f"{feed_url}\x00{identity}".encode("utf-8", "surrogatepass")
    return hashlib.blake2b(joined, digest_size=16).hexdigest()


def text_hash(title: str, summary: str, url: str) -> str:
    """32 hex digits over what a reader would see; dates left out, so a re-dating is no edit."""
    joined = f"{title}\x00{summary}\x00{url}".encode("utf-8", "surrogatepass")
    return hashlib.blake2b(joined, digest_size=16).hexdigest()


def believed(published: datetime | None, now: datetime) -> datetime | None:
    """A date of publication that can be: not in the future, not before there were feeds; else None."""
    return published if published is not None and _FIRST_FEEDS <= published <= now else None


RESTLESS = "restless"
"""Stands for the hash of an entry whose wording changed so often that no further change is taken."""

MOST_REVISIONS = 24
"""Pages that carry the time of day would else be revised at every poll."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a feed; every text field has passed `reading.plain_text`."""

    key: str
    """`entry_key(feed_url, identity)`."""
    feed_url: str
    identity: str
    """guid, else link, else a hash of the title and summary."""
    url: str
    """Absolute http(s) link, or empty when the feed gave none that is safe to open."""
    title: str
    summary: str
    hash: str
    """`text_hash(title, summary, url)`."""
    published: datetime | None = None
    """As the feed dates it, in UTC; None when missing or unreadable. Decides nothing."""
    published_raw: str = ""
    """The date as the feed wrote it."""
    zone_assumed: bool = False
    """True when the raw date named no zone and UTC was taken."""
    publisher: str = ""
    """Whom an aggregator item names, else the feed's publisher."""
    lang: str | None = None
    """As the feed or entry declares it."""
    aliases: tuple[str, ...] = ()
    """Other keys it may be stored under: its name depends on whether others of the feed share its guid."""


@dataclass(frozen=True, slots=True)
class StoryText:
    """What the reading is given of a story: nothing else may change its answer."""

    id: str
    title: str
    summary: str = ""
    published: datetime | None = None
    lang: str | None = None
    """BCP 47, may be absent or wrong."""
    feed_country: str | None = None
    """ISO 3166-1 alpha-2 of the feed's home."""
    publisher: str | None = None
    feed: str | None = None
    """Address of the feed; only a user's rule looks at it."""
