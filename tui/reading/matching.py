"""Where terms and names stand in a folded text: one automaton, then a check of word edges and gaps."""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from operator import attrgetter

from ahocorasick_rs import AhoCorasick, Implementation

from tui.domain.reading import Place
from tui.domain.value import dataclass
from tui.reading.gazetteer import Name, name_starts, names_in, place
from tui.reading.terms import (
    ANY_LANGUAGE,
    MAX_GAP_CHARS,
    PREFIX_LETTERS,
    SUBSTRING_LANGUAGES,
    Piece,
    Term,
    term_file,
)

Hits = Callable[..., list[tuple[int, int, int]]]
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

    closed: bool
    """None of them stands behind a letter of its own script."""
    whole: bool
    """None of them goes on in a letter of its own script."""
    alone: tuple[tuple[str, str, Name | None], ...]
    """Concept, language and name of those that are all there where no letter stands beside the literal."""
    gapped: tuple[tuple[Term, str, int], ...]
    """Terms of several parts; the second part, and the reach it must begin and end in."""
    terms: tuple[Term, ...]
    names: tuple[Name, ...]


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
        self._hits: Hits = AhoCorasick(
            self._literals, implementation=Implementation.ContiguousNFA
        ).find_matches_as_indexes

    def find(self, text: str) -> list[Mark]:
        """Every mark, in order of place; overlaps are settled by `settle`."""
        return self.find_in(text)[0]

    def find_in(self, *texts: str) -> list[list[Mark]]:
        """The marks of each of some texts; one matcher goes through them all while its tables are at hand."""
        found = [self._marks(text) for text in texts]
        beside = self._beside
        if beside is not None:
            for marks, text in zip(found, texts, strict=True):
                marks.extend(beside._marks(text))  # noqa: SLF001  # the same class
        return [settle(marks) for marks in found]

    def _marks(self, text: str) -> list[Mark]:
        """Every mark of this matcher alone, as they end."""
        marks: list[Mark] = []
        size = len(text)
        known = self._starters
        for number, start, end in self._hits(text, overlapping=True):
            starters = known[number] or self._met(number)
            inside = start > 0 and text[start - 1].isalnum()
            if inside and starters.closed and text[start - 1] < "\u3040":
                continue
            grown = end < size and text[end].isalnum()
            if grown and starters.whole and text[end] < "\u3040":
                continue
            if inside or grown:
                _at_edges(marks, text, start, end, starters)
                continue
            for concept, lang, name in starters.alone:
                marks.append(Mark(start, end, concept, lang, name))  # one, as a rule
            for term, second, reach in starters.gapped:
                if text.find(second, end, end + reach) >= 0:
                    stop = _rest(term, text, end)
                    if stop:
                        marks.append(Mark(start, stop, term.concept, term.lang))
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
    return _Starters(
        closed=closed,
        whole=spaced and not opens,
        alone=(
            *((term.concept, term.lang, None) for term in terms if len(term.pieces) == 1),
            *(("g." + name.kind, name.lang, name) for name in names),
        ),
        gapped=tuple((term, *_second(term)) for term in terms if len(term.pieces) > 1),
        terms=tuple(terms),
        names=tuple(names),
    )


def _second(term: Term) -> tuple[str, int]:
    """The second part of a term, and the code points within which it must begin and end."""
    text = term.pieces[1].text
    return text, _reach(term.lang) + len(text)


def _reach(lang: str) -> int:
    """The code points within which a later part must begin."""
    return MAX_GAP_CHARS // 2 if lang in SUBSTRING_LANGUAGES else MAX_GAP_CHARS * 2


def _at_edges(marks: list[Mark], text: str, start: int, end: int, starters: _Starters) -> None:
    """Add the marks that begin with a literal which a letter stands beside."""
    for term in starters.terms:
        first = term.pieces[0]
        stop = stands_alone(
            text, start, end, term.lang, open_left=first.open_left, open_right=first.open_right
        )
        if stop and len(term.pieces) > 1:
            stop = _rest(term, text, stop)
        if stop:
            marks.append(Mark(start, stop, term.concept, term.lang))
    for name in starters.names:
        stop = _name_edges(text, start, end, name)
        if stop:
            marks.append(Mark(start, stop, "g." + name.kind, name.lang, name))


def _name_edges(text: str, start: int, end: int, name: Name) -> int:
    joined = name.lang in _COMPOUNDING and name.place < 0 and len(name.form) >= _LONG_STEM
    return stands_alone(
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
    start = text.find(piece.text, after, after + _reach(lang) + len(piece.text))
    if start < 0 or (lang not in SUBSTRING_LANGUAGES and len(text[after:start].split()) > piece.gap):
        return 0
    end = start + len(piece.text)
    return stands_alone(text, start, end, lang, open_left=piece.open_left, open_right=piece.open_right)


def stands_alone(
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
    first = text[start]
    if not first.isascii() and (first >= "\u3040" or lang in SUBSTRING_LANGUAGES):
        return end
    if not open_left and start and text[start - 1].isalnum() and not _after_prefix(text, start, lang):
        return 0
    size = len(text)
    if end < size and text[end].isalnum() and not (text[end - 1].isascii() and text[end] >= "\u3040"):
        if not open_right:
            return 0
        grown = _letters(text, end, end + max_tail + 1)
        if grown is None or grown.end() > end + max_tail:
            return 0
        return grown.end()
    return end


_letters = re.compile(r"[^\W_]+").match
"""The rest of a word, letters and digits."""


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
    for mark in _in_order(marks):
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


_start = attrgetter("start")


def _in_order(marks: Sequence[Mark]) -> list[Mark]:
    """By place; those that begin at one place longest first."""
    ordered = sorted(marks, key=_start)
    first, place = 0, -1
    for number, mark in enumerate(ordered):
        if mark.start != place:
            if number - first > 1:
                ordered[first:number] = sorted(ordered[first:number], key=_longest_first)
            first, place = number, mark.start
    if len(ordered) - first > 1:
        ordered[first:] = sorted(ordered[first:], key=_longest_first)
    return ordered


def _longest_first(mark: Mark) -> tuple[int, int, int, str]:
    """Of two names with endings the longer one is the word's own: "Australii" is no Austria."""
    name = mark.name
    if name is None:
        return mark.start - mark.end, 1, 0, mark.concept
    return mark.start - mark.end, -name.place if name.place >= 0 else 1, -len(name.form), mark.concept


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
