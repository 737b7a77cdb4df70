"""A story laid out for reading: its sentences, and the marks found in each."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from dataclasses import field as new_field
from datetime import datetime

from tui.domain.entry import StoryText
from tui.domain.reading import TextField
from tui.reading.folding import Folded, fold
from tui.reading.matching import Mark, matcher

MAX_TITLE = 2_000
MAX_SUMMARY = 30_000
"""Code points read of each field; the rest of a longer one is not read."""

_ENDS = frozenset(".!?…。;\n")
_SHORT_WORDS = (
    "jan feb mar apr jun jul aug sep sept oct nov dec mr mrs ms dr gen lt col maj sgt capt adm sen rep gov st no "
    "vs etc inc ltd co corp jr sr hon prof rev art al ca approx dept est min max ul im sv al np tzw tzn dr prof "
    "bzw ca str nr tel rys gen płk u.s u.k u.n e.u d.c a.m p.m i.e e.g u.s.a"
)
_SHORT = frozenset(_SHORT_WORDS.split())

_MONTH_STARTS = "jan feb mar apr mai maj jun jul aug sep okt nov dez dec des"
_MONTHS = frozenset(_MONTH_STARTS.split())
"""A number with a full stop before one of these is a day: "14. Februar"."""


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

    def has(self, *concepts: str) -> bool:
        """Whether any of them stands here."""
        return not self.concepts.keys().isdisjoint(concepts)

    def of(self, *concepts: str) -> list[Mark]:
        """The marks of these concepts, in order."""
        found = [mark for concept in concepts for mark in self.concepts.get(concept, ())]
        return sorted(found, key=lambda mark: mark.start) if len(concepts) > 1 else found

    def family(self, letter: str) -> list[Mark]:
        """The marks of one family: o objects, z zones, a acts, g names, n look-alikes."""
        return [mark for mark in self.marks if mark.concept[0] == letter]

    def add(self, mark: Mark) -> None:
        """Take a mark in."""
        self.marks.append(mark)
        self.concepts.setdefault(mark.concept, []).append(mark)

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

    @property
    def published(self) -> datetime | None:
        """When it was published, as told."""
        return self.story.published

    def folded(self, where: TextField) -> Folded:
        """The folded text of one field."""
        return self.title if where == "title" else self.summary

    def has(self, *concepts: str) -> bool:
        """Whether any of them stands anywhere."""
        return any(sentence.has(*concepts) for sentence in self.sentences)

    def marks(self) -> Iterator[tuple[Sentence, Mark]]:
        """Every mark with its sentence."""
        for sentence in self.sentences:
            for mark in sentence.marks:
                yield sentence, mark


Refine = Callable[[list[Mark], str, str], list[Mark]]
"""What a user's rules make of the marks in a folded text of a language."""


def lay_out(story: StoryText, lang: str, refine: Refine | None = None) -> Scene:
    """The scene of one story in the language it is read in."""
    title = fold(story.title[:MAX_TITLE])
    summary = fold(story.summary[:MAX_SUMMARY])
    sentences: list[Sentence] = []
    for name, folded, raw in (("title", title, story.title), ("summary", summary, story.summary)):
        where: TextField = "title" if name == "title" else "summary"
        spans = list(_without_captions(folded.text, list(_sentence_spans(folded.text))))
        new = [Sentence(where, len(sentences) + n, a, b, folded.text) for n, (a, b) in enumerate(spans)]
        cased = raw != raw.lower()
        at = 0
        marks = matcher(lang).find(folded.text)
        for mark in refine(marks, folded.text, lang) if refine else marks:
            if mark.name is not None and cased and not _cased(mark, folded, raw):
                continue
            while at < len(new) - 1 and mark.start >= new[at].end:
                at += 1
            if new and new[at].start <= mark.start < new[at].end:
                new[at].add(mark)
        sentences.extend(new)
    return Scene(story, lang, title, summary, sentences)


def _cased(mark: Mark, folded: Folded, raw: str) -> bool:
    """Whether a Latin name is written as one: capital first, "US" in capitals throughout."""
    name = mark.name
    if name is None or not name.form[0].isascii():
        return True
    start, end = folded.span(mark.start, mark.end)
    words = raw[start:end]
    if len(name.form) <= 3 and name.lang in {"en", "mul"}:
        return words.isupper() or (not words[:1].islower() and name.form not in {"us", "mod", "roc", "rok"})
    if name.lang in {"en", "mul"} and name.kind != "airport":
        return words[4:5].isupper() if words[:4].lower() == "the " else words[:1].isupper()
    return True


_PICTURED = ("file photo", "file picture", "photo by ", "image: ", "photo: ", "fot. ")
_CREDITS = ("/", "photo", "images", "reuters", "picture")


def _without_captions(text: str, spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The spans but those of picture captions: they tell what a picture shows, not what happened."""
    for number, (start, end) in enumerate(spans):
        here = text[start:end].strip()
        after = text[slice(*spans[number + 1])].strip() if number + 1 < len(spans) else ""
        pictured = any(word in here or after.startswith(f"({word}") for word in _PICTURED)
        if not (pictured or _is_credit(here) or _is_credit(after)):
            yield start, end


def _is_credit(sentence: str) -> bool:
    """As in "(A Name/An Agency)", all in brackets."""
    closed = sentence.rstrip(".").endswith(")") and sentence.count("(") == 1
    return sentence.startswith("(") and closed and any(word in sentence for word in _CREDITS)


def _sentence_spans(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence; a full stop after a short form ends none."""
    start = 0
    size = len(text)
    for at, char in enumerate(text):
        if char not in _ENDS:
            continue
        after = text[at + 1] if at + 1 < size else " "
        if (
            char not in "。\n;"
            and not after.isspace()
            and after not in "\"')」』”"
            and not (char in "!?" and ord(text[at - 1]) > 0x3000)
        ):
            continue
        if char == "." and _is_short(text, at):
            continue
        if at + 1 > start:
            yield start, at + 1
        start = at + 1
    if start < size:
        yield start, size


def _is_short(text: str, stop: int) -> bool:
    """Whether the word before a full stop is an abbreviation."""
    start = stop
    while start and not text[start - 1].isspace() and stop - start <= 8:
        start -= 1
    word = text[start:stop].strip("(\"'")
    if word.isdigit() and len(word) <= 2 and text[stop + 1 : stop + 5].strip()[:3] in _MONTHS:
        return True
    return (len(word) == 1 and word.isalpha()) or word in _SHORT or (len(word) == 3 and word[1] == ".")
