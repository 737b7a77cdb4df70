"""Known incidents of the past, kept as baseline: imported once, brought up to date when the seed changes."""

from collections.abc import Callable, Sequence
from datetime import datetime

from tui.domain.incident import BaselineIncident, IncidentFacts, IncidentSketch
from tui.store.conclusions import save_facts
from tui.store.database import Writer
from tui.store.generation import raise_generation
from tui.store.sketches import save_sketches
from tui.store.sqlite import sqlite3
from tui.store.values import plain, stamp_of, to_json


def import_baseline(
    writer: Writer,
    incidents: Sequence[BaselineIncident],
    sketches: Sequence[IncidentSketch],
    line: Callable[[IncidentFacts], str],
    at: datetime,
) -> int:
    """Store baseline incidents by key in one transaction; how many were new or changed.

    One that news has since been filed under keeps what the news says; only its record is brought up to date.
    """
    changed = _changed(writer.connection, incidents)
    if not changed:  # as at nearly every start: nobody is kept from writing
        return 0
    with writer.transaction(durable=True) as connection:
        changed = _changed(connection, incidents)
        for item in changed:
            incident_id, stories = connection.execute(
                """
                INSERT INTO incident (key, origin, first_seen, last_revised, certainty, line, facts, baseline, outcome)
                VALUES (?1, 'baseline', ?2, ?2, ?3, '', '', ?4, ?5)
                ON CONFLICT (key) DO UPDATE SET baseline = excluded.baseline, outcome = excluded.outcome
                RETURNING id, stories
                """,
                (plain(item.key), stamp_of(at), item.facts.certainty, to_json(item), plain(item.outcome)),
            ).fetchone()
            if not stories:
                save_facts(connection, incident_id, item.facts, plain(line(item.facts)), counts=(0, 0), at=at)
        if changed:
            keys = {item.key for item in changed}
            save_sketches(connection, [sketch for sketch in sketches if sketch.incident in keys])
            raise_generation(connection)
    return len(changed)


def _changed(
    connection: sqlite3.Connection, incidents: Sequence[BaselineIncident]
) -> tuple[BaselineIncident, ...]:
    """Those that are not stored as they are now."""
    written = {plain(item.key): to_json(item) for item in incidents}
    known = dict(
        connection.execute(
            "SELECT key, baseline FROM incident WHERE key IN (SELECT value FROM json_each(?)) AND baseline IS NOT NULL",
            (to_json(list(written)),),
        ).fetchall()
    )
    return tuple(item for item in incidents if known.get(plain(item.key)) != written[plain(item.key)])
