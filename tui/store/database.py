"""The file itself: opened, guarded, and written one short transaction at a time."""

import os
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from tui.store.acknowledged import note_path, poll_all_anew, read_note, write_note
from tui.store.errors import StoreError, damaged, gone, told_plainly, unwritable
from tui.store.functions import install
from tui.store.generation import generation
from tui.store.migrations import SCHEMA_VERSION, check_version, migrate
from tui.store.sqlite import sqlite3

BUSY_SECONDS = 5.0
"""How long a write waits for another process's."""

PATIENT_SECONDS = 15.0
"""As above, of who fetches and has nobody waiting for it: shorter than the lease that it renews meanwhile."""

BUSY_PAUSE = 0.02
"""Seconds between two tries where SQLite itself does not wait."""

CHECKED_SIZE = 4 * 1024 * 1024
"""Bytes up to which the whole file is checked at every opening: some 10 ms."""

_WAL_LIMIT = 16 * 1024 * 1024


class OpenFile:
    """A connection and the file it was opened on."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self.connection = connection
        self.path = path
        self._opened = _identity(path)

    def still_there(self) -> bool:
        """Whether the path still names the file we hold; False once it was moved, deleted or replaced."""
        return _identity(self.path) == self._opened

    def require_still_there(self) -> None:
        """Raise StoreGone rather than write into, or read from, a file nobody can find."""
        if not self.still_there():
            raise gone(self.path)

    def close(self) -> None:
        """Close the connection; twice is once."""
        self.connection.close()


class Writer(OpenFile):
    """A connection that writes; of one thread at a time."""

    def __init__(self, connection: sqlite3.Connection, path: Path, copy: Path | None) -> None:
        super().__init__(connection, path)
        self.copy_before_migration = copy
        """Where the file was copied to before its schema was changed; None when it was not."""
        self._noted = 0
        self.missing = 0
        """Changes that were acknowledged as stored and are not in the file; the feeds are then read anew."""

    @contextmanager
    def transaction(self, *, durable: bool) -> Iterator[sqlite3.Connection]:
        """All of it or none; durable waits for the disk, else power loss may take the last seconds."""
        self.require_still_there()
        connection = self.connection
        with told_plainly(self.path, writing=True):
            connection.execute("PRAGMA synchronous = FULL" if durable else "PRAGMA synchronous = NORMAL")
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                # A full disk makes SQLite roll back by itself.
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
            self._acknowledge()

    def look_for_missing(self) -> None:
        """Compare the file with the note beside it; one that stands behind is filled again from the feeds."""
        noted = read_note(self.path)  # before the file is looked at: another process may be storing
        if noted <= generation(self.connection):
            return
        with self.transaction(durable=True) as connection:
            self.missing = max(0, noted - generation(connection))
            if self.missing:
                poll_all_anew(connection)
                connection.execute("UPDATE meta SET value = ? WHERE name = 'generation'", (noted,))

    def _acknowledge(self) -> None:
        """Note beside the file how far it has come, after the commit."""
        reached = generation(self.connection)
        if reached > self._noted:
            write_note(self.path, reached)
            self._noted = reached


class Reader(OpenFile):
    """A read-only connection; of one thread at a time."""

    @contextmanager
    def snapshot(self) -> Iterator[sqlite3.Connection]:
        """Everything read inside is of one moment; keep it short, it holds the write-ahead log."""
        with told_plainly(self.path):
            self.connection.execute("BEGIN")
            try:
                yield self.connection
            finally:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")


def open_writer(path: Path, *, make: bool = True, patience: float = BUSY_SECONDS) -> Writer:
    """Open for writing; makes the folder (0700), the file (0600) and the tables when they are missing.

    Without `make` a missing file is StoreGone: what ran on it must not begin another in its place.
    """
    if not make and not path.exists():
        raise gone(path)
    _make(path)
    with told_plainly(path, writing=True):
        connection = sqlite3.connect(
            path,
            timeout=BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,
        )
        try:
            install(connection)
            new = not check_version(connection, path)
            if new:
                note_path(path).unlink(missing_ok=True)
            _keep_a_log(connection)
            connection.execute(f"PRAGMA journal_size_limit = {_WAL_LIMIT}")
            # Only the process that fetches folds the log back (Keeper.checkpoint).
            connection.execute("PRAGMA wal_autocheckpoint = 0")
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA recursive_triggers = ON")
            connection.execute("PRAGMA cache_size = -8000")
            copy = migrate(connection, path)
            if path.stat().st_size <= CHECKED_SIZE:
                check_pages(connection, path)
            writer = Writer(connection, path, copy)
            writer.look_for_missing()
            connection.execute(f"PRAGMA busy_timeout = {int(patience * 1000)}")
        except BaseException:
            connection.close()
            raise
    return writer


def open_reader(path: Path, *, cache: int = 16_000, briefly: bool = False) -> Reader:
    """Open for reading only; the file must be there and up to date. `cache` is KB of pages that are kept.

    `briefly`: for one look, where nothing that is written meanwhile is missed.
    """
    _refuse_what_is_no_file(path)
    if not path.exists():
        raise StoreError(
            "There is no database yet", path, "Start `overflight` or `overflight once` to make it."
        )
    with told_plainly(path):
        connection = sqlite3.connect(
            f"file:{quote(str(path.absolute()))}?mode=ro{_unchanging(path, briefly=briefly)}",
            uri=True,
            timeout=BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,
        )
        try:
            install(connection)
            connection.execute("PRAGMA query_only = ON")
            _refuse_older(check_version(connection, path), path)
            connection.execute(f"PRAGMA cache_size = {-cache}")
            return Reader(connection, path)
        except BaseException:
            connection.close()
            raise


def _unchanging(path: Path, *, briefly: bool) -> str:
    """SQLite cannot make its shared memory where nothing can be written: there it reads a file at rest as it is."""
    if any(path.with_name(path.name + ending).exists() for ending in ("-wal", "-shm")):
        return ""
    fixed = bool(os.statvfs(path).f_flag & os.ST_RDONLY) if hasattr(os, "statvfs") else False
    return "&immutable=1" if fixed or (briefly and not os.access(path.parent, os.W_OK)) else ""


def _keep_a_log(connection: sqlite3.Connection) -> None:
    """Turn the write-ahead log on; the only statement for which SQLite does not wait for others by itself."""
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if (
                getattr(error, "sqlite_errorcode", 0) & 0xFF != sqlite3.SQLITE_BUSY
                or time.monotonic() > deadline
            ):
                raise
            time.sleep(BUSY_PAUSE)
        else:
            return


def check_pages(connection: sqlite3.Connection, path: Path) -> None:
    """Look at every page (some 400 MB a second); raises StoreDamaged for the first that is wrong."""
    (answer,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if answer != "ok":
        raise damaged(path)


def _make(path: Path) -> None:
    """The folder and the empty file, for their owner alone; refuses what is not ours to write."""
    try:
        path.parent.mkdir(parents=True, mode=0o700, exist_ok=True)
        _refuse_what_is_no_file(path)
        _refuse_a_folder_anyone_may_write(path.parent)
        if not path.exists():
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        # SQLite opens what it may not write for reading, and says nothing.
        for place in (path, path.parent):
            if not os.access(place, os.W_OK):
                raise unwritable(path)
    except FileExistsError as error:
        if not path.exists():  # a broken link, or a file where the folder should be
            raise _not_made(path, error) from error
    except OSError as error:
        raise _not_made(path, error) from error


def _refuse_older(version: int, path: Path) -> None:
    if version < SCHEMA_VERSION:
        raise StoreError(
            "The database is of an older version",
            path,
            "Start `overflight` or `overflight once`: it is copied, then brought up to date.",
        )


def _not_made(path: Path, error: OSError) -> StoreError:
    return StoreError(
        f"The database cannot be made ({error.strerror})",
        path,
        "Make its folder writable, or set OVERFLIGHT_HOME to a folder of yours.",
    )


def _refuse_what_is_no_file(path: Path) -> None:
    """A folder would be an odd error, a pipe would hang, another user's file is a trap."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return
    except OSError as error:
        raise StoreError(
            f"The database cannot be reached ({error.strerror})",
            path,
            "Check the permissions of its folder, or set OVERFLIGHT_HOME to a folder of yours.",
        ) from error
    if not stat.S_ISREG(found.st_mode):
        kind = "a folder" if stat.S_ISDIR(found.st_mode) else "no ordinary file"
        raise StoreError(f"The path of the database is {kind}", path, "Name a file instead.")
    if path.is_symlink() and found.st_uid != os.geteuid():
        raise StoreError("The path of the database links to another user's file", path, "Remove the link.")


def _refuse_a_folder_anyone_may_write(folder: Path) -> None:
    mode = folder.stat().st_mode
    if mode & stat.S_IWOTH and not mode & stat.S_ISVTX:
        raise StoreError(
            "Anyone may replace the files of this folder",
            folder,
            "Run `chmod 700` on it, or set OVERFLIGHT_HOME to a folder of yours.",
        )


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
