"""Corrections as rows: appended, never changed but for the moment they were taken back."""

from collections.abc import Mapping
from datetime import datetime

from tui.domain.constraints import Constraints, constraints_of
from tui.domain.correction import (
    KIND_OF,
    LONGEST_NOTE,
    Apart,
    Correction,
    Kind,
    Made,
    Merge,
    Move,
    SetOutcome,
    Split,
)
from tui.domain.incident import IncidentSketch
from tui.pipeline.corrected import Corrected
from tui.store.sqlite import sqlite3
from tui.store.values import from_json, moment_of, moment_or_none, plain, stamp_of, to_json

_TYPES: Mapping[Kind, type[Correction]] = {kind: made for made, kind in KIND_OF.items()}  # type: ignore[misc]  # the keys are the union's members

_COLUMNS = "id, at, kind, after, note, undone_at"


def load_made(connection: sqlite3.Connection, *, standing: bool = False) -> tuple[Made, ...]:
    """Every correction in the order they were made, or those that stand."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM correction WHERE undone_at IS NULL OR ? ORDER BY id",  # noqa: S608 - constants
        (not standing,),
    )
    return tuple(_made(row) for row in rows)


def load_one(connection: sqlite3.Connection, number: int) -> Made | None:
    """The correction of that number."""
    row = connection.execute(
        f"SELECT {_COLUMNS} FROM correction WHERE id = ?",  # noqa: S608 - constants
        (number,),
    ).fetchone()
    return None if row is None else _made(row)


def made_of_story(connection: sqlite3.Connection, story: str) -> tuple[Made, ...]:
    """The corrections of a story that stand, in the order they were made."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM correction WHERE story = ? AND undone_at IS NULL ORDER BY id",  # noqa: S608 - constants
        (story,),
    )
    return tuple(_made(row) for row in rows)


def load_constraints(connection: sqlite3.Connection) -> Constraints:
    """What the corrections that stand ask for."""
    return constraints_of(load_made(connection, standing=True))


def stamp(connection: sqlite3.Connection) -> int:
    """How often something was corrected or taken back."""
    (found,) = connection.execute("SELECT value FROM meta WHERE name = 'corrections'").fetchone()
    return int(found)


def raise_stamp(connection: sqlite3.Connection) -> int:
    """Say that something was corrected; the new stamp."""
    connection.execute("UPDATE meta SET value = value + 1 WHERE name = 'corrections'")
    return stamp(connection)


def insert(connection: sqlite3.Connection, correction: Correction, at: datetime, note: str) -> Made:
    """Append a correction."""
    incident, story, position = about(correction)
    kind = KIND_OF[type(correction)]
    said = plain(" ".join(note.split()))[:LONGEST_NOTE]
    number = connection.execute(
        "INSERT INTO correction (at, kind, incident, story, position, after, note) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (stamp_of(at), kind, incident, story, position, to_json(correction), said),
    ).lastrowid
    if number is None:
        raise AssertionError("an insert has a row id")
    return Made(number, at, correction, said)


def keep_before(connection: sqlite3.Connection, number: int, before: object) -> None:
    """Remember what stood there, so that taking it back can restore it."""
    connection.execute("UPDATE correction SET before = ? WHERE id = ?", (to_json(before), number))


def load_before(connection: sqlite3.Connection, number: int) -> str | None:
    """What stood there, as JSON."""
    (found,) = connection.execute("SELECT before FROM correction WHERE id = ?", (number,)).fetchone()
    return None if found is None else str(found)


def mark_undone(connection: sqlite3.Connection, number: int, at: datetime) -> None:
    """Take a correction back; its row stays."""
    connection.execute("UPDATE correction SET undone_at = ? WHERE id = ?", (stamp_of(at), number))


def corrected_since(connection: sqlite3.Connection, since: int | None) -> Corrected:
    """What is corrected, and the incidents whose sketch changed since that stamp."""
    changed = connection.execute(
        """
        SELECT incident.key, sketch FROM corrected_incident changed JOIN incident ON incident.id = changed.incident_id
            LEFT JOIN incident_sketch ON incident_sketch.incident_id = incident.id
        WHERE stamp > ? ORDER BY incident.id
        """,
        (2**62 if since is None else since,),
    ).fetchall()
    return Corrected(
        stamp=stamp(connection),
        constraints=load_constraints(connection),
        sketches=tuple(from_json(sketch, IncidentSketch) for _, sketch in changed if sketch is not None),
        emptied=tuple(key for key, sketch in changed if sketch is None),
    )


def _made(row: tuple[int, int, str, str, str, int | None]) -> Made:
    number, at, kind, after, note, undone = row
    correction = from_json(after, _TYPES[Kind(kind)])
    return Made(number, moment_of(at), correction, note, moment_or_none(undone))


def about(correction: Correction) -> tuple[str | None, str | None, int | None]:
    """Incident, story and report that a correction is about, by which its row is found."""
    match correction:
        case Merge(incident) | Apart(incident) | SetOutcome(incident):
            return incident, None, None
        case Split(story, incident, _, position):
            return incident, story, position
        case Move(story, _, position):
            return None, story, position
        case _:
            target = correction.target
            return target.incident, target.story, target.position if target.story else None
