"""ISO weeks: what incidents are counted by."""

from datetime import date, timedelta

WEEK = timedelta(days=7)


def monday_of(day: date) -> date:
    """The first day of its ISO week."""
    return day - timedelta(days=day.weekday())


def weeks_until(day: date, count: int) -> tuple[date, ...]:
    """Mondays of so many weeks, oldest first, the last that of the day."""
    last = monday_of(day)
    return tuple(last - WEEK * back for back in range(count - 1, -1, -1))


def week_name(monday: date) -> str:
    """2026-W11, as ISO 8601 and the query language write it."""
    year, week, _ = monday.isocalendar()
    return f"{year}-W{week:02}"


def week_of(written: str) -> date:
    """Monday of a week as `week_name` writes it; raises ValueError for anything else."""
    year, mark, number = written.upper().partition("-W")
    if not mark or not (year.isascii() and year.isdigit() and number.isascii() and number.isdigit()):
        raise ValueError(written)
    return date.fromisocalendar(int(year), int(number), 1)
