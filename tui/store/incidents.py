"""Reports and the incidents they make; each function runs inside the caller's transaction."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from tui.domain.codes import IncidentCertainty, Origin
from tui.domain.constraints import NO_CONSTRAINTS, Constraints
from tui.domain.history import MOVED_TO, RULE, TimelineKind
from tui.domain.incident import Assignment, Filing, IncidentFacts, ReportKey
from tui.domain.reading import Report
from tui.domain.value import dataclass
from tui.store.proposals import note_proposal
from tui.store.sqlite import sqlite3
from tui.store.values import moment_of, moment_or_none, plain, stamp_of, to_json


@dataclass(frozen=True, slots=True)
class _Placed:
    """Ids of incidents."""

    shown: int | None
    """None: a person says that the story is no incursion."""
    machine: int | None
    """Where the grouping put it; None: where it is shown."""


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
    *,
    constraints: Constraints = NO_CONSTRAINTS,
) -> set[int]:
    """Store the reports of changed stories where the filing puts them; ids of every incident touched."""
    assignments = {(item.story, item.position): item for item in (filing.assignments if filing else ())}
    touched: set[int] = set()
    for story in stories:
        touched |= incidents_of(connection, story.id)
        for position, report in enumerate(story.reports):
            assignment = assignments.get((story.key, position))
            placed = None
            if assignment is not None:
                placed = _place(connection, story, assignment, constraints, origin=origin, at=at)
                note_proposal(connection, assignment, constraints, at)
            _file_report(connection, story.id, position, report, placed=placed, assignment=assignment, at=at)
        if story.reports:  # a wording that tells of nothing any more takes nothing away
            connection.execute(
                "DELETE FROM report WHERE story_id = ? AND position >= ?",
                (story.id, len(story.reports)),
            )
        touched |= incidents_of(connection, story.id)
    return touched


def move_reports(
    connection: sqlite3.Connection,
    filing: Filing | None,
    told: Collection[ReportKey],
    origin: Origin,
    at: datetime | None,
    *,
    constraints: Constraints = NO_CONSTRAINTS,
) -> dict[int, datetime]:
    """Move the reports told earlier that the filing puts elsewhere; every incident touched, by id, and as of when.

    `told`: the reports stored with this filing, which are where it puts them already.
    `at`: None: when the stories of the incident that is joined were told, so that nothing becomes new.
    """
    touched: dict[int, datetime] = {}
    if filing is None or not filing.emptied:
        return touched
    for assignment in filing.assignments:
        if (assignment.story, assignment.position) in told:
            continue
        row = connection.execute(
            """
            SELECT report.id, report.story_id, report.incident_id, report.machine_id, story.wording_since
            FROM report JOIN entry ON entry.id = report.story_id JOIN story ON story.id = report.story_id
            WHERE entry.key = ? AND position = ?
            """,
            (plain(assignment.story), assignment.position),
        ).fetchone()
        if row is None:
            continue
        report, story, before, machine, told_at = row
        placed = _place(
            connection,
            ChangedStory(story, assignment.story, ()),
            assignment,
            constraints,
            origin=origin,
            at=at or moment_of(told_at),
        )
        if placed == _Placed(before, machine):
            continue
        _move_report(connection, report, placed, assignment)
        when = at or _last_told(connection, placed.shown) or moment_of(told_at)
        if before is not None and placed.shown is not None and before != placed.shown:
            _note_moved(connection, before, placed.shown, assignment.story, when)
        for incident in {before, placed.shown} - {None}:
            touched[incident] = max(when, touched.get(incident, when))
    return touched


def _move_report(
    connection: sqlite3.Connection, report: int, placed: _Placed, assignment: Assignment
) -> None:
    """Store where a report told earlier is now, and why."""
    nearest = assignment.nearest
    connection.execute(
        """
        UPDATE report SET incident_id = ?, machine_id = ?, is_new = 0, why = ?, nearest = ?, nearest_why_not = ?
        WHERE id = ?
        """,
        (
            placed.shown,
            placed.machine,
            to_json(assignment.why),
            plain(nearest.incident) if nearest else None,
            plain(nearest.why_not) if nearest else None,
            report,
        ),
    )


def _last_told(connection: sqlite3.Connection, incident: int | None) -> datetime | None:
    """When the last of an incident's stories was told as it is worded now."""
    (last,) = connection.execute(
        """
        SELECT max(story.wording_since) FROM report JOIN story ON story.id = report.story_id
        WHERE report.incident_id = ?
        """,
        (incident,),
    ).fetchone()
    return moment_or_none(last)


