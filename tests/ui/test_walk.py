"""From the monitor to the words of a story and back, by keys alone and by mouse alone."""

import asyncio
import gc
import weakref
from dataclasses import replace

import pytest
from textual.events import MouseScrollDown
from textual.widget import Widget

from tests.ui.driving import Driven, running
from tests.ui.fakes import NOW, SUMMARY, FakeSource, gate, news
from tui.domain.board import IncidentDetail
from tui.domain.history import MOVED_TO, RULE, TimelineEntry, TimelineKind
from tui.ui.screens.asking import Copyable
from tui.ui.screens.country import Country
from tui.ui.screens.health import Health
from tui.ui.screens.incident import Incident
from tui.ui.screens.monitor import Monitor
from tui.ui.screens.story import Story
from tui.ui.screens.views import Views


async def at(driven: Driven, screen: type) -> None:
    await driven.until(lambda: isinstance(driven.app.screen, screen), f"the screen {screen.__name__}")


async def test_country_incident_story_and_back_by_enter_and_escape() -> None:
    async with running() as driven:
        await driven.press("1", "j", "enter")
        await at(driven, Country)
        await driven.sees("Poland · incidents", "profile")
        await driven.press("enter")
        await at(driven, Incident)
        await driven.sees("why cert", "6 publishers", "excerpt", "monitor › Poland › incident 1 of 5")
        await driven.press("enter")
        await at(driven, Story)
        await driven.sees("why matched", "extracted", "Baltic Wire", "story 1 of 6")
        for screen in (Incident, Country, Monitor):
            await driven.press("escape")
            await at(driven, screen)


class _Moved(FakeSource):
    """An incident whose only story moved to another."""

    def incident(self, key: str) -> IncidentDetail | None:
        detail = super().incident(key)
        left = TimelineEntry(NOW, TimelineKind.CORRECTION, RULE, f"{MOVED_TO}i77")
        return detail and replace(detail, stories=(), timeline=(*detail.timeline, left))


async def test_an_incident_whose_story_moved_says_where_it_is_now() -> None:
    async with running(_Moved(), size=(200, 60)) as driven:
        await driven.press("enter")
        await at(driven, Incident)
        await driven.sees("its stories are in another incident now: i77")


@pytest.mark.parametrize(("forward", "backward"), [("l", "h"), ("right", "left"), ("enter", "backspace")])
async def test_vim_keys_and_arrows_walk_the_same_way(forward: str, backward: str) -> None:
    async with running() as driven:
        await driven.press(forward)
        await at(driven, Incident)
        await driven.sees("6 languages")
        await driven.press(forward)
        await at(driven, Story)
        await driven.press(backward)
        await at(driven, Incident)
        await driven.press(backward)
        await at(driven, Monitor)


async def test_a_story_reaches_the_browser_in_three_keys_from_the_monitor() -> None:
    async with running() as driven:
        await driven.press("enter")
        await driven.sees("6 languages")
        await driven.press("o")
        await driven.until(lambda: driven.browser.opened == ["https://news.example/s1"], "opened")


async def test_the_browser_opens_the_best_story_from_the_monitor_too() -> None:
    async with running() as driven:
        await driven.press("o")
        await driven.until(lambda: driven.browser.opened == ["https://news.example/s1"], "opened")


async def test_a_link_that_may_not_be_opened_says_why() -> None:
    source = FakeSource()
    story = source.story("s1")
    assert story is not None
    from dataclasses import replace

    source.details["s1"] = replace(story, row=replace(story.row, url="javascript:alert(1)"))
    async with running(source) as driven:
        await driven.press("enter")
        await driven.sees("6 languages")
        await driven.press("enter")
        await driven.sees("javascript:alert(1)")
        await driven.press("o")
        await driven.sees("only http and https links are opened")
        assert driven.browser.opened == []


async def test_the_citation_goes_to_the_clipboard_of_the_terminal() -> None:
    async with running() as driven:
        await driven.press("enter")
        await driven.sees("6 languages")
        await driven.press("y")
        await driven.until(lambda: driven.app.clipboard.startswith("“Vilnius airport halts"), "copied")
        assert driven.app.clipboard.endswith("Baltic Wire, 18 Mar 2026, https://news.example/s1")
        await driven.press("Y")
        assert driven.app.clipboard == "https://news.example/s1"


async def test_next_and_previous_go_through_incidents_and_stories_in_place() -> None:
    async with running() as driven:
        await driven.press("enter", "J")
        await driven.sees("incident 2 of 30", "Fighters shoot down a drone")
        await driven.press("K")
        await driven.sees("incident 1 of 30", "Smuggling balloons")
        await driven.sees("6 languages")
        await driven.press("enter", "J", "J")
        await driven.sees("リトアニアの空港、気球で再び閉鎖", "story 3 of 6")


