"""The step of the schema that keeps what a feed last answered, and what is wrong with the list of feeds."""

FEED_UPKEEP = (
    "ALTER TABLE feed_state ADD COLUMN last_status INTEGER",  # HTTP status of the last answer
    "ALTER TABLE feed_state ADD COLUMN last_bytes INTEGER",  # unpacked size of the last body
    "ALTER TABLE feed_state ADD COLUMN polls INTEGER NOT NULL DEFAULT 0",  # lately, see FeedState
    "ALTER TABLE feed_state ADD COLUMN unchanged INTEGER NOT NULL DEFAULT 0",  # of these, nothing new
    "ALTER TABLE collector ADD COLUMN list_problem TEXT NOT NULL DEFAULT ''",  # feeds.toml as it is now cannot be used
)
"""Statements in the order they are run, each on its own."""
