"""The store as a program starts with it: opened, put right when it is damaged, and what there is to say of it."""

from datetime import datetime
from pathlib import Path

from tui.store.database import Writer, open_writer
from tui.store.errors import StoreDamaged
from tui.store.place import warning_of_place


def open_whole(path: Path, now: datetime) -> tuple[Writer, tuple[str, ...]]:
    """Open for writing; a damaged store is kept aside and read into a new one. What a person should know of it.

    Raises:
        StoreError: it can be neither opened nor put right.
    """
    said = []
    try:
        writer = open_writer(path)
    except StoreDamaged:
        said.append(_put_right(path, now))
        writer = open_writer(path)
    if writer.copy_before_migration is not None:
        said.append(f"The database was brought up to date; as it was: {writer.copy_before_migration}")
    if writer.missing:
        said.append(
            f"{writer.missing} stored changes are missing from the database (its log was damaged or deleted, "
            "or an older copy was put back): every feed is read anew."
        )
    warning = warning_of_place(path)
    if warning:
        said.append(warning)
    return writer, tuple(said)


def _put_right(path: Path, now: datetime) -> str:
    """Repair the store and say what came of it; a file that is no database is left alone."""
    from tui.store.repair import repair  # noqa: PLC0415 - a whole store never needs it

    done = repair(path, now)
    if done is None:
        return "The database looked damaged, and on a second look was not."
    return (
        f"The database was damaged: {done.rows('story'):,} stories of {done.rows('incident'):,} incidents were saved, "
        f"and every feed is read anew. The damaged file: {done.aside}"
    )
