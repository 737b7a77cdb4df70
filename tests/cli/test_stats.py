"""`overflight stats`: the same numbers as its own queries, exit codes, and a form that scripts can rely on."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.cli.test_refusals import run
from tests.store.samples import FEED, a_report, a_round, an_entry, filed, keeper_on, kept
from tui.cli.stats import SinceError, weeks_since
from tui.domain.codes import ObjectCode
from tui.domain.feed import Feed
from tui.reading.conclude import conclude

WEDNESDAY = datetime(2026, 3, 18, 12, tzinfo=UTC)
CELL = {"count", "known", "unusual", "words", "query"}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A store with three incidents of this week."""
    assert run(tmp_path, "once", "--no-fetch").returncode == 0
    now = datetime.now(UTC)
    keeper = keeper_on(next(tmp_path.rglob("*.db")), conclude=conclude)
    keeper.sync_feeds([Feed(FEED, "Example", country="PL", publisher="Example News")], now)
    for number, report in enumerate(
        (a_report(), a_report(affected=("LT",), object=(ObjectCode.BALLOON,)), a_report(affected=()))
    ):
        read = kept(an_entry(number, published=now), report)
        keeper.save_round(a_round(read, filing=filed(read, f"i{number}"), at=now))
    keeper.close()
    return tmp_path


def test_a_script_gets_every_table_with_stable_keys_and_each_number_with_its_query(home: Path) -> None:
    found = run(home, "stats", "--json")
    assert found.returncode == 0, found.stderr
    document = json.loads(found.stdout)
    assert set(document) == {"taken", "weeks", "undated", "tables"}
    assert len(document["weeks"]) == 12
    assert [table["by"] for table in document["tables"]] == [
        "week",
        "actor",
        "object",
        "hour",
        "answer",
        "outcome",
    ]
    for table in document["tables"]:
        assert set(table) == {"by", "name", "columns", "rows", "total", "words", "rule"}
        assert set(table["total"]) == CELL
        for row in table["rows"]:
            assert set(row) == {"key", "name", "cells", "total", "words"}
            assert len(row["cells"]) == len(table["columns"])
    assert document["tables"][0]["total"]["count"] == 3


def test_overflight_query_lists_as_many_as_each_number_says(home: Path) -> None:
    document = json.loads(run(home, "stats", "--json", "--by", "week", "--since", "1w").stdout)
    (table,) = document["tables"]
    cells = [cell for row in table["rows"] for cell in (*row["cells"], row["total"])]
    assert sum(cell["count"] for cell in cells) == 6
    for cell in {cell["query"]: cell for cell in cells}.values():
        listed = json.loads(run(home, "query", "--json", cell["query"]).stdout)
        assert listed["total"] == cell["count"], cell["query"]


def test_a_person_gets_a_table_with_its_rule(home: Path) -> None:
    found = run(home, "stats", "--by", "week", "--since", "2w")
    assert found.stdout.startswith("country × week: 3\n")
    assert "Lithuania" in found.stdout
    assert "19 of 20 weeks" in found.stdout
    assert "object" not in found.stdout


def test_the_exit_status_tells_counted_from_nothing_from_no_beginning(tmp_path: Path, home: Path) -> None:
    assert run(home, "stats", "--since", "soon").returncode == 2
    assert "12w, 90d" in run(home, "stats", "--since", "soon").stderr
    empty = tmp_path / "empty"
    assert run(empty, "stats").returncode == 2
    assert run(empty, "once", "--no-fetch").returncode == 0
    nothing = run(empty, "stats", "--json")
    assert nothing.returncode == 1
    assert json.loads(nothing.stdout)["tables"][0]["total"]["count"] == 0


@pytest.mark.parametrize(
    ("written", "weeks"),
    [
        ("1w", 1),
        ("12w", 12),
        ("90d", 13),
        ("1d", 1),
        ("2026-03-16", 1),
        ("2026-03-15", 2),
        ("2026-W01", 12),
        ("2026-w12", 1),
    ],
)
def test_a_beginning_is_a_span_a_day_or_a_week(written: str, weeks: int) -> None:
    assert weeks_since(written, WEDNESDAY) == weeks


@pytest.mark.parametrize("written", ["", "0w", "soon", "2026-W60", "2026-04-01", "9999w", "1999-01-01"])
def test_what_is_no_beginning_is_refused_in_words(written: str) -> None:
    with pytest.raises(SinceError, match="is no beginning"):
        weeks_since(written, WEDNESDAY)
