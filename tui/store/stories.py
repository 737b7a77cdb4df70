"""Stories and their earlier wordings; each function runs inside the caller's transaction."""

from datetime import datetime

from tui.domain.entry import believed, text_hash
from tui.pipeline.ports import ReadEntry
from tui.store.sqlite import sqlite3
from tui.store.values import plain, stamp_of, stamp_or_none, to_json

HIDDEN_BY_MACHINE = 1
"""Bit of story.hidden: routine of a war, or dropped by changed rules."""

HIDDEN_BY_PERSON = 2
"""Bit of story.hidden: a person said that it is no incursion."""


def insert_story(
    connection: sqlite3.Connection,
    entry_id: int,
    read: ReadEntry,
    at: datetime,
    reader_version: str,
    *,
    hidden: bool,
) -> None:
    """A story in its first wording; hidden when it is war routine."""
    entry, verdict = read.entry, read.reading.verdict
    connection.execute(
        """
        INSERT INTO story (id, hidden, title, summary, publisher, lang, url, published, first_seen, effective,
            wording_since, versions, score, threshold, reader_version, reading)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?)
        """,
        (
            entry_id,
            hidden,
            plain(entry.title),
            plain(entry.summary),
            plain(entry.publisher) or _publisher_of_feed(connection, entry_id),
            plain(verdict.lang),
            plain(entry.url),
            stamp_or_none(entry.published),
            stamp_of(at),
            stamp_of(believed(entry.published, at) or at),
            stamp_of(at),
            verdict.score,
            verdict.threshold,
            reader_version,
            to_json(read.reading),
        ),
    )


def _publisher_of_feed(connection: sqlite3.Connection, entry_id: int) -> str:
    """Whom the list names as the publisher of the entry's feed, else the feed's name."""
    (publisher,) = connection.execute(
        """
        SELECT coalesce(nullif(settings ->> 'publisher', ''), name)
        FROM entry JOIN feed ON feed.id = feed_id WHERE entry.id = ?
        """,
        (entry_id,),
    ).fetchone()
    return str(publisher)


def revise_story(
    connection: sqlite3.Connection,
    story_id: int,
    read: ReadEntry,
    at: datetime,
    reader_version: str,
    *,
    hidden: bool,
) -> None:
    """Keep the old wording and its reading as a version, once however often a feed goes back and forth; take the new."""
    entry, verdict = read.entry, read.reading.verdict
    connection.execute(
        """
        INSERT INTO story_version (story_id, seen, replaced, hash, title, summary, url, reading)
        SELECT id, wording_since, ?, ?, title, summary, url, reading FROM story WHERE id = ?
        ON CONFLICT (story_id, hash) DO UPDATE SET replaced = excluded.replaced, reading = excluded.reading
        """,
        (stamp_of(at), _hash_of_wording(connection, story_id), story_id),
    )
    connection.execute(
        """
        UPDATE story SET hidden = ?, title = ?, summary = ?, lang = ?, url = ?, wording_since = ?,
            versions = 1 + (SELECT count(*) FROM story_version WHERE story_id = story.id AND hash <> ?),
            score = ?, threshold = ?, reader_version = ?, reading = ?
        WHERE id = ?
        """,
        (
            hidden,
            plain(entry.title),
            plain(entry.summary),
            plain(verdict.lang),
            plain(entry.url),
            stamp_of(at),
            text_hash(plain(entry.title), plain(entry.summary), plain(entry.url)),
            verdict.score,
            verdict.threshold,
            reader_version,
            to_json(read.reading),
            story_id,
        ),
    )


def _hash_of_wording(connection: sqlite3.Connection, story_id: int) -> str:
    """text_hash of the wording that is stored now."""
    title, summary, url = connection.execute(
        "SELECT title, summary, url FROM story WHERE id = ?",
        (story_id,),
    ).fetchone()
    return text_hash(title, summary, url)
