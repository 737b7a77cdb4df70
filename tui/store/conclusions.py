"""What is said of an incident, drawn anew from its reports; runs inside the caller's transaction."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from tui.domain.codes import FOLLOW_UP_EVENTS, Severity
from tui.domain.constraints import NO_CONSTRAINTS, Constraints, said_of
from tui.domain.entry import believed
from tui.domain.incident import BaselineIncident, FiledReport, IncidentFacts, TimelineEntry
from tui.domain.reading import Report
from tui.pipeline.ports import Conclude
from tui.store.sqlite import sqlite3
from tui.store.values import from_json, moment_of, moment_or_none, plain, plain_or_none, stamp_of, to_json

CONCLUDED_REPORTS = 500
"""An incident is concluded from its first report and this many of its newest."""

SEVERITY_RANK = {severity: rank for rank, severity in enumerate(Severity)}
"""Severity as it is stored: 0 is the worst."""


def conclude_again(
    connection: sqlite3.Connection,
    incident_id: int,
    conclude: Conclude,
    line_of: Callable[[IncidentFacts], str],
    at: datetime,
    *,
    constraints: Constraints = NO_CONSTRAINTS,
) -> None:
    """Say anew what is known of an incident, from its reports and by what a person corrected.

    It is revised only when that says something else; one that is no incursion counts no stories, so that no list has it.
    """
    reports = tuple(map(constraints.read, filed_reports(connection, incident_id)))
    stories, publishers, told = connection.execute(
        """
        SELECT count(DISTINCT report.story_id), count(DISTINCT story.publisher), max(story.effective)
        FROM report JOIN story ON story.id = report.story_id WHERE report.incident_id = ?
        """,
        (incident_id,),
    ).fetchone()
    if not reports:
        _empty(connection, incident_id, line_of, at)
        return
    (key,) = connection.execute("SELECT key FROM incident WHERE id = ?", (incident_id,)).fetchone()
    counts = (0, 0) if constraints.hides(key) else (stories, publishers)
    connection.execute("UPDATE incident SET told = ? WHERE id = ?", (told if any(counts) else 0, incident_id))
    concluded, timeline = conclude(reports)
    facts = constraints.told(key, concluded)
    save_facts(connection, incident_id, facts, plain(line_of(facts)), counts=counts, at=at)
    _save_timeline(connection, incident_id, _with_corrections(timeline, key, constraints))


def _with_corrections(
    timeline: Sequence[TimelineEntry], key: str, constraints: Constraints
) -> Sequence[TimelineEntry]:
    """The history with what a person corrected in its place."""
    made = constraints.of_incidents.get(key, ())
    corrected = [TimelineEntry(one.at, "correction", "you", said_of(one)) for one in made]
    return sorted((*timeline, *corrected), key=lambda entry: entry.at) if corrected else timeline


def _empty(
    connection: sqlite3.Connection, incident_id: int, line_of: Callable[[IncidentFacts], str], at: datetime
) -> None:
    """Its last report moved elsewhere: kept with its marks, no longer shown; a baseline is one again."""
    connection.execute(
        "UPDATE incident SET stories = 0, publishers = 0, told = 0 WHERE id = ?", (incident_id,)
    )
    (baseline,) = connection.execute("SELECT baseline FROM incident WHERE id = ?", (incident_id,)).fetchone()
    if baseline is not None:
        facts = from_json(baseline, BaselineIncident).facts
        connection.execute("UPDATE incident SET origin = 'baseline' WHERE id = ?", (incident_id,))
        save_facts(connection, incident_id, facts, plain(line_of(facts)), counts=(0, 0), at=at)
        _save_timeline(connection, incident_id, ())


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


_FILED = """
    SELECT entry.key, report.position, report.facts, story.title, story.summary, story.published,
        story.first_seen, story.publisher, story.lang
    FROM report JOIN story ON story.id = report.story_id JOIN entry ON entry.id = report.story_id
"""


def filed_reports(connection: sqlite3.Connection, incident_id: int) -> tuple[FiledReport, ...]:
    """The first report shown in an incident and the newest ones, in order of first sight."""
    rows = connection.execute(
        f"""
        {_FILED} WHERE report.id IN (
            SELECT * FROM (SELECT id FROM report WHERE incident_id = ?1 ORDER BY id LIMIT 1)
            UNION SELECT * FROM (SELECT id FROM report WHERE incident_id = ?1 ORDER BY id DESC LIMIT ?2)
        ) ORDER BY report.id
        """,  # noqa: S608 - constants
        (incident_id, CONCLUDED_REPORTS),
    )
    return tuple(_filed_report(row) for row in rows)


def reports_of_home(
    connection: sqlite3.Connection, incident_id: int, placed: Iterable[str]
) -> tuple[FiledReport, ...]:
    """The newest reports that the grouping put into an incident, wherever shown, and those of the stories placed in it."""
    rows = connection.execute(
        f"""
        {_FILED} WHERE report.id IN (
            SELECT id FROM report WHERE incident_id = ?1 AND machine_id IS NULL
            UNION SELECT id FROM report WHERE machine_id = ?1
            UNION SELECT report.id FROM report JOIN entry ON entry.id = report.story_id
                WHERE entry.key IN (SELECT value FROM json_each(?3))
            ORDER BY 1 DESC LIMIT ?2
        ) ORDER BY report.id
        """,  # noqa: S608 - constants
        (incident_id, CONCLUDED_REPORTS, to_json([plain(key) for key in placed])),
    )
    return tuple(_filed_report(row) for row in rows)


def _filed_report(row: tuple[Any, ...]) -> FiledReport:
    """The report that a row of _FILED holds."""
    key, position, facts, title, summary, published, first_seen, publisher, lang = row
    return FiledReport(
        story=key,
        position=position,
        report=from_json(facts, Report),
        title=title,
        summary=summary,
        published=believed(moment_or_none(published), moment_of(first_seen)),
        first_seen=moment_of(first_seen),
        publisher=publisher,
        lang=lang,
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
