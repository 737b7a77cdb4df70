"""Entries: a narrow row for each, and where its text goes; each function runs inside the caller's transaction."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

import msgspec

from tui.domain.entry import MOST_REVISIONS, RESTLESS, Entry
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


def renamed(
    connection: sqlite3.Connection, feed: str, entries: Sequence[Entry]
) -> Mapping[str, tuple[str, str]]:
    """Of these entries of a feed, those stored under another name: key to the stored key and its text hash.

    Such a one has the link and date of the stored, and its title or its whole wording; of several the latest counts.
    """
    wanted = [
        (plain(one.key), plain(one.url), stamp_or_none(one.published), plain(one.title), plain(one.hash))
        for one in entries
        if one.url
    ]
    rows = connection.execute(
        """
        SELECT wanted.value ->> 0, entry.key, iif(revisions < ?, hash, ?)
        FROM json_each(?) AS wanted JOIN entry ON substr(entry.url, -16) = substr(wanted.value ->> 1, -16)
            LEFT JOIN story ON story.id = entry.id LEFT JOIN dropped_text ON entry_id = entry.id
        WHERE entry.feed_id = (SELECT id FROM feed WHERE url = ?)
            AND entry.url = wanted.value ->> 1 AND entry.published IS wanted.value ->> 2
            AND (coalesce(story.title, dropped_text.title) = wanted.value ->> 3 OR hash = wanted.value ->> 4)
        ORDER BY entry.id
        """,
        (MOST_REVISIONS, RESTLESS, msgspec.json.encode(wanted).decode(), plain(feed)),
    )
    return {key: (stored, known) for key, stored, known in rows}


def touch(connection: sqlite3.Connection, keys: Sequence[str], at: datetime) -> None:
    """Note that entries were seen again."""
    stamp = stamp_of(at)
    connection.executemany(
        "UPDATE entry SET last_seen = ? WHERE key = ? AND last_seen < ?",
        [(stamp, plain(key), stamp) for key in keys],
    )


def file_entries(
    connection: sqlite3.Connection,
    feed_id: int,
    reads: Iterable[ReadEntry],
    at: datetime,
    reader_version: str,
) -> list[tuple[int, ReadEntry]]:
    """Store entries as they are now, no two of one key; those whose story is new or changed, with its id.

    What is stored decides, not what the caller believes: the same entry twice changes nothing.
    """
    calm = [_with_calm_reading(read) for read in reads]
    stored = _stored(connection, calm)
    ids = _insert_entries(
        connection,
        feed_id,
        [read for read in calm if plain(read.entry.key) not in stored],
        at,
        reader_version,
    )
    changed: list[tuple[int, ReadEntry]] = []
    for read in calm:
        key = plain(read.entry.key)
        if key in ids:
            if state_of(read.reading.verdict) is not State.DROPPED:
                _file_text(connection, (ids[key], feed_id), read, at, reader_version)
                changed.append((ids[key], read))
            continue
        entry_id, known_hash, revisions = stored[key]
        if known_hash == plain(read.entry.hash) or revisions >= MOST_REVISIONS:
            touch(connection, (read.entry.key,), at)
            continue
        _update_entry(connection, entry_id, read, at, reader_version)
        if _file_text(connection, (entry_id, feed_id), read, at, reader_version):
            changed.append((entry_id, read))
    return changed


def _with_calm_reading(read: ReadEntry) -> ReadEntry:
    reading = with_finite_numbers(read.reading)
    return read if reading is read.reading else ReadEntry(read.entry, reading)


def _stored(connection: sqlite3.Connection, reads: Iterable[ReadEntry]) -> dict[str, tuple[int, str, int]]:
    """Id, hash and revisions of those that are stored, by key."""
    wanted = msgspec.json.encode([plain(read.entry.key) for read in reads]).decode()
    rows = connection.execute(
        "SELECT key, id, hash, revisions FROM entry WHERE key IN (SELECT value FROM json_each(?))", (wanted,)
    )
    return {key: (entry_id, known_hash, revisions) for key, entry_id, known_hash, revisions in rows}


def _insert_entries(
    connection: sqlite3.Connection,
    feed_id: int,
    reads: Sequence[ReadEntry],
    at: datetime,
    reader_version: str,
) -> dict[str, int]:
    """Store entries never seen before, and the text of those dropped; their ids by key."""
    if not reads:
        return {}
    # The ids that SQLite would give; known beforehand, all rows go in with two statements.
    (last,) = connection.execute("SELECT coalesce(max(id), 0) FROM entry").fetchone()
    numbered = list(enumerate(reads, last + 1))
    stamp = stamp_of(at)
    connection.executemany(
        """
        INSERT INTO entry (id, key, feed_id, identity, hash, url, published, published_raw, zone_assumed,
            first_seen, last_seen, state, score, threshold, lang, reader_version, why)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        [_entry_row(number, feed_id, read, stamp, reader_version) for number, read in numbered],
    )
    connection.executemany(
        "INSERT INTO dropped_text (entry_id, dropped_at, title, summary, publisher) VALUES (?, ?, ?, ?, ?)",
        [
            (number, stamp, plain(read.entry.title), plain(read.entry.summary), plain(read.entry.publisher))
            for number, read in numbered
            if state_of(read.reading.verdict) is State.DROPPED
        ],
    )
    connection.execute("UPDATE feed SET entries = entries + ? WHERE id = ?", (len(numbered), feed_id))
    return {plain(read.entry.key): number for number, read in numbered}


def _entry_row(
    number: int, feed_id: int, read: ReadEntry, stamp: int, reader_version: str
) -> tuple[object, ...]:
    entry, verdict = read.entry, read.reading.verdict
    return (
        number,
        plain(entry.key),
        feed_id,
        plain(entry.identity),
        plain(entry.hash),
        plain(entry.url),
        stamp_or_none(entry.published),
        plain(entry.published_raw),
        entry.zone_assumed,
        stamp,
        stamp,
        state_of(verdict),
        verdict.score,
        verdict.threshold,
        plain(verdict.lang),
        reader_version,
        to_json(verdict.why),
    )


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
