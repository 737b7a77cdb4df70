"""The step of the schema that makes views for other programs. Never edited once released.

They use what every SQLite from 3.38 on knows, so that Datasette, pandas and the `sqlite3` shell can read them. A remark behind a
column is its description in docs/data.md.
"""


def _moment(stamp: str) -> str:
    """A stamp as ISO 8601 in UTC, to the second."""
    return f"strftime('%Y-%m-%dT%H:%M:%SZ', {stamp} / 1000000, 'unixepoch')"


def _joined(facts: str, member: str) -> str:
    """A list of JSON facts as words with a space between them; NULL when nobody told."""
    return f"(SELECT group_concat(value, ' ') FROM json_each({facts}, '$.{member}'))"


def _place(facts: str) -> str:
    """Columns of a place."""
    return f"""
        json_extract({facts}, '$.place.name') AS place,             -- where, as far as told
        json_extract({facts}, '$.place.lat') AS latitude,           -- of that place, in degrees
        json_extract({facts}, '$.place.lon') AS longitude,          -- as above
        json_extract({facts}, '$.place.precision') AS place_precision, -- what kind of place the point stands for
    """.strip()


# The facts of incidents and of reports are written in one form.
# ruff: noqa: S608 - constants of this file

INCIDENT_LINES = f"""
    CREATE VIEW incident_lines AS       -- every incident that is shown, one a row, without JSON
    SELECT
        incident.key AS incident,       -- its id, as every command takes it
        line,                           -- what happened, in a line
        (
            SELECT group_concat(iso2, ' ')
            FROM (SELECT iso2 FROM incident_country WHERE incident_id = incident.id AND iso2 <> '' ORDER BY position)
        ) AS states,                    -- affected states, ISO 3166-1 alpha-2, the main one first
        {_joined("facts", "actor")} AS actors, -- states that are said to have sent it
        object,                         -- main object
        event,                          -- main event
        {_joined("facts", "response")} AS responses, -- what was done; null: unknown, not none
        json_extract(facts, '$.count') AS number, -- how many objects
        {_place("facts")}
        certainty,                      -- confirmed, corroborated, claimed, disputed, unfounded
        outcome,                        -- open, confirmed, attributed, unfounded
        event_date,                     -- ISO date on which it happened, as told
        counted AS day,                 -- ISO date on which it counts in statistics; null: only a month or year is told
        {_moment("coalesce(nullif(first_told, 0), first_seen)")} AS first_told, -- when it was first told
        {_moment("nullif(told, 0)")} AS last_told, -- when it was last told
        {_moment("last_revised")} AS last_revised, -- when what is said of it last changed
        stories,                        -- how many tell of it
        publishers,                     -- how many publishing houses
        follow_up_only,                 -- 1: only protest, denial, policy, intelligence, analysis
        origin                          -- news, baseline (known before), replay (invented)
    FROM incident WHERE stories > 0 OR origin = 'baseline'
"""

STORY_LINES = f"""
    CREATE VIEW story_lines AS          -- every kept story, one a row
    SELECT
        entry.key AS story,             -- its id
        story.title,                    -- as published
        story.summary,                  -- as published
        story.publisher,                -- who published it
        feed.name AS feed,              -- the feed it came by
        story.lang,                     -- the language it was read in
        story.url,                      -- its address
        {_moment("story.published")} AS published, -- as the feed dates it
        {_moment("story.first_seen")} AS first_seen, -- when we first saw it
        story.score,                    -- of the verdict; above the threshold it is kept
        story.threshold,                -- as above
        story.versions,                 -- wordings seen
        (
            SELECT group_concat(key, ' ') FROM (
                SELECT DISTINCT incident.key FROM report JOIN incident ON incident.id = report.incident_id
                WHERE report.story_id = story.id ORDER BY report.position
            )
        ) AS incidents                  -- ids of the incidents that it tells of
    FROM story JOIN entry ON entry.id = story.id JOIN feed ON feed.id = entry.feed_id
    WHERE story.hidden = 0
"""

REPORT_FACTS = f"""
    CREATE VIEW report_facts AS         -- what each story says about each event, one a row, without JSON
    SELECT
        entry.key AS story,             -- id of the story
        report.position + 1 AS number_in_story, -- 1 is the main event of the story
        incident.key AS incident,       -- id of the incident; null: in none
        story.publisher,                -- who says it
        {_joined("report.facts", "affected")} AS states, -- affected states
        {_joined("report.facts", "actor")} AS actors, -- states that are said to have sent it
        {_joined("report.facts", "responder")} AS responders, -- states that answered
        {_joined("report.facts", "object")} AS objects, -- what flew
        {_joined("report.facts", "zone")} AS zones, -- where it was not wanted
        {_joined("report.facts", "event")} AS events, -- what it did
        {_joined("report.facts", "response")} AS responses, -- what was done; null: unknown, not none
        report.certainty,               -- confirmed, suspected, alleged, disputed, denied, unfounded
        json_extract(report.facts, '$.count') AS number, -- how many objects
        {_place("report.facts")}
        report.event_date,              -- ISO date on which it happened, as told
        {_moment("story.first_seen")} AS first_seen -- when we first saw the story
    FROM report
    JOIN story ON story.id = report.story_id
    JOIN entry ON entry.id = story.id
    LEFT JOIN incident ON incident.id = report.incident_id
    WHERE story.hidden = 0
"""

FEED_HEALTH = f"""
    CREATE VIEW feed_health AS          -- every feed of the list, and how it stands
    SELECT
        feed.url,                       -- its identity
        feed.name,                      -- what a person calls it
        feed.country,                   -- home country
        json_extract(feed.settings, '$.lang') AS lang, -- language that the list gives it
        json_extract(feed.settings, '$.publisher') AS publisher, -- who publishes it
        json_extract(feed.settings, '$.kind') AS kind, -- agency, national, ministry and so on
        feed.enabled,                   -- 0: switched off
        feed_state.status,              -- never, ok, damaged, failing, gone; null: never asked
        feed_state.problem,             -- the last failure in plain words
        feed_state.failures,            -- failures in a row
        {_moment("feed_state.last_ok")} AS last_ok, -- when it last answered as a feed
        {_moment("feed_state.last_new")} AS last_new, -- when it last brought something new
        {_moment("feed_state.next_due")} AS next_due, -- when it is asked next
        feed.entries,                   -- entries ever seen
        feed.kept                       -- stories ever kept
    FROM feed LEFT JOIN feed_state ON feed_state.feed_id = feed.id
    WHERE feed.removed_at IS NULL
"""

WEEKLY_COUNTS = """
    CREATE VIEW weekly_counts AS        -- incidents in the news by week and affected state, as `overflight stats` counts them
    SELECT
        date(incident.counted, 'weekday 0', '-6 days') AS week, -- Monday of the ISO week
        incident_country.iso2 AS state, -- affected state; empty: none is told. An incident of two states counts in both
        count(*) AS incidents           -- a week without a row is a zero, or nobody was looking: see `overflight stats`
    FROM incident JOIN incident_country ON incident_country.incident_id = incident.id
    WHERE incident.origin <> 'baseline' AND incident.stories > 0 AND incident.follow_up_only = 0 AND incident.counted IS NOT NULL
    GROUP BY 1, 2
"""

OPEN_DATA = (INCIDENT_LINES, STORY_LINES, REPORT_FACTS, FEED_HEALTH, WEEKLY_COUNTS)
"""Statements in the order they are run."""
