"""The store beside the truth: what is missing, what is there twice."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tui.domain.entry import entry_key
from tui.store.sqlite import sqlite3
from tui.store.verify import verify


@dataclass(frozen=True, slots=True)
class Compared:
    """Entries of the store beside those that must be in it."""

    stored: int
    lost: int
    doubled: int


def _asked(database: Path, question: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=30)) as connection:
        found: list[tuple[Any, ...]] = connection.execute(question).fetchall()
        return found


def missing_keys(database: Path, keys: Iterable[str]) -> int:
    """How many of these entries are not stored."""
    return len(set(keys) - {key for (key,) in _asked(database, "SELECT key FROM entry")})


def compare(
    database: Path, urls: Sequence[str], truth: Iterable[Mapping[str, Any]], of: str = "served"
) -> Compared:
    """Every item that was `served` or `acknowledged`, by its key; and no wording of a headline stored twice.

    Each item has a headline of its own, but for those that tell of an incursion: their links are compared.
    """
    wanted = {
        entry_key(urls[one["number"]], f"{one['number']}-{item}") for one in truth for item in range(one[of])
    }
    of_world = {f"https://news.example/{number}-" for number in range(len(urls))}
    rows = _asked(database, "SELECT key, url FROM entry")
    ours = [
        (key, url)
        for key, url in rows
        if url.startswith("https://news.example/") and url.rpartition("-")[0] + "-" in of_world
    ]
    links = [url for _, url in ours]
    return Compared(len(ours), len(wanted - {key for key, _ in ours}), len(links) - len(set(links)))


def problems_of(database: Path) -> list[str]:
    """What `overflight verify` finds: pages, references, both search indexes, what was acknowledged."""
    return [problem for check in verify(database) for problem in check.problems]


def sizes(database: Path) -> tuple[int, int]:
    """Bytes of the file and of its write-ahead log."""
    log = database.with_name(database.name + "-wal")
    return database.stat().st_size, log.stat().st_size if log.exists() else 0


def count(database: Path, table: str) -> int:
    """Rows of a table of ours."""
    return int(_asked(database, f"SELECT count(*) FROM {table}")[0][0])


class Heard:
    """What the collector says of itself, looked up again and again over one connection."""

    def __init__(self, database: Path) -> None:
        self._connection = sqlite3.connect(
            f"file:{database}?mode=ro", uri=True, timeout=30, isolation_level=None
        )

    def last(self) -> tuple[str, float | None, str]:
        """State, when it polls next in seconds since 1970, detail."""
        row = self._connection.execute("SELECT state, next_poll, detail FROM collector").fetchone()
        if row is None:
            return "none", None, ""
        state, next_poll, detail = row
        return state, None if next_poll is None else next_poll / 1e6, detail

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()
