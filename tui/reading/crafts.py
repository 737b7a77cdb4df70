"""What a craft does in its clause: it came, it answered, it is a weapon fired at another, or nothing is told."""

from collections.abc import Sequence
from enum import Enum, auto

from tui.domain.value import dataclass
from tui.reading.matching import Mark
from tui.reading.scene import Sentence
from tui.reading.terms import ANY_LANGUAGE, SUBSTRING_LANGUAGES

ANSWERING = frozenset({"o.mil", "o.heli"})
"""Craft that states send up against others."""
MISSILES = frozenset({"o.missile", "o.rocket", "o.cruise", "o.ballistic"})
_MEETING = ("a.intercept", "a.escort", "a.down")
_ENTRY = ("a.enter", "a.violate", "a.incur")
_BREACH = (*_ENTRY, "e.entry")
_PASSIVE = frozenset({"was", "were", "are", "is", "been", "be", "being"})
_COLLIDES = ("collid", "dumping", "clip")
_AGENT = frozenset({
    "by", "przez", "av", "af", "von", "durch", "door", "par", "por", "pelo", "pela", "da", "dal", "dalla", "dai", "de",
    "din", "από", "απο", "tarafindan", "بواسطة", "توسط",
})  # fmt: skip
"""What stands before the one that did it: "brought down by a fighter"."""
_AND = {
    "en": "and or plus", "ja": "、 や と および", "zh-Hant": "和 與 及 以及 、", "zh-Hans": "和 与 及 以及 、", "ko": "와 과 및 ·",
    "ru": "и", "uk": "і та й", "pl": "i oraz", "et": "ja", "lt": "ir", "lv": "un", "fi": "ja", "sv": "och", "nb": "og",
    "da": "og", "de": "und", "nl": "en", "fr": "et", "es": "y e", "pt": "e", "it": "e ed", "ro": "si", "el": "και", "tr": "ve",
    "ar": "و", "he": "ו", "fa": "و",
}  # fmt: skip
JOINTS = {lang: frozenset({*words.split(), ",", "&"}) for lang, words in _AND.items()}
"""What may stand between two craft told of in one breath."""


class Stand(Enum):
    """What a craft does."""

    CAME = auto()
    ANSWERED = auto()
    WEAPON = auto()
    UNSAID = auto()


@dataclass(frozen=True, slots=True)
class _Phrase:
    """Craft words side by side, as in "F-16 fighter jets"."""

    start: int
    end: int
    concepts: frozenset[str]


def stand_of(sentence: Sentence, mark: Mark, actors: frozenset[str] = frozenset()) -> Stand:
    """What the craft of a mark does in its sentence; craft of the acting states came."""
    phrases = _phrases(sentence)
    at = next(n for n, phrase in enumerate(phrases) if phrase.start <= mark.start < phrase.end)
    here = phrases[at]
    before = phrases[at - 1] if at else None
    after = phrases[at + 1] if at + 1 < len(phrases) else None
    reach = _Reach(sentence, before.end if before else sentence.start, after.start if after else sentence.end)
    if mark.concept in MISSILES:
        return _missile(sentence, here, phrases)
    if mark.concept not in ANSWERING:
        return Stand.UNSAID
    if _in_one_breath(sentence, _language(sentence, mark), here, before, after) or _collides(sentence, here):
        return Stand.CAME
    told = _by_verb(reach, here, sentence)
    return told if told is not Stand.UNSAID else _of_side(sentence, here, actors)


def _by_verb(reach: "_Reach", here: "_Phrase", sentence: Sentence) -> Stand:
    """What the verb beside it says."""
    if _downs_ours(reach, here):
        return Stand.CAME
    if _sent_up(reach, here) or _meets(reach, here, sentence):
        return Stand.ANSWERED
    if _entered(reach, here, sentence) or _attacks(reach, here, sentence, "a.strike"):
        return Stand.CAME
    return _was_met(reach, here, sentence)


def _language(sentence: Sentence, mark: Mark) -> str:
    """The language of a sentence, by its marks: those of types hold in every language."""
    return next((m.lang for m in (mark, *sentence.marks) if m.lang != ANY_LANGUAGE), ANY_LANGUAGE)


def _phrases(sentence: Sentence) -> list[_Phrase]:
    found: list[_Phrase] = []
    for mark in sentence.family("o"):
        last = found[-1] if found else None
        between = sentence.text[last.end : mark.start] if last else ""
        if last and mark.start <= last.end + 2 and between.strip(" -") == "":
            found[-1] = _Phrase(last.start, max(last.end, mark.end), last.concepts | {mark.concept})
        else:
            found.append(_Phrase(mark.start, mark.end, frozenset({mark.concept})))
    return found


