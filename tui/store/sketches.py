"""What the grouping remembers of each incident: stored, loaded, and found again by its keys."""

from collections.abc import Iterable, Sequence

from tui.domain.incident import IncidentSketch
from tui.store.sqlite import sqlite3
from tui.store.values import from_json, plain, to_json


def save_sketches(connection: sqlite3.Connection, sketches: Iterable[IncidentSketch]) -> None:
    """What the grouping remembers of each incident."""
    connection.executemany(
        """
        INSERT INTO incident_sketch (incident_id, sketch) SELECT id, ? FROM incident WHERE key = ?
        ON CONFLICT (incident_id) DO UPDATE SET sketch = excluded.sketch
        """,
        [(to_json(sketch), plain(sketch.incident)) for sketch in sketches],
    )


def drop_sketches(connection: sqlite3.Connection, incidents: Iterable[str]) -> None:
    """Forget those of incidents in which nothing is left."""
    connection.executemany(
        "DELETE FROM incident_sketch WHERE incident_id = (SELECT id FROM incident WHERE key = ?)",
        [(plain(incident),) for incident in incidents],
    )


def load_sketches(connection: sqlite3.Connection, latest: int) -> tuple[IncidentSketch, ...]:
    """Sketches of so many incidents told last, and of all that are told nowhere: baselines, and what was merged away."""
    rows = connection.execute(
        """
        SELECT sketch FROM incident_sketch WHERE incident_id IN (
            SELECT * FROM (SELECT id FROM incident WHERE told > 0 ORDER BY told DESC, id DESC LIMIT ?)
            UNION ALL SELECT id FROM incident WHERE told = 0
        ) ORDER BY incident_id
        """,
        (latest,),
    )
    return tuple(from_json(sketch, IncidentSketch) for (sketch,) in rows)


def names_under(
    connection: sqlite3.Connection, sure: Sequence[int], hints: Sequence[int], limit: int
) -> Sequence[str]:
    """Incidents filed under one of the sure keys or two of the hints, those under most first, then the latest."""
    rows = connection.execute(
        """
        SELECT incident.key FROM (
            SELECT incident_id AS id, sum(worth) AS shared FROM (
                SELECT value, 2 AS worth FROM json_each(?) UNION ALL SELECT value, 1 FROM json_each(?)
            ) JOIN sketch_key ON sketch_key.key = value
            GROUP BY incident_id HAVING sum(worth) >= 2
        ) JOIN incident USING (id) ORDER BY shared DESC, id DESC LIMIT ?
        """,
        (to_json(sure), to_json(hints), limit),
    )
    return [key for (key,) in rows]


def sketches_of(connection: sqlite3.Connection, incidents: Iterable[str]) -> Sequence[IncidentSketch]:
    """The sketches of those among these incidents that are stored."""
    rows = connection.execute(
        """
        SELECT sketch FROM incident_sketch JOIN incident ON incident.id = incident_id
        WHERE incident.key IN (SELECT value FROM json_each(?))
        """,
        (to_json([plain(incident) for incident in incidents]),),
    )
    return [from_json(sketch, IncidentSketch) for (sketch,) in rows]
