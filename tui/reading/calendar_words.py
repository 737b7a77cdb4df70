"""Names of months and days of the week, and words such as "yesterday", in every language."""

from functools import cache
from typing import NamedTuple

from tui.reading.data_file import data_text
from tui.reading.folding import fold_quick


class TimeWord(NamedTuple):
    """What a word or phrase says of time."""

    kind: str
    """month, solar, day, rel, week, mon, year, unit, ago: see data/calendar_by_hand.tsv."""
    number: int


@cache
def _rows() -> dict[str, dict[str, list[TimeWord]]]:
    found: dict[str, dict[str, list[TimeWord]]] = {}
    for file in ("calendar.tsv", "calendar_by_hand.tsv"):
        text = data_text(f"data/{file}")
        for line in text.splitlines():
            if not line.startswith("#"):
                lang, kind, number, forms = line.split("\t")
                for form in fold_quick(forms).split("|"):
                    found.setdefault(lang, {}).setdefault(form, []).append(TimeWord(kind, int(number)))
    return found


@cache
def calendar(lang: str) -> dict[str, TimeWord]:
    """Folded forms that name a time by themselves: months, days of the week, "yesterday", "last year"."""
    words = _rows().get(lang, {})
    return {form: told[0] for form, told in words.items() if told[0].kind not in {"unit", "ago"}}


@cache
def longer_phrases(lang: str) -> dict[str, list[tuple[tuple[str, ...], TimeWord]]]:
    """Forms of several words by their first word, longest first."""
    found: dict[str, list[tuple[tuple[str, ...], TimeWord]]] = {}
    for form, told in sorted(calendar(lang).items(), key=lambda pair: -len(pair[0])):
        first, *rest = form.split(" ")
        if rest:
            found.setdefault(first, []).append((tuple(rest), told))
    return found


@cache
def units(lang: str) -> dict[str, int]:
    """Words for day, week, month and year, in days."""
    words = _rows().get(lang, {})
    return {form: one.number for form, told in words.items() for one in told if one.kind == "unit"}


@cache
def ago_words(lang: str) -> frozenset[str]:
    """Words for "ago", by the last word of those that have several."""
    words = _rows().get(lang, {})
    return frozenset(
        form.split(" ")[-1] for form, told in words.items() if any(t.kind == "ago" for t in told)
    )
