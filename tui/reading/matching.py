"""Where terms and names stand in a folded text: one automaton, then a check of word edges and gaps."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick, Implementation

from tui.domain.reading import Place
from tui.reading.gazetteer import Name, name_starts, names_in, place
from tui.reading.terms import (
    ANY_LANGUAGE,
    MAX_GAP_CHARS,
    PREFIX_LETTERS,
    SUBSTRING_LANGUAGES,
    Piece,
    Term,
    longest_piece,
    may_open,
    term_file,
    term_languages,
)

_Hits = Callable[..., list[tuple[int, int, int]]]
"""Number of the literal, its start, its end, for each place it stands at."""

MAX_TAIL = 6
"""Longest ending that may follow the stem of a name."""
MAX_COMPOUND = 18
"""The same where a name and its thing are written together: "Ryssdrönare", "Venäläishävittäjä"."""
_LONG_STEM = 4
_COMPOUNDING = frozenset({"sv", "nb", "da", "de", "nl", "fi", "et"})


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


Begun = Callable[[str], tuple[Sequence[Term], Sequence[Name]]]
"""The terms and the names that begin with a literal."""


@dataclass(frozen=True, slots=True)
class _Starters:
    """What may begin with one literal."""

    terms: tuple[Term, ...]
    names: tuple[Name, ...]
    closed: bool
    """None of them stands behind a letter of its own script."""
    whole: bool
    """None of them goes on in a letter of its own script."""


class Matcher:
    """Finds every term and name of one language, and of the matcher beside it, in a folded text, in linear time.

    Only the first part of a term is looked for everywhere; the parts behind a star are, within its reach.
    """

    def __init__(self, begun: Begun, literals: Iterable[str], beside: "Matcher | None" = None) -> None:
        """`begun` tells what begins with one of the literals; each is asked for once, when it is first met."""
        self._beside = beside
        self._begun = begun
        self._literals = list(literals)
        self._starters: list[_Starters | None] = [None] * len(self._literals)
        self._hits: _Hits = AhoCorasick(
            self._literals, implementation=Implementation.ContiguousNFA
        ).find_matches_as_indexes

    def find(self, text: str) -> list[Mark]:
        """Every mark, in order of place; overlaps are settled by `settle`."""
        marks = self._marks(text)
        if self._beside is not None:
            marks += self._beside._marks(text)  # noqa: SLF001  # the same class
        return settle(marks)

    def _marks(self, text: str) -> list[Mark]:
        """Every mark of this matcher alone, as they end."""
        marks: list[Mark] = []
        size = len(text)
        known = self._starters
        for number, start, end in self._hits(text, overlapping=True):
            starters = known[number] or self._met(number)
            inside = start > 0 and text[start - 1].isalnum()
            if inside and starters.closed and not "\u3040" <= text[start - 1] <= "\ud7ff":
                continue
            grown = end < size and text[end].isalnum()
            if grown and starters.whole and text[end] < "\u3040":
                continue
            alone = not inside and not grown
            for term in starters.terms:
                stop = end if alone else _term_edges(text, start, end, term)
                if stop and len(term.pieces) > 1:
                    stop = _rest(term, text, stop)
                if stop:
                    marks.append(Mark(start, stop, term.concept, term.lang))
            for name in starters.names:
                stop = end if alone else _name_edges(text, start, end, name)
                if stop:
                    marks.append(Mark(start, stop, "g." + name.kind, name.lang, name))
        return marks

    def _met(self, number: int) -> _Starters:
        """What begins with a literal that is met for the first time."""
        literal = self._literals[number]
        starters = self._starters[number] = _starters(literal, *self._begun(literal))
        return starters


def _starters(literal: str, terms: Sequence[Term], names: Sequence[Name]) -> _Starters:
    langs = {term.lang for term in terms} | {name.lang for name in names}
    grown_on = not SUBSTRING_LANGUAGES.isdisjoint(langs) and not literal[0].isascii()
    spaced = literal[0] < "\u3040" and not grown_on
    closed = (
        spaced
        and PREFIX_LETTERS.keys().isdisjoint(langs)
        and not any(term.pieces[0].open_left for term in terms)
    )
    opens = any(term.pieces[0].open_right for term in terms) or any(name.stem for name in names)
    return _Starters(tuple(terms), tuple(names), closed, whole=spaced and not opens)


def _term_edges(text: str, start: int, end: int, term: Term) -> int:
    first = term.pieces[0]
    return _edges(text, start, end, term.lang, open_left=first.open_left, open_right=first.open_right)


def _name_edges(text: str, start: int, end: int, name: Name) -> int:
    joined = name.lang in _COMPOUNDING and name.place < 0 and len(name.form) >= _LONG_STEM
    return _edges(
        text, start, end, name.lang, open_right=name.stem, max_tail=MAX_COMPOUND if joined else MAX_TAIL
    )


def _rest(term: Term, text: str, stop: int) -> int:
    """End of the whole term when its later parts follow the first, which ends at `stop`; else 0."""
    for piece in term.pieces[1:]:
        stop = _next_piece(piece, term.lang, text, stop)
        if not stop:
            return 0
    return stop


def _next_piece(piece: Piece, lang: str, text: str, after: int) -> int:
    """End of a later part that stands within reach of the one before, else 0."""
    unspaced = lang in SUBSTRING_LANGUAGES
    reach = MAX_GAP_CHARS // 2 if unspaced else MAX_GAP_CHARS * 2
    start = text.find(piece.text, after, after + reach + len(piece.text))
    if start < 0 or (not unspaced and len(text[after:start].split()) > piece.gap):
        return 0
    end = start + len(piece.text)
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
    furthest = 0
    for mark in sorted(marks, key=_longest_first):
        start, end, concept = mark.start, mark.end, mark.concept
        if end > furthest:  # nothing reaches so far that it could cover it
            furthest = end
            kept.append(mark)
            continue
        family = concept[0]
        for other in reversed(kept[-12:]):
            if other.end < end or other.start > start:
                continue
            theirs = other.concept[0]
            if other.concept == concept or (family == "g" == theirs and other.start == start):
                break
            wider = (other.end - other.start) - (end - start)
            if wider > 0 and theirs == family and family in "gopn":
                break
            if wider >= 0 and theirs == "n" and family in "oaz":
                break
            if wider > 0 and theirs == "z" and concept == "n.sea":
                break  # a "submarine base" is a base
        else:
            kept.append(mark)
    return kept


def _longest_first(mark: Mark) -> tuple[int, int, int, int, str]:
    """Of two names with endings the longer one is the word's own: "Australii" is no Austria."""
    number = mark.name.place if mark.name else -1
    form = len(mark.name.form) if mark.name else 0
    return mark.start, mark.start - mark.end, -number if number >= 0 else 1, -form, mark.concept


