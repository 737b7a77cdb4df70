"""The picture that the monitor draws, out of one snapshot, counted by SQLite."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from tui.domain.board import Board, BoardQuery, IncidentRow, Telling
from tui.domain.codes import EVENT_TAG, Event
from tui.domain.value import dataclass
from tui.store.alert_out import count_rung, load_rung
from tui.store.countries import load_countries
from tui.store.coverage import load_coverage
from tui.store.generation import generation
from tui.store.incident_rows import ALWAYS, IS_NEW, ROW_COLUMNS, looked_at, row_of
from tui.store.query_sql import on_incidents
from tui.store.sqlite import sqlite3
from tui.store.values import moment_of, stamp_of
from tui.store.views import load_views

_LONGEST_WINDOW = timedelta(days=36525)
"""A window longer than a century is an open one; its stamps would leave SQLite's integers."""


@dataclass(frozen=True, slots=True)
class Span:
    """The window in stamps; `start` is before everything when the window is open."""

    start: int
    end: int
    before: int | None
    """Start of the window before this one; None when the window is open."""


def load_board(
    connection: sqlite3.Connection, query: BoardQuery, now: datetime, interval: timedelta
) -> Board:
    """The whole picture; `interval` is what a feed without its own is polled at."""
    *_, whole = read_board(connection, query, now, interval)
    return whole


def read_board(
    connection: sqlite3.Connection, query: BoardQuery, now: datetime, interval: timedelta
) -> Iterator[Board]:
    """The picture as far as a list needs it, then the whole one: counting the countries of 50,000 takes its time."""
    span = span_of(query.window, now)
    looked = looked_at(connection)
    names: dict[str, Any] = {
        "looked": ALWAYS if looked is None else stamp_of(looked),
        "start": span.start,
        "end": span.end,
        "before": span.before,
        "country": query.country,
        "limit": query.limit,
    }
    condition = on_incidents(query.filter, now)
    names |= condition.names
    in_view = f"{IN_VIEW} AND {condition.sql}"
    total, new, tags = _totals(connection, names, in_view)
    stories, entries = connection.execute("SELECT total(kept), total(entries) FROM feed").fetchone()
    listed = Board(
        generation=generation(connection),
        taken=now,
        query=query,
        incidents=_news(connection, names, in_view) + _baseline(connection, names, condition.sql),
        looked=looked,
        total=total,
        previous_total=_previous_total(connection, names, in_view),
        new=new,
        tags=tags,
        stories=int(stories),
        entries=int(entries),
        rung=load_rung(connection),
        alerts=count_rung(connection, now),
        views=load_views(connection),
        counted=False,
    )
    yield listed
    covered = load_coverage(connection, now, interval)
    yield replace(
        listed,
        countries=load_countries(connection, names, covered, condition.sql),
        coverage=tuple(sorted(covered.items())),
        counted=True,
    )


def span_of(window: timedelta | None, now: datetime) -> Span:
    """The window that ends now."""
    end = stamp_of(now)
    if window is None or window > _LONGEST_WINDOW:
        return Span(ALWAYS, end, None)
    width = max(1, window // timedelta(microseconds=1))
    return Span(end - width, end, end - 2 * width)


IN_VIEW = """
    origin <> 'baseline' AND stories > 0 AND last_revised >= :start
    AND (:country IS NULL OR EXISTS (
        SELECT 1 FROM incident_country c WHERE c.incident_id = incident.id AND c.iso2 = :country))
"""


def _totals(
    connection: sqlite3.Connection,
    names: dict[str, Any],
    in_view: str,
) -> tuple[int, int, tuple[tuple[str, int], ...]]:
    """News incidents in view without follow-ups: how many, how many new, and by tag in codebook order."""
    rows = connection.execute(
        f"""
        SELECT event, count(*), sum({IS_NEW}) FROM incident LEFT JOIN incident_mark ON incident_id = incident.id
        WHERE {in_view} AND follow_up_only = 0 GROUP BY event
        """,  # noqa: S608 - constants
        names,
    ).fetchall()
    by_tag: Counter[str] = Counter()
    for event, number, _ in rows:
        if event is not None:
            by_tag[EVENT_TAG[Event(event)]] += number
    in_order = dict.fromkeys(EVENT_TAG.values())
    return (
        sum(number for _, number, _ in rows),
        sum(new for _, _, new in rows),
        tuple((tag, by_tag[tag]) for tag in in_order if by_tag[tag]),
    )


def _previous_total(connection: sqlite3.Connection, names: dict[str, Any], in_view: str) -> int:
    """News incidents that were alive in the window before: known by its end, last revised after its start."""
    if names["before"] is None:
        return 0
    (number,) = connection.execute(
        f"""
        SELECT count(*) FROM incident
        WHERE {in_view.replace(":start", ":before")} AND +first_seen < :start AND follow_up_only = 0
        """,  # noqa: S608 - constants
        names,
    ).fetchone()
    return int(number)


def _news(connection: sqlite3.Connection, names: dict[str, Any], in_view: str) -> tuple[IncidentRow, ...]:
    rows = connection.execute(
        f"""
        SELECT {ROW_COLUMNS} FROM incident LEFT JOIN incident_mark ON incident_id = incident.id
        WHERE {in_view} ORDER BY last_revised DESC, first_seen DESC LIMIT :limit
        """,  # noqa: S608 - constants
        names,
    )
    return tuple(row_of(row) for row in rows)


def _baseline(connection: sqlite3.Connection, names: dict[str, Any], asked: str) -> tuple[IncidentRow, ...]:
    rows = connection.execute(
        f"""
        SELECT {ROW_COLUMNS} FROM incident LEFT JOIN incident_mark ON incident_id = incident.id
        WHERE origin = 'baseline' AND (:country IS NULL OR EXISTS (
            SELECT 1 FROM incident_country c WHERE c.incident_id = incident.id AND c.iso2 = :country)) AND {asked}
        ORDER BY event_date DESC, id LIMIT :limit
        """,  # noqa: S608 - constants
        names,
    )
    return tuple(row_of(row) for row in rows)


def load_tellings(connection: sqlite3.Connection) -> dict[str, tuple[Telling, ...]]:
    """When each story of each incident in the news came and was told."""
    found: dict[str, dict[int, Telling]] = {}
    for key, story, came, told in connection.execute(
        """
        SELECT incident.key, story.id, story.first_seen, story.effective
        FROM report JOIN incident ON incident.id = report.incident_id JOIN story ON story.id = report.story_id
        WHERE incident.stories > 0
        """,
    ):
        found.setdefault(key, {})[story] = Telling(moment_of(came), moment_of(told))
    return {key: tuple(stories.values()) for key, stories in found.items()}
