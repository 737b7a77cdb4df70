"""How far the store had come when it last answered "stored", noted beside the file.

SQLite drops the rest of a damaged or deleted write-ahead log without a word. The note is of a file of its own,
so a store that stands behind it has lost what it had acknowledged.
"""

import os
from pathlib import Path

from tui.store.sqlite import sqlite3

_DIGITS = 20


def note_path(path: Path) -> Path:
    """Where the note of a database stands."""
    return path.with_name(f"{path.name}-stored")


def read_note(path: Path) -> int:
    """The generation last acknowledged; 0 where nothing readable is noted."""
    try:
        noted = note_path(path).read_bytes()[:_DIGITS]
        return int(noted)
    except (OSError, ValueError):
        return 0


def write_note(path: Path, generation: int) -> None:
    """Note a generation; a disk that takes no note is no reason to stop, the store itself says what ails it."""
    flags = os.O_CREAT | os.O_WRONLY | os.O_NOFOLLOW
    try:
        file = os.open(note_path(path), flags, 0o600)
    except OSError:
        return
    try:
        os.pwrite(file, f"{generation:0{_DIGITS}d}".encode(), 0)
    except OSError:
        return
    finally:
        os.close(file)


def poll_all_anew(connection: sqlite3.Connection) -> None:
    """Forget what the feeds were last answered, so that the next poll of each brings the whole feed again."""
    connection.execute(
        "UPDATE feed_state SET etag = NULL, last_modified = NULL, body_hash = NULL, next_due = NULL"
    )
