"""The pages of docs/ that are made of the program say what the program is now."""

import pytest

from scripts.write_docs import DOCS, PAGES


@pytest.mark.parametrize("name", PAGES)
def test_a_page_made_of_the_program_is_fresh(name: str) -> None:
    stands = (DOCS / name).read_text(encoding="utf-8")
    assert stands == PAGES[name](), f"docs/{name} is not of this program: run `make docs`"
