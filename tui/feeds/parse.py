"""The parse door: bytes of one feed to cleaned entries; runs in the killable child."""

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import field, replace
from typing import Any

import feedparser

from tui.domain.entry import Entry
from tui.domain.feed import Feed, PagePlan, Wishes
from tui.domain.value import dataclass
from tui.feeds.dates import FeedDate, feed_date
from tui.feeds.decoding import Decoded, EncodingRefused, decode, without_surrogate_references
from tui.feeds.discover import named_feeds
from tui.feeds.entries import RawItem, entries_of
from tui.feeds.json_feed import JsonFeed, read_json_feed
from tui.feeds.page import charset_of, items_of, title_of
from tui.feeds.strict_feed import StrictFeed, strict_feed
from tui.feeds.wishes import wishes_of
from tui.reading.plain_text import TITLE_LIMIT, plain_text, safe_link

MOST_ENTRIES = 500
"""Entries taken from one body, the newest."""

_FIRST_YEAR = 1990
_XML_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,400}\?>")
_PAGE_ROOTS = ("<html", "<!doctype html")
_FEED_ROOTS = ("<rss", "<feed", "<rdf:rdf", "<channel", ":feed", ":rss")


@dataclass(frozen=True, slots=True)
class FeedDocument:
    """A body that was a feed."""

    entries: tuple[Entry, ...]
    """At most MOST_ENTRIES, in the order of the feed; no two with one key."""
    title: str
    format: str
    """rss20, atom10, json11, ..."""
    damaged: str | None = None
    """Set when the feed had to be salvaged: why."""
    wishes: Wishes = field(default_factory=Wishes)
    """When and how often it asks to be polled."""


@dataclass(frozen=True, slots=True)
class NotAFeed:
    """A body that was no feed, and why, in plain words that are safe to show."""

    reason: str
    named: tuple[str, ...] = ()
    """Addresses of feeds, when it is a web page that names some."""


def parse_feed(body: bytes, feed: Feed, content_type: str, url: str = "") -> FeedDocument | NotAFeed:
    """Parse and clean one body that came from `url`, by default the feed's own; never opens a file or a connection, never raises for what a body holds."""
    decoded = decode(body, charset_of(body, content_type) if feed.page else content_type)
    if isinstance(decoded, EncodingRefused):
        return NotAFeed(
            f"names an encoding that is not read: {plain_text(decoded.name, 40)!r}; look for another feed of the publisher"
        )
    text = decoded.text.strip("\ufffd \t\r\n")
    base = safe_link(url) or feed.url
    if feed.page is not None:
        return _from_page(text, decoded, feed, feed.page, base)
    if text.startswith(("{", "[")):
        return _from_json(text, feed, base)
    return _why_no_feed(body, text, base) or _from_xml(text, decoded, feed, base)


def _why_no_feed(body: bytes, text: str, url: str) -> NotAFeed | None:
    """What can be told before parsing."""
    if not text:
        return NotAFeed("answered with nothing at all, which is not the same as no news; check the address")
    if body.startswith(b"\x1f\x8b"):
        return NotAFeed(
            "answered with compressed bytes that it did not announce; not a feed: check the address"
        )
    if "<" not in text:
        return NotAFeed("answered with something that is not RSS or Atom; check the address")
    beginning = text[:4_000].lower()
    if any(root in beginning for root in _FEED_ROOTS) or not any(root in beginning for root in _PAGE_ROOTS):
        return None
    named = tuple(feed.url for feed in named_feeds(text, url))
    if not named:
        return NotAFeed(
            "answered with a web page, not a feed; look there for the feed's new address, or a login"
        )
    more = f" and {len(named) - 1} more" if len(named) > 1 else ""
    return NotAFeed(
        f"answered with a web page, not a feed; the page names {named[0]}{more} as its feed", named
    )


