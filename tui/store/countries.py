"""The country pane: incidents by affected state, and whether anyone was looking."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from tui.domain.board import CountryRow
from tui.domain.codes import Severity
from tui.domain.feed import FeedState
from tui.domain.territories import territory_name
from tui.store.incident_rows import ALWAYS, IS_NEW
from tui.store.sqlite import sqlite3
from tui.store.values import from_json, moment_or_none

SLICES = 24
"""Slices of the window in a country's history."""

FRESH_INTERVALS = 3
"""A feed is fresh when it answered within so many of its intervals."""

NO_STATE = "No state named"
"""What the line of reports without an affected state is called."""

_SEVERITIES = tuple(Severity)


@dataclass(slots=True)
class _Country:
    """What is being counted of one state."""

    incidents: int = 0
    new: int = 0
    baseline: int = 0
    severity: int = len(_SEVERITIES) - 1
    recent: list[int] = field(default_factory=lambda: [0] * SLICES)


def load_countries(
    connection: sqlite3.Connection,
    names: dict[str, Any],
    now: datetime,
    interval: timedelta,
    asked: str = "1",
) -> tuple[CountryRow, ...]:
    """Every state with an incident in the window or the baseline; most incidents first.

    `names` are the stamps of the board: looked, start and end of its window; `asked` is the condition of its
    filter on `incident`.
    """
    counted = _count_news(connection, names, asked)
    for iso2, number in connection.execute(
        f"""
        SELECT iso2, count(*) FROM incident CROSS JOIN incident_country c ON c.incident_id = incident.id
        WHERE origin = 'baseline' AND {asked} GROUP BY iso2
        """,  # noqa: S608 - our own words; values are parameters
        names,
    ):
        counted[iso2].baseline = number
    feeds = _coverage(connection, now, interval)
    rows = [
        CountryRow(
            iso2=iso2,
            name=territory_name(iso2) if iso2 else NO_STATE,
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


def is_fresh(state: FeedState, every: timedelta, now: datetime) -> bool:
    """Whether a feed answered as a feed within three of its intervals.

    A healthy feed may be polled more rarely than asked (no validators, Retry-After): its next date says so.
    """
    if state.last_ok is None:
        return False
    if not state.failures and state.next_due and state.last_attempt:
        every = max(every, state.next_due - state.last_attempt)
    return now - state.last_ok <= FRESH_INTERVALS * every


def _count_news(
    connection: sqlite3.Connection, names: dict[str, Any], asked: str
) -> defaultdict[str, _Country]:
    """News incidents by affected state and slice of the window; follow-ups make a state known, not counted."""
    counted: defaultdict[str, _Country] = defaultdict(_Country)
    start = names["start"]
    if start == ALWAYS:
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
        WHERE origin <> 'baseline' AND stories > 0 AND last_revised >= :start AND {asked}
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
