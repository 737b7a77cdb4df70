"""The map of the code in ARCHITECTURE.md: every module and test it names is there, and they belong together."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WALK = ("Feed", "Bytes", "Entry", "Story", "Report", "Incident", "Board", "Pane")
"""From the bytes of a feed to what is drawn, as the page says it."""
_NAME = re.compile(r"`([\w./*]+)`")


def _rows() -> dict[str, tuple[list[str], list[str]]]:
    """Of each term the modules and the tests, as paths from the root."""
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    cells = [line.strip("|").split(" | ") for line in text.splitlines() if line.startswith("| **")]
    return {row[0].strip(" *"): (_paths(row[2]), _paths(row[3])) for row in cells}


def _paths(cell: str) -> list[str]:
    """A name without a folder stands beside the one before it."""
    found: list[str] = []
    for name in _NAME.findall(cell):
        if "/" in name:
            found.append(name.rstrip("/"))
        else:
            found.append(f"{Path(found[-1]).parent}/{name}")
    return found


ROWS = _rows()


def _python(paths: list[str]) -> list[Path]:
    """Every Python file at these paths or under them."""
    here = [match for path in paths for match in ROOT.glob(path)]
    return [file for path in here for file in ([path] if path.is_file() else sorted(path.rglob("*.py")))]


def test_the_walk_is_whole_and_in_order() -> None:
    terms = list(ROWS)
    assert [term for term in terms if term in WALK] == list(WALK)


@pytest.mark.parametrize("term", ROWS)
def test_each_term_has_modules_and_tests_that_are_there(term: str) -> None:
    for paths in ROWS[term]:
        assert paths
        assert not [path for path in paths if not list(ROOT.glob(path))]
    tests = [file for file in _python(ROWS[term][1]) if file.name.startswith("test_")]
    assert tests


@pytest.mark.parametrize("term", ROWS)
def test_the_tests_of_a_term_use_one_of_its_modules(term: str) -> None:
    modules, tests = ROWS[term]
    names = {".".join(file.relative_to(ROOT).with_suffix("").parts) for file in _python(modules)}
    text = "\n".join(file.read_text(encoding="utf-8") for file in _python(tests))
    assert any(name.removesuffix(".__init__") in text for name in names)
