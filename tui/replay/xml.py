"""A feed of the recording as the bytes its publisher would send at a given moment."""

import re
from datetime import datetime
from email.utils import format_datetime
from html import escape
from xml.etree.ElementTree import Element, SubElement, tostring

from tui.replay.world import Edit, RecordedEntry, RecordedFeed, World

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML document may hold."""


def feed_xml(world: World, feed: RecordedFeed, epoch: datetime, at: datetime) -> bytes:
    """The feed as it stood then: its latest entries, edits applied; RSS 2.0 or Atom 1.0.

    The bytes change only when an entry does, so that they can be hashed into an ETag.
    """
    standing = world.standing(feed, epoch, at)
    changed = last_change(world, feed, epoch, at)
    root = (_atom if feed.format == "atom10" else _rss)(feed, standing, epoch, at, changed)
    document: bytes = tostring(root, encoding=feed.encoding, xml_declaration=True)
    return document


def last_change(world: World, feed: RecordedFeed, epoch: datetime, at: datetime) -> datetime:
    """When the feed last got an entry or an edit; the epoch when it is still empty."""
    moments = [entry.wording(at - epoch).at for entry in world.standing(feed, epoch, at)]
    return max((epoch + moment for moment in moments), default=epoch)


def content_type(feed: RecordedFeed) -> str:
    """As a publisher would label it; the charset only where the label is needed."""
    kind = "application/atom+xml" if feed.format == "atom10" else "application/rss+xml"
    return kind if feed.encoding == "utf-8" else f"{kind}; charset={feed.encoding}"


def _rss(
    feed: RecordedFeed,
    standing: tuple[RecordedEntry, ...],
    epoch: datetime,
    at: datetime,
    changed: datetime,
) -> Element:
    root = Element("rss", version="2.0")
    channel = SubElement(root, "channel")
    _text(channel, "title", feed.name)
    _text(channel, "link", feed.site)
    _text(channel, "description", feed.publisher)
    _text(channel, "language", feed.lang)
    _text(channel, "lastBuildDate", format_datetime(changed, usegmt=True))
    for entry in standing:
        wording = entry.wording(at - epoch)
        item = SubElement(channel, "item")
        _text(item, "title", wording.title)
        _text(item, "link", _link(feed, entry))
        _text(item, "guid", entry.id).set("isPermaLink", "false")
        _text(item, "pubDate", format_datetime(epoch + entry.at, usegmt=True))
        _text(item, "description", _summary(feed, wording))
    return root


def _atom(
    feed: RecordedFeed,
    standing: tuple[RecordedEntry, ...],
    epoch: datetime,
    at: datetime,
    changed: datetime,
) -> Element:
    root = Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": feed.lang})
    _text(root, "title", feed.name)
    _text(root, "id", feed.site)
    SubElement(root, "link", href=feed.site)
    _text(root, "updated", changed.isoformat())
    for entry in standing:
        wording = entry.wording(at - epoch)
        item = SubElement(root, "entry")
        _text(item, "title", wording.title)
        _text(item, "id", f"tag:{feed.slug},{entry.id}")
        SubElement(item, "link", href=_link(feed, entry))
        _text(item, "published", (epoch + entry.at).isoformat())
        _text(item, "updated", (epoch + wording.at).isoformat())
        _text(item, "summary", _summary(feed, wording)).set("type", "html" if feed.html else "text")
    return root


def _summary(feed: RecordedFeed, wording: Edit) -> str:
    return f"<p>{escape(wording.summary)}</p>" if feed.html else wording.summary


def _link(feed: RecordedFeed, entry: RecordedEntry) -> str:
    return entry.link or f"{feed.site}/{entry.id}"


def _text(parent: Element, tag: str, text: str) -> Element:
    element = SubElement(parent, tag)
    element.text = _NOT_XML.sub(" ", text)
    return element
