"""OPML: lists of feeds from other programs, and ours for them. What is imported is a stranger's: only web addresses get in."""

from collections.abc import Iterable
from typing import Never
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

from tui.domain.feed import Feed, FeedKind
from tui.domain.value import dataclass
from tui.feeds import feed_fields as fields
from tui.reading.plain_text import plain_text

LARGEST_FILE = 8 * 1024 * 1024

_MOST_OUTLINES = 20_000
_DEEPEST = 50
_NAMESPACE = "overflight"
"""Prefix of the attributes that other programs do not have."""
_NAMESPACE_URL = "https://overflight.example/opml"


class OpmlError(Exception):
    """A file that is no list of feeds, and why, in plain words."""


@dataclass(frozen=True, slots=True)
class Outline:
    """One feed of an OPML file, as a stranger wrote it."""

    url: str
    name: str
    lang: str = ""
    country: str = ""
    publisher: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """An outline that cannot become a feed."""

    name: str
    reason: str


def read_opml(content: bytes) -> tuple[Outline, ...]:
    """Every outline with an address; raises OpmlError. No document type is read, so nothing outside is."""
    if len(content) > LARGEST_FILE:
        raise OpmlError("is larger than 8 MB; export fewer feeds")
    reader = _Reader()
    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.StartDoctypeDeclHandler = reader.doctype
    try:
        parser.Parse(content, True)  # noqa: FBT003 - the parser's signature
    except expat.ExpatError as problem:
        raise OpmlError(f"is not well-formed at line {problem.lineno}; export it again") from None
    except (ValueError, LookupError):  # an encoding that is not known
        raise OpmlError("is in an encoding that is not read; save it as UTF-8") from None
    return tuple(reader.found)


class _Reader:
    """Takes outlines as the parser meets them."""

    def __init__(self) -> None:
        self.found: list[Outline] = []
        self._depth = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self._depth += 1
        if self._depth > _DEEPEST or len(self.found) > _MOST_OUTLINES:
            raise OpmlError("nests too deeply or lists too many feeds; export fewer")
        if self._depth == 1 and name != "opml":
            raise OpmlError(
                f"is no OPML but <{plain_text(name, 40)}>; export it from the other reader as OPML"
            )
        if name == "outline":
            outline = _outline({key.lower(): value for key, value in attributes.items()})
            if outline.url:
                self.found.append(outline)

    def end(self, _name: str) -> None:
        """An element ends."""
        self._depth -= 1

    def doctype(self, *_: object) -> Never:
        """Entities come with it."""
        raise OpmlError(
            "has a document type, which a list of feeds needs not; take the line with DOCTYPE out"
        )


def _outline(attributes: dict[str, str]) -> Outline:
    def own(name: str) -> str:
        return attributes.get(f"{_NAMESPACE}:{name}", "")

    return Outline(
        url=attributes.get("xmlurl", "").strip(),
        name=attributes.get("title") or attributes.get("text") or "",
        lang=attributes.get("language", ""),
        country=own("country"),
        publisher=own("publisher"),
        kind=own("kind"),
    )


def feed_of(outline: Outline) -> Feed | Refusal:
    """The feed that an outline stands for: http or https, without secrets, never on a private address."""
    name = plain_text(outline.name, fields.NAME_LIMIT).replace("\n", " ")
    shown = name or plain_text(outline.url, 60) or "an outline"
    try:
        url, login = fields.address("xmlUrl", outline.url)
    except fields.FieldError as problem:
        return Refusal(shown, problem.problem)
    if login:
        return Refusal(shown, "holds a password in its address; add it by hand, with the password in headers")
    name = name or url.split("/")[2][: fields.NAME_LIMIT]
    publisher = plain_text(outline.publisher, fields.NAME_LIMIT)
    return Feed(
        url=url,
        name=name,
        lang=_if_valid(outline.lang.replace("_", "-"), "language"),
        country=_if_valid(outline.country.upper(), "country"),
        publisher=publisher or name,
        # A page is nothing without its selectors, which no list of feeds can hold.
        kind=FeedKind(outline.kind) if outline.kind in set(FeedKind) - {FeedKind.PAGE} else FeedKind.NATIONAL,
    )


def _if_valid(written: str, what: str) -> str | None:
    check = fields.language if what == "language" else fields.country
    try:
        return check(what, written) if written else None
    except fields.FieldError:
        return None


def write_opml(feeds: Iterable[Feed]) -> str:
    """A list that other programs read too; headers and keys are never in it, nor pages that are no feeds."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<opml version="2.0" xmlns:{_NAMESPACE}="{_NAMESPACE_URL}">',
        "  <head><title>Feeds of Overflight</title></head>",
        "  <body>",
        *(f"    <outline {_attributes(feed)}/>" for feed in feeds if feed.page is None),
        "  </body>",
        "</opml>",
    ]
    return "\n".join(lines) + "\n"


def _attributes(feed: Feed) -> str:
    values = {
        "type": "rss",
        "text": feed.name,
        "title": feed.name,
        "xmlUrl": feed.url,
        "language": feed.lang,
        f"{_NAMESPACE}:country": feed.country,
        f"{_NAMESPACE}:publisher": feed.publisher if feed.publisher != feed.name else None,
        f"{_NAMESPACE}:kind": feed.kind,
    }
    return " ".join(f"{name}={quoteattr(value)}" for name, value in values.items() if value)
