"""One spelling for matching: NFKC, casefold, no marks, no zero-width, with the way back to the text."""

import re
import unicodedata
from functools import cache

from tui.domain.value import dataclass

_KEPT_MARKS = {"\u3099", "\u309a"}
_HALF_WIDTH_MARKS = {"\uff9e": "\u3099", "\uff9f": "\u309a"}
_SPECIAL = {
    "ı": "i",
    "ł": "l",
    "đ": "d",
    "ø": "o",
    "æ": "ae",
    "œ": "oe",
    "ß": "ss",
    "ё": "е",
    "ѐ": "е",
    "ґ": "г",
    "’": "'",
    "‘": "'",
    "ʼ": "'",
    "ʹ": "'",
    "`": "'",
    "´": "'",
    "“": '"',
    "”": '"',
    "„": '"',
    "«": '"',
    "»": '"',
    "״": '"',
    "׳": "'",
    "–": "-",
    "—": "-",
    "‐": "-",
    "‑": "-",
    "−": "-",
    "أ": "ا",
    "إ": "ا",
    "آ": "ا",
    "ٱ": "ا",
    "ى": "ي",
    "ی": "ي",
    "ئ": "ي",
    "ک": "ك",
    "ة": "ه",
    "ۀ": "ه",
    "ہ": "ه",
    "ؤ": "و",
    "ـ": "",
    "ς": "σ",
    "臺": "台",
}
"""Letters that Unicode keeps apart and newspapers do not."""


def _fold_char(char: str) -> str:
    """What one code point becomes; empty when it only decorates."""
    special = _SPECIAL.get(char)
    if special is not None:
        return special
    if char in _HALF_WIDTH_MARKS:
        return _HALF_WIDTH_MARKS[char]
    if _is_cjk(char):
        return unicodedata.normalize("NFKC", char).casefold()
    folded = []
    for part in unicodedata.normalize("NFKC", char).casefold():
        known = _SPECIAL.get(part)
        if known is not None:
            folded.append(known)
            continue
        for piece in unicodedata.normalize("NFKD", part):
            category = unicodedata.category(piece)
            if category in {"Mn", "Me", "Cf"} and piece not in _KEPT_MARKS:
                continue
            folded.append(_SPECIAL.get(piece, " " if category[0] in "ZC" else piece))
    return "".join(folded)


def _is_cjk(char: str) -> bool:
    """Whether a code point belongs to a script whose marks are letters: kana, Han, Hangul."""
    code = ord(char)
    return 0x1100 <= code <= 0x11FF or 0x2E80 <= code <= 0xD7FF or 0xF900 <= code <= 0xFAFF or code >= 0x20000


class _Table(dict[int, str]):
    """Code point to folded text, filled as code points are met; bounded by Unicode itself."""

    def __missing__(self, code: int) -> str:
        folded = _fold_char(chr(code))
        self[code] = folded
        if len(folded) != 1:
            _RESIZED.add(chr(code))
        return folded


_TABLE = _Table()
_RESIZED: set[str] = set()
"""Code points met so far that do not become one other."""


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text and, for each folded code point, the index it came from."""

    text: str
    origin: list[int] | None
    """None when each came from the index it is at."""
    length: int
    """Code points of the text before folding."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Start and end in the text before folding."""
        origin = self.origin
        if origin is None:
            return (start, end) if start < end else (min(start, self.length),) * 2
        if start >= end:
            point = origin[start] if start < len(origin) else self.length
            return point, point
        after = origin[end] if end < len(origin) else self.length
        return origin[start], max(origin[end - 1] + 1, after)


def fold_quick(text: str) -> str:
    """The folded text alone, for the gate."""
    if text.isascii():
        return text.lower()
    odd = set(_odd(text))
    if not _APART_LETTERS.isdisjoint(odd):
        text = _compose(text)
        odd = set(_odd(text))
    return _translated(text, odd)


def fold_file(text: str) -> str:
    """A file of our own folded at once, its tabs and line ends kept: the lines stay the same lines."""
    text = _compose(text)
    for char in set(text) - _LAYOUT:
        folded = _TABLE[ord(char)]
        if folded != char:
            text = text.replace(char, folded)
    return text


