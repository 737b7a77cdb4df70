"""The picture that the monitor draws, out of one snapshot, counted by SQLite."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from tui.domain.board import Board, BoardQuery, CountryRow, IncidentRow
from tui.domain.codes import EVENT_TAG, Event, Origin, Severity
from tui.domain.feed import FeedState
from tui.domain.incident import IncidentFacts
from tui.domain.territories import territory_name
from tui.store.sqlite import sqlite3
from tui.store.values import from_json, moment_of, moment_or_none, stamp_of

SLICES = 24
"""Slices of the window in a country's history."""

FRESH_INTERVALS = 3
"""A feed is fresh when it answered within so many of its intervals."""

_ALWAYS = -(2**62)
"""A stamp before everything, far enough from the edge to count with."""

_SEVERITIES = tuple(Severity)

IS_NEW = """
    (origin <> 'baseline' AND seen_at IS NULL AND (first_seen > :looked OR ifnull(unseen, 0) = 1))
"""
"""First seen after the user last looked, or made new again; and not seen since."""

ROW_COLUMNS = f"""
    key, origin, facts, line, first_seen, last_revised, stories, publishers, follow_up_only,
    {IS_NEW} AS new,
    origin <> 'baseline' AND NOT {IS_NEW} AND last_revised > coalesce(seen_at, :looked) AS updated,
    watched_at IS NOT NULL AS watched
"""
"""What `row_of` takes, in its order; from incident LEFT JOIN incident_mark."""


@dataclass(frozen=True, slots=True)
class _Span:
    """The window in stamps; `start` is before everything when the window is open."""

    start: int
    end: int
    before: int | None
    """Start of the window before this one; None when the window is open."""


@dataclass(slots=True)
class _Country:
    """What is being counted of one state."""

    incidents: int = 0
    new: int = 0
    baseline: int = 0
    severity: int = len(_SEVERITIES) - 1
    recent: list[int] = field(default_factory=lambda: [0] * SLICES)


def load_board(
    connection: sqlite3.Connection, query: BoardQuery, now: datetime, interval: timedelta
) -> Board:
    """The whole picture; `interval` is what a feed without its own is polled at."""
    span = _span_of(query.window, now)
    looked = looked_at(connection)
    names = {
        "looked": _ALWAYS if looked is None else stamp_of(looked),
        "start": span.start,
        "end": span.end,
        "before": span.before,
        "country": query.country,
        "limit": query.limit,
    }
    total, new, tags = _totals(connection, names)
    stories, entries = connection.execute("SELECT total(kept), total(entries) FROM feed").fetchone()
    (generation,) = connection.execute("SELECT value FROM meta WHERE name = 'generation'").fetchone()
    return Board(
        generation=generation,
        taken=now,
        query=query,
        countries=_countries(connection, names, now, interval),
        incidents=_news(connection, names) + _baseline(connection, names),
        looked=looked,
        total=total,
        previous_total=_previous_total(connection, names),
        new=new,
        tags=tags,
        stories=int(stories),
        entries=int(entries),
    )


def looked_at(connection: sqlite3.Connection) -> datetime | None:
    """The mark "since you last looked"; None before the first time."""
    row = connection.execute("SELECT value FROM meta WHERE name = 'looked'").fetchone()
    return None if row is None else moment_of(row[0])


def names_of_looked(connection: sqlite3.Connection) -> dict[str, int]:
    """The parameter that ROW_COLUMNS needs."""
    looked = looked_at(connection)
    return {"looked": _ALWAYS if looked is None else stamp_of(looked)}


def row_of(row: tuple[Any, ...]) -> IncidentRow:
    """The incident line that a row of ROW_COLUMNS holds."""
    (
        key,
        origin,
        facts,
        line,
        first_seen,
        last_revised,
        stories,
        publishers,
        follow_up,
        new,
        updated,
        watched,
    ) = row
    return IncidentRow(
        key=key,
        origin=Origin(origin),
        facts=from_json(facts, IncidentFacts),
        line=line,
        first_seen=moment_of(first_seen),
        last_revised=moment_of(last_revised),
        stories=stories,
        publishers=publishers,
        new=bool(new),
        updated=bool(updated),
        watched=bool(watched),
        follow_up_only=bool(follow_up),
    )


def is_fresh(state: FeedState, every: timedelta, now: datetime) -> bool:
    """Whether a feed answered as a feed within three of its intervals.

    A healthy feed may be polled more rarely than asked (no validators, Retry-After): its next date says so.
    """
    if state.last_ok is None:
        return False
    if not state.failures and state.next_due and state.last_attempt:
        every = max(every, state.next_due - state.last_attempt)
    return now - state.last_ok <= FRESH_INTERVALS * every


