"""The first schema, table by table. Never edited once released: a change is a new migration.

Every moment is whole microseconds since 1970, UTC. Every JSON column holds a domain type of the same name.
"""

FIRST_SCHEMA = (
    """
    CREATE TABLE meta (
        name TEXT PRIMARY KEY,          -- generation, beat, looked, ui.* (choices of the interface)
        value ANY
    ) STRICT, WITHOUT ROWID
    """,
    "INSERT INTO meta (name, value) VALUES ('generation', 0), ('beat', 0)",
    """
    CREATE TABLE feed (
        id INTEGER PRIMARY KEY,
        url TEXT NOT NULL UNIQUE,       -- its identity
        name TEXT NOT NULL,             -- what a person calls it
        country TEXT,                   -- home country, ISO 3166-1 alpha-2
        enabled INTEGER NOT NULL DEFAULT 1,
        removed_at INTEGER,             -- when it left feeds.toml; its history stays
        added_at INTEGER,               -- when it came into feeds.toml; null: it never was in it
        settings TEXT NOT NULL,         -- JSON Feed, without its headers: they may hold secrets
        entries INTEGER NOT NULL DEFAULT 0, -- entries ever seen; counted here, since counting rows is slow
        kept INTEGER NOT NULL DEFAULT 0     -- stories ever kept
    ) STRICT
    """,
    """
    CREATE TABLE feed_state (
        feed_id INTEGER PRIMARY KEY REFERENCES feed (id),
        status TEXT NOT NULL,           -- FeedStatus
        etag TEXT,                      -- as the server gave it
        last_modified TEXT,             -- as the server gave it
        body_hash TEXT,                 -- of the last body read
        last_attempt INTEGER,
        last_answer INTEGER,            -- any answer, 304 and errors included
        last_ok INTEGER,                -- an answer that was a feed, or a 304
        last_new INTEGER,               -- an entry not seen before
        next_due INTEGER,
        failures INTEGER NOT NULL DEFAULT 0, -- in a row
        problem TEXT,                   -- the last failure in plain words
        moved_to TEXT                   -- target of a permanent redirect
    ) STRICT
    """,
    """
    CREATE TABLE entry (                -- a narrow row for every entry ever seen, kept for ever
        id INTEGER PRIMARY KEY,
        key TEXT NOT NULL UNIQUE,       -- entry_key(feed, identity)
        feed_id INTEGER NOT NULL REFERENCES feed (id),
        identity TEXT NOT NULL,         -- guid, else link, else a hash
        hash TEXT NOT NULL,             -- of title, summary and link as last seen
        url TEXT NOT NULL,              -- safe link, or empty
        published INTEGER,              -- as the feed dates it; decides nothing
        published_raw TEXT NOT NULL,    -- the date as the feed wrote it
        zone_assumed INTEGER NOT NULL,  -- the raw date named no zone and UTC was taken
        first_seen INTEGER NOT NULL,
        last_seen INTEGER NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('kept', 'dropped', 'war_routine')), -- the last verdict
        score REAL NOT NULL,
        threshold REAL NOT NULL,
        lang TEXT NOT NULL,             -- the language it was read in
        reader_version TEXT NOT NULL,   -- the rules that read it
        why TEXT NOT NULL               -- JSON [Reason]: each with the words it was read from
    ) STRICT
    """,
    """
    CREATE TABLE dropped_text (         -- text of dropped entries, until pruned; never searched
        entry_id INTEGER PRIMARY KEY REFERENCES entry (id) ON DELETE CASCADE,
        dropped_at INTEGER NOT NULL,
        title TEXT NOT NULL,
        summary TEXT NOT NULL,
        publisher TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX dropped_text_age ON dropped_text (dropped_at)",
    """
    CREATE TABLE story (                -- an entry that was kept once, or is war routine; kept for ever
        id INTEGER PRIMARY KEY REFERENCES entry (id),
        hidden INTEGER NOT NULL,        -- war routine: countable, not shown
        title TEXT NOT NULL,
        summary TEXT NOT NULL,
        publisher TEXT NOT NULL,
        lang TEXT NOT NULL,             -- the language it was read in
        url TEXT NOT NULL,
        published INTEGER,
        first_seen INTEGER NOT NULL,
        effective INTEGER NOT NULL,     -- published when that can be, else first seen: a future date moves nothing up
        wording_since INTEGER NOT NULL, -- when the present wording was first seen
        versions INTEGER NOT NULL,      -- wordings seen, the present one included
        score REAL NOT NULL,
        threshold REAL NOT NULL,
        reader_version TEXT NOT NULL,
        reading TEXT NOT NULL           -- JSON Reading of the present wording
    ) STRICT
    """,
    "CREATE INDEX story_effective ON story (effective)",
    """
    CREATE TABLE story_version (        -- wordings that a publisher has since changed
        id INTEGER PRIMARY KEY,
        story_id INTEGER NOT NULL REFERENCES story (id),
        seen INTEGER NOT NULL,          -- when this wording was first seen
        replaced INTEGER NOT NULL,      -- when another took its place
        hash TEXT NOT NULL,
        title TEXT NOT NULL,
        summary TEXT NOT NULL,
        url TEXT NOT NULL,
        UNIQUE (story_id, hash)
    ) STRICT
    """,
    """
    CREATE VIRTUAL TABLE story_fts USING fts5 (
        title, summary, content='story', content_rowid='id', tokenize='unicode61 remove_diacritics 2'
    )
    """,
    """
    CREATE TRIGGER story_fts_insert AFTER INSERT ON story BEGIN
        INSERT INTO story_fts (rowid, title, summary) VALUES (new.id, new.title, new.summary);
    END
    """,
    """
    CREATE TRIGGER story_fts_delete AFTER DELETE ON story BEGIN
        INSERT INTO story_fts (story_fts, rowid, title, summary) VALUES ('delete', old.id, old.title, old.summary);
    END
    """,
    """
    CREATE TRIGGER story_fts_update AFTER UPDATE OF title, summary ON story BEGIN
        INSERT INTO story_fts (story_fts, rowid, title, summary) VALUES ('delete', old.id, old.title, old.summary);
        INSERT INTO story_fts (rowid, title, summary) VALUES (new.id, new.title, new.summary);
    END
    """,
    """
    CREATE TABLE incident (
        id INTEGER PRIMARY KEY,
        key TEXT NOT NULL UNIQUE,       -- as the grouping or the baseline names it
        origin TEXT NOT NULL CHECK (origin IN ('news', 'baseline', 'replay')),
        first_seen INTEGER NOT NULL,    -- when we first knew of it
        last_revised INTEGER NOT NULL,  -- when what is said of it last changed
        told INTEGER NOT NULL DEFAULT 0, -- when it was last in the news: publication, never later than first sight
        stories INTEGER NOT NULL DEFAULT 0,
        publishers INTEGER NOT NULL DEFAULT 0, -- sources are counted by publisher
        follow_up_only INTEGER NOT NULL DEFAULT 0, -- only protest, denial, policy, intelligence, analysis
        severity INTEGER NOT NULL DEFAULT 3, -- 0 critical, 1 high, 2 elevated, 3 routine
        object TEXT,                    -- main object
        event TEXT,                     -- main event
        certainty TEXT NOT NULL,        -- IncidentCertainty
        event_date TEXT,                -- ISO date on which it happened
        outcome TEXT,                   -- how it ended, as far as told
        line TEXT NOT NULL,             -- written from the facts
        facts TEXT NOT NULL,            -- JSON IncidentFacts
        baseline TEXT                   -- JSON BaselineIncident it began as, if any
    ) STRICT
    """,
    """
    CREATE INDEX incident_news ON incident (    -- all that the counts need, so that they read no rows
        last_revised, first_seen, follow_up_only, severity, event, origin, stories
    ) WHERE origin <> 'baseline' AND stories > 0
    """,
    """
    CREATE INDEX incident_first_seen ON incident (first_seen)
        WHERE origin <> 'baseline' AND stories > 0
    """,
    "CREATE INDEX incident_baseline ON incident (event_date) WHERE origin = 'baseline'",
    "CREATE INDEX incident_revised ON incident (last_revised)",
    """
    CREATE TABLE incident_sketch (      -- apart: the board never needs it
        incident_id INTEGER PRIMARY KEY REFERENCES incident (id) ON DELETE CASCADE,
        sketch TEXT NOT NULL            -- JSON IncidentSketch: what the grouping remembers
    ) STRICT
    """,
    """
    CREATE TABLE incident_country (     -- affected states
        incident_id INTEGER NOT NULL REFERENCES incident (id) ON DELETE CASCADE,
        iso2 TEXT NOT NULL,             -- empty: no affected state is told
        position INTEGER NOT NULL,      -- 0 is the main one
        PRIMARY KEY (incident_id, iso2)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX incident_country_by_state ON incident_country (iso2, incident_id)",
    """
    CREATE TABLE report (               -- what one story says about one event
        id INTEGER PRIMARY KEY,         -- rises in the order of first sight
        story_id INTEGER NOT NULL REFERENCES story (id),
        position INTEGER NOT NULL,      -- 0 is the main report of the story
        incident_id INTEGER REFERENCES incident (id), -- null: not grouped (war routine)
        filed_at INTEGER NOT NULL,      -- when it was last assigned
        is_new INTEGER NOT NULL,        -- it opened its incident
        object TEXT,                    -- main object
        event TEXT,                     -- main event
        certainty TEXT,                 -- Certainty; null unknown
        event_date TEXT,                -- ISO date
        facts TEXT NOT NULL,            -- JSON Report
        why TEXT NOT NULL,              -- JSON [GroupReason]
        nearest TEXT,                   -- key of the incident it nearly joined
        nearest_why_not TEXT,
        UNIQUE (story_id, position)
    ) STRICT
    """,
    "CREATE INDEX report_by_incident ON report (incident_id, id)",
    """
    CREATE TABLE timeline (             -- the history of an incident, in our words
        incident_id INTEGER NOT NULL REFERENCES incident (id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        at INTEGER NOT NULL,
        kind TEXT NOT NULL,             -- as TimelineEntry.kind
        source TEXT NOT NULL,           -- publisher, or "rule"
        text TEXT NOT NULL,
        story TEXT,                     -- key of the story, if one
        PRIMARY KEY (incident_id, position)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE incident_mark (        -- what a person did with an incident
        incident_id INTEGER PRIMARY KEY REFERENCES incident (id) ON DELETE CASCADE,
        seen_at INTEGER,                -- null: not seen
        unseen INTEGER NOT NULL DEFAULT 0, -- a person made it new again
        watched_at INTEGER              -- null: not watched
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE correction (           -- what a person corrected; binds the grouping for ever
        id INTEGER PRIMARY KEY,
        at INTEGER NOT NULL,
        kind TEXT NOT NULL,             -- merge, split, move, affected, actor, object, not_incursion, outcome
        incident TEXT,                  -- key of the incident it is about
        story TEXT,                     -- key of the story it is about
        position INTEGER,               -- report of that story
        before TEXT,                    -- JSON of what stood there
        after TEXT,                     -- JSON of what the person says
        note TEXT NOT NULL DEFAULT '',
        undone_at INTEGER               -- taken back; the row stays
    ) STRICT
    """,
    "CREATE INDEX correction_by_incident ON correction (incident)",
    "CREATE INDEX correction_by_story ON correction (story)",
    """
    CREATE TABLE lease (                -- who may fetch
        name TEXT PRIMARY KEY,          -- always 'fetch'
        token TEXT NOT NULL,            -- random, so that a reused pid is no owner
        pid INTEGER NOT NULL,
        host TEXT NOT NULL,
        until INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE request (              -- what a person asked the collector to do; gone once taken
        id INTEGER PRIMARY KEY,
        at INTEGER NOT NULL,
        kind TEXT NOT NULL,             -- due, all, feed, pause, resume
        feed TEXT                       -- URL, for kind feed
    ) STRICT
    """,
    """
    CREATE TABLE collector (            -- what the process that fetches last said of itself; one row
        id INTEGER PRIMARY KEY CHECK (id = 1),
        pid INTEGER,
        host TEXT NOT NULL,
        heartbeat INTEGER,
        state TEXT NOT NULL,            -- none, waiting, polling, idle, paused, offline, failed
        detail TEXT NOT NULL,
        last_poll INTEGER,
        next_poll INTEGER,
        round_done INTEGER NOT NULL,
        round_total INTEGER NOT NULL
    ) STRICT
    """,
)
"""Statements in the order they are run, each on its own: SQLite's script runner would commit in between."""
