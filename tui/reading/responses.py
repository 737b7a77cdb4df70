"""What was done about it, and how soon, each with the mark it was read from."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from tui.domain.codes import Response
from tui.reading.counts import number_words
from tui.reading.facets import Found
from tui.reading.matching import Mark
from tui.reading.polarity import is_denied, is_hypothetical, is_possible
from tui.reading.scene import Sentence

_RESPONSES: tuple[tuple[Response, tuple[str, ...]], ...] = (
    (Response.SCRAMBLE, ("a.scramble", "r.scramble")),
    (Response.INTERCEPTION, ("r.intercept",)),
    (Response.ESCORT, ("a.escort", "r.escort")),
    (Response.WARNING_SHOTS, ("a.warn", "r.warn")),
    (Response.SHOOTDOWN, ("a.down",)),
    (Response.JAMMING, ("a.jam", "r.jam")),
    (Response.AIRPORT_CLOSED, ("r.airport", "#airport")),
    (Response.AIRSPACE_CLOSED, ("r.close", "#airspace")),
    (Response.EVACUATION, ("a.evac", "r.evac")),
    (Response.PROTEST, ("a.protest",)),
    (Response.CONSULTATION, ("a.consult", "r.consult")),
    (Response.DEPLOYMENT, ("r.deploy",)),
    (Response.MONITORED_ONLY, ("r.monitor",)),
    (Response.NONE_REPORTED, ("r.none",)),
)
"""Each code with the concepts it is read from; "#" are closures sorted by what was closed."""

_SIGNS = frozenset({concept for _, concepts in _RESPONSES for concept in concepts} | {"a.disrupt", "a.close"})
"""A sentence with none of these tells of no response."""
_ONLY = (Response.MONITORED_ONLY, Response.NONE_REPORTED)
"""Said of a story only when nothing else was done."""


def told_responses(sentences: Sequence[Sentence]) -> list[Found[Response]]:
    """Every response told, sentence by sentence."""
    return [one for sentence in sentences for one in _told(sentence)]


def read_responses(told: Sequence[Found[Response]]) -> list[Found[Response]]:
    """What was done about it, of all that is told, in order of telling; empty when the text leaves it unsaid."""
    found: dict[Response, Found[Response]] = {}
    for one in told:
        found.setdefault(one.code, one)
    done = [one for one in found.values() if one.code not in _ONLY]
    if done:
        return done
    return [found[code] for code in reversed(_ONLY) if code in found][:1]


def _told(sentence: Sentence) -> list[Found[Response]]:
    if _SIGNS.isdisjoint(sentence.concepts):
        return []
    found = []
    for code, concepts in _RESPONSES:
        if sentence.concepts.keys().isdisjoint(concepts) and concepts[-1][0] != "#":
            continue
        marks = [mark for concept in concepts for mark in _marks(sentence, concept)]
        done = [mark for mark in marks if _is_done(code, sentence, mark)]
        if done:
            found.append(Found(code, sentence, min(done, key=lambda mark: mark.start)))
    return sorted(found, key=lambda one: one.mark.start)


def _is_done(code: Response, sentence: Sentence, mark: Mark) -> bool:
    if code is Response.NONE_REPORTED:
        return True
    if is_denied(sentence, mark):
        return False
    if code is Response.SHOOTDOWN:
        return not is_hypothetical(sentence, mark)
    return code in _DIPLOMATIC or not is_possible(sentence, mark)


_DIPLOMATIC = (Response.PROTEST, Response.CONSULTATION, Response.MONITORED_ONLY)
"""A protest or a meeting that is announced is an answer already."""


def _marks(sentence: Sentence, concept: str) -> Sequence[Mark]:
    if concept[0] != "#":
        return sentence.of(concept)
    at_airport = sentence.has("z.airport", "g.airport")
    if concept == "#airport":
        halts = sentence.of("a.disrupt") if at_airport else ()
        return [*halts, *(mark for mark in sentence.of("a.close") if not _of_airspace(sentence, mark))]
    return [mark for mark in sentence.of("a.close") if _of_airspace(sentence, mark)]


def _of_airspace(sentence: Sentence, mark: Mark) -> bool:
    """Whether what was closed is airspace: a term that holds an airport, or traffic at one, closes that."""
    here = [other for other in sentence.of("z.airspace", "z.our") if mark.start <= other.start < mark.end]
    return bool(here) or not sentence.has("z.airport", "g.airport")


_TIMED = frozenset(
    {
        Response.SCRAMBLE, Response.INTERCEPTION, Response.ESCORT, Response.WARNING_SHOTS, Response.SHOOTDOWN,
        Response.JAMMING, Response.AIRPORT_CLOSED, Response.AIRSPACE_CLOSED, Response.EVACUATION,
    },
)  # fmt: skip
_CLOCK = re.compile(r"(?<![\d:.])([01]?\d|2[0-3])[:h]([0-5]\d)(?![\d:])")
_NEAR = 60
"""How far from a response, in code points, its clock time may stand."""


def response_time(told: Sequence[Found[Response]], lang: str) -> Found[str] | None:
    """How soon it was answered, where told: "PT8M", a time of day "02:10", or the words; None when unsaid."""
    timed = [one for one in told if one.code in _TIMED]
    for _, group in groupby(timed, key=lambda one: one.sentence.number):
        acts = list(group)
        first = next(_times(acts[0].sentence, [one.mark for one in acts], lang), None)
        if first is not None:
            return first
    return None


def _times(sentence: Sentence, acts: Sequence[Mark], lang: str) -> Iterator[Found[str]]:
    for mark in sentence.of("r.time"):
        yield Found(*_duration(sentence, mark, lang))
    for act in acts:
        start, end = max(sentence.start, act.start - _NEAR), min(sentence.end, act.end + _NEAR)
        clock = _CLOCK.search(sentence.text, start, end)
        if clock is not None:
            value = f"{int(clock[1]):02d}:{clock[2]}"
            yield Found(value, sentence, Mark(clock.start(), clock.end(), "r.time", lang))


_MINUTES = (
    "minut",
    "minuut",
    "λεπτ",
    "dakika",
    "دقيق",
    "دقاي",
    "דקו",
    "دقیق",
    "دقایق",
    "分",
    "분",
    "хвилин",
    "минут",
)
_HOURS = ("hour", "stund", "heure", "hora", "ora", "ore", "uur", "time", "timme", "tund", "tunt", "valand",
          "godzin", "час", "годин", "ωρα", "saat", "ساع", "שע", "時間", "小時", "小时", "시간")  # fmt: skip


def _duration(sentence: Sentence, mark: Mark, lang: str) -> tuple[str, Sentence, Mark]:
    """ISO 8601 when a number of minutes or hours is told, else the words as they stand."""
    words = sentence.words(mark)
    unit = "M" if any(stem in words for stem in _MINUTES) else "H" if any(s in words for s in _HOURS) else ""
    start, number = _number(sentence, mark, lang)
    if unit and number:
        return f"PT{number}{unit}", sentence, Mark(start, mark.end, mark.concept, mark.lang)
    return words, sentence, mark


_BEHIND = 14
"""How far before the unit its number may stand, in code points."""


def _number(sentence: Sentence, mark: Mark, lang: str) -> tuple[int, int | None]:
    """Where the number of a duration starts, and the number."""
    from_here = max(sentence.start, mark.start - _BEHIND)
    known = number_words(lang)
    for match in reversed(list(_WORD.finditer(sentence.text, from_here, mark.end))):
        word = match[0]
        if word.isdecimal() and int(word) < _MANY:
            return min(match.start(), mark.start), int(word)
        if word in known:
            return min(match.start(), mark.start), known[word]
    return mark.start, None


_WORD = re.compile(r"\d+|[^\W\d_]+")
_MANY = 1000
