"""Stored rows brought to what the corrections ask for; each function runs inside the caller's transaction."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from tui.domain.codes import Origin
from tui.domain.constraints import Constraints
from tui.domain.incident import FiledReport, IncidentFacts, IncidentSketch
from tui.domain.value import dataclass
from tui.pipeline.ports import Conclude
from tui.store import conclusions, incidents, sketches
from tui.store.sqlite import sqlite3
from tui.store.stories import HIDDEN_BY_PERSON
from tui.store.values import moment_of, plain, to_json

_Key = TypeVar("_Key")


@dataclass(frozen=True, slots=True)
class Writing:
    """What storing needs of the reading."""

    conclude: Conclude
    line: Callable[[IncidentFacts], str]
    sketch: Callable[[str, Sequence[FiledReport]], IncidentSketch]
    """An incident's sketch, drawn anew from its reports."""
    origin: Origin = Origin.NEWS


@dataclass(frozen=True, slots=True)
class _Placed:
    """A stored report that a change of corrections may concern."""

    id: int
    story: str
    story_id: int
    position: int
    machine: str | None
    """Where the grouping put it."""
    shown: str | None
    first_seen: int


def settle(
    connection: sqlite3.Connection, before: Constraints, after: Constraints, writing: Writing
) -> frozenset[str]:
    """Move what the change from one set of corrections to the other moves; the shown incidents it touched."""
    placed = _concerned(connection, before, after)
    touched = set(_retold(before, after))
    homes = set(_rehomed(before, after))
    for one in placed:
        if one.machine is None:
            continue
        home = after.home(one.story, one.position) or one.machine
        homes |= {home, before.home(one.story, one.position) or one.machine}
        shown = None if after.drops(one.story) else after.shown(home)
        touched |= {key for key in (one.shown, shown) if key is not None}
        _place(connection, one, shown, writing.origin)
    for key in sorted(touched):
        conclude_as_told(connection, key, writing, after)
    for key in sorted(homes):
        sketch_home(connection, key, writing, after)
    stories = {one.story_id for one in placed} | _stories_in(connection, touched)
    hide_stories(connection, stories, after)
    _remember(connection, homes)
    return frozenset(touched)


def conclude_as_told(
    connection: sqlite3.Connection, key: str, writing: Writing, constraints: Constraints
) -> None:
    """Say anew what is known of an incident, as of when its stories were told: nothing becomes new by it."""
    row = connection.execute(
        """
        SELECT incident.id, coalesce(max(story.wording_since), incident.last_revised)
        FROM incident LEFT JOIN report ON report.incident_id = incident.id
            LEFT JOIN story ON story.id = report.story_id
        WHERE incident.key = ?
        """,
        (plain(key),),
    ).fetchone()
    if row[0] is not None:
        conclusions.conclude_again(
            connection, row[0], writing.conclude, writing.line, moment_of(row[1]), constraints=constraints
        )


def sketch_home(connection: sqlite3.Connection, key: str, writing: Writing, constraints: Constraints) -> None:
    """Draw the sketch of a home anew from the reports that live there; a baseline's stays."""
    row = connection.execute("SELECT id, baseline FROM incident WHERE key = ?", (plain(key),)).fetchone()
    if row is None or row[1] is not None:
        return
    at_home = [
        constraints.read(filed)
        for filed in conclusions.reports_of_home(connection, row[0], constraints.placed_in(key))
        if (constraints.home(filed.story, filed.position) or key) == key
        and not constraints.drops(filed.story)
    ]
    if at_home:
        sketches.save_sketches(connection, [writing.sketch(key, at_home)])
    else:
        connection.execute("DELETE FROM incident_sketch WHERE incident_id = ?", (row[0],))


def hide_stories(connection: sqlite3.Connection, stories: Iterable[int], constraints: Constraints) -> None:
    """Hide the stories that a person called no incursion, or whose every report is in an incident that is none."""
    for story in stories:
        row = connection.execute(
            "SELECT key, hidden FROM story JOIN entry ON entry.id = story.id WHERE story.id = ?", (story,)
        ).fetchone()
        if row is None:  # an entry that was never kept
            continue
        key, hidden = row
        told_in = connection.execute(
            """
            SELECT DISTINCT incident.key FROM report JOIN incident ON incident.id = incident_id
            WHERE story_id = ?
            """,
            (story,),
        ).fetchall()
        gone = constraints.drops(key) or (
            bool(told_in) and all(constraints.hides(incident) for (incident,) in told_in)
        )
        wanted = (hidden & ~HIDDEN_BY_PERSON) | (HIDDEN_BY_PERSON if gone else 0)
        if wanted != hidden:
            connection.execute("UPDATE story SET hidden = ? WHERE id = ?", (wanted, story))


