"""Incidents held in memory, found by what a report could share with them; bounded."""

from collections import Counter, OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from math import log

from tui.domain.incident import IncidentSketch
from tui.domain.recall import HELD
from tui.reading.grouping.keys import hint_keys, incident_keys, report_keys
from tui.reading.grouping.traits import Traits, traits_of_sketch

_PER_KEY = 24
"""Incidents kept under one key, the latest."""
_HINTS = 2
"""Words in common by which an incident is found that nothing else points to."""
_HINTED = 12
"""Incidents found so at most, those with most words in common."""
_CANDIDATES = 40
"""Incidents a report is compared with at most."""

BASELINE = "b:"
"""Prefix of the keys of baseline incidents."""


class Index:
    """Sketches by key, with look-up by state, object and week, by place, and by telling word."""

    def __init__(self, sketches: Iterable[IncidentSketch] = (), held: int = HELD) -> None:
        self._bound = held
        self._sketches: dict[str, IncidentSketch] = {}
        self._traits: dict[str, Traits] = {}
        self._news: OrderedDict[str, None] = OrderedDict()
        """All but the baselines, the latest put last."""
        self._lone, self._lone_hints = dict[int, list[str]](), dict[int, list[str]]()
        """Incidents of one report that tells of what came after, under the keys by which it looks for its event."""
        self._blocks: dict[int, list[str]] = {}
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

    def known(self, incident: str) -> Traits | None:
        """The same; None of one that is not held."""
        return self._traits.get(incident)

    def sketches(self) -> tuple[IncidentSketch, ...]:
        """All that is held, the latest put last."""
        return tuple(self._sketches.values())

    @property
    def latest(self) -> str | None:
        """The incident put last; a baseline only where there is nothing else."""
        return next(reversed(self._news or self._sketches), None)

    def put(self, sketch: IncidentSketch, traits: Traits | None = None) -> tuple[IncidentSketch, ...]:
        """Hold a new or changed sketch, as the latest; what leaves for it. `traits`: its compared form, if known."""
        incident = sketch.incident
        self.drop(incident)
        traits = traits or traits_of_sketch(sketch)
        self._sketches[incident] = sketch
        self._traits[incident] = traits
        self._standing.update(traits.words.keys())
        for key in _keys(sketch, traits):
            block = self._blocks.setdefault(key, [])
            block.append(incident)
            if len(block) > _PER_KEY:
                del block[0]
        if _is_lone(sketch, traits):
            for blocks, keys in self._sought(traits):
                for key in keys:
                    blocks.setdefault(key, []).append(incident)
        if not incident.startswith(BASELINE):
            self._news[incident] = None
        return self._evicted()

    def candidates(self, keys: Sequence[int], hints: Sequence[int] = ()) -> Iterator[str]:
        """Incidents filed under one of the keys, of an earlier one first, or under two of the hints; the latest first."""
        found: dict[str, None] = {}
        for key in keys:
            for incident in reversed(self._blocks.get(key, ())):
                found[incident] = None
                if len(found) >= _CANDIDATES:
                    return iter(found)
        hinted = Counter([incident for hint in hints for incident in self._blocks.get(hint, ())])
        found |= dict.fromkeys(
            [incident for incident, times in hinted.most_common(_HINTED) if times >= _HINTS]
        )
        return iter(found)

    def lone_near(self, keys: Sequence[int]) -> list[str]:
        """Lone follow-ups that look for incidents under one of the keys, or under two of them by their words."""
        if not self._lone:
            return []
        lone, hints = self._lone, self._lone_hints
        found = [one for key in keys if key in lone for one in lone[key][-_PER_KEY:]]
        hinted = Counter([one for key in keys if key in hints for one in hints[key][-_PER_KEY:]])
        return list(dict.fromkeys([*found, *(one for one, times in hinted.items() if times >= _HINTS)]))

    def rarity(self, word: str) -> float:
        """0..1: 1 for a word of few incidents, towards 0 for one that stands in most."""
        return 1.0 - log(self._standing.get(word, 0) + 1) / log(len(self._sketches) + 50)

    def drop(self, incident: str) -> None:
        """Hold it no longer."""
        traits = self._traits.pop(incident, None)
        if traits is None:
            return
        sketch = self._sketches.pop(incident)
        self._news.pop(incident, None)
        for word in traits.words:
            self._standing[word] -= 1
            if self._standing[word] <= 0:
                del self._standing[word]
        _take_out(self._blocks, _keys(sketch, traits), incident)
        if _is_lone(sketch, traits):
            for blocks, keys in self._sought(traits):
                _take_out(blocks, keys, incident)

    def _sought(self, traits: Traits) -> tuple[tuple[dict[int, list[str]], tuple[int, ...]], ...]:
        return (self._lone, report_keys(traits)), (self._lone_hints, hint_keys(traits))

    def _evicted(self) -> tuple[IncidentSketch, ...]:
        gone = []
        while len(self._sketches) > self._bound and self._news:
            gone.append(self._sketches[next(iter(self._news))])
            self.drop(gone[-1].incident)
        return tuple(gone)


def _keys(sketch: IncidentSketch, traits: Traits) -> tuple[int, ...]:
    return sketch.keys or incident_keys(traits)


def _take_out(blocks: dict[int, list[str]], keys: Iterable[int], incident: str) -> None:
    for key in keys:
        block = blocks.get(key, [])
        if incident in block:
            block.remove(incident)
        if not block:
            blocks.pop(key, None)


def _is_lone(sketch: IncidentSketch, traits: Traits) -> bool:
    return traits.late and sketch.stories == 1 and sketch.only is not None
