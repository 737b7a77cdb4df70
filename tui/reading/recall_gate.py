"""The gate that most stories end at: whether any word stands in a text without which nothing is kept."""

from collections.abc import Callable, Iterable, Sequence
from functools import cache

from ahocorasick_rs import AhoCorasick, Implementation

from tui.reading.matching import Hits, stands_alone
from tui.reading.terms import ANY_LANGUAGE, Piece, Term, longest_piece, may_open, term_file, term_languages

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
        self._find: Hits = AhoCorasick(
            self.phrases, implementation=Implementation.ContiguousNFA
        ).find_matches_as_indexes

    def languages(self, text: str) -> dict[str, int]:
        """How many of these words each language has in a text; a word counts once, however many terms it meets."""
        starts: dict[str, set[int]] = {}
        for number, start, end in self._find(text, overlapping=True):
            for piece, lang in self._pieces[number] or self._met(number):
                if stands_alone(
                    text, start, end, lang, open_left=piece.open_left, open_right=piece.open_right
                ):
                    starts.setdefault(lang, set()).add(start)
        return {lang: len(found) for lang, found in starts.items()}

    def opens(self, text: str) -> bool:
        """True when at least one stands at its word edges."""
        for number, start, end in self._find(text, overlapping=True):
            for piece, lang in self._pieces[number] or self._met(number):
                if stands_alone(
                    text, start, end, lang, open_left=piece.open_left, open_right=piece.open_right
                ):
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
