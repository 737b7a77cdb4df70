"""What speaks for each event of a story: named acts, each with its part of the story and its mark."""

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from tui.reading.event_acts import ACTS_OF, NOT_SENT, PAIRS, SENT, SITES
from tui.reading.event_telling import told_as
from tui.reading.matching import Mark
from tui.reading.polarity import is_denied
from tui.reading.scene import Sentence

Part = Literal["head", "after", "body"]
"""The headline's news, what it hangs on ("after ...", "over ..."), and all that follows."""

PARTS: tuple[Part, ...] = ("head", "after", "body")


class Cue(NamedTuple):
    """One thing that speaks for an event."""

    name: str
    part: Part
    sentence: Sentence
    mark: Mark


_FAMILIES = frozenset("ozpaecrx")
_SKIES = frozenset(
    {"z.airspace", "z.our", "z.border", "z.territory", "z.nofly", "z.restricted", "z.security", "a.violate"}
)


def cues_of(sentences: Sequence[Sentence], *, foreign: bool) -> Iterator[Cue]:
    """Every cue, in the order told; `foreign` when another state is known to have sent the object."""
    head = next((s for s in sentences if s.field == "title"), sentences[0] if sentences else None)
    if head is None:
        return
    told = list(_every(sentences, head))
    presence = [(s, mark) for s in sentences for mark in s.marks if mark.concept[0] in "oz"]
    if presence:
        where, what = min(presence, key=lambda one: one[1].concept[0] == "z")
        told.append(Cue(SENT if foreign else NOT_SENT, "head", where, what))
    yield from told
    yield from _pairs(told)


def _pairs(told: Sequence[Cue]) -> Iterator[Cue]:
    """What is told together: an answer in the headline with what it answers, wherever that stands."""
    heads = {cue.name for cue in told if cue.part == "head"}
    names = {cue.name for cue in told}
    for pair in PAIRS:
        if not pair.heads.isdisjoint(heads) and pair.unless.isdisjoint(names):
            answered = next((cue for cue in told if cue.name == pair.anywhere), None)
            if answered is not None:
                yield Cue(pair.name, "head", answered.sentence, answered.mark)


def _every(sentences: Sequence[Sentence], head: Sentence) -> Iterator[Cue]:
    for sentence in sentences:
        if sentence is head:
            news, background = _parted(sentence)
            yield from _told(sentence, "head", news)
            yield from _told(sentence, "after", background)
        else:
            yield from _told(sentence, "body", sentence.marks)


def _told(sentence: Sentence, part: Part, marks: Sequence[Mark]) -> Iterator[Cue]:
    named: dict[str, Mark] = {}
    for mark in marks:
        if mark.concept[0] in _FAMILIES:
            named.setdefault(told_as(sentence, mark), mark)
    present = set(named)
    if not present.isdisjoint(SITES) and sentence.concepts.keys().isdisjoint(_SKIES):
        present.add("#site")
    whole = sentence.concepts.keys() | present
    found: dict[str, Mark] = {}
    for concept, mark in named.items():
        for act in ACTS_OF.get(concept, ()):
            held = act.without.isdisjoint(present) and (
                not act.beside or all(not group.isdisjoint(whole) for group in act.beside)
            )
            if held and (act.name not in found or mark.start < found[act.name].start):
                found[act.name] = mark
    for name, mark in found.items():
        yield Cue(name, part, sentence, mark)


_TALK = ("a.protest", "a.deny", "a.policy", "a.consult", "a.apology", "e.talk")


_VERB_LAST = frozenset({"ja", "ko", "tr", "fa"})


def _parted(sentence: Sentence) -> tuple[list[Mark], list[Mark]]:
    """The marks of the headline's news, and those of its background.

    The background begins at "after", or behind the verb of "X condemns ..."; what stands before the
    colon of "Drone shot down: X recalls its envoy" is a topic; where the verb comes last, so is all else.
    """
    if sentence.field != "title":
        return sentence.marks, []
    talk = next((mark for mark in sentence.of(*_TALK) if not is_denied(sentence, mark)), None)
    start, end = sentence.start, sentence.end
    for mark in sentence.of("e.after"):
        if mark.start > sentence.start + 8:
            end = min(end, mark.start)
    if talk is not None:
        colon = sentence.text.rfind(": ", sentence.start, talk.start)
        start = max(start, colon)
        if talk.lang in _VERB_LAST:
            start = max(start, talk.start)
        else:
            end = min(end, _said(sentence, talk))
    news = [mark for mark in sentence.marks if start <= mark.start < end]
    return news, [mark for mark in sentence.marks if not start <= mark.start < end]


def _said(sentence: Sentence, talk: Mark) -> int:
    """Where the words of an answer end: "lodges protest" is one."""
    end = talk.end
    for mark in sentence.of(*_TALK):
        if end < mark.start <= end + 1:
            end = mark.end
    return end