async def test_next_and_previous_country() -> None:
    async with running() as driven:
        await driven.press("1", "j", "enter", "J")
        await driven.sees("Moldova · incidents")
        await driven.press("K")
        await driven.sees("Poland · incidents")


async def test_n_and_p_go_round_the_new_ones_and_then_the_updated() -> None:
    async with running() as driven:
        screen = driven.app.screen
        assert isinstance(screen, Monitor)
        await driven.press(*"nnnnnnnnn")
        assert screen.incidents.key == "md1"
        await driven.press("n", "n")
        assert screen.incidents.key == "lt1"
        await driven.press("p")
        assert screen.incidents.key == "jo1"


async def test_a_zoomed_pane_stands_alone_and_escape_brings_the_others_back() -> None:
    async with running() as driven:
        await driven.press("1", "1")
        await driven.no_longer_sees("²incidents")
        assert "feeds ✓42" in driven.text
        assert "No state named" in driven.text
        await driven.press("2")
        await driven.sees("²incidents")
        await driven.no_longer_sees("¹countries")
        await driven.press("escape")
        await driven.sees("¹countries", "²incidents")


async def test_keys_typed_in_one_breath_reach_the_pane_that_the_first_of_them_chose() -> None:
    async with running() as driven:
        screen = driven.app.screen
        assert isinstance(screen, Monitor)
        screen.action_pane(1)
        screen.action_move(2)
        assert screen.countries.key == "MD"
        assert screen.incidents.key == "lt1"


async def test_tab_goes_round_the_panes() -> None:
    async with running() as driven:
        screen = driven.app.screen
        assert isinstance(screen, Monitor)
        await driven.press("tab")
        assert screen.kpi.has_focus
        await driven.press("tab")
        assert screen.countries.has_focus
        await driven.press("shift+tab", "shift+tab")
        assert screen.incidents.has_focus


async def test_a_click_selects_and_a_second_click_opens() -> None:
    async with running() as driven:
        row = next(at for at, line in enumerate(driven.lines) if "Copenhagen halts" in line)
        await driven.pilot.click(offset=(60, row))
        screen = driven.app.screen
        assert isinstance(screen, Monitor)
        assert screen.incidents.key == "dk1"
        await driven.pilot.click(offset=(60, row))
        await at(driven, Incident)


async def test_the_wheel_scrolls_and_leaves_the_cursor() -> None:
    async with running() as driven:
        screen = driven.app.screen
        assert isinstance(screen, Monitor)
        for _ in range(4):
            screen.incidents._on_mouse_scroll_down(_wheel(screen))
        await driven.until(lambda: screen.incidents.top > 0, "scrolled")
        assert screen.incidents.key == "lt1"


def _wheel(screen: Monitor) -> MouseScrollDown:
    return MouseScrollDown(screen.incidents, 5, 5, 0, 1, 0, shift=False, meta=False, ctrl=False)


async def test_q_at_the_monitor_quits_only_when_pressed_twice() -> None:
    async with running() as driven:
        await driven.press("q")
        await driven.sees("press q again to quit")
        assert driven.app.is_running
        await driven.press("q")
        await driven.until(lambda: driven.app._exit, "quitting")


async def test_q_elsewhere_goes_back() -> None:
    async with running() as driven:
        await driven.press("H")
        await at(driven, Health)
        await driven.press("q")
        await at(driven, Monitor)


async def test_why_is_a_toggle_where_there_is_no_room_for_both() -> None:
    async with running(size=(80, 24)) as driven:
        await driven.press("enter")
        await driven.sees("6 languages")
        await driven.press("enter")
        await driven.sees("Vilnius⁵ airport")
        assert "why matched" not in driven.text
        await driven.press("x")
        await driven.sees("why matched", "+3.4")
        await driven.no_longer_sees("Vilnius⁵ airport")
        await driven.press("x")
        await driven.sees("Vilnius⁵ airport")


async def test_next_fact_stands_on_the_words_and_brings_them_into_view() -> None:
    async with running(size=(80, 24)) as driven:
        await driven.press("enter")
        await driven.sees("6 languages")
        await driven.press("enter")
        await driven.sees("Vilnius⁵ airport")
        await driven.press("p")
        await driven.sees("A spokesman said")
        screen = driven.app.screen
        assert isinstance(screen, Story)
        await driven.until(
            lambda: any(ink == "chosen" for line in screen.text.lines for _, ink in line), "a chosen mark"
        )


