"""The tables that queries read: facts of incidents as rows, and the words of stories. Never edited once released."""

# ruff: noqa: S608 - our own words; whatever was typed is a parameter

_LISTS = {
    "country": "affected",
    "actor": "actor",
    "responder": "responder",
    "object": "object",
    "event": "event",
    "zone": "zone",
    "response": "response",
    "disputed": "disputed",
}

_FACTS_OF = "\nUNION ALL ".join(
    f"SELECT {{id}}, '{field}', value FROM json_each({{facts}}, '$.{member}')"
    for field, member in _LISTS.items()
)
_INSERT = (
    "INSERT OR IGNORE INTO incident_fact (incident_id, field, value)\n"
    + _FACTS_OF
    + "\nUNION ALL SELECT {id}, 'place', json_extract({facts}, '$.place.name')"
    + "\nWHERE json_extract({facts}, '$.place.name') <> ''"
)

_NEW_FACTS = "iif(json_valid(new.facts), new.facts, '{}')"
"""A row may be made first and told its facts at once after."""

FACTS_AS_ROWS = (
    """
    CREATE TABLE incident_fact (        -- lists of incident.facts, a row a value, kept in step by the triggers
        incident_id INTEGER NOT NULL REFERENCES incident (id) ON DELETE CASCADE,
        field TEXT NOT NULL,            -- country, actor, responder, object, event, zone, response, disputed, place
        value TEXT NOT NULL,
        PRIMARY KEY (field, value, incident_id)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX incident_fact_by_incident ON incident_fact (incident_id)",
    f"""
    CREATE TRIGGER incident_fact_insert AFTER INSERT ON incident BEGIN
        {_INSERT.format(id="new.id", facts=_NEW_FACTS)};
    END
    """,
    f"""
    CREATE TRIGGER incident_fact_update AFTER UPDATE OF facts ON incident WHEN old.facts <> new.facts BEGIN
        DELETE FROM incident_fact WHERE incident_id = new.id;
        {_INSERT.format(id="new.id", facts=_NEW_FACTS)};
    END
    """,
    *(
        f"""
        INSERT OR IGNORE INTO incident_fact (incident_id, field, value)
        SELECT incident.id, '{field}', value FROM incident, json_each(incident.facts, '$.{member}')
        """
        for field, member in _LISTS.items()
    ),
    """
    INSERT OR IGNORE INTO incident_fact (incident_id, field, value)
    SELECT id, 'place', json_extract(facts, '$.place.name') FROM incident
    WHERE json_extract(facts, '$.place.name') <> ''
    """,
)
"""Facts of incidents as rows."""

WORDS_OF_STORIES = (
    "DROP TRIGGER story_fts_insert",
    "DROP TRIGGER story_fts_delete",
    "DROP TRIGGER story_fts_update",
    "DROP TABLE story_fts",
    # Our own function: another program can match words, and read every table, but not this view.
    "CREATE VIEW story_words AS SELECT id, spaced(title) AS title, spaced(summary) AS summary FROM story",
    """
    CREATE VIRTUAL TABLE story_fts USING fts5 (
        title, summary, content='story_words', content_rowid='id',
        tokenize='unicode61 remove_diacritics 2', prefix='2 3'
    )
    """,
    """
    CREATE TRIGGER story_fts_insert AFTER INSERT ON story BEGIN
        INSERT INTO story_fts (rowid, title, summary) VALUES (new.id, spaced(new.title), spaced(new.summary));
    END
    """,
    """
    CREATE TRIGGER story_fts_delete AFTER DELETE ON story BEGIN
        INSERT INTO story_fts (story_fts, rowid, title, summary)
            VALUES ('delete', old.id, spaced(old.title), spaced(old.summary));
    END
    """,
    """
    CREATE TRIGGER story_fts_update AFTER UPDATE OF title, summary ON story BEGIN
        INSERT INTO story_fts (story_fts, rowid, title, summary)
            VALUES ('delete', old.id, spaced(old.title), spaced(old.summary));
        INSERT INTO story_fts (rowid, title, summary) VALUES (new.id, spaced(new.title), spaced(new.summary));
    END
    """,
    "INSERT INTO story_fts (story_fts) VALUES ('rebuild')",
    "CREATE INDEX story_publisher ON story (publisher)",
    "CREATE INDEX story_lang ON story (lang)",
    "CREATE INDEX story_shown ON story (effective) WHERE hidden = 0",
    "CREATE INDEX report_by_story ON report (story_id, incident_id)",
    """
    CREATE VIRTUAL TABLE incident_fts USING fts5 (
        line, content='incident', content_rowid='id', tokenize='unicode61 remove_diacritics 2', prefix='2 3'
    )
    """,
    """
    CREATE TRIGGER incident_fts_insert AFTER INSERT ON incident BEGIN
        INSERT INTO incident_fts (rowid, line) VALUES (new.id, new.line);
    END
    """,
    """
    CREATE TRIGGER incident_fts_delete AFTER DELETE ON incident BEGIN
        INSERT INTO incident_fts (incident_fts, rowid, line) VALUES ('delete', old.id, old.line);
    END
    """,
    """
    CREATE TRIGGER incident_fts_update AFTER UPDATE OF line ON incident WHEN old.line <> new.line BEGIN
        INSERT INTO incident_fts (incident_fts, rowid, line) VALUES ('delete', old.id, old.line);
        INSERT INTO incident_fts (rowid, line) VALUES (new.id, new.line);
    END
    """,
    "INSERT INTO incident_fts (incident_fts) VALUES ('rebuild')",
)
"""Words of stories, those of Chinese and Japanese letter by letter, and of the lines that incidents are shown by."""
