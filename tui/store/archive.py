"""The whole store as lines of JSON, and back: for another machine, another SQLite, another program.

First line: an object with `overflight`, `schema`, `taken` and `columns` (by table). Then a line a row: the name of
the table and its values in the order of these columns, bytes as {"base64": ...}. Last line: an object with `rows`.
"""

import base64
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from tui.store.acknowledged import note_path
from tui.store.alerts import forget_waiting
from tui.store.database import open_reader
from tui.store.errors import StoreError, told_plainly
from tui.store.functions import install
from tui.store.migrations import SCHEMA_VERSION, migrate, steps
from tui.store.salvage import filled_row_by_row, ordinary_tables
from tui.store.sqlite import sqlite3

FORMAT = "archive/1"


class ArchiveError(Exception):
    """What is read is no archive of ours, or not a whole one; says which line."""


def archive_lines(path: Path, now: datetime) -> Iterator[str]:
    """Every row of one moment of the store, a line each; what belongs to processes and indexes is left out.

    Raises:
        StoreError: the store cannot be read.
    """
    reader = open_reader(path)
    try:
        with reader.snapshot() as connection:
            columns = {name: _columns(connection, name) for name in ordinary_tables(connection)}
            head = {
                "overflight": FORMAT,
                "schema": SCHEMA_VERSION,
                "taken": now.isoformat(),
                "columns": columns,
            }
            yield json.dumps(head)
            rows = 0
            for table, names in columns.items():
                for row in connection.execute(f"SELECT {', '.join(names)} FROM {table}"):  # noqa: S608 - our own words
                    yield json.dumps([table, *map(_written, row)], ensure_ascii=False)
                    rows += 1
            yield json.dumps({"rows": rows})
    finally:
        reader.close()


def restore(path: Path, lines: Iterable[str], now: datetime) -> int:
    """Make the store of an archive, of this schema or an older one, where there is none or an empty one; its rows.

    Alerts that waited when it was taken stand in the log as not sent: the store they are from tells them.

    Raises:
        ArchiveError: the lines are no whole archive; nothing was changed.
        StoreError: there is a store with stories already, or it cannot be written.
    """
    _require_empty(path)
    fresh = path.with_name(f"{path.name}.importing-{os.getpid()}")
    fresh.unlink(missing_ok=True)
    try:
        path.parent.mkdir(parents=True, mode=0o700, exist_ok=True)
        os.close(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        with told_plainly(fresh, writing=True):
            rows = _fill(fresh, iter(lines), now)
        for ending in ("-wal", "-shm"):
            path.with_name(f"{path.name}{ending}").unlink(missing_ok=True)
        note_path(path).unlink(missing_ok=True)
        fresh.replace(path)
    except OSError as error:
        raise StoreError(
            f"The database cannot be made ({error.strerror})",
            path,
            "Make its folder writable, or name another with --db.",
        ) from error
    finally:
        for ending in ("", "-wal", "-shm"):
            fresh.with_name(f"{fresh.name}{ending}").unlink(missing_ok=True)
    return rows


def _require_empty(path: Path) -> None:
    if not path.exists():
        return
    reader = open_reader(path)
    try:
        with reader.snapshot() as connection:
            busy = connection.execute(
                """
                SELECT EXISTS (SELECT 1 FROM entry) OR EXISTS (SELECT 1 FROM correction)
                    OR EXISTS (SELECT 1 FROM saved_view) OR EXISTS (SELECT 1 FROM incident_note)
                    OR EXISTS (SELECT 1 FROM incident_tag)
                """
            )
            (filled,) = busy.fetchone()
            (held,) = connection.execute("SELECT EXISTS (SELECT 1 FROM lease)").fetchone()
    finally:
        reader.close()
    if filled:
        raise StoreError(
            "The database has stories already, or what you saved",
            path,
            "Name another with --db; nothing was changed.",
        )
    if held:
        raise StoreError(
            "A process is fetching into the database", path, "End every Overflight, then try again."
        )


def _fill(fresh: Path, lines: Iterator[str], now: datetime) -> int:
    schema, columns = _head(lines)
    connection = sqlite3.connect(fresh, isolation_level=None)
    try:
        install(connection)
        migrate(connection, fresh, steps(schema), known=schema)
        _require_known(connection, columns)
        connection.execute("BEGIN IMMEDIATE")
        rows = _insert(connection, columns, lines)
        connection.execute("COMMIT")
        migrate(connection, fresh)
        connection.execute("BEGIN IMMEDIATE")
        forget_waiting(connection, now)
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()
    for copy in fresh.parent.glob(f"{fresh.name}.schema-*"):  # an archive is its own copy of before
        copy.unlink()
    with fresh.open("rb") as file:
        os.fsync(file.fileno())
    return rows


def _head(lines: Iterator[str]) -> tuple[int, Mapping[str, Sequence[str]]]:
    try:
        head = json.loads(next(lines, ""))
        known, schema, columns = head["overflight"], int(head["schema"]), dict(head["columns"])
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise ArchiveError("line 1 is not the head of an archive of Overflight") from error
    if known != FORMAT or not 1 <= schema <= SCHEMA_VERSION:
        raise ArchiveError(
            f"line 1: an archive of form {str(known)[:40]!r} and schema {schema}; "
            f"this version reads {FORMAT} up to schema {SCHEMA_VERSION}"
        )
    return schema, columns


def _require_known(connection: sqlite3.Connection, columns: Mapping[str, Sequence[str]]) -> None:
    """Names of tables and columns become SQL: only our own pass."""
    tables = set(ordinary_tables(connection))
    for table, names in columns.items():
        if table not in tables or not set(names) <= set(_columns(connection, table)):
            raise ArchiveError(
                f"line 1: the table {str(table)[:40]!r} is none of ours, or has a column that is none"
            )


def _insert(
    connection: sqlite3.Connection, columns: Mapping[str, Sequence[str]], lines: Iterator[str]
) -> int:
    connection.execute("PRAGMA defer_foreign_keys = ON")
    with filled_row_by_row(connection):
        connection.execute("DELETE FROM meta")
        statements = {
            table: f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"  # noqa: S608 - our own words
            for table, names in columns.items()
        }
        rows = _rows(connection, statements, lines)
        orphans = connection.execute("PRAGMA foreign_key_check").fetchone()
        if orphans:
            raise ArchiveError(f"a row of {orphans[0]} refers to a row of {orphans[2]} that is not there")
    return rows


def _rows(connection: sqlite3.Connection, statements: Mapping[str, str], lines: Iterator[str]) -> int:
    """Store every row up to the closing line; how many."""
    rows = 0
    for number, line in enumerate(lines, 2):
        try:
            found = json.loads(line)
            if isinstance(found, dict):
                if found["rows"] != rows:
                    raise ArchiveError(f"line {number}: {found['rows']} rows were written, {rows} are here")
                return rows
            table, *values = found
            connection.execute(statements[table], [_read(value) for value in values])
        except (
            ValueError,
            TypeError,
            KeyError,
            OverflowError,
            RecursionError,
            sqlite3.DatabaseError,
        ) as error:
            raise ArchiveError(f"line {number} is no row of an archive ({error})") from error
        rows += 1
    raise ArchiveError(f"the archive ends after {rows} rows, without its last line")


def _columns(connection: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]


def _written(value: object) -> object:
    return {"base64": base64.b64encode(value).decode()} if isinstance(value, bytes) else value


def _read(value: object) -> object:
    return base64.b64decode(value["base64"], validate=True) if isinstance(value, dict) else value
