"""Incidents that a grouping holds in memory no longer, found again in what is stored."""

from collections.abc import Sequence
from typing import Protocol

from tui.domain.incident import IncidentSketch

HELD = 2_000
"""Incidents a grouping holds in memory, the latest told: a month of the busiest news."""


class Recall(Protocol):
    """Where the sketches are that a grouping does not hold."""

    def names_under(self, sure: Sequence[int], hints: Sequence[int], limit: int) -> Sequence[str]:
        """Incidents filed under one of the sure keys or two of the hints, those under most first, then the latest."""
        ...

    def sketches_of(self, incidents: Sequence[str]) -> Sequence[IncidentSketch]:
        """The sketches of those among these incidents that are stored."""
        ...

    def put_away(self, sketches: Sequence[IncidentSketch]) -> None:
        """These leave the memory; a store that has them already need do nothing."""
        ...

    def pinned(self, incident: str) -> bool:
        """Whether a person watches it or wrote beside it: its story stays."""
        ...


class Forgetful:
    """For a grouping that has no store: what leaves the memory is gone."""

    def names_under(self, sure: Sequence[int], hints: Sequence[int], limit: int) -> Sequence[str]:
        """None."""
        del sure, hints, limit
        return ()

    def sketches_of(self, incidents: Sequence[str]) -> Sequence[IncidentSketch]:
        """None."""
        del incidents
        return ()

    def put_away(self, sketches: Sequence[IncidentSketch]) -> None:
        """Nothing to keep them in."""

    def pinned(self, incident: str) -> bool:
        """No: nobody can."""
        del incident
        return False
