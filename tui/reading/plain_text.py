"""The one door for text: what a stranger sent in, plain text that cannot act on a terminal out."""

import re
import unicodedata
from urllib.parse import quote, urlsplit, urlunsplit

from tui.reading.markup import strip_tags, unescape_entities

TITLE_LIMIT = 300
SUMMARY_LIMIT = 4_000
LINK_LIMIT = 2_048
"""Longest title, summary and link, in characters."""

MAX_MARKS = 3
"""Combining marks in a row; more is decoration that climbs out of its row."""
_MAX_STACKED_MARKS = 6
"""Tibetan and Burmese syllables stack more, all inside the row."""

_REPLACEMENT = "\ufffd"
_MAX_PASSES = 5
_RAW_FACTOR = 16
_RAW_SPARE = 2_048

# One cell to a terminal's width table, many on the glass.
_OVER_WIDE = frozenset({0xFDFD, 0x1242B, 0x12219, 0x2E3B, 0xA9C5, 0x102A, 0x0BF5})
_JOINERS = "\u200c\u200d"
# A joiner has a meaning only inside a word of Arabic script or of India.
_STRAY_JOINER = re.compile("(?<![\u0600-\u0dff])[\u200c\u200d]|[\u200c\u200d](?![\u0600-\u0dff])")
# Marks are no word characters to `re`, so each run of them lies in one of these, beside punctuation.
_RUN_WITH_MARKS = re.compile(r"[^\w\s\x00-\x7f]+")
# Letters and punctuation of most feeds: safe as they are, composed already, and without marks.
_ORDINARY = re.compile(
    "[\n -~\u00a1-\u00ac\u00ae-\u02ff\u0391-\u03a1\u03a3-\u03ce\u0400-\u0481\u048a-\u052f\u2010-\u2027\u2030-\u205e\u20ac"
    "\u3001-\u3029\u3041-\u3096\u30a1-\u30ff\u4e00-\u9ffc\uac00-\ud7a3\uff01-\uff5e]*"
)

# A short line that is plain already, as names, dates and many titles are.
_TIDY = re.compile("[!-%'-;=?-~]++(?: [!-%'-;=?-~]++)*+")

_BY_CATEGORY = {
    "Cc": _REPLACEMENT,
    "Cs": _REPLACEMENT,
    "Co": _REPLACEMENT,
    "Cn": _REPLACEMENT,
    "Cf": "",  # bidi controls, zero-width, soft hyphen, tags
    "Me": "",
    "Zs": " ",
}
_BY_CODE = (
    dict.fromkeys((0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029), "\n")
    | dict.fromkeys(_OVER_WIDE, _REPLACEMENT)
    | {0x09: " ", 0x200C: "\u200c", 0x200D: "\u200d"}
    # Skin tones and variation selectors change the width of what stands before them.
    | dict.fromkeys((*range(0x1F3FB, 0x1F400), *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)), "")
    # Terminals disagree on the width of the halves of a flag: its letters say the same.
    | {0x1F1E6 + letter: chr(ord("A") + letter) for letter in range(26)}
)


