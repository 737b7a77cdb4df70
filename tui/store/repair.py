"""A damaged store put right: set aside whole, read as far as it can be, and the result put in its place."""

import os
import shutil
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from tui.domain.value import dataclass
from tui.store.acknowledged import poll_all_anew
from tui.store.backup import back_up_to
from tui.store.database import open_writer
from tui.store.errors import StoreDamaged, StoreError, told_plainly
from tui.store.salvage import SavedTable, rebuild, salvage
from tui.store.sqlite import sqlite3
from tui.store.verify import Check, verify

_PARTS = ("", "-wal", "-shm")
"""What a database consists of, beside each other."""


@dataclass(frozen=True, slots=True)
class Repaired:
    """What was done."""

    aside: Path
    """The file as it was found; never deleted by us."""
    tables: tuple[SavedTable, ...] = ()
    """What could be read of each table; empty when only indexes were made anew."""
    indexes: tuple[str, ...] = ()
    """What was made anew in place."""

    def rows(self, table: str) -> int:
        """How many rows of a table were saved."""
        return sum(saved.rows for saved in self.tables if saved.name == table)

    @property
    def partial(self) -> tuple[str, ...]:
        """Tables that could not be read to the end, or lost rows with another table's."""
        return tuple(saved.name for saved in self.tables if not saved.whole or saved.unattached)


def repair(path: Path, now: datetime) -> Repaired | None:
    """Put a damaged store right; None when nothing ails it. Nobody else may have it open.

    Raises:
        StoreError: the file is not ours, is newer, or there is no room for the copies.
    """
    try:
        checks = verify(path)
    except StoreDamaged:
        if not looks_like_a_database(path):
            raise
        return _from_its_remains(path, now)
    ailing = [check for check in checks if not check.fine]
    if not ailing:
        return None
    if any(check.grave for check in ailing):
        return _from_its_remains(path, now)
    return _made_up_for(path, [check for check in ailing if check.index], now)


def looks_like_a_database(path: Path) -> bool:
    """Whether the file begins as every SQLite file does, or did before its first bytes were damaged."""
    try:
        with path.open("rb") as file:
            head = file.read(24)
    except OSError:
        return False
    return head.startswith(b"SQLite format 3\x00") or head[21:24] == bytes((64, 32, 32))


def aside_name(path: Path, now: datetime) -> Path:
    """A free name beside the file for what was found, by the second (UTC)."""
    stem = path.with_name(f"{path.name}.damaged-{now:%Y%m%dT%H%M%SZ}")
    number, name = 1, stem
    while os.path.lexists(name):
        number += 1
        name = stem.with_name(f"{stem.name}.{number}")
    return name


def _made_up_for(path: Path, ailing: Sequence[Check], now: datetime) -> Repaired:
    """Make indexes anew in place; what was acknowledged and is gone is asked for again as the file is opened."""
    aside = aside_name(path, now)
    back_up_to(path, aside)
    names = tuple(check.index for check in ailing)
    writer = open_writer(path)
    try:
        with writer.transaction(durable=True) as connection:
            for name in names:
                rebuild(connection, name)
    finally:
        writer.close()
    return Repaired(aside, indexes=names)


def _from_its_remains(path: Path, now: datetime) -> Repaired:
    """Copy aside, read the copy's copy into a new file, and put that in place."""
    size = sum(part.stat().st_size for part in _beside(path) if part.exists())
    if shutil.disk_usage(path.parent).free < 3 * size:
        raise StoreError(
            f"There is no room to repair the database ({3 * size // 1_000_000 + 1} MB are needed)",
            path,
            "Free some space and try again; nothing was changed.",
        )
    aside = aside_name(path, now)
    work, fresh = (path.with_name(f"{path.name}.{what}-{os.getpid()}") for what in ("reading", "salvaged"))
    try:
        for target in (aside, work):
            _copy(path, target)
        os.close(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        with told_plainly(fresh, writing=True):
            tables = salvage(work, fresh)
            _ready(fresh)
        for part in _beside(path)[1:]:  # a log belongs to the file it was written for
            part.unlink(missing_ok=True)
        fresh.replace(path)
    except OSError as error:
        raise StoreError(
            f"The database cannot be repaired ({error.strerror})",
            path,
            "It was left as it is; free some space.",
        ) from error
    finally:
        for part in (*_beside(work), *_beside(fresh)):
            part.unlink(missing_ok=True)
    open_writer(path).close()  # and with it, the note of what was acknowledged
    return Repaired(aside, tables)


def _ready(fresh: Path) -> None:
    """What was lost is fetched again: no feed may answer "nothing new". Then all of it onto the disk."""
    connection = sqlite3.connect(fresh, isolation_level=None)
    try:
        poll_all_anew(connection)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA journal_mode = DELETE")
    finally:
        connection.close()
    with fresh.open("rb") as file:
        os.fsync(file.fileno())


def _copy(path: Path, target: Path) -> None:
    for part, copy in zip(_beside(path), _beside(target), strict=True):
        if part.exists() and not part.name.endswith("-shm"):
            os.close(os.open(copy, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            shutil.copyfile(part, copy)


def _beside(path: Path) -> tuple[Path, ...]:
    return tuple(path.with_name(f"{path.name}{ending}") for ending in _PARTS)
