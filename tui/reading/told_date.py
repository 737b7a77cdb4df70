"""A date as told, and how one is made of year, month and day."""

from datetime import date, timedelta

from tui.domain.codes import DatePrecision
from tui.domain.reading import EventDate
from tui.domain.value import dataclass

EARLIEST_YEAR = 1945
_JALALI_NEW_YEAR = 621


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


def dated(year: int, month: int, day: int, precision: DatePrecision) -> EventDate | None:
    """The date; None for a day that no month has."""
    try:
        return EventDate(date(year, month, day), precision)
    except ValueError:
        return None


def year_of(anchor: date, month: int, day: int | None, *, last: bool = False) -> int:
    """The year of a month, or of a day of it, told without one: that nearest to publication.

    So a day that is yet to come stays in the future, and is no event's.
    """
    later = month - anchor.month if day is None else (month - anchor.month) + (day - anchor.day) / 31
    if last:
        return anchor.year - (later >= 0)
    return anchor.year - (later > 6) + (later < -6 and day is not None)


def shifted(kind: str, number: int, anchor: date) -> EventDate:
    """As in "yesterday" (rel -1), "last week" (week -1), "last month" (mon -1), "this year" (year 0)."""
    match kind:
        case "year":
            return EventDate(date(anchor.year + number, 1, 1), DatePrecision.YEAR)
        case "mon":
            months = anchor.year * 12 + anchor.month - 1 + number
            return EventDate(date(months // 12, months % 12 + 1, 1), DatePrecision.MONTH)
        case "week":
            monday = anchor - timedelta(days=anchor.weekday() - 7 * number)
            return EventDate(monday, DatePrecision.WEEK)
        case _:
            return EventDate(anchor + timedelta(days=number), DatePrecision.DAY)


def weekday(anchor: date, day: int) -> EventDate:
    """The last such day of the week, that of publication included."""
    return EventDate(anchor - timedelta(days=(anchor.weekday() - day) % 7), DatePrecision.DAY)


def ago(anchor: date, number: int, unit: int) -> EventDate | None:
    """So many units of 1, 7, 30 or 365 days before publication, as exactly as the unit; None when absurd."""
    if number * unit > 40_000:
        return None
    when = anchor - timedelta(days=number * unit)
    match unit:
        case 365:
            return EventDate(date(anchor.year - number, 1, 1), DatePrecision.YEAR)
        case 30:
            return EventDate(when.replace(day=1), DatePrecision.MONTH)
        case 7:
            return EventDate(when, DatePrecision.WEEK)
        case _:
            return EventDate(when, DatePrecision.DAY)


def solar_date(anchor: date, month: int, day: int | None, year: int | None) -> EventDate | None:
    """A day or month of the Persian calendar, which begins its year at the equinox, exact from 1997 to 2028."""
    days = (month - 1) * 31 - max(0, month - 7)
    years = [year + _JALALI_NEW_YEAR] if year else [anchor.year, anchor.year - 1]
    for begins in years:
        first = date(begins, 3, 20 if begins % 4 == 0 else 21)
        when = first + timedelta(days=days + (day or 1) - 1)
        if year or when <= anchor + timedelta(days=1):
            return EventDate(when, DatePrecision.DAY if day else DatePrecision.MONTH)
    return None
