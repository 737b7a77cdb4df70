"""What corrections add to the schema: where the grouping itself put a report, what was corrected when, proposals."""

CORRECTION_SCHEMA = (
    # Where the grouping put the report, when a person's correction shows it elsewhere or hides it; null: incident_id.
    "ALTER TABLE report ADD COLUMN machine_id INTEGER REFERENCES incident (id)",
    "CREATE INDEX report_by_machine ON report (machine_id) WHERE machine_id IS NOT NULL",
    # How often a person has corrected something or taken it back: a collector compares it before it files.
    "INSERT OR IGNORE INTO meta (name, value) VALUES ('corrections', 0)",
    """
    CREATE TABLE corrected_incident (   -- incidents whose sketch a correction changed, for collectors that hold it
        incident_id INTEGER PRIMARY KEY REFERENCES incident (id) ON DELETE CASCADE,
        stamp INTEGER NOT NULL          -- meta.corrections as of then
    ) STRICT
    """,
    "CREATE INDEX corrected_incident_stamp ON corrected_incident (stamp)",
    """
    CREATE TABLE merge_proposal (       -- two incidents that a report fits as well: a person decides
        id INTEGER PRIMARY KEY,
        incident TEXT NOT NULL,         -- key; the lesser of the two
        other TEXT NOT NULL,            -- key
        story TEXT NOT NULL,            -- key of the story that fits both
        why TEXT NOT NULL,              -- JSON [GroupReason]
        at INTEGER NOT NULL,
        settled_at INTEGER,             -- a person merged them or keeps them apart
        UNIQUE (incident, other)
    ) STRICT
    """,
    "CREATE INDEX merge_proposal_other ON merge_proposal (other)",
)
