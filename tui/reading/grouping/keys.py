"""Numbers under which incidents are filed, and those under which a report looks for them: state, week, place, word."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache
from zlib import crc32

from tui.reading.grouping.traits import Days, Traits

_NAME_WORDS = 10
"""Words of a sketch by which a late follow-up can find it."""
_LONGEST = timedelta(days=70)
"""A span of days longer than this is filed under its years alone."""


def incident_keys(traits: Traits) -> tuple[int, ...]:
    """All keys of an incident, each once, in order of size."""
    return tuple(sorted(set(_incident_keys(traits))))


def report_keys(traits: Traits) -> tuple[int, ...]:
    """Keys by each of which a report finds incidents, the nearest kind first: place, then time."""
    return tuple(dict.fromkeys(_report_keys(traits)))


@lru_cache(maxsize=8192)
def _key(kind: str, about: str, name: str = "") -> int:
    """Two names of one number only cost a comparison more."""
    return crc32(f"{kind}\x00{about}\x00{name}".encode("utf-8", "surrogatepass"))


def _incident_keys(traits: Traits) -> Iterator[int]:
    weeks = tuple(_weeks(traits.days))
    for state in traits.affected or ("",):
        yield from (_key("week", state, week) for week in weeks)
        if traits.published:
            yield _key("week", state, _week(traits.published.last))
        yield from (_key("place", state, name) for spot in traits.spots for name in spot.names)
        yield from (_key("word", state, word) for word in _names(traits))
    for week in weeks:
        yield from (_key("object", tag, week) for tag in traits.classes)
        yield from (_key("actor", actor, week) for actor in traits.actor)
        if traits.reply:
            yield from (_key("reply", state, week) for state in (*traits.affected, *traits.actor))


def sure_keys(traits: Traits, before: date) -> tuple[int, ...]:
    """Of a report: places, and weeks up to that day; each alone may name an incident of long ago."""
    weeks = [
        week for week in _all_weeks(traits) if not week.isdigit() or int(week) <= before.toordinal() // 7
    ]
    return tuple(dict.fromkeys((*_place_keys(traits), *_week_keys(traits, weeks))))


def hint_keys(traits: Traits) -> tuple[int, ...]:
    """Of a report that may come late: its strongest words, of which it takes two to find an incident."""
    return tuple(dict.fromkeys(_word_keys(traits))) if traits.late else ()


def _report_keys(traits: Traits) -> Iterator[int]:
    weeks = _all_weeks(traits)
    yield from _place_keys(traits)
    yield from _week_keys(traits, weeks)
    if not traits.affected:
        for tag in sorted(traits.classes):
            yield from [_key("object", tag, week) for week in weeks]
    if traits.reply:
        for state in traits.affected:
            yield from [_key("actor", state, week) for week in weeks]
    else:
        for state in (*traits.actor, *traits.affected):
            yield from [_key("reply", state, week) for week in weeks]


def _states(traits: Traits) -> tuple[str, ...]:
    """States under which a report looks; none is one of them."""
    # Without the one or where a party answers, the state named as actor may be the one that suffered.
    suffering = traits.affected if traits.affected and not traits.reply else (*traits.affected, *traits.actor)
    return (*suffering, "")


def _place_keys(traits: Traits) -> list[int]:
    names = sorted({name for spot in traits.spots for name in spot.names})
    return [_key("place", state, name) for state in _states(traits) for name in names]


def _week_keys(traits: Traits, weeks: Sequence[str]) -> list[int]:
    return [_key("week", state, week) for state in _states(traits) for week in weeks]


def _word_keys(traits: Traits) -> list[int]:
    words = _names(traits)
    return [_key("word", state, word) for state in _states(traits) for word in words]


def _all_weeks(traits: Traits) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*_weeks_around(traits.days), *_weeks_around(traits.published))))


def _names(traits: Traits) -> list[str]:
    """The telling words by which a late follow-up may find an incident, the strongest."""
    ranked = sorted([(-weight, word) for word, weight in traits.words.items()])
    return [word for _, word in ranked[:_NAME_WORDS]]


def _week(day: date) -> str:
    return str(day.toordinal() // 7)


def _weeks(days: Days | None) -> Iterator[str]:
    if days is None:
        yield "undated"
    elif days.last - days.first > _LONGEST:
        for year in range(days.first.year, days.last.year + 1):
            yield f"year {year}"
    else:
        for week in range(days.first.toordinal() // 7, days.last.toordinal() // 7 + 1):
            yield str(week)


def _weeks_around(days: Days | None) -> Iterator[str]:
    """The weeks themselves first, then one before and two after."""
    if days is None or days.last - days.first > _LONGEST:
        yield from _weeks(days)
        return
    first, last = days.first.toordinal() // 7, days.last.toordinal() // 7
    for week in range(first, last + 1):
        yield str(week)
    yield from (str(first - 1), str(last + 1), str(first - 2))
    yield f"year {days.first.year}"
    yield "undated"
