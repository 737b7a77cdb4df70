"""Reads whatever can still be read of a damaged file into a new one."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tui.domain.value import dataclass
from tui.store.functions import install
from tui.store.migrations import migrate
from tui.store.query_schema import FACTS_AS_ROWS
from tui.store.sqlite import sqlite3
from tui.store.verify import SEARCH_INDEXES

_AT_ONCE = 500
"""Rows read and written together."""

_PROBED = 100_000
"""Row numbers of one table that are asked for one by one where reading on fails."""

_IN_VAIN = 10_000
"""Of these in a row without an answer, after which the rest is given up."""

_LARGER = 64
"""How many times larger than it is a cut file may have been: more is a damaged number."""

_MAGIC = b"SQLite format 3\x00"

_LEFT_OUT = ("sqlite_", "_sqlite_migrations", "lease", "request", "collector", *SEARCH_INDEXES)
"""Beginnings of tables that the new file makes itself, or that speak of processes that are gone."""

_SETTLED = (
    # An entry without its story would be taken for stored when the feed brings it again.
    "DELETE FROM entry WHERE state <> 'dropped' AND id NOT IN (SELECT id FROM story)",
    # A story without its reports is in no incident: read again when the feed brings it, or by `overflight reread`.
    """
    UPDATE entry SET hash = '', reader_version = ''
    WHERE state = 'kept' AND id NOT IN (SELECT story_id FROM report)
    """,
    """
    UPDATE incident SET stories = min(incident.stories, counted.stories) FROM (
        SELECT incident.id, count(DISTINCT report.story_id) AS stories
        FROM incident LEFT JOIN report ON report.incident_id = incident.id GROUP BY incident.id
    ) AS counted WHERE counted.id = incident.id
    """,
    "UPDATE feed SET entries = (SELECT count(*) FROM entry WHERE entry.feed_id = feed.id)",
    """
    UPDATE feed SET kept = (
        SELECT count(*) FROM story JOIN entry USING (id) WHERE entry.feed_id = feed.id AND NOT story.hidden & 1
    )
    """,
)
"""What makes the tables agree with each other where rows are missing."""

Row = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class SavedTable:
    """What became of one table."""

    name: str
    rows: int
    whole: bool
    """It was read from the first row to the last."""
    unattached: int = 0
    """Rows read and not kept, as what they belong to could not be read."""


def salvage(source: Path, target: Path) -> tuple[SavedTable, ...]:
    """Fill a new, empty file with every row of a damaged one that can be read; what became of each table.

    The source is a copy with its write-ahead log beside it: opening it may change it.
    """
    _mend_the_head(source)
    old = sqlite3.connect(source, isolation_level=None)
    new = sqlite3.connect(target, isolation_level=None)
    try:
        for connection in (old, new):
            install(connection)
        old.execute("PRAGMA writable_schema = ON")  # else one damaged line of the schema hides every table
        migrate(new, target)
        return _fill(old, new)
    finally:
        old.close()
        new.close()


def _mend_the_head(copy: Path) -> None:
    """Write the word that every SQLite file begins with, and fill up to the size that its head tells.

    SQLite refuses all of a file for a wrong first word, and for a page too few.
    """
    with copy.open("r+b") as file:
        head = file.read(32)
        if head[: len(_MAGIC)] != _MAGIC:
            file.seek(0)
            file.write(_MAGIC)
        page = int.from_bytes(head[16:18], "big") or 4096
        told = int.from_bytes(head[28:32], "big") * (65_536 if page == 1 else page)
        if copy.stat().st_size < told <= copy.stat().st_size * _LARGER:
            file.truncate(told)


def _fill(old: sqlite3.Connection, new: sqlite3.Connection) -> tuple[SavedTable, ...]:
    new.execute("PRAGMA foreign_keys = OFF")
    new.execute("BEGIN IMMEDIATE")
    with filled_row_by_row(new):
        tables = ordinary_tables(new)
        saved = {name: _copy(old, new, name) for name in tables}
        unattached = _let_go(new, tables)
        for statement in _SETTLED:
            new.execute(statement)
        for statement in FACTS_AS_ROWS:
            if statement.lstrip().startswith("INSERT"):
                new.execute(statement)
    new.execute("COMMIT")
    return tuple(
        SavedTable(name, rows - unattached[name], whole, unattached[name])
        for name, (rows, whole) in saved.items()
    )


def ordinary_tables(connection: sqlite3.Connection) -> list[str]:
    """Tables whose rows are copied, parents before children."""
    names = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid"
    ).fetchall()
    return [name for (name,) in names if not name.startswith(_LEFT_OUT)]


@contextmanager
def filled_row_by_row(connection: sqlite3.Connection) -> Iterator[None]:
    """Without triggers inside, as they would make a second time what is copied; then the search indexes anew."""
    triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    yield
    for _, statement in triggers:
        connection.execute(statement)
    there = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    for name in SEARCH_INDEXES:
        if name in there:  # an archive may be of a schema that had none
            rebuild(connection, name)


def rebuild(connection: sqlite3.Connection, index: str) -> None:
    """Make a search index anew from the words it is of."""
    connection.execute(f"INSERT INTO {index} ({index}) VALUES ('rebuild')")  # noqa: S608 - our own word


def _columns(connection: sqlite3.Connection, table: str) -> list[tuple[str, int]]:
    """Name and place in the primary key (0: not of it) of each column; empty where nothing can be read."""
    try:
        return [(row[1], row[5]) for row in connection.execute(f"PRAGMA table_info({table})")]
    except sqlite3.DatabaseError:
        return []


def _copy(old: sqlite3.Connection, new: sqlite3.Connection, table: str) -> tuple[int, bool]:
    """Copy the rows of a table that can be read; how many, and whether these are all."""
    known = {name for name, _ in _columns(old, table)}
    columns = [(name, place) for name, place in _columns(new, table) if name in known]
    if not columns:
        return 0, False
    (sql,) = new.execute("SELECT sql FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    if "WITHOUT ROWID" in sql.upper():
        key = [name for name, place in sorted(columns, key=lambda column: column[1]) if place]
    else:
        key = ["rowid"]
    names = [name for name, _ in columns]
    statement = f"INSERT OR REPLACE INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"  # noqa: S608 - our own words
    reading = _Reading(old, table, names, key)
    refused = sum(_store(new, statement, rows) for rows in reading.batches())
    (count,) = new.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608 - our own word
    return count, reading.whole and not refused


def _store(new: sqlite3.Connection, statement: str, rows: Sequence[Row]) -> int:
    """Store rows; how many make no sense, as a damaged page may give."""
    refused = 0
    for row in rows:
        try:
            new.execute(statement, row)
        except (sqlite3.DatabaseError, OverflowError):
            refused += 1
    return refused


class _Reading:
    """Reads a table from both ends, and what lies between row by row."""

    def __init__(
        self, old: sqlite3.Connection, table: str, columns: Sequence[str], key: Sequence[str]
    ) -> None:
        self.whole = False
        self._old = old
        self._rowid = list(key) == ["rowid"]
        self._select = f"SELECT {', '.join((*key, *columns))} FROM {table}"  # noqa: S608 - our own words
        self._key = key
        self._ends: list[object] = []
        """First column of the key of the last row read from the beginning, then from the end."""

    def batches(self) -> Iterator[list[Row]]:
        """Rows to store, some at a time."""
        yield from self._from("ASC")
        if self.whole:
            return
        yield from self._from("DESC")
        self.whole = False
        if self._rowid:
            yield from self._between()

    def _from(self, direction: str) -> Iterator[list[Row]]:
        order = ", ".join(f"{name} {direction}" for name in self._key)
        last: object = None
        try:
            cursor = self._old.execute(f"{self._select} ORDER BY {order}")
            while True:
                rows, broken = _some(cursor)
                if rows:
                    last = rows[-1][0]
                    yield [row[len(self._key) :] for row in rows]
                if broken:
                    break
                if not rows:
                    self.whole = True
                    return
        except sqlite3.DatabaseError:
            pass
        self._ends.append(last)

    def _between(self) -> Iterator[list[Row]]:
        first, last = (*self._ends, None, None)[:2]
        if not isinstance(first, int):
            first = 0
        if not isinstance(last, int):
            last = first + _PROBED
        in_vain = 0
        for number in range(first + 1, min(last, first + _PROBED)):
            row = self._at(number)
            in_vain = in_vain + 1 if row is None else 0
            if row is not None:
                yield [row[1:]]
            elif in_vain > _IN_VAIN:
                return

    def _at(self, number: int) -> Row | None:
        try:
            row: Row | None = self._old.execute(f"{self._select} WHERE rowid = ?", (number,)).fetchone()
        except sqlite3.DatabaseError:
            return None
        return row


def _some(cursor: sqlite3.Cursor) -> tuple[list[Row], bool]:
    """The next rows, and whether reading broke off."""
    rows: list[Row] = []
    try:
        while len(rows) < _AT_ONCE:
            row = cursor.fetchone()
            if row is None:
                break
            rows.append(row)
    except sqlite3.DatabaseError:
        return rows, True
    return rows, False


def _let_go(new: sqlite3.Connection, tables: Sequence[str]) -> dict[str, int]:
    """Delete rows that belong to rows which could not be read, until every reference holds; how many of each."""
    gone = dict.fromkeys(tables, 0)
    while True:
        found = 0
        for table in tables:
            for _, _, parent, column, wanted, *_ in new.execute(
                f"PRAGMA foreign_key_list({table})"
            ).fetchall():
                cursor = new.execute(
                    f"DELETE FROM {table} WHERE {column} IS NOT NULL"  # noqa: S608 - our own words
                    f" AND {column} NOT IN (SELECT {wanted or 'rowid'} FROM {parent})"
                )
                gone[table] += cursor.rowcount
                found += cursor.rowcount
        if not found:
            return gone
