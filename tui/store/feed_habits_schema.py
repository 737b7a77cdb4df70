"""The second step of the schema: what is known of a feed's moves, wishes and rhythm, and of restless entries."""

FEED_HABITS = (
    "ALTER TABLE feed_state ADD COLUMN moved_times INTEGER NOT NULL DEFAULT 0",  # answers by way of moved_to, in a row
    "ALTER TABLE feed_state ADD COLUMN moved_since INTEGER",  # the first of them
    "ALTER TABLE feed_state ADD COLUMN address TEXT",  # asked in place of feed.url, since it moved for good
    "ALTER TABLE feed_state ADD COLUMN wishes TEXT",  # JSON Wishes
    "ALTER TABLE feed_state ADD COLUMN usual_gap INTEGER",  # microseconds between two new entries
    "ALTER TABLE feed_state ADD COLUMN last_full INTEGER",  # a body came, not only a 304
    "ALTER TABLE feed_state ADD COLUMN read_by INTEGER NOT NULL DEFAULT 0",  # version of the parsing of the last body
    "ALTER TABLE entry ADD COLUMN revisions INTEGER NOT NULL DEFAULT 0",  # how often its wording changed
)
"""Statements in the order they are run, each on its own."""
