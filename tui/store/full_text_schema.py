"""The table of whole texts. Never edited once released."""

FULL_TEXTS = (
    """
    CREATE TABLE full_text (            -- what a publisher's page says; a row without fetched_at is waited for
        story_id INTEGER PRIMARY KEY REFERENCES story (id) ON DELETE CASCADE,
        asked_at INTEGER NOT NULL,
        fetched_at INTEGER,
        text TEXT NOT NULL DEFAULT '',
        reading TEXT,                   -- JSON Reading of headline and text
        problem TEXT NOT NULL DEFAULT ''
    ) STRICT
    """,
    "CREATE INDEX full_text_wanted ON full_text (asked_at) WHERE fetched_at IS NULL",
)
"""Statements in the order they are run."""
