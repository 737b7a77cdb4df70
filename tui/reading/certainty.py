"""How sure a story is of its event, by the codebook's six values: named cues, each with a weight that can be read."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from tui.domain.codes import Certainty, Event, ObjectCode, Zone
from tui.domain.reading import Span
from tui.domain.value import dataclass
from tui.reading.data_file import data_text
from tui.reading.matching import Mark
from tui.reading.roles import Roles
from tui.reading.scene import Scene, Sentence
from tui.reading.speakers import Saying, Speaker, Voice, speakers_in

_VALUES = tuple(Certainty)
_SITES = frozenset({Zone.AIRPORT, Zone.MILITARY_SITE, Zone.CRITICAL_SITE})
_LIGHT = frozenset({Event.SIGHTING, Event.AIRSPACE_CLOSURE})
_MANNED = frozenset(
    {
        ObjectCode.MILITARY_AIRCRAFT,
        ObjectCode.HELICOPTER,
        ObjectCode.CIVIL_AIRCRAFT,
        ObjectCode.LIGHT_AIRCRAFT,
    }
)
_STATE_CRAFT = _MANNED | {ObjectCode.UAV, ObjectCode.LOITERING_MUNITION}
_SMALL = frozenset({ObjectCode.UAV, ObjectCode.UNIDENTIFIED})
_ANSWERS = frozenset({Saying.SAYS, Saying.CLAIMS, Saying.ACCUSES, Saying.PROTESTS, Saying.DENIES})


@dataclass(frozen=True, slots=True)
class Told:
    """What a certainty is read from."""

    sentences: Sequence[Sentence]
    events: Sequence[Event]
    zones: Sequence[Zone]
    objects: Sequence[ObjectCode]
    roles: Roles


class Cue(NamedTuple):
    """One reason, with the words it was read from when there are any."""

    name: str
    sentence: Sentence | None = None
    start: int = 0
    end: int = 0


@cache
def cue_weights() -> dict[str, dict[Certainty, float]]:
    """What each cue weighs for each value, from data/certainty.tsv."""
    text = data_text("data/certainty.tsv")
    weights: dict[str, dict[Certainty, float]] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            name, value, _, weight = line.split("\t")
            weights.setdefault(name, {})[Certainty(value)] = float(weight)
    return weights


def read_certainty(scene: Scene, told: Told) -> tuple[Certainty, tuple[Span, ...]]:
    """The certainty and its ground: the words that decide, then those that name who says so."""
    speakers = speakers_of(scene, told)
    cues = list(cues_of(told, speakers))
    weights = cue_weights()
    totals = dict.fromkeys(_VALUES, 0.0)
    for cue in cues:
        for value, weight in weights.get(cue.name, {}).items():
            totals[value] += weight
    code = max(_VALUES, key=totals.__getitem__)
    return code, tuple(_ground(scene, code, cues, speakers, told.roles))


def speakers_of(scene: Scene, told: Told) -> list[Speaker]:
    """Who speaks in a report."""
    return speakers_in(told.sentences, scene.lang, told.roles.affected, told.roles.actor)


def _ground(
    scene: Scene, code: Certainty, cues: Sequence[Cue], speakers: Sequence[Speaker], roles: Roles
) -> Iterator[Span]:
    """The words of the heaviest cue for the value, and the speaker on whom it rests."""
    weights = cue_weights()
    voiced = [
        cue for cue in cues if cue.sentence is not None and weights.get(cue.name, {}).get(code, 0.0) > 0
    ]
    speaker = _who(code, speakers, roles)
    if voiced and code is not Certainty.CONFIRMED:
        best = max(voiced, key=lambda cue: weights[cue.name][code])
        if best.sentence is not None:
            yield _span(scene, "certainty", str(code), (best.sentence, best.start, best.end))
    if speaker is not None:
        words = (speaker.sentence, speaker.start, speaker.end)
        if code is Certainty.CONFIRMED and speaker.official:
            yield _span(scene, "certainty", str(code), words)
        yield _span(scene, "speaker", speaker.label, words)


def _who(code: Certainty, speakers: Sequence[Speaker], roles: Roles) -> Speaker | None:
    """On whose word the value rests; None when the story speaks for itself."""
    sides = [one for one in speakers if one.official]
    theirs = [one for one in sides if one.iso2 in roles.actor and one.iso2 not in roles.affected]
    ours = [one for one in sides if one.iso2 in roles.affected or one.voice is Voice.ALLIANCE]
    if code in {Certainty.DENIED, Certainty.DISPUTED}:
        chosen = theirs or [one for one in sides if one.saying is Saying.DENIES]
        return chosen[0] if chosen else None
    if code is Certainty.CONFIRMED:
        admitted = [one for one in theirs if one.saying is Saying.ADMITS]
        ours = sorted(ours, key=lambda one: one.saying is Saying.ACTS)
        return next(iter([*admitted, *ours]), None)
    others = [one for one in speakers if not one.official]
    return next(iter([*sorted(ours, key=lambda one: one.saying is Saying.ACTS), *others, *sides]), None)


def _span(scene: Scene, fact: str, value: str, words: tuple[Sentence, int, int]) -> Span:
    sentence, start, end = words
    first, last = scene.folded(sentence.field).span(start, end)
    return Span(fact, value, sentence.field, first, last)


def cues_of(told: Told, speakers: Sequence[Speaker]) -> Iterator[Cue]:
    """Every cue of a report, each once."""
    yield Cue("always")
    yield from _worded(told.sentences)
    yield from _spoken(told, speakers)
    yield from _of_the_event(told)


_WORDED = {
    "c.unfounded": "withdrawn", "c.suspect": "doubted", "c.claim": "said to be",
    "s.unknown": "unknown", "a.seen": "seen", "a.enter": "entered", "a.violate": "entered",
    "s.unsaid": "nobody comments", "s.sides": "both sides heard", "z.intl": "over the high seas",
    "c.elsewhere": "elsewhere, it is said", "a.excuse": "explained as harmless",
}  # fmt: skip


def _worded(sentences: Sequence[Sentence]) -> Iterator[Cue]:
    """Cues that are words, each where it first stands; the headline counts apart where it says more."""
    seen: set[str] = set()
    for sentence in sentences:
        for concept in sentence.concepts:
            name = _WORDED.get(concept)
            if name is None or name in seen:
                continue
            mark = next((mark for mark in sentence.of(concept) if not _are_people(sentence, mark)), None)
            if mark is not None:
                seen.add(name)
                suffix = ", headline" if sentence.field == "title" and name in _HEADLINED else ""
                yield _cue(name + suffix, sentence, mark)


def _are_people(sentence: Sentence, mark: Mark) -> bool:
    """As in English "four suspects were held": a suspect is not a doubt."""
    if sentence.words(mark) not in _SUSPECTS:
        return False
    after = sentence.text[mark.end : mark.end + 16].split()[:1]
    return mark.lang == "en" and bool(after) and after[0] in _SUSPECTED


_SUSPECTS = frozenset({"suspect", "suspects"})
_SUSPECTED = frozenset(
    {"was", "were", "is", "are", "has", "have", "in", "held", "arrested", "detained", "charged"}
)

_HEADLINED = frozenset({"doubted", "seen"})


def _spoken(told: Told, speakers: Sequence[Speaker]) -> Iterator[Cue]:
    """Cues of who says what."""
    affected, actor = set(told.roles.affected), set(told.roles.actor) - set(told.roles.affected)
    names: dict[str, Speaker] = {}
    for one in speakers:
        for name in _roles_of(one, affected, actor):
            names.setdefault(name, one)
    if "the actor answers" in names and (
        "the affected state speaks" in names or "the affected state acts" in names
    ):
        names["both parties speak"] = names["the actor answers"]
    told_by_official = any(one.official for one in speakers)
    for name, one in names.items():
        if not (told_by_official and name in {"anonymous", "in the media"}):
            yield Cue(name, one.sentence, one.start, one.end)
    denial = next(((s, m) for s in told.sentences for m in s.of("a.deny")), None)
    if denial is not None:
        yield _cue("denied, headline" if denial[0].field == "title" else "denied", *denial)
        heard = {"the affected state speaks", "the affected state acts", "the affected state protests"}
        if denial[0].field == "title" and "the actor's headline" in names and heard.isdisjoint(names):
            yield _cue("only the denial is heard", *denial)


def _roles_of(one: Speaker, affected: set[str], actor: set[str]) -> Iterator[str]:
    """The names of what one speaker means for a claim."""
    if one.voice in _OTHERS:
        yield _OTHERS[one.voice]
    elif one.iso2 in actor:
        yield from _of_the_actor(one)
    elif one.iso2 in affected or one.voice is Voice.ALLIANCE:
        yield from _of_the_affected(one, named=bool(actor))
    elif one.iso2 and one.saying in _ANSWERS:
        yield "another state speaks"


def _of_the_actor(one: Speaker) -> Iterator[str]:
    if one.saying is Saying.ADMITS:
        yield "the actor admits it"
    elif one.saying in _ANSWERS:
        yield "the actor answers"
        if one.sentence.field == "title":
            yield "the actor's headline"


def _of_the_affected(one: Speaker, *, named: bool) -> Iterator[str]:
    """`named` tells whether somebody is said to have done it."""
    yield "the affected state acts" if one.saying is Saying.ACTS else "the affected state speaks"
    claims = one.voice is not Voice.ALLIANCE and one.saying in {Saying.SAYS, Saying.CLAIMS, Saying.ACCUSES}
    if named and claims and one.sentence.field == "title":
        yield "the affected state's headline"
    if one.saying is Saying.ACCUSES:
        yield "accused"
    if one.saying is Saying.PROTESTS:
        yield "the affected state protests"


_OTHERS = {Voice.ANONYMOUS: "anonymous", Voice.MEDIA: "in the media"}


def _of_the_event(told: Told) -> Iterator[Cue]:
    """Cues of what is told to have happened, and of what."""
    main = told.events[0] if told.events else None
    objects = set(told.objects[:2])
    if main is not None:
        yield Cue(f"event {main}")
    if ObjectCode.BALLOON in told.objects[:1]:
        yield Cue("a balloon")
    if Zone.DISPUTED in told.zones:
        yield Cue("contested zone")
    if not told.roles.actor:
        if main in _LIGHT and objects & _SMALL:
            yield Cue("nobody's drone seen")
        if _SITES & set(told.zones) and main in _LIGHT:
            yield Cue("nobody's craft at a site")
    if Event.SHOOTDOWN in told.events and Event.PROTEST in told.events:
        yield Cue("a shoot-down protested")
    elif told.roles.actor and Event.SHOOTDOWN in told.events and objects & _STATE_CRAFT:
        yield Cue("a state's craft shot down")


def _cue(name: str, sentence: Sentence, mark: Mark) -> Cue:
    return Cue(name, sentence, mark.start, mark.end)
