"""A story laid out for reading: its sentences, and the marks found in each."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from dataclasses import field as new_field
from datetime import date
from operator import attrgetter

from tui.domain.entry import StoryText
from tui.domain.reading import TextField
from tui.reading.folding import Folded, fold
from tui.reading.matching import Mark, matcher

MAX_TITLE = 2_000
MAX_SUMMARY = 30_000
"""Code points read of each field; the rest of a longer one is not read."""

MAX_SENTENCES, MAX_SENTENCE, MAX_MARKS = 400, 1_000, 60
"""Sentences read of a field, code points in one before it is cut, marks taken in one.

Three times what any newspaper writes; what reads pairs of marks or of sentences stays quick on hostile text.
"""

_YEARS = range(1900, 2200)

_END = re.compile(r"[.!?…。;\n]")
_ASCII_END = re.compile(r"[.!?;\n]")
"""The same for most texts, in half the time."""
_SHORT_WORDS = (
    "jan feb mar apr jun jul aug sep sept oct nov dec mr mrs ms dr gen lt col maj sgt capt adm sen rep gov st no "
    "vs etc inc ltd co corp jr sr hon prof rev art al ca approx dept est min max ul im sv al np tzw tzn dr prof "
    "bzw ca str nr tel rys gen płk u.s u.k u.n e.u d.c a.m p.m i.e e.g u.s.a"
)
_SHORT = frozenset(_SHORT_WORDS.split())

_MONTH_STARTS = "jan feb mar apr mai maj jun jul aug sep okt nov dez dec des jaa vee juu det tam hel maa huh tou kes hei elo syy lok jou"
_MONTHS = frozenset(_MONTH_STARTS.split())
"""A number with a full stop before one of these is a day: "14. Februar"."""
_SECOND_DAY = frozenset({"auf", "bis", "und", "zum", "til"})
"""Likewise "vom 9. auf den 10. September"."""


_NO_MARKS: list[Mark] = []
_start = attrgetter("start")


@dataclass(slots=True)
class Sentence:
    """A stretch of one field, with what was found in it."""

    field: TextField
    number: int
    start: int
    end: int
    text: str
    """The whole folded field; marks count in it."""
    marks: list[Mark] = new_field(default_factory=list)
    concepts: dict[str, list[Mark]] = new_field(default_factory=dict)
    names: list[Mark] = new_field(default_factory=list)
    """The marks of states, places and forces."""
    _families: dict[str, list[Mark]] = new_field(default_factory=dict, repr=False)

    def has(self, *concepts: str) -> bool:
        """Whether any of them stands here."""
        return not self.concepts.keys().isdisjoint(concepts)

    def of(self, *concepts: str) -> list[Mark]:
        """The marks of these concepts, in order."""
        here = self.concepts
        found: list[Mark] = []
        if here.keys().isdisjoint(concepts):
            return found
        several = False
        for concept in concepts:
            if concept in here:
                several = bool(found)
                found += here[concept]
        if several:
            found.sort(key=_start)
        return found

    def family(self, letter: str) -> list[Mark]:
        """The marks of one family: o objects, z zones, a acts, g names, n look-alikes; not to be changed."""
        return self._families.get(letter, _NO_MARKS)

    def take(self, marks: list[Mark]) -> None:
        """Take its marks in, which come in order of place."""
        self.marks = marks
        concepts, families = self.concepts, self._families
        for mark in marks:
            concept = mark.concept
            if concept in concepts:
                concepts[concept].append(mark)
            else:
                concepts[concept] = [mark]
            family = concept[0]
            if family in families:
                families[family].append(mark)
            else:
                families[family] = [mark]
        self.names = families.get("g", _NO_MARKS)

    def words(self, mark: Mark) -> str:
        """The folded words of a mark."""
        return self.text[mark.start : mark.end]


@dataclass(slots=True)
class Scene:
    """Everything that is looked at before a verdict."""

    story: StoryText
    lang: str
    title: Folded
    summary: Folded
    sentences: list[Sentence]
    day: date | None
    """The day it was published, as told; None for a year from which no date can be reckoned."""
    concepts: set[str]
    """Every concept that stands anywhere."""

    def folded(self, where: TextField) -> Folded:
        """The folded text of one field."""
        return self.title if where == "title" else self.summary

    def has(self, *concepts: str) -> bool:
        """Whether any of them stands anywhere."""
        return not self.concepts.isdisjoint(concepts)

    def marks(self) -> Iterator[tuple[Sentence, Mark]]:
        """Every mark with its sentence."""
        for sentence in self.sentences:
            for mark in sentence.marks:
                yield sentence, mark


Refine = Callable[[list[Mark], str, str], list[Mark]]
"""What a user's rules make of the marks in a folded text of a language."""


_FIELDS: tuple[TextField, TextField] = ("title", "summary")


def lay_out(
    story: StoryText, lang: str, refine: Refine | None = None, folded: tuple[str, str] | None = None
) -> Scene:
    """The scene of one story in the language it is read in; `folded` are its fields as `fold_quick` made them."""
    quick = folded or (None, None)
    title = fold(story.title[:MAX_TITLE], quick[0])
    summary = fold(story.summary[:MAX_SUMMARY], quick[1])
    sentences: list[Sentence] = []
    found = matcher(lang).find_in(title.text, summary.text)
    for where, text, raw, marks in zip(
        _FIELDS, (title, summary), (story.title, story.summary), found, strict=True
    ):
        spans = _without_captions(text.text, _sentence_spans(text.text))
        new = [Sentence(where, n, a, b, text.text) for n, (a, b) in enumerate(spans, len(sentences))]
        _put(refine(marks, text.text, lang) if refine else marks, new, text, raw)
        sentences += new
    concepts = set[str]().union(*[sentence.concepts for sentence in sentences])
    return Scene(story, lang, title, summary, sentences, _day(story), concepts)


