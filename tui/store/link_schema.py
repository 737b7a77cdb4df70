"""The step of the schema that finds an entry by its link. Never edited once released."""

BY_LINK = (
    # The end of a link tells most apart, and keeps the index small; the rows of one feed stand together.
    "CREATE INDEX entry_by_link ON entry (feed_id, substr(url, -16))",
)
"""Statements in the order they are run."""
