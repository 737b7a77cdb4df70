"""Every spelling of a state, people, capital, ministry, force, place and airport we know, to its state."""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from tui.domain.codes import PlacePrecision
from tui.domain.reading import Place
from tui.reading.data_file import data_text


class Name(NamedTuple):
    """One spelling, folded."""

    form: str
    stem: bool
    """True when an ending may follow."""
    lang: str
    kind: str
    """name, adj, capital, force, place, airport."""
    iso2: str
    place: int = -1
    """Number for `place`, -1 when the name is a state or its organs."""


def _lines(file: str) -> list[str]:
    """The rows of a file, each parted only when it is asked for: most never are."""
    return [line for line in data_text(f"data/{file}").split("\n") if line and line[0] != "#"]


@cache
def _place_rows() -> list[str]:
    return _lines("places.tsv")


@cache
def place(number: int) -> Place:
    """One place with its state, and coordinates where they are certain."""
    name, iso2, lat, lon, precision, _ = _place_rows()[number].split("\t")
    return Place(
        name=name,
        country=iso2 or None,
        lat=float(lat) if lat else None,
        lon=float(lon) if lon else None,
        precision=PlacePrecision(precision),
    )


def site_of(number: int) -> str:
    """What a place is: airport, base or plant; empty for the rest."""
    return _place_rows()[number].rpartition("\t")[2]


@cache
def _capitals() -> dict[str, tuple[int, tuple[str, ...]]]:
    """Number and stems of each state's capital."""
    found: dict[str, tuple[int, tuple[str, ...]]] = {}
    for number, line in enumerate(_place_rows()):
        if "\tcapital:" in line:
            row = line.split("\t")
            found[row[1]] = number, tuple(row[5].removeprefix("capital:").split("|"))
    return found


def capital(iso2: str, words: str) -> Place | None:
    """The capital of a state when folded words are its name."""
    number, stems = _capitals().get(iso2, (-1, ()))
    return place(number) if stems and words.startswith(stems) else None


@cache
def _name_rows() -> dict[str, list[str]]:
    """The rows of each language."""
    lines: dict[str, list[str]] = {}
    for line in _lines("names.tsv"):
        lines.setdefault(line.partition("\t")[0], []).append(line)
    return lines


def name_starts(lang: str) -> dict[str, tuple[int, ...]]:
    """Every spelling of one language, and the rows it stands in."""
    found: dict[str, tuple[int, ...]] = {}
    for number, line in enumerate(_name_rows().get(lang, ())):
        here = (number,)
        forms = line.rpartition("\t")[2]
        for form in forms.replace("*|", "|").removesuffix("*").split("|"):
            found[form] = found[form] + here if form in found else here
    return found


def names_in(lang: str, number: int) -> Iterator[Name]:
    """The names of one row of a language."""
    _, kind, iso2, place_number, forms = _name_rows()[lang][number].split("\t")
    for form in forms.split("|"):
        stem = form[-1] == "*"
        yield Name(form[:-1] if stem else form, stem, lang, kind, iso2, int(place_number))


def names_of(languages: frozenset[str]) -> list[Name]:
    """Every spelling of some languages, as `scripts/build_gazetteer.py` laid them down."""
    rows = _name_rows()
    return [
        name
        for lang in sorted(languages)
        for number in range(len(rows.get(lang, ())))
        for name in names_in(lang, number)
    ]
