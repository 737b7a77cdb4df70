"""How incidents that no grouping holds in memory are found again. Never edited once released."""

RECALL = (
    """
    CREATE TABLE sketch_key (           -- keys of incident_sketch.sketch, a row each, kept in step by the triggers
        key INTEGER NOT NULL,
        incident_id INTEGER NOT NULL REFERENCES incident (id) ON DELETE CASCADE,
        PRIMARY KEY (key, incident_id)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX sketch_key_by_incident ON sketch_key (incident_id)",
    """
    CREATE TRIGGER sketch_key_insert AFTER INSERT ON incident_sketch BEGIN
        INSERT OR IGNORE INTO sketch_key (key, incident_id)
        SELECT value, new.incident_id FROM json_each(new.sketch, '$.keys');
    END
    """,
    """
    CREATE TRIGGER sketch_key_update AFTER UPDATE OF sketch ON incident_sketch
    WHEN json_extract(old.sketch, '$.keys') IS NOT json_extract(new.sketch, '$.keys') BEGIN
        DELETE FROM sketch_key WHERE incident_id = new.incident_id;
        INSERT OR IGNORE INTO sketch_key (key, incident_id)
        SELECT value, new.incident_id FROM json_each(new.sketch, '$.keys');
    END
    """,
    """
    CREATE TRIGGER sketch_key_delete AFTER DELETE ON incident_sketch BEGIN
        DELETE FROM sketch_key WHERE incident_id = old.incident_id;
    END
    """,
    "CREATE INDEX incident_told ON incident (told)",
)
