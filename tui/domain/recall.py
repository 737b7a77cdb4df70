"""Incidents that a grouping holds in memory no longer, found again in what is stored."""

from collections.abc import Sequence
from typing import Protocol

from tui.domain.incident import IncidentSketch

HELD = 2_500
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
