"""How an act is told: done, denied, only possible, only named, or done to the craft before the news."""

from tui.reading.counts import number_words
from tui.reading.matching import Mark
from tui.reading.polarity import is_denied, is_hypothetical, is_possible
from tui.reading.scene import Sentence

_ANSWERS = frozenset({"a.intercept", "a.warn", "a.scramble", "a.escort"})
_CROSSINGS = frozenset({"a.violate", "a.enter", "e.entry"})
_FALLS = frozenset({"a.crash", "e.fell"})
_DOWNED = _FALLS | {"a.down", "e.shot"}
_SHOTS = frozenset({"a.down", "e.shot"})
_HITS = frozenset({"a.strike", "e.hit"})
_WEAPONS = ("o.uav", "o.loiter", "o.missile", "o.cruise", "o.ballistic", "o.rocket", "o.mil", "o.heli")
"""What strikes, also where a balloon is told of."""
_TRAFFIC = ("z.airport", "g.airport", "e.flights")
_BEFORE_NOUNS = frozenset({"of", "the", "a", "an", "over", "for", "from", "on", "with", "another"})
_NOUNS_ARE_VERBS = frozenset({"ja", "ko"})
_OPENING = 2
"""Among so many words a clause about some of them has its number; one farther on dates or measures."""
_PART_ENDS = (",", ";", ":", "、", "，", "،")
_CLAUSE_ENDS = frozenset("、。，,…！!？?」")


def told_as(sentence: Sentence, mark: Mark) -> str:
    """The concept of an act, changed where it is not told as done."""
    concept = mark.concept
    if concept[0] in "ae" and is_denied(sentence, mark):
        return "not:" + concept
    if concept in _CROSSINGS:
        return "noun:" + concept if _is_noun(sentence, mark) else concept
    if concept in _DOWNED:
        return _downed(sentence, mark)
    if concept in _ANSWERS and is_possible(sentence, mark):
        return "may:" + concept
    if concept in _HITS:
        return _hit(sentence, concept)
    return "told already" if _is_told(sentence, mark) else concept


def _hit(sentence: Sentence, concept: str) -> str:
    """As in "balloons hit airport": a balloon strikes nothing; traffic suffers, or it came in."""
    if not sentence.has("o.balloon") or sentence.has(*_WEAPONS):
        return concept
    return "a.disrupt" if sentence.has(*_TRAFFIC) else "a.incur"


def _is_told(sentence: Sentence, mark: Mark) -> bool:
    """Whether other words there tell it better: an interception, or a complaint to the UN's council."""
    if mark.concept == "a.consult":
        return any(_holds(other, mark) for other in sentence.of("a.protest"))
    return mark.concept == "e.meet" and _same_start(sentence, mark, "a.intercept", "a.warn") is not None


def _downed(sentence: Sentence, mark: Mark) -> str:
    concept = mark.concept
    if concept in _SHOTS and _of_some(sentence, mark):
        return "some:" + concept
    if _attributive(sentence, mark):
        return "fallen"
    if concept in _FALLS:
        gentler = _same_start(sentence, mark, "e.landed", "e.found")
        return gentler.concept if gentler else concept
    return "may:" + concept if concept == "a.down" and is_hypothetical(sentence, mark) else concept


def _of_some(sentence: Sentence, mark: Mark) -> bool:
    """As in "21 drones flew in, four were shot down": a bare number that is a part of the craft told before."""
    text = sentence.text
    start = max([sentence.start, *(text.rfind(end, sentence.start, mark.start) + 1 for end in _PART_ENDS)])
    crafts = sentence.family("o")
    if start == sentence.start or any(craft.start >= start and craft.end <= mark.end for craft in crafts):
        return False
    values = number_words(mark.lang)
    opening = text[start : mark.end].split()[:_OPENING]
    numbered = any(word in values or (word.isdecimal() and len(word) < len("2022")) for word in opening)
    return numbered and any(craft.end <= start for craft in crafts)


def _same_start(sentence: Sentence, mark: Mark, *concepts: str) -> Mark | None:
    return next((other for other in sentence.of(*concepts) if other.start == mark.start), None)


def _is_noun(sentence: Sentence, mark: Mark) -> bool:
    """As in "airspace violation": a crossing that is named, not told."""
    return any(
        (_holds(mark, noun) or _holds(noun, mark)) and not _is_verb(sentence, noun)
        for noun in sentence.of("e.noun")
    )


def _holds(outer: Mark, inner: Mark) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _is_verb(sentence: Sentence, noun: Mark) -> bool:
    """Nouns that are verbs too: English "drone breaches Latvia", Japanese and Korean ones that end a clause."""
    if noun.lang == "en":
        next_to = (other for other in sentence.marks if other.start == noun.end + 1)
        return sentence.words(noun).endswith("es") and any(other.concept[0] in "gz" for other in next_to)
    if noun.lang in _NOUNS_ARE_VERBS:
        return noun.end >= sentence.end or sentence.text[noun.end] in _CLAUSE_ENDS
    return False


def _attributive(sentence: Sentence, mark: Mark) -> bool:
    """As in "the crashed balloon", "remains of downed object": a participle before its craft."""
    if not sentence.words(mark).endswith(("ed", "en")):
        return False
    before = sentence.text[max(sentence.start, mark.start - 12) : mark.start].split()
    after_find = any(other.end == mark.start - 1 for other in sentence.of("a.found", "e.found"))
    if before and before[-1] not in _BEFORE_NOUNS and not after_find:
        return False
    reach = mark.end + (24 if before else 2)
    return any(
        mark.end < craft.start <= reach or (craft.start == mark.start and mark.end < craft.end)
        for craft in sentence.family("o")
    )
