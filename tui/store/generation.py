"""How often stories or incidents have changed: what dashboards compare, and what is noted as acknowledged."""

from tui.store.sqlite import sqlite3


def generation(connection: sqlite3.Connection) -> int:
    """How often stories or incidents have changed."""
    (found,) = connection.execute("SELECT value FROM meta WHERE name = 'generation'").fetchone()
    return int(found)


def raise_generation(connection: sqlite3.Connection) -> None:
    """Say that stories or incidents changed; every dashboard then reads its board anew."""
    connection.execute("UPDATE meta SET value = value + 1 WHERE name = 'generation'")
