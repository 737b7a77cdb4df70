"""Whether the store holds together: its pages, what its rows refer to, its indexes, and what was acknowledged."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from urllib.parse import quote

from tui.domain.value import dataclass
from tui.store.acknowledged import read_note
from tui.store.errors import StoreError, told_plainly
from tui.store.functions import install
from tui.store.generation import generation
from tui.store.migrations import SCHEMA_VERSION, check_version
from tui.store.sqlite import sqlite3

_TOLD = 5
"""Findings of one kind that are worth listing."""

SEARCH_INDEXES = ("story_fts", "incident_fts")
"""Made from other tables: what ails them is cured without losing anything."""


@dataclass(frozen=True, slots=True)
class Check:
    """One question and its answer."""

    name: str
    problems: tuple[str, ...] = ()
    index: str = ""
    """It is about this index, which can be made anew from whole tables."""
    grave: bool = False
    """What it finds is cured by reading the whole file into a new one."""

    @property
    def fine(self) -> bool:
        """Whether nothing was found."""
        return not self.problems


def verify(path: Path) -> tuple[Check, ...]:
    """Ask everything; reads the whole file (some 100 MB a second), changes nothing, and waits for no writer.

    Raises:
        StoreError: the file is not there, is no file, or is of another version.
    """
    with _opened(path) as connection:
        pages = Check("every page of the file", _asked(lambda: _pages(connection)), grave=True)
        if not pages.fine:
            return (pages,)
        return (
            pages,
            Check("every reference between rows", _asked(lambda: _references(connection)), grave=True),
            *(
                Check(f"the search index {name}", _asked(partial(_index, connection, name)), index=name)
                for name in SEARCH_INDEXES
            ),
            Check(
                "everything that was acknowledged as stored", _asked(lambda: _acknowledged(connection, path))
            ),
        )


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection for looking; writable where it can be, as an index is checked by a statement of SQLite's."""
    if not path.is_file():
        raise StoreError("There is no database", path, "Start `overflight` or `overflight once` to make it.")
    with told_plainly(path):
        connection = sqlite3.connect(
            f"file:{quote(str(path.absolute()))}?mode=rw", uri=True, isolation_level=None
        )
        try:
            install(connection)
            if check_version(connection, path) < SCHEMA_VERSION:
                raise StoreError(
                    "The database is of an older version",
                    path,
                    "Start `overflight` or `overflight once`: it is copied, then brought up to date.",
                )
            yield connection
        finally:
            connection.close()


def _asked(question: Callable[[], Iterator[str]]) -> tuple[str, ...]:
    """The first findings; a question that the file itself answers with an error is a finding."""
    found = []
    try:
        for problem in question():
            found.append(problem)
            if len(found) == _TOLD:
                found.append("and more")
                break
    except sqlite3.DatabaseError as error:
        found.append(str(error))
    return tuple(found)


def _pages(connection: sqlite3.Connection) -> Iterator[str]:
    for (said,) in connection.execute(f"PRAGMA integrity_check({_TOLD})"):
        if said != "ok":
            yield said


def _references(connection: sqlite3.Connection) -> Iterator[str]:
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        yield f"row {row} of {table} refers to a row of {parent} that is not there"


def _index(connection: sqlite3.Connection, name: str) -> Iterator[str]:
    try:
        connection.execute(f"INSERT INTO {name} ({name}, rank) VALUES ('integrity-check', 1)")  # noqa: S608 - our own word
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_READONLY:
            return
        yield f"it does not agree with the words it was made from ({error})"


def _acknowledged(connection: sqlite3.Connection, path: Path) -> Iterator[str]:
    noted = read_note(path)
    found = generation(connection)
    if found < noted:
        yield f"{noted - found} changes were stored and are gone; start Overflight, and every feed is read anew"
