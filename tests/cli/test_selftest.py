"""`overflight selftest`: a table, your own cases, and an exit status that scripts may trust."""

import json
from pathlib import Path

import pytest

from tests.cli.test_refusals import run, said_once

RIGHT = '{"id": "mine-1", "title": "Russian drone violates Polish airspace", "relevant": true, "affected": ["PL"]}\n'
WRONG = '{"id": "mine-2", "title": "Tram line opens", "relevant": true}\n'
LIST = '[[feed]]\nurl = "https://feed.example/rss"\nname = "Example"\n'


def test_the_shipped_cases_are_scored_and_pass(tmp_path: Path) -> None:
    done = run(tmp_path, "selftest")
    assert done.returncode == 0, done.stdout[-500:]
    for part in ("relevance", "precision", "right \\ read", "certainty", "zh-Hant", "No cases of your own", "cases.jsonl",
                 "Nothing is worse"):  # fmt: skip
        assert part in done.stdout, part


def test_a_case_of_your_own_that_is_read_otherwise_is_told_and_fails(tmp_path: Path) -> None:
    (tmp_path / "cases.jsonl").write_text(RIGHT, encoding="utf-8")
    assert run(tmp_path, "selftest").returncode == 0
    (tmp_path / "cases.jsonl").write_text(RIGHT + WRONG, encoding="utf-8")
    done = run(tmp_path, "selftest", "--json", "--show", "0")
    assert done.returncode == 1
    document = json.loads(done.stdout)
    assert not document["passed"]
    assert not document["worse"]
    assert [miss["id"] for miss in document["own"]["misses"]] == ["mine-2"]
    assert document["shipped"]["cases"] >= 500
    assert {one["field"] for one in document["shipped"]["measures"]} >= {"relevance", "affected", "certainty"}


def test_rules_that_spoil_the_reading_are_told_as_worse_and_may_be_left_aside(tmp_path: Path) -> None:
    mute = '[[mute]]\nname = "no drones"\nterms = ["drone*"]\nstory = true\n'
    (tmp_path / "feeds.toml").write_text(LIST + mute, encoding="utf-8")
    done = run(tmp_path, "selftest")
    assert done.returncode == 1
    assert "with your rules" in done.stdout
    assert "WORSE than this version was shipped with" in done.stdout
    assert "relevance recall" in done.stdout
    assert run(tmp_path, "selftest", "--no-rules").returncode == 0


@pytest.mark.parametrize(
    ("content", "problem"),
    [(RIGHT + '{"id": 3}\n', "line 2: id: Expected"), (None, "cannot be read")],
)
def test_a_file_of_cases_that_is_none_is_named_with_its_line(
    tmp_path: Path, content: str | None, problem: str
) -> None:
    path = tmp_path / "my.jsonl"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    said = said_once(run(tmp_path, "selftest", "--cases", str(path)))
    assert str(path) in said
    assert problem in said


def test_the_help_says_where_your_own_cases_live(tmp_path: Path) -> None:
    said = run(tmp_path, "selftest", "--help").stdout
    assert "cases.jsonl" in said
    assert "OVERFLIGHT_HOME" in said
    assert "Exit status" in said
