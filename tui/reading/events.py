"""The events of some sentences, main first, each with the mark it was read from."""

from collections.abc import Iterator, Sequence

from tui.domain.codes import Event
from tui.reading.facets import Found, Place
from tui.reading.matching import Mark
from tui.reading.scene import Sentence

_AIMED = ("o.balloon", "o.uav", "o.loiter", "o.unid", "o.missile", "o.cruise", "o.ballistic", "o.heli", "o.light",
          "o.civil", "o.mil", "o.plane", "o.rocket", "o.space", "o.debris", "o.object")  # fmt: skip


def read_events(
    sentences: Sequence[Sentence], *, foreign: bool, certain_only: bool = False
) -> list[Found[Event]]:
    """The events, main first: the title's in its order, then the summary's.

    `foreign` tells whether an object that is merely named is over somebody's ground; `certain_only`
    asks for no guess at all.
    """
    found: dict[Event, Found[Event]] = {}

    everywhere = {concept for sentence in sentences for concept in sentence.concepts}
    nobreach = "x.nobreach" in everywhere
    flags = _flags(everywhere, foreign=foreign)
    line_only = "#clear" not in flags and not nobreach
    for sentence in sentences:
        for code, marks in _told(sentence, everywhere, flags):
            if marks and code not in found:
                found[code] = Found(code, sentence, marks[0])
    if not certain_only and not _HAPPENINGS & set(found) - {Event.INTERCEPTION} and not (set(found) & _TALK):
        first = _presence(sentences)
        if first is not None and Event.INTERCEPTION not in found:
            code = Event.VIOLATION if foreign and not nobreach and not line_only else Event.SIGHTING
            found[code] = Found(code, *first)
    return _in_order(list(found.values()))


def _flags(everywhere: set[str], *, foreign: bool) -> set[str]:
    """What holds for the whole of the sentences: `#clear` unless only a line was crossed, or no breach."""
    line_only = bool(_LINES & everywhere) and everywhere.isdisjoint({"a.violate", "a.firbreak"})
    flags: set[str] = set()
    if "x.nobreach" not in everywhere and not line_only:
        flags.add("#clear")
    if line_only or not everywhere.isdisjoint({"x.nobreach", "a.firbreak"}):
        flags.add("#line")
    if foreign or everywhere.isdisjoint(_SITED):
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
    if present.isdisjoint(_SITED):
        present.add("#elsewhere")
    if "a.down" in present and "m.modal" in present and not _shot(sentence):
        present.add("#may")
    for code, shown, groups in _TELLING:
        if all(not present.isdisjoint(group) for group in groups):
            yield code, sentence.of(*shown)


def _telling(
    code: Event, shown: str, *groups: str
) -> tuple[Event, tuple[str, ...], tuple[frozenset[str], ...]]:
    cues = tuple(shown.split())
    return code, cues, (frozenset(cues), *(frozenset(group.split()) for group in groups))


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

_SITED = frozenset({"z.airport", "z.military", "z.critical"})
_LINES = {"z.adiz", "z.median", "z.fir"}
_LIKELY = {"o.uav", "o.balloon", "o.mil", "o.unid", "o.heli", "o.plane"}
_TALK = {Event.PROTEST, Event.DENIAL, Event.INTEL_SHARING, Event.POLICY}
_HAPPENINGS = {
    Event.VIOLATION, Event.ADIZ_ENTRY, Event.SIGHTING, Event.INTERCEPTION, Event.SHOOTDOWN, Event.CRASH,
    Event.STRIKE, Event.DEBRIS_FOUND, Event.AIRSPACE_CLOSURE,
}  # fmt: skip


def _stopped(sentence: Sentence, everywhere: set[str]) -> bool:
    """Whether a stop of traffic is told of an airport that only its name gives away."""
    return bool({"o.uav", "o.balloon", "o.unid"} & everywhere) and (
        "z.airport" in everywhere or any(m.concept in {"g.airport", "g.place"} for m in sentence.family("g"))
    )


def _shot(sentence: Sentence) -> list[Mark]:
    """Shoot-downs that happened: "may shoot down" is a rule, "its move to shoot down" is not."""
    return [mark for mark in sentence.of("a.down") if not is_hypothetical(sentence, mark)]


def is_hypothetical(sentence: Sentence, mark: Mark) -> bool:
    """Whether a modal word governs an act."""
    before = sentence.text[max(sentence.start, mark.start - 24) : mark.start].split()
    if before[-2:-1] and before[-2] in {"move", "decision", "decided"}:
        return False
    for modal in sentence.of("m.modal"):
        between = sentence.text[modal.end : mark.start]
        if 0 <= mark.start - modal.end <= 90 and not any(c in between for c in ";:"):
            return True
    words = sentence.text[mark.start : mark.end]
    return words.startswith(("shooting ", "bringing ")) and sentence.has("a.policy")


def _presence(sentences: Sequence[Sentence]) -> Place | None:
    """The first object that is over, in or near something."""
    for sentence in sentences:
        for mark in sentence.family("o"):
            return sentence, mark
    for sentence in sentences:
        for mark in sentence.family("z"):
            return sentence, mark
    return None


_RANK = {
    Event.SHOOTDOWN: 1, Event.DEBRIS_FOUND: 2, Event.VIOLATION: 3, Event.ADIZ_ENTRY: 3, Event.STRIKE: 4,
    Event.CRASH: 4, Event.DENIAL: 4, Event.PROTEST: 5, Event.AIRSPACE_CLOSURE: 5, Event.INTERCEPTION: 6,
    Event.INTEL_SHARING: 2, Event.SIGHTING: 7, Event.POLICY: 8, Event.EXERCISE: 9, Event.ANALYSIS: 9,
}  # fmt: skip


def _in_order(found: list[Found[Event]]) -> list[Found[Event]]:
    """Main first: what the title says before what the summary adds, the graver before the lighter."""
    return sorted(found, key=_weight)


def _weight(one: Found[Event]) -> tuple[bool, int, int, int]:
    late = one.sentence.field != "title"
    rank = _RANK[one.code]
    concept = one.mark.concept
    words = one.sentence.words(one.mark)
    if one.code is Event.VIOLATION and late and "airspace" in words:
        late = False
        rank = 6
    elif one.code is Event.VIOLATION and concept != "a.enter" and one.sentence.has("a.protest"):
        rank = 6
    elif one.code is Event.AIRSPACE_CLOSURE and concept == "a.disrupt":
        rank = 2
    elif one.code is Event.DENIAL and not late:
        rank = 0
    elif one.code is Event.SHOOTDOWN and words == "downed":
        rank = 3
    elif one.code is Event.PROTEST and one.sentence.has("a.enter") and not late:
        rank = 5
    return late, rank, one.sentence.number, one.mark.start
