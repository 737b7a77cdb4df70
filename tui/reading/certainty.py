"""How sure a story is of its event, by the codebook's six values."""

from collections.abc import Sequence

from tui.domain.codes import Certainty, Event, Zone
from tui.domain.reading import Span
from tui.reading.matching import Mark
from tui.reading.roles import Roles
from tui.reading.scene import Scene, Sentence

_SPEAKS = ("say", "said", "call", "reject", "den", "insist", "claim", "blame", "dismiss", "warn", "complain")
_SITES = {Zone.AIRPORT, Zone.MILITARY_SITE, Zone.CRITICAL_SITE}
_LIGHT = {Event.SIGHTING, Event.AIRSPACE_CLOSURE}


def read_certainty(
    scene: Scene, sentences: Sequence[Sentence], events: Sequence[Event], zones: Sequence[Zone], roles: Roles
) -> tuple[Certainty, Span | None]:
    """The certainty and the words that lower it."""
    code, found = _judge(sentences, events, zones, roles)
    if found is None:
        return code, None
    sentence, mark = found
    start, end = scene.folded(sentence.field).span(mark.start, mark.end)
    return code, Span("certainty", str(code), sentence.field, start, end)


def _judge(
    sentences: Sequence[Sentence], events: Sequence[Event], zones: Sequence[Zone], roles: Roles
) -> tuple[Certainty, tuple[Sentence, Mark] | None]:
    withdrawn = _first(sentences, "c.unfounded")
    if withdrawn is not None:
        return Certainty.UNFOUNDED, withdrawn
    denied = _first(sentences, "a.deny")
    actor_speaks = _speaks(sentences, roles.actor)
    affected_speaks = _speaks(sentences, roles.affected)
    if denied is not None:
        alone = (
            events[:1] == [Event.DENIAL] and affected_speaks is None and not _first(sentences, "a.protest")
        )
        return (Certainty.DENIED if alone else Certainty.DISPUTED), denied
    if actor_speaks is not None and not _first(sentences, "a.apology"):
        return Certainty.DISPUTED, actor_speaks
    suspected = _first(sentences, "c.suspect")
    claimed = _first(sentences, "c.claim", "a.accuse")
    if suspected is not None and Event.SHOOTDOWN not in events[:1]:
        return Certainty.SUSPECTED, suspected
    if claimed is not None:
        return Certainty.ALLEGED, claimed
    if suspected is not None:
        return Certainty.SUSPECTED, suspected
    if _SITES & set(zones) and not roles.actor and set(events[:1]) <= _LIGHT:
        return Certainty.SUSPECTED, None
    return Certainty.CONFIRMED, None


def _first(sentences: Sequence[Sentence], *concepts: str) -> tuple[Sentence, Mark] | None:
    for sentence in sentences:
        marks = sentence.of(*concepts)
        if marks:
            return sentence, marks[0]
    return None


def _speaks(sentences: Sequence[Sentence], states: Sequence[str]) -> tuple[Sentence, Mark] | None:
    """Where one of these states gives its own version."""
    for sentence in sentences:
        for mark in sentence.family("g"):
            if mark.name is None or mark.name.iso2 not in states:
                continue
            after = sentence.text[mark.end : mark.end + 24].split()
            if after[:1] and after[0].startswith(_SPEAKS):
                return sentence, mark
    return None