_LAYOUT = frozenset("\t\n")


def fold(text: str, quickly: str | None = None) -> Folded:
    """The folded text with the way back; `quickly` is what `fold_quick` made of it, if known."""
    length = len(text)
    if text.isascii():
        return Folded(text.lower() if quickly is None else quickly, None, length)
    odd = set(_odd(text))
    if not _APART_LETTERS.isdisjoint(odd):
        composed = _compose(text)
        if len(composed) != length:
            return _fold_clusters(text)
        if composed is not text:
            quickly = None
    folded = _translated(text, odd) if quickly is None else quickly
    if _RESIZED.isdisjoint(odd):
        return Folded(folded, None, length)
    origin: list[int] = []
    for index, char in enumerate(text):
        size = len(_TABLE[ord(char)])
        if size == 1:
            origin.append(index)
        else:
            origin.extend([index] * size)
    return Folded(folded, origin, length)


CALM = (
    " -_a-~\u0391-\u03a1\u03a4-\u03a9\u03b1-\u03c1\u03c3-\u03c9\u040f-\u0418\u041a-\u0438\u043a-\u044f"
    "\u05d0-\u05ea\u062a-\u063f\u0641-\u0648\u0660-\u066f\u0903-\u0928\u092a-\u0930\u0935-\u0939\u093d-\u0940"
    "\u3001-\u3035\u303b-\u3098\u30a0-\u30fe\u4e00-\u81f9\u81fb-\u9fff\uac00-\ud7a3"
)
"""Common letters of which folding makes the small letter and nothing else, wherever they stand, as ranges."""
_odd = re.compile(f"[^{CALM}]").findall
_ASCII = frozenset(map(chr, range(128)))
_FEW = 12
"""A text with no more different letters beyond ASCII, all of a Latin alphabet, keeps its line ends."""
_MANY = 40
"""So many different letters are sooner translated than replaced one by one."""


def _translated(text: str, odd: set[str]) -> str:
    """Each code point folded by itself; `odd` are those of the text beyond the calm ones."""
    if len(odd) > _MANY:
        return text.translate(_TABLE)
    folded = {char: _TABLE[ord(char)] for char in odd}
    if not all(map(_is_settled, folded.values())):
        return text.translate(_TABLE)
    beyond = odd - _ASCII
    for char in beyond:
        text = text.replace(char, folded[char])
    if len(beyond) > _FEW or not text.isascii():
        for char in odd - beyond:
            text = text.replace(char, folded[char])
    return text.lower()


@cache
def _is_settled(folded: str) -> bool:
    """Whether folding a letter's folded form once more, or making it small, changes nothing."""
    return all(_TABLE[ord(char)] == char == char.lower() for char in folded)


_APART = re.compile("[\u3099\u309a\uff9e\uff9f\u1100-\u11ff]")
"""Marks of kana, and the letters of Hangul, that came taken apart."""
_APART_LETTERS = frozenset("\u3099\u309a\uff9e\uff9f") | frozenset(map(chr, range(0x1100, 0x1200)))


def _compose(text: str) -> str:
    """Kana and Hangul put together; the very same object when nothing was to be done."""
    if not _APART.search(text):
        return text
    return "".join(cluster for _, cluster in _clusters(text))


def _clusters(text: str) -> list[tuple[int, str]]:
    """Code points, kana with their marks and Hangul syllables put together, each with its index."""
    clusters: list[tuple[int, str]] = []
    for index, char in enumerate(text):
        mark = _HALF_WIDTH_MARKS.get(char, char)
        if clusters and (mark in _KEPT_MARKS or "\u1161" <= char <= "\u11ff"):
            at, before = clusters[-1]
            joined = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", before) + mark)
            if len(joined) == 1:
                clusters[-1] = (at, joined)
                continue
        clusters.append((index, char))
    return clusters


def _fold_clusters(text: str) -> Folded:
    pieces: list[str] = []
    origin: list[int] = []
    for index, cluster in _clusters(text):
        piece = cluster.translate(_TABLE)
        pieces.append(piece)
        origin.extend([index] * len(piece))
    return Folded("".join(pieces), origin, len(text))