def _concerned(connection: sqlite3.Connection, before: Constraints, after: Constraints) -> list[_Placed]:
    """Reports of the stories and incidents of which the two sets of corrections say different things."""
    stories = {story for story, _ in _differing(before.placed, after.placed)}
    stories |= {story for story, _ in _differing(before.of_reports, after.of_reports)}
    stories |= before.no_stories ^ after.no_stories
    keys = _differing(before.merged, after.merged)
    rows = connection.execute(
        """
        SELECT report.id, entry.key, report.story_id, report.position,
            coalesce(machine.key, shown.key), shown.key, story.first_seen
        FROM report JOIN entry ON entry.id = report.story_id JOIN story ON story.id = report.story_id
            LEFT JOIN incident shown ON shown.id = report.incident_id
            LEFT JOIN incident machine ON machine.id = report.machine_id
        WHERE report.id IN (
            SELECT report.id FROM report JOIN entry ON entry.id = report.story_id
                WHERE entry.key IN (SELECT value FROM json_each(:stories))
            UNION SELECT report.id FROM report WHERE incident_id IN (
                SELECT id FROM incident WHERE key IN (SELECT value FROM json_each(:keys)))
            UNION SELECT report.id FROM report WHERE machine_id IN (
                SELECT id FROM incident WHERE key IN (SELECT value FROM json_each(:keys)))
        ) ORDER BY report.id
        """,
        {
            "stories": to_json([plain(key) for key in sorted(stories | _placed_in(before, after, keys))]),
            "keys": to_json([plain(key) for key in sorted(keys)]),
        },
    )
    return [_Placed(*row) for row in rows]


def _placed_in(before: Constraints, after: Constraints, keys: Iterable[str]) -> set[str]:
    """Stories that a person put into one of these incidents: no row names it once it is merged."""
    wanted = set(keys)
    return {
        story
        for constraints in (before, after)
        for (story, _), home in constraints.placed.items()
        if home in wanted
    }


def _retold(before: Constraints, after: Constraints) -> set[str]:
    """Shown incidents of which a person says something else now."""
    named = _differing(before.of_incidents, after.of_incidents)
    return {after.shown(key) for key in named} | {before.shown(key) for key in named}


def _rehomed(before: Constraints, after: Constraints) -> set[str]:
    """Homes that a person chose or no longer chooses."""
    places = _differing(before.placed, after.placed)
    return {home for place in places for home in (before.placed.get(place), after.placed.get(place)) if home}


def _differing(one: Mapping[_Key, object], other: Mapping[_Key, object]) -> set[_Key]:
    return {key for key in {**one, **other} if one.get(key) != other.get(key)}


def _place(connection: sqlite3.Connection, one: _Placed, shown: str | None, origin: Origin) -> None:
    """Show a report there; where the grouping put it is remembered when that is elsewhere."""
    if one.machine is None:
        return
    machine = incidents.id_of(connection, one.machine)
    at = moment_of(one.first_seen)
    there = None if shown is None else incidents.open_incident(connection, shown, origin, at)
    connection.execute(
        "UPDATE report SET incident_id = ?, machine_id = ? WHERE id = ?",
        (there, None if there == machine else machine, one.id),
    )


def _stories_in(connection: sqlite3.Connection, keys: Iterable[str]) -> set[int]:
    rows = connection.execute(
        """
        SELECT DISTINCT story_id FROM report JOIN incident ON incident.id = incident_id
        WHERE incident.key IN (SELECT value FROM json_each(?))
        """,
        (to_json([plain(key) for key in sorted(keys)]),),
    )
    return {story for (story,) in rows}


def _remember(connection: sqlite3.Connection, homes: Iterable[str]) -> None:
    """Note that the sketches of these changed, as of the coming stamp."""
    connection.execute(
        """
        INSERT OR REPLACE INTO corrected_incident (incident_id, stamp)
        SELECT id, (SELECT value + 1 FROM meta WHERE name = 'corrections') FROM incident
        WHERE key IN (SELECT value FROM json_each(?))
        """,
        (to_json([plain(key) for key in sorted(homes)]),),
    )
