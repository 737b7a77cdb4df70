"""Search over stored stories; what a person types is words, never FTS syntax."""

import unicodedata

from tui.domain.board import StoryRow
from tui.store.detail import STORY_COLUMNS, story_row_of
from tui.store.sqlite import sqlite3
from tui.store.values import plain

LONGEST_QUERY = 200
"""Characters of the query that are looked at; tens of thousands of terms would take a second."""

MOST_WORDS = 16


def match_of(text: str) -> str | None:
    """The FTS5 expression for stories that hold every word, the last as a beginning; None without a word."""
    words = plain(text[:LONGEST_QUERY]).replace('"', " ").replace("\ufffd", " ").split()
    quoted = [f'"{word}"' for word in words if any(map(_is_word_character, word))][:MOST_WORDS]
    return " ".join(quoted) + "*" if quoted else None


def search_stories(connection: sqlite3.Connection, text: str, limit: int) -> tuple[StoryRow, ...]:
    """Stories that hold every word, newest first: ranking would score every hit of a common word."""
    match = match_of(text)
    if match is None:
        return ()
    rows = connection.execute(
        f"""
        SELECT {STORY_COLUMNS} FROM story_fts JOIN story ON story.id = story_fts.rowid
            JOIN entry ON entry.id = story.id JOIN feed ON feed.id = entry.feed_id
        WHERE story_fts MATCH ? AND NOT story.hidden ORDER BY story_fts.rowid DESC LIMIT ?
        """,  # noqa: S608 - constants
        (match, limit),
    )
    return tuple(story_row_of(row) for row in rows)


def _is_word_character(character: str) -> bool:
    return unicodedata.category(character)[0] in "LN"
