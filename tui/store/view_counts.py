"""What each saved view finds, counted as its list shows it."""

from collections.abc import Iterable
from datetime import datetime

from tui.domain.query_leaf import QueryProblem
from tui.domain.views import SavedView, ViewCount
from tui.store.board import IN_VIEW, span_of
from tui.store.incident_rows import IS_NEW, names_of_looked
from tui.store.query_sql import on_incidents
from tui.store.sqlite import sqlite3


def count_views(
    connection: sqlite3.Connection, views: Iterable[SavedView], now: datetime
) -> tuple[ViewCount, ...]:
    """How many incidents each finds inside its window, and how many of them are new."""
    return tuple(_counted(connection, view, now) for view in views)


def _counted(connection: sqlite3.Connection, view: SavedView, now: datetime) -> ViewCount:
    asked = view.query
    if isinstance(asked, QueryProblem):
        return ViewCount(view)
    condition = on_incidents(asked, now)
    names = {
        **names_of_looked(connection),
        **condition.names,
        "start": span_of(view.window, now).start,
        "country": None,
    }
    incidents, new = connection.execute(
        f"""
        SELECT count(*), total({IS_NEW}) FROM incident LEFT JOIN incident_mark ON incident_id = incident.id
        WHERE {IN_VIEW} AND {condition.sql}
        """,  # noqa: S608 - constants; what was typed is a parameter
        names,
    ).fetchone()
    return ViewCount(view, incidents, int(new))
