"""Where terms and names stand in a folded text: one automaton, then a check of word edges and gaps."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick

from tui.domain.reading import Place
from tui.reading.gazetteer import Name, names_of, place
from tui.reading.terms import (
    ANY_LANGUAGE,
    MAX_GAP_CHARS,
    PREFIX_LETTERS,
    SUBSTRING_LANGUAGES,
    Piece,
    Term,
    all_terms,
)

MAX_TAIL = 6
"""Longest ending that may follow the stem of a name."""

GATE_CONCEPTS = ("o.", "z.airspace", "z.our", "z.adiz", "z.median", "z.fir", "a.violate", "a.incur")
"""A story without any of these can never be kept."""


@dataclass(slots=True)
class Mark:
    """A term or a name found in a text."""

    start: int
    end: int
    concept: str
    lang: str
    name: Name | None = None


@dataclass(slots=True)
class OwnMark(Mark):
    """A mark that a user's rule made."""

    rule: str = ""
    spot: Place | None = None
    """The place that it names, if any."""


def spot_of(mark: Mark) -> Place | None:
    """The place that a mark names; None for states and their organs."""
    if isinstance(mark, OwnMark):
        return mark.spot
    return place(mark.name.place) if mark.name is not None and mark.name.place >= 0 else None


Found = tuple[int, int]


class Matcher:
    """Finds every term and name of one language (and of `mul`) in a folded text, in linear time."""

    def __init__(self, terms: Iterable[Term], names: Iterable[Name]) -> None:
        self._pieces: dict[str, int] = {}
        self._starts: list[list[tuple[Term, int]]] = []
        self._later: list[bool] = []
        self._names: list[list[Name]] = []
        for term in terms:
            for position, piece in enumerate(term.pieces):
                number = self._number(piece.text)
                if position == 0:
                    self._starts[number].append((term, number))
                else:
                    self._later[number] = True
        for name in names:
            self._names[self._number(name.form)].append(name)
        self._automaton = AhoCorasick(list(self._pieces))

    def _number(self, text: str) -> int:
        number = self._pieces.setdefault(text, len(self._pieces))
        if number == len(self._starts):
            self._starts.append([])
            self._later.append(False)
            self._names.append([])
        return number

    def find(self, text: str) -> list[Mark]:
        """Every mark, in order of place; overlaps are settled by `settle`."""
        hits = self._automaton.find_matches_as_indexes(text, overlapping=True)
        places: dict[int, list[Found]] = {}
        for number, start, end in hits:
            if self._later[number]:
                places.setdefault(number, []).append((start, end))
        marks: list[Mark] = []
        for number, start, end in hits:
            for term, _ in self._starts[number]:
                stop = self._finish(term, text, start, end, places)
                if stop:
                    marks.append(Mark(start, stop, term.concept, term.lang))
            for name in self._names[number]:
                stop = _edges(text, start, end, name.lang, open_right=name.stem, max_tail=MAX_TAIL)
                if stop:
                    marks.append(Mark(start, stop, "g." + name.kind, name.lang, name))
        return settle(marks)

    def _finish(self, term: Term, text: str, start: int, end: int, places: dict[int, list[Found]]) -> int:
        """End of the whole term when it stands here, else 0."""
        first = term.pieces[0]
        stop = _edges(text, start, end, term.lang, open_left=first.open_left, open_right=first.open_right)
        for piece in term.pieces[1:]:
            if not stop:
                return 0
            stop = self._next_piece(piece, term.lang, text, stop, places)
        return stop

    def _next_piece(
        self, piece: Piece, lang: str, text: str, after: int, places: dict[int, list[Found]]
    ) -> int:
        found = places.get(self._pieces[piece.text])
        if not found:
            return 0
        at = bisect_left(found, (after, 0))
        if at == len(found):
            return 0
        start, end = found[at]
        between = text[after : min(start, after + MAX_GAP_CHARS * 2 + 1)]
        if lang in SUBSTRING_LANGUAGES:
            fits = start - after <= MAX_GAP_CHARS // 2
        else:
            fits = len(between) <= MAX_GAP_CHARS * 2 and len(between.split()) <= piece.gap
        if not fits:
            return 0
        return _edges(text, start, end, lang, open_left=piece.open_left, open_right=piece.open_right)


