"""How sure a story is of its event, by the codebook's six values."""

from collections.abc import Sequence

from tui.domain.codes import Certainty, Event, Zone
from tui.domain.reading import Span
from tui.reading.matching import Mark
from tui.reading.roles import Roles
from tui.reading.scene import Scene, Sentence

_SPEAKS = ("say", "said", "call", "reject", "den", "insist", "claim", "blame", "dismiss", "warn", "complain")
_OFFICIAL_STEMS = (
    "minist", "president", "prime minister", "military", "army", "air force", "navy", "armed forces", "defence staff",
    "official", "authorit", "police", "pentagon", "norad", "spokes", "coast guard", "border guard", "joint chiefs",
    "government", "commander", "general staff", "white house", "secretary", "chief of", "governor", "prosecutor",
    "prezydent", "premier", "wojsk", "armia", "resort", "rzeczni", "policj", "wladze", "straz graniczn", "dowodztw",
    "forsvar", "polis", "regering", "myndighet", "militar", "statsminister", "polizei", "behorde", "regierung",
    "armee", "gouvernement", "gobierno", "ejercito", "fuerza aerea", "governo", "exercito", "esercito", "guvern",
    "mapn", "krasto", "kariuomen", "vyriausyb", "aizsardz", "brunot", "kaitse", "valitsus", "puolustus", "rajavart",
    "hallitus", "defensie", "regering", "bakanlig", "genelkurmay", "vali", "υπουργ", "γεεθα", "στρατ", "минист", "минобороны",
    "армия", "войск", "мзс", "мид ", "президент", "прикордон", "повітрян", "وزار", "الجيش", "صرحت", "ارتش", "משרד",
    "דובר", 'צה"ל', "防衛省", "統合幕僚", "政府", "官房", "国防部", "國防部", "外交部", "軍方", "军方", "국방부", "합참", "합동참모", "정부",
)  # fmt: skip
"""Folded beginnings of the words for those who speak for a state."""
_OFFICIALS = tuple(dict.fromkeys(_OFFICIAL_STEMS))
_SITES = {Zone.AIRPORT, Zone.MILITARY_SITE, Zone.CRITICAL_SITE}
_LIGHT = {Event.SIGHTING, Event.AIRSPACE_CLOSURE}


def read_certainty(
    scene: Scene, sentences: Sequence[Sentence], events: Sequence[Event], zones: Sequence[Zone], roles: Roles
) -> tuple[Certainty, Span | None]:
    """The certainty and the words that lower it, or those of the official who states it as fact."""
    code, found = _judge(sentences, events, zones, roles)
    if code is Certainty.CONFIRMED:
        return code, _official(scene, sentences)
    if found is None:
        return code, None
    sentence, mark = found
    start, end = scene.folded(sentence.field).span(mark.start, mark.end)
    return code, Span("certainty", str(code), sentence.field, start, end)


def _official(scene: Scene, sentences: Sequence[Sentence]) -> Span | None:
    """The words that name an official, when one speaks."""
    for sentence in sentences:
        text = sentence.text[sentence.start : sentence.end]
        for stem in _OFFICIALS:
            at = text.find(stem)
            if at < 0 or (stem[0].isascii() and at and text[at - 1].isalnum()):
                continue
            start, end = scene.folded(sentence.field).span(
                sentence.start + at, sentence.start + at + len(stem)
            )
            return Span("certainty", str(Certainty.CONFIRMED), sentence.field, start, end)
    return None


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
    return _doubted(sentences, events, zones, roles)


def _doubted(
    sentences: Sequence[Sentence], events: Sequence[Event], zones: Sequence[Zone], roles: Roles
) -> tuple[Certainty, tuple[Sentence, Mark] | None]:
    """How sure it is when nobody contradicts: a shoot-down is a fact, whatever was shot down."""
    suspected = _first(sentences, "c.suspect")
    claimed = _first(sentences, "c.claim", "a.accuse")
    if suspected is not None and (claimed is None or Event.SHOOTDOWN not in events[:1]):
        return Certainty.SUSPECTED, suspected
    if claimed is not None:
        return Certainty.ALLEGED, claimed
    light = bool(_SITES & set(zones)) and not roles.actor and set(events[:1]) <= _LIGHT
    return (Certainty.SUSPECTED if light else Certainty.CONFIRMED), None


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
