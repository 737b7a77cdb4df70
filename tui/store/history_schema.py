"""The step that keeps how earlier wordings were read, and the history of an incident.

Every moment is whole microseconds since 1970, UTC, as in the first schema.
"""

HISTORY = (
    # JSON Reading of that wording; null: it was replaced before readings were kept, or it was not a story then.
    "ALTER TABLE story_version ADD COLUMN reading TEXT",
    # When it was first told: the clock of "so many days without an outcome" starts here; null: not known yet.
    "ALTER TABLE incident ADD COLUMN first_told INTEGER",
    """
    CREATE TABLE incident_history (     -- apart: the board never needs it
        incident_id INTEGER PRIMARY KEY REFERENCES incident (id) ON DELETE CASCADE,
        history TEXT NOT NULL           -- JSON IncidentHistory
    ) STRICT
    """,
)
"""Statements in the order they are run."""
