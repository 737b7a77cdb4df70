"""The step of the schema that keeps what says whether a quiet state was watched: who told of it, who answered when."""

COVERAGE = (
    """
    CREATE TABLE feed_country (         -- how often a feed told of a state; kept by the triggers below
        feed_id INTEGER NOT NULL REFERENCES feed (id),
        iso2 TEXT NOT NULL,
        reports INTEGER NOT NULL,
        PRIMARY KEY (feed_id, iso2)
    ) STRICT, WITHOUT ROWID
    """,
    """
    INSERT INTO feed_country (feed_id, iso2, reports)
    SELECT entry.feed_id, state.value, count(*)
    FROM report JOIN entry ON entry.id = report.story_id JOIN json_each(report.facts, '$.affected') state
    GROUP BY 1, 2
    """,
    """
    CREATE TRIGGER feed_country_told AFTER INSERT ON report BEGIN
        INSERT INTO feed_country (feed_id, iso2, reports)
        SELECT entry.feed_id, state.value, 1 FROM entry JOIN json_each(new.facts, '$.affected') state
        WHERE entry.id = new.story_id
        ON CONFLICT (feed_id, iso2) DO UPDATE SET reports = reports + 1;
    END
    """,
    """
    CREATE TRIGGER feed_country_untold AFTER DELETE ON report BEGIN
        UPDATE feed_country SET reports = reports - 1
        WHERE feed_id = (SELECT feed_id FROM entry WHERE id = old.story_id)
            AND iso2 IN (SELECT value FROM json_each(old.facts, '$.affected'));
    END
    """,
    """
    CREATE TRIGGER feed_country_retold AFTER UPDATE OF facts ON report WHEN old.facts <> new.facts BEGIN
        UPDATE feed_country SET reports = reports - 1
        WHERE feed_id = (SELECT feed_id FROM entry WHERE id = old.story_id)
            AND iso2 IN (SELECT value FROM json_each(old.facts, '$.affected'));
        INSERT INTO feed_country (feed_id, iso2, reports)
        SELECT entry.feed_id, state.value, 1 FROM entry JOIN json_each(new.facts, '$.affected') state
        WHERE entry.id = new.story_id
        ON CONFLICT (feed_id, iso2) DO UPDATE SET reports = reports + 1;
    END
    """,
    """
    CREATE TABLE feed_day (             -- on which days a feed was asked, and answered as a feed
        feed_id INTEGER NOT NULL REFERENCES feed (id),
        day INTEGER NOT NULL,           -- days since 1970, UTC
        answered INTEGER NOT NULL,      -- 1: at least once
        PRIMARY KEY (feed_id, day)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX feed_day_by_day ON feed_day (day, feed_id, answered)",
    """
    INSERT INTO feed_day (feed_id, day, answered)
    SELECT DISTINCT feed_id, first_seen / 86400000000, 1 FROM entry
    """,
    """
    CREATE TRIGGER feed_day_asked AFTER INSERT ON feed_state WHEN new.last_attempt IS NOT NULL BEGIN
        INSERT INTO feed_day (feed_id, day, answered)
        VALUES (
            new.feed_id, new.last_attempt / 86400000000,
            ifnull(new.last_ok / 86400000000 = new.last_attempt / 86400000000, 0)
        )
        ON CONFLICT (feed_id, day) DO UPDATE SET answered = max(answered, excluded.answered);
    END
    """,
)
"""Statements in the order they are run; what older stores know is taken over where it can be told."""
