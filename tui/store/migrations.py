"""The steps from an empty file to the present schema, and the gate before them.

`PRAGMA user_version` counts the steps a file has taken. A file with more than we know is refused; one with
fewer is copied before it is touched. All steps of one start are one transaction: old schema or new, never between.
"""

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tui.store.alert_schema import ALERTS, ALERTS_ON_STATES
from tui.store.correction_schema import CORRECTION_SCHEMA
from tui.store.coverage_schema import COVERAGE
from tui.store.errors import StoreError, StoreNewer
from tui.store.feed_habits_schema import FEED_HABITS
from tui.store.feed_upkeep_schema import FEED_UPKEEP
from tui.store.first_schema import FIRST_SCHEMA
from tui.store.full_text_schema import FULL_TEXTS
from tui.store.history_schema import HISTORY
from tui.store.link_schema import BY_LINK
from tui.store.open_data_schema import OPEN_DATA
from tui.store.query_schema import FACTS_AS_ROWS, WORDS_OF_STORIES
from tui.store.recall_schema import RECALL
from tui.store.sqlite import sqlite3
from tui.store.statistics_schema import COUNTED_WEEKS
from tui.store.views_schema import VIEWS_AND_NOTES

if TYPE_CHECKING:
    from sqlite_utils import Database, Migrations

STEPS: tuple[tuple[str, Sequence[str]], ...] = (
    ("first_schema", FIRST_SCHEMA),
    ("feed_habits", FEED_HABITS),
    ("history", HISTORY),
    ("facts_as_rows", FACTS_AS_ROWS),
    ("words_of_stories", WORDS_OF_STORIES),
    ("corrections", CORRECTION_SCHEMA),
    ("coverage", COVERAGE),
    ("counted_weeks", COUNTED_WEEKS),
    ("feed_upkeep", FEED_UPKEEP),
    ("recall", RECALL),
    ("alerts", ALERTS),
    ("alerts_on_states", ALERTS_ON_STATES),
    ("views_and_notes", VIEWS_AND_NOTES),
    ("full_texts", FULL_TEXTS),
    ("by_link", BY_LINK),
    ("open_data", OPEN_DATA),
)
"""Every step by name, in order; a released one is never changed and never moved."""

SCHEMA_VERSION = len(STEPS)

APPLICATION_ID = 0x4F56_464C
"""OVFL: tells our file from another program's."""


def _step(statements: Sequence[str]) -> "Callable[[Database], None]":
    def step(database: "Database") -> None:
        for statement in statements:
            database.conn.execute(statement)

    return step


def steps(count: int = SCHEMA_VERSION) -> "Migrations":
    """The first migrations, in order; every one when not told how many."""
    from sqlite_utils import Migrations  # noqa: PLC0415 - 80 ms that only a migration should cost

    migrations = Migrations("overflight")

    for name, statements in STEPS[:count]:
        migrations(name=name)(_step(statements))
    return migrations


def version_of(connection: sqlite3.Connection) -> int:
    """How many steps the file has taken; 0 for a new file."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def check_version(connection: sqlite3.Connection, path: Path, known: int = SCHEMA_VERSION) -> int:
    """The file's version; refuses a newer file and another program's."""
    # In this order: another process may be making the tables between two of these lines.
    empty = connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone() is None
    ours = connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
    version = version_of(connection)
    if not ours and not empty:
        raise StoreError(
            "The file is the database of another program",
            path,
            "Nothing was changed; set OVERFLIGHT_HOME to another folder.",
        )
    if version > known:
        raise StoreNewer(
            f"The database has schema {version}, this version of Overflight knows up to {known}",
            path,
            "Install the newer Overflight that made it, or set OVERFLIGHT_HOME to another folder.",
        )
    return version


def migrate(
    connection: sqlite3.Connection,
    path: Path,
    migrations: "Migrations | None" = None,
    known: int = SCHEMA_VERSION,
) -> Path | None:
    """Bring the file up to date; the copy made of an older one, if any."""
    version = check_version(connection, path, known)
    if version == known:
        return None
    copy = back_up(connection, path, version) if version else None
    from sqlite_utils import Database  # noqa: PLC0415 - 80 ms that only a migration should cost

    connection.execute("BEGIN IMMEDIATE")
    try:
        # Another process may have done it while we waited for the lock.
        if check_version(connection, path, known) < known:
            (migrations or steps()).apply(Database(connection, execute_plugins=False))
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {known}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    return copy


def back_up(connection: sqlite3.Connection, path: Path, version: int) -> Path:
    """Write a whole copy beside the file, readable by its owner alone; never over an earlier copy."""
    unfinished = path.with_name(f"{path.name}.copying-{os.getpid()}")
    unfinished.unlink(missing_ok=True)
    os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        connection.execute("VACUUM INTO ?", (str(unfinished),))
        return _named(unfinished, path, version)
    finally:
        unfinished.unlink(missing_ok=True)


def _named(finished: Path, path: Path, version: int) -> Path:
    """Give a finished copy the first free name: a copy under such a name is always whole."""
    number = 1
    while (copy := path.with_name(f"{path.name}.schema-{version}.{number}")).exists():
        number += 1
    finished.rename(copy)
    return copy
