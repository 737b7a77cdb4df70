"""Where things rest: SQLite, one writer, read-only readers."""
