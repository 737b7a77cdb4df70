"""Dates in languages that part their words: "Feb. 14", "10. septembril", "w nocy z 9 na 10 września", "vor drei Tagen"."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import NamedTuple

from tui.domain.codes import DatePrecision
from tui.domain.reading import EventDate
from tui.reading.calendar_words import TimeWord, ago_words, calendar, longer_phrases, units
from tui.reading.counts import number_words
from tui.reading.scene import Sentence
from tui.reading.told_date import EARLIEST_YEAR, Told, ago, dated, shifted, solar_date, weekday, year_of

_LAST_YEAR = 2100
_NAMES_A_TIME = frozenset({"on", "in", "last", "since", "late", "early"})
"""Beside one of these a short form such as "may" or "sat" is a month or a day of the week."""
_YEAR_AFTER = frozenset(
    {"in", "between", "during", "from", "to", "and", "or", "early", "late", "mid", "since", "until", "by", "before",
     "summer", "spring", "autumn", "fall", "winter", "around", "end"}
)  # fmt: skip
"""English: a bare year behind another word is a name, as in "the 2020 election"."""
_BACKGROUND_BEFORE = frozenset(
    {"since", "until", "till", "before", "next", "od", "do", "przed", "sedan", "seit", "bis", "vor", "depuis", "desde", "hasta",
     "dal", "dalla", "sinds", "siden", "for", "inainte", "с", "со", "до", "від", "з", "alates", "kuni", "kops", "lidz",
     "nuo", "iki", "απο", "μεχρι", "منذ", "حتي", "مאז", "מאז", "عד", "از", "avant", "antes", "prima", "voor", "ante"}
)  # fmt: skip
_BACKGROUND_AFTER = frozenset(
    {"invasion", "war", "election", "elections", "anniversary", "agreement", "treaty", "law", "lahtien", "saakka", "asti",
     "beri", "alates", "itibaren", "kadar"}
)  # fmt: skip
"""A date so governed bounds a stretch of time, or names something else."""
_OF = frozenset({"de", "d", "of", "من", "di", "del"})
_THE = frozenset({"den", "the", "el", "il", "le", "al", "dem", "der", "o", "de", "dne", "ta"})
_TO = frozenset(
    {"to", "and", "auf", "zum", "au", "al", "a", "na", "til", "till", "op", "tot", "ao", "la", "и", "та", "на", "pa", "ja",
     "un", "ir", "ve", "και", "σε", "προσ", "en", "et", "y", "e", "und", "och", "og", "spre", "naar"}
)  # fmt: skip
_JOINS_YEARS = frozenset({"and", "to", "or", "i", "und", "och"})
_YEAR_MARKS = frozenset({"m", "gada", "g", "r"})
"""Baltic and Slavic letters behind a year: "2025 m. rugsėjo 10 d."."""
_DAY = re.compile(r"(?:ב-?|ה-?)?(\d{1,2})(?:-\d{1,2})?(?:st|nd|rd|th|er|d|h|r|º|ª|o|a|-\D{1,5}|'\D{1,4})?\.?")
_NUMERIC = re.compile(r"(\d{1,4})([./-])(\d{1,2})\2(\d{2,4})")
_SAYS = ("s.say", "a.deny", "a.accuse", "c.claim", "a.protest")
_ACTS = (
    "a.violate",
    "a.enter",
    "a.incur",
    "a.down",
    "a.crash",
    "a.strike",
    "a.seen",
    "a.found",
    "a.close",
    "a.scramble",
)
_SHORT = 3
_BESIDE_WORDS = ",.;:\"'()!?"


class _Match(NamedTuple):
    """A date and the words it covers, first and last."""

    when: EventDate
    first: int
    last: int
    explicit: bool


def western_dates(sentence: Sentence, lang: str, anchor: date | None, month_first: bool) -> list[Told]:  # noqa: FBT001 - a setting handed through
    """Every date of a sentence, in order."""
    return list(_Dates(sentence, lang, anchor, month_first=month_first).found())


class _Dates:
    """Walks the words of a sentence once."""

    def __init__(self, sentence: Sentence, lang: str, anchor: date | None, *, month_first: bool) -> None:
        self._words: list[tuple[str, int, int]] = []
        text = sentence.text
        at = sentence.start
        for raw in text[sentence.start : sentence.end].split(" "):
            word = raw.strip(_BESIDE_WORDS)
            if word:
                start = at + raw.index(word[0])
                self._words.append((word, start, start + len(word)))
            at += len(raw) + 1
        self._lang = lang
        self._calendar = calendar(lang)
        self._phrases = longer_phrases(lang)
        self._units = units(lang)
        self._ago_words = ago_words(lang)
        self._numbers = number_words(lang)
        self._anchor = anchor
        self._english = lang == "en"
        self._month_first = month_first
        self._sentence = sentence

    def found(self) -> Iterator[Told]:
        """The dates, in order."""
        skip = -1
        begins = _begins(self._lang)
        for at, (word, _, _) in enumerate(self._words):
            if at <= skip or not (word in begins or word[0].isdecimal() or "'" in word or "/" in word):
                continue
            match = self._at(at)
            if match is None:
                continue
            skip = match.last
            if self._is_background(match):
                continue
            start, end = self._words[match.first][1], self._words[match.last][2]
            yield Told(match.when, start, end, self._is_said(start, end), match.explicit)

    def _word(self, at: int) -> str:
        return self._words[at][0] if 0 <= at < len(self._words) else ""

    def _is_said(self, start: int, end: int) -> bool:
        """As in "said on Thursday", "teilte am Donnerstag mit"; other languages also "w czwartek podał"."""
        for verb in self._sentence.of(*_SAYS):
            low, high = (verb.end, start) if verb.end <= start else (end, verb.start)
            if verb.start <= start and verb.end >= end:
                return True
            between = self._sentence.text[max(low, 0) : high] if low <= high else ""
            most = 2 if verb.end <= start else 0 if self._english else 1
            apart = len(between.split()) > most or any(c in between for c in ",;:")
            acts = any(low <= act.start < high for act in self._sentence.of(*_ACTS))
            if low <= high and not apart and not acts:
                return not (self._english and verb.start >= end)
        return False

    def _is_background(self, match: _Match) -> bool:
        first, last = match.first, match.last
        near = {self._word(first - 1)}
        if self._word(first - 1) in {"late", "early", "mid", "at", "least", "the"}:
            near.add(self._word(first - 2))
        if self._word(first + 1) in _TO and self._day(first) is not None and last > first + 1:
            return False
        ahead = self._word(first - 2) in {"ahead", "anniversary"} and self._word(first - 1) == "of"
        return ahead or bool(near & _BACKGROUND_BEFORE) or self._word(last + 1) in _BACKGROUND_AFTER

    def _at(self, at: int) -> _Match | None:
        word = self._word(at)
        for rest, told in self._phrases.get(word, ()):
            if all(self._word(at + 1 + number) == one for number, one in enumerate(rest)):
                return self._named(at, at + len(rest), told)
        named = self._named_word(word)
        if named is not None and (not self._is_short(word, named) or self._day_near(at)):
            return self._named(at, at, named)
        if word[:1].isdecimal():
            return self._numeric(at) or self._year(at) or self._ago(at)
        return self._last(at) if self._english and word in {"last", "earlier"} else self._ago(at)

    def _named_word(self, word: str) -> TimeWord | None:
        """A word of the calendar, also with an ending behind a mark: "eylul'de", "ايلول/سبتمبر"."""
        named = self._calendar.get(word)
        if named is None and ("'" in word or "/" in word):
            named = self._calendar.get(word.replace("/", "'").split("'")[0])
        return named

    @staticmethod
    def _is_short(word: str, named: TimeWord) -> bool:
        return named.kind == "solar" or (len(word) <= _SHORT and named.kind in {"month", "day"})

    def _day_near(self, at: int) -> bool:
        """Whether a short form, which may be another word, stands with a number or as a time does."""
        numbers = (at - 1, at + 1) if self._english else (at - 1,)
        return (
            any(self._day(near) for near in numbers)
            or self._is_year(at + 1)
            or (self._english and self._word(at - 1) in _NAMES_A_TIME)
        )

    def _named(self, first: int, last: int, told: TimeWord) -> _Match | None:
        """The date of a month, a day of the week, or a word such as "yesterday"."""
        if told.kind in {"month", "solar"}:
            return self._month(first, last, told)
        if self._anchor is None:
            return None
        if told.kind == "day":
            return _Match(weekday(self._anchor, told.number), first, last, explicit=False)
        explicit = told.kind in {"mon", "year", "week"}
        return _Match(shifted(told.kind, told.number, self._anchor), first, last, explicit)

    def _day(self, at: int) -> int | None:
        match = _DAY.fullmatch(self._word(at))
        day = int(match[1]) if match else 0
        return day if 0 < day <= 31 else None

    def _month(self, first: int, last: int, told: TimeWord) -> _Match | None:
        """A month with the day and the year beside it."""
        month_at, month = first, told.number
        day = self._day(last + 1)
        if day is not None and not self._named_word(self._word(last + 2)):
            last += 1
            last += self._word(last + 1) == "d"
        elif self._day(first - 1) is not None:
            day, first = self._day(first - 1), first - 1
        elif self._word(first - 1) in _OF and self._day(first - 2) is not None:
            day, first = self._day(first - 2), first - 2
        else:
            day = None
        year, first, last = self._year_beside(first, last)
        if told.kind == "solar":
            when = solar_date(self._anchor, month, day, year) if self._anchor else None
            return _Match(when, first, last, explicit=True) if when else None
        if year is None and self._anchor is None:
            return None
        known = year or year_of(self._anchor or date.min, month, day, last=self._word(month_at - 1) == "last")
        first, day, month = self._from(first, day, month)
        known -= told.number == 1 and month == 12
        when = dated(known, month, day or 1, DatePrecision.DAY if day else DatePrecision.MONTH)
        return _Match(when, first, last, explicit=True) if when else None

    def _year_beside(self, first: int, last: int) -> tuple[int | None, int, int]:
        """The year behind a month or, in Baltic languages, before it."""
        behind = last + 2 if self._word(last + 1) in {"de", "del", "of"} else last + 1
        if self._is_year(behind) or (
            self._word(behind).isdecimal() and 1300 < int(self._word(behind)) < 1450
        ):
            return int(self._word(behind)), first, behind
        marked = self._word(first - 1) in _YEAR_MARKS and self._is_year(first - 2)
        if marked:
            return int(self._word(first - 2)), first - 2, last
        return None, first, last

    def _from(self, first: int, day: int | None, month: int) -> tuple[int, int | None, int]:
        """As in "the night of 9 to 10 September": the day on which it began."""
        if day is None:
            return first, day, month
        at = first - 2 if self._word(first - 1) in _THE else first - 1
        began = self._day(at - 1) if self._word(at) in _TO else None
        if began is None or began == day or (began > day > 1):
            return first, day, month
        return at - 1, began, month if began < day else month - 1 or 12

    def _numeric(self, at: int) -> _Match | None:
        """As in 2025-09-10, 10.09.2025; 9/10/2025 is the ninth of October but in the United States."""
        match = _NUMERIC.fullmatch(self._word(at))
        if match is None:
            return None
        one, two, three = int(match[1]), int(match[3]), int(match[4])
        if one > 31:
            year, month, day = one, two, three
        else:
            year, month, day = three + 2000 * (three < 100), two, one
            if month > 12 or (self._month_first and match[2] == "/" and day <= 12):
                month, day = day, month
        when = dated(year, month, day, DatePrecision.DAY) if EARLIEST_YEAR <= year <= _LAST_YEAR else None
        return _Match(when, at, at, explicit=True) if when else None

    def _year(self, at: int) -> _Match | None:
        if not self._is_year(at) or self._word(at + 1) in _YEAR_MARKS - {"r", "g"}:
            return None
        year = int(self._word(at))
        if year > (self._anchor.year if self._anchor else _LAST_YEAR):
            return None
        if self._english and self._word(at - 1) not in _YEAR_AFTER:
            return None
        last = at
        while self._word(last + 1) in _JOINS_YEARS or self._is_year(last + 1):
            if not self._is_year(last + 1) and not self._is_year(last + 2):
                break
            last += 1
        when = EventDate(date(year, 1, 1), DatePrecision.YEAR)
        return _Match(when, at, min(last, len(self._words) - 1), explicit=True)

    def _is_year(self, at: int) -> bool:
        word = self._word(at)
        return word.isdecimal() and len(word) == 4 and EARLIEST_YEAR <= int(word) <= _LAST_YEAR

    def _last(self, at: int) -> _Match | None:
        """English: "last year", "last month", "last week", "last night", "earlier this year"."""
        anchor, word, after = self._anchor, self._word(at), self._word(at + 1)
        if anchor is None or (word == "last" and self._word(at - 1) == "within"):
            return None
        if word == "earlier":
            unit = _ENGLISH_UNITS.get(self._word(at + 2)) if after == "this" else None
            return _Match(shifted(unit, 0, anchor), at, at + 2, explicit=unit != "week") if unit else None
        if after == "night":
            return _Match(shifted("rel", -1, anchor), at, at + 1, explicit=False)
        unit = _ENGLISH_UNITS.get(after)
        return _Match(shifted(unit, -1, anchor), at, at + 1, explicit=True) if unit else None

    def _ago(self, at: int) -> _Match | None:
        """As in "three days ago", "vor drei Tagen", "dwa dni temu"."""
        unit = self._units.get(self._word(at + 1))
        word = self._word(at)
        number = (int(word) if word.isdecimal() and len(word) < 4 else 0) or self._numbers.get(word, 0)
        if not unit or not number or self._anchor is None:
            return None
        behind = self._word(at + 2) in self._ago_words
        before = next((back for back in (1, 2) if self._word(at - back) in self._ago_words), 0)
        if not behind and not before:
            return None
        when = ago(self._anchor, number, unit)
        first, last = (at - (self._word(at - 1) == "for"), at + 2) if behind else (at - before, at + 1)
        return _Match(when, first, last, explicit=True) if when else None


@cache
def _begins(lang: str) -> frozenset[str]:
    """The words of a language, numbers in figures aside, with which a date may begin."""
    return frozenset({*calendar(lang), *longer_phrases(lang), *number_words(lang), "last", "earlier"})


_ENGLISH_UNITS = {"year": "year", "month": "mon", "week": "week"}
