"""The keys that README and documentation name are those of the table of actions."""

import re

import pytest

from scripts.pages.keys import shown
from tests.docs.pages import ROOT
from tui.ui.actions import ACTIONS

KEYS = {shown(key) for action in ACTIONS for key in action.keys.split(",")}
WORDS = {"enter": "⏎", "esc": "esc", "tab": "tab", "space": "space"}
_SPAN = re.compile(r"`([^`]+)`")
_LETTERS = re.compile(r"^(hjkl|[1-9]–[1-9])$")


def _named(cell: str) -> set[str]:
    """The keys in a cell; `1–4` is each of its digits."""
    found: set[str] = set()
    for span in _SPAN.findall(cell):
        if "–" in span:
            first, last = span.split("–")
            found |= {str(digit) for digit in range(int(first), int(last) + 1)}
        elif _LETTERS.match(span):
            found |= set(span)
        else:
            found.add(WORDS.get(span, span))
    return found


def _rows(page: str, heading: str, column: int) -> list[str]:
    text = (ROOT / page).read_text(encoding="utf-8").split(f"{heading}\n", 1)[1].split("\n#", 1)[0]
    rows = [line.strip("|").split(" | ") for line in text.splitlines() if line.startswith("| ")]
    return [row[column] for row in rows[1:] if row]


@pytest.mark.parametrize(
    ("page", "heading", "column"), [("README.md", "## Keys", 0), ("docs/keys.md", "# Keys", 1)]
)
def test_every_key_that_a_page_names_does_something(page: str, heading: str, column: int) -> None:
    rows = _rows(page, heading, column)
    assert len(rows) > 8
    assert not [row for row in rows if not _named(row)], "a row without a key"
    assert not [row for row in rows if _named(row) - KEYS]


def test_every_key_of_the_table_of_actions_stands_on_the_page_of_keys() -> None:
    by_purpose = set().union(*map(_named, _rows("docs/keys.md", "# Keys", 1)))
    plain = {key for key in KEYS if len(key) == 1 and key.isprintable()}
    assert plain - by_purpose <= {"⏎", "⌫", "="}
