"""When the event was, with how exactly that is told; the day of publication is the anchor."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import resources

from tui.domain.codes import DatePrecision
from tui.domain.reading import EventDate, Span
from tui.reading.counts import number_words
from tui.reading.scene import Scene, Sentence

_SAID = frozenset(
    {"announced", "said", "told", "declared", "confirmed", "stated", "says", "added", "reported", "claimed"}
)
_RELATIVE = {
    "yesterday": -1, "today": 0, "overnight": 0, "tonight": 0, "dzisiaj": 0, "wczoraj": -1, "gestern": -1,
    "heute": 0, "igar": -1, "idag": 0, "hier": -1, "ayer": -1, "ontem": -1, "hoje": 0, "ieri": -1, "oggi": 0,
    "вчера": -1, "сегодня": 0, "вчора": -1, "сьогодні": 0, "eilen": -1, "tanaan": 0, "eile": -1, "vakar": -1,
    "sodien": 0, "siandien": 0, "χθεσ": -1, "σημερα": 0, "dun": -1, "bugun": 0, "gisteren": -1, "vandaag": 0,
    "gar": -1,
}  # fmt: skip
_UNITS = {"day": 1, "days": 1, "week": 7, "weeks": 7, "month": 30, "months": 30, "year": 365, "years": 365}
_EARLIEST = 1945
_NAMES_A_TIME = frozenset({"on", "in", "last", "since", "late", "early"})
"""Beside one of these a short form such as "may" or "sat" is a month or a day of the week."""
_YEAR_AFTER = frozenset(
    {"in", "between", "during", "from", "to", "and", "or", "early", "late", "mid", "since", "until", "by", "before",
     "summer", "spring", "autumn", "fall", "winter", "around", "end"}
)  # fmt: skip
"""English: a bare year behind another word is a name, as in "the 2020 election"."""
_BACKGROUND_BEFORE = frozenset(
    {"since", "until", "till", "before", "next", "od", "do", "przed", "sedan", "seit", "bis", "vor", "depuis",
     "desde", "hasta", "hingga", "dal", "dalla"}
)  # fmt: skip
_BACKGROUND_AFTER = frozenset(
    {"invasion", "war", "election", "elections", "anniversary", "agreement", "treaty", "law"}
)
"""A date so governed bounds a stretch of time, or names something else."""
_IN_THE_AIR = ("a.violate", "a.incur", "a.scramble", "a.intercept", "a.down", "a.incident")
_HAPPENS = (
    "a.enter", "a.seen", "a.near", "a.escort", "a.warn", "a.crash", "a.strike", "a.found", "a.close", "a.disrupt",
    "a.send", "a.expel", "a.smuggle", "a.jam",
)  # fmt: skip
"""Acts that are told of many things, and tell of the air beside a craft or a zone."""
_RECENT_DAYS = 7
"""A date of the last days may stand in a sentence that goes on about the event without naming it."""


@dataclass(frozen=True, slots=True)
class Told:
    """A date as told in a sentence."""

    when: EventDate
    start: int
    end: int
    said: bool
    """It dates the saying, not the event."""
    explicit: bool
    """A year, month or day of its own, not only a weekday or "overnight"."""


@cache
def _calendar(lang: str) -> dict[str, tuple[str, int]]:
    text = (resources.files("tui.reading") / "data" / "calendar.tsv").read_text(encoding="utf-8")
    found: dict[str, tuple[str, int]] = {}
    for line in text.splitlines():
        name, kind, number, forms = line.split("\t")
        if name == lang:
            for form in forms.split("|"):
                found.setdefault(form, (kind, int(number)))
    if lang == "en":
        found["sept"] = ("month", 9)
    return found


def read_event_date(scene: Scene, sentences: Sequence[Sentence]) -> tuple[EventDate | None, Span | None]:
    """The date of the event and its words; a date of the event wins over one of the saying."""
    anchor = scene.published.date() if scene.published else None
    told = [
        (sentence, one)
        for sentence in sentences
        for one in told_dates(sentence, scene.lang, anchor)
        if _of_event(sentence, one, anchor)
    ]
    if not told:
        return None, None
    sentence, best = min(
        told, key=lambda pair: (pair[1].said, not _tells(pair[0]), pair[0].number, pair[1].start)
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


def told_dates(sentence: Sentence, lang: str, anchor: date | None) -> list[Told]:
    """Every date told in a sentence, in order; none after publication, none that bounds a stretch of time."""
    if not _may_tell(sentence.text[sentence.start : sentence.end], lang):
        return []
    latest = anchor + timedelta(days=1) if anchor else None
    return [
        one for one in _Dates(sentence, lang, anchor).found() if latest is None or one.when.date <= latest
    ]


def _may_tell(words: str, lang: str) -> bool:
    """Whether a sentence has a digit or a word without which it tells no date."""
    if _DIGIT.search(words):
        return True
    return not _time_words(lang).isdisjoint([word.strip(_BESIDE_WORDS) for word in words.split(" ")])


_DIGIT = re.compile("[0-9]")
_BESIDE_WORDS = ",.;:\"'()!?"


@cache
def _time_words(lang: str) -> frozenset[str]:
    return frozenset({*_calendar(lang), *_RELATIVE, "last", "earlier", "ago"})


class _Dates:
    """Walks the words of a sentence once."""

    def __init__(self, sentence: Sentence, lang: str, anchor: date | None) -> None:
        self._words: list[tuple[str, int, int]] = []
        text = sentence.text
        at = sentence.start
        for raw in text[sentence.start : sentence.end].split(" "):
            word = raw.strip(_BESIDE_WORDS)
            if word:
                start = at + raw.index(word[0])
                self._words.append((word, start, start + len(word)))
            at += len(raw) + 1
        self._calendar = _calendar(lang)
        self._numbers = number_words(lang)
        self._anchor = anchor
        self._east = lang in {"ja", "zh-Hant", "zh-Hans", "ko"}
        self._english = lang == "en"
        self._sentence = sentence

    def found(self) -> Iterator[Told]:
        """The dates, in order."""
        if self._east:
            yield from self._eastern()
            return
        skip = -1
        for at in range(len(self._words)):
            if at <= skip:
                continue
            match = self._at(at)
            if match is None:
                continue
            when, first, last, explicit = match
            skip = last
            if self._is_background(first, last):
                continue
            start = self._words[first][1]
            yield Told(when, start, self._words[last][2], self._is_said(first), explicit)

    def _word(self, at: int) -> str:
        return self._words[at][0] if 0 <= at < len(self._words) else ""

    def _is_said(self, at: int) -> bool:
        return any(self._word(at - back) in _SAID for back in (1, 2)) or (
            self._word(at - 1) in {"on", "late", "early"} and self._word(at - 3) in _SAID
        )

    def _is_background(self, first: int, last: int) -> bool:
        near = {self._word(first - 1)}
        if self._word(first - 1) in {"late", "early", "mid", "at", "least", "the"}:
            near.add(self._word(first - 2))
        ahead = self._word(first - 2) in {"ahead", "anniversary"} and self._word(first - 1) == "of"
        return ahead or bool(near & _BACKGROUND_BEFORE) or self._word(last + 1) in _BACKGROUND_AFTER

    def _at(self, at: int) -> tuple[EventDate, int, int, bool] | None:
        word = self._word(at)
        named = self._calendar.get(word)
        if named is not None and (len(word) > 3 or self._day_near(at)):
            return self._month(at, named[1]) if named[0] == "month" else self._weekday(at, named[1])
        if word.isascii() and word.isdigit() and len(word) == 4:
            return self._year(at)
        if word in _RELATIVE and self._anchor:
            return self._made(
                self._anchor + timedelta(days=_RELATIVE[word]), DatePrecision.DAY, at, at, explicit=False
            )
        return self._phrase(at)

    def _day_near(self, at: int) -> bool:
        """Whether a short form, which may be another word, stands with a number or as a time does."""
        numbers = (at - 1, at + 1) if self._english else (at - 1,)
        return (
            any(self._day(near) for near in numbers)
            or self._is_year(at + 1)
            or (self._english and self._word(at - 1) in _NAMES_A_TIME)
        )

    def _day(self, at: int) -> int | None:
        word = self._word(at).rstrip("stndrh.") if self._word(at)[:1].isdigit() else ""
        return (
            int(word)
            if word.isascii() and word.isdigit() and len(word) <= 2 and 0 < int(word) <= 31
            else None
        )

    def _month(self, at: int, month: int) -> tuple[EventDate, int, int, bool] | None:
        first = last = at
        day = self._day(at + 1)
        if day is not None and not self._calendar.get(self._word(at + 2)):
            last = at + 1
        elif self._day(at - 1) is not None:
            day, first = self._day(at - 1), at - 1
        elif self._word(at - 1) in {"de", "d"} and self._day(at - 2) is not None:
            day, first = self._day(at - 2), at - 2
        else:
            day = None
        year_at = last + 2 if self._word(last + 1) in {"de", "del"} else last + 1
        if self._is_year(year_at):
            year, last = int(self._word(year_at)), year_at
        elif self._anchor is None:
            return None
        else:
            year = self._year_of(month, day, last=self._word(at - 1) == "last")
        precision = DatePrecision.DAY if day else DatePrecision.MONTH
        return self._dated((year, month, day or 1), precision, first, last)

    def _year_of(self, month: int, day: int | None, *, last: bool) -> int:
        """The year of a month, or of a day of it, told without one: that nearest to publication.

        So a day that is yet to come stays in the future, and is no event's.
        """
        anchor = self._anchor or date.min
        later = month - anchor.month if day is None else (month - anchor.month) + (day - anchor.day) / 31
        if last:
            return anchor.year - (later >= 0)
        return anchor.year - (later > 6) + (later < -6 and day is not None)

    def _weekday(self, at: int, weekday: int) -> tuple[EventDate, int, int, bool] | None:
        if self._anchor is None:
            return None
        back = (self._anchor.weekday() - weekday) % 7
        return self._made(self._anchor - timedelta(days=back), DatePrecision.DAY, at, at, explicit=False)

    def _year(self, at: int) -> tuple[EventDate, int, int, bool] | None:
        year = int(self._word(at))
        latest = self._anchor.year if self._anchor else 2100
        if not _EARLIEST <= year <= latest:
            return None
        if self._english and self._word(at - 1) not in _YEAR_AFTER:
            return None
        last = at
        while self._word(last + 1) in {"and", "to", "or", "i", "und", "och"} or self._is_year(last + 1):
            if not self._is_year(last + 1) and not self._is_year(last + 2):
                break
            last += 1
        return self._dated((year, 1, 1), DatePrecision.YEAR, at, last)

    def _is_year(self, at: int) -> bool:
        word = self._word(at)
        return word.isascii() and word.isdigit() and len(word) == 4 and _EARLIEST <= int(word) <= 2100

    def _phrase(self, at: int) -> tuple[EventDate, int, int, bool] | None:
        """As in "last year", "last month", "last week", "last night", "three years ago", "this year"."""
        anchor, word, after = self._anchor, self._word(at), self._word(at + 1)
        if anchor is None:
            return None
        if word == "last" and self._word(at - 1) == "within":
            return None
        if word == "last" and after in {"year", "month", "week", "night"}:
            return self._last(at, after, anchor)
        if word == "earlier" and after == "this" and self._word(at + 2) in {"year", "month", "week"}:
            return self._this(at, self._word(at + 2), 2)
        if after in _UNITS and self._word(at + 2) == "ago":
            number = self._numbers.get(word) or (
                int(word) if word.isascii() and word.isdigit() and len(word) < 4 else 0
            )
            if number:
                return self._ago(at, number, after)
        return None

    def _last(self, at: int, unit: str, anchor: date) -> tuple[EventDate, int, int, bool] | None:
        if unit == "year":
            return self._dated((anchor.year - 1, 1, 1), DatePrecision.YEAR, at, at + 1)
        if unit == "month":
            end = anchor.replace(day=1) - timedelta(days=1)
            return self._dated((end.year, end.month, 1), DatePrecision.MONTH, at, at + 1)
        days = 1 if unit == "night" else anchor.weekday() + 7
        precision = DatePrecision.DAY if unit == "night" else DatePrecision.WEEK
        return self._made(anchor - timedelta(days=days), precision, at, at + 1, explicit=unit == "week")

    def _this(self, at: int, unit: str, words: int) -> tuple[EventDate, int, int, bool] | None:
        anchor = self._anchor
        if anchor is None:
            return None
        if unit == "year":
            return self._dated((anchor.year, 1, 1), DatePrecision.YEAR, at, at + words)
        if unit == "month":
            return self._dated((anchor.year, anchor.month, 1), DatePrecision.MONTH, at, at + words)
        return self._made(
            anchor - timedelta(days=anchor.weekday()), DatePrecision.WEEK, at, at + words, explicit=False
        )

    def _ago(self, at: int, number: int, unit: str) -> tuple[EventDate, int, int, bool] | None:
        anchor = self._anchor
        if anchor is None or number * _UNITS[unit] > 40_000:
            return None
        when = anchor - timedelta(days=number * _UNITS[unit])
        if unit.startswith("year"):
            return self._dated((anchor.year - number, 1, 1), DatePrecision.YEAR, at, at + 2)
        if unit.startswith("month"):
            return self._dated((when.year, when.month, 1), DatePrecision.MONTH, at, at + 2)
        precision = DatePrecision.WEEK if unit.startswith("week") else DatePrecision.DAY
        return self._made(when, precision, at, at + 2, explicit=True)

    def _dated(
        self, ymd: tuple[int, int, int], precision: DatePrecision, first: int, last: int
    ) -> tuple[EventDate, int, int, bool] | None:
        try:
            return self._made(date(*ymd), precision, first, last, explicit=True)
        except ValueError:
            return None

    def _made(
        self, when: date, precision: DatePrecision, first: int, last: int, *, explicit: bool
    ) -> tuple[EventDate, int, int, bool]:
        return EventDate(when, precision), first, min(last, len(self._words) - 1), explicit

    def _eastern(self) -> Iterator[Told]:
        """As in "2月14日", "7월 26일", "7日"."""
        text, at = self._sentence.text, self._sentence.start
        if self._anchor is None:
            return
        year, month = self._anchor.year, 0
        while at < self._sentence.end:
            if not (text[at].isascii() and text[at].isdigit()):
                at += 1
                continue
            end = at
            while end < self._sentence.end and text[end].isascii() and text[end].isdigit() and end - at < 5:
                end += 1
            value, unit = int(text[at:end]), text[end : end + 1]
            made = None
            if unit in {"年", "년"} and _EARLIEST <= value <= self._anchor.year:
                year, month = value, 0
                made = self._dated((year, 1, 1), DatePrecision.YEAR, 0, 0)
            elif unit in {"月", "월"} and 1 <= value <= 12:
                month = value
                made = self._dated(
                    (year - (month > self._anchor.month and year == self._anchor.year), month, 1),
                    DatePrecision.MONTH,
                    0,
                    0,
                )
            elif unit in {"日", "일"} and 1 <= value <= 31:
                known = month or self._anchor.month
                made = self._dated(
                    (year - (known > self._anchor.month and year == self._anchor.year), known, value),
                    DatePrecision.DAY,
                    0,
                    0,
                )
            if unit in {"月", "월"} and text[end + 1 : end + 3].strip()[:1].isdigit():
                made = None
            if made is not None:
                yield Told(made[0], at, end + 1, said=False, explicit=True)
            at = end + 1
