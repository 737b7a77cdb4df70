"""The war filter: strikes between states at war on each other's ground are routine, a third state never is."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Dyad:
    """Two states at war from a day to a day."""

    sides: frozenset[str]
    start: date
    end: date | None


@cache
def dyads() -> tuple[Dyad, ...]:
    """The dated table of belligerent pairs."""
    text = (resources.files("tui.reading") / "data" / "belligerents.tsv").read_text(encoding="utf-8")
    found = []
    for line in text.splitlines():
        if line and not line.startswith("#"):
            one, other, start, end, _ = line.split("\t")
            found.append(
                Dyad(
                    frozenset({one, other}),
                    date.fromisoformat(start),
                    date.fromisoformat(end) if end else None,
                ),
            )
    return tuple(found)


def at_war(states: frozenset[str], day: date | None) -> bool:
    """Whether these states, all of them, are sides of wars with each other on that day (None: ever)."""
    if not states:
        return False
    running = [
        dyad
        for dyad in dyads()
        if day is None or (dyad.start <= day and (dyad.end is None or day <= dyad.end))
    ]
    if len(states) == 1:
        return any(states <= dyad.sides for dyad in running)
    return all(any(one in dyad.sides and len(dyad.sides & states) > 1 for dyad in running) for one in states)


def fighting(iso2: str, day: date | None) -> bool:
    """Whether a state is in a war of the table on that day."""
    return at_war(frozenset({iso2}), day)
