"""What is said of an incident, drawn anew from its reports; runs inside the caller's transaction."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from tui.domain.codes import FOLLOW_UP_EVENTS
from tui.domain.constraints import NO_CONSTRAINTS, Constraints
from tui.domain.entry import believed
from tui.domain.history import EarlierWording, IncidentHistory, TimelineEntry, WholeText
from tui.domain.incident import BaselineIncident, Conclusion, FiledReport, IncidentFacts
from tui.domain.reading import Reading, Report
from tui.pipeline.ports import Conclude
from tui.store.incident_rows import SEVERITY_RANK
from tui.store.sqlite import sqlite3
from tui.store.values import from_json, moment_of, moment_or_none, plain, plain_or_none, stamp_of, to_json

CONCLUDED_REPORTS = 500
"""An incident is concluded from its first report and this many of its newest."""


def conclude_again(
    connection: sqlite3.Connection,
    incident_id: int,
    conclude: Conclude,
    line_of: Callable[[IncidentFacts], str],
    at: datetime,
    *,
    constraints: Constraints = NO_CONSTRAINTS,
) -> bool:
    """Say anew what is known of an incident, from its reports and by what a person corrected; whether that differs.

    It is revised only when that says something else; one that is no incursion counts no stories, so that no list has it.
    """
    reports = tuple(map(constraints.read, filed_reports(connection, incident_id)))
    stories, publishers, told, first_told = connection.execute(
        """
        SELECT count(DISTINCT report.story_id), count(DISTINCT story.publisher), max(story.effective),
            min(story.effective)
        FROM report JOIN story ON story.id = report.story_id WHERE report.incident_id = ?
        """,
        (incident_id,),
    ).fetchone()
    if not reports:
        _empty(connection, incident_id, line_of, at)
        return True
    (key,) = connection.execute("SELECT key FROM incident WHERE id = ?", (incident_id,)).fetchone()
    concluded = constraints.told(key, conclude(reports))
    counts = (0, 0) if constraints.hides(key) else (stories, concluded.publishers or publishers)
    connection.execute(
        "UPDATE incident SET told = ?, first_told = ? WHERE id = ?",
        (told if any(counts) else 0, first_told, incident_id),
    )
    line = plain(line_of(concluded.facts))
    changed = save_facts(connection, incident_id, concluded.facts, line, counts=counts, at=at)
    _save_history(connection, incident_id, concluded)
    return changed


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
        _save_history(connection, incident_id, Conclusion(facts))


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
            severity = ?, object = ?, event = ?, certainty = ?, event_date = ?, outcome = ?,
            line = ?, facts = ?
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
            facts.outcome,
            line,
            encoded,
            incident_id,
        ),
    )
    _save_countries(connection, incident_id, facts.affected)
    return True


_FILED = """
    SELECT entry.key, report.position, report.facts, story.title, story.summary, story.published,
        story.first_seen, story.publisher, story.lang, story.wording_since, story.versions, story.id,
        story.versions = 1 OR json_array_length(story.reading, '$.reports') > 0
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
    ).fetchall()
    earlier = {story: _earlier(connection, story) for *_, versions, story, _ in rows if versions > 1}
    whole = _whole(connection, {story for *_, story, _ in rows})
    return tuple(_filed_report(row, earlier.get(row[-2], ()), whole.get(row[-2])) for row in rows)


def reports_of_home(
    connection: sqlite3.Connection, incident_id: int, placed: Iterable[str]
) -> tuple[FiledReport, ...]:
    """The newest reports that the grouping put into an incident, wherever shown, and those of the stories placed in it.

    For a sketch: without what the stories said before, and without their pages, which only some were asked for.
    """
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
    return tuple(_filed_report(row, ()) for row in rows)


def _filed_report(
    row: tuple[Any, ...], earlier: tuple[EarlierWording, ...], whole: WholeText | None = None
) -> FiledReport:
    """The report that a row of _FILED holds."""
    (key, position, facts, title, summary, published, first_seen, publisher, lang, wording_since, versions,
     _, stands) = row  # fmt: skip
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
        wording_since=moment_of(wording_since) if versions > 1 else None,
        earlier=earlier,
        stands=bool(stands),
        whole=whole,
    )


def _whole(connection: sqlite3.Connection, stories: Collection[int]) -> dict[int, WholeText]:
    """What was read out of the pages of stories, of those that were fetched."""
    rows = connection.execute(
        """
        SELECT story_id, fetched_at, reading FROM full_text
        WHERE reading IS NOT NULL AND story_id IN (SELECT value FROM json_each(?))
        """,
        (to_json(list(stories)),),
    )
    return {
        story: WholeText(moment_of(fetched), from_json(reading, Reading).reports)
        for story, fetched, reading in rows
    }


def _earlier(connection: sqlite3.Connection, story_id: int) -> tuple[EarlierWording, ...]:
    """What a story said before, oldest first."""
    rows = connection.execute(
        "SELECT seen, replaced, title, summary, reading FROM story_version WHERE story_id = ? ORDER BY seen, id",
        (story_id,),
    )
    return tuple(
        EarlierWording(
            moment_of(seen),
            moment_of(replaced),
            title,
            summary,
            None if reading is None else from_json(reading, Reading).reports,
        )
        for seen, replaced, title, summary, reading in rows
    )


def _save_countries(connection: sqlite3.Connection, incident_id: int, affected: Sequence[str]) -> None:
    """Affected states, main first; one empty row when none is told, so that it can be counted."""
    connection.execute("DELETE FROM incident_country WHERE incident_id = ?", (incident_id,))
    states: Mapping[str, int] = {plain(iso2): 0 for iso2 in affected} or {"": 0}
    connection.executemany(
        "INSERT INTO incident_country (incident_id, iso2, position) VALUES (?, ?, ?)",
        [(incident_id, iso2, position) for position, iso2 in enumerate(states)],
    )


def _save_history(connection: sqlite3.Connection, incident_id: int, concluded: Conclusion) -> None:
    """Timeline, contradictions and ledger, in place of what stood there."""
    _save_timeline(connection, incident_id, concluded.timeline)
    if concluded.history == IncidentHistory():
        connection.execute("DELETE FROM incident_history WHERE incident_id = ?", (incident_id,))
    else:
        connection.execute(
            "INSERT OR REPLACE INTO incident_history (incident_id, history) VALUES (?, ?)",
            (incident_id, to_json(concluded.history)),
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
