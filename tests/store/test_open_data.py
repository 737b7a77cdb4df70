"""The store opened by others: the page of the data says what is there, and every query on it runs."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from tests.store.samples import NOON, a_report, a_round, an_entry, filed, kept
from tui.domain.codes import Event, PlacePrecision
from tui.domain.reading import Place
from tui.store.open_data_schema import OPEN_DATA
from tui.store.save import StoreKeeper

PAGE = (Path(__file__).parents[2] / "docs" / "data.md").read_text(encoding="utf-8")
VIEWS = [statement.split()[2] for statement in OPEN_DATA]


@pytest.fixture
def opened(keeper: StoreKeeper, path: Path) -> Iterator[sqlite3.Connection]:
    """By the standard library, read-only, without anything of ours."""
    reports = (
        a_report(event=(Event.SHOOTDOWN, Event.VIOLATION), count=19, place=Place("Lublin", "PL", 51.25, 22.57, PlacePrecision.SETTLEMENT)),
        a_report(count=21, affected=("PL", "LT")),
    )  # fmt: skip
    for number, report in enumerate(reports):
        read = kept(an_entry(number, publisher=f"Paper {number}"), report)
        keeper.save_round(a_round(read, filing=filed(read, "i1"), at=NOON + timedelta(minutes=number)))
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        yield connection


def columns_told(view: str) -> list[str]:
    section = PAGE.split(f"\n## {view}\n")[1].split("\n## ")[0]
    return re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)


@pytest.mark.parametrize("view", VIEWS)
def test_the_page_names_every_column_of_a_view_in_order(opened: sqlite3.Connection, view: str) -> None:
    real = [row["name"] for row in opened.execute(f"PRAGMA table_info({view})")]
    assert columns_told(view) == real


def test_no_other_view_is_told_of() -> None:
    told = re.findall(r"^## (\w+)$", PAGE, re.MULTILINE)
    assert [name for name in told if columns_told(name)] == VIEWS


@pytest.mark.parametrize("query", re.findall(r"```sql\n(.*?)```", PAGE, re.DOTALL))
def test_every_query_of_the_page_runs_in_the_sqlite_of_others(opened: sqlite3.Connection, query: str) -> None:
    opened.execute(query).fetchall()


def test_the_queries_are_all_found() -> None:
    assert len(re.findall(r"```sql\n", PAGE)) == 5


def test_an_incident_is_told_in_words_and_an_unknown_is_empty(opened: sqlite3.Connection) -> None:
    (row,) = opened.execute("SELECT * FROM incidents WHERE origin = 'news'").fetchall()
    assert (row["id"], row["affected"], row["actor"]) == ("i1", "PL LT", "RU")
    assert row["event"] == "shootdown violation"
    assert row["first_seen"] == "2026-05-04T12:00:00Z"
    assert row["response"] is None
    assert row["stories"] == 2
    (report,) = opened.execute("SELECT * FROM reports WHERE count = 19").fetchall()
    assert (report["place"], report["lat"], report["place_precision"]) == ("Lublin", 51.25, "settlement")


def test_sources_that_differ_and_weeks_are_found(opened: sqlite3.Connection) -> None:
    queries = re.findall(r"```sql\n(.*?)```", PAGE, re.DOTALL)
    assert [tuple(row) for row in opened.execute(queries[2])] == [("i1", 19, 21)]
    assert [tuple(row) for row in opened.execute(queries[3])] == [("2026-05-04", 1)]


def test_nothing_that_others_read_can_be_written_through_a_view(opened: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.OperationalError):
        opened.execute("DELETE FROM incidents")
