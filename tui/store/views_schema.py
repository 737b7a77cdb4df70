"""The tables of saved views, notes and tags. Never edited once released."""

VIEWS_AND_NOTES = (
    """
    CREATE TABLE saved_view (           -- a query under a name
        name TEXT PRIMARY KEY,
        position INTEGER NOT NULL,      -- from 1, without gaps
        query TEXT NOT NULL,            -- as written; empty: everything
        window INTEGER,                 -- seconds; null: all
        sort TEXT NOT NULL,             -- age, severity, sources, country
        made_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE incident_note (        -- what a person wrote beside an incident
        home_id INTEGER PRIMARY KEY REFERENCES incident (id) ON DELETE CASCADE, -- beside which it was written
        incident_id INTEGER NOT NULL REFERENCES incident (id) ON DELETE CASCADE, -- which that is shown in now
        text TEXT NOT NULL,
        noted_at INTEGER NOT NULL
    ) STRICT
    """,
    "CREATE INDEX incident_note_shown ON incident_note (incident_id)",
    """
    CREATE TABLE incident_tag (         -- a person's tags
        home_id INTEGER NOT NULL REFERENCES incident (id) ON DELETE CASCADE, -- as above
        folded TEXT NOT NULL,           -- without case and accents
        incident_id INTEGER NOT NULL REFERENCES incident (id) ON DELETE CASCADE, -- as above
        tag TEXT NOT NULL,              -- as written, in small letters
        tagged_at INTEGER NOT NULL,
        PRIMARY KEY (home_id, folded)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX incident_tag_shown ON incident_tag (incident_id, folded)",
    "CREATE INDEX incident_tag_by_name ON incident_tag (folded, incident_id)",
)
"""Statements in the order they are run."""
