"""`overflight query`, on the baseline of an empty store."""

import json
from pathlib import Path

import pytest

from tests.cli.test_refusals import run


@pytest.fixture
def home(tmp_path: Path) -> Path:
    assert run(tmp_path, "once", "--no-fetch").returncode == 0
    return tmp_path


def test_incidents_are_found_by_facts_and_words_and_what_begins_with_a_dash_is_no_option(home: Path) -> None:
    found = run(home, "query", "country:PL", "-missile", "--limit", "1")
    assert found.returncode == 0, found.stderr
    lines = found.stdout.splitlines()
    assert "incident" in lines[0]
    assert len(lines) == 2
    assert all(" PL " in line and "missile" not in line for line in lines[1:])
    assert "1 of 2 incidents" in found.stderr
    assert "country:PL -missile" in found.stderr


def test_a_line_says_that_its_incident_is_baseline_and_no_news(home: Path) -> None:
    found = run(home, "query", "country:PL")
    rows = found.stdout.splitlines()[1:]
    assert rows
    assert all("(baseline)  [b:" in line for line in rows)


def test_json_holds_the_query_as_it_was_understood_and_the_rows(home: Path) -> None:
    found = run(home, "query", "--json", "cc:Lithuania", "object:BLN")
    document = json.loads(found.stdout)
    assert document["query"] == "country:Lithuania object:BLN"
    assert document["total"] == len(document["incidents"]) > 0
    assert all("LT" in row["affected"] and "balloon" in row["object"] for row in document["incidents"])


def test_the_exit_status_tells_found_from_nothing_from_no_query(home: Path) -> None:
    assert run(home, "query", "country:PL").returncode == 0
    nothing = run(home, "query", "country:PL", "country:JP", "zone:airport", "since:1m")
    assert (nothing.returncode, nothing.stdout) == (1, "")
    wrong = run(home, "query", "drone", "country:Polnd")
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert wrong.stderr.splitlines()[1:5] == [
        "drone country:Polnd",
        "              ^^^^^",
        "Polnd is no state that we know",
        "did you mean PL?",
    ]


def test_without_a_database_it_says_how_to_make_one(tmp_path: Path) -> None:
    found = run(tmp_path, "query", "drone")
    assert found.returncode == 2
    assert "There is no database yet" in found.stderr
    assert not list(tmp_path.iterdir())


def test_the_fields_are_listed_with_their_values(tmp_path: Path) -> None:
    listed = run(tmp_path, "query", "--fields")
    assert listed.returncode == 0
    assert "country:PL" in listed.stdout
    assert "no_fly_zone" in listed.stdout


def test_stories_of_an_empty_store_are_none(home: Path) -> None:
    assert json.loads(run(home, "query", "--stories", "--json").stdout)["stories"] == []