async def test_why_grouped_tells_what_spoke_for_it_and_the_nearest_it_did_not_join() -> None:
    async with running() as driven:
        await driven.press("enter")
        await driven.sees("6 languages")
        await driven.press("x")
        await driven.sees("+2.0 same state: Lithuania", "not pl2: another state")


async def test_the_palette_opens_by_both_keys_and_reaches_a_country() -> None:
    async with running() as driven:
        await driven.press("colon")
        await driven.until(lambda: type(driven.app.screen).__name__ == "CommandPalette", "palette")
        await driven.press("escape")
        await at(driven, Monitor)
        await driven.press("ctrl+p")
        await driven.until(lambda: type(driven.app.screen).__name__ == "CommandPalette", "palette")
        await driven.press(*"gotomold")
        await driven.sees("Go to Moldova")
        await driven.press("enter")
        if not isinstance(driven.app.screen, Country):
            await driven.press("enter")
        await at(driven, Country)
        await driven.sees("Moldova · incidents")


async def test_a_theme_chosen_in_the_palette_is_kept() -> None:
    async with running() as driven:
        driven.app.theme = "paper"
        await driven.until(lambda: ("theme", "paper") in driven.marks.said, "kept")


async def test_a_story_without_facts_is_still_readable() -> None:
    from dataclasses import replace

    from tui.domain.reading import Reading, Verdict

    source = FakeSource(incidents=news()[:1])
    story = source.story("s1")
    assert story is not None
    bare = Reading(Verdict(relevant=True, war_routine=False, score=6.1, threshold=6.0, lang="en"))
    source.details["s1"] = replace(story, reading=bare, summary="", versions=(), siblings=(), assignments=())
    async with running(source, through=gate(source)) as driven:
        await driven.press("enter")
        await driven.sees("6 languages")
        await driven.press("enter")
        await driven.sees("The feed gave a headline only.", "why matched  6.1")
        await driven.press("n")
        await driven.sees("no words of it are marked")
        assert SUMMARY not in driven.text


async def test_keys_that_come_faster_than_screens_go_never_take_the_monitor_away() -> None:
    async with running() as driven:
        await driven.press("question_mark")
        await driven.sees("help · monitor")
        for _ in range(3):
            await driven.app.pop_screen()
        await driven.sees("¹countries")
        assert len(driven.app.screen_stack) == 2


@pytest.mark.parametrize("depth", range(6))
async def test_a_screen_that_is_taken_away_while_it_is_mounted_breaks_nothing(depth: int) -> None:
    """However far it has come: `depth` turns of the loop lie between the key that opens and the key that closes."""
    async with running() as driven:
        monitor = driven.app.screen
        assert isinstance(monitor, Monitor)
        keys = monitor.incidents.keys
        for screen in (
            Incident(driven.app.session, keys[0], keys, ("monitor",)),
            Story(driven.app.session, "s1", ("s1",), ("monitor",)),
            Health(driven.app.session),
            Views(monitor),
            Copyable((("a text", "ink"),), "to be copied", "words"),
        ):
            driven.app.push_screen(screen)
            for _ in range(depth):
                await asyncio.sleep(0)
            await driven.app.pop_screen()
        for _ in range(3):
            driven.app.push_screen(Country(driven.app.session, "PL", ("PL",)))
            driven.app.push_screen(Incident(driven.app.session, keys[0], keys, ("monitor",)))
            for _ in range(depth):
                await asyncio.sleep(0)
            driven.app.pop_screen()
            for _ in range(depth):
                await asyncio.sleep(0)
            driven.app.pop_screen()
        await driven.sees("¹countries")


async def test_what_a_closed_screen_has_drawn_is_not_kept() -> None:
    async with running() as driven:
        closed = []
        for _ in range(4):
            await driven.press("enter")
            await at(driven, Incident)
            await driven.sees("why cert")
            closed += [
                weakref.ref(widget._styles_cache) for widget in driven.app.screen.walk_children(Widget)
            ]
            await driven.press("escape")
            await at(driven, Monitor)
        assert len(closed) > 40

        def kept() -> int:
            gc.collect()
            return sum(cache() is not None for cache in closed)

        # One more screen than is open may wait for its last message.
        await driven.until(lambda: kept() <= len(closed) // 4, "closed screens to be let go")


async def test_the_palette_knows_an_action_by_the_name_that_settings_call_it_too() -> None:
    async with running() as driven:
        await driven.press("colon")
        await driven.until(lambda: type(driven.app.screen).__name__ == "CommandPalette", "palette")
        await driven.press(*"export")
        await driven.sees("Write it to a file")
