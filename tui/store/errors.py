"""What can go wrong with the file, in words a person can act on."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tui.pipeline.keeping import StoreUnableError
from tui.store.sqlite import sqlite3


class StoreError(StoreUnableError):
    """The store cannot be used; says what, where and what next in one line."""

    def __init__(self, what: str, where: Path, next_step: str) -> None:
        super().__init__(f"{what}: {where}. {next_step}")
        self.what = what
        self.where = where
        self.next_step = next_step


class StoreFull(StoreError):  # noqa: N818 - reads as what happened; every kind is a StoreError
    """No room left; nothing was stored, what was stored before is whole, and a later try may work."""


class StoreBusy(StoreError):  # noqa: N818 - as above
    """Another process kept the write lock for longer than we wait; a later try may work."""


class StoreDamaged(StoreError):  # noqa: N818 - as above
    """The file is no database, or pages of it are damaged."""


class StoreNewer(StoreError):  # noqa: N818 - as above
    """A newer version of the program made the file."""


class StoreGone(StoreError):  # noqa: N818 - as above
    """The file was moved, deleted or replaced while we held it open."""


def _full(path: Path) -> StoreError:
    return StoreFull(
        "The disk does not take what is written to the database (no room left, a quota, or a failing disk)",
        path,
        "Free some space, then try again; fetching goes on by itself. Nothing stored is lost.",
    )


def unwritable(path: Path) -> StoreError:
    """We may not write the file or its folder."""
    return StoreError(
        "The database cannot be written",
        path,
        "Make the database and its folder writable for you, or set OVERFLIGHT_HOME to a folder of yours.",
    )


def _unreadable(path: Path) -> StoreError:
    return StoreError(
        "The database cannot be opened",
        path,
        "Check that the database's folder is there and yours to read and write, or set OVERFLIGHT_HOME.",
    )


def _busy(path: Path) -> StoreError:
    return StoreBusy("Another process is busy writing the database", path, "Try again in a moment.")


def damaged(path: Path) -> StoreDamaged:
    """Pages of the file are damaged."""
    return StoreDamaged(
        "The database is damaged",
        path,
        "Run `overflight repair` (it keeps the file), or put a backup in its place.",
    )


def _no_database(path: Path) -> StoreDamaged:
    return StoreDamaged(
        "The file is no database",
        path,
        "Move it away or put a backup in its place, or name another with --db.",
    )


def gone(path: Path) -> StoreGone:
    """The file was moved, deleted or replaced while we held it open."""
    return StoreGone(
        "The database was moved, deleted or replaced while it was open",
        path,
        "Put the database back, or start Overflight again; nothing more is written.",
    )


_BY_CODE: dict[int, Callable[[Path], StoreError]] = {
    sqlite3.SQLITE_FULL: _full,
    sqlite3.SQLITE_IOERR: _unreadable,
    sqlite3.SQLITE_CANTOPEN: _unreadable,
    sqlite3.SQLITE_AUTH: _unreadable,
    sqlite3.SQLITE_READONLY: unwritable,
    sqlite3.SQLITE_PERM: unwritable,
    sqlite3.SQLITE_BUSY: _busy,
    sqlite3.SQLITE_LOCKED: _busy,
    sqlite3.SQLITE_CORRUPT: damaged,
    sqlite3.SQLITE_NOTADB: _no_database,
}


_CODE_OF_WORDS = {
    "database or disk is full": sqlite3.SQLITE_FULL,
    "disk I/O error": sqlite3.SQLITE_IOERR,
    "database disk image is malformed": sqlite3.SQLITE_CORRUPT,
    "attempt to write a readonly database": sqlite3.SQLITE_READONLY,
    "unable to open database file": sqlite3.SQLITE_CANTOPEN,
    "database is locked": sqlite3.SQLITE_BUSY,
}
"""What goes wrong in `Connection.backup` has words (those of sqlite3_errstr) and no code."""


def explained(error: sqlite3.DatabaseError, path: Path, *, writing: bool = False) -> StoreError | None:
    """The same failure for a person; None when it is our own mistake and no matter of the file."""
    code = getattr(error, "sqlite_errorcode", None) or _CODE_OF_WORDS.get(str(error))
    if code is None:
        return None
    if writing and code & 0xFF == sqlite3.SQLITE_IOERR:  # what a quota or a limit on file size gives
        return _full(path)
    explain = _BY_CODE.get(code & 0xFF)
    return explain(path) if explain else None


@contextmanager
def told_plainly(path: Path, *, writing: bool = False) -> Iterator[None]:
    """Turn what SQLite says of the file into a StoreError; our own mistakes pass as they are."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        plain = explained(error, path, writing=writing)
        if plain is None:
            raise
        raise plain from error
