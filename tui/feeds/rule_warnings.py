"""Rules that are in order and yet can do nothing, or more than was meant."""

from collections.abc import Iterator, Sequence

from tui.domain.feed import Feed
from tui.domain.rules import MuteRule, Rules, TermRule
from tui.reading.terms import ANY_LANGUAGE, SUBSTRING_LANGUAGES, Piece, all_terms, parse_term

_SHORT = 3
"""A term of fewer letters stands in many words."""


def warnings_of(rules: Rules, feeds: Sequence[Feed], path: str) -> tuple[str, ...]:
    """One sentence for each, with the file, the rule and what to do."""
    found = (*_doubled(rules), *_short(rules), *_unlisted(rules, feeds))
    return tuple(f"{path}: {said}" for said in found)


def _doubled(rules: Rules) -> Iterator[str]:
    known = (
        {(term.lang, term.concept, term.pieces): term.source for term in all_terms()} if rules.terms else {}
    )
    starts = _starts() if rules.terms else {}
    own: dict[tuple[str, str, tuple[Piece, ...]], str] = {}
    muted = {parse_term("", rule.lang, term).pieces: rule.name for rule in rules.mutes for term in rule.terms}
    for rule in rules.terms:
        for source in rule.terms:
            pieces = parse_term(rule.concept, rule.lang, source).pieces
            key = (rule.lang, rule.concept, pieces)
            said = f"[[term]] '{rule.name}': {source!r}"
            if key in known or (ANY_LANGUAGE, rule.concept, pieces) in known:
                yield f"{said} is in the term files already; take it out"
            elif covering := _covering(starts, rule, pieces):
                yield f"{said} is found already, as {covering!r} of the term files; take it out"
            elif key in own:
                yield f"{said} stands in '{own[key]}' too; take one of the two out"
            if pieces in muted:
                yield f"{said} can never match, as '{muted[pieces]}' mutes it; take one of the two out"
            own.setdefault(key, rule.name)
    yield from _muted_twice(rules)


_Starts = dict[tuple[str, str, str], str]
"""Shipped beginnings of words, by language, concept and text, as the files write them."""


def _starts() -> _Starts:
    return {
        (term.lang, term.concept, term.pieces[0].text): term.source
        for term in all_terms()
        if len(term.pieces) == 1 and term.pieces[0].open_right
    }


def _covering(starts: _Starts, rule: TermRule, pieces: tuple[Piece, ...]) -> str:
    """The shipped beginning of a word that finds all that a term of one word does; empty without one."""
    if len(pieces) > 1 or pieces[0].open_left or " " in pieces[0].text:
        return ""
    word = pieces[0].text
    for size in range(1, len(word) + 1):
        for lang in (rule.lang, ANY_LANGUAGE):
            found = starts.get((lang, rule.concept, word[:size]))
            if found is not None:
                return found
    return ""


def _muted_twice(rules: Rules) -> Iterator[str]:
    seen: dict[tuple[str, tuple[Piece, ...]], str] = {}
    for rule in rules.mutes:
        for source in rule.terms:
            key = (rule.lang, parse_term("", rule.lang, source).pieces)
            if key in seen:
                yield f"[[mute]] '{rule.name}': {source!r} stands in '{seen[key]}' too; take one of the two out"
            seen.setdefault(key, rule.name)


def _short(rules: Rules) -> Iterator[str]:
    told: tuple[TermRule | MuteRule, ...] = (*rules.terms, *rules.mutes)
    for rule in told:
        table = "term" if isinstance(rule, TermRule) else "mute"
        for source in rule.terms:
            letters = sum(len(piece.text) for piece in parse_term("", rule.lang, source).pieces)
            if letters < _SHORT and rule.lang not in SUBSTRING_LANGUAGES and source.isascii():
                yield f"[[{table}]] '{rule.name}': {source!r} is so short that it will match by chance; write more of it"


def _unlisted(rules: Rules, feeds: Sequence[Feed]) -> Iterator[str]:
    listed = {feed.url for feed in feeds}
    for rule in rules.biases:
        if rule.feed not in listed:
            yield f"[[bias]] '{rule.name}': no feed is named {rule.feed!r}, so it can never count; mend the name or take it out"
