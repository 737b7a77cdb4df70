"""A web page without a feed, as a ministry's list of daily tallies: items by CSS selectors out of feeds.toml.

The library is loaded when the first such page is parsed, or its selectors are checked: few lists have one.
"""

import html
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from tui.domain.feed import PagePlan
from tui.feeds.dates import feed_date
from tui.feeds.entries import RawItem

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

MOST_ITEMS = 500
_LONGEST_TEXT = 20_000
_LONGEST_NAME = 300
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s{0,5}=\s{0,5}[\"']?([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)
_HEAD = 4_096


def charset_of(page: bytes, content_type: str) -> str:
    """The content type with the charset that the page names itself, when its server names none."""
    found = _CHARSET.search(page[:_HEAD])
    if found is None or "charset" in content_type.lower():
        return content_type
    return f"text/html; charset={found[1].decode('ascii')}"


def selector_problem(selector: str) -> str | None:
    """What is wrong with a CSS selector, None when it can be used."""
    from selectolax.lexbor import LexborHTMLParser, SelectolaxError  # noqa: PLC0415 - see the head of this file

    try:
        LexborHTMLParser("<p>x</p>").css(selector)
    except SelectolaxError:
        return "is no CSS selector"
    return None


def items_of(page: str, plan: PagePlan, url: str) -> list[RawItem]:
    """The items that the plan finds in the page at `url`, at most MOST_ITEMS, in its order; none is an answer too."""
    from selectolax.lexbor import LexborHTMLParser  # noqa: PLC0415 - see the head of this file

    document = LexborHTMLParser(page)
    document.strip_tags(["script", "style", "template", "noscript"])
    items = list(_items(document, plan))
    links = Counter(item.link for item in items)
    named = (_named(item, alone=bool(item.link) and links[item.link] == 1) for item in items)
    # What a script would have to open is found on the page itself.
    return [item if _may_open(item.link) else replace(item, link=url) for item in named]


def title_of(page: str) -> str:
    """What the page calls itself."""
    from selectolax.lexbor import LexborHTMLParser  # noqa: PLC0415 - see the head of this file

    node = LexborHTMLParser(page).css_first("title")
    return _text(node)[:_LONGEST_NAME] if node is not None else ""


def _items(document: "LexborHTMLParser", plan: PagePlan) -> Iterator[RawItem]:
    for node in document.css(plan.item)[:MOST_ITEMS]:
        link = node.css_first(plan.link or "a[href]")
        if link is None and node.tag == "a":
            link = node
        title = node.css_first(plan.title) if plan.title else link
        date = node.css_first(plan.date or "time[datetime]")
        summary = node.css_first(plan.summary) if plan.summary else node
        words, body = _text(title) or _text(node), _text(summary)
        if words:
            yield RawItem(
                link=_attribute(link, "href"),
                title=words,
                summaries=(body,) if body != words else (),
                dates=_dates(date),
            )


def _named(item: RawItem, *, alone: bool) -> RawItem:
    """The item with an identity that lasts: its link and its day; a page that has neither, its words.

    A tally that is corrected during the day keeps its identity, and becomes another wording of the same entry.
    """
    date = next((found for found in map(feed_date, item.dates) if found is not None), None)
    day = date.moment.date().isoformat() if date is not None else ""
    link = item.link if alone or day else ""
    return replace(item, guid=f"{link} {day}".strip() or item.title)


def _may_open(link: str) -> bool:
    return bool(link) and not link.startswith("#") and not link.lower().startswith("javascript:")


def _dates(node: "LexborNode | None") -> tuple[str, ...]:
    if node is None:
        return ()
    return tuple(filter(None, (_attribute(node, "datetime"), html.unescape(_text(node)))))


def _text(node: "LexborNode | None") -> str:
    """The words of a node, with a space between its parts, as HTML: what looks like a tag in it is none."""
    if node is None:
        return ""
    return html.escape(" ".join(node.text(separator=" ")[:_LONGEST_TEXT].split()), quote=False)


def _attribute(node: "LexborNode | None", name: str) -> str:
    return ((node.attributes.get(name) if node is not None else "") or "").strip()
