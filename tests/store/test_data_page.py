"""docs/data.md: everything in the store is named and explained, and what it says to type works."""

import importlib.util
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from scripts.pages.data import QUERIES
from scripts.pages.schema import relations
from scripts.pages.schema_words import ANYWHERE, COLUMNS, TABLES
from tests.store.samples import FEED, NOON, a_story_round, keeper_on
from tui.domain.feed import Feed
from tui.store.database import open_reader, open_writer

PAGE = (Path(__file__).parents[2] / "docs" / "data.md").read_text(encoding="utf-8")
RELATIONS = relations()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a database that has a few stories."""
    keeper = keeper_on(tmp_path / "overflight.db")
    keeper.sync_feeds([Feed(FEED, "Example", country="PL")], NOON)
    for number in (1, 2, 3):
        keeper.save_round(a_story_round(number, f"i{number % 2}"))
    keeper.close()
    return tmp_path


def test_every_table_view_and_column_of_a_store_is_named_and_explained(tmp_path: Path) -> None:
    open_writer(tmp_path / "overflight.db").close()
    reader = open_reader(tmp_path / "overflight.db")
    with reader.snapshot() as connection:
        names = [
            name
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_master WHERE type IN ('table', 'view')"
            )
            if not re.search(r"_fts_|^sqlite_", name)
        ]
        columns = {
            name: [row[1] for row in connection.execute(f"PRAGMA table_info({name})")] for name in names
        }
    reader.close()
    assert {relation.name for relation in RELATIONS} == set(names)
    for name, part in re.findall(r"^### `(\w+)`\n(.*?)(?=^##|\Z)", PAGE, re.MULTILINE | re.DOTALL):
        rows = dict(re.findall(r"^\| `(\w+)` \|(.*)\|$", part, re.MULTILINE))
        assert set(columns.pop(name)) <= set(rows), name
        for column, words in rows.items():
            assert len(words.split("|")[-1].strip()) > 2, (name, column)
    assert columns == {}


def test_nothing_is_said_of_what_is_not_there() -> None:
    known = {f"{relation.name}.{column.name}" for relation in RELATIONS for column in relation.columns}
    assert set(COLUMNS) <= known
    assert set(ANYWHERE) <= {name.partition(".")[2] for name in known}
    assert set(TABLES) <= {relation.name for relation in RELATIONS}


def test_every_query_of_the_page_works_in_a_program_that_knows_nothing_of_ours(folder: Path) -> None:
    written = re.findall(r"```sql\n(.*?)```", PAGE, re.DOTALL)
    assert [query.strip() for query in written] == [query.strip() for query in QUERIES.values()]
    with closing(sqlite3.connect(f"file:{folder / 'overflight.db'}?mode=ro", uri=True)) as connection:
        found = [connection.execute(query).fetchall() for query in written]
    assert sum(map(bool, found)) >= 4
    assert len(found[-1]) == 3  # words are found by an index that another program cannot fill


def test_the_lines_for_pandas_run(folder: Path) -> None:
    if importlib.util.find_spec("pandas") is None:
        pytest.skip("pandas is not installed")
    (code,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    subprocess.run([sys.executable, "-c", code], check=True, cwd=folder)
