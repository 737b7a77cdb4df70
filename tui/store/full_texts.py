"""Whole texts of stories: asked for, fetched once, kept."""

from datetime import datetime, timedelta

from tui.domain.full_text import FullText, Unread
from tui.domain.reading import Reading
from tui.store.conclusions import conclude_again
from tui.store.correction_rows import load_constraints
from tui.store.database import Writer
from tui.store.errors import told_plainly
from tui.store.generation import raise_generation
from tui.store.settling import Writing
from tui.store.sqlite import sqlite3
from tui.store.values import from_json, moment_of, moment_or_none, plain, stamp_of, to_json

_MOST = 50
"""Stories looked at for one whose publisher may be asked now."""

_LATELY = timedelta(days=1)
"""Stories first seen longer ago are not fetched unasked."""

_WAITING = """
    SELECT entry.key, story.url, story.title, feed.url, story.lang, story.published
    FROM full_text JOIN story ON story.id = story_id JOIN entry ON entry.id = story.id
        JOIN feed ON feed.id = entry.feed_id
    WHERE fetched_at IS NULL ORDER BY asked_at DESC, story_id DESC LIMIT ?
"""


def ask_for(connection: sqlite3.Connection, key: str, at: datetime) -> None:
    """Want the whole text of a story; one that failed is wanted again, one that is there stays."""
    connection.execute(
        """
        INSERT INTO full_text (story_id, asked_at)
        SELECT story.id, ? FROM story JOIN entry ON entry.id = story.id WHERE entry.key = ?
        ON CONFLICT (story_id) DO UPDATE SET asked_at = excluded.asked_at, fetched_at = NULL, problem = ''
            WHERE problem <> ''
        """,
        (stamp_of(at), plain(key)),
    )
    raise_generation(connection)


def load_full_text(connection: sqlite3.Connection, story_id: int) -> FullText | None:
    """What came of asking; None when nobody asked."""
    row = connection.execute(
        "SELECT asked_at, fetched_at, text, reading, problem FROM full_text WHERE story_id = ?", (story_id,)
    ).fetchone()
    if row is None:
        return None
    asked, fetched, text, reading, problem = row
    return FullText(
        moment_of(asked),
        moment_or_none(fetched),
        text,
        None if reading is None else from_json(reading, Reading),
        problem,
    )


class StoreFullTexts:
    """Fits `pipeline.full_text.FullTextBook`; called from one thread at a time."""

    def __init__(self, writer: Writer, made_with: Writing) -> None:
        self.writer = writer
        self._made_with = made_with

    def want_kept(self, since: datetime, now: datetime) -> None:
        """Want the whole text of every story kept since then, at most of the last day."""
        first = max(since, now - _LATELY)
        missing = """
            SELECT id FROM story WHERE first_seen >= ? AND hidden = 0 AND url <> ''
                AND id NOT IN (SELECT story_id FROM full_text)
        """
        with told_plainly(self.writer.path):
            found = self.writer.connection.execute(missing, (stamp_of(first),)).fetchall()
        if found:
            with self.writer.transaction(durable=False) as connection:
                connection.executemany(
                    "INSERT OR IGNORE INTO full_text (story_id, asked_at) VALUES (?, ?)",
                    [(number, stamp_of(now)) for (number,) in found],
                )

    def wanted(self) -> tuple[Unread, ...]:
        """Stories whose whole text is waited for, the one asked for last first: somebody looks at it."""
        with told_plainly(self.writer.path):
            rows = self.writer.connection.execute(_WAITING, (_MOST,)).fetchall()
        return tuple(
            Unread(key, url, title, feed, lang or None, moment_or_none(published))
            for key, url, title, feed, lang, published in rows
        )

    def keep(self, key: str, at: datetime, text: str, reading: Reading | None, problem: str) -> None:
        """Store what came of it; its incidents are concluded anew, and an open board is told."""
        with self.writer.transaction(durable=False) as connection:
            connection.execute(
                """
                UPDATE full_text SET fetched_at = ?, text = ?, reading = ?, problem = ?
                WHERE story_id = (SELECT id FROM entry WHERE key = ?)
                """,
                (
                    stamp_of(at),
                    plain(text),
                    None if reading is None else to_json(reading),
                    plain(problem)[:300],
                    plain(key),
                ),
            )
            if reading is not None:
                self._conclude(connection, key, at)
            raise_generation(connection)

    def _conclude(self, connection: sqlite3.Connection, key: str, at: datetime) -> None:
        """What the page adds is news of now. Where the story belongs stays as it is."""
        constraints, made = load_constraints(connection), self._made_with
        rows = connection.execute(
            "SELECT DISTINCT incident_id FROM report JOIN entry ON entry.id = story_id WHERE entry.key = ?",
            (plain(key),),
        ).fetchall()
        for (incident,) in rows:
            if incident is not None:
                conclude_again(connection, incident, made.conclude, made.line, at, constraints=constraints)

    def close(self) -> None:
        """Close the connection."""
        self.writer.close()
