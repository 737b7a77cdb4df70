"""The events of some sentences, main first, each with the mark it was read from."""

from collections.abc import Iterable, Sequence
from functools import cache

from tui.domain.codes import Event
from tui.domain.value import dataclass
from tui.reading.data_file import data_text
from tui.reading.event_cues import PARTS, Cue, cues_of
from tui.reading.facets import Found
from tui.reading.scene import Sentence

BIAS = "bias"
AS_MAIN = "main: "
"""Before an event's code: the cue that it is the main one, for the events told beside it."""

Weights = dict[tuple[str, str], tuple[tuple[Event, float], ...]]
"""For each cue in each part of the story, the events it speaks for and how strongly."""


@dataclass(frozen=True, slots=True)
class Tables:
    """What each cue is worth: to be the main event, and to be told at all."""

    main: Weights
    told: Weights


@cache
def tables() -> Tables:
    """The two tables shipped with the package."""
    return Tables(_read("event_points.tsv"), _read("event_told.tsv"))


def _read(name: str) -> Weights:
    text = data_text(f"data/{name}")
    found: dict[tuple[str, str], list[tuple[Event, float]]] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            event, cue, *values = line.split("\t")
            for part, value in zip(PARTS, values, strict=True):
                if float(value):
                    found.setdefault((cue, part), []).append((Event(event), float(value)))
    return {cue: tuple(pairs) for cue, pairs in found.items()}


def read_events(sentences: Sequence[Sentence], *, foreign: bool) -> list[Found[Event]]:
    """The events, main first, the others by how clearly they are told.

    The main event is the one for which the headline speaks most; `foreign` tells whether an object that
    is merely named is over somebody's ground.
    """
    cues: dict[tuple[str, str], Cue] = {}
    for cue in cues_of(sentences, foreign=foreign):
        cues.setdefault((cue.name, cue.part), cue)
    points = weigh(cues, tables().main)
    if not points:
        return []
    main = max(points, key=lambda event: (points[event], -_ORDER[event]))
    told = weigh((*cues, (BIAS, "head"), (AS_MAIN + main, "head")), tables().told)
    beside = sorted(
        (event for event in told if told[event] > 0 and event is not main), key=lambda e: -told[e]
    )
    return [_found(event, cues) for event in (main, *beside) if _shown(event, cues)]


_ORDER = {event: number for number, event in enumerate(Event)}


def weigh(cues: Iterable[tuple[str, str]], weights: Weights) -> dict[Event, float]:
    """The sum for each event that any cue speaks for or against."""
    total: dict[Event, float] = {}
    for cue in cues:
        for event, value in weights.get(cue, ()):
            total[event] = total.get(event, 0.0) + value
    return total


@cache
def _worths() -> dict[Event, dict[tuple[str, str], float]]:
    """For each event how strongly each cue speaks for it as the main one."""
    found: dict[Event, dict[tuple[str, str], float]] = {event: {} for event in Event}
    for cue, pairs in tables().main.items():
        for event, value in pairs:
            found[event][cue] = found[event].get(cue, 0.0) + value
    return found


def _shown(event: Event, cues: dict[tuple[str, str], Cue]) -> bool:
    """Whether any words at all speak for it: no fact without a span."""
    worths = _worths()[event]
    return any(worths[cue] > 0 for cue in cues if cue in worths)


def _found(event: Event, cues: dict[tuple[str, str], Cue]) -> Found[Event]:
    """The event at the words that speak for it most."""
    worths = _worths()[event]
    best = max(cues, key=lambda cue: worths.get(cue, 0.0))
    return Found(event, cues[best].sentence, cues[best].mark)
