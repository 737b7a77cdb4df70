"""What one sentence tells by itself, by rule: how a story is parted into its events."""

from collections.abc import Iterator, Sequence

from tui.domain.codes import Event
from tui.reading.event_acts import CRAFT, LINES, SITES
from tui.reading.matching import Mark
from tui.reading.polarity import is_hypothetical
from tui.reading.scene import Sentence


def told_events(sentence: Sentence) -> tuple[Event, ...]:
    """The events that the sentence tells, without any guess."""
    here = set(sentence.concepts)
    flags = _flags(here)
    return tuple(dict.fromkeys(code for code, marks in _told(sentence, here, flags) if marks))


def _flags(everywhere: set[str]) -> set[str]:
    """What holds for the sentence: `#clear` unless only a line was crossed, or no breach."""
    line_only = bool(LINES & everywhere) and everywhere.isdisjoint({"a.violate", "a.firbreak"})
    flags: set[str] = set()
    if "x.nobreach" not in everywhere and not line_only:
        flags.add("#clear")
    if line_only or not everywhere.isdisjoint({"x.nobreach", "a.firbreak"}):
        flags.add("#line")
    if everywhere.isdisjoint(SITES):
        flags.add("#unsited")
    if not everywhere.isdisjoint(_LIKELY):
        flags.add("#likely")
    return flags


def _told(
    sentence: Sentence, everywhere: set[str], flags: set[str]
) -> Iterator[tuple[Event, Sequence[Mark]]]:
    """The events of one sentence with the marks they were read from."""
    present = set(sentence.concepts) | flags
    if "#likely" in flags or not present.isdisjoint(_AIMED):
        present.add("#aimed")
        yield Event.SHOOTDOWN, _shot(sentence)
    if "a.disrupt" in present and (
        not present.isdisjoint({"z.airport", "z.airspace"}) or _stopped(sentence, everywhere)
    ):
        present.add("#stopped")
    if present.isdisjoint(SITES):
        present.add("#elsewhere")
    if "a.down" in present and "m.modal" in present and not _shot(sentence):
        present.add("#may")
    for code, shown, groups in _TELLING:
        if present.isdisjoint(shown):
            continue
        if all(not present.isdisjoint(group) for group in groups):
            yield code, sentence.of(*shown)


def _telling(
    code: Event, shown: str, *groups: str
) -> tuple[Event, tuple[str, ...], tuple[frozenset[str], ...]]:
    cues = tuple(shown.split())
    return code, cues, tuple(frozenset(group.split()) for group in groups)


_TELLING = (
    _telling(Event.AIRSPACE_CLOSURE, "a.close"),
    _telling(Event.AIRSPACE_CLOSURE, "a.disrupt", "#stopped"),
    _telling(Event.DEBRIS_FOUND, "a.found", "o.debris #aimed"),
    _telling(Event.CRASH, "a.crash", "#aimed"),
    _telling(Event.STRIKE, "a.strike", "o.uav o.loiter o.missile o.cruise o.ballistic o.mil a.violate"),
    _telling(Event.INTERCEPTION, "a.scramble a.intercept a.escort a.warn"),
    _telling(Event.PROTEST, "a.protest"),
    _telling(Event.DENIAL, "a.deny"),
    _telling(Event.VIOLATION, "a.violate", "#clear"),
    _telling(Event.VIOLATION, "a.enter a.incur", "#clear", "#aimed", "#unsited", "#elsewhere"),
    _telling(Event.ADIZ_ENTRY, "z.adiz z.median z.fir a.firbreak", "#line"),
    _telling(Event.SIGHTING, "a.seen a.incur a.incident p.over", "z.airport z.military z.critical", "#aimed"),
    _telling(Event.SIGHTING, "a.seen a.incident", "#aimed", "p.over a.near p.near a.incident"),
    _telling(Event.INTEL_SHARING, "a.intel"),
    _telling(Event.POLICY, "a.consult"),
    _telling(Event.POLICY, "a.policy"),
    _telling(Event.POLICY, "m.modal", "#may"),
    _telling(Event.ANALYSIS, "a.analysis"),
)
"""Event, the cues it is read from, and what else must stand in the sentence."""

_AIMED = frozenset(CRAFT.split())
_LIKELY = {"o.uav", "o.balloon", "o.mil", "o.unid", "o.heli", "o.plane"}


def _stopped(sentence: Sentence, everywhere: set[str]) -> bool:
    """Whether a stop of traffic is told of an airport that only its name gives away."""
    return bool({"o.uav", "o.balloon", "o.unid"} & everywhere) and (
        "z.airport" in everywhere or any(m.concept in {"g.airport", "g.place"} for m in sentence.family("g"))
    )


def _shot(sentence: Sentence) -> list[Mark]:
    """Shoot-downs that happened: "may shoot down" is a rule, "its move to shoot down" is not."""
    return [mark for mark in sentence.of("a.down") if not is_hypothetical(sentence, mark)]
