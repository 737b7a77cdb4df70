"""Ways of the keys and the mouse that cross screens: headings, the way back, scope, why, links by number, earlier."""

from tests.ui.driving import Driven, running
from tests.ui.fakes import FakeSource
from tui.ui.screens.incident import Incident
from tui.ui.screens.monitor import Monitor
from tui.ui.screens.replay import Replay
from tui.ui.screens.search import Search
from tui.ui.screens.story import Story


async def at(driven: Driven, screen: type) -> None:
    await driven.until(lambda: isinstance(driven.app.screen, screen), f"the screen {screen.__name__}")


async def test_a_click_on_a_heading_sorts_and_a_second_one_turns_the_order() -> None:
    async with running() as driven:
        row = next(at for at, line in enumerate(driven.lines) if "age↓" in line)
        await driven.pilot.click(offset=(driven.lines[row].index("src"), row))
        await driven.sees("sort sources ↓", "src↓")
        await driven.pilot.click(offset=(driven.lines[row].index("src"), row))
        await driven.sees("sort sources ↑", "src↑")


async def test_a_click_on_the_way_here_goes_back_along_it() -> None:
    async with running() as driven:
        await driven.press("1", "j", "enter")
        await driven.sees("Poland · incidents")
        await driven.press("enter")
        await driven.sees("6 languages")
        await driven.press("enter")
        await at(driven, Story)
        await driven.sees("Vilnius⁵ airport")
        await driven.pilot.click(offset=(driven.lines[0].index("incident"), 0))
        await at(driven, Incident)
        await driven.pilot.click(offset=(driven.lines[0].index("monitor"), 0))
        await at(driven, Monitor)


async def test_a_click_on_the_clock_goes_nowhere() -> None:
    async with running() as driven:
        await driven.press("enter")
        await at(driven, Incident)
        await driven.sees("6 languages")
        await driven.pilot.click(offset=(driven.lines[0].index("LIVE"), 0))
        await driven.settled()
        await at(driven, Incident)


async def test_a_search_begins_on_the_country_and_tab_widens_it() -> None:
    async with running() as driven:
        await driven.press("1", "j", "enter")
        await driven.sees("Poland · incidents")
        await driven.press("slash")
        await at(driven, Search)
        screen = driven.app.screen
        assert isinstance(screen, Search)
        assert screen.box.value == "country:PL "
        await driven.sees("tab everything")
        await driven.press(*"drone", "tab")
        assert screen.box.value == "drone"
        await driven.sees("searching everything stored", "tab in common")


async def test_why_opens_an_incident_where_it_tells_why_its_stories_are_one() -> None:
    async with running() as driven:
        await driven.press("x")
        await at(driven, Incident)
        await driven.sees("same state: Lithuania", "not pl2")


async def test_what_is_wrong_can_be_said_of_a_story_that_was_found() -> None:
    async with running() as driven:
        await driven.press("slash", *"balloons")
        await driven.sees("1 story")
        await driven.press("enter", "exclamation_mark")
        await driven.sees("what is wrong?", "another incident")


async def test_links_are_opened_by_their_number() -> None:
    async with running() as driven:
        await driven.press("enter")
        await driven.sees("6 languages")
        await driven.press("enter")
        await driven.sees("↗ 1 https://news.example/s1")
        await driven.press("2")
        await driven.until(lambda: len(driven.browser.opened) == 1, "opened")
        assert driven.browser.opened != ["https://news.example/s1"]
        await driven.press("9")
        await driven.sees("there is no link 9")


async def test_the_text_as_it_is_stored_has_no_marks() -> None:
    async with running() as driven:
        await driven.press("enter")
        await driven.sees("6 languages")
        await driven.press("enter")
        await driven.sees("Vilnius⁵ airport")
        await driven.press("backslash")
        await driven.sees("first seen", "Vilnius airport")
        await driven.no_longer_sees("Vilnius⁵ airport")


async def test_earlier_is_the_replay_an_hour_ago_and_later_is_now() -> None:
    async with running() as driven:
        await driven.press("right_square_bracket")
        await driven.sees("this is now")
        await driven.press("left_square_bracket")
        await at(driven, Replay)
        await driven.sees("REPLAY", "13:32Z")


async def test_a_filter_can_be_undone_and_done_again() -> None:
    async with running(FakeSource()) as driven:
        await driven.press("f", "d", "enter")
        await driven.sees("filter object:")
        await driven.press("u")
        await driven.sees("undone: filter")
        await driven.no_longer_sees("F clears")
        await driven.press("U")
        await driven.sees("done again: filter")
