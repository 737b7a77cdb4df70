"""A whole copy of the store, made while everything else runs."""

import os
from datetime import datetime
from pathlib import Path

from tui.store.database import check_pages, open_reader
from tui.store.errors import StoreError, told_plainly
from tui.store.sqlite import sqlite3


def backup_name(folder: Path, path: Path, now: datetime) -> Path:
    """A free name in a folder: the store's with the time (UTC), and a number for a second one of that second."""
    stem, number = f"{path.stem}-{now:%Y%m%dT%H%M%SZ}", 1
    name = folder / f"{stem}{path.suffix}"
    while os.path.lexists(name):
        number += 1
        name = folder / f"{stem}.{number}{path.suffix}"
    return name


def back_up_to(path: Path, target: Path) -> int:
    """Copy one moment of the store to a new file (0600), looked through page by page; its size in bytes.

    The copy appears under its name only when it is whole. An existing file is never written over.

    Raises:
        StoreError: the store cannot be read, or the copy cannot be made.
    """
    reader = open_reader(path)
    try:
        unfinished = _begin(target)
        try:
            with reader.snapshot() as source:
                _copy(source, unfinished)
            return _finish(unfinished, target)
        finally:
            unfinished.unlink(missing_ok=True)
    finally:
        reader.close()


def _begin(target: Path) -> Path:
    """An empty file beside the target, for its owner alone."""
    if os.path.lexists(target):
        raise _taken(target)
    unfinished = target.with_name(f".{target.name}.copying-{os.getpid()}")
    try:
        unfinished.unlink(missing_ok=True)
        os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except OSError as error:
        raise StoreError(
            f"The backup cannot be made ({error.strerror})", target, "Name a file in a folder you may write."
        ) from error
    return unfinished


def _copy(source: sqlite3.Connection, unfinished: Path) -> None:
    """Page by page, all at once; a log of its own would be a second file."""
    copy = sqlite3.connect(unfinished, isolation_level=None)
    try:
        with told_plainly(unfinished, writing=True):
            source.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
            check_pages(copy, unfinished)
    finally:
        copy.close()


def _finish(unfinished: Path, target: Path) -> int:
    """Onto the disk, then under its name; a name taken meanwhile is left alone."""
    with unfinished.open("rb") as copy:
        os.fsync(copy.fileno())
    try:
        os.link(unfinished, target)  # unlike a rename, it never replaces
    except FileExistsError as error:
        raise _taken(target) from error
    except OSError as error:
        raise StoreError(
            f"The backup cannot be named ({error.strerror})",
            target,
            "Name a file on a disk that knows links.",
        ) from error
    return target.stat().st_size


def _taken(target: Path) -> StoreError:
    return StoreError("There is a file of that name already", target, "Name another; nothing was written.")
