"""Small screens and quick keys: what a person cannot see or do is said, and what is shown is so."""

from typing import Any

import pytest

from tests.ui.driving import running
from tests.ui.fakes import HEALTHY, FakeSource, gate
from tests.ui.watching import a_desk_source
from tui.domain.packs import Pack
from tui.domain.query_tree import EVERYTHING
from tui.pipeline.gate import FirstRun, LinkRefused, Switched
from tui.ui.screens.first import First

SMALL = (80, 24)


async def test_the_window_of_a_view_goes_with_the_view_and_stands_on_a_small_screen() -> None:
    async with running(a_desk_source(), size=SMALL) as driven:
        await driven.sees(" in 24h ")
        for away in (("v", "0"), ("F",)):
            await driven.press("v", "2")
            await driven.sees(" in 7d ")
            await driven.press(*away)
            await driven.sees(" in 24h ")
            assert driven.app.session.query.filter == EVERYTHING
        await driven.press("u")
        await driven.sees(" in 7d ")


async def test_a_window_that_was_chosen_outlives_the_view_shown_meanwhile() -> None:
    async with running(a_desk_source(), size=SMALL) as driven:
        await driven.press("t", "t")
        await driven.sees(" in 30d ")
        await driven.press("v", "2")
        await driven.sees(" in 7d ")
        await driven.press("F")
        await driven.sees(" in 30d ")


async def test_the_key_of_a_pane_that_has_no_room_says_so() -> None:
    async with running(size=SMALL) as driven:
        await driven.press("4")
        await driven.sees("no pane of stories here", "160 columns")


async def test_the_filter_box_explains_its_letters_on_a_small_screen() -> None:
    async with running(size=SMALL) as driven:
        await driven.press("f")
        await driven.sees("letters and arrows with space press a chip", "finds more")


async def test_what_stands_under_the_numbers_is_whole_on_a_small_screen() -> None:
    async with running(size=SMALL) as driven:
        await driven.press("S")
        await driven.sees("⏎ lists it  y copies its query")
    async with running(size=(200, 60)) as driven:
        await driven.press("S")
        await driven.sees("⏎ country:TW week:2026-W12 is:news")


@pytest.mark.parametrize("keys", [(), ("b",)])
async def test_the_box_that_asks_what_is_wrong_is_whole_on_the_smallest_screen(keys: tuple[str, ...]) -> None:
    async with running(size=(60, 16)) as driven:
        await driven.press("exclamation_mark", *keys)
        await driven.sees("o  outcome", "╰───", "not" if keys else "afterwards")
        boxes = 2 if keys else 1
        assert sum("│╰─" in line or line.startswith(" ╰─") for line in driven.lines) == boxes


async def test_the_second_line_of_a_long_title_stands_under_the_first() -> None:
    async with running(size=(60, 20)) as driven:
        await driven.press("enter")
        await driven.sees("│ ▌ Smuggling balloons from Belarus", "│   for a third night")


async def test_results_of_the_query_before_are_called_so_while_the_box_holds_none() -> None:
    async with running(size=(120, 40)) as driven:
        await driven.press("slash", *"balloons")
        await driven.sees("1 story")
        await driven.press("space", *"country", "colon", *"Polnd")
        await driven.sees("still of the query before: balloons")
        await driven.press("enter", "f")
        await driven.sees("Polnd is no state that we know; did you mean PL?")
        assert driven.app.session.query.filter == EVERYTHING


async def test_the_first_dialogue_counts_the_poll_as_the_bar_does() -> None:
    source = FakeSource()
    source.say(
        HEALTHY.__class__(
            pid=1,
            heartbeat=HEALTHY.heartbeat,
            state="polling",
            round_done=49,
            round_total=216,
            feeds=HEALTHY.feeds.__class__(waiting=216),
        )
    )
    asked = FirstRun(
        (Pack("World", "all", frozenset({"https://a.example/"})),), lambda _: Switched(done=True, said="")
    )
    async with running(source, through=gate(source, first_run=asked)) as driven:
        await driven.until(lambda: isinstance(driven.app.screen, First), "the dialogue")
        await driven.sees("49 of 216 feeds", "first poll 49/216")


async def test_stories_of_the_incident_before_are_not_opened_for_this_one() -> None:
    async with running(size=(200, 60)) as driven:
        screen: Any = driven.app.screen
        await driven.until(lambda: screen.stories.rows, "the stories of the first")
        screen._show_unread = lambda: None  # the third of a second in which they still stand is held
        driven.source.incident = lambda key: None  # type: ignore[method-assign]  # one that takes its time
        await driven.press("j", "4", "enter")
        await driven.sees("these are stories of another incident")


async def test_a_link_that_no_browser_takes_is_not_said_to_be_opened() -> None:
    def refused(url: str) -> LinkRefused | None:
        return LinkRefused(f"no browser for {url}")

    async with running() as driven:
        driven.browser.open = refused  # type: ignore[method-assign]
        await driven.press("o")
        await driven.sees("no browser")
        assert "opened" not in driven.text
