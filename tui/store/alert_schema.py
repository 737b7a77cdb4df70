"""The step of the schema that keeps what was alerted, what waits to be told, and what incidents said when last looked at."""

ALERTS = (
    """
    CREATE TABLE alert (
        id INTEGER PRIMARY KEY,
        at INTEGER NOT NULL,
        rule TEXT NOT NULL,             -- name of the rule
        triggers TEXT NOT NULL,         -- JSON list
        incident TEXT NOT NULL,         -- key
        text TEXT NOT NULL,             -- what changed, in our words
        fate TEXT NOT NULL CHECK (fate IN ('tell', 'over_budget', 'alone')),
        publisher TEXT,                 -- the only one that tells of it; null: there are several
        incident_row TEXT NOT NULL,     -- JSON IncidentRow as it was then
        links TEXT NOT NULL             -- JSON list of StoryLink
    ) STRICT
    """,
    "CREATE INDEX alert_by_rule ON alert (rule, at)",
    "CREATE INDEX alert_by_incident ON alert (incident, rule, at)",
    """
    CREATE TABLE alert_out (            -- what a channel has to tell, and what became of it
        alert_id INTEGER NOT NULL REFERENCES alert (id) ON DELETE CASCADE,
        channel TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('pending', 'over_budget', 'sent', 'failed')),
        not_before INTEGER NOT NULL,
        ended INTEGER,                  -- when it was sent or given up
        PRIMARY KEY (alert_id, channel)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE INDEX alert_out_waiting ON alert_out (channel, state, not_before)
        WHERE state IN ('pending', 'over_budget')
    """,
    """
    CREATE TABLE alert_channel (        -- a channel that failed last time; no row: it is well
        name TEXT PRIMARY KEY,
        attempts INTEGER NOT NULL,
        since INTEGER NOT NULL,         -- first failure in a row
        next_try INTEGER NOT NULL,
        error TEXT NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE alert_seen (           -- incidents as last evaluated
        incident_id INTEGER PRIMARY KEY REFERENCES incident (id) ON DELETE CASCADE,
        seen_revised INTEGER NOT NULL,
        seen_facts TEXT NOT NULL        -- JSON IncidentFacts
    ) STRICT
    """,
)
"""Statements in the order they are run."""

ALERTS_ON_STATES = (
    """
    CREATE TABLE alert_state (          -- states as last looked at
        iso2 TEXT PRIMARY KEY,
        blind_since INTEGER,            -- null: not blind
        blind_told INTEGER NOT NULL,    -- 1: that it is blind was told, or need not be
        unusual_week TEXT               -- Monday of the last week that was told as unusual
    ) STRICT, WITHOUT ROWID
    """,
)
"""A further step: what is remembered of states."""
