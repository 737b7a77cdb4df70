"""The filter: chips to a query, the query to the lists."""

import pytest

from tests.ui.driving import running
from tests.ui.fakes import FakeSource
from tui.domain.query import parse_query
from tui.domain.query_leaf import QueryProblem
from tui.domain.query_tree import EVERYTHING, Part
from tui.ui.panes.chips import Chip, chips_of, is_on, pressed
from tui.ui.screens.filter import Filter


def tree(text: str) -> Part:
    query = parse_query(text)
    assert not isinstance(query, QueryProblem)
    return query


CHIPS = {chip.key: chip for _, chips in chips_of(None) for chip in chips}


@pytest.mark.parametrize(
    ("keys", "query"),
    [
        ("b", "object:BLN"),
        ("bd", "object:BLN,DRN"),
        ("bdb", "object:DRN"),
        ("bb", ""),
        ("dsc", "object:DRN event:SHOT,CLSD"),
        ("2", "certainty:corroborated,confirmed"),
        ("23", "certainty:confirmed"),
        ("33", ""),
        ("30", ""),
        ("w", "is:watched"),
        ("wn", "is:watched is:new"),
        ("wnw", "is:new"),
        ("d2w", "object:DRN certainty:corroborated,confirmed is:watched"),
    ],
)
def test_keys_put_chips_into_the_query_and_take_them_out(keys: str, query: str) -> None:
    asked: Part = EVERYTHING
    for key in keys:
        asked = pressed(asked, CHIPS[key])
    assert str(asked) == query
    assert asked == tree(query)


@pytest.mark.parametrize("chip", [chip for chip in CHIPS.values() if chip.value], ids=lambda chip: chip.word)
def test_a_chip_is_lit_when_the_query_asks_for_it_whatever_else_it_asks_for(chip: Chip) -> None:
    for before in ("", "vilnius", "vilnius country:LT"):
        on = pressed(tree(before), chip)
        assert is_on(on, chip)
        assert not is_on(pressed(on, chip), chip)
        assert pressed(on, chip) == tree(before)


async def test_the_filter_is_chosen_with_letters_counted_and_applied_to_the_lists() -> None:
    source = FakeSource()
    async with running(source, size=(120, 40)) as driven:
        await driven.sees("Smuggling balloons")
        await driven.press("f")
        await driven.sees("object", "query", "everything")
        await driven.press("d", "2")
        await driven.sees("object:DRN certainty:corroborated,confirmed", "match")
        await driven.press("enter")
        await driven.until(
            lambda: str(source.asked[-1].filter).startswith("object:DRN"), "the store is asked"
        )
        await driven.sees("filter object:DRN", "F clears")
        await driven.press("F")
        await driven.until(lambda: source.asked[-1].filter == EVERYTHING, "everything again")
        await driven.no_longer_sees("F clears")


async def test_escape_changes_nothing_and_backspace_clears() -> None:
    async with running(size=(80, 24)) as driven:
        await driven.press("f")
        await driven.sees("everything")
        await driven.press("s", "escape")
        await driven.until(lambda: not isinstance(driven.app.screen, Filter), "closed")
        assert driven.app.session.query.filter == EVERYTHING
        await driven.press("f")
        await driven.press("s", "backspace")
        await driven.sees("everything")


async def test_arrows_and_space_press_the_chip_under_the_cursor_and_r_goes_through_the_actors() -> None:
    async with running(size=(120, 40)) as driven:
        await driven.sees("Smuggling balloons")
        await driven.press("f", "down", "right", "space")
        await driven.sees("event:ADIZ")
        await driven.press("r")
        await driven.sees("actor:")


async def test_a_filter_that_matches_nothing_says_how_to_go_on() -> None:
    async with running(FakeSource(incidents=()), size=(120, 40)) as driven:
        await driven.press("f", "s", "enter")
        await driven.sees("no incident matches event:SHOT", "F clears")


async def test_what_was_searched_for_becomes_the_filter_of_the_lists() -> None:
    source = FakeSource()
    async with running(source, size=(120, 40)) as driven:
        await driven.press("slash", *"vilnius")
        await driven.sees("2 stories")
        await driven.press("down", "f")
        await driven.sees("filter vilnius")
        assert str(source.asked[-1].filter) == "vilnius"


async def test_a_filter_that_finds_nothing_leaves_nothing_on_the_map_and_in_the_preview() -> None:
    async with running() as driven:
        await driven.sees("LT+", "Smuggling balloons", "attributed")
        await driven.press("f")
        await driven.settled()
        driven.source.change()
        await driven.press("n", "enter")
        driven.app._tick()
        await driven.sees("no incident matches is:new")
        await driven.no_longer_sees("LT+")
        await driven.no_longer_sees("Smuggling balloons")
        await driven.no_longer_sees("attributed")
