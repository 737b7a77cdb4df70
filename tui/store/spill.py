"""A place on disk for the sketches of a grouping without a database; it is gone with the process."""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Self

from tui.domain.incident import IncidentSketch
from tui.store import sketches as stored
from tui.store.recall_schema import RECALL
from tui.store.sqlite import sqlite3
from tui.store.values import plain

_TABLES = (
    "CREATE TABLE incident (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, told INTEGER NOT NULL DEFAULT 0) STRICT",
    "CREATE TABLE incident_sketch (incident_id INTEGER PRIMARY KEY, sketch TEXT NOT NULL) STRICT",
)
_SETTINGS = ("journal_mode = OFF", "synchronous = OFF", "locking_mode = EXCLUSIVE", "cache_size = -2048")
"""Nobody else reads the file, and nobody after us; two megabytes of it in memory."""


class Spill:
    """Fits `domain.recall.Recall`; use it in a `with`."""

    def __init__(self) -> None:
        # A file of our own: SQLite's nameless ones stay in memory where it was built so.
        self._folder = TemporaryDirectory(prefix="overflight-", ignore_cleanup_errors=True)
        self._connection = sqlite3.connect(Path(self._folder.name) / "sketches", isolation_level=None)

    def __enter__(self) -> Self:
        """Make the tables."""
        for setting in _SETTINGS:
            with closing(self._connection.execute(f"PRAGMA {setting}")) as answer:
                answer.fetchall()
        for statement in (*_TABLES, *RECALL):
            self._connection.execute(statement)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Leave nothing behind."""
        self._connection.close()
        self._folder.cleanup()

    def names_under(self, sure: Sequence[int], hints: Sequence[int], limit: int) -> Sequence[str]:
        """Incidents filed under one of the sure keys or two of the hints."""
        return stored.names_under(self._connection, sure, hints, limit)

    def sketches_of(self, incidents: Sequence[str]) -> Sequence[IncidentSketch]:
        """Their sketches, as far as they were put away."""
        return stored.sketches_of(self._connection, incidents)

    def put_away(self, sketches: Sequence[IncidentSketch]) -> None:
        """Keep what leaves the memory."""
        self._connection.executemany(
            "INSERT OR IGNORE INTO incident (key) VALUES (?)", [(plain(one.incident),) for one in sketches]
        )
        stored.save_sketches(self._connection, sketches)

    def pinned(self, incident: str) -> bool:
        """No: nobody watches anything here."""
        del incident
        return False
