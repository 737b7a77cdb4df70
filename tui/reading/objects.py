"""The objects of some sentences, each with the mark it was read from."""

from collections.abc import Sequence
from datetime import date

from tui.domain.codes import ObjectCode
from tui.reading.crafts import ANSWERING, MISSILES, Stand, any_came, breached, is_endangered, stand_of
from tui.reading.facets import Found
from tui.reading.matching import Mark
from tui.reading.roles import Roles
from tui.reading.scene import Sentence
from tui.reading.war import fought_over

OBJECTS = {
    "o.balloon": ObjectCode.BALLOON,
    "o.mil": ObjectCode.MILITARY_AIRCRAFT,
    "o.heli": ObjectCode.HELICOPTER,
    "o.uav": ObjectCode.UAV,
    "o.loiter": ObjectCode.LOITERING_MUNITION,
    "o.cruise": ObjectCode.CRUISE_MISSILE,
    "o.ballistic": ObjectCode.BALLISTIC_MISSILE,
    "o.missile": ObjectCode.MISSILE,
    "o.rocket": ObjectCode.ROCKET,
    "o.civil": ObjectCode.CIVIL_AIRCRAFT,
    "o.light": ObjectCode.LIGHT_AIRCRAFT,
    "o.space": ObjectCode.SPACE_OBJECT,
    "o.unid": ObjectCode.UNIDENTIFIED,
    "o.debris": ObjectCode.DEBRIS,
    "o.plane": ObjectCode.MILITARY_AIRCRAFT,
}

_SPECIFIC = frozenset({"o.balloon", "o.uav", "o.loiter", "o.mil", "o.heli", "o.cruise", "o.ballistic", "o.missile", "o.unid",
             "o.light", "o.civil", "o.space"})  # fmt: skip
_UNMANNED = frozenset({"o.balloon", "o.uav", "o.loiter", "o.unid"})
_ALIEN = _UNMANNED | {"o.missile", "o.cruise", "o.ballistic"}
"""Beside these, warplanes and airliners are those that answer or are in the way."""
_EXACT_MISSILES = (ObjectCode.CRUISE_MISSILE, ObjectCode.BALLISTIC_MISSILE)
_MAY_BE_MISSILE = frozenset({ObjectCode.MISSILE, ObjectCode.UNIDENTIFIED})
"""What a title leaves open, and a summary may settle."""
_MISSILE_OR_ROCKET = frozenset({ObjectCode.MISSILE, ObjectCode.ROCKET})
_VAGUE = (ObjectCode.DEBRIS, ObjectCode.UNIDENTIFIED, ObjectCode.ROCKET)
_BESIDE_UKRAINE = frozenset({"PL", "RO", "MD", "HU", "SK"})
"""Where the war next door sends drones across, not warplanes."""


_FELL = ("a.crash", "a.strike", "a.found", "o.debris")

Objects = dict[ObjectCode, Found[ObjectCode]]


def read_objects(
    sentences: Sequence[Sentence],
    story: Sequence[Sentence] = (),
    roles: Roles | None = None,
    day: date | None = None,
) -> list[Found[ObjectCode]]:
    """The objects, main first; the aircraft that were sent up are not among them.

    What the title names is what the story is about; the summary speaks when the title names none.
    With `roles`, a breach by a named state that names no craft at all is read as that state's usual craft.
    """
    picker = _Picker(sentences, story, roles)
    found = picker.pick([s for s in sentences if s.field == "title"])
    more = picker.pick([s for s in sentences if s.field != "title"])
    if not found:
        found = more
    if _MAY_BE_MISSILE & found.keys():
        found |= {code: more[code] for code in _EXACT_MISSILES if code in more}
    if ObjectCode.UAV in found and ObjectCode.LOITERING_MUNITION in more:
        found.setdefault(ObjectCode.LOITERING_MUNITION, more[ObjectCode.LOITERING_MUNITION])
    for code, told in more.items():
        if found and code not in found and breached(told.sentence, told.mark):
            found[code] = told
    _both_words(found)
    found |= _explained(sentences, found)
    if not found and roles is not None:
        return _implied(sentences, story, roles, day)
    return list(_settled(found, sentences, roles).values())


_DRONE_WORDS = ("dron", "droon", "uav", "uas", "дрон", "безпілот", "беспилот", "бпла", "iha", "無人", "无人", "ドローン",
                "드론", "무인", "مسير", "پهپاد", "پهباد", "רחפן", "כטב", 'מל"ט', "ντρον", "lennok")  # fmt: skip


def _both_words(found: Objects) -> None:
    """A "kamikaze drone" is a drone too, and "drone parts" are a drone's; a bare "Shahed" is no "drone"."""
    for code in (ObjectCode.LOITERING_MUNITION, ObjectCode.DEBRIS):
        told = found.get(code)
        if told is None:
            continue
        words = told.sentence.text[told.mark.start : told.mark.end + 12]
        if any(word in words for word in _DRONE_WORDS):
            found.setdefault(ObjectCode.UAV, Found(ObjectCode.UAV, told.sentence, told.mark))


