"""The table of what the feed client promises: complete, and every test it names is there."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TABLE = (ROOT / "docs" / "fetching-checklist.md").read_text(encoding="utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in TABLE.splitlines()
    if re.match(r"\| \d+ \|", line)
]


@cache
def _tests_of(file: str) -> frozenset[str]:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    return frozenset(node.name for node in tree.body if isinstance(node, functions))


def test_every_row_of_the_checklist_is_there_once_in_order() -> None:
    assert [int(row[0]) for row in ROWS] == list(range(1, 67))
    assert {row[1] for row in ROWS} == {"must", "should", "nice"}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row[0]))
def test_each_row_names_tests_that_exist_or_says_why_it_is_not_done(row: list[str]) -> None:
    number, level, _, remark, tests = row
    named = re.findall(r"`([^`]+)::([^`]+)`", tests)
    assert named or remark.startswith("not done"), f"row {number} names no test"
    assert not (level == "must" and remark.startswith(("not done", "in part"))), f"row {number} is a must"
    assert [f"{file}::{name}" for file, name in named if name not in _tests_of(file)] == []