class _SafeCharacters(dict[int, str]):
    """What each code point becomes; filled as code points are met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        safe = self[code] = _BY_CATEGORY.get(unicodedata.category(character), character)
        return safe


_SAFE = _SafeCharacters(_BY_CODE)


_MOST_COMPOSED = 3
"""Composed (NFC), a character is at most three."""


def own_text(text: str) -> str:
    """What a person here wrote, as `plain_text` and never shortened: what is too long is refused by its own length."""
    return plain_text(text, _MOST_COMPOSED * len(text))


def plain_text(text: str, limit: int, *, multiline: bool = False) -> str:
    """Hostile HTML or text to at most `limit` characters of plain text; idempotent, never raises.

    One line, or with `multiline` one line a paragraph. What is cut ends in an ellipsis.
    """
    if limit <= 0:
        return ""
    if len(text) <= limit and _TIDY.fullmatch(text):
        return text
    raw_limit = limit * _RAW_FACTOR + _RAW_SPARE
    cut = len(text) > raw_limit
    if cut:
        text = _without_open_tag(text[:raw_limit])
    for _ in range(_MAX_PASSES):
        cleaned = _clip(_clean(unescape_entities(strip_tags(text)), multiline=multiline), limit, cut=cut)
        # Only what could be markup or a reference again needs another look.
        if cleaned == text or ("<" not in cleaned and "&" not in cleaned and "]]>" not in cleaned):
            return cleaned
        text, cut = cleaned, False
    return _clip(_clean(re.sub(r"[<>&]", "", text), multiline=multiline), limit, cut=False)


def _clean(text: str, *, multiline: bool) -> str:
    ordinary = _ORDINARY.fullmatch(text) is not None
    if not ordinary:
        text = _sanitised(text)
    # Ordinary text has no white space but spaces and line ends; taking its words apart costs more than a look.
    tidied = str.strip if ordinary and "  " not in text else _tidied
    if not multiline:
        return _tidied(text) if "\n" in text else tidied(text)
    return "\n".join(filter(None, map(tidied, text.split("\n"))))


def _tidied(line: str) -> str:
    return " ".join(line.split())


def _sanitised(text: str) -> str:
    text = text.translate(_SAFE)
    if "\u200c" in text or "\u200d" in text:
        text = _STRAY_JOINER.sub("", text)
    # Marks are capped before composing, since composing a long run of them is quadratic, and after it.
    while True:
        composed = unicodedata.normalize("NFC", _RUN_WITH_MARKS.sub(_with_few_marks, text))
        if composed == text:
            return text
        text = composed


def _with_few_marks(run: re.Match[str]) -> str:
    """The run without what climbs out of its row, and without marks that have nothing to stand on."""
    text = run[0]
    before = run.string[run.start() - 1] if run.start() else " "
    # A mark at the start would land on whatever the screen shows to its left.
    marks = _MAX_STACKED_MARKS if before.isspace() else 0
    if not marks and len(text) <= MAX_MARKS:
        return text
    kept: list[str] = []
    for character in text:
        if unicodedata.category(character)[0] == "M":
            marks += 1
            stacked = 0x0F00 <= ord(character) <= 0x109F
            if marks > (_MAX_STACKED_MARKS if stacked else MAX_MARKS):
                continue
        elif character not in _JOINERS:
            marks = 0
        kept.append(character)
    return "".join(kept)


def _clip(text: str, limit: int, *, cut: bool) -> str:
    if not text or (len(text) <= limit and not cut):
        return text
    return text[: limit - 1].rstrip(f" \n…{_JOINERS}") + "…"


def _without_open_tag(text: str) -> str:
    """The cut may have gone through a tag."""
    opened = text.rfind("<")
    return text[:opened] if opened > text.rfind(">") and len(text) - opened < _RAW_SPARE else text


_HOST = re.compile(r"[a-z0-9_]([a-z0-9_.-]*[a-z0-9_.])?")
_UNSAFE_IN_LINK = re.compile(r"[\x00-\x20\x7f-\xa0\\<>\"`{}|^]")


def safe_link(url: str) -> str:
    """The link as ASCII, absolute, http or https with a host, without userinfo; else an empty string."""
    url = url.strip()
    if len(url) > LINK_LIMIT or _UNSAFE_IN_LINK.search(url):
        return ""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
        if not host.isascii():
            host = host.encode("idna").decode("ascii")
        if parts.scheme not in {"http", "https"} or not host or len(host) > 253:
            return ""
        if ":" in host:
            host = f"[{host}]"
        elif not _HOST.fullmatch(host):
            return ""
        netloc = host if port is None else f"{host}:{port}"
        path, query, fragment = (_ascii(part) for part in (parts.path, parts.query, parts.fragment))
        link = urlunsplit((parts.scheme, netloc, path, query, fragment))
    except ValueError:  # a bad IPv6 address or port, a host that is no name, a lone surrogate
        return ""
    return link if len(link) <= LINK_LIMIT else ""


def _ascii(part: str) -> str:
    return part if part.isascii() else quote(part, safe="!#$%&'()*+,/:;=?@[]~-._")
