"""Dates as feeds write them: named zones, other languages, epochs, with or without a zone."""

import re
from datetime import UTC, datetime, timedelta, timezone

from tui.domain.value import dataclass
from tui.feeds.date_words import month_number, zone_offset

_LONGEST = 100
_FURTHEST_ZONE = timedelta(hours=14)

_EPOCH = re.compile(r"(\d{9,10})(?:\.\d+)?|(\d{10})\d{3}", re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:[T ]?(\d\d)(\d\d)(\d\d)?(?:\.\d+)?)?(?![\d])", re.ASCII)
_TIME = re.compile(
    r"(?P<before>午前|午後|上午|下午|오전|오후)?\s*(?<!\d)"
    r"(?P<hour>\d{1,2})\s?(?:[:h時时点]|시\s?)(?P<minute>\d\d)[分분]?(?::(?P<second>\d\d)(?:[.,]\d+)?)?"
    r"\s?(?P<after>[ap]\.?m\b\.?)?",
    re.IGNORECASE,
)
_AFTERNOON = frozenset({"午後", "下午", "오후"})
_NUMERIC_ZONE = re.compile(r"[\s(\[]*(?:utc|gmt|ut|z)?\s?(?P<sign>[+\-−])(?P<digits>[\d:]+)", re.IGNORECASE)
_NAMED_ZONE = re.compile(r"[\s(\[]*(?P<name>[A-Za-z]+)")
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})\s?[-/.年년]\s?(\d{1,2})\s?[-/.月월]\s?(\d{1,2})(?!\d)")
_NUMBERS = re.compile(r"(?<!\d)(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{4}|\d\d)(?!\d)")
_DAY_MONTH_YEAR = re.compile(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|[.ºª])?[\s\-/]*(?:de\s)?\s*([^\W\d_]+)[\s.,\-/]*(?:de\s)?\s*(\d{4}|\d\d)(?!\d)"
)
_DAY_MONTH = re.compile(r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|[.ºª])?[\s\-/]*(?:de\s)?\s*([^\W\d_]+)")
_MONTH_DAY = re.compile(r"([^\W\d_]+)[\s.\-/]*(\d{1,2})(?:st|nd|rd|th)?(?!\d)")
_YEAR = re.compile(r"(?<!\d)(\d{4})(?!\d)")

_RFC_822 = re.compile(
    r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?(\d\d) ([A-Z][a-z]{2}) (\d{4}) "
    r"(\d\d):(\d\d)(?::(\d\d))? (GMT|[+-]\d{4})",
    re.ASCII,
)
_RFC_3339 = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d+)?(Z|[+-]\d\d:\d\d)", re.ASCII)
_MONTHS = {
    name: number
    for number, name in enumerate(
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"], 1
    )
}


@dataclass(frozen=True, slots=True)
class FeedDate:
    """A moment as a feed wrote it."""

    moment: datetime
    """Aware, in UTC, whole seconds."""
    zone_assumed: bool
    """True when the feed named no zone that is known, and UTC was taken."""


def feed_date(raw: str) -> FeedDate | None:
    """The moment that a feed's date means, or None when it cannot be read; never raises.

    Between 3/4 and 4/3 the American order is taken. Whether the year makes sense is the caller's question.
    """
    text = raw[: _LONGEST + 1].strip()
    if not text or len(raw) > _LONGEST:
        return None
    try:
        return _as_most_write(text) or _from_digits(text) or _from_words(text)
    except (ValueError, OverflowError):  # no such day, hour or year
        return None


def _as_most_write(text: str) -> FeedDate | None:
    """The two usual forms, read at once; None for whatever is not quite that, and the long way says what it is."""
    if usual := _RFC_822.fullmatch(text):
        day, name, year, hour, minute, second, zone = usual.groups()
        month = _MONTHS.get(name, 0)
    elif usual := _RFC_3339.fullmatch(text):
        year, written_month, day, hour, minute, second, zone = usual.groups()
        month = int(written_month)
    else:
        return None
    offset = timedelta() if zone in {"GMT", "Z"} else _numeric_offset(zone[0], zone[1:])
    if not month or offset is None or hour > "23" or second == "60":
        return None
    local = datetime(int(year), month, int(day), int(hour), int(minute), int(second or 0), tzinfo=UTC)
    return FeedDate(local - offset, zone_assumed=False)


