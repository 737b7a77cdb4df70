"""The news incidents of a stretch of weeks, and the weeks in which somebody was looking."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache

from tui.domain.follow_up import unresolved_before
from tui.domain.history import Outcome
from tui.domain.record import DAYS_HEARD, Happened, Record, WeekCounts
from tui.domain.usual import TRAILING
from tui.domain.weeks import monday_of, weeks_until
from tui.store.coverage import load_coverage, looking_feeds, speakers
from tui.store.sqlite import sqlite3
from tui.store.statistics_schema import ANSWER, FIRST_TOLD, HOUR
from tui.store.values import from_json, stamp_of

_FIRST_DAY = date(1970, 1, 1)
_COUNTABLE = "origin <> 'baseline' AND stories > 0 AND follow_up_only = 0"


def load_record(
    connection: sqlite3.Connection, now: datetime, interval: timedelta, weeks: int, after: timedelta
) -> Record:
    """The record of so many ISO weeks up to that of `now`.

    `interval` is what a feed without its own is polled at; open for `after`, rounded up to days, an incident is unresolved.
    """
    shown = weeks_until(now.date(), weeks)
    days = -(-after // timedelta(days=1))
    (undated,) = connection.execute(
        f"SELECT count(*) FROM incident WHERE {_COUNTABLE} AND counted IS NULL"  # noqa: S608 - constants
    ).fetchone()
    return Record(
        taken=now,
        weeks=shown,
        states=load_weeks(connection, now, interval, weeks),
        happened=_happened(connection, now, shown, timedelta(days=days)),
        undated=undated,
        unresolved_days=days,
    )


def load_weeks(connection: sqlite3.Connection, now: datetime, interval: timedelta, weeks: int) -> WeekCounts:
    """Incidents by state and week: of so many weeks and of those before that say what is usual."""
    mondays = weeks_until(now.date(), weeks + TRAILING)
    counted: defaultdict[str, dict[date, int]] = defaultdict(dict)
    for iso2, day, number in connection.execute(
        f"""
        SELECT iso2, counted, count(*) FROM incident
        CROSS JOIN incident_country ON incident_country.incident_id = incident.id
        WHERE {_COUNTABLE} AND counted BETWEEN ? AND ? GROUP BY iso2, counted
        """,  # noqa: S608 - constants
        (mondays[0].isoformat(), now.date().isoformat()),
    ):
        monday = monday_of(date.fromisoformat(day))
        counted[iso2][monday] = counted[iso2].get(monday, 0) + number
    return WeekCounts(
        weeks=mondays,
        counted=counted,
        watched=_watched(connection, now, interval, mondays),
        coverage=load_coverage(connection, now, interval),
    )


@lru_cache(1024)
def _codes(listed: str) -> tuple[str, ...]:
    return from_json(listed, tuple[str, ...])


def _happened(
    connection: sqlite3.Connection, now: datetime, shown: Sequence[date], after: timedelta
) -> tuple[Happened, ...]:
    """Every incident that counts in one of the weeks."""
    due = stamp_of(unresolved_before(now, after))
    rows = connection.execute(
        f"""
        SELECT ifnull(facts ->> '$.affected', '[]'), ifnull(facts ->> '$.actor', '[]'), ifnull(object, ''), counted, {HOUR}, {ANSWER},
            iif(coalesce(outcome, 'open') = 'open' AND {FIRST_TOLD} <= :due, 'unresolved', coalesce(outcome, 'open'))
        FROM incident WHERE {_COUNTABLE} AND counted BETWEEN :first AND :last
        """,  # noqa: S608 - constants
        {"first": shown[0].isoformat(), "last": now.date().isoformat(), "due": due},
    )
    return tuple(
        Happened(
            states=_codes(states),
            actors=_codes(actors),
            object=kind,
            monday=monday_of(date.fromisoformat(day)),
            hour=hour,
            answer=answer,
            outcome=Outcome(outcome),
        )
        for states, actors, kind, day, hour, answer, outcome in rows
    )


def _watched(
    connection: sqlite3.Connection, now: datetime, interval: timedelta, mondays: Sequence[date]
) -> Mapping[str, frozenset[date]]:
    """By state: the weeks in which half or more of its feeds that were asked answered on enough days."""
    asked, heard = _feeds_by_week(connection, now.date(), mondays[0])
    return {
        iso2: frozenset(
            week
            for week in mondays
            if (of_those := len(feeds & asked[week])) and 2 * len(feeds & heard[week]) >= of_those
        )
        for iso2, feeds in speakers(connection, looking_feeds(connection, now, interval)).items()
    }


def _feeds_by_week(
    connection: sqlite3.Connection, today: date, start: date
) -> tuple[Mapping[date, set[int]], Mapping[date, set[int]]]:
    """Ids of the feeds that were asked in each week, and of those that answered on enough of its days."""
    asked: defaultdict[date, set[int]] = defaultdict(set)
    heard: defaultdict[date, set[int]] = defaultdict(set)
    this_week = monday_of(today)
    # Of the week under way half of the days so far are enough.
    enough_now = min(DAYS_HEARD, (today.weekday() + 2) // 2)
    for feed, week, days in connection.execute(
        # 1 January 1970 was a Thursday.
        "SELECT feed_id, (day + 3) / 7 AS week, total(answered) FROM feed_day WHERE day >= ? GROUP BY 1, 2",
        ((start - _FIRST_DAY).days,),
    ):
        monday = _FIRST_DAY + timedelta(days=7 * week - 3)
        asked[monday].add(feed)
        if days >= (enough_now if monday == this_week else DAYS_HEARD):
            heard[monday].add(feed)
    return asked, heard