@dataclass(frozen=True, slots=True)
class _Reach:
    """The stretch of a sentence between the craft before and the craft after."""

    sentence: Sentence
    left: int
    right: int

    def before(self, phrase: _Phrase, width: int, *concepts: str) -> Mark | None:
        """The last of these acts that ends at most so far before the craft."""
        marks = [
            mark
            for mark in self.sentence.of(*concepts)
            if mark.start >= self.left and 0 <= phrase.start - mark.end <= width
        ]
        return marks[-1] if marks else None

    def after(self, phrase: _Phrase, width: int, *concepts: str) -> Mark | None:
        """The first of these acts that begins at most so far after the craft."""
        marks = self.sentence.of(*concepts)
        return next((m for m in marks if m.start < self.right and 0 <= m.start - phrase.end <= width), None)


_NO_JOINTS = frozenset({",", "&"})


def _in_one_breath(
    sentence: Sentence, lang: str, here: _Phrase, before: _Phrase | None, after: _Phrase | None
) -> bool:
    """As in "drones and jets": joined to a craft that comes uninvited."""
    for one, other in ((before, here), (here, after)):
        if one is None or other is None:
            continue
        words = sentence.text[one.end : other.start].replace(",", " , ").split()
        beside = one.concepts if other is here else other.concepts
        joined = len(words) <= 3 and not JOINTS.get(lang, _NO_JOINTS).isdisjoint(words)
        if joined and not beside <= ANSWERING:
            return True
    return False


def _collides(sentence: Sentence, here: _Phrase) -> bool:
    rest = sentence.text[here.end : min(sentence.end, here.end + 24)]
    return any(word in rest for word in _COLLIDES)


_AGAINST = frozenset({
    "to", "against", "as", "after", "for", "over", "when", "because", "gegen", "wegen", "nach", "przeciw", "wobec", "po",
    "mot", "efter", "etter", "mod", "contre", "apres", "contra", "tras", "contro", "dopo", "impotriva", "dupa", "против",
    "после", "проти", "після", "tegen", "na", "karsi", "sonra", "pries", "pret",
})  # fmt: skip
"""After these stands what they were sent up against."""


def _sent_up(reach: _Reach, here: _Phrase) -> bool:
    """As in "scrambles six F-16s" and "jets took off"; the term itself may hold the craft."""
    if any(m.start <= here.start < m.end for m in reach.sentence.of("a.scramble")):
        return True
    verb = reach.before(here, 24, "a.scramble")
    met = reach.before(here, 24, *_MEETING)
    if verb and not (met and met.start >= verb.end):
        between = reach.sentence.text[verb.end : here.start].split()
        return _AGAINST.isdisjoint(between)
    return bool(reach.after(here, 20, "a.scramble"))


def _meets(reach: _Reach, here: _Phrase, sentence: Sentence) -> bool:
    """As in "fighters intercept a bomber": the one that acts, with something acted on after it."""
    verb = reach.after(here, 24, *_MEETING)
    if verb is None:
        return False
    if not _PASSIVE.isdisjoint(sentence.text[here.end : verb.start].split()):
        return False
    if sentence.text[verb.end : verb.end + 4].startswith(" by"):
        return False
    return any(m.concept[0] in "og" and verb.end <= m.start < sentence.end for m in sentence.marks)


_OURS = frozenset({
    "its", "our", "their", "seine", "seiner", "ihre", "ihrer", "unsere", "son", "sa", "ses", "notre", "nos", "su", "sus", "nuestro",
    "seu", "sua", "seus", "nosso", "suo", "suoi", "nostro", "jego", "jej", "swoj", "swojego", "nasz", "naszego", "его", "ее", "их", "свой",
    "наш", "його", "їх", "свiй", "свій", "sin", "sitt", "sina", "sine", "sit", "var", "vart", "hun", "zijn", "ons",
})  # fmt: skip


def _downs_ours(reach: "_Reach", here: "_Phrase") -> bool:
    """As in "video of a jet shooting down its drone": what the speaker lost was shot by the intruder."""
    verb = reach.after(here, 24, "a.down")
    return verb is not None and not _OURS.isdisjoint(reach.sentence.text[verb.end : reach.right].split()[:1])