def _day(story: StoryText) -> date | None:
    told = story.published
    return told.date() if told is not None and told.year in _YEARS else None


def _put(marks: Sequence[Mark], sentences: Sequence[Sentence], folded: Folded, raw: str) -> None:
    """Each mark into the sentence it begins in; names written as common words into none."""
    cased = raw != raw.lower()
    behind = 0
    for sentence in sentences:
        first = bisect_left(marks, sentence.start, behind, key=_start)
        behind = bisect_left(marks, sentence.end, first, key=_start)
        here = [
            mark
            for mark in marks[first:behind]
            if mark.name is None or not cased or _cased(mark, folded, raw)
        ]
        sentence.take(here[:MAX_MARKS])


_WORDS_TOO = frozenset({"ira", "vs", "cin", "oman", "turk", "peru", "mali", "niger", "chin"})
"""Names in small letters are ordinary words of some language: Finnish "oman", Portuguese "ira"."""


def _cased(mark: Mark, folded: Folded, raw: str) -> bool:
    """Whether a Latin name is written as one: capital first, "US" in capitals throughout."""
    name = mark.name
    if name is None or not name.form[0].isascii():
        return True
    start, end = folded.span(mark.start, mark.end)
    words = raw[start:end]
    if name.form in _WORDS_TOO and len(words) == len(name.form):
        return words[:1].isupper() and (len(words) > 2 or words.isupper())  # "vs" is no "VS"
    if len(name.form) <= 3 and name.lang in {"en", "mul"}:
        return words.isupper() or (not words[:1].islower() and name.form not in {"us", "mod", "roc", "rok"})
    if name.lang in {"en", "mul"} and name.kind != "airport":
        if name.kind == "place" and " " in words:
            return any(word[:1].isupper() for word in words.split())  # as in "aéroport de Liège"
        return words[4:5].isupper() if words[:4].lower() == "the " else words[:1].isupper()
    return True


_PICTURED = ("file photo", "file picture", "photo by ", "image: ", "photo: ", "fot. ")
_HINTS = ("photo", "file picture", "image: ", "fot. ")
"""One of them stands in each of these."""
_CREDITS = ("/", "photo", "images", "reuters", "picture")


def _without_captions(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans but those of picture captions: they tell what a picture shows, not what happened."""
    if "(" not in text and not any(map(text.__contains__, _HINTS)):
        return spans
    kept: list[tuple[int, int]] = []
    for number, (start, end) in enumerate(spans):
        here = text[start:end].strip()
        after = text[slice(*spans[number + 1])].strip() if number + 1 < len(spans) else ""
        pictured = any(word in here or after.startswith(f"({word}") for word in _PICTURED)
        if not (pictured or _is_credit(here) or _is_credit(after)):
            kept.append((start, end))
    return kept


def _is_credit(sentence: str) -> bool:
    """As in "(A Name/An Agency)", all in brackets."""
    closed = sentence.rstrip(".").endswith(")") and sentence.count("(") == 1
    return sentence.startswith("(") and closed and any(word in sentence for word in _CREDITS)


def _sentence_spans(text: str) -> list[tuple[int, int]]:
    """Start and end of each of the first sentences, one too long in several; a full stop after a short form ends none."""
    spans: list[tuple[int, int]] = []
    start = 0
    for found in (_ASCII_END if text.isascii() else _END).finditer(text):
        stop = found.end()
        if _ends(text, stop - 1):
            if stop - start <= MAX_SENTENCE:
                spans.append((start, stop))
            else:
                spans += _cut(text, start, stop)
            start = stop
            if len(spans) >= MAX_SENTENCES:
                return spans[:MAX_SENTENCES]
    if start < len(text):
        spans += _cut(text, start, len(text))
    return spans[:MAX_SENTENCES]


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A stretch in pieces of bounded length, cut at a space where there is one."""
    while end - start > MAX_SENTENCE:
        space = text.rfind(" ", start + 1, start + MAX_SENTENCE)
        middle = space if space > 0 else start + MAX_SENTENCE
        yield start, middle
        start = middle
    yield start, end


def _ends(text: str, at: int) -> bool:
    """Whether the mark of punctuation at this place ends a sentence."""
    char, after = text[at], text[at + 1 : at + 2]
    if (
        char not in "。\n;"
        and after
        and not after.isspace()
        and after not in "\"')」』”"
        and not (char in "!?" and ord(text[at - 1]) > 0x3000)
    ):
        return False
    return not (char == "." and _is_short(text, at))


def _is_short(text: str, stop: int) -> bool:
    """Whether the word before a full stop is an abbreviation."""
    before = text[max(0, stop - 9) : stop]
    words = [] if before[-1:].isspace() else before.split()
    word = words[-1].strip("(\"'") if words else ""
    if word.isdigit():
        behind = text[stop + 1 : stop + 5].strip()[:3]
        known = behind in _MONTHS or behind in _SECOND_DAY
        return (len(word) <= 2 and known) or (len(word) == 4 and behind == "gad")
    return (len(word) == 1 and word.isalpha()) or word in _SHORT or (len(word) == 3 and word[1] == ".")
