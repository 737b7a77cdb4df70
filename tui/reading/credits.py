"""Whom a text names as the source it is built on: credit lines, bylines, and words of report beside a name."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from tui.domain.value import dataclass
from tui.reading.data_file import data_text
from tui.reading.houses import House, houses

_TITLE_LIMIT = 300
_SUMMARY_LIMIT = 1500
_HEAD = 120
"""Code points from the start of a summary in which a dateline or byline stands."""
_TAIL = 60
"""Code points before its end in which a credit stands."""
_LEAD = 200
"""Code points from the start in which a name beside a word of report says what the text is built on.

Further down the name may stand for one quote only, such as the other side's denial.
"""
_BESIDE = 40
"""Code points on each side of a name in which its words of report and its signs of credit are looked for."""
_NEAR_WORDS = 3

_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_BEFORE_CREDIT = re.compile(r"[(\[（【/|©–—-]\s*$|,\s*$|^\s*$")
_AFTER_CREDIT = re.compile(r"^\s*(?:[)\]）】/|–—]|-\s|[.,]?\s*$)")
_DATELINE = re.compile(r"^\s*(?:[)\]）】/|–—]|-\s)")


@dataclass(frozen=True, slots=True)
class Credit:
    """A house whose report a text carries, and how it says so."""

    house: House
    words: str
    """The name as it stands, with what stands beside it; at most a line."""


@dataclass(frozen=True, slots=True)
class _Form:
    """One way others name a house."""

    text: str
    house: House
    open: bool
    """Any ending may follow."""
    wide: bool
    """Written without spaces around it, and so clear of other words that it needs none beside it."""


@lru_cache(maxsize=20_000)
def credits_of(title: str, summary: str) -> tuple[Credit, ...]:
    """The houses a text is built on by its own words, in the order they are named; pictures do not count."""
    title, summary = title[:_TITLE_LIMIT], summary[:_SUMMARY_LIMIT]
    found = [*_credits_in(title, is_title=True), *_credits_in(summary, is_title=False)]
    return tuple({credit.house.key: credit for credit in reversed(found)}.values())[::-1]


def _credits_in(text: str, *, is_title: bool) -> Iterator[Credit]:
    for form, start, end in _names_in(text):
        before, after = text[max(0, start - _BESIDE) : start], text[end : end + _BESIDE]
        if _beside(before, after, "photo"):
            continue
        lead = is_title or start < _LEAD
        credited = _is_credit(text, start, end, before, after)
        told = lead and (form.wide or _reported(before, after))
        if credited or told:
            yield Credit(form.house, text[start:end])


def _is_credit(text: str, start: int, end: int, before: str, after: str) -> bool:
    """Whether the name stands alone between signs of credit: in brackets, or as a byline at the head or tail."""
    at_the_tail = len(text) - end <= _TAIL and not after.strip(" .,)")
    if at_the_tail and re.search(r"[.!?…»”\"\n]\s*$", before):
        return True
    if not (_BEFORE_CREDIT.search(before) and _AFTER_CREDIT.search(after)):
        return False
    bracketed = before.rstrip()[-1:] in {"(", "[", "（", "【", "/", "©"} and bool(
        re.match(r"\s*[)\]）】/,]|\s*$", after)
    )
    head = start < _HEAD and bool(_DATELINE.match(after))
    return bracketed or head or at_the_tail


def _reported(before: str, after: str) -> bool:
    return _beside(before, after, "before") or _beside(before, after, "after")


def _beside(before: str, after: str, kind: str) -> bool:
    """Whether one of the words of that kind stands within three words of the name, in its sentence."""
    words = _words_of(kind)
    near_before = _WORD.findall(re.split(r"[.!?;»”\"]\s", before)[-1].casefold())[-_NEAR_WORDS:]
    near_after = _WORD.findall(re.split(r"[.!?;]\s", after)[0].casefold())[:_NEAR_WORDS]
    if kind == "before":
        return _holds(near_before, words)
    if kind == "after":
        return _holds(near_after, words)
    return _holds(near_before, words) or _holds(near_after, words)


def _holds(near: list[str], phrases: frozenset[tuple[str, ...]]) -> bool:
    """Whether one of the phrases stands in a few words."""
    runs = {tuple(near[at : at + length]) for length in (1, 2, 3) for at in range(len(near) - length + 1)}
    return not phrases.isdisjoint(runs)


def _names_in(text: str) -> Iterator[tuple[_Form, int, int]]:
    """Names of houses in order; of those that overlap the longest."""
    automaton, forms = _automaton()
    for number, start, end in automaton.find_matches_as_indexes(text):
        form = forms[number]
        whole = _end_of(text, end) if form.open else end
        if form.wide or not (_joined(text, start) or _joined(text, whole)):
            yield form, start, whole


def _end_of(text: str, end: int) -> int:
    """Where the ending of a name is over."""
    while end < len(text) and text[end].isalpha() and not _WIDE.match(text[end]):
        end += 1
    return end


def _joined(text: str, at: int) -> bool:
    """Whether a word goes on across this place."""
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


@cache
def _automaton() -> tuple[AhoCorasick, tuple[_Form, ...]]:
    forms = tuple(
        _Form(
            written.strip("=*"),
            house,
            open=written.endswith("*"),
            wide=bool(_WIDE.search(written)),
        )
        for house in houses()
        for written in house.credit
    )
    automaton = AhoCorasick(
        [form.text for form in forms],
        matchkind=MatchKind.LeftmostLongest,
        implementation=Implementation.ContiguousNFA,
    )
    return automaton, forms


@cache
def _words_of(kind: str) -> frozenset[tuple[str, ...]]:
    """The phrases of a kind, each as its words."""
    text = data_text("data/credit_words.tsv")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    phrases = (phrase for row_kind, words in rows if row_kind == kind for phrase in words.split("|"))
    return frozenset(tuple(_WORD.findall(phrase.casefold())) for phrase in phrases)