def _entered(reach: _Reach, here: _Phrase, sentence: Sentence) -> bool:
    verb = reach.after(here, 16, *_BREACH)
    if verb is None:
        return False
    # Where a verb goes before what it tells of, it belongs to the craft right after it.
    return not (verb.lang in SUBSTRING_LANGUAGES and 0 <= reach.right - verb.end <= 2 < sentence.end)


def _attacks(reach: _Reach, here: _Phrase, sentence: Sentence, *acts: str) -> bool:
    """As in "warplanes bombed a post": what strikes is no answer."""
    verb = reach.after(here, 24, *acts)
    if verb is None:
        return False
    return not any(m.name is not None and here.end <= m.start < verb.start for m in sentence.marks)


def _was_met(reach: _Reach, here: _Phrase, sentence: Sentence) -> Stand:
    """As in "intercepts two bombers" and "a bomber was escorted"; "downed by a fighter" is the one that acts."""
    verb = reach.before(here, 24, *_MEETING)
    if verb is not None:
        words = sentence.text[verb.end : here.start].split()
        return Stand.CAME if _AGENT.isdisjoint(words) else Stand.ANSWERED
    verb = reach.after(here, 24, *_MEETING)
    if verb is not None and not _PASSIVE.isdisjoint(sentence.text[here.end : verb.start].split()):
        return Stand.CAME
    return Stand.UNSAID


_QUALIFIERS = frozenset(
    {"air", "force", "army", "navy", "naval", "military", "coast", "guard", "civil", "made", "own"}
)


def _of_side(sentence: Sentence, here: _Phrase, actors: frozenset[str]) -> Stand:
    """By the state named right before it, as in "Russian jets" and "a Chinese coast guard helicopter"."""
    for mark in sentence.marks:
        if mark.name is None or not 0 <= here.start - mark.end <= 20:
            continue
        own = _QUALIFIERS.issuperset(sentence.text[mark.end : here.start].split())
        if own and mark.name.iso2 in actors:
            return Stand.CAME
    return Stand.UNSAID


def breached(sentence: Sentence, mark: Mark) -> bool:
    """Whether the craft itself is told to have come in: "a patrol plane also broke the rules"."""
    phrases = _phrases(sentence)
    here = next(phrase for phrase in phrases if phrase.start <= mark.start < phrase.end)
    verb = _Reach(sentence, sentence.start, sentence.end).after(here, 16, *_BREACH)
    if verb is None:
        return False
    return not any(m.concept[0] in "og" and here.end <= m.start < verb.start for m in sentence.marks)


_DANGER = (
    "endanger", "danger", "hazard", "risk", "threat", "peril", "gefahr", "mettant en", "zagra", "zagro", "niebezp", "угро", "опас", "загро",
    "небезп", "fara", "fare", "peligr", "perig", "pericol", "gevaar", "vaara", "oht", "pavoj", "apdraud", "κινδυν", "tehlike",
    "خطر", "סיכ", "סכנ", "危", "위험", "위협",
)  # fmt: skip
"""Beginnings of the words for danger: the airliners that stand beside them are in the way."""


def is_endangered(sentence: Sentence, mark: Mark) -> bool:
    """As in "endangered airliners", "a hazard to passenger planes": in the way of what flew, not what flew."""
    near = sentence.text[max(sentence.start, mark.start - 24) : mark.start]
    if mark.lang in SUBSTRING_LANGUAGES:
        return any(word in near for word in _DANGER)
    return any(word.startswith(_DANGER) for word in near.split())


def _missile(sentence: Sentence, here: _Phrase, phrases: Sequence[_Phrase]) -> Stand:
    """A missile that a craft fires, or that hits a craft, is no intruder."""
    for number, phrase in enumerate(phrases):
        if phrase.end <= here.start and not phrase.concepts.isdisjoint(ANSWERING):
            right = phrases[number + 1].start if number + 1 < len(phrases) else sentence.end
            if _attacks(_Reach(sentence, phrase.start, right), phrase, sentence, "a.strike", "a.send"):
                return Stand.WEAPON
        if phrase.start >= here.end and not phrase.concepts & MISSILES and phrase.start - here.end <= 32:
            hits = [m for m in sentence.of("a.strike", "a.down") if here.end <= m.start <= phrase.start]
            if hits:
                return Stand.WEAPON
    return Stand.UNSAID


def any_came(sentences: Sequence[Sentence], concepts: frozenset[str]) -> bool:
    """Whether any craft of these kinds is told of that is no weapon and did not answer."""
    return any(
        stand_of(sentence, mark) not in {Stand.WEAPON, Stand.ANSWERED}
        for sentence in sentences
        for mark in sentence.family("o")
        if mark.concept in concepts
    )
