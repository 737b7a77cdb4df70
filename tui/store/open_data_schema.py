"""Views for people and programs that open the store as it is: words, ISO times, no codes of ours. Never edited once released.

Only what SQLite 3.31 knows, since other programs bring their own.
"""

# ruff: noqa: S608 -- put together from constants


def _time(stamp: str) -> str:
    """Microseconds since 1970 as ISO 8601; NULL for none, and for the 0 of old rows."""
    return f"strftime('%Y-%m-%dT%H:%M:%SZ', nullif({stamp}, 0) / 1000000, 'unixepoch')"


def _list(facts: str, name: str) -> str:
    """The values of a list in JSON, blank between them; NULL for none: unknown."""
    return f"(SELECT group_concat(value, ' ') FROM json_each({facts}, '$.{name}'))"


_LISTS = ("affected", "actor", "object", "event", "zone", "response")


def _facts(facts: str) -> str:
    lists = ", ".join(f"{_list(facts, name)} AS {name}" for name in _LISTS)
    return f"""
        {lists},
        json_extract({facts}, '$.certainty') AS certainty,
        json_extract({facts}, '$.count') AS count,
        json_extract({facts}, '$.place.name') AS place,
        json_extract({facts}, '$.place.lat') AS lat,
        json_extract({facts}, '$.place.lon') AS lon,
        json_extract({facts}, '$.place.precision') AS place_precision,
        json_extract({facts}, '$.event_date.date') AS event_date,
        json_extract({facts}, '$.event_date.precision') AS event_date_precision
    """


OPEN_DATA = (
    f"""
    CREATE VIEW incidents AS SELECT
        incident.key AS id, incident.origin, incident.line,
        {_facts("incident.facts")},
        incident.outcome,
        CASE incident.severity WHEN 0 THEN 'critical' WHEN 1 THEN 'high' WHEN 2 THEN 'elevated' ELSE 'routine' END
            AS severity,
        {_time("incident.first_told")} AS first_told, {_time("incident.told")} AS last_told,
        {_time("incident.first_seen")} AS first_seen, {_time("incident.last_revised")} AS last_revised,
        incident.stories, incident.publishers, incident.follow_up_only,
        incident_mark.watched_at IS NOT NULL AS watched
    FROM incident LEFT JOIN incident_mark ON incident_mark.incident_id = incident.id
    WHERE incident.stories > 0 OR incident.origin = 'baseline'
    """,
    f"""
    CREATE VIEW stories AS SELECT
        entry.key AS id, story.title, story.summary, story.publisher, story.lang, story.url,
        {_time("story.published")} AS published, {_time("story.first_seen")} AS first_seen,
        feed.url AS feed, story.score, story.threshold, story.versions, story.hidden,
        nullif(full_text.text, '') AS full_text
    FROM story JOIN entry ON entry.id = story.id JOIN feed ON feed.id = entry.feed_id
        LEFT JOIN full_text ON full_text.story_id = story.id
    """,
    f"""
    CREATE VIEW reports AS SELECT
        entry.key AS story, report.position, incident.key AS incident,
        {_facts("report.facts")},
        {_time("report.filed_at")} AS filed
    FROM report JOIN entry ON entry.id = report.story_id LEFT JOIN incident ON incident.id = report.incident_id
    """,
    f"""
    CREATE VIEW feeds AS SELECT
        feed.url AS id, feed.name, feed.country, json_extract(feed.settings, '$.publisher') AS publisher,
        json_extract(feed.settings, '$.kind') AS kind, feed.enabled, feed.removed_at IS NOT NULL AS removed,
        feed_state.status, feed_state.problem,
        {_time("feed_state.last_ok")} AS last_ok, {_time("feed_state.last_new")} AS last_new,
        {_time("feed_state.next_due")} AS next_due, feed.entries, feed.kept
    FROM feed LEFT JOIN feed_state ON feed_state.feed_id = feed.id
    """,
    """
    CREATE VIEW weekly_counts AS SELECT
        date(incident.counted, 'weekday 0', '-6 days') AS monday, incident_country.iso2 AS country,
        count(*) AS incidents
    FROM incident JOIN incident_country ON incident_country.incident_id = incident.id
    WHERE incident.origin <> 'baseline' AND incident.stories > 0 AND incident.follow_up_only = 0
        AND incident.counted IS NOT NULL
    GROUP BY 1, 2
    """,
)
"""Statements in the order they are run."""
