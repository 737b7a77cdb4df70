"""Dates in Chinese, Japanese and Korean: "2月14日", "令和7年9月", "7월 26일", "週五", "昨夜", "3日前"."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from tui.domain.codes import DatePrecision
from tui.domain.reading import EventDate
from tui.reading.calendar_words import calendar
from tui.reading.counts_east import numeral_value
from tui.reading.scene import Sentence
from tui.reading.told_date import EARLIEST_YEAR, Told, ago, dated, shifted, weekday, year_of

_NUMBER = r"(\d{1,4}|[〇零一二三四五六七八九十]{1,4}|元)"
_PART = re.compile(
    _NUMBER + r" ?(年|년|月|월|日|号|號|일)(間|間に|间|간|동안|째|ぶり|목|連続|连续|連續| ?연속|만|前| 전)?"
)
_SPAN_AGO = re.compile(_NUMBER + r" ?(天|日|일|週間|周|주|か月|個月|个月|개월|年|년) ?(前|전)")
_ERA = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911}
_DAYS = {
    "天": 1,
    "日": 1,
    "일": 1,
    "週間": 7,
    "周": 7,
    "주": 7,
    "か月": 30,
    "個月": 30,
    "个月": 30,
    "개월": 30,
    "年": 365,
    "년": 365,
}
_YEARS, _MONTHS = frozenset("年년"), frozenset("月월")


def eastern_dates(sentence: Sentence, lang: str, anchor: date | None) -> list[Told]:
    """Every date of a sentence, in order of place; none without a day of publication."""
    if anchor is None:
        return []
    found = [*_written(sentence, anchor), *_spans_ago(sentence, anchor), *_words(sentence, lang, anchor)]
    found.sort(key=lambda told: told.start)
    held = {told.start for told, behind in pairwise(found) if _holds(told, behind)}
    return [told for told in found if told.start not in held or told.when.precision is DatePrecision.DAY]


def _holds(told: Told, behind: Told) -> bool:
    """As in "今月4日": a month of which the day is told right behind it."""
    return (
        told.when.precision is DatePrecision.MONTH
        and behind.when.precision is DatePrecision.DAY
        and 0 <= behind.start - told.end <= 1
    )


def _written(sentence: Sentence, anchor: date) -> Iterator[Told]:
    """Runs of year, month and day, each part taking what stands before it."""
    year = month = 0
    start = end = sentence.start
    when: EventDate | None = None
    for match in _PART.finditer(sentence.text, sentence.start, sentence.end):
        value, unit, rest = numeral_value(match[1]), match[2], match[3]
        joined = when is not None and sentence.text[end : match.start()].strip() == ""
        if rest is not None or value == 0:
            continue
        if not joined:
            if when is not None:
                yield Told(when, start, end, said=False, explicit=True)
            start, when = match.start(), None
            month = 0 if unit in _MONTHS or unit in _YEARS else month
        if unit in _YEARS:
            era = _ERA.get(sentence.text[max(0, match.start() - 2) : match.start()], 0)
            start -= 2 if era else 0
            year, month = value + era, 0
            told = dated(year, 1, 1, DatePrecision.YEAR) if EARLIEST_YEAR <= year <= anchor.year else None
        elif unit in _MONTHS:
            month = value if value <= 12 else 0
            known = year if joined and year else _year(anchor, month, None)
            told = dated(known, month, 1, DatePrecision.MONTH) if month else None
        else:
            told = _day(anchor, year if joined else 0, month, value)
        when, end = told or when, match.end()
    if when is not None:
        yield Told(when, start, end, said=False, explicit=True)


def _year(anchor: date, month: int, day: int | None) -> int:
    return year_of(anchor, month, day) if 1 <= month <= 12 else anchor.year


def _day(anchor: date, year: int, month: int, day: int) -> EventDate | None:
    """A day of the month told, else of the month of publication or, when yet to come, of the one before."""
    if month:
        return dated(year or _year(anchor, month, day), month, day, DatePrecision.DAY)
    if day <= anchor.day + 1:
        return dated(anchor.year, anchor.month, day, DatePrecision.DAY)
    before = anchor.replace(day=1) - timedelta(days=1)
    return dated(before.year, before.month, day, DatePrecision.DAY)


def _spans_ago(sentence: Sentence, anchor: date) -> Iterator[Told]:
    for match in _SPAN_AGO.finditer(sentence.text, sentence.start, sentence.end):
        when = ago(anchor, numeral_value(match[1]), _DAYS[match[2]])
        if when is not None:
            yield Told(when, match.start(), match.end(), said=False, explicit=True)


def _words(sentence: Sentence, lang: str, anchor: date) -> Iterator[Told]:
    """As in "昨夜", "週五", "지난주"."""
    for form, (kind, number) in calendar(lang).items():
        at = sentence.text.find(form, sentence.start, sentence.end)
        if at < 0:
            continue
        when = weekday(anchor, number) if kind == "day" else shifted(kind, number, anchor)
        yield Told(when, at, at + len(form), said=False, explicit=kind in {"week", "mon", "year"})
