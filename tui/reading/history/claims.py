"""What the sources of an incident contradict each other on: their latest words, side by side."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from tui.domain.codes import OBJECT_TAG, Certainty
from tui.domain.history import Claim, ClaimField, Contradiction
from tui.domain.value import dataclass
from tui.reading.history.bounds import Bounds, bounds_of
from tui.reading.history.facts import first_hand, is_follow_up
from tui.reading.history.turns import UNDATED, told_at
from tui.reading.history.voices import is_denial, voice_of
from tui.reading.sources import Source

_CONTESTED = 0.25
"""Publishers against the most common version, as a share of those for it, from which it is a dispute."""
_CLAIMS_SHOWN = 60
"""Claims kept of one contradiction; every version keeps at least one."""

TOLD, DENIED = "told", "denied"
"""The two versions of a violation."""


@dataclass(frozen=True, slots=True)
class _Version:
    """What is said on a field."""

    values: frozenset[str]
    bounds: Bounds | None = None

    def against(self, other: "_Version") -> bool:
        """Whether both cannot be true."""
        if self.bounds and other.bounds:
            return not self.bounds.meets(other.bounds)
        return not self.values & other.values


@dataclass(frozen=True, slots=True)
class _Word:
    """The latest word of one source on a field."""

    claim: Claim
    version: _Version


def contradictions_of(sources: Sequence[Source]) -> tuple[Contradiction, ...]:
    """The fields on which a fair share of the independent sources contradict the others.

    A denial is the word of a party, so that one is enough, whatever the share of the sources that carry it.
    """
    own = first_hand(sources)
    found = (
        _contradiction(ClaimField.COUNT, _without_replaced(_latest(own, _count))),
        _contradiction(ClaimField.OBJECT, _latest(own, _object)),
        _contradiction(ClaimField.ACTOR, _latest(own, _actor)),
        _told_and_denied(sources),
    )
    return tuple(one for one in found if one is not None)


def _latest(sources: Sequence[Source], word_of: Callable[[Source], _Word | None]) -> list[_Word]:
    """The last word of each independent source, in order of time."""
    latest: dict[str, _Word] = {}
    for source in sources:
        word = word_of(source)
        if word is not None:
            latest.pop(source.key, None)
            latest[source.key] = word
    return list(latest.values())


def _contradiction(name: ClaimField, words: Sequence[_Word]) -> Contradiction | None:
    """The words with the most common version first; None when too few speak against it."""
    if len(words) < 2:
        return None
    said = Counter(word.version for word in words)
    backing = {one: sum(times for other, times in said.items() if not one.against(other)) for one in said}
    most = max(said, key=lambda one: backing[one])  # of equals the one that was said first
    against = sum(times for one, times in said.items() if one.against(most))
    if not against or against < _CONTESTED * backing[most]:
        return None
    ranked = sorted(words, key=lambda word: (word.version.against(most), -backing[word.version]))
    return Contradiction(name, _side_by_side([word.claim for word in ranked]))


def _side_by_side(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """The claims of each version together; of very many the first, every version keeping some."""
    sides: dict[str, list[Claim]] = {}
    for claim in claims:
        sides.setdefault(claim.value, []).append(claim)
    each = max(1, _CLAIMS_SHOWN // max(1, len(sides)))
    return tuple(claim for side in sides.values() for claim in side[:each])


def _without_replaced(words: Sequence[_Word]) -> list[_Word]:
    """Counts without those that the same authority has since replaced, through whichever publisher."""
    newest = {word.claim.voice: word.claim.value for word in words if word.claim.voice}
    first = {
        voice: next(
            at for at, word in enumerate(words) if (word.claim.voice, word.claim.value) == (voice, value)
        )
        for voice, value in newest.items()
    }
    last = {(word.claim.voice, word.claim.value): at for at, word in enumerate(words)}

    def replaced(word: _Word) -> bool:
        voice, value = word.claim.voice, word.claim.value
        return bool(voice) and value != newest[voice] and last[voice, value] < first[voice]

    return [word for word in words if not replaced(word)]


def _count(source: Source) -> _Word | None:
    bounds = bounds_of(source.filed)
    if bounds is None:
        return None
    value = str(source.filed.report.count)
    return _Word(_claim(source, value), _Version(frozenset({value}), bounds))


def _object(source: Source) -> _Word | None:
    """By class of object; what is unidentified says less, not otherwise."""
    tags = [OBJECT_TAG[code] for code in source.filed.report.object]
    known = sorted(set(tags) - {"UNK"})
    return _Word(_claim(source, " ".join(known)), _Version(frozenset(known))) if known else None


def _actor(source: Source) -> _Word | None:
    states = source.filed.report.actor
    return _Word(_claim(source, " ".join(sorted(states))), _Version(frozenset(states))) if states else None


def _told_and_denied(sources: Sequence[Source]) -> Contradiction | None:
    """The event as told and as denied; a story that carries both versions stands on both sides."""
    told, denied = _latest(sources, _telling), _latest(sources, _denying)
    if not told or not denied:
        return None
    claims = [word.claim for word in (*told, *denied)]
    return Contradiction(ClaimField.VIOLATION, _side_by_side(claims))


def _telling(source: Source) -> _Word | None:
    report = source.filed.report
    if is_denial(report) or report.certainty is Certainty.UNFOUNDED or is_follow_up(report):
        return None
    claim = _claim(source, TOLD, voice=report.certainty is not Certainty.DISPUTED)
    return _Word(claim, _Version(frozenset({TOLD})))


def _denying(source: Source) -> _Word | None:
    report = source.filed.report
    if not is_denial(report) and report.certainty is not Certainty.DISPUTED:
        return None
    return _Word(_claim(source, DENIED), _Version(frozenset({DENIED})))


def _claim(source: Source, value: str, *, voice: bool = True) -> Claim:
    at = told_at(source.filed) or UNDATED
    said_by = voice_of(source.filed.report) if voice else ""
    return Claim(value, source.publisher, at, source.filed.story, said_by)
