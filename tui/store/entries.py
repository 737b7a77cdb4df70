"""Entries: a narrow row for each, and where its text goes; each function runs inside the caller's transaction."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

import msgspec

from tui.domain.entry import MOST_REVISIONS, RESTLESS
from tui.domain.outcome import State, state_of
from tui.domain.reading import Reading
from tui.pipeline.ports import ReadEntry
from tui.store.sqlite import sqlite3
from tui.store.stories import HIDDEN_BY_MACHINE, insert_story, revise_story
from tui.store.values import finite, plain, stamp_of, stamp_or_none, to_json


def known_hashes(connection: sqlite3.Connection, keys: Iterable[str]) -> Mapping[str, str]:
    """Text hash of each entry already stored, by key; RESTLESS for one that has changed often enough."""
    wanted = msgspec.json.encode([plain(key) for key in keys]).decode()
    rows = connection.execute(
        "SELECT key, iif(revisions < ?, hash, ?) FROM entry WHERE key IN (SELECT value FROM json_each(?))",
        (MOST_REVISIONS, RESTLESS, wanted),
    )
    return dict(rows.fetchall())


def touch(connection: sqlite3.Connection, keys: Sequence[str], at: datetime) -> None:
    """Note that entries were seen again."""
    stamp = stamp_of(at)
    connection.executemany(
        "UPDATE entry SET last_seen = ? WHERE key = ? AND last_seen < ?",
        [(stamp, plain(key), stamp) for key in keys],
    )


def file_entry(
    connection: sqlite3.Connection,
    feed_id: int,
    read: ReadEntry,
    at: datetime,
    reader_version: str,
) -> int | None:
    """Store one entry as it is now; the id of its story when that is new or changed.

    What is stored decides, not what the caller believes: the same entry twice changes nothing.
    """
    entry = read.entry
    read = ReadEntry(entry, with_finite_numbers(read.reading))
    stored = connection.execute(
        "SELECT id, hash, revisions FROM entry WHERE key = ?", (plain(entry.key),)
    ).fetchone()
    if stored is None:
        entry_id = _insert_entry(connection, feed_id, read, at, reader_version)
    else:
        entry_id, known_hash, revisions = stored
        if known_hash == plain(entry.hash) or revisions >= MOST_REVISIONS:
            touch(connection, (entry.key,), at)
            return None
        _update_entry(connection, entry_id, read, at, reader_version)
    return _file_text(connection, (entry_id, feed_id), read, at, reader_version)


def _insert_entry(
    connection: sqlite3.Connection,
    feed_id: int,
    read: ReadEntry,
    at: datetime,
    reader_version: str,
) -> int:
    entry, verdict = read.entry, read.reading.verdict
    cursor = connection.execute(
        """
        INSERT INTO entry (key, feed_id, identity, hash, url, published, published_raw, zone_assumed,
            first_seen, last_seen, state, score, threshold, lang, reader_version, why)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        (
            plain(entry.key),
            feed_id,
            plain(entry.identity),
            plain(entry.hash),
            plain(entry.url),
            stamp_or_none(entry.published),
            plain(entry.published_raw),
            entry.zone_assumed,
            stamp_of(at),
            stamp_of(at),
            state_of(verdict),
            verdict.score,
            verdict.threshold,
            plain(verdict.lang),
            reader_version,
            to_json(verdict.why),
        ),
    )
    connection.execute("UPDATE feed SET entries = entries + 1 WHERE id = ?", (feed_id,))
    if cursor.lastrowid is None:
        raise AssertionError("an insert has a row id")
    return int(cursor.lastrowid)


def _update_entry(
    connection: sqlite3.Connection,
    entry_id: int,
    read: ReadEntry,
    at: datetime,
    reader_version: str,
) -> None:
    """A changed wording; the dates of the first sight stay, since a re-dating is no edit."""
    entry, verdict = read.entry, read.reading.verdict
    connection.execute(
        """
        UPDATE entry SET revisions = revisions + 1, hash = ?, url = ?, last_seen = max(last_seen, ?), state = ?, score = ?, threshold = ?,
            lang = ?, reader_version = ?, why = ?
        WHERE id = ?
        """,
        (
            plain(entry.hash),
            plain(entry.url),
            stamp_of(at),
            state_of(verdict),
            verdict.score,
            verdict.threshold,
            plain(verdict.lang),
            reader_version,
            to_json(verdict.why),
            entry_id,
        ),
    )


def _file_text(
    connection: sqlite3.Connection,
    ids: tuple[int, int],
    read: ReadEntry,
    at: datetime,
    reader_version: str,
) -> int | None:
    """Put the text where the verdict says; a story once kept stays one whatever its new wording."""
    entry_id, feed_id = ids
    story = connection.execute("SELECT hidden FROM story WHERE id = ?", (entry_id,)).fetchone()
    state = state_of(read.reading.verdict)
    if story is not None:
        was_hidden = bool(story[0] & HIDDEN_BY_MACHINE)
        hidden = was_hidden and state != State.KEPT
        revise_story(connection, entry_id, read, at, reader_version, hidden=hidden)
        if was_hidden and not hidden:
            connection.execute("UPDATE feed SET kept = kept + 1 WHERE id = ?", (feed_id,))
        return entry_id
    if state == State.DROPPED:
        _drop_text(connection, entry_id, read, at)
        return None
    insert_story(connection, entry_id, read, at, reader_version, hidden=state == State.WAR_ROUTINE)
    connection.execute("DELETE FROM dropped_text WHERE entry_id = ?", (entry_id,))
    if state == State.KEPT:
        connection.execute("UPDATE feed SET kept = kept + 1 WHERE id = ?", (feed_id,))
    return entry_id


def _drop_text(connection: sqlite3.Connection, entry_id: int, read: ReadEntry, at: datetime) -> None:
    entry = read.entry
    connection.execute(
        """
        INSERT INTO dropped_text (entry_id, dropped_at, title, summary, publisher) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (entry_id) DO UPDATE SET title = excluded.title, summary = excluded.summary
        """,
        (entry_id, stamp_of(at), plain(entry.title), plain(entry.summary), plain(entry.publisher)),
    )


def with_finite_numbers(reading: Reading) -> Reading:
    """The same reading; a number that is none or without end becomes 0, since JSON has no word for it."""
    verdict = reading.verdict
    if math.isfinite(verdict.score + verdict.threshold + sum(reason.weight for reason in verdict.why)):
        return reading
    why = tuple(replace(reason, weight=finite(reason.weight)) for reason in verdict.why)
    calm = replace(verdict, score=finite(verdict.score), threshold=finite(verdict.threshold), why=why)
    return replace(reading, verdict=calm)
