"""What the watch screen draws, out of one snapshot."""

from datetime import datetime, timedelta
from typing import Any

from tui.domain.board import IncidentRow
from tui.domain.history import TimelineEntry, TimelineKind
from tui.domain.watch import Desk, FailingChannel, WatchedIncident
from tui.store.alert_out import load_told
from tui.store.incident_rows import ROW_COLUMNS, looked_at, names_of_looked, row_of
from tui.store.sqlite import sqlite3
from tui.store.values import moment_of, moment_or_none
from tui.store.view_counts import count_views
from tui.store.views import load_views

_LOG = timedelta(hours=24)
_MOST_WATCHED = 500
_MOST_STEPS = 20


def load_desk(connection: sqlite3.Connection, now: datetime) -> Desk:
    """Views with their counts, watched incidents, the alerts of a day, and channels that fail."""
    log, held = load_told(connection, now - _LOG)
    failing = connection.execute("SELECT name, since, error FROM alert_channel ORDER BY name")
    return Desk(
        taken=now,
        views=count_views(connection, load_views(connection), now),
        watched=_watched(connection),
        log=log,
        held=held,
        failing=tuple(FailingChannel(name, moment_of(since), error) for name, since, error in failing),
    )


def _watched(connection: sqlite3.Connection) -> tuple[WatchedIncident, ...]:
    looked = looked_at(connection)
    rows = connection.execute(
        f"""
        SELECT {ROW_COLUMNS}, incident.id, seen_at
        FROM incident_mark JOIN incident ON incident.id = incident_mark.incident_id
        WHERE watched_at IS NOT NULL AND (stories > 0 OR origin = 'baseline')
        ORDER BY (new OR updated) DESC, last_revised DESC, incident.id DESC LIMIT {_MOST_WATCHED}
        """,  # noqa: S608 - constants
        names_of_looked(connection),
    ).fetchall()
    return tuple(
        _happened(connection, row_of(tuple(columns)), incident_id, moment_or_none(seen) or looked)
        for *columns, incident_id, seen in rows
    )


def _happened(
    connection: sqlite3.Connection, row: IncidentRow, incident_id: int, since: datetime | None
) -> WatchedIncident:
    if not row.new and not row.updated:
        return WatchedIncident(row, since)
    steps = tuple(
        _step_of(step)
        for step in connection.execute(
            "SELECT at, kind, source, text, story FROM timeline WHERE incident_id = ? ORDER BY position DESC LIMIT ?",
            (incident_id, _MOST_STEPS),
        )
    )
    # A story may have been told before it came to us: the latest step stands for what nothing later tells.
    later = tuple(step for step in steps if since is None or step.at > since)
    return WatchedIncident(row, since, tuple(reversed(later or steps[:1])))


def _step_of(row: tuple[Any, ...]) -> TimelineEntry:
    at, kind, source, text, story = row
    return TimelineEntry(moment_of(at), TimelineKind(kind), source, text, story)
