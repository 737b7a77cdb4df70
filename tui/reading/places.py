"""Where: the most specific place named beside what happened, by our table only."""

from collections.abc import Iterator, Sequence

from tui.domain.alliances import COMMON_SKIES
from tui.domain.codes import PlacePrecision
from tui.domain.reading import Place, Span
from tui.domain.territories import TERRITORY_NAMES
from tui.domain.value import dataclass
from tui.reading.gazetteer import capital
from tui.reading.matching import Mark, spot_of
from tui.reading.roles import Roles
from tui.reading.scene import Scene, Sentence

_COMMON = (("z.nato", COMMON_SKIES["NATO"]), ("s.bloc", COMMON_SKIES["EU"]))
"""Words for an alliance or its continent, and the place that its members' skies together are."""
_EXACT = frozenset({PlacePrecision.POINT, PlacePrecision.SETTLEMENT, PlacePrecision.DISTRICT})
_LOCATIVE = ("p.over", "p.near")
_CAME_DOWN = ("a.crash", "a.found", "a.strike")
"""With these, "in" a capital is where it fell; without them, where someone speaks or meets."""
_SPEAKERS = frozenset({
    "ministry", "ministries", "officials", "official", "government", "authorities", "staff", "embassy", "ambassador", "said",
    "says", "diplomat", "leaders", "summit", "meeting", "talks", "conference", "correspondent", "reporters", "parliament",
})  # fmt: skip
"""Before "in" and a capital these say where someone speaks, not where something flew."""
_DIRECTIONS = ("northern", "southern", "eastern", "western", "northeastern", "northwestern", "southeastern", "southwestern",
               "central", "northeast", "northwest", "southeast", "southwest")  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Named:
    """A place named, and how well it fits; the lowest fit is the best."""

    fit: tuple[bool, bool, int, int, int]
    place: Place
    sentence: Sentence
    start: int
    end: int


def read_place(scene: Scene, sentences: Sequence[Sentence], roles: Roles) -> tuple[Place | None, Span | None]:
    """The place and its words; one outside the affected states only when it lies in no acting state either.

    When no place is named, the affected state itself is the place, as wide as it is; without one, the alliance's skies.
    """
    best = min(_named(sentences, roles), key=lambda one: one.fit, default=None)
    if best is None:
        return _state(scene, sentences, roles)
    start, end = scene.folded(best.sentence.field).span(best.start, best.end)
    return best.place, Span("place", best.place.name, best.sentence.field, start, end)


def _named(sentences: Sequence[Sentence], roles: Roles) -> Iterator[_Named]:
    for number, sentence in enumerate(sentences):
        for mark in sentence.family("g"):
            start, found = mark.start, _capital(sentence, mark) or spot_of(mark)
            if found is None or _is_continent(found):
                start, found = _part_of_state(sentence, mark, roles)
            if found is None:
                continue
            elsewhere = (
                found.country is not None and bool(roles.affected) and found.country not in roles.affected
            )
            if elsewhere and found.country in roles.actor:
                continue
            origin = any(0 <= mark.start - m.end <= 5 for m in sentence.of("p.from"))
            fit = (
                elsewhere or origin,
                found.country is None,
                _width(found),
                int(sentence.field != "title"),
                number,
            )
            yield _Named(fit, found, sentence, start, mark.end)


def _width(found: Place) -> int:
    """Points, towns and districts are equally exact: among them the title's comes first."""
    return 0 if found.precision in _EXACT else 1


def _capital(sentence: Sentence, mark: Mark) -> Place | None:
    """A capital that is flown over or hit, not one that stands for its government or where someone speaks."""
    if mark.name is None:
        return None
    city = capital(mark.name.iso2, sentence.words(mark))
    if city is None:
        return None
    after = sentence.text[mark.end : mark.end + 14].lstrip()
    if after.startswith(("airport", "skies", "suburb")):
        return city
    places = (*_LOCATIVE, "p.in", "p.into") if sentence.has(*_CAME_DOWN) else _LOCATIVE
    for before in sentence.of(*places):
        if 0 <= mark.start - before.end <= 5:
            words = sentence.text[max(sentence.start, before.start - 32) : before.start].split()
            if _SPEAKERS.isdisjoint(words[-3:]):
                return city
    return None


def _part_of_state(sentence: Sentence, mark: Mark, roles: Roles) -> tuple[int, Place | None]:
    """As in "northern Moldova": a part of an affected state, where it is not itself an actor's."""
    name = mark.name
    if name is None or name.place >= 0 or name.iso2 not in roles.affected or name.iso2 not in TERRITORY_NAMES:
        return mark.start, None
    before = sentence.text[max(sentence.start, mark.start - 16) : mark.start]
    words = before.split()
    if not words or words[-1] not in _DIRECTIONS or not before.endswith(" "):
        return mark.start, None
    written = f"{words[-1]} {TERRITORY_NAMES[name.iso2]}"
    return mark.start - len(words[-1]) - 1, Place(written, name.iso2, None, None, PlacePrecision.REGION)


def _state(scene: Scene, sentences: Sequence[Sentence], roles: Roles) -> tuple[Place | None, Span | None]:
    """The first affected state, where these sentences name it."""
    for iso2 in roles.affected[:1]:
        for sentence, mark in roles.marks.get(iso2, ()):
            if sentence in sentences and iso2 in TERRITORY_NAMES:
                start, end = scene.folded(sentence.field).span(mark.start, mark.end)
                place = Place(TERRITORY_NAMES[iso2], iso2, None, None, PlacePrecision.COUNTRY)
                return place, Span("place", place.name, sentence.field, start, end)
    return (None, None) if roles.affected or not roles.alliance else _common_skies(scene, sentences)


def _common_skies(scene: Scene, sentences: Sequence[Sentence]) -> tuple[Place | None, Span | None]:
    """Those of an alliance, where a text that names it names none of its members: no one's alone, but a place."""
    for concept, name in _COMMON:
        for sentence in sentences:
            for mark in sentence.of(concept)[:1]:
                start, end = scene.folded(sentence.field).span(mark.start, mark.end)
                place = Place(name, None, None, None, PlacePrecision.REGION)
                return place, Span("place", name, sentence.field, start, end)
    return None, None


def _is_continent(found: Place) -> bool:
    """Whether it is as wide as a state and in none: it says that something is abroad, not where."""
    return found.country is None and found.precision is PlacePrecision.COUNTRY
