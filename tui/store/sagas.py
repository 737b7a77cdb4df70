"""The incidents that are of one series with another, found among those that can be."""

from collections.abc import Callable, Iterable

from tui.domain.board import LinkedIncident
from tui.domain.incident import IncidentSketch, SagaLink
from tui.domain.value import dataclass
from tui.store.incident_rows import ROW_COLUMNS, names_of_looked, row_of
from tui.store.sqlite import sqlite3
from tui.store.values import from_json, to_json

LinkSagas = Callable[[Iterable[IncidentSketch]], tuple[SagaLink, ...]]
"""Which of some incidents follow each other in a series."""

_LOOKED_AT = 300
"""Incidents of the same state, the nearest in time, among which a series is looked for."""
_SHOWN = 12

_NEAR = """
    SELECT sketch FROM incident_sketch WHERE incident_id IN (
        SELECT other.id FROM incident other
        WHERE (other.stories > 0 OR other.origin = 'baseline') AND other.event_date IS NOT NULL AND (
            other.id IN (
                SELECT near.incident_id FROM incident_country own
                JOIN incident_country near ON near.iso2 = own.iso2 WHERE own.incident_id = :id AND own.iso2 <> ''
            )
            OR other.object = 'balloon' AND abs(julianday(other.event_date) - julianday(:day)) <= 8
        )
        ORDER BY abs(julianday(other.event_date) - julianday(:day)) LIMIT :limit
    )
"""


@dataclass(frozen=True, slots=True)
class _Step:
    """How an incident was reached from the one that is looked at."""

    days: int
    """Negative: before it."""
    why: str


def load_linked(
    connection: sqlite3.Connection, incident_id: int, key: str, link: LinkSagas
) -> tuple[LinkedIncident, ...]:
    """The incidents of its series, latest first: those it follows or is followed by, and theirs in turn."""
    day = connection.execute("SELECT event_date FROM incident WHERE id = ?", (incident_id,)).fetchone()[0]
    if day is None:
        return ()
    rows = connection.execute(_NEAR, {"id": incident_id, "day": day, "limit": _LOOKED_AT})
    steps = _reached(key, link(from_json(sketch, IncidentSketch) for (sketch,) in rows))
    return _rows(connection, steps)


def _reached(key: str, links: Iterable[SagaLink]) -> dict[str, _Step]:
    """Every incident of the series but itself, the nearest in the series first, at most so many."""
    near: dict[str, list[tuple[str, int, str]]] = {}
    for one in links:
        near.setdefault(one.earlier, []).append((one.later, one.days, one.why))
        near.setdefault(one.later, []).append((one.earlier, -one.days, one.why))
    reached = {key: _Step(0, "")}
    waiting = [key]
    while waiting and len(reached) <= _SHOWN:
        here = waiting.pop(0)
        for other, days, why in near.get(here, ()):
            if other not in reached:
                reached[other] = _Step(reached[here].days + days, why)
                waiting.append(other)
    del reached[key]
    return dict(list(reached.items())[:_SHOWN])


def _rows(connection: sqlite3.Connection, steps: dict[str, _Step]) -> tuple[LinkedIncident, ...]:
    if not steps:
        return ()
    rows = connection.execute(
        f"""
        SELECT {ROW_COLUMNS} FROM incident
        LEFT JOIN incident_mark ON incident_mark.incident_id = incident.id
        WHERE key IN (SELECT value FROM json_each(:keys)) ORDER BY event_date DESC, incident.id DESC
        """,  # noqa: S608 - constants
        {**names_of_looked(connection), "keys": to_json(list(steps))},
    )
    return tuple(LinkedIncident(row, steps[row.key].days, steps[row.key].why) for row in map(row_of, rows))
