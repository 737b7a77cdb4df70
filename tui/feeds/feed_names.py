"""The names that feeds use, as feedparser knows them: which say something to us, and which must not be overlooked."""

_STANDARD = {
    "": (
        "http://backend.userland.com/rss",
        "http://blogs.law.harvard.edu/tech/rss",
        "http://purl.org/rss/1.0/",
        "http://my.netscape.com/rdf/simple/0.9/",
        "http://example.com/newformat#",
        "http://example.com/necho",
        "http://purl.org/echo/",
        "uri/of/echo/namespace#",
        "http://purl.org/pie/",
        "http://purl.org/atom/ns#",
        "http://www.w3.org/2005/atom",
        "http://purl.org/rss/1.0/modules/rss091#",
    ),
    "content": ("http://purl.org/rss/1.0/modules/content/",),
    "dc": ("http://purl.org/dc/elements/1.1/",),
    "dcterms": ("http://purl.org/dc/terms/",),
    "feedburner": ("http://rssnamespace.org/feedburner/ext/1.0",),
    "itunes": (
        "http://www.itunes.com/dtds/podcast-1.0.dtd",
        "http://example.com/dtds/podcast-1.0.dtd",
    ),
    "media": ("http://search.yahoo.com/mrss", "http://search.yahoo.com/mrss/"),
    "psc": ("http://podlove.org/simple-chapters",),
    "rdf": ("http://www.w3.org/1999/02/22-rdf-syntax-ns#",),
    "sy": ("http://purl.org/rss/1.0/modules/syndication/",),
    "xhtml": ("http://www.w3.org/1999/xhtml",),
    "xml": ("http://www.w3.org/xml/1998/namespace",),
}
_PREFIX_OF = {uri: prefix for prefix, uris in _STANDARD.items() for uri in uris}

FEED_PREFIXES = frozenset(_STANDARD) - {""}

OUTSIDE_NAMES = {"rss": "rss", "rdf:rdf": "rdf", "feed": "head"}
"""Roots, and what their children belong to."""

RSS_VERSIONS = {"0.91": "rss091u", "0.92": "rss092", "0.93": "rss093", "0.94": "rss094"}

HEAD_TEXTS = {
    "title": "title",
    "dc:title": "title",
    "language": "language",
    "dc:language": "language",
    "ttl": "ttl",
    "sy:updateperiod": "sy_updateperiod",
    "sy:updatefrequency": "sy_updatefrequency",
}
"""What the head of a feed says, to feedparser's name for it."""

ITEM_TEXTS = {
    "title": "title",
    "dc:title": "title",
    "media:title": "media_title",
    "link": "link",
    "guid": "id",
    "id": "id",
    "description": "summary",
    "dc:description": "summary",
    "media:description": "summary",
    "summary": "summary",
    "itunes:summary": "summary",
    "content": "content",
    "content:encoded": "content",
    "pubdate": "published",
    "published": "published",
    "issued": "published",
    "dcterms:issued": "published",
    "updated": "updated",
    "modified": "updated",
    "lastbuilddate": "updated",
    "dc:date": "updated",
    "dcterms:modified": "updated",
    "created": "created",
    "dcterms:created": "created",
    "feedburner:origlink": "original_link",
    "source": "source",
}
"""What an item says, to what it means."""

_REFUSED = """
abstract body channel content_detail date date_parsed entry entries feed fullitem description_detail href image info item links math
newlocation original rss summary_detail svg tagline tags textinput title_detail html xhtml where
"""

DANGEROUS = frozenset({*ITEM_TEXTS, *_REFUSED.split()})
"""Names that would change what we take, were they to stand in another place than the usual."""

HARMLESS_IN_HEAD = frozenset(ITEM_TEXTS) - {"media:title", "source", "content", "content:encoded"}
"""Names of items that say nothing to us when the head of a feed has them."""

IMAGE_PARTS = frozenset({"title", "link", "description", "url", "width", "height", "name"})
"""What may stand in the picture of a feed and in its search box."""


def prefix_of(uri: str) -> str | None:
    """The usual prefix of a namespace, empty for the formats themselves; None for one that is not known."""
    lower = uri.lower()
    return "" if "backend.userland.com/rss" in lower else _PREFIX_OF.get(lower)
