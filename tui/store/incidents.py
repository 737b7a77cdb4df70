"""Reports and the incidents they make; each function runs inside the caller's transaction."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from tui.domain.codes import IncidentCertainty, Origin
from tui.domain.incident import (
    Assignment,
    Filing,
    IncidentFacts,
    IncidentSketch,
    ReportKey,
)
from tui.domain.reading import Report
from tui.store.sqlite import sqlite3
from tui.store.values import from_json, plain, stamp_of, to_json


@dataclass(frozen=True, slots=True)
class ChangedStory:
    """A story stored new or with a new wording in this transaction."""

    id: int
    key: str
    reports: tuple[Report, ...]


def file_reports(
    connection: sqlite3.Connection,
    stories: Sequence[ChangedStory],
    filing: Filing | None,
    origin: Origin,
    at: datetime,
) -> set[int]:
    """Store the reports of changed stories where the filing puts them; ids of every incident touched."""
    assignments = {(item.story, item.position): item for item in (filing.assignments if filing else ())}
    touched: set[int] = set()
    for story in stories:
        touched |= incidents_of(connection, story.id)
        for position, report in enumerate(story.reports):
            assignment = assignments.get((story.key, position))
            incident = (
                None if assignment is None else _incident_id(connection, assignment.incident, origin, at)
            )
            _file_report(
                connection, story.id, position, report, incident=incident, assignment=assignment, at=at
            )
        if story.reports:  # a wording that tells of nothing any more takes nothing away
            connection.execute(
                "DELETE FROM report WHERE story_id = ? AND position >= ?",
                (story.id, len(story.reports)),
            )
        touched |= incidents_of(connection, story.id)
    return touched


def save_sketches(connection: sqlite3.Connection, sketches: Iterable[IncidentSketch]) -> None:
    """What the grouping remembers of each incident."""
    connection.executemany(
        "INSERT OR REPLACE INTO incident_sketch (incident_id, sketch) SELECT id, ? FROM incident WHERE key = ?",
        [(to_json(sketch), plain(sketch.incident)) for sketch in sketches],
    )


def load_sketches(connection: sqlite3.Connection, since: datetime | None) -> tuple[IncidentSketch, ...]:
    """Sketches of incidents revised since then, baselines always."""
    rows = connection.execute(
        """
        SELECT sketch FROM incident_sketch WHERE incident_id IN (
            SELECT id FROM incident WHERE last_revised >= ?
            UNION ALL SELECT id FROM incident WHERE origin = 'baseline'
        ) ORDER BY incident_id
        """,
        (-(2**63) if since is None else stamp_of(since),),
    )
    return tuple(from_json(sketch, IncidentSketch) for (sketch,) in rows)


def load_filings(connection: sqlite3.Connection, stories: Iterable[str]) -> Mapping[ReportKey, str]:
    """The incident that each report of these stories is in; reports in none are left out."""
    rows = connection.execute(
        """
        SELECT entry.key, report.position, incident.key
        FROM entry JOIN report ON report.story_id = entry.id JOIN incident ON incident.id = report.incident_id
        WHERE entry.key IN (SELECT value FROM json_each(?))
        """,
        (to_json([plain(key) for key in stories]),),
    )
    return {(story, position): incident for story, position, incident in rows}


def incidents_of(connection: sqlite3.Connection, story_id: int) -> set[int]:
    """Ids of the incidents that a story's reports are in."""
    rows = connection.execute(
        "SELECT DISTINCT incident_id FROM report WHERE story_id = ? AND incident_id IS NOT NULL",
        (story_id,),
    )
    return {incident for (incident,) in rows}


def _incident_id(connection: sqlite3.Connection, key: str, origin: Origin, at: datetime) -> int:
    """The incident of that key, made when missing; a baseline that is reported on becomes news now."""
    connection.execute(
        """
        INSERT INTO incident (key, origin, first_seen, last_revised, certainty, line, facts)
        VALUES (?, ?, ?, ?, ?, '', ?)
        ON CONFLICT (key) DO UPDATE
            SET origin = excluded.origin, first_seen = excluded.first_seen, last_revised = excluded.last_revised
            WHERE origin = 'baseline'
        """,
        (
            plain(key),
            origin,
            stamp_of(at),
            stamp_of(at),
            IncidentCertainty.CLAIMED,
            to_json(IncidentFacts()),
        ),
    )
    (incident_id,) = connection.execute("SELECT id FROM incident WHERE key = ?", (plain(key),)).fetchone()
    return int(incident_id)


def _file_report(
    connection: sqlite3.Connection,
    story_id: int,
    position: int,
    report: Report,
    *,
    incident: int | None,
    assignment: Assignment | None,
    at: datetime,
) -> None:
    """Store one report; without an assignment it stays in the incident it was in."""
    nearest = assignment.nearest if assignment else None
    connection.execute(
        """
        INSERT INTO report (story_id, position, incident_id, filed_at, is_new, object, event, certainty,
            event_date, facts, why, nearest, nearest_why_not)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (story_id, position) DO UPDATE SET
            object = excluded.object, event = excluded.event, certainty = excluded.certainty,
            event_date = excluded.event_date, facts = excluded.facts,
            incident_id = coalesce(excluded.incident_id, incident_id),
            filed_at = iif(excluded.incident_id IS NULL, filed_at, excluded.filed_at),
            is_new = iif(excluded.incident_id IS NULL, is_new, excluded.is_new),
            why = iif(excluded.incident_id IS NULL, why, excluded.why),
            nearest = iif(excluded.incident_id IS NULL, nearest, excluded.nearest),
            nearest_why_not = iif(excluded.incident_id IS NULL, nearest_why_not, excluded.nearest_why_not)
        """,
        (
            story_id,
            position,
            incident,
            stamp_of(at),
            bool(assignment and assignment.is_new),
            report.object[0] if report.object else None,
            report.event[0] if report.event else None,
            report.certainty,
            report.event_date.date.isoformat() if report.event_date else None,
            to_json(report),
            to_json(assignment.why if assignment else ()),
            plain(nearest.incident) if nearest else None,
            plain(nearest.why_not) if nearest else None,
        ),
    )
