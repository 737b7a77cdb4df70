"""What a query finds, among incidents and among stories."""

from datetime import datetime

from tui.domain.board import Found, IncidentRow, StoryRow
from tui.domain.query_tree import All, Part, Words
from tui.store.detail import STORY_COLUMNS, STORY_TABLES, story_row_of
from tui.store.incident_rows import ROW_COLUMNS, names_of_looked, row_of
from tui.store.query_sql import Condition, match_of, on_incidents, on_stories
from tui.store.sqlite import sqlite3

MOST_RANKED = 5000
"""Stories that are scored by how well they fit; of more than that the newest come first."""


def search_incidents(
    connection: sqlite3.Connection, query: Part, now: datetime, limit: int
) -> Found[IncidentRow]:
    """Incidents of the query, last told first, the baseline after the news; and how many there are in all."""
    condition = on_incidents(query, now)
    names = {**names_of_looked(connection), **condition.names, "most": limit}
    shown = f"(incident.stories > 0 OR incident.origin = 'baseline') AND {condition.sql}"
    (total,) = connection.execute(
        f"SELECT count(*) FROM incident WHERE {shown}",  # noqa: S608 - our own words; values are parameters
        names,
    ).fetchone()
    rows = connection.execute(
        f"""
        SELECT {ROW_COLUMNS} FROM incident LEFT JOIN incident_mark ON incident_id = incident.id WHERE {shown}
        ORDER BY incident.origin = 'baseline', coalesce(nullif(told, 0), last_revised) DESC, incident.id DESC
        LIMIT :most
        """,  # noqa: S608 - as above
        names,
    )
    return Found(tuple(row_of(row) for row in rows), total)


def search_stories(connection: sqlite3.Connection, query: Part, now: datetime, limit: int) -> Found[StoryRow]:
    """Stories of the query, the best fit first where there are words and not too many hits, else the newest."""
    condition = on_stories(query, now)
    names = {**names_of_looked(connection), **condition.names, "most": limit}
    (total,) = connection.execute(
        f"SELECT count(*) FROM {STORY_TABLES} WHERE NOT story.hidden AND {condition.sql}",  # noqa: S608 - as above
        names,
    ).fetchone()
    order = "story.effective DESC, story.id DESC"
    tables = STORY_TABLES
    if (ranking := _ranking(query)) and total <= MOST_RANKED:
        names["ranking"] = ranking
        tables = f"story_fts JOIN {STORY_TABLES} AND story.id = story_fts.rowid"
        condition = Condition(f"story_fts MATCH :ranking AND {condition.sql}")
        order = f"bm25(story_fts, 2.0, 1.0), {order}"
    rows = connection.execute(
        f"""
        SELECT {STORY_COLUMNS} FROM {tables} WHERE NOT story.hidden AND {condition.sql}
        ORDER BY {order} LIMIT :most
        """,  # noqa: S608 - as above
        names,
    )
    return Found(tuple(story_row_of(row) for row in rows), total)


def _ranking(query: Part) -> str | None:
    """The words that every hit holds, as an FTS5 expression; None where there are none."""
    parts = query.parts if isinstance(query, All) else (query,)
    words = [match_of(part) for part in parts if isinstance(part, Words)]
    return " AND ".join(filter(None, words)) or None