_BALLOON_WORDS = ("ball", "balo", "balao", "globo", "palloncin", "pallo", "montgolf", "mongolf", "шар", "кульк", "аэростат", "аеростат",
                  "μπαλον", "αεροστατ", "بالون", "منطاد", "مناطيد", "بالن", "בלון", "בלוני", "氣球", "气球", "風船", "気球", "풍선", "기구")  # fmt: skip


def _explained(sentences: Sequence[Sentence], found: Objects) -> Objects:
    """A party balloon is a balloon, once the story is kept: what it turned out to be."""
    if ObjectCode.BALLOON in found:
        return {}
    for sentence in sentences:
        for mark in sentence.of("n.hotair"):
            if any(word in sentence.words(mark) for word in _BALLOON_WORDS):
                return {ObjectCode.BALLOON: Found(ObjectCode.BALLOON, sentence, mark)}
    return {}


def _settled(found: Objects, sentences: Sequence[Sentence], roles: Roles | None) -> Objects:
    """Vague codes give way to exact ones."""
    if ObjectCode.MISSILE in found or ObjectCode.ROCKET in found:
        found = _missile_by_flight(found, sentences, roles)
    if found.keys() & set(_EXACT_MISSILES):
        found.pop(ObjectCode.MISSILE, None)
    for vague in _VAGUE:
        if len(found) > 1:
            found.pop(vague, None)
    return found


def _missile_by_flight(found: Objects, sentences: Sequence[Sentence], roles: Roles | None) -> Objects:
    """What North Korea fires over a neighbour is ballistic; what flew level, turned or left again is a cruise missile."""
    if found.keys() & set(_EXACT_MISSILES):
        return found
    told = found.get(ObjectCode.MISSILE) or found[ObjectCode.ROCKET]
    if roles is not None and "KP" in roles.actor and set(roles.affected) - {"KP"}:
        exact = ObjectCode.BALLISTIC_MISSILE
    elif ObjectCode.MISSILE in found and (
        any(s.has("x.level") for s in sentences) or _passed(sentences, roles)
    ):
        exact = ObjectCode.CRUISE_MISSILE
    else:
        return found
    settled: Objects = {exact: Found(exact, told.sentence, told.mark)}
    return settled | {code: one for code, one in found.items() if code not in _MISSILE_OR_ROCKET}


def _passed(sentences: Sequence[Sentence], roles: Roles | None) -> bool:
    """Whether a missile came into a state beside Ukraine, and nothing tells that it fell: it flew on, as cruise missiles do."""
    if roles is None or not _BESIDE_UKRAINE & set(roles.affected):
        return False
    came = any(s.has("a.enter", "a.violate", "a.incur") for s in sentences)
    return came and not any(s.has(*_FELL) for s in sentences)


def _implied(
    sentences: Sequence[Sentence], story: Sequence[Sentence], roles: Roles, day: date | None
) -> list[Found[ObjectCode]]:
    """The craft of a breach of airspace by a named state when the whole story names none."""
    everywhere = [*sentences, *story]
    if not roles.actor or not any(not fought_over(iso2, day) for iso2 in roles.affected):
        return []
    if any(s.family("o") or s.has("a.strike") for s in everywhere):
        return []
    for sentence in sentences:
        by_air = sentence.has("x.flight") and sentence.has("z.border", "z.territory")
        for mark in sentence.of("a.violate", "a.incur", *(("a.enter",) if by_air else ())):
            drones = "RU" in roles.actor and _BESIDE_UKRAINE & set(roles.affected) and fought_over("UA", day)
            code = ObjectCode.UAV if drones else ObjectCode.MILITARY_AIRCRAFT
            return [Found(code, sentence, mark)]
    return []


class _Picker:
    """Picks the craft that came out of some sentences."""

    def __init__(self, sentences: Sequence[Sentence], story: Sequence[Sentence], roles: Roles | None) -> None:
        everywhere = set().union(*[s.concepts for s in (*sentences, *story)])
        self._specific = not everywhere.isdisjoint(_SPECIFIC - ANSWERING) or any_came(sentences, ANSWERING)
        self._alien = not everywhere.isdisjoint(_UNMANNED) or (
            not everywhere.isdisjoint(_ALIEN) and any_came([*sentences, *story], _ALIEN)
        )
        self._alien_here = any(s.has(*_ALIEN) for s in sentences)
        self._actors = frozenset(roles.actor) if roles is not None else frozenset()

    def pick(self, part: Sequence[Sentence]) -> Objects:
        """The craft of one field."""
        found: Objects = {}
        for sentence in part:
            for mark in sentence.family("o"):
                code = OBJECTS.get(mark.concept)
                if code is None or code in found or (mark.concept == "o.plane" and self._specific):
                    continue
                if mark.concept == "o.civil" and (self._alien_here or is_endangered(sentence, mark)):
                    continue
                if not self._stands_by(sentence, mark):
                    found[code] = Found(code, sentence, mark)
        return found

    def _stands_by(self, sentence: Sentence, mark: Mark) -> bool:
        """Whether a craft answers, is a weapon, or is most likely one that answers."""
        if mark.concept not in ANSWERING | MISSILES:
            return False
        stand = stand_of(sentence, mark, self._actors)
        if stand is Stand.UNSAID and mark.concept in ANSWERING:
            return self._alien
        return stand in {Stand.ANSWERED, Stand.WEAPON}
