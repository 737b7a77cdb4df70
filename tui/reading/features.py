"""What speaks for or against a story: named features, each with the words it was read from."""

from collections.abc import Iterator, Sequence
from datetime import date

from tui.domain.reading import TextField
from tui.reading.cues import CRAFT, HARD
from tui.reading.matching import Mark
from tui.reading.roles import Roles
from tui.reading.scene import Scene, Sentence
from tui.reading.standing import CAME, is_peaceful, placed, standing, states_named
from tui.reading.together import together
from tui.reading.war import fought_over

Features = dict[tuple[str, TextField], tuple[Sentence, Mark]]
"""What speaks for or against a story: its name and the field it stands in, and its first words there."""


def features_of(scene: Scene, roles: Roles) -> Features:
    """Every feature, at most once for each field, at its first words."""
    found: Features = {}
    for name, sentence, mark in _features(scene, roles):
        found.setdefault((name, sentence.field), (sentence, mark))
    return found


_Seen = tuple[str, Sentence, Mark]
"""The name of a feature and the words it was seen at."""


def _features(scene: Scene, roles: Roles) -> Iterator[_Seen]:
    day = scene.day
    everywhere = scene.concepts
    blow = "strike, but a state at peace" if is_peaceful(roles, day) else "strike"
    spots = [(sentence, list(placed(sentence, day))) for sentence in scene.sentences]
    third = _third_state(scene, spots, day)
    if third:
        yield third
    for sentence, places in spots:
        for concept, marks in sentence.concepts.items():
            name = _UNARY.get(concept)
            if name is not None:
                yield name, sentence, marks[0]
        for told, shown in together(sentence, everywhere, day):
            if shown and not (told == "strike" and third):
                yield blow if told == "strike" else told, sentence, shown[0]
        for name, mark in places:
            yield name, sentence, mark
    yield from _beside_it(scene)
    for name, iso2 in (
        *states_named(roles, day, third=third is not None),
        *standing(scene, roles, everywhere),
    ):
        if roles.marks.get(iso2):
            yield (name, *roles.marks[iso2][0])


def _third_state(
    scene: Scene, spots: Sequence[tuple[Sentence, list[tuple[str, Mark]]]], day: date | None
) -> _Seen | None:
    """A craft that came to a state at peace in a story of a war beside it: the blows are not the news."""
    came = [(sentence, mark) for sentence, places in spots for name, mark in places if name == CAME]
    at_war = bool(came) and any(
        mark.name is not None and fought_over(mark.name.iso2 or "", day)
        for sentence in scene.sentences
        for mark in sentence.names
    )
    return ("a third state touched by a war", *came[0]) if at_war else None


def _beside_it(scene: Scene) -> Iterator[_Seen]:
    """What other news the story tells, or that it tells none; whether its title is of ships."""
    other_news = False
    for sentence in scene.sentences:
        others = sentence.family("n")
        if others and sentence.has(*CRAFT):
            # as in "45 aircraft and 6 ships around Taiwan": ships beside craft are no other news
            others = [mark for mark in others if mark.concept != "n.sea"]
        if others:
            other_news = True
            yield "look-alike news", sentence, others[0]
            ships = sentence.of("n.sea") if sentence.field == "title" else ()
            if ships and not sentence.has(*CRAFT):
                yield "ships, and no craft", sentence, ships[0]
    if other_news:
        return
    for sentence in scene.sentences:
        if _GROUNDS.isdisjoint(sentence.concepts):
            continue
        for name, concepts in _ALONE:
            if sentence.has(*concepts):
                yield name, sentence, sentence.of(*concepts)[0]


_ALONE = (
    ("airspace closed, no other ground", ("a.close",)),
    ("craft, no other news", HARD),
    ("airspace, no other news", ("z.airspace", "z.our", "a.violate")),
)
_GROUNDS = frozenset(concept for _, concepts in _ALONE for concept in concepts)


_UNARY = {
    "o.balloon": "balloon", "o.uav": "drone", "o.loiter": "drone", "o.mil": "warplane", "o.heli": "helicopter",
    "o.missile": "missile", "o.cruise": "missile", "o.ballistic": "missile", "o.rocket": "rocket",
    "o.civil": "civil aircraft", "o.light": "light aircraft", "o.space": "space object",
    "o.unid": "unidentified object", "o.debris": "debris", "o.plane": "plane",
    "z.airspace": "airspace", "z.our": "airspace", "z.territory": "territory", "z.border": "border",
    "z.airport": "airport", "z.military": "military site", "z.critical": "critical site",
    "z.restricted": "restricted zone", "z.nofly": "no-fly zone", "z.security": "restricted zone",
    "z.adiz": "identification zone", "z.fir": "flight region", "z.median": "median line",
    "z.intl": "international airspace", "z.disputed": "disputed ground",
    "a.violate": "violation", "a.incur": "incursion", "a.scramble": "scramble", "a.escort": "interception",
    "a.warn": "warning shots", "a.close": "airspace closed", "a.consult": "consultation", "a.intel": "intelligence shared",
    "a.surveil": "spying", "a.jam": "jamming", "a.evac": "shelter", "c.suspect": "suspicion", "a.firbreak": "flight rules broken",
    "c.unfounded": "explained away",
    "n.drone": "drone trade", "n.sport": "sport", "n.hotair": "leisure balloon", "n.finance": "money",
    "n.runway": "runway", "n.cyber": "cyber", "n.ground": "on the ground", "n.sea": "at sea", "n.airline": "airline trouble",
    "n.airban": "airspace ban", "n.media": "entertainment", "n.space": "space", "n.uap": "ufo", "n.weather": "weather",
    "n.crime": "crime", "n.arms": "arms trade", "n.exercise": "display or drill", "n.past": "history",
    "n.crashcivil": "accident", "n.strike": "counter-terror strike", "n.nofly": "no-fly zone asked for",
    "n.test": "weapons test", "n.threat": "threat only", "a.unauth": "flown without leave", "x.flight": "flights", "x.nobreach": "no breach told", "a.wall": "drone wall", "a.excuse": "excuse told",
    "z.nato": "alliance named", "a.expel": "driven away", "a.smuggle": "smuggling", "a.exercise": "drill", "n.nuke": "nuclear talks",
}  # fmt: skip
"""Concepts that are features by themselves, under the name an analyst reads."""


def feature_of_concept(concept: str) -> str | None:
    """The feature that a concept is by itself, if any."""
    return _UNARY.get(concept)


def lone_features() -> frozenset[str]:
    """Features that one concept makes by itself."""
    return frozenset(_UNARY.values())
