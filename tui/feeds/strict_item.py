"""One item of an ordinary feed while it is read: which of its texts count, in feedparser's order of precedence."""

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from tui.feeds.entries import RawItem

_HTML_TYPES = frozenset({"html", "text/html", "xhtml", "application/xhtml+xml"})
_NAMED_PARAMETER = re.compile(r"&([A-Za-z0-9_]+);")
_CP1252 = {
    code: bytes([code]).decode("cp1252")
    for code in range(0x80, 0xA0)
    if code not in {0x81, 0x8D, 0x8F, 0x90, 0x9D}
}
_C1 = re.compile("[\x80-\x9f]")


class UnusualError(Exception):
    """Something that feedparser is to judge."""


@dataclass(slots=True)
class StrictItem:
    """What an item has said so far; None where it has not said anything yet."""

    mend: Callable[[str], str]
    """`mended`, or nothing at all where the whole document has nothing to mend."""
    guid: str | None = None
    link: str | None = None
    first_link: str = ""
    original_link: str = ""
    title: str | None = None
    title_lang: str | None = None
    title_settled: bool = False
    """A title that says something stands against all that follow."""
    summary: str | None = None
    summary_lang: str | None = None
    summary_depth: int | None = None
    has_content: bool = False
    contents: list[str] = field(default_factory=list)
    dates: dict[str, str] = field(default_factory=dict)
    source: str = ""

    def raw(self) -> RawItem:
        """The item as every parser hands it over."""
        return RawItem(
            guid=self.guid or "",
            link=self.original_link or self.link or self.first_link,
            title=self.title or "",
            summaries=(self.summary or "", *self.contents),
            dates=tuple(self.dates.get(name, "") for name in ("published", "updated", "created")),
            lang=self.title_lang or self.summary_lang or "",
            source=self.source,
        )

    def take(self, kind: str, text: str, lang: str | None, depth: int) -> None:
        """A text of a kind of `feed_names.ITEM_TEXTS`, from an element at that depth."""
        text = self.mend(text)
        match kind:
            case "title":
                self._take_title(text, lang)
            case "media_title":
                if not self.title_settled:
                    raise UnusualError
            case "summary":
                self._take_summary(text, lang, depth)
            case "content":
                self._take_content(text)
            case "original_link":
                self.original_link = text
            case "source":
                # Whoever names a source may give the title once more.
                self.source, self.title_settled = text, False
            case _:
                self.dates[kind] = text

    def take_guid(self, text: str, *, permalink: bool) -> None:
        """A name that is an address stands in for a link until there is one."""
        self.guid = self.mend(_address(text) if permalink else text)
        if permalink and self.link is None:
            self.link = self.guid

    def take_link(self, href: str, rel: str, kind: str) -> None:
        """A link given as an attribute; only one to a page is the item's own."""
        if rel != "alternate":
            return
        href = _address(href)
        self.first_link = self.first_link or href
        if kind in _HTML_TYPES:
            self.link = href

    def take_text_link(self, text: str, rel: str) -> None:
        """A link given as text; feedparser takes "&name;" in it for a parameter without its semicolon."""
        link = self.mend(_address(text)).replace("&amp;", "&")
        self.link = _NAMED_PARAMETER.sub(r"&\g<1>", link) if ";" in link else link
        if rel == "alternate":
            self.first_link = self.first_link or self.link

    def _take_title(self, text: str, lang: str | None) -> None:
        if not self.title_settled:
            self.title, self.title_lang = text, lang
            self.title_settled = bool(text)

    def _take_summary(self, text: str, lang: str | None, depth: int) -> None:
        """The second of two summaries is a content; beside a content the later one counts."""
        if self.summary is not None and not self.has_content:
            self._take_content(text)
            return
        if self.summary_depth is None or depth <= self.summary_depth:
            self.summary, self.summary_depth = text, depth
        self.summary_lang = lang

    def _take_content(self, text: str) -> None:
        self.has_content = True
        self.contents.append(text)
        if self.summary is None:
            self.summary = text


def mending(data: bytes) -> Callable[[str], str]:
    """What puts the texts of a document in UTF-8 right.

    Both mistakes show in letters from U+0080 to U+00BF, which have one first byte; or they were written as numbers.
    """
    return mended if b"\xc2" in data or b"&#" in data else str


def mended(text: str) -> str:
    """UTF-8 that was taken for Latin-1 put right, and Windows' letters where control characters stand."""
    if text.isascii():
        return text
    with suppress(UnicodeError):
        text = text.encode("latin-1").decode()
    return text.translate(_CP1252) if _C1.search(text) else text


def _address(written: str) -> str:
    if ":///" in written:  # feedparser takes the third stroke away
        raise UnusualError
    return written
