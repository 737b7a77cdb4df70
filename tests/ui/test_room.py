"""Nothing is squeezed: what there is no room for is put away whole, at every size in between."""

from dataclasses import replace

import pytest
from textual.widgets._toast import Toast

from tests.ui.driving import Driven, running
from tests.ui.fakes import FakeSource, gate
from tui.domain.packs import Pack
from tui.pipeline.gate import FirstRun, Switched
from tui.ui.screens.statistics import StatisticsScreen

USEFUL = 48
"""Columns from which a map of the world can be read."""


async def resized(driven: Driven, width: int, height: int) -> None:
    await driven.pilot.resize_terminal(width, height)
    await driven.until(
        lambda: driven.app.screen.size == (width, height) and len(driven.lines[0]) == width, "the new size"
    )
    await driven.settled()


async def test_a_map_has_room_for_the_world_at_every_width_or_is_not_there() -> None:
    async with running(size=(80, 45)) as driven:
        for width in (80, 90, 99, 100, 119, 120, 140, 159, 160, 161, 170, 180, 190, 199, 200, 210, 220):
            await resized(driven, width, 45)
            world, inset = driven.app.screen.query_one("#map"), driven.app.screen.query_one("#inset")
            seen = world.size.width if driven.app.screen.query_one("#maps").display else 0
            assert not seen or seen >= USEFUL, width
            assert bool(seen) == (width >= 100), width
            assert inset.display == (width >= 200), width
            if seen:
                await driven.sees("map · worst event 24h · world")


async def test_the_preview_has_facts_and_history_only_where_both_can_be_read() -> None:
    async with running(size=(100, 45)) as driven:
        await driven.sees("in the news 14:27Z (5m ago)")
        assert not driven.app.screen.query_one("#history").display
        await resized(driven, 120, 45)
        await driven.sees("news 5m ago")
        assert driven.app.screen.query_one("#history").display


async def test_a_toast_leaves_the_status_bar_and_the_key_bar_to_be_read() -> None:
    async with running(size=(80, 24)) as driven:
        driven.app.notify("said at some length, " * 12, markup=False)
        await driven.sees("said at some length")
        toast = driven.app.screen.query_one(Toast)
        assert toast.region.bottom <= 22
        assert driven.lines[-2].startswith(" feeds ✓42")
        assert driven.lines[-1].endswith("palette ")


def asked() -> FirstRun:
    packs = tuple(
        Pack(name, "states", frozenset({f"https://{name}.example/"})) for name in map(str, range(101, 109))
    )
    return FirstRun(packs, lambda _: Switched(done=True, said=""))


async def test_a_screen_too_small_for_any_box_says_so_instead() -> None:
    async with running(size=(50, 12), through=gate(FakeSource(), first_run=asked())) as driven:
        await driven.sees("needs 60×16, have 50×12")
        assert "What to watch" not in driven.text
        await resized(driven, 60, 16)
        await driven.sees("What to watch")


async def test_where_nothing_can_be_shown_no_key_does_anything_but_lead_out() -> None:
    chosen: list[frozenset[str]] = []

    def choose(urls: frozenset[str]) -> Switched:
        chosen.append(urls)
        return Switched(done=True, said="")

    first = replace(asked(), choose=choose)
    async with running(size=(50, 12), through=gate(FakeSource(), first_run=first)) as driven:
        await driven.sees("needs 60×16, have 50×12")
        await driven.press("space", "enter", "escape", "q", "q")
        await driven.settled()
        assert not chosen
        await resized(driven, 60, 16)
        await driven.sees("What to watch", "▸ ■ 101")
    async with running(size=(120, 40)) as driven:
        await driven.sees("Smuggling balloons")
        await resized(driven, 50, 10)
        await driven.press("exclamation_mark", "n", "enter", "w")
        await driven.settled()
        assert driven.marks.said == []
        await resized(driven, 120, 40)
        assert len(driven.app.screen_stack) == 2
        await resized(driven, 50, 10)
        await driven.press("q", "q")
        await driven.until(lambda: driven.app._exit, "left")


async def test_on_the_smallest_screen_the_keys_reach_every_line_of_the_first_start() -> None:
    async with running(size=(60, 16), through=gate(FakeSource(), first_run=asked())) as driven:
        await driven.sees("▸ ■ 101")
        await driven.press(*["j"] * 7)
        await driven.sees("▸ ■ 108")
        assert "lists the keys of every screen" not in driven.text
        await driven.press(*["j"] * 12)
        await driven.sees("lists the keys of every screen")
        await driven.press(*["k"] * 24)
        await driven.sees("▸ ■ 101", "airspace incursions")


@pytest.mark.parametrize("back", ["x", "escape"])
async def test_on_a_low_screen_the_rule_stands_in_the_place_of_the_numbers_and_goes_again(back: str) -> None:
    async with running(size=(61, 16)) as driven:
        await driven.press("S")
        await driven.sees("country × week", "Poland")
        await driven.press("x")
        await driven.sees("the rule of country × week")
        screen = driven.app.screen
        assert isinstance(screen, StatisticsScreen)
        assert screen.rule.size.height >= 8
        assert screen.focused is screen.rule
        assert not screen.query_one("#across").display
        await driven.press(back)
        await driven.no_longer_sees("the rule of")
        week = screen.tables["week"]
        assert screen.focused is week
        assert week.size.height >= 8
        await driven.settled()
        assert isinstance(driven.app.screen, StatisticsScreen)


async def test_the_interrupt_key_says_in_our_words_how_to_quit() -> None:
    async with running() as driven:
        await driven.press("ctrl+c")
        await driven.sees("nothing is selected to copy · ^q quits")
        assert "Do you want to quit" not in driven.text
