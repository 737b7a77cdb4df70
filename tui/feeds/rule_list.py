"""The user's rules in feeds.toml, or in a file it names: read, checked, and told where one can do nothing."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from tui.domain.feed import Feed
from tui.domain.rules import BiasRule, MuteRule, PlaceRule, Rules, TermRule
from tui.domain.territories import TERRITORY_NAMES
from tui.domain.value import dataclass
from tui.feeds import feed_fields as fields
from tui.feeds.feed_fields import FieldError
from tui.feeds.feed_file import FeedListError, Lines, read_document
from tui.feeds.problems import Problems
from tui.feeds.rule_warnings import warnings_of
from tui.reading.terms import ANY_LANGUAGE, Term, TermError, all_terms, parse_term, term_languages

RULE_TABLES = ("term", "mute", "bias", "place")

_LONGEST_TERM = 100
_MOST_PARTS = 6
_MOST_TERMS = 2_000
_MOST_IN_ALL = 10_000
_MOST_ADDED = 10.0
_WIDEST = 1_000.0


class _WrittenReading(msgspec.Struct, forbid_unknown_fields=True):
    """The [reading] table as it stands in the file."""

    war_routine: str = "hide"
    rules: str | None = None


class _WrittenTerm(msgspec.Struct, forbid_unknown_fields=True):
    """A [[term]] table."""

    name: str
    concept: str
    terms: list[str]
    lang: str = ANY_LANGUAGE


class _WrittenMute(msgspec.Struct, forbid_unknown_fields=True):
    """A [[mute]] table."""

    name: str
    terms: list[str]
    lang: str = ANY_LANGUAGE
    story: bool = False


class _WrittenBias(msgspec.Struct, forbid_unknown_fields=True):
    """A [[bias]] table."""

    name: str
    feed: str
    add: float


class _WrittenPlace(msgspec.Struct, forbid_unknown_fields=True):
    """A [[place]] table."""

    name: str
    words: list[str] | None = None
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    within: float = 0.0
    add: float = 0.0


RULES_AS_WRITTEN: Mapping[str, type[msgspec.Struct]] = {
    "reading": _WrittenReading,
    "term": _WrittenTerm,
    "mute": _WrittenMute,
    "bias": _WrittenBias,
    "place": _WrittenPlace,
}
"""Each table with what it may hold."""


@dataclass(frozen=True, slots=True)
class FoundRules:
    """The rules of a list, and what is allowed in them but can do nothing."""

    rules: Rules
    warnings: tuple[str, ...] = ()
    file: Path | None = None
    """The other file that holds some of them."""


def read_rules(
    path: Path, document: Mapping[str, Any], problems: Problems, feeds: Sequence[Feed]
) -> FoundRules:
    """The rules of a document and of the file it names; problems of this file are noted, of the other raised."""
    reading = problems.read("reading", 0, document.get("reading", {}), _WrittenReading, _checked_reading)
    here = _rules_of(document, problems, feeds)
    there, named = Rules(), None
    if reading is not None and reading.rules is not None:
        named = path.parent / Path(reading.rules).expanduser()
        there = _named_file(named, feeds)
    rules = Rules(
        terms=(*here.terms, *there.terms),
        mutes=(*here.mutes, *there.mutes),
        biases=(*here.biases, *there.biases),
        places=(*here.places, *there.places),
        war_routine=reading is not None and reading.war_routine == "show",
    )
    _no_two_alike(rules, str(named or path))
    terms = sum(len(rule.terms) for rule in rules.terms) + sum(len(rule.terms) for rule in rules.mutes)
    if terms > _MOST_IN_ALL:
        raise FeedListError(
            str(named or path), None, "", f"the rules have more than {_MOST_IN_ALL:,} terms", "take some out"
        )
    return FoundRules(rules, warnings_of(rules, feeds, str(named or path)) if rules else (), named)


def _checked_reading(written: _WrittenReading) -> _WrittenReading:
    if written.war_routine not in {"hide", "show"}:
        raise FieldError(
            "war_routine", f"{written.war_routine[:40]!r} is no choice", 'write "hide" or "show"'
        )
    return written


def _named_file(path: Path, feeds: Sequence[Feed]) -> Rules:
    document, text = read_document(path)
    problems = Problems(str(path), Lines(text))
    for name in document:
        if name not in RULE_TABLES:
            heads = ", ".join(f"[[{table}]]" for table in RULE_TABLES)
            problems.add("", 0, name, "is no table of a file of rules", f"write {heads}")
    rules = _rules_of(document, problems, feeds)
    problems.raise_first()
    return rules


def _rules_of(document: Mapping[str, Any], problems: Problems, feeds: Sequence[Feed]) -> Rules:
    """The rules of one document; what is wrong is noted."""
    if not any(document.get(name) for name in RULE_TABLES):
        return Rules()
    term = (
        problems.read("term", at, table, _WrittenTerm, _term)
        for at, table in _tables(document, "term", problems)
    )
    mute = (
        problems.read("mute", at, table, _WrittenMute, _mute)
        for at, table in _tables(document, "mute", problems)
    )
    bias = (
        problems.read("bias", at, table, _WrittenBias, lambda written: _bias(written, feeds))
        for at, table in _tables(document, "bias", problems)
    )
    place = (
        problems.read("place", at, table, _WrittenPlace, _place)
        for at, table in _tables(document, "place", problems)
    )
    return Rules(
        terms=tuple(rule for rule in term if rule is not None),
        mutes=tuple(rule for rule in mute if rule is not None),
        biases=tuple(rule for rule in bias if rule is not None),
        places=tuple(rule for rule in place if rule is not None),
    )


def _tables(document: Mapping[str, Any], name: str, problems: Problems) -> Iterator[tuple[int, object]]:
    tables = document.get(name, [])
    if not isinstance(tables, list):
        problems.add(name, 0, "", f"[{name}] is one table", f"write [[{name}]] with two brackets")
        return
    yield from enumerate(tables)


def _no_two_alike(rules: Rules, path: str) -> None:
    """A name is what `why` says of a rule, so it can be the name of one rule only."""
    seen: set[str] = set()
    for rules_of_kind in (rules.terms, rules.mutes, rules.biases, rules.places):
        for name in (rule.name for rule in rules_of_kind):
            if name in seen:
                problem = f"two rules are named {name!r}"
                raise FeedListError(path, None, "name", problem, "give one of them another name")
            seen.add(name)


@cache
def _concepts() -> frozenset[str]:
    return frozenset(term.concept for term in all_terms())


def _term(written: _WrittenTerm) -> TermRule:
    concepts = _concepts()
    if written.concept not in concepts:
        family = sorted(concept for concept in concepts if concept[:2] == written.concept[:2])
        raise FieldError(
            "concept",
            f"{written.concept[:40]!r} is no concept of the term files",
            f"write one such as {', '.join((family or sorted(concepts))[:12])}",
        )
    lang = _language(written.lang)
    return TermRule(_name(written.name), written.concept, lang, _terms("terms", written.terms, lang))


def _mute(written: _WrittenMute) -> MuteRule:
    lang = _language(written.lang)
    return MuteRule(_name(written.name), lang, _terms("terms", written.terms, lang), written.story)


def _bias(written: _WrittenBias, feeds: Sequence[Feed]) -> BiasRule:
    """A feed by its address or its name; one that is not in the list stays as written, and is warned of."""
    wanted = written.feed.strip().casefold()
    if not wanted:
        raise FieldError("feed", "is empty", "write the name or the address of a feed")
    address = next(
        (feed.url for feed in feeds if wanted in {feed.url.casefold(), feed.name.casefold()}), None
    )
    if written.add == 0:
        raise FieldError("add", "0 changes nothing", "write a number such as 1.5 or -2, or take the rule out")
    return BiasRule(_name(written.name), address or written.feed.strip(), _added(written.add))


def _place(written: _WrittenPlace) -> PlaceRule:
    name = _name(written.name)
    country = fields.country("country", written.country) if written.country is not None else None
    if country is not None and country not in TERRITORY_NAMES:
        raise FieldError("country", f"{country!r} is no state's code", 'write one such as "PL"')
    if (written.lat is None) != (written.lon is None):
        missing = "lat" if written.lat is None else "lon"
        raise FieldError(missing, "is missing beside the other", "write both lat and lon, or neither")
    lat = _degrees("lat", written.lat, 90)
    lon = _degrees("lon", written.lon, 180)
    if not 0 <= written.within <= _WIDEST:
        raise FieldError(
            "within", f"{written.within:g} is out of bounds", f"write kilometres from 0 to {_WIDEST:g}"
        )
    if written.within and lat is None:
        raise FieldError("within", "needs a point to measure from", "write lat and lon")
    words = written.words
    if words is None:
        words = [] if lat is None and country is not None else [name]
    if not words and lat is None and country is None:
        raise FieldError(
            "words", "is empty, so that nothing could match", "write spellings, a point, or a country"
        )
    return PlaceRule(name, _spellings(words), country, lat, lon, written.within, _added(written.add))


def _name(written: str) -> str:
    return fields.label("name", written)


def _language(written: str) -> str:
    if written != ANY_LANGUAGE and written not in term_languages():
        raise FieldError(
            "lang",
            f"{written[:40]!r} is no language that is read",
            f"write one of {', '.join(term_languages())}, or leave it out for all",
        )
    return written


def _terms(key: str, written: Iterable[str], lang: str) -> tuple[str, ...]:
    """Terms that can be matched, in the order written, each once."""
    found = tuple(dict.fromkeys(term.strip() for term in written))
    if not found:
        raise FieldError(key, "is empty, so that nothing could match", 'write terms such as ["spy blimp*"]')
    if len(found) > _MOST_TERMS:
        raise FieldError(key, f"has more than {_MOST_TERMS} terms", "make several rules of it")
    for term in found:
        _parsed(key, term, lang)
    return found


def _parsed(key: str, term: str, lang: str) -> Term:
    if len(term) > _LONGEST_TERM:
        raise FieldError(key, f"{term[:30]!r}… is longer than {_LONGEST_TERM} characters", "shorten it")
    try:
        parsed = parse_term("", lang, term)
    except TermError:
        raise FieldError(
            key,
            f"{term!r} has no letters to look for",
            "write words; * stands for any ending, or up to 3 words",
        ) from None
    if len(parsed.pieces) > _MOST_PARTS:
        raise FieldError(key, f"{term!r} has more than {_MOST_PARTS} parts between stars", "take some out")
    return parsed


def _spellings(words: Iterable[str]) -> tuple[str, ...]:
    """Spellings of a place: words that stand together, with at most an open end."""
    found = tuple(dict.fromkeys(word.strip() for word in words))
    for word in found:
        (first, *more) = _parsed("words", word, ANY_LANGUAGE).pieces
        if more or first.open_left:
            raise FieldError(
                "words", f"{word!r} has a star inside it", "write the name whole; only its end may be open"
            )
    return found


def _added(value: float) -> float:
    if not abs(value) <= _MOST_ADDED:
        raise FieldError(
            "add", f"{value:g} is out of bounds", f"write a number from -{_MOST_ADDED:g} to {_MOST_ADDED:g}"
        )
    return float(value)


def _degrees(key: str, value: float | None, most: float) -> float | None:
    if value is not None and not abs(value) <= most:
        raise FieldError(key, f"{value:g} is no such degree", f"write degrees from -{most:g} to {most:g}")
    return value
