"""Reports and the incidents they make; each function runs inside the caller's transaction."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from tui.domain.codes import FOLLOW_UP_EVENTS, IncidentCertainty, Origin, Severity
from tui.domain.incident import (
    Assignment,
    FiledReport,
    Filing,
    IncidentFacts,
    IncidentSketch,
    TimelineEntry,
)
from tui.domain.reading import Report
from tui.pipeline.ports import Conclude
from tui.store.sqlite import sqlite3
from tui.store.values import from_json, moment_or_none, plain, plain_or_none, stamp_of, to_json

CONCLUDED_REPORTS = 500
"""An incident is concluded from its first report and this many of its newest."""

SEVERITY_RANK = {severity: rank for rank, severity in enumerate(Severity)}
"""Severity as it is stored: 0 is the worst."""


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
        touched |= _incidents_of(connection, story.id)
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
        touched |= _incidents_of(connection, story.id)
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


def conclude_again(
    connection: sqlite3.Connection,
    incident_id: int,
    conclude: Conclude,
    line_of: Callable[[IncidentFacts], str],
    at: datetime,
) -> None:
    """Say anew what is known of an incident, from its reports; revised only when that says something else."""
    reports = _filed_reports(connection, incident_id)
    stories, publishers = connection.execute(
        """
        SELECT count(DISTINCT report.story_id), count(DISTINCT story.publisher)
        FROM report JOIN story ON story.id = report.story_id WHERE report.incident_id = ?
        """,
        (incident_id,),
    ).fetchone()
    if not reports:  # its last report moved elsewhere: kept, no longer shown
        connection.execute("UPDATE incident SET stories = 0, publishers = 0 WHERE id = ?", (incident_id,))
        return
    facts, timeline = conclude(reports)
    save_facts(connection, incident_id, facts, plain(line_of(facts)), counts=(stories, publishers), at=at)
    _save_timeline(connection, incident_id, timeline)


def save_facts(
    connection: sqlite3.Connection,
    incident_id: int,
    facts: IncidentFacts,
    line: str,
    *,
    counts: tuple[int, int],
    at: datetime,
) -> bool:
    """Store what is said of an incident, and by how many stories and publishers; whether it changed."""
    encoded = to_json(facts)
    before = connection.execute(
        "SELECT facts, line, stories, publishers FROM incident WHERE id = ?",
        (incident_id,),
    ).fetchone()
    if before == (encoded, line, *counts):
        return False
    connection.execute(
        """
        UPDATE incident SET last_revised = max(last_revised, ?), stories = ?, publishers = ?, follow_up_only = ?,
            severity = ?, object = ?, event = ?, certainty = ?, event_date = ?, line = ?, facts = ?
        WHERE id = ?
        """,
        (
            stamp_of(at),
            *counts,
            bool(facts.event) and FOLLOW_UP_EVENTS.issuperset(facts.event),
            SEVERITY_RANK[facts.severity],
            facts.object[0] if facts.object else None,
            facts.event[0] if facts.event else None,
            facts.certainty,
            facts.event_date.date.isoformat() if facts.event_date else None,
            line,
            encoded,
            incident_id,
        ),
    )
    _save_countries(connection, incident_id, facts.affected)
    return True


def _incidents_of(connection: sqlite3.Connection, story_id: int) -> set[int]:
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


def _filed_reports(connection: sqlite3.Connection, incident_id: int) -> tuple[FiledReport, ...]:
    """The first report and the newest ones, in order of first sight."""
    rows = connection.execute(
        """
        SELECT entry.key, report.position, report.facts, story.title, story.summary, story.published,
            story.first_seen, story.publisher, story.lang
        FROM report JOIN story ON story.id = report.story_id JOIN entry ON entry.id = report.story_id
        WHERE report.id IN (
            SELECT * FROM (SELECT id FROM report WHERE incident_id = ?1 ORDER BY id LIMIT 1)
            UNION SELECT * FROM (SELECT id FROM report WHERE incident_id = ?1 ORDER BY id DESC LIMIT ?2)
        ) ORDER BY report.id
        """,
        (incident_id, CONCLUDED_REPORTS),
    )
    return tuple(
        FiledReport(
            story=key,
            position=position,
            report=from_json(facts, Report),
            title=title,
            summary=summary,
            published=moment_or_none(published),
            first_seen=moment_or_none(first_seen),
            publisher=publisher,
            lang=lang,
        )
        for key, position, facts, title, summary, published, first_seen, publisher, lang in rows
    )


def _save_countries(connection: sqlite3.Connection, incident_id: int, affected: Sequence[str]) -> None:
    """Affected states, main first; one empty row when none is told, so that it can be counted."""
    connection.execute("DELETE FROM incident_country WHERE incident_id = ?", (incident_id,))
    states: Mapping[str, int] = {plain(iso2): 0 for iso2 in affected} or {"": 0}
    connection.executemany(
        "INSERT INTO incident_country (incident_id, iso2, position) VALUES (?, ?, ?)",
        [(incident_id, iso2, position) for position, iso2 in enumerate(states)],
    )


def _save_timeline(
    connection: sqlite3.Connection,
    incident_id: int,
    timeline: Sequence[TimelineEntry],
) -> None:
    connection.execute("DELETE FROM timeline WHERE incident_id = ?", (incident_id,))
    connection.executemany(
        "INSERT INTO timeline (incident_id, position, at, kind, source, text, story) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (
                incident_id,
                position,
                stamp_of(step.at),
                plain(step.kind),
                plain(step.source),
                plain(step.text),
                plain_or_none(step.story),
            )
            for position, step in enumerate(timeline)
        ],
    )