def _span_of(window: timedelta | None, now: datetime) -> _Span:
    end = stamp_of(now)
    if window is None:
        return _Span(_ALWAYS, end, None)
    width = max(1, window // timedelta(microseconds=1))
    return _Span(end - width, end, end - 2 * width)


_IN_VIEW = """
    origin <> 'baseline' AND stories > 0 AND last_revised >= :start
    AND (:country IS NULL OR EXISTS (
        SELECT 1 FROM incident_country c WHERE c.incident_id = incident.id AND c.iso2 = :country))
"""


def _totals(
    connection: sqlite3.Connection,
    names: dict[str, Any],
) -> tuple[int, int, tuple[tuple[str, int], ...]]:
    """News incidents in view without follow-ups: how many, how many new, and by tag in codebook order."""
    rows = connection.execute(
        f"""
        SELECT event, count(*), sum({IS_NEW}) FROM incident LEFT JOIN incident_mark ON incident_id = incident.id
        WHERE {_IN_VIEW} AND follow_up_only = 0 GROUP BY event
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


def _previous_total(connection: sqlite3.Connection, names: dict[str, Any]) -> int:
    """News incidents that were alive in the window before: known by its end, last revised after its start."""
    if names["before"] is None:
        return 0
    (number,) = connection.execute(
        f"""
        SELECT count(*) FROM incident
        WHERE {_IN_VIEW.replace(":start", ":before")} AND +first_seen < :start AND follow_up_only = 0
        """,  # noqa: S608 - constants
        names,
    ).fetchone()
    return int(number)


def _news(connection: sqlite3.Connection, names: dict[str, Any]) -> tuple[IncidentRow, ...]:
    rows = connection.execute(
        f"""
        SELECT {ROW_COLUMNS} FROM incident LEFT JOIN incident_mark ON incident_id = incident.id
        WHERE {_IN_VIEW} ORDER BY last_revised DESC, first_seen DESC LIMIT :limit
        """,  # noqa: S608 - constants
        names,
    )
    return tuple(row_of(row) for row in rows)


def _baseline(connection: sqlite3.Connection, names: dict[str, Any]) -> tuple[IncidentRow, ...]:
    rows = connection.execute(
        f"""
        SELECT {ROW_COLUMNS} FROM incident LEFT JOIN incident_mark ON incident_id = incident.id
        WHERE origin = 'baseline' AND (:country IS NULL OR EXISTS (
            SELECT 1 FROM incident_country c WHERE c.incident_id = incident.id AND c.iso2 = :country))
        ORDER BY event_date DESC, id LIMIT :limit
        """,  # noqa: S608 - constants
        names,
    )
    return tuple(row_of(row) for row in rows)


def _countries(
    connection: sqlite3.Connection,
    names: dict[str, Any],
    now: datetime,
    interval: timedelta,
) -> tuple[CountryRow, ...]:
    """Every state with an incident in the window or the baseline; most incidents first."""
    counted = _count_news(connection, names)
    for iso2, number in connection.execute(
        """
        SELECT iso2, count(*) FROM incident CROSS JOIN incident_country ON incident_id = incident.id
        WHERE origin = 'baseline' GROUP BY iso2
        """,
    ):
        counted[iso2].baseline = number
    feeds = _coverage(connection, now, interval)
    rows = [
        CountryRow(
            iso2=iso2,
            name=territory_name(iso2) if iso2 else "",
            incidents=country.incidents,
            new=country.new,
            baseline=country.baseline,
            severity=_SEVERITIES[country.severity],
            recent=tuple(country.recent),
            feeds=feeds[iso2][0],
            feeds_fresh=feeds[iso2][1],
        )
        for iso2, country in counted.items()
    ]
    return tuple(sorted(rows, key=lambda row: (-row.incidents, -row.baseline, row.name)))


def _count_news(connection: sqlite3.Connection, names: dict[str, Any]) -> defaultdict[str, _Country]:
    """News incidents by affected state and slice of the window; follow-ups make a state known, not counted."""
    counted: defaultdict[str, _Country] = defaultdict(_Country)
    start = names["start"]
    if start == _ALWAYS:
        (earliest,) = connection.execute(
            "SELECT min(first_seen) FROM incident WHERE origin <> 'baseline' AND stories > 0",
        ).fetchone()
        start = names["end"] if earliest is None else earliest
    slices = {"slices_start": start, "width": max(1, names["end"] - start), "slices": SLICES}
    for iso2, slot, number, new, severity in connection.execute(
        f"""
        SELECT iso2,
            iif(first_seen < :slices_start, -1, (first_seen - :slices_start) * :slices / :width) AS slot,
            sum(follow_up_only = 0), sum(follow_up_only = 0 AND {IS_NEW}),
            min(iif(follow_up_only, 3, severity))
        FROM incident CROSS JOIN incident_country c ON c.incident_id = incident.id
            LEFT JOIN incident_mark m ON m.incident_id = incident.id
        WHERE origin <> 'baseline' AND stories > 0 AND last_revised >= :start
        GROUP BY iso2, slot
        """,  # noqa: S608 - constants
        {**names, **slices},
    ):
        country = counted[iso2]
        country.incidents += number
        country.new += new
        country.severity = min(country.severity, severity)
        if slot >= 0:
            country.recent[min(slot, SLICES - 1)] += number
    return counted


def _coverage(
    connection: sqlite3.Connection,
    now: datetime,
    interval: timedelta,
) -> defaultdict[str, tuple[int, int]]:
    """By home country: feeds that are looking, and those of them that answered lately."""
    found: defaultdict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for country, every, last_ok, failures, due, attempt in connection.execute(
        """
        SELECT country, settings ->> 'every', last_ok, failures, next_due, last_attempt
        FROM feed LEFT JOIN feed_state ON feed_id = feed.id
        WHERE removed_at IS NULL AND enabled AND country IS NOT NULL
        """,
    ):
        state = FeedState(
            url="",
            last_ok=moment_or_none(last_ok),
            failures=failures or 0,
            next_due=moment_or_none(due),
            last_attempt=moment_or_none(attempt),
        )
        own = interval if every is None else from_json(f'"{every}"', timedelta)
        feeds, fresh = found[country]
        found[country] = (feeds + 1, fresh + is_fresh(state, own, now))
    return found