def _from_digits(text: str) -> FeedDate | None:
    epoch = _EPOCH.fullmatch(text)
    if epoch:
        return FeedDate(datetime.fromtimestamp(int(epoch[1] or epoch[2]), UTC), zone_assumed=False)
    compact = _COMPACT.match(text)
    if compact is None:
        return None
    day = datetime(int(compact[1]), int(compact[2]), int(compact[3]), tzinfo=UTC)
    since_midnight = timedelta(
        hours=int(compact[4] or 0), minutes=int(compact[5] or 0), seconds=int(compact[6] or 0)
    )
    return _in_utc(day + since_midnight, text[compact.end() :] if compact[4] else "")


def _from_words(text: str) -> FeedDate | None:
    time = _TIME.search(text)
    if time is None:
        day = _day(text)
        return FeedDate(day, zone_assumed=True) if day else None
    day = _day(f"{text[: time.start()]} {text[time.end() :]}")
    return _in_utc(day + _since_midnight(time), text[time.end() :]) if day else None


def _since_midnight(time: re.Match[str]) -> timedelta:
    hour, minute, second = int(time["hour"]), int(time["minute"]), int(time["second"] or 0)
    half = (time["after"] or "").lower()
    if half or time["before"]:
        hour = hour % 12 + (12 if half.startswith("p") or time["before"] in _AFTERNOON else 0)
    if hour > 24 or minute > 59 or second > 60 or (hour == 24 and minute + second):
        raise ValueError("no such time of day")
    return timedelta(hours=hour, minutes=minute, seconds=min(second, 59))


def _in_utc(local: datetime, after: str) -> FeedDate | None:
    """`local` read in the zone that the text after the time names."""
    numeric = _NUMERIC_ZONE.match(after)
    if numeric:
        offset = _numeric_offset(numeric["sign"], numeric["digits"])
        return None if offset is None else FeedDate(_moved(local, offset), zone_assumed=False)
    named = _NAMED_ZONE.match(after)
    known = zone_offset(named["name"]) if named else None
    return FeedDate(_moved(local, known or timedelta()), zone_assumed=known is None)


def _moved(local: datetime, offset: timedelta) -> datetime:
    return local.replace(tzinfo=timezone(offset)).astimezone(UTC)


def _numeric_offset(sign: str, written: str) -> timedelta | None:
    digits = written.replace(":", "")
    if not 1 <= len(digits) <= 4:
        return None
    hours, minutes = (digits, "0") if len(digits) <= 2 else (digits[:-2], digits[-2:])
    offset = timedelta(hours=int(hours), minutes=int(minutes))
    if int(minutes) > 59 or offset > _FURTHEST_ZONE:
        return None
    return offset if sign == "+" else -offset


def _day(text: str) -> datetime | None:
    """Midnight of the day that the text without its time names."""
    year_first = _YEAR_FIRST.search(text)
    if year_first:
        return _midnight(year_first[1], int(year_first[2]), year_first[3])
    numbers = _NUMBERS.search(text)
    if numbers:
        first, second = numbers[1], numbers[3]
        american = (numbers[2] == "/" and int(first) <= 12) or int(second) > 12
        return _midnight(numbers[4], int(first if american else second), second if american else first)
    return _day_with_month_name(text)


def _day_with_month_name(text: str) -> datetime | None:
    for match in _DAY_MONTH_YEAR.finditer(text):
        month = month_number(match[2])
        if month:
            return _midnight(match[3], month, match[1])
    year = _YEAR.search(text)
    if year is None:
        return None
    for pattern, name, day in ((_DAY_MONTH, 2, 1), (_MONTH_DAY, 1, 2)):
        for match in pattern.finditer(text):
            month = month_number(match[name])
            if month:
                return _midnight(year[1], month, match[day])
    return None


def _midnight(year: str, month: int, day: str) -> datetime:
    number = int(year)
    if len(year) == 2:
        number += 2000 if number < 69 else 1900
    return datetime(number, month, int(day), tzinfo=UTC)
