"""Saved views as rows; each function runs inside the caller's transaction."""

from datetime import datetime, timedelta

from tui.domain.views import SavedView, ViewEdit, edited
from tui.store.sqlite import sqlite3
from tui.store.values import moment_of, plain, stamp_of


def load_views(connection: sqlite3.Connection) -> tuple[SavedView, ...]:
    """Every saved view, in order."""
    rows = connection.execute(
        "SELECT name, query, window, sort, position, made_at FROM saved_view ORDER BY position, name"
    )
    return tuple(
        SavedView(
            name=name,
            text=text,
            window=None if window is None else timedelta(seconds=window),
            sort=sort,
            position=position,
            made=moment_of(made),
        )
        for name, text, window, sort, position, made in rows
    )


def edit_views(connection: sqlite3.Connection, edit: ViewEdit, at: datetime) -> tuple[SavedView, ...]:
    """Change the list of views; the list after it. Raises ViewError when it cannot be changed so."""
    views = edited(load_views(connection), edit)
    connection.execute("DELETE FROM saved_view")
    connection.executemany(
        "INSERT INTO saved_view (name, position, query, window, sort, made_at) VALUES (?, ?, ?, ?, ?, ?)",
        [
            (
                plain(view.name),
                view.position,
                plain(view.text),
                None if view.window is None else int(view.window.total_seconds()),
                view.sort,
                stamp_of(view.made or at),
            )
            for view in views
        ],
    )
    return views
