"""One line of an incident list as a row, and what makes it new or updated."""

from datetime import datetime
from typing import Any

from tui.domain.board import IncidentRow
from tui.domain.codes import Origin, Severity
from tui.domain.incident import IncidentFacts
from tui.store.sqlite import sqlite3
from tui.store.values import from_json, moment_of, stamp_of

ALWAYS = -(2**62)
"""A stamp before everything, far enough from the edge to count with."""

IS_NEW = """
    (origin <> 'baseline' AND seen_at IS NULL AND (first_seen > :looked OR ifnull(unseen, 0) = 1))
"""
"""First seen after the user last looked, or made new again; and not seen since."""

IS_UPDATED = f"origin <> 'baseline' AND NOT {IS_NEW} AND last_revised > coalesce(seen_at, :looked)"
"""Not new, and something else is said of it than when the user last saw it or looked."""

SEVERITY_RANK = {severity: rank for rank, severity in enumerate(Severity)}
"""Severity as it is stored: 0 is the worst."""

ROW_COLUMNS = f"""
    key, origin, facts, line, first_seen, last_revised, told, first_told, stories, publishers,
    follow_up_only,
    {IS_NEW} AS new,
    {IS_UPDATED} AS updated,
    watched_at IS NOT NULL AS watched,
    (SELECT group_concat(text, ' · ') FROM incident_note WHERE incident_note.incident_id = incident.id) AS note,
    (SELECT group_concat(DISTINCT tag) FROM incident_tag WHERE incident_tag.incident_id = incident.id) AS tags
"""  # noqa: S608 - constants
"""What `row_of` takes, in its order; from incident LEFT JOIN incident_mark."""


def looked_at(connection: sqlite3.Connection) -> datetime | None:
    """The mark "since you last looked"; None before the first time."""
    row = connection.execute("SELECT value FROM meta WHERE name = 'looked'").fetchone()
    return None if row is None else moment_of(row[0])


def names_of_looked(connection: sqlite3.Connection) -> dict[str, int]:
    """The parameter that ROW_COLUMNS needs."""
    looked = looked_at(connection)
    return {"looked": ALWAYS if looked is None else stamp_of(looked)}


def row_of(row: tuple[Any, ...]) -> IncidentRow:
    """The incident line that a row of ROW_COLUMNS holds."""
    (
        key,
        origin,
        facts,
        line,
        first_seen,
        last_revised,
        told,
        first_told,
        stories,
        publishers,
        follow_up,
        new,
        updated,
        watched,
        note,
        tags,
    ) = row
    return IncidentRow(
        key=key,
        origin=Origin(origin),
        facts=from_json(facts, IncidentFacts),
        line=line,
        first_seen=moment_of(first_seen),
        last_revised=moment_of(last_revised),
        told=moment_of(told) if told else None,
        first_told=moment_of(first_told) if first_told else None,
        stories=stories,
        publishers=publishers,
        new=bool(new),
        updated=bool(updated),
        watched=bool(watched),
        follow_up_only=bool(follow_up),
        note=note or "",
        tags=tuple(tags.split(",")) if tags else (),
    )
