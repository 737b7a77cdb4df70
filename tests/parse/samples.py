"""Small feeds of our own for the tests."""

from datetime import UTC, datetime

from tui.domain.feed import Feed

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
FEED = Feed(
    url="https://news.example/rss/all.xml", name="News", publisher="News Example", lang="en", country="PL"
)


def rss(*items: str, channel: str = "") -> bytes:
    """An RSS 2.0 feed of the items given as XML."""
    joined = "".join(f"<item>{item}</item>" for item in items)
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">'
        f"<channel><title>News</title>{channel}{joined}</channel></rss>"
    ).encode()


def titled(title: str, guid: str = "g1") -> str:
    """An item with little more than a title."""
    return f"<title>{title}</title><link>https://news.example/{guid}</link><guid>{guid}</guid>"