@cache
def matcher(lang: str) -> Matcher:
    """The matcher of one language, beside it that of every language."""
    beside = matcher(ANY_LANGUAGE) if lang != ANY_LANGUAGE else None
    terms = term_file(lang)
    rows, name_rows = terms.starts(), name_starts(lang)

    def begun(literal: str) -> tuple[list[Term], list[Name]]:
        found = [term for term in terms.terms(rows.get(literal, ())) if term.pieces[0].text == literal]
        names = [name for row in dict.fromkeys(name_rows.get(literal, ())) for name in names_in(lang, row)]
        return found, [name for name in names if name.form == literal]

    return Matcher(begun, {**rows, **name_rows}, beside)


def matcher_of(terms: Iterable[Term], names: Iterable[Name] = ()) -> Matcher:
    """A matcher of these alone."""
    terms_at: dict[str, list[Term]] = {}
    names_at: dict[str, list[Name]] = {}
    for term in terms:
        terms_at.setdefault(term.pieces[0].text, []).append(term)
    for name in names:
        names_at.setdefault(name.form, []).append(name)
    return Matcher(
        lambda literal: (terms_at.get(literal, ()), names_at.get(literal, ())), {**terms_at, **names_at}
    )


_Anchor = tuple[Piece, str]
"""The part of a term that is looked for, and its language."""


class Gate:
    """Whether a folded text has any word, in any language, without which nothing is kept."""

    def __init__(self, anchors: Callable[[str], Sequence[_Anchor]], phrases: Iterable[str]) -> None:
        """`anchors` tells which of them a phrase is; each is asked for once, when it is first met."""
        self.phrases = list(phrases)
        """What is looked for, each phrase once."""
        self._anchors = anchors
        self._pieces: list[Sequence[_Anchor]] = [()] * len(self.phrases)
        self._find: _Hits = AhoCorasick(
            self.phrases, implementation=Implementation.ContiguousNFA
        ).find_matches_as_indexes

    def languages(self, text: str) -> dict[str, int]:
        """How many of these words each language has in a text; a word counts once, however many terms it meets."""
        starts: dict[str, set[int]] = {}
        for number, start, end in self._find(text, overlapping=True):
            for piece, lang in self._pieces[number] or self._met(number):
                if _edges(text, start, end, lang, open_left=piece.open_left, open_right=piece.open_right):
                    starts.setdefault(lang, set()).add(start)
        return {lang: len(found) for lang, found in starts.items()}

    def opens(self, text: str) -> bool:
        """True when at least one stands at its word edges."""
        for number, start, end in self._find(text, overlapping=True):
            for piece, lang in self._pieces[number] or self._met(number):
                if _edges(text, start, end, lang, open_left=piece.open_left, open_right=piece.open_right):
                    return True
        return False

    def _met(self, number: int) -> Sequence[_Anchor]:
        """What a phrase is that is met for the first time."""
        anchors = self._pieces[number] = self._anchors(self.phrases[number])
        return anchors


@cache
def gate() -> Gate:
    """The gate over every language."""
    rows: dict[str, list[tuple[str, tuple[int, ...]]]] = {}
    for lang in (*term_languages(), ANY_LANGUAGE):
        for phrase, numbers in term_file(lang).anchors().items():
            rows.setdefault(phrase, []).append((lang, numbers))

    def anchors(phrase: str) -> list[_Anchor]:
        terms = (term for lang, numbers in rows[phrase] for term in term_file(lang).terms(numbers))
        return _anchors_of(terms).get(phrase, [])

    return Gate(anchors, rows)


def gate_of(terms: Iterable[Term]) -> Gate:
    """A gate that these alone open, those of them that may."""
    anchors = _anchors_of(term for term in terms if may_open(term.concept))
    return Gate(anchors.__getitem__, anchors)


def _anchors_of(terms: Iterable[Term]) -> dict[str, list[_Anchor]]:
    found: dict[str, list[_Anchor]] = {}
    for term in terms:
        piece = longest_piece(term)
        found.setdefault(piece.text, []).append((piece, term.lang))
    return found
