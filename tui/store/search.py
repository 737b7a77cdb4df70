"""What a query finds, among incidents and among stories."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from tui.domain.board import Facet, Facets, Found, IncidentRow, StoryHit
from tui.domain.codes import Severity
from tui.domain.query_tree import All, Part, Words
from tui.store.detail import STORY_COLUMNS, STORY_TABLES, story_row_of
from tui.store.incident_rows import ROW_COLUMNS, names_of_looked, row_of
from tui.store.query_sql import match_of, of_incidents_alone, on_incidents, on_stories
from tui.store.sqlite import sqlite3
from tui.store.values import to_json

MOST_RANKED = 2000
"""Stories that are scored by how well they fit; of more than that the newest come first."""

MOST_COUNTED = 2_000
"""Stories that are counted: who is told of so many types another word."""

_FIT = "bm25(story_fts, 2.0, 1.0)"
"""How well a story fits the words; one of the headline counts twice."""

FEW = 2_000
"""Incidents of which a list of all stories is made in some milliseconds."""


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
        ORDER BY incident.origin = 'baseline', iif(incident.origin = 'baseline', event_date, '') DESC,
            coalesce(nullif(told, 0), last_revised) DESC, incident.id DESC
        LIMIT :most
        """,  # noqa: S608 - as above
        names,
    )
    return Found(tuple(row_of(row) for row in rows), total)


def search_stories(
    connection: sqlite3.Connection, query: Part, now: datetime, limit: int, *, few: int = FEW
) -> Found[StoryHit]:
    """Stories of the query, the best fit first where there are words and not too many hits, else the newest.

    Of at most `few` incidents a list of stories is made; of more, each story with the words is asked for its incident.
    """
    words, rest = _apart(query)
    looked = names_of_looked(connection)
    listed = words is not None and _are_few(connection, rest, now, looked, few)
    condition = on_stories(rest, now, led=words is not None and not listed)
    names = {**looked, **condition.names, "most": limit, "words": words}
    # Led by the words where there are some, else by the index of shown stories: neither is read to its end.
    shown = f"FROM story WHERE story.hidden = 0 AND {condition.sql}"
    newest = "effective DESC, story.id DESC"
    if listed:
        # With the plus the words lead and the list is looked into; without, they are looked up anew for each story.
        shown = f"""FROM (SELECT rowid AS id, {_FIT} AS fit FROM story_fts
            WHERE story_fts MATCH :words AND +rowid IN (SELECT story.id {shown})) AS story"""  # noqa: S608 - as above
        newest = "story.id DESC"
    elif words:
        shown = f"""FROM story_fts JOIN story ON story.id = story_fts.rowid
            WHERE story_fts MATCH :words AND story.hidden = 0 AND {condition.sql}"""
        newest = "story_fts.rowid DESC"
    (total,) = connection.execute(
        f"SELECT count(*) FROM (SELECT 1 {shown} LIMIT {MOST_COUNTED + 1})",  # noqa: S608 - as above
        names,
    ).fetchone()
    fit = "fit" if listed else _FIT
    order = f"{fit}, {newest}" if words and total <= MOST_RANKED else newest
    found = connection.execute(f"SELECT story.id {shown} ORDER BY {order} LIMIT :most", names)
    rows = _rows(connection, [story for (story,) in found])
    return Found(rows, min(total, MOST_COUNTED), counted=total <= MOST_COUNTED)


def _are_few(
    connection: sqlite3.Connection, rest: Part, now: datetime, looked: Mapping[str, int], few: int
) -> bool:
    """Whether what is asked for beside words are facts, and those of few incidents."""
    if not of_incidents_alone(rest):
        return False
    condition = on_incidents(rest, now)
    (number,) = connection.execute(
        f"SELECT count(*) FROM (SELECT 1 FROM incident WHERE {condition.sql} LIMIT {few + 1})",  # noqa: S608 - as above
        {**looked, **condition.names},
    ).fetchone()
    return bool(number <= few)


def _rows(connection: sqlite3.Connection, stories: Sequence[int]) -> tuple[StoryHit, ...]:
    """These stories, in this order."""
    rows = connection.execute(
        f"""
        SELECT {STORY_COLUMNS}, story.summary, (
            SELECT group_concat(iso2, ' ') FROM (
                SELECT DISTINCT iso2 FROM report JOIN incident_country USING (incident_id)
                WHERE report.story_id = story.id ORDER BY report.position, incident_country.position)
        ), (SELECT min(severity) FROM report JOIN incident ON incident.id = incident_id WHERE story_id = story.id)
        FROM json_each(?) AS hit JOIN {STORY_TABLES} AND story.id = hit.value ORDER BY hit.key
        """,  # noqa: S608 - constants
        (to_json(stories),),
    )
    ranks = list(Severity)
    return tuple(
        StoryHit(
            story_row_of(tuple(columns)),
            summary,
            tuple((states or "").split()),
            Severity.ROUTINE if rank is None else ranks[rank],
        )
        for *columns, summary, states, rank in rows
    )


FACETS = ("country", "object", "event", "actor", "certainty")
"""Fields that are counted, in the order in which they are shown."""

_MOST_VALUES = 60
"""Values of a field that are listed; the interface shows the first of them."""


def count_facets(connection: sqlite3.Connection, query: Part, now: datetime) -> Facets:
    """Over all incidents of a query."""
    condition = on_incidents(query, now)
    names = {**names_of_looked(connection), **condition.names}
    shown = f"(incident.stories > 0 OR incident.origin = 'baseline') AND {condition.sql}"
    rows = connection.execute(
        f"""
        WITH asked AS MATERIALIZED (SELECT id, certainty FROM incident WHERE {shown})
        SELECT '', '', count(*) FROM asked
        UNION ALL SELECT 'certainty', certainty, count(*) FROM asked GROUP BY certainty
        UNION ALL SELECT field, value, count(*) FROM asked CROSS JOIN incident_fact ON incident_id = asked.id
            WHERE field IN ('country', 'object', 'event', 'actor') GROUP BY field, value
        """,  # noqa: S608 - our own words; values are parameters
        names,
    ).fetchall()
    total = next(number for field, _, number in rows if not field)
    facets = [
        Facet(field, value, number)
        for wanted in FACETS
        for field, value, number in sorted(
            (row for row in rows if row[0] == wanted), key=lambda row: (-row[2], row[1])
        )[:_MOST_VALUES]
    ]
    return Facets(total, tuple(facets))


def _apart(query: Part) -> tuple[str | None, Part]:
    """The words that every hit holds, as one FTS5 expression, and what else is asked for."""
    parts = query.parts if isinstance(query, All) else (query,)
    words = [part for part in parts if isinstance(part, Words)]
    matches = list(map(match_of, words))
    if not words or None in matches:
        return None, query
    rest = tuple(part for part in parts if not isinstance(part, Words))
    return " AND ".join(filter(None, matches)), All(rest)
