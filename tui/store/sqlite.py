"""The one SQLite of this program: the pysqlite3 wheel's where there is one, as sqlite-utils chooses too.

Chosen here again, since importing sqlite-utils takes 80 ms and only a migration needs it.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
else:
    try:
        import pysqlite3 as sqlite3
    except ImportError:
        import sqlite3

__all__ = ["sqlite3"]
