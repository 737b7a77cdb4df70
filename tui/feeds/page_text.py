"""The text of an article out of its page; runs in the parse child, for pages are hostile and the library is large."""

from tui.domain.full_text import LONGEST
from tui.feeds.decoding import EncodingRefused, decode
from tui.feeds.page import charset_of
from tui.reading.plain_text import plain_text

_SHORTEST = 80
"""Characters below which nothing was found: a wall of consent, a line of a menu."""

_MOST_TAGS = 60_000


class NoText(Exception):  # noqa: N818 - a reason, told as one
    """There is no text to be had; why, in plain words."""


def page_text(body: bytes, content_type: str, url: str) -> str:
    """The article as plain text, one line a paragraph.

    Raises:
        NoText: the library is not installed, or there is no article.
    """
    try:
        import trafilatura  # noqa: PLC0415 - an extra, loaded for the first page
    except ImportError:
        raise NoText("needs an extra: pip install 'overflight[fulltext]'") from None
    decoded = decode(body, charset_of(body, content_type))
    if isinstance(decoded, EncodingRefused):
        raise NoText(f"is written in an encoding that is not read: {decoded.name}")
    if decoded.text.count("<") > _MOST_TAGS:
        raise NoText("has more tags than an article")
    found = trafilatura.extract(
        decoded.text,
        url=url,
        fast=True,
        include_comments=False,
        include_tables=True,
        include_images=False,
        include_links=False,
        output_format="txt",
    )
    text = plain_text(found or "", LONGEST, multiline=True)
    if len(text) < _SHORTEST:
        raise NoText("holds no article that could be found")
    return text
