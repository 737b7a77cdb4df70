"""Who stands behind a text: feeds of one owner, wire copies and state media told apart."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from tui.domain.incident import FiledReport
from tui.reading.grouping.words import fold

_COPY = 0.85
"""Share of words in common from which a text is a copy."""
_COMPARED_WORDS = 80

_SCHEME = re.compile(r"^https?://|/.*$")
_TAIL = re.compile(r"(\.(com|org|net|co|info|news|eu|gov|[a-z]{2}))+$")
_EXTRA = re.compile(r"\b(the|news|online|english|rss|feed|live|world)\b|[^\w]")
_WORD = re.compile(r"\w+")
_CREDIT = re.compile(r"\((Reuters|AP|AFP|dpa|PAP|TASS|Xinhua|Kyodo|Yonhap|ANSA|EFE|BNS|TT|NTB|Ritzau|STT)\)")

_STATE_MEDIA = {
    "tass": "RU",
    "ria": "RU",
    "rianovosti": "RU",
    "sputnik": "RU",
    "rt": "RU",
    "xinhua": "CN",
    "globaltimes": "CN",
    "cgtn": "CN",
    "chinadaily": "CN",
    "peoplesdaily": "CN",
    "kcna": "KP",
    "rodongsinmun": "KP",
    "presstv": "IR",
    "irna": "IR",
    "tasnim": "IR",
    "fars": "IR",
    "belta": "BY",
    "sana": "SY",
}
"""Publishers owned by a state, by key; their words about themselves confirm nothing."""


def publisher_key(name: str) -> str:
    """One key for a publisher however its feeds spell it: case, "www.", domain endings, "The", "News"."""
    bare = _SCHEME.sub("", fold(name.strip()[:200])).removeprefix("www.")
    bare = _TAIL.sub("", bare)
    short = _EXTRA.sub("", bare)
    return short or bare


def state_behind(key: str) -> str | None:
    """The state that owns a publisher; None for the others."""
    return _STATE_MEDIA.get(key)


@dataclass(frozen=True, slots=True)
class Source:
    """One report with the independent publisher behind it."""

    filed: FiledReport
    publisher: str
    """As the feed names it."""
    key: str
    """The independent source: the publisher, or the one it copied."""
    copied_from: str | None
    """Publisher of the earlier identical text; None for an own text."""


def sources_of(reports: Sequence[FiledReport]) -> tuple[Source, ...]:
    """The reports, each with its independent source; copies fold into the first to carry the text."""
    found: list[Source] = []
    known: list[tuple[frozenset[str], Source]] = []
    holding: dict[str, list[int]] = {}
    """Numbers of the known texts by the words one of which any copy must share."""
    for filed in reports:
        words = _text_words(filed)
        marks = _marks(words)
        near = sorted({number for mark in marks for number in holding.get(mark, ())})
        original = next((known[number][1] for number in near if _alike(words, known[number][0])), None)
        source = _source(filed, original)
        found.append(source)
        if original is None:
            for mark in marks:
                holding.setdefault(mark, []).append(len(known))
            known.append((words, source))
    return tuple(found)


def _marks(words: frozenset[str]) -> list[str]:
    """So many of the words, in one fixed order, that two texts without any in common are no copies.

    Long words first: few texts hold them.
    """
    needed = len(words) - ceil(_COPY * len(words)) + 1
    return sorted(words, key=lambda word: (-len(word), word))[:needed]


def _source(filed: FiledReport, original: Source | None) -> Source:
    name = filed.publisher.strip() or "unnamed publisher"
    own = publisher_key(name)
    if original is not None and original.filed.story != filed.story:
        copied = original.publisher if publisher_key(original.publisher) != own else None
        return Source(filed, name, original.key, copied)
    credit = _CREDIT.search(filed.summary[:1000]) or _CREDIT.search(filed.title[:300])
    return Source(filed, name, publisher_key(credit.group(1)) if credit else own, None)


def _text_words(filed: FiledReport) -> frozenset[str]:
    text = f"{filed.title[:300]} {filed.summary[:1000]}"
    return frozenset(fold(word) for word in _WORD.findall(text)[:_COMPARED_WORDS])


def _alike(words: frozenset[str], seen: frozenset[str]) -> bool:
    if len(words) < 5 or len(seen) < 5:
        return words == seen and bool(words)
    shared = len(words & seen)
    return shared >= _COPY * (len(words) + len(seen) - shared)
