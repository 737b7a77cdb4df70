"""Feeds that a web page names, and where else a site may keep one."""

import html
import re
from collections.abc import Iterator
from urllib.parse import urljoin

from tui.domain.value import dataclass
from tui.reading.plain_text import TITLE_LIMIT, plain_text, safe_link

USUAL_PATHS = ("/feed", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml")
"""Where a site may keep its feed without saying so, most usual first."""

MOST_NAMED = 20

_READ = 512 * 1024
_LONGEST_TAG = 3_000
_MOST_TAGS = 2_000
_LONGEST_PATH = 500
"""Characters of a link that are looked at."""
_FEED_TYPES = {
    "application/rss+xml",
    "application/atom+xml",
    "application/rdf+xml",
    "application/feed+json",
    "text/xml",
    "application/xml",
}
_ATTRIBUTE = re.compile(
    r"""([a-zA-Z-]{1,20})\s{0,9}=\s{0,9}("[^"]{0,2100}"|'[^']{0,2100}'|[^\s"'<>]{1,2100})"""
)
_LOOKS_LIKE_A_FEED = re.compile(r"(?:^|[/._-])(?:rss|atom|feeds?|rdf)(?:$|[/._?-])|\.xml$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NamedFeed:
    """What a page says is a feed."""

    url: str
    """Absolute http or https address that may be asked."""
    title: str = ""


def named_feeds(page: str, url: str) -> tuple[NamedFeed, ...]:
    """The feeds that a page at `url` declares, in its order; without any, the links that look like feeds."""
    text = page[:_READ]
    base = next((urljoin(url, tag["href"]) for tag in _tags(text, "base") if "href" in tag), url)
    declared = [tag for tag in _tags(text, "link") if _declares_a_feed(tag)]
    linked = [
        tag
        for tag in _tags(text, "a")
        if _LOOKS_LIKE_A_FEED.search(_without_fragment(tag.get("href", ""))[:_LONGEST_PATH])
    ]
    found: dict[str, NamedFeed] = {}
    for tag in declared or linked:
        address = _absolute(base, tag.get("href", ""))
        if address and address != url and len(found) < MOST_NAMED:
            found.setdefault(address, NamedFeed(address, plain_text(tag.get("title", ""), TITLE_LIMIT)))
    return tuple(found.values())


def _declares_a_feed(tag: dict[str, str]) -> bool:
    kind = tag.get("type", "").partition(";")[0].strip().lower()
    return "alternate" in tag.get("rel", "").lower().split() and kind in _FEED_TYPES


def _tags(text: str, name: str) -> Iterator[dict[str, str]]:
    """Attributes of each element of that name, names in lower case; a tag of no end is left out."""
    start = re.compile(rf"<{name}(?=[\s/])", re.IGNORECASE)
    for number, tag in enumerate(start.finditer(text)):
        end = text.find(">", tag.end(), tag.end() + _LONGEST_TAG)
        if number >= _MOST_TAGS:
            return
        if end >= 0:
            inside = _ATTRIBUTE.finditer(text, tag.end(), end)
            yield {one[1].lower(): html.unescape(one[2].strip("\"'")) for one in inside}


def _absolute(base: str, href: str) -> str:
    try:
        return safe_link(urljoin(base, _without_fragment(href)))
    except ValueError:  # brackets that are no IPv6 address
        return ""


def _without_fragment(href: str) -> str:
    return href.strip().partition("#")[0]