def _note_moved(connection: sqlite3.Connection, before: int, now: int, story: str, at: datetime) -> None:
    """Say in the history of the incident that is left where its story went."""
    connection.execute(
        """
        INSERT INTO timeline (incident_id, position, at, kind, source, text, story)
        SELECT ?1, (SELECT ifnull(max(position), -1) + 1 FROM timeline WHERE incident_id = ?1),
            ?3, ?4, ?5, ?7 || key, ?6 FROM incident WHERE id = ?2
        """,
        (before, now, stamp_of(at), TimelineKind.CORRECTION, RULE, plain(story), MOVED_TO),
    )


def is_pinned(connection: sqlite3.Connection, incident: str) -> bool:
    """Whether a person watches an incident, wrote a note beside it or gave it a tag."""
    found = connection.execute(
        """
        SELECT 1 FROM incident WHERE key = ? AND (
            EXISTS (SELECT 1 FROM incident_mark WHERE incident_id = incident.id AND watched_at IS NOT NULL)
            OR EXISTS (SELECT 1 FROM incident_note WHERE incident_id = incident.id OR home_id = incident.id)
            OR EXISTS (SELECT 1 FROM incident_tag WHERE incident_id = incident.id OR home_id = incident.id)
        )
        """,
        (plain(incident),),
    ).fetchone()
    return found is not None


def _place(
    connection: sqlite3.Connection,
    story: ChangedStory,
    assignment: Assignment,
    constraints: Constraints,
    *,
    origin: Origin,
    at: datetime,
) -> _Placed:
    """Where a report is shown, and where the grouping put it when that is elsewhere."""
    chosen = constraints.home(story.key, assignment.position)
    home = chosen or assignment.incident
    shown_in = constraints.shown(home)
    shown = open_incident(connection, shown_in, origin, at)
    machine = shown if home == shown_in else open_incident(connection, home, origin, at)
    if chosen is not None:
        # What a person chose is no finding of the grouping: where it had put the report stays known.
        known = connection.execute(
            "SELECT coalesce(machine_id, incident_id) FROM report WHERE story_id = ? AND position = ?",
            (story.id, assignment.position),
        ).fetchone()
        machine = known[0] if known and known[0] is not None else machine
    if constraints.drops(story.key):
        return _Placed(None, machine)
    return _Placed(shown, None if machine == shown else machine)


def load_filings(connection: sqlite3.Connection, stories: Iterable[str]) -> Mapping[ReportKey, str]:
    """The incident that the grouping put each report of these stories in; reports in none are left out."""
    rows = connection.execute(
        """
        SELECT entry.key, report.position, incident.key
        FROM entry JOIN report ON report.story_id = entry.id
            JOIN incident ON incident.id = coalesce(report.machine_id, report.incident_id)
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


def open_incident(connection: sqlite3.Connection, key: str, origin: Origin, at: datetime) -> int:
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
    return id_of(connection, key)


def id_of(connection: sqlite3.Connection, key: str) -> int:
    """Id of a stored incident."""
    (found,) = connection.execute("SELECT id FROM incident WHERE key = ?", (plain(key),)).fetchone()
    return int(found)


def _file_report(
    connection: sqlite3.Connection,
    story_id: int,
    position: int,
    report: Report,
    *,
    placed: _Placed | None,
    assignment: Assignment | None,
    at: datetime,
) -> None:
    """Store one report; without an assignment it stays in the incident it was in."""
    nearest = assignment.nearest if assignment else None
    connection.execute(
        """
        INSERT INTO report (story_id, position, incident_id, machine_id, filed_at, is_new, object, event, certainty,
            event_date, facts, why, nearest, nearest_why_not)
        VALUES (:story, :position, :incident, :machine, :at, :is_new, :object, :event, :certainty,
            :event_date, :facts, :why, :nearest, :why_not)
        ON CONFLICT (story_id, position) DO UPDATE SET
            object = excluded.object, event = excluded.event, certainty = excluded.certainty,
            event_date = excluded.event_date, facts = excluded.facts,
            incident_id = iif(:filed, excluded.incident_id, incident_id),
            machine_id = iif(:filed, excluded.machine_id, machine_id),
            filed_at = iif(:filed, excluded.filed_at, filed_at),
            is_new = iif(:filed, excluded.is_new, is_new),
            why = iif(:filed, excluded.why, why),
            nearest = iif(:filed, excluded.nearest, nearest),
            nearest_why_not = iif(:filed, excluded.nearest_why_not, nearest_why_not)
        """,
        {
            "story": story_id,
            "position": position,
            "incident": placed.shown if placed else None,
            "machine": placed.machine if placed else None,
            "filed": assignment is not None,
            "at": stamp_of(at),
            "is_new": bool(assignment and assignment.is_new),
            "object": report.object[0] if report.object else None,
            "event": report.event[0] if report.event else None,
            "certainty": report.certainty,
            "event_date": report.event_date.date.isoformat() if report.event_date else None,
            "facts": to_json(report),
            "why": to_json(assignment.why if assignment else ()),
            "nearest": plain(nearest.incident) if nearest else None,
            "why_not": plain(nearest.why_not) if nearest else None,
        },
    )