def _edges(
    text: str,
    start: int,
    end: int,
    lang: str,
    *,
    open_left: bool = False,
    open_right: bool = False,
    max_tail: int = 24,
) -> int:
    """End of the word when the literal stands at word edges as its term asks, else 0."""
    if text[start] >= "\u3040" or (lang in SUBSTRING_LANGUAGES and not text[start].isascii()):
        return end
    if not open_left and start and text[start - 1].isalnum() and not _after_prefix(text, start, lang):
        return 0
    size = len(text)
    if end < size and text[end].isalnum() and not (text[end - 1].isascii() and text[end] >= "\u3040"):
        if not open_right:
            return 0
        limit = min(size, end + max_tail)
        while end < limit and text[end].isalnum():
            end += 1
        if end < size and text[end].isalnum():
            return 0
    return end


def _after_prefix(text: str, start: int, lang: str) -> bool:
    """Whether only one-letter words written together stand before, or a script without spaces."""
    before = text[start - 1]
    if "\u3040" <= before <= "\ud7ff":
        return text[start].isascii()
    letters = PREFIX_LETTERS.get(lang)
    if not letters:
        return False
    at = start - 1
    while at >= 0 and start - at <= 4 and text[at] in letters:
        at -= 1
    return at < 0 or not text[at].isalnum()


def settle(marks: Sequence[Mark]) -> list[Mark]:
    """Longest first: a longer mark of the same family, or a look-alike phrase, silences what it covers."""
    kept: list[Mark] = []
    for mark in sorted(marks, key=_longest_first):
        family = mark.concept[0]
        covered = False
        for other in reversed(kept[-12:]):
            if other.end < mark.end or other.start > mark.start:
                continue
            longer = other.end - other.start > mark.end - mark.start
            same = other.concept == mark.concept or (
                family == "g" == other.concept[0] and other.start == mark.start
            )
            if same or (longer and (other.concept[0] == family and family in "gopn")):
                covered = True
                break
            wide = other.end - other.start >= mark.end - mark.start
            if wide and other.concept[0] == "n" and family in "oaz":
                covered = True
                break
        if not covered:
            kept.append(mark)
    return kept


def _longest_first(mark: Mark) -> tuple[int, int, int, str]:
    number = mark.name.place if mark.name else -1
    return mark.start, mark.start - mark.end, -number if number >= 0 else 1, mark.concept


@cache
def matcher(lang: str) -> Matcher:
    """The matcher of one language."""
    wanted = {lang, ANY_LANGUAGE}
    return Matcher(
        [term for term in all_terms() if term.lang in wanted],
        names_of(frozenset(wanted)),
    )


class Gate:
    """Whether a folded text has any word, in any language, without which nothing is kept."""

    def __init__(self, terms: Iterable[Term]) -> None:
        pieces: dict[str, list[Term]] = {}
        for term in terms:
            if term.concept.startswith(GATE_CONCEPTS):
                anchor = max(term.pieces, key=lambda piece: len(piece.text))
                pieces.setdefault(anchor.text, []).append(term)
        self._texts = list(pieces)
        self._pieces = [[(_anchor(term), term.lang) for term in terms_of] for terms_of in pieces.values()]
        self._find: Callable[..., list[tuple[int, int, int]]] = AhoCorasick(
            self._texts
        ).find_matches_as_indexes

    def languages(self, text: str) -> dict[str, int]:
        """How many of these words each language has in a text; a word counts once, however many terms it meets."""
        starts: dict[str, set[int]] = {}
        for number, start, end in self._find(text, overlapping=True):
            for piece, lang in self._pieces[number]:
                if _edges(text, start, end, lang, open_left=piece.open_left, open_right=piece.open_right):
                    starts.setdefault(lang, set()).add(start)
        return {lang: len(found) for lang, found in starts.items()}

    def opens(self, text: str) -> bool:
        """True when at least one stands at its word edges."""
        for number, start, end in self._find(text, overlapping=True):
            for piece, lang in self._pieces[number]:
                if _edges(text, start, end, lang, open_left=piece.open_left, open_right=piece.open_right):
                    return True
        return False


def _anchor(term: Term) -> Piece:
    return max(term.pieces, key=lambda piece: len(piece.text))


@cache
def gate() -> Gate:
    """The gate over every language."""
    return Gate(all_terms())