def _from_xml(text: str, decoded: Decoded, feed: Feed, base: str) -> FeedDocument | NotAFeed:
    data = as_utf8(text)
    ordinary = strict_feed(data)
    if ordinary is not None:
        return ordinary_document(ordinary, text, decoded, feed, base)
    joined = without_surrogate_references(text)
    if joined != text:
        mended = replace(decoded, mended="holds references to halves of characters")
        return salvaged_document(as_utf8(joined), joined, mended, feed, base)
    return salvaged_document(data, text, decoded, feed, base)


def as_utf8(text: str) -> bytes:
    """A document as UTF-8 that says so: no parser looks an encoding up."""
    declaration = _XML_DECLARATION.match(text)
    return (
        '<?xml version="1.0" encoding="utf-8"?>' + text[declaration.end() if declaration else 0 :]
    ).encode()


def ordinary_document(
    ordinary: StrictFeed, text: str, decoded: Decoded, feed: Feed, base: str
) -> FeedDocument:
    """What a feed says that went the fast way."""
    return FeedDocument(
        entries_of(_newest(ordinary.items), feed, ordinary.language, base),
        plain_text(ordinary.title, TITLE_LIMIT),
        ordinary.version,
        ordinary.damaged or decoded.mended,
        wishes_of(ordinary.head, text),
    )


_LETTER = rb"&#(?!0{0,9}38;|x0{0,9}26;)"
"""A character by its number, but no ampersand, with which another entity could begin."""
_REFERENCE = rb"&(?!#(?!0{0,9}38;|x0{0,9}26;))"
_NESTED_ENTITY = re.compile(
    rb"<!ENTITY\s{1,20}[^\s\"'<>&]{1,100}\s{1,20}(?:"
    rb'"(?:[^"&]|' + _LETTER + rb"){0,2000}" + _REFERENCE + rb'[^"]{0,2000}"|'
    rb"'(?:[^'&]|" + _LETTER + rb"){0,2000}" + _REFERENCE + rb"[^']{0,2000}')\s{0,20}>"
)


def without_nested_entities(data: bytes) -> bytes:
    """The document without entities made of other entities: no feed needs them, and a few lines of them grow to megabytes."""
    return _NESTED_ENTITY.sub(b"", data) if b"<!ENTITY" in data else data


def salvaged_document(
    data: bytes, text: str, decoded: Decoded, feed: Feed, base: str
) -> FeedDocument | NotAFeed:
    """What feedparser makes of a feed that is not plain RSS or Atom, or not well-formed; a stream, so it opens no path."""
    try:
        parsed = feedparser.parse(
            io.BytesIO(without_nested_entities(data)), sanitize_html=False, resolve_relative_uris=False
        )
    except RecursionError:
        return NotAFeed("is nested too deeply to be read; not a feed: check the address")
    except Exception as surprise:  # noqa: BLE001 # the parser raises a dozen types for what a body holds
        return NotAFeed(
            f"could not be parsed ({plain_text(str(surprise), 120) or type(surprise).__name__}); it will be tried again"
        )
    if not parsed.entries and not parsed.get("version"):
        return NotAFeed("answered with something that is not RSS or Atom; check the address")
    problem = parsed.get("bozo_exception") if parsed.get("bozo") else None
    items = _newest([_raw_item(item) for item in parsed.entries])
    channel = parsed.feed
    return FeedDocument(
        entries_of(items, feed, _string(channel.get("language")), base),
        plain_text(_string(channel.get("title")), TITLE_LIMIT),
        str(parsed.get("version") or "unknown"),
        _damage(problem, decoded),
        wishes_of(channel, text),
    )


