"""The tables of what is promised: complete, and every test they name is there."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def rows_of(table: str) -> list[list[str]]:
    """The cells of each numbered row."""
    lines = (ROOT / "docs" / table).read_text(encoding="utf-8").splitlines()
    return [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in lines
        if re.match(r"\| \d+ \|", line)
    ]


CHECKLIST = rows_of("fetching-checklist.md")
ABUSE = rows_of("abuse-cases.md")
DESK = rows_of("desk.md")
FAULTS = rows_of("fault-matrix.md")
PROMISES = rows_of("promises.md")
AREAS = {"network", "disk", "process", "clock", "terminal", "upgrade"}


@cache
def _tests_of(file: str) -> frozenset[str]:
    path = ROOT / file
    if not path.is_file():
        return frozenset()
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    body = ast.parse(path.read_text(encoding="utf-8")).body
    return frozenset(node.name for node in body if isinstance(node, functions))


def missing(tests: str) -> list[str]:
    """The tests that a cell names and that are not there."""
    named = re.findall(r"`([^`]+)::([^`]+)`", tests)
    return [f"{file}::{name}" for file, name in named if name not in _tests_of(file)]


@pytest.mark.parametrize(("rows", "count"), [(CHECKLIST, 66), (ABUSE, 128)], ids=["checklist", "abuse"])
def test_every_row_of_a_table_is_there_once_in_order_and_whole(rows: list[list[str]], count: int) -> None:
    assert [int(row[0]) for row in rows] == list(range(1, count + 1))
    assert {len(row) for row in rows} == {5}


def test_the_levels_of_the_checklist_are_three() -> None:
    assert {row[1] for row in CHECKLIST} == {"must", "should", "nice"}


@pytest.mark.parametrize("row", CHECKLIST, ids=lambda row: str(row[0]))
def test_each_row_names_tests_that_exist_or_says_why_it_is_not_done(row: list[str]) -> None:
    number, level, _, remark, tests = row
    assert "::" in tests or remark.startswith("not done"), f"row {number} names no test"
    assert not (level == "must" and remark.startswith(("not done", "in part"))), f"row {number} is a must"
    assert missing(tests) == []


@pytest.mark.parametrize("row", ABUSE, ids=lambda row: str(row[0]))
def test_each_case_of_abuse_names_tests_that_exist_or_says_what_is_missing(row: list[str]) -> None:
    number, what, outcome, remark, tests = row
    assert what
    assert outcome
    assert "::" in tests or re.match(r"(not applicable|open): .", remark), f"case {number} names no test"
    assert not (remark.startswith("not applicable") and tests), f"case {number} has tests after all"
    assert missing(tests) == []


def test_the_table_of_the_desk_has_each_of_its_rows_once_in_order_and_whole() -> None:
    assert [int(row[0]) for row in DESK] == list(range(66, 91))
    assert {len(row) for row in DESK} == {5}


@pytest.mark.parametrize("row", DESK, ids=lambda row: str(row[0]))
def test_each_row_of_the_desk_is_a_yes_with_tests_or_says_why_not(row: list[str]) -> None:
    number, feature, answer, remark, tests = row
    assert feature
    assert answer in {"yes", "in part", "no"}
    assert answer == "yes" or remark, f"row {number} does not say why not"
    assert answer == "no" or "::" in tests, f"row {number} names no test"
    assert missing(tests) == []


@pytest.mark.parametrize("rows", [FAULTS, PROMISES], ids=["faults", "promises"])
def test_the_rows_of_a_table_are_numbered_and_whole(rows: list[list[str]]) -> None:
    assert [int(row[0]) for row in rows] == list(range(1, len(rows) + 1))
    assert len({len(row) for row in rows}) == 1


def test_every_area_of_faults_is_there() -> None:
    assert {row[1] for row in FAULTS} == AREAS
    assert len({(row[1], row[2]) for row in FAULTS}) == len(FAULTS) >= 40


@pytest.mark.parametrize("row", [*FAULTS, *PROMISES], ids=lambda row: "-".join(row[:2])[:50])
def test_each_fault_and_each_promise_names_tests_that_exist(row: list[str]) -> None:
    assert all(row)
    assert "::" in row[-1]
    assert missing(row[-1]) == []
