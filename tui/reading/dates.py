"""When the event was, with how exactly that is told; the day of publication is the anchor."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache

from tui.domain.codes import DatePrecision
from tui.domain.reading import EventDate, Span
from tui.reading.calendar_words import ago_words, calendar, longer_phrases
from tui.reading.dates_east import eastern_dates
from tui.reading.dates_west import western_dates
from tui.reading.scene import Scene, Sentence
from tui.reading.terms import SUBSTRING_LANGUAGES
from tui.reading.told_date import Told

_IN_THE_AIR = ("a.violate", "a.incur", "a.scramble", "a.intercept", "a.down", "a.incident")
_HAPPENS = (
    "a.enter", "a.seen", "a.near", "a.escort", "a.warn", "a.crash", "a.strike", "a.found", "a.close", "a.disrupt",
    "a.send", "a.expel", "a.smuggle", "a.jam",
)  # fmt: skip
"""Acts that are told of many things, and tell of the air beside a craft or a zone."""
_RECENT_DAYS = 7
"""A date of the last days may stand in a sentence that goes on about the event without naming it."""


def read_event_date(scene: Scene, sentences: Sequence[Sentence]) -> tuple[EventDate | None, Span | None]:
    """The date of the event and its words; a date of the event wins over one of the saying.

    A day of its own wins over a mere "at night" or "today" beside it.
    """
    anchor = scene.day
    month_first = scene.lang == "en" and scene.story.feed_country == "US"
    told = [
        (sentence, one)
        for sentence in sentences
        for one in told_dates(sentence, scene.lang, anchor, month_first=month_first)
        if _of_event(sentence, one, anchor)
    ]
    if not told:
        return None, None
    sentence, best = min(
        told,
        key=lambda pair: (
            pair[1].said,
            not _tells(pair[0]),
            pair[0].number,
            not pair[1].explicit and pair[1].when.date == anchor,
            pair[1].start,
        ),
    )
    start, end = scene.folded(sentence.field).span(best.start, best.end)
    return best.when, Span("event_date", best.when.date.isoformat(), sentence.field, start, end)


def _tells(sentence: Sentence) -> bool:
    """Whether it tells of something in the air, or is the headline."""
    if sentence.field == "title" or sentence.has(*_IN_THE_AIR):
        return True
    return sentence.has(*_HAPPENS) and bool(sentence.family("o") or sentence.family("z"))


def _of_event(sentence: Sentence, told: Told, anchor: date | None) -> bool:
    """Whether a date can be the event's: told with it, or of the last days."""
    if _tells(sentence):
        return True
    exact = told.when.precision is DatePrecision.DAY
    return exact and anchor is not None and (anchor - told.when.date).days <= _RECENT_DAYS


def told_dates(
    sentence: Sentence, lang: str, anchor: date | None, *, month_first: bool = False
) -> list[Told]:
    """Every date told in a sentence, in order; none after publication, none that bounds a stretch of time.

    `month_first` reads 9/10/2025 as 10 September.
    """
    east = lang in SUBSTRING_LANGUAGES
    if not _may_tell(sentence.text[sentence.start : sentence.end], lang, east=east):
        return []
    latest = anchor + timedelta(days=1) if anchor else None
    found = (
        eastern_dates(sentence, lang, anchor) if east else western_dates(sentence, lang, anchor, month_first)
    )
    return [one for one in found if latest is None or one.when.date <= latest]


def _may_tell(words: str, lang: str, *, east: bool) -> bool:
    """Whether a sentence has a digit or a word without which it tells no date."""
    if _DIGIT.search(words):
        return True
    if east:
        return any(form in words for form in calendar(lang)) or "月" in words
    known = _time_words(lang)
    return not known.isdisjoint(_PARTS.split(words)) or not known.isdisjoint(
        [word.strip(_BESIDE_WORDS) for word in words.split(" ")]
    )


_DIGIT = re.compile(r"\d")
_PARTS = re.compile(r"[ '/,.;:]")
_BESIDE_WORDS = ",.;:\"'()!?"


@cache
def _time_words(lang: str) -> frozenset[str]:
    return frozenset({*calendar(lang), *longer_phrases(lang), *ago_words(lang), "last", "earlier", "within"})
