"""Search as you type: the box, the results and what they have in common."""

import pytest
from textual.events import Paste

from tests.ui.driving import running
from tests.ui.fakes import FakeSource
from tui.ui.screens.search import Search
from tui.ui.screens.story import Story


async def test_words_find_stories_as_they_are_typed_and_the_way_leads_to_the_story_and_back() -> None:
    async with running(size=(120, 40)) as driven:
        await driven.press("slash")
        await driven.sees("search everything stored", "in common")
        await driven.press(*"vilnius")
        await driven.sees("2 stories")
        screen = screen_of(driven.app)
        assert len(screen.hits.keys) == 2
        assert all(hit.item and "vilnius" in hit.item.story.title.lower() for hit in screen.hits.rows)
        await driven.press("down", "enter")
        await driven.until(lambda: isinstance(driven.app.screen, Story), "the story")
        await driven.press("escape")
        await driven.until(lambda: isinstance(driven.app.screen, Search), "back")
        await driven.press("escape")
        await driven.no_longer_sees("search everything stored")


async def test_letters_that_are_keys_elsewhere_are_letters_in_the_box() -> None:
    async with running(size=(120, 40)) as driven:
        await driven.press("slash")
        await driven.sees("search everything stored")
        await driven.press(*"qHjw")
        await driven.until(lambda: screen_of(driven.app).box.value == "qHjw", "typed")


async def test_an_error_is_told_where_it_is_and_the_last_results_stay() -> None:
    async with running(size=(120, 40)) as driven:
        await driven.press("slash")
        await driven.until(lambda: screen_of(driven.app).hits.rows, "results")
        before = screen_of(driven.app).hits.rows
        # At once: a slow machine would search for the first letters alone.
        screen_of(driven.app).box.value = "contry:x"
        await driven.sees("there is no field contry:", "did you mean country:?")
        assert screen_of(driven.app).hits.rows == before


async def test_a_fact_is_put_into_the_query_from_the_side_and_taken_out_again() -> None:
    async with running(size=(120, 40)) as driven:
        await driven.press("slash")
        await driven.sees("LT Lithuania")
        await driven.press("tab", "enter")
        await driven.until(lambda: screen_of(driven.app).box.value == "country:LT", "put in")
        await driven.sees("▣ LT")
        await driven.press("enter")
        await driven.until(lambda: screen_of(driven.app).box.value == "", "taken out")


async def test_from_a_country_the_search_begins_there_and_the_right_arrow_takes_what_is_offered() -> None:
    async with running(size=(120, 40)) as driven:
        await driven.press("1", "j", "enter")
        await driven.sees("profile")
        await driven.press("slash")
        await driven.sees("search everything stored")
        box = screen_of(driven.app).box
        code = box.value.removeprefix("country:").strip()
        assert len(code) == 2
        await driven.press(*"obj")
        await driven.until(lambda: box._suggestion, "offered")
        await driven.press("right")
        assert box.value.endswith("object:")


async def test_nothing_found_says_so_and_a_narrow_screen_shows_the_results_alone() -> None:
    async with running(FakeSource(), size=(80, 24)) as driven:
        await driven.press("slash")
        await driven.sees("results")
        assert "in common" not in driven.text
        await driven.press(*"zzzz")
        await driven.sees("nothing found", "0 stories")


def screen_of(app: object) -> Search:
    screen = getattr(app, "screen", None)
    assert isinstance(screen, Search)
    return screen


async def test_a_paste_longer_than_a_query_is_told_and_not_swallowed() -> None:
    async with running(size=(120, 40)) as driven:
        await driven.press("slash")
        await driven.sees("search everything stored")
        driven.app.screen.focused.post_message(Paste("drone " * 500))  # type: ignore[union-attr]  # the box
        await driven.sees("a query has at most 2,000 characters")


@pytest.mark.parametrize("width", [80, 120, 200])
async def test_why_on_a_result_opens_the_reasons_with_the_keys_in_them(width: int) -> None:
    async with running(size=(width, 40)) as driven:
        await driven.press("slash", *"vilnius")
        await driven.sees("2 stories")
        await driven.press("down", "x")
        await driven.sees("why matched", "+3.4")
        screen = driven.app.screen
        assert isinstance(screen, Story)
        assert screen.focused is screen.reasons
        await driven.press("x")
        await driven.until(lambda: screen.focused is screen.text, "the text")


async def test_escape_goes_back_from_the_results_and_from_what_stands_in_their_place_to_them() -> None:
    async with running(size=(80, 24)) as driven:
        await driven.press("slash", *"vilnius")
        await driven.sees("2 stories")
        await driven.press("down", "i")
        await driven.sees("in common", "LT Lithuania")
        await driven.press("escape")
        await driven.until(lambda: screen_of(driven.app).focused is screen_of(driven.app).hits, "the results")
        await driven.press("escape")
        await driven.no_longer_sees("search everything stored")


async def test_from_results_that_stand_alone_the_box_comes_back_to_be_typed_into() -> None:
    async with running(size=(80, 24)) as driven:
        await driven.press("slash", "tab")
        await driven.until(lambda: screen_of(driven.app).hits.rows, "results")
        await driven.press("z")
        await driven.until(lambda: not screen_of(driven.app).box.region, "alone")
        await driven.press("slash", *"drone")
        await driven.sees("drone")
        assert screen_of(driven.app).box.region
