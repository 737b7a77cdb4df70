"""Who says what a story tells: the official, the other party, a newspaper, a witness, and of which state."""

from collections.abc import Iterator, Sequence
from enum import StrEnum

from tui.domain.value import dataclass
from tui.reading.matching import Mark
from tui.reading.scene import Sentence
from tui.reading.speech import ENVOYS
from tui.reading.terms import SUBSTRING_LANGUAGES


class Voice(StrEnum):
    """What kind of speaker it is."""

    OFFICIAL = "official"
    ALLIANCE = "alliance"
    ANONYMOUS = "anonymous"
    MEDIA = "media"
    WITNESS = "witness"


class Saying(StrEnum):
    """What the speaker does with the claim."""

    SAYS = "says"
    CLAIMS = "claims"
    ACCUSES = "accuses"
    PROTESTS = "protests"
    DENIES = "denies"
    ADMITS = "admits"
    ACTS = "acts"
    """Named, without a verb of saying: "police searched the field"."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """One who speaks in one sentence."""

    voice: Voice
    iso2: str
    """The state spoken for; empty when unknown."""
    saying: Saying
    sentence: Sentence
    start: int
    """The words that name the speaker, in the folded field."""
    end: int

    @property
    def label(self) -> str:
        """As a span carries it: "official EE", "witness"."""
        return f"{self.voice} {self.iso2}".strip()

    @property
    def official(self) -> bool:
        """Whether it speaks for a state or an alliance."""
        return self.voice in {Voice.OFFICIAL, Voice.ALLIANCE}


_VERBS = {
    "a.deny": Saying.DENIES, "a.apology": Saying.ADMITS, "a.accuse": Saying.ACCUSES,
    "a.protest": Saying.PROTESTS, "c.claim": Saying.CLAIMS, "s.say": Saying.SAYS,
}  # fmt: skip
_VOICES = {
    "s.official": Voice.OFFICIAL, "g.force": Voice.OFFICIAL, "s.alliance": Voice.ALLIANCE,
    "s.anon": Voice.ANONYMOUS, "s.media": Voice.MEDIA, "s.witness": Voice.WITNESS,
}  # fmt: skip
_STATES = frozenset({"g.name", "g.adj", "g.capital", "g.force"})
_SPEAKING = _STATES | _VOICES.keys()
_VERB_LAST = SUBSTRING_LANGUAGES | {"tr", "fa"}
"""Languages whose verb of saying may end the sentence that its speaker begins."""
_MOST_WORDS = 4
_BREAKS = frozenset(";:!?")


def speakers_in(
    sentences: Sequence[Sentence], lang: str, home: Sequence[str], accused: Sequence[str] = ()
) -> list[Speaker]:
    """Every speaker, in order.

    An official named without a state speaks for the last speaker's, else for `home`, but denies for `accused`.
    """
    found: list[Speaker] = []
    for sentence in sentences:
        if sentence.concepts.keys().isdisjoint(_HEARD) and _colon(sentence) < 0:
            continue
        taken: set[int] = set()
        for verb, saying in _sayings(sentence):
            noun = _subject(sentence, verb, lang)
            if noun is not None and noun.start not in taken:
                taken.add(noun.start)
                found.append(_speaker(sentence, noun, saying, found, _own(sentence, home, accused)))
        for noun in sentence.of("s.official", "g.force"):
            near = any(abs(noun.start - at) < 40 for at in taken)
            if not near and noun.start not in taken and not _carries(sentence, noun):
                taken.add(noun.start)
                found.append(_speaker(sentence, noun, Saying.ACTS, found, home))
    return found


def _own(sentence: Sentence, home: Sequence[str], accused: Sequence[str]) -> Sequence[str]:
    """The state of an official who is named without one: a denial is made by the accused."""
    return accused if accused and sentence.has("a.deny") else home


_HEARD = frozenset({*_VERBS, *_VOICES})


def _sayings(sentence: Sentence) -> Iterator[tuple[Mark, Saying]]:
    """The verbs of saying in order; a colon behind the first words of a headline is one too."""
    colon = _colon(sentence)
    if colon >= 0 and any(mark.end == colon for mark in sentence.marks if mark.concept in _SPEAKING):
        yield Mark(colon, colon + 1, "s.say", ""), Saying.SAYS
    for mark in sentence.of(*_VERBS):
        if _is_passive(sentence, mark) or sentence.text.startswith(_CALLED_IN, mark.start):
            continue
        if mark.concept != "a.protest" or not _of_an_envoy(sentence, mark):
            yield mark, _VERBS[mark.concept]


def _colon(sentence: Sentence) -> int:
    """Where the colon behind the first words of a headline stands; below nought when there is none."""
    if sentence.field != "title":
        return -1
    return sentence.text.find(": ", sentence.start, min(sentence.end, sentence.start + 40))


_CALLED_IN = ("called in", "calls in")
_PASSIVE = frozenset({"was", "were", "been", "being", "be"})
_TOLD = ("ed", "told", "said")


def _is_passive(sentence: Sentence, verb: Mark) -> bool:
    """As in English "Minsk was informed", "has been formally accused": one who is spoken to or of."""
    if verb.lang != "en" or not sentence.words(verb).endswith(_TOLD):
        return False
    before = sentence.text[max(sentence.start, verb.start - 24) : verb.start].split(",")[-1].split()[-2:]
    return not _PASSIVE.isdisjoint(before)


def _of_an_envoy(sentence: Sentence, verb: Mark) -> bool:
    """As in "Russian ambassador summoned": the one before the verb is spoken to."""
    before = sentence.text[max(sentence.start, verb.start - 40) : verb.start].split(",")[-1].split()[-3:]
    before += sentence.text[verb.start : verb.end].split()[:1]
    return any(word.startswith(ENVOYS) for word in before)


def _subject(sentence: Sentence, verb: Mark, lang: str) -> Mark | None:
    """The noun that says it: the nearest before the verb; behind it only for plain saying."""
    nouns = [m for m in sentence.marks if m.concept in _VOICES or m.concept in _STATES]
    before = [m for m in nouns if m.end <= verb.start and not _owns(sentence, m)]
    if before and verb.concept == "a.protest" and _near(sentence, before[0].end, verb.start, _MOST_WORDS):
        return before[0]
    if (
        before
        and _near(sentence, before[-1].end, verb.start, _MOST_WORDS)
        and not _is_object(sentence, before[-1])
    ):
        return before[-1]
    if lang in _VERB_LAST:
        return next((m for m in before if m.concept in _VOICES), None)
    if verb.concept == "s.say":
        after = next((m for m in nouns if m.start >= verb.end), None)
        if after is not None and _near(sentence, verb.end, after.start, 2) and not _owns(sentence, after):
            return after
    return None


def _near(sentence: Sentence, start: int, end: int, most: int) -> bool:
    """Whether only a few words stand between, in the same clause."""
    gap = sentence.text[start:end]
    return len(gap.split()) <= most and not any(c in gap for c in ",;:")


def _owns(sentence: Sentence, noun: Mark) -> bool:
    """As in "Russian drones": a state that only says whose craft or whose skies."""
    if noun.concept in _VOICES:
        return False
    behind = (m for m in sentence.marks if m.start >= noun.end and m.concept[0] in "oz")
    thing = next(behind, None)
    if thing is None or not _near(sentence, noun.end, thing.start, 2):
        return False
    gap = sentence.text[noun.end : thing.start].split()
    return not any(
        m.concept in _VERBS and noun.end <= m.start < thing.start for m in sentence.marks
    ) and not (gap and gap[0].endswith("s") and gap[0] != "'s")


def _carries(sentence: Sentence, noun: Mark) -> bool:
    """As in "a coast guard helicopter": the official body only says whose craft it is."""
    return any(m.concept[0] == "o" and 0 <= m.start - noun.end <= 2 for m in sentence.marks)


def _is_object(sentence: Sentence, noun: Mark) -> bool:
    """As in "protests to Moscow over": a state spoken to or flown over, not one that speaks."""
    if noun.concept in _VOICES:
        return False
    words = sentence.text[sentence.start : noun.start].split()
    if not words or words[-1] not in _TO:
        return False
    return not any(m.concept in _VOICES and 0 <= noun.start - m.end <= 8 for m in sentence.marks)


_TO = frozenset(
    {"to", "from", "against", "with", "by", "over", "into", "near", "on", "at", "for", "about", "in"}
)


def _speaker(
    sentence: Sentence, noun: Mark, saying: Saying, earlier: Sequence[Speaker], home: Sequence[str]
) -> Speaker:
    """The speaker that a noun names, with the state named beside it."""
    group = [
        m
        for m in sentence.marks
        if (m.concept in _VOICES or m.concept[0] == "g") and _joined(sentence, m, noun)
    ]
    voices = [_VOICES[m.concept] for m in group if m.concept in _VOICES]
    states = [m for m in group if m.name is not None and m.name.iso2]
    voice = voices[0] if voices else Voice.OFFICIAL
    named = [m for m in group if m.concept in _VOICES] or [noun]
    iso2 = states[-1].name.iso2 if states and states[-1].name is not None else ""
    if not iso2 and voice is Voice.OFFICIAL:
        last = next((one.iso2 for one in reversed(earlier) if one.official and one.iso2), "")
        iso2 = last or (home[0] if home else "")
    start = min(m.start for m in (*named, *states))
    end = max(m.end for m in (*named, *states))
    return Speaker(voice, iso2, saying, sentence, start, end)


def _joined(sentence: Sentence, mark: Mark, noun: Mark) -> bool:
    """Whether two marks belong to one noun phrase: "Officials in Bucharest", "Pakistani military spokesman"."""
    if mark is noun:
        return True
    first, second = (mark, noun) if mark.start <= noun.start else (noun, mark)
    gap = sentence.text[first.end : second.start]
    if len(gap) > _WIDEST or any(c in gap for c in ",;:!?()"):
        return False
    if any(m.concept in _VERBS and first.end <= m.start < second.start for m in sentence.marks):
        return False
    words = gap.split()
    if first.concept in _VOICES and second.concept[0] == "g":
        return len(words) <= 2 and (not words or words[-1] in _OF or words[0] in _OF)
    return second.concept in _VOICES and len(words) <= 1


_WIDEST = 24
_OF = frozenset(
    {
        "in",
        "of",
        "the",
        "de",
        "du",
        "des",
        "della",
        "di",
        "do",
        "da",
        "del",
        "der",
        "i",
        "w",
        "в",
        "у",
        "van",
        "von",
        "a",
    }
)
