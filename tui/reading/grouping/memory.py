"""What a grouping knows of incidents: those it holds, and those that its store finds again for it."""

from collections.abc import Iterable, Sequence
from datetime import date

from tui.domain.incident import IncidentSketch
from tui.domain.recall import Recall
from tui.reading.grouping.index import BASELINE, Index
from tui.reading.grouping.keys import hint_keys, sure_keys
from tui.reading.grouping.traits import Traits

_REACH = 21
"""Days before a first-hand report, or before the day it tells of, beyond which it joins nothing."""
_NAMED = 24
"""Incidents that the store names for a report; some of them are held."""
_COMPARED = 8
"""Of those not held, how many are fetched and compared."""


class Memory:
    """The held incidents, and the way to the others."""

    def __init__(self, sketches: Iterable[IncidentSketch], recall: Recall, held: int) -> None:
        self.index = Index((), held)
        self._recall = recall
        self._away: date | None = None
        """The last day on which anything was told of an incident that is not held; None: all are held."""
        news = []
        for sketch in sketches:
            self.put(sketch)
            if not sketch.incident.startswith(BASELINE):
                news.append(_last_told(sketch))
        if news:
            # What is stored beside these is no later than the earliest of them.
            self._away = max(self._away or date.min, min(news))

    def put(self, sketch: IncidentSketch, traits: Traits | None = None) -> None:
        """Hold it as the latest; the longest untold goes to the store for it."""
        gone = self.index.put(sketch, traits)
        if gone:
            self._recall.put_away(gone)
            self._away = max(self._away or date.min, *map(_last_told, gone))

    def empty(self, incident: str) -> None:
        """Nothing is left in it: neither held nor found again."""
        self.index.drop(incident)
        self._recall.put_away((IncidentSketch(incident),))

    def pinned(self, incident: str) -> bool:
        """Whether a person watches it or wrote beside it."""
        return self._recall.pinned(incident)

    def fetched(self, traits: Traits) -> Sequence[IncidentSketch]:
        """Incidents that are not held and that a report may be about."""
        if self._away is None or not self._may_be_away(traits, self._away):
            return ()
        names = self._recall.names_under(sure_keys(traits, self._away), hint_keys(traits), _NAMED)
        away = [name for name in names if name not in self.index][:_COMPARED]
        return self._recall.sketches_of(away) if away else ()

    def fetch(self, incident: str) -> IncidentSketch | None:
        """One that is not held, if it is stored."""
        found = self._recall.sketches_of([incident]) if self._away else ()
        return found[0] if found and found[0] != IncidentSketch(incident) else None  # blank: it was emptied

    @staticmethod
    def _may_be_away(traits: Traits, away: date) -> bool:
        if traits.late or not traits.days or not traits.published:
            return True
        return (min(traits.days.first, traits.published.first) - away).days <= _REACH


def _last_told(sketch: IncidentSketch) -> date:
    told = sketch.last_published.date() if sketch.last_published else date.min
    return max(told, sketch.last_day or date.min)
