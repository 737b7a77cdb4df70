"""The examples of the page on reading are read as it says."""

import re

import pytest

from tests.docs.pages import ROOT
from tests.reading.helpers import read

_ROW = re.compile(r"^\| ([^|]+) \| (kept|dropped) \|", re.MULTILINE)
ROWS = _ROW.findall((ROOT / "docs/reading.md").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("headline", "verdict"), ROWS)
def test_an_example_of_the_page_is_read_as_it_says(headline: str, verdict: str) -> None:
    assert read(headline).verdict.relevant is (verdict == "kept")


def test_there_are_examples_of_both() -> None:
    assert {verdict for _, verdict in ROWS} == {"kept", "dropped"}
