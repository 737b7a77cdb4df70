"""Items of a feed to entries: identity that lasts, text that is clean, a link that may be opened."""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from urllib.parse import urljoin, urlsplit

from tui.domain.entry import Entry, entry_key, text_hash
from tui.domain.feed import Feed, FeedKind
from tui.domain.value import dataclass
from tui.feeds.dates import FeedDate
from tui.reading.plain_text import SUMMARY_LIMIT, TITLE_LIMIT, plain_text, safe_link

_TELLS_APART: tuple[Callable[[Entry], str], ...] = (lambda entry: entry.url, lambda entry: entry.hash)
NO_TITLE = "(no title)"
_IDENTITY_LIMIT = 500
_PUBLISHER_LIMIT = 100
_DATE_LIMIT = 100
_FIRST_WORDS = 120
PLAIN_LINK_LIMIT = 250
PLAIN_LINK = re.compile(
    r"https?://[a-z0-9]+(?:-+[a-z0-9]+)*+(?:\.[a-z0-9]+(?:-+[a-z0-9]+)*+)+/[A-Za-z0-9/_~%@!$'()*+,:=&.-]*"
    r"(?:\?[A-Za-z0-9/_~%@!$'()*+,:=&.-]+)?"
)
"""A link that joining and cleaning leave as it is, as most are; the tests hold it to that."""
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")


@dataclass(frozen=True, slots=True)
class RawItem:
    """One item as the parser hands it over: any of it may be missing or hostile."""

    guid: str = ""
    link: str = ""
    title: str = ""
    summaries: tuple[str, ...] = ()
    """The summary, then the longer texts, first choice first."""
    dates: tuple[str, ...] = ()
    """Published, updated, created, as written."""
    lang: str = ""
    source: str = ""
    """Whom an aggregator names as the publisher."""


def entries_of(
    items: Sequence[tuple[RawItem, FeedDate | None]], feed: Feed, language: str, base: str
) -> tuple[Entry, ...]:
    """Clean every item, its link absolute by `base`; no two entries have one key, and none is lost for sharing a guid."""
    once = {
        (e.identity, e.hash): e for e in (_entry(item, date, feed, language, base) for item, date in items)
    }
    if len({identity for identity, _ in once}) == len(once):
        return tuple(once.values())
    entries = [replace(entry, aliases=(entry.key, *entry.aliases)) for entry in once.values()]
    # Links tell items of one guid apart, else their text does.
    for tell_apart in _TELLS_APART:
        times = Counter(entry.identity for entry in entries)
        entries = [
            entry if times[entry.identity] == 1 else _renamed(entry, f"{entry.identity} {tell_apart(entry)}")
            for entry in entries
        ]
    return tuple(
        replace(entry, aliases=tuple(key for key in entry.aliases if key != entry.key)) for entry in entries
    )


def _other_names(feed: str, identity: str, url: str, text: str) -> tuple[str, ...]:
    """Keys beside its own that `entries_of` may give an entry, depending on what else is in the feed."""
    with_link = f"{identity} {url}"
    return entry_key(feed, with_link), entry_key(feed, f"{with_link} {text}")


def _entry(item: RawItem, date: FeedDate | None, feed: Feed, language: str, base: str) -> Entry:
    title, publisher = plain_text(item.title, TITLE_LIMIT), feed.publisher
    if feed.kind is FeedKind.SEARCH:
        title, publisher = _title_and_publisher(title, item, feed)
    summary = _summary(item, title)
    if feed.kind is FeedKind.SEARCH and summary.split("\n")[0] in {title, f"{title} {publisher}"}:
        summary = ""  # the headline again, and below it those of other publishers: no words of this story
    title = title or plain_text(summary, _FIRST_WORDS) or NO_TITLE
    url = _link(item, base)
    identity = _identity(item.guid) or _identity(item.link) or f"text {text_hash(title, summary, '')}"
    text = text_hash(title, summary, url)
    return Entry(
        key=entry_key(feed.url, identity),
        feed_url=feed.url,
        identity=identity,
        url=url,
        title=title,
        summary=summary,
        hash=text,
        published=date.moment if date else None,
        published_raw=plain_text(next((raw for raw in item.dates if raw.strip()), ""), _DATE_LIMIT),
        zone_assumed=date.zone_assumed if date else False,
        publisher=publisher,
        lang=_language(item.lang) or _language(language),
        aliases=_other_names(feed.url, identity, url, text),
    )


def _renamed(entry: Entry, identity: str) -> Entry:
    return replace(entry, identity=identity, key=entry_key(entry.feed_url, identity))


def _identity(written: str) -> str:
    """A guid or link as something that can be stored and shown; what is too long is known by its hash."""
    if "://" in written and "@" in written:
        written = safe_link(written) or written.rpartition("@")[2]  # a password is no part of a name
    if len(written) > _IDENTITY_LIMIT:
        return f"hash {hashlib.blake2b(written.encode('utf-8', 'replace'), digest_size=16).hexdigest()}"
    return plain_text(written, _IDENTITY_LIMIT)


def _summary(item: RawItem, title: str) -> str:
    """The first text that says more than the title."""
    for text in item.summaries:
        summary = plain_text(text, SUMMARY_LIMIT, multiline=True)
        if summary and summary != title:
            return summary
    return ""


def _title_and_publisher(title: str, item: RawItem, feed: Feed) -> tuple[str, str]:
    """Only in a search feed an item is believed about its publisher.

    A service that leads to the publishers' own pages names none: the site does. One that leads to pages of its own
    writes "Headline - Publisher".
    """
    publisher = plain_text(item.source, _PUBLISHER_LIMIT)
    headline, dash, tail = title.rpartition(" - ")
    if publisher:
        return (headline.rstrip() if dash and tail == publisher else title), publisher
    site = _site(item.link)
    if site and site != _site(feed.url):
        return title, site
    if dash and headline and len(tail) <= _PUBLISHER_LIMIT:
        return headline.rstrip(), tail
    return title, feed.publisher


def _site(link: str) -> str:
    """The host of a link without "www.", empty when it has none that can be shown."""
    try:
        host = urlsplit(safe_link(link.strip())).hostname or ""
    except ValueError:
        return ""
    return plain_text(host.removeprefix("www."), _PUBLISHER_LIMIT)


def _link(item: RawItem, base: str) -> str:
    for written in (item.link, item.guid):
        link = written.strip()
        if not link or (written is item.guid and not link.startswith(("http://", "https://"))):
            continue
        if len(link) <= PLAIN_LINK_LIMIT and PLAIN_LINK.fullmatch(link):
            return link
        try:
            return safe_link(urljoin(base, link))
        except ValueError:  # brackets that are no IPv6 address
            return ""
    return ""


def _language(written: str) -> str | None:
    tag = written.strip().replace("_", "-")
    return tag if len(tag) <= 35 and _LANGUAGE.fullmatch(tag) else None
