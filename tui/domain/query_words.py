"""What a query is about, seen from outside: its words and where they stand in a text, and how a box completes it."""

import unicodedata
from collections.abc import Iterator, Sequence

from tui.domain.query import parse_query
from tui.domain.query_fields import FIELDS, fields_by_name, folded
from tui.domain.query_leaf import QueryProblem
from tui.domain.query_tree import All, AnyOf, OneOf, Part, Words

LONGEST_LIT = 4000
"""Characters of a text that are looked through for words."""


def words_asked(query: Part) -> tuple[str, ...]:
    """The words that a hit may hold, folded, phrases taken apart; not those that it must not hold."""
    return tuple(dict.fromkeys(_words(query)))


def _words(query: Part) -> Iterator[str]:
    if isinstance(query, Words):
        pieces = "".join(letter if letter.isalnum() else " " for letter in folded(query.text))
        yield from pieces.split()
    elif isinstance(query, All | AnyOf):
        for part in query.parts:
            yield from _words(part)


def places_of(words: Sequence[str], text: str) -> list[tuple[int, int]]:
    """Where words begin in a text: start and end in code points, in order, none over another."""
    letters: list[str] = []
    origin: list[int] = []
    for at, letter in enumerate(text[:LONGEST_LIT]):
        for piece in folded(letter):
            letters.append(piece)
            origin.append(at)
    plain = "".join(letters)
    found: list[tuple[int, int]] = []
    for word in words:
        at = plain.find(word)
        while at >= 0:
            if at == 0 or not plain[at - 1].isalnum() or _without_spaces(word[0]):
                found.append((origin[at], _past_marks(text, origin[at + len(word) - 1] + 1)))
            at = plain.find(word, at + 1)
    return _apart(sorted(found, key=lambda place: (place[0], -place[1])))


def _past_marks(text: str, at: int) -> int:
    """Accents that follow a letter belong to it."""
    while at < len(text) and unicodedata.combining(text[at]):
        at += 1
    return at


def _apart(places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    kept: list[tuple[int, int]] = []
    for start, end in places:
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept


def _without_spaces(letter: str) -> bool:
    """Kana and Han: a word begins anywhere."""
    return "\u3041" <= letter <= "\u30ff" or "\u3400" <= letter <= "\u9fff"


def toggled(query: Part, field: str, value: str) -> Part:
    """The query with a value of a field asked for, or no longer when it was."""
    parts = query.parts if isinstance(query, All) else (query,)
    there = next((part for part in parts if isinstance(part, OneOf) and part.field == field), None)
    values = () if there is None else there.typed
    wanted = tuple(one for one in values if one != value) if value in values else (*values, value)
    new = parse_query(f"{field}:{','.join(wanted)}") if wanted else All()
    if isinstance(new, QueryProblem):
        return query
    changed = tuple(new if part is there else part for part in parts)
    if there is None:
        changed = (*changed, new)
    left = tuple(part for part in changed if part != All())
    return left[0] if len(left) == 1 else All(left)


def asks_for(query: Part, field: str, value: str) -> bool:
    """Whether the value is among those that the query names for the field."""
    parts = query.parts if isinstance(query, All) else (query,)
    return any(isinstance(part, OneOf) and part.field == field and value in part.typed for part in parts)


def completion(text: str) -> str | None:
    """The text with its last word completed: the name of a field, or one of its values; None when nothing fits."""
    start = max(text.rfind(stop) for stop in " (|\u3000") + 1
    last = text[start:].removeprefix("-")
    if not last or '"' in text[start:]:
        return None
    name, colon, typed = last.partition(":")
    if not colon:
        names = [field.name for field in FIELDS if field.name.startswith(name.lower())]
        return f"{text}{names[0][len(name) :]}:" if names and len(name) > 1 else None
    field = fields_by_name().get(name.lower())
    value = typed.rpartition(",")[2]
    fits = [one for one in (field.values if field else ()) if value and one.lower().startswith(value.lower())]
    return text + fits[0][len(value) :] if fits else None
