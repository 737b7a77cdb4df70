"""How exactly a count is told: two counts that may be the same number do not contradict each other."""

import re
from functools import cache

from tui.domain.incident import FiledReport
from tui.domain.value import dataclass
from tui.reading.data_file import data_text
from tui.reading.folding import fold_quick

_BEFORE, _AFTER = 32, 24
"""Code points looked at on either side of the number."""
_ABOUT = 0.15
"""Share by which a number called rough may be off."""
_MOST = 10**9
_UNPARTED = frozenset({"zh", "ja", "ko", "he"})
"""Languages that write such words without a space before the number."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the most that a told count may mean."""

    low: float
    high: float

    def meets(self, other: "Bounds") -> bool:
        """Whether both may be the same number."""
        return self.low <= other.high and other.low <= self.high


def bounds_of(filed: FiledReport) -> Bounds | None:
    """What the count of a report may mean by the words beside it; None when it gives none."""
    count = filed.report.count
    if count is None:
        return None
    span = next((one for one in filed.report.spans if one.fact == "count" and one.value == str(count)), None)
    if span is None:
        return Bounds(count, count)
    text = filed.title if span.field == "title" else filed.summary
    before = fold_quick(text[max(0, span.start - _BEFORE) : span.start]).rstrip()
    after = fold_quick(text[span.end : span.end + _AFTER])
    lang = filed.lang.partition("-")[0]
    return _bounds(count, before, after, lang)


def _bounds(count: int, before: str, after: str, lang: str) -> Bounds:
    upper = _upper(lang).match(after)
    if upper and int(upper.group(1)) > count:
        return Bounds(count, int(upper.group(1)))
    if _ends(lang, "more").search(before) or _begins(lang).match(after):
        return Bounds(count, _MOST)
    if _ends(lang, "less").search(before):
        return Bounds(0, count)
    if _ends(lang, "about").search(before):
        return Bounds(count * (1 - _ABOUT), count * (1 + _ABOUT))
    return Bounds(count, count)


@cache
def _words(lang: str, kind: str) -> tuple[str, ...]:
    for line in data_text("history/bounds.tsv").splitlines():
        if line.startswith(f"{kind}\t{lang}\t"):
            words = [fold_quick(word) for word in line.split("\t")[2].split("|")]
            return tuple(sorted(words, key=len, reverse=True))
    return ()


def _any(lang: str, kind: str) -> str:
    return "|".join(map(re.escape, _words(lang, kind))) or r"(?!)"


@cache
def _ends(lang: str, kind: str) -> re.Pattern[str]:
    edge = "" if lang in _UNPARTED else r"(?<!\w)"
    return re.compile(rf"{edge}(?:{_any(lang, kind)})$")


@cache
def _begins(lang: str) -> re.Pattern[str]:
    edge = "" if lang in _UNPARTED else r"(?!\w)"
    return re.compile(rf"\s?(?:{_any(lang, 'after')}){edge}|\+")


@cache
def _upper(lang: str) -> re.Pattern[str]:
    """The upper end of a range behind its lower one: "10-15", "10 to 15", "between 10 and 15"."""
    return re.compile(rf"\s?(?:[-~〜～]|(?:{_any(lang, 'to')})|(?:{_any(lang, 'and')}))\s?(\d{{1,4}})(?!\d)")
