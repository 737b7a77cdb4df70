"""The term files: one a language, each line a concept and its terms."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from tui.reading.folding import fold_quick

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


@cache
def term_languages() -> tuple[str, ...]:
    """Every language that has a term file, `mul` left out."""
    folder = resources.files("tui.reading") / "lexicon"
    names = sorted(
        entry.name.removesuffix(".tsv") for entry in folder.iterdir() if entry.name.endswith(".tsv")
    )
    return tuple(name for name in names if name != ANY_LANGUAGE)


def _parsed(lang: str, wanted: Callable[[str], bool]) -> Iterator[Term]:
    """The terms of one file whose concepts are wanted."""
    text = (resources.files("tui.reading") / "lexicon" / f"{lang}.tsv").read_text(encoding="utf-8")
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        concept, tab, terms = line.partition("\t")
        concept = concept.strip()
        if not tab or not concept:
            raise TermError(f"lexicon/{lang}.tsv line {number}: expected a concept, a tab, and terms")
        if not wanted(concept):
            continue
        for term in terms.split("|"):
            if term.strip():
                yield parse_term(concept, lang, term.strip())


def may_open(concept: str) -> bool:
    """Whether a story may be kept for the sake of this concept."""
    return concept.startswith(GATE_CONCEPTS)


@cache
def opening_terms(lang: str) -> tuple[Term, ...]:
    """The terms of one file that the gate looks for: all that is needed of a language that is never met."""
    return tuple(_parsed(lang, may_open))


@cache
def terms_of(lang: str) -> tuple[Term, ...]:
    """The terms of one file; none for a language that has no file."""
    if lang not in {*term_languages(), ANY_LANGUAGE}:
        return ()
    return (*opening_terms(lang), *_parsed(lang, lambda concept: not may_open(concept)))


@cache
def all_terms() -> tuple[Term, ...]:
    """The terms of every file."""
    return tuple(term for lang in (*term_languages(), ANY_LANGUAGE) for term in terms_of(lang))
