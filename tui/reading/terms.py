"""The term files: one a language, each line a concept and its terms."""

from collections.abc import Iterable, Iterator
from functools import cache

from tui.domain.value import dataclass
from tui.reading.data_file import data_names, data_text
from tui.reading.folding import fold_file, fold_quick

ANY_LANGUAGE = "mul"
"""The file whose terms hold in every language: types of aircraft, alliances, acronyms."""

GATE_CONCEPTS = ("o.", "z.airspace", "z.our", "z.adiz", "z.median", "z.fir", "a.violate", "a.incur")
"""A story without any of these can never be kept."""

SUBSTRING_LANGUAGES = frozenset({"ja", "zh-Hant", "zh-Hans", "ko"})
"""Written without spaces, or with particles grown on: a term may stand anywhere."""

PREFIX_LETTERS = {
    "ar": frozenset("والفبكلس"),
    "he": frozenset("הובלמשכ"),
    "fa": frozenset("و"),
}
"""One-letter words that these languages write together with the next."""

MAX_GAP_WORDS = 3
MAX_GAP_CHARS = 24
"""Widest gap of a lone star, in words and in code points."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A literal part of a term; stars lie between the parts."""

    text: str
    open_left: bool
    open_right: bool
    gap: int
    """Words that may stand between this part and the one before."""


@dataclass(frozen=True, slots=True)
class Term:
    """One term of one language."""

    concept: str
    lang: str
    source: str
    """As written in the file."""
    pieces: tuple[Piece, ...]


class TermError(ValueError):
    """A term file is wrong: which one, which line, why."""


def parse_term(concept: str, lang: str, source: str) -> Term:
    """A term from its written form; `*` any ending, `* ` alone up to three words."""
    anywhere = lang in SUBSTRING_LANGUAGES
    folded = " ".join(fold_quick(source).split())
    plain = folded.removesuffix("*")
    if plain and "*" not in plain and plain[-1] != " ":
        only = Piece(plain, anywhere, anywhere or plain is not folded, 0)
        return Term(concept, lang, source, (only,))
    return Term(concept, lang, source, _starred(folded, lang, f"{lang}: the term {source!r} of {concept}"))


def _starred(folded: str, lang: str, named: str) -> tuple[Piece, ...]:
    """The parts of a term with stars in it; `named` says which term, should it be wrong."""
    anywhere = lang in SUBSTRING_LANGUAGES
    pieces: list[Piece] = []
    words: list[str] = []
    gap = 0
    open_left = anywhere

    def close(*, open_right: bool) -> None:
        if words:
            pieces.append(Piece(" ".join(words), open_left, open_right, gap))
            words.clear()

    for word in folded.split():
        if word == "*":
            gap = 0 if words else gap
            close(open_right=anywhere)
            gap, open_left = gap + MAX_GAP_WORDS, anywhere
            continue
        body = word
        if body.startswith("*"):
            close(open_right=anywhere)
            body, open_left = body[1:], True
        ends_open = body.endswith("*")
        for number, part in enumerate(body.rstrip("*").split("*")):
            if number:
                close(open_right=True)
                gap, open_left = (0 if not anywhere else MAX_GAP_WORDS), True
            words.append(part)
        if ends_open:
            close(open_right=True)
            gap, open_left = 0, anywhere
    close(open_right=anywhere)
    if not pieces or any(len(piece.text) < 1 for piece in pieces):
        raise TermError(f"{named} has no letters")
    return tuple(pieces)


def longest_piece(term: Term) -> Piece:
    """The part of a term that stands in the fewest texts."""
    return max(term.pieces, key=lambda piece: len(piece.text))


@cache
def term_languages() -> tuple[str, ...]:
    """Every language that has a term file, `mul` left out."""
    names = (name.removesuffix(".tsv") for name in data_names("lexicon") if name.endswith(".tsv"))
    return tuple(name for name in names if name != ANY_LANGUAGE)


def may_open(concept: str) -> bool:
    """Whether a story may be kept for the sake of this concept."""
    return concept.startswith(GATE_CONCEPTS)


class TermFile:
    """The rows of one file; a term is parsed when one of its parts is first met in a text: most never are."""

    def __init__(self, lang: str, text: str) -> None:
        """Raises `TermError` when a row is not a concept, a tab and terms."""
        text = _tidy(text)
        self._lang = lang
        self._rows = text.split("\n")
        self._folded = fold_file(text).split("\n")
        opening: list[int] = []
        others: list[int] = []
        for number, row in enumerate(self._rows):
            if not row.strip() or row[0] == "#":
                continue
            concept, tab, _ = row.partition("\t")
            if not tab or not concept:
                raise TermError(f"lexicon/{lang}.tsv line {number + 1}: expected a concept, a tab, and terms")
            (opening if may_open(concept) else others).append(number)
        self._opening, self._others = opening, others

    def starts(self) -> dict[str, tuple[int, ...]]:
        """The first part of each term, and the rows that it begins a term in: those that may open the gate first."""
        found: dict[str, tuple[int, ...]] = {}
        for number in (*self._opening, *self._others):
            here = (number,)
            for term in self._written(number):
                start, star, _ = term.partition("*")
                if star:
                    start = start.rstrip() or parse_term("", self._lang, term).pieces[0].text
                found[start] = found[start] + here if start in found else here
        return found

    def anchors(self) -> dict[str, tuple[int, ...]]:
        """The longest part of each term that may open the gate, and the rows it is found in."""
        found: dict[str, tuple[int, ...]] = {}
        for number in self._opening:
            here = (number,)
            for term in self._written(number):
                part = longest_piece(parse_term("", self._lang, term)).text if "*" in term else term
                found[part] = found[part] + here if part in found else here
        return found

    def _written(self, number: int) -> list[str]:
        """The terms of one row, folded, each without the star at its end."""
        terms = self._folded[number].partition("\t")[2] + "|"
        return [term for term in terms.replace("*|", "|").replace(" |", "|").split("|") if term]

    def terms(self, rows: Iterable[int] | None = None) -> Iterator[Term]:
        """The terms of some rows, or of all: then those that may open the gate first."""
        for number in (*self._opening, *self._others) if rows is None else dict.fromkeys(rows):
            concept, _, terms = self._rows[number].partition("\t")
            for term in filter(None, terms.split("|")):
                yield parse_term(concept, self._lang, term)


def _tidy(text: str) -> str:
    """No space beside a bar or at the end of a row."""
    return text.replace(" |", "|").replace("| ", "|").replace("\t ", "\t").replace(" \n", "\n")


@cache
def term_file(lang: str) -> TermFile:
    """The file of one language."""
    return TermFile(lang, data_text(f"lexicon/{lang}.tsv"))


@cache
def all_terms() -> tuple[Term, ...]:
    """The terms of every file."""
    return tuple(term for lang in (*term_languages(), ANY_LANGUAGE) for term in term_file(lang).terms())
