"""The objects of some sentences, each with the mark it was read from."""

from collections.abc import Sequence

from tui.domain.codes import ObjectCode
from tui.reading.facets import Found
from tui.reading.matching import Mark
from tui.reading.scene import Sentence

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

_SPECIFIC = ("o.balloon", "o.uav", "o.loiter", "o.mil", "o.heli", "o.cruise", "o.ballistic", "o.missile", "o.unid",
             "o.light", "o.civil", "o.space")  # fmt: skip
_ALIEN = frozenset({"o.balloon", "o.uav", "o.loiter", "o.unid", "o.missile", "o.cruise", "o.ballistic"})
"""Beside these, warplanes and airliners are those that answer or are in the way."""


def read_objects(sentences: Sequence[Sentence], story: Sequence[Sentence] = ()) -> list[Found[ObjectCode]]:
    """The objects, main first; the aircraft that were sent up are not among them.

    What the title names is what the story is about; the summary speaks when the title names none.
    """
    everywhere = {m.concept for s in (*sentences, *story) for m in s.family("o")}
    titles = [s for s in sentences if s.field == "title"]
    found = _named(titles, sentences, everywhere)
    more = _named([s for s in sentences if s.field != "title"], sentences, everywhere)
    if not found:
        found = more
    elif ObjectCode.MISSILE in found:
        exact = [code for code in (ObjectCode.CRUISE_MISSILE, ObjectCode.BALLISTIC_MISSILE) if code in more]
        found |= {code: more[code] for code in exact}
    elif ObjectCode.UAV in found and ObjectCode.LOITERING_MUNITION in more:
        found[ObjectCode.LOITERING_MUNITION] = more[ObjectCode.LOITERING_MUNITION]
    if {ObjectCode.CRUISE_MISSILE, ObjectCode.BALLISTIC_MISSILE} & set(found):
        found.pop(ObjectCode.MISSILE, None)
    for vague in (ObjectCode.DEBRIS, ObjectCode.UNIDENTIFIED, ObjectCode.ROCKET):
        if len(found) > 1:
            found.pop(vague, None)
    return list(found.values())


def _named(
    part: Sequence[Sentence], sentences: Sequence[Sentence], everywhere: set[str]
) -> dict[ObjectCode, Found[ObjectCode]]:
    found: dict[ObjectCode, Found[ObjectCode]] = {}
    alien = bool(everywhere & _ALIEN)
    alien_here = any(m.concept in _ALIEN for s in sentences for m in s.family("o"))
    specific = bool(everywhere & set(_SPECIFIC))
    spare: Found[ObjectCode] | None = None
    for sentence in part:
        for mark in sentence.family("o"):
            code = OBJECTS.get(mark.concept)
            if code is None or code in found or (mark.concept == "o.plane" and specific):
                continue
            if mark.concept == "o.civil" and alien_here:
                continue
            if mark.concept in {"o.mil", "o.heli"} and (
                is_interceptor(sentence, mark, sentences) or (alien and not _among(sentence, mark))
            ):
                spare = spare or (None if alien else Found(code, sentence, mark))
                continue
            found[code] = Found(code, sentence, mark)
    if not found and spare is not None:
        found[spare.code] = spare
    return found


def _among(sentence: Sentence, mark: Mark) -> bool:
    """Whether warplanes are named in one breath with drones or missiles, or cross a line themselves."""
    for other in sentence.marks:
        if other.concept[0] == "o" and other is not mark:
            between = sentence.text[min(other.end, mark.end) : max(other.start, mark.start)].split()
            if len(between) <= 3 and "and" in between:
                return True
        if other.concept in {"a.enter", "a.violate", "a.incur"} and 0 <= other.start - mark.end <= 16:
            return True
    text = sentence.text[mark.end : mark.end + 24]
    return "collid" in text or "dumping" in text or "clip" in text


def is_interceptor(sentence: Sentence, mark: Mark, sentences: Sequence[Sentence]) -> bool:
    """Whether these aircraft went up against something else."""
    others = {m.concept for s in sentences for m in s.family("o")} - {
        "o.mil",
        "o.plane",
        "o.debris",
        "o.object",
    }
    if mark.concept == "o.heli":
        others.discard("o.heli")
    near = [m for m in sentence.marks if abs(m.start - mark.start) <= 60]
    sent = [m for m in near if m.concept in {"a.scramble", "a.intercept", "a.escort"}]
    if not sent:
        verbs = [m for m in near if m.concept == "a.down" and m.start > mark.end]
        return bool(verbs and others and any(m.concept[0] == "o" and m.start > verbs[0].end for m in near))
    if any(m.concept == "a.scramble" for m in sent):
        before = [
            m for m in sent if m.concept == "a.scramble" and m.end <= mark.start and mark.start - m.end <= 24
        ]
        after = [m for m in sent if m.concept == "a.scramble" and 0 <= m.start - mark.end <= 20]
        if before or after:
            return True
    later = [m for m in sent if m.start >= mark.end]
    if later and later[0].start - mark.end <= 24:
        between = sentence.text[mark.end : later[0].start].split()
        if not {"was", "were", "are", "is", "been"} & set(between):
            rest = sentence.text[later[0].end : later[0].end + 4]
            return not rest.startswith(" by") and any(
                m.concept[0] in "og" and m.start >= later[0].end for m in sentence.marks
            )
    return False