def _from_page(text: str, decoded: Decoded, feed: Feed, plan: PagePlan, base: str) -> FeedDocument | NotAFeed:
    items = items_of(text, plan, base)
    if not items:
        return NotAFeed(
            f"answered with a page in which the selector {plan.item!r} finds nothing; it may have been rebuilt: "
            "look at it, and mend selector in feeds.toml"
        )
    dated = _newest(items)
    undated = plan.date is not None and not any(date for _, date in dated)
    damage = f"no date can be read where {plan.date!r} points; mend date in feeds.toml" if undated else None
    title = plain_text(title_of(text), TITLE_LIMIT)
    return FeedDocument(entries_of(dated, feed, "", base), title, "page", damage or decoded.mended)


def _from_json(text: str, feed: Feed, base: str) -> FeedDocument | NotAFeed:
    document = read_json_feed(text)
    if not isinstance(document, JsonFeed):
        return NotAFeed(
            f"is not RSS or Atom, and no valid JSON Feed ({plain_text(document, 120)}); check the address"
        )
    items = _newest([
        RawItem(
            guid=str(item.id),
            link=item.url or item.external_url or "",
            title=item.title or "",
            summaries=(item.summary or "", item.content_html or "", item.content_text or ""),
            dates=(item.date_published or "", item.date_modified or ""),
            lang=item.language or "",
        )
        for item in document.items
    ])  # fmt: skip
    version = "json11" if document.version.rstrip("/").endswith("1.1") else "json10"
    title = plain_text(document.title, TITLE_LIMIT)
    return FeedDocument(entries_of(items, feed, document.language or "", base), title, version)


def _raw_item(item: Any) -> RawItem:  # noqa: ANN401 # feedparser has no types
    source = item.get("source")
    return RawItem(
        guid=_string(item.get("id")),
        link=_string(item.get("feedburner_origlink")) or _string(item.get("link")) or _first_link(item),
        title=_string(item.get("title")),
        summaries=(_string(item.get("summary")), *_contents(item)),
        # Read past the dictionary's own mapping, which warns when it invents one date out of the other.
        dates=tuple(_string(dict.get(item, name)) for name in ("published", "updated", "created")),
        lang=_language_of(item),
        source=_string(source.get("title") or source.get("value"))
        if isinstance(source, dict)
        else _string(source),
    )


def _contents(item: Any) -> Iterator[str]:  # noqa: ANN401 # as above
    for content in item.get("content") or ():
        yield _string(content.get("value"))


def _first_link(item: Any) -> str:  # noqa: ANN401 # as above
    for link in item.get("links") or ():
        if link.get("href") and link.get("rel") in {None, "alternate"}:
            return _string(link["href"])
    return ""


def _language_of(item: Any) -> str:  # noqa: ANN401 # as above
    for detail in ("title_detail", "summary_detail"):
        language = (item.get(detail) or {}).get("language")
        if language:
            return _string(language)
    return ""


def _string(value: object) -> str:
    return value if isinstance(value, str) else ""


def _newest(items: Sequence[RawItem]) -> Sequence[tuple[RawItem, FeedDate | None]]:
    """The newest entries with their dates, in the order of the feed; one without a date counts as old."""
    dated = [(item, _date_of(item)) for item in items]
    if len(dated) <= MOST_ENTRIES:
        return dated

    def age(at: int) -> float:
        date = dated[at][1]
        return -date.moment.timestamp() if date else float("inf")

    kept = sorted(sorted(range(len(dated)), key=age)[:MOST_ENTRIES])
    return [dated[at] for at in kept]


def _date_of(item: RawItem) -> FeedDate | None:
    """The first date that can be read; a zero clock of 1970 is none."""
    return next(
        (date for date in map(feed_date, item.dates) if date and date.moment.year >= _FIRST_YEAR), None
    )


def _damage(problem: object, decoded: Decoded) -> str | None:
    if problem is None:
        return decoded.mended
    line = getattr(problem, "getLineNumber", None)
    place = f" at line {line()}" if callable(line) and line() else ""
    message = getattr(problem, "getMessage", lambda: str(problem))()
    return f"not well-formed{place}: {plain_text(str(message), 120)}"
