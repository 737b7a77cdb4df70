"""Notes and tags as rows; each function runs inside the caller's transaction.

They stay with the incident they were written beside, and are shown in the one that it is merged into.
"""

from collections.abc import Sequence
from datetime import datetime

from tui.domain.constraints import Constraints
from tui.domain.notes import Written, tag_key
from tui.store.correction_rows import load_constraints
from tui.store.sqlite import sqlite3
from tui.store.values import plain, stamp_of, to_json

_TABLES = ("incident_note", "incident_tag")


def set_note(
    connection: sqlite3.Connection, key: str, text: str, at: datetime, instead_of: str | None = None
) -> Written:
    """Write the note of an incident in the place of those it shows, if it is still `instead_of`; empty takes them away."""
    incident = _shown(connection, key)
    if incident is None:
        return Written.GONE
    if instead_of is not None:
        held = connection.execute(
            "SELECT text FROM incident_note WHERE incident_id = ?1 OR home_id = ?1", (incident,)
        ).fetchall()
        if [text for (text,) in held] != [plain(instead_of)] * bool(instead_of):
            return Written.OVERTAKEN
    connection.execute("DELETE FROM incident_note WHERE incident_id = ?1 OR home_id = ?1", (incident,))
    if text:
        connection.execute(
            "INSERT INTO incident_note (home_id, incident_id, text, noted_at) VALUES (?1, ?1, ?2, ?3)",
            (incident, plain(text), stamp_of(at)),
        )
    return Written.DONE


def set_tags(
    connection: sqlite3.Connection,
    key: str,
    tags: Sequence[str],
    at: datetime,
    instead_of: Sequence[str] | None = None,
) -> Written:
    """Give an incident these tags and no others, if it still has `instead_of`; a tag that it has already keeps its home."""
    incident = _shown(connection, key)
    if incident is None:
        return Written.GONE
    wanted = {tag_key(tag): plain(tag) for tag in tags}
    held = connection.execute("SELECT folded FROM incident_tag WHERE incident_id = ?", (incident,)).fetchall()
    there = {folded for (folded,) in held}
    if instead_of is not None and there != {tag_key(tag) for tag in instead_of}:
        return Written.OVERTAKEN
    connection.execute(
        "DELETE FROM incident_tag WHERE incident_id = ? AND folded NOT IN (SELECT value FROM json_each(?))",
        (incident, to_json(list(wanted))),
    )
    connection.executemany(
        "INSERT INTO incident_tag (home_id, incident_id, folded, tag, tagged_at) VALUES (?1, ?1, ?2, ?3, ?4)",
        [(incident, key, tag, stamp_of(at)) for key, tag in wanted.items() if key not in there],
    )
    return Written.DONE


def follow_merges(connection: sqlite3.Connection, constraints: Constraints) -> None:
    """Show every note and tag where the incident it was written beside is shown now."""
    for table in _TABLES:
        homes = connection.execute(
            f"SELECT DISTINCT home_id, key, incident_id FROM {table} JOIN incident ON incident.id = home_id"  # noqa: S608 - our own words
        ).fetchall()
        for home, key, incident in homes:
            shown = _id_of(connection, constraints.shown(key)) or home
            if shown != incident:
                connection.execute(
                    f"UPDATE {table} SET incident_id = ? WHERE home_id = ?",  # noqa: S608 - our own words
                    (shown, home),
                )


def _shown(connection: sqlite3.Connection, key: str) -> int | None:
    """The incident of a key, a merged one as the one it is shown in."""
    return _id_of(connection, load_constraints(connection).shown(plain(key)))


def _id_of(connection: sqlite3.Connection, key: str) -> int | None:
    row = connection.execute("SELECT id FROM incident WHERE key = ?", (plain(key),)).fetchone()
    return None if row is None else int(row[0])
