"""The schema of the store as data: tables, views and columns with what is said of them, read out of a store made anew."""

import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from scripts.pages.schema_words import ANYWHERE, COLUMNS, TABLES
from tui.store.database import open_writer
from tui.store.sqlite import sqlite3

_SHADOW = re.compile(r"(story|incident)_fts_(config|data|docsize|idx)")
"""What FTS5 keeps for itself."""
_OF_TABLE = re.compile(r"^\s*(\w+) .*?--\s*(.+?)\s*$", re.MULTILINE)
_OF_VIEW = re.compile(r"(\w+),?\s*--\s*(.+?)\s*$", re.MULTILINE)
_ABOVE = "as above"
"""The remark of a column that holds what the one before it does."""


class UnexplainedError(Exception):
    """A table or column that nobody says anything of."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column as it is and what it holds."""

    name: str
    type: str
    words: str


@dataclass(frozen=True, slots=True)
class Relation:
    """A table or a view."""

    name: str
    view: bool
    words: str
    columns: tuple[Column, ...]
    refers: tuple[tuple[str, str], ...]
    """Columns that name a row of another table, with the table."""


def relations() -> tuple[Relation, ...]:
    """Every table and view of the present schema, by name; raises UnexplainedError."""
    with tempfile.TemporaryDirectory(prefix="overflight-schema-") as folder:
        writer = open_writer(Path(folder) / "overflight.db")
        try:
            return tuple(_relations(writer.connection))
        finally:
            writer.close()


def _relations(connection: sqlite3.Connection) -> Iterator[Relation]:
    rows = connection.execute(
        "SELECT name, type, sql FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%' ORDER BY name"
    )
    for name, kind, sql in rows.fetchall():
        if not _SHADOW.fullmatch(name):
            yield _relation(connection, name, sql, view=kind == "view")


def _relation(connection: sqlite3.Connection, name: str, sql: str, *, view: bool) -> Relation:
    head, _, body = sql.partition("\n")
    remark = head.partition("--")[2].strip()
    said = dict((_OF_VIEW if view else _OF_TABLE).findall(body))
    columns, before = [], ""
    for row in connection.execute(f'PRAGMA table_xinfo("{name}")'):
        column, kind = row[1], row[2]
        if _hidden(row[6], name):
            continue
        words = COLUMNS.get(f"{name}.{column}") or said.get(column) or ANYWHERE.get(column, "")
        words = before if words == _ABOVE else words
        if not words:
            raise UnexplainedError(f"{name}.{column}")
        before = words
        columns.append(Column(column, kind, words))
    words = TABLES.get(name) or remark
    if not words:
        raise UnexplainedError(name)
    keys = connection.execute(f'PRAGMA foreign_key_list("{name}")').fetchall()
    return Relation(name, view, words, tuple(columns), tuple(sorted((key[3], key[2]) for key in keys)))


def _hidden(mark: int, name: str) -> bool:
    """Whether a column is one that FTS5 adds; generated ones, marked 2 and 3, are shown."""
    return mark == 1 or (name.endswith("_fts") and mark != 0)
