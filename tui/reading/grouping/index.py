"""Incidents held in memory, found by what a report could share with them; bounded."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from math import log

from tui.domain.incident import IncidentSketch
from tui.reading.grouping.traits import Days, Traits, traits_of_sketch

_HELD = 6_000
"""Incidents held at most; the longest unrevised leave first, baselines never."""
_PER_KEY = 24
"""Incidents kept under one key, the latest."""
_CANDIDATES = 40
"""Incidents a report is compared with at most."""
_NAME_WORDS = 10
"""Words of a sketch by which a late follow-up can find it."""
_LONGEST = timedelta(days=70)
"""A span of days longer than this is filed under its years alone."""

Key = tuple[str, ...]

BASELINE = "b:"
"""Prefix of the keys of baseline incidents."""


class Index:
    """Sketches by key, with look-up by state, object and week, by place, and by telling word."""

    def __init__(self, sketches: Iterable[IncidentSketch] = ()) -> None:
        self._sketches: dict[str, IncidentSketch] = {}
        self._traits: dict[str, Traits] = {}
        self._blocks: dict[Key, tuple[str, ...]] = {}
        self._keys: dict[str, tuple[Key, ...]] = {}
        self._standing: Counter[str] = Counter()
        """In how many incidents a word stands."""
        for sketch in sketches:
            self.put(sketch)

    def __len__(self) -> int:
        return len(self._sketches)

    def __contains__(self, incident: str) -> bool:
        return incident in self._sketches

    def sketch(self, incident: str) -> IncidentSketch:
        """The sketch of a held incident."""
        return self._sketches[incident]

    def traits(self, incident: str) -> Traits:
        """The same in the compared form."""
        return self._traits[incident]

    def sketches(self) -> tuple[IncidentSketch, ...]:
        """All that is held, the latest put last."""
        return tuple(self._sketches.values())

    @property
    def latest(self) -> str | None:
        """The incident put last."""
        return next(reversed(self._sketches), None)

    def put(self, sketch: IncidentSketch) -> None:
        """Hold a new or changed sketch, as the latest."""
        self.drop(sketch.incident)
        traits = traits_of_sketch(sketch)
        self._sketches[sketch.incident] = sketch
        self._traits[sketch.incident] = traits
        self._standing.update(traits.words.keys())
        keys = self._keys[sketch.incident] = tuple(set(_incident_keys(traits)))
        for key in keys:
            self._blocks[key] = (*self._blocks.get(key, ()), sketch.incident)[-_PER_KEY:]
        if len(self._sketches) > _HELD:
            self._evict()

    def candidates(self, traits: Traits) -> Iterator[str]:
        """Incidents that share something with a report, the nearest kind of key first."""
        found: dict[str, None] = {}
        for key in _report_keys(traits):
            for incident in reversed(self._blocks.get(key, ())):
                found[incident] = None
                if len(found) >= _CANDIDATES:
                    return iter(found)
        return iter(found)

    def rarity(self, word: str) -> float:
        """0..1: 1 for a word of few incidents, towards 0 for one that stands in most."""
        held = len(self._sketches) + 50
        return log(held / (self._standing[word] + 1)) / log(held)

    def drop(self, incident: str) -> None:
        """Hold it no longer."""
        traits = self._traits.pop(incident, None)
        if traits is None:
            return
        del self._sketches[incident]
        for word in traits.words:
            self._standing[word] -= 1
            if self._standing[word] <= 0:
                del self._standing[word]
        for key in self._keys.pop(incident):
            left = tuple(other for other in self._blocks.get(key, ()) if other != incident)
            if left:
                self._blocks[key] = left
            else:
                self._blocks.pop(key, None)

    def _evict(self) -> None:
        for incident in self._sketches:
            if not incident.startswith(BASELINE):
                self.drop(incident)
                return


def _incident_keys(traits: Traits) -> Iterator[Key]:
    states = traits.affected or ("",)
    for state in states:
        for week in _weeks(traits.days):
            yield ("week", state, week)
        if traits.published:
            yield ("week", state, _week(traits.published.last))
        for spot in traits.spots:
            for name in spot.names:
                yield ("place", state, name)
        for word in _names(traits):
            yield ("word", state, word)
    for week in _weeks(traits.days):
        yield from (("object", tag, week) for tag in traits.classes)
        yield from (("actor", actor, week) for actor in traits.actor)
        if traits.reply:
            yield from (("reply", state, week) for state in (*traits.affected, *traits.actor))


def _report_keys(traits: Traits) -> Iterator[Key]:
    """Keys by which a report finds incidents: place, then time, then words for what may come late."""
    # Without the one or where a party answers, the state named as actor may be the one that suffered.
    suffering = traits.affected if traits.affected and not traits.reply else (*traits.affected, *traits.actor)
    states = (*suffering, "")
    weeks = tuple(dict.fromkeys((*_weeks_around(traits.days), *_weeks_around(traits.published))))
    names = sorted({name for spot in traits.spots for name in spot.names})
    words = _names(traits) if traits.late else []
    tags = () if traits.affected else sorted(traits.classes)
    yield from (("place", state, name) for state in states for name in names)
    yield from (("week", state, week) for state in states for week in weeks)
    yield from (("word", state, word) for state in states for word in words)
    yield from (("object", tag, week) for tag in tags for week in weeks)
    if traits.reply:
        yield from (("actor", state, week) for state in traits.affected for week in weeks)
    else:
        parties = (*traits.actor, *traits.affected)
        yield from (("reply", state, week) for state in parties for week in weeks)


def _names(traits: Traits) -> list[str]:
    """The telling words by which a late follow-up may find an incident, the strongest."""
    return [
        word for _, word in sorted((-weight, word) for word, weight in traits.words.items())[:_NAME_WORDS]
    ]


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
