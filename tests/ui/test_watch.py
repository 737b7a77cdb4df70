"""Saved views, notes, tags and the watch screen, by keys."""

from dataclasses import replace
from datetime import timedelta

from textual.app import App

from tests.ui.driving import Driven, running
from tests.ui.fakes import FakeSource, gate
from tests.ui.watching import a_desk_source, standing
from tui.domain.query_tree import EVERYTHING
from tui.domain.views import SavedView
from tui.ui.screens.incident import Incident
from tui.ui.screens.monitor import Monitor
from tui.ui.screens.views import Views
from tui.ui.screens.watch import Watch


async def at(driven: Driven, screen: type) -> None:
    await driven.until(lambda: isinstance(driven.app.screen, screen), f"the screen {screen.__name__}")
    await driven.settled()


def name_of(app: App[None]) -> str:
    return type(app.screen).__name__


def saved(driven: Driven) -> list[tuple[str, str]]:
    return [(view.name, view.text) for view in driven.source.saved]


async def typed(driven: Driven, words: str) -> None:
    await driven.until(lambda: name_of(driven.app) == "Ask", "a box that asks")
    await driven.settled()
    await driven.press(*("space" if letter == " " else letter for letter in words), "enter")
    await driven.until(lambda: name_of(driven.app) != "Ask", "the box gone")


async def test_the_filter_of_the_monitor_is_saved_shown_by_its_digit_and_cleared() -> None:
    async with running() as driven:
        await driven.press("f", "d", "enter", "V")
        await typed(driven, "Drones")
        await driven.until(lambda: saved(driven) == [("Drones", "object:DRN")], "saved")
        await driven.sees("view Drones · F clears")
        await driven.press("F")
        await driven.until(lambda: driven.app.session.query.filter == EVERYTHING, "cleared")
        await driven.press("v")
        await driven.sees("saved views", "All incidents", "object:DRN · 24h")
        await driven.press("1")
        await driven.sees("view Drones · F clears")
        assert str(driven.app.session.query.filter) == "object:DRN"
        await driven.press("u")
        await driven.until(lambda: driven.app.session.query.filter == EVERYTHING, "undone")


async def test_a_view_brings_its_window_and_sort_from_any_screen() -> None:
    async with running(a_desk_source()) as driven:
        await driven.press("H", "v")
        await at(driven, Views)
        await driven.press("j", "j", "enter")
        await at(driven, Monitor)
        await driven.sees("view Baltic balloons", "sort sources")
        assert driven.app.session.query.window == driven.source.saved[1].window
        await driven.press("v", "0")
        await driven.until(lambda: driven.app.session.query.filter == EVERYTHING, "no filter")


async def test_saving_from_a_country_a_search_and_the_filter_box() -> None:
    async with running() as driven:
        await driven.press("1", "j", "enter")
        await driven.sees("Poland · incidents")
        await driven.press("V")
        await typed(driven, "Poland")
        await driven.press("escape", "slash", *"balloons", "enter")
        await driven.sees("1 story")
        await driven.press("V")
        await typed(driven, "Balloons")
        await driven.press("escape", "escape")
        await at(driven, Monitor)
        await driven.press("f", "w", "V")
        await typed(driven, "Starred")
        await driven.until(lambda: len(saved(driven)) == 3, "three views")
        assert saved(driven) == [
            ("Poland", "country:PL"),
            ("Balloons", "balloons"),
            ("Starred", "is:watched"),
        ]


async def test_what_cannot_be_saved_says_why_as_it_is_typed_and_a_known_name_is_replaced() -> None:
    async with running(a_desk_source()) as driven:
        await driven.press("f", "b", "enter", "V")
        await driven.until(lambda: name_of(driven.app) == "Ask", "the box")
        await driven.sees("A view needs a name")
        await driven.press("enter", *"everything")
        await driven.sees("takes the place of everything in Everything")
        await driven.press("enter")
        await driven.until(lambda: saved(driven)[0] == ("everything", "object:BLN"), "replaced")
        assert len(saved(driven)) == 5
        await driven.press("u")
        await driven.until(lambda: saved(driven)[0] == ("Everything", ""), "put back")


async def test_the_watch_screen_tells_views_watched_incidents_and_alerts() -> None:
    async with running(a_desk_source()) as driven:
        await driven.press("W")
        await at(driven, Watch)
        await driven.sees("saved views 5", "★ watched 3", "● 2 with news", "alert log 24h · 5")
        await driven.sees("object:BLN country:LT,LV,EE balloons · 7d", "nothing happened since 13:05Z")
        await driven.sees("response: airport closed", "Norway: its feeds")
        await driven.sees("no [[alert]] in feeds.toml")


async def test_views_are_moved_deleted_edited_and_every_step_is_undone() -> None:
    async with running(a_desk_source()) as driven:
        before = saved(driven)
        await driven.press("W")
        await driven.sees("Baltic balloons")
        await driven.press("J")
        await driven.until(
            lambda: [name for name, _ in saved(driven)][:2] == ["Baltic balloons", "Everything"]
        )
        await driven.sees("moved")
        screen = driven.app.screen
        assert isinstance(screen, Watch)
        await driven.until(lambda: screen.views.keys[1] == "Everything", "moved on the screen")
        await driven.press("D")
        await driven.until(lambda: "Everything" not in dict(saved(driven)), "deleted")
        await driven.until(lambda: len(screen.views.keys) == 4, "gone from the screen")
        screen.views.select("Taiwan Strait")
        await driven.press("E")
        await typed(driven, " 2")
        await driven.until(lambda: "Taiwan Strait 2" in dict(saved(driven)), "renamed")
        await driven.until(lambda: "Taiwan Strait 2" in screen.views.keys, "renamed on the screen")
        await driven.press("u", "u", "u")
        await driven.until(lambda: saved(driven) == before, "all undone")
        await driven.press("U")
        await driven.until(lambda: saved(driven)[0][0] == "Baltic balloons", "done again")


async def test_a_new_view_is_made_on_the_watch_screen_and_a_wrong_query_is_pointed_at() -> None:
    async with running() as driven:
        await driven.press("W")
        await driven.press("V")
        await driven.until(lambda: name_of(driven.app) == "Ask", "the box")
        await driven.press(*"Poles", "tab", *"country:Polnd")
        await driven.sees("At character 9: Polnd is no state that we know")
        await driven.press("enter")
        assert name_of(driven.app) == "Ask"
        await driven.press(*["backspace"] * 5, *"PL", "enter")
        await driven.until(lambda: saved(driven) == [("Poles", "country:PL")], "saved")
        await driven.sees("Poles")


async def test_an_empty_desk_says_which_keys_fill_it() -> None:
    source = FakeSource()
    source.incidents = tuple(replace(row, watched=False) for row in source.incidents)
    async with running(source) as driven:
        await driven.press("W")
        await driven.sees("none is saved yet · V makes one", "no incident has a star", "no rule is in force")


async def test_an_alert_rule_of_a_view_is_shown_and_copied_and_one_in_force_stands_beside_its_view() -> None:
    source = a_desk_source()
    async with running(source, through=gate(source, alerting=standing)) as driven:
        await driven.press("W")
        await driven.sees("♪ new, ", "♪ off", "✗ broken, command, since 13:31Z")
        await driven.press("j", "j", "space")
        await driven.sees("[[alert]]", 'name = "NATO east flank"', "nothing is written by itself")
        await driven.press("y")
        await driven.until(lambda: driven.app.clipboard.startswith('[[alert]]\nname = "NATO'), "copied")
        await at(driven, Watch)


async def test_rows_of_the_watch_screen_open_what_they_tell_of() -> None:
    async with running(a_desk_source()) as driven:
        await driven.press("W")
        await driven.sees("alert log 24h · 5")
        await driven.press("tab", "enter")
        await at(driven, Incident)
        await driven.sees("Fighters shoot down a drone", "incident 1 of 3")
        await driven.press("escape")
        await at(driven, Watch)
        await driven.press("tab", "enter")
        await at(driven, Incident)
        await driven.sees("Smuggling balloons", "incident 1 of 4")
        await driven.press("escape")
        await at(driven, Watch)
        await driven.press("3")
        await at(driven, Monitor)
        await driven.sees("view NATO east flank", "sort severity")


async def test_a_note_and_tags_are_written_seen_and_undone() -> None:
    async with running() as driven:
        await driven.press("c")
        await typed(driven, "ask < them")
        await driven.until(lambda: driven.marks.said[-1] == ("note", ("lt1", "ask < them")), "noted")
        await driven.sees("¶ Smuggling", "¶ ask < them")
        await driven.press("number_sign")
        await driven.until(lambda: name_of(driven.app) == "Ask", "the box")
        await driven.press(*"a:b")
        await driven.sees("is no tag")
        await driven.press("enter", "backspace", "backspace", *" Verify", "enter")
        await driven.until(lambda: driven.marks.said[-1] == ("tags", ("lt1", ("a", "verify"))), "tagged")
        await driven.sees("#a #verify")
        await driven.press("enter")
        await at(driven, Incident)
        await driven.sees("#a #verify", "ask < them")
        await driven.press("u", "u", "u")
        await driven.until(lambda: ("note", ("lt1", "")) in driven.marks.said, "undone")
        await driven.no_longer_sees("ask < them")


async def test_the_palette_lists_every_view() -> None:
    async with running(a_desk_source()) as driven:
        await driven.press("ctrl+p")
        await driven.until(lambda: name_of(driven.app) == "CommandPalette", "palette")
        await driven.press(*"viewtaiwan")
        await driven.sees("View: Taiwan Strait")
        await driven.press("enter")
        if name_of(driven.app) == "CommandPalette":
            await driven.press("enter")
        await driven.sees("view Taiwan Strait")


async def test_a_view_that_cannot_be_read_says_so_and_shows_nothing_else() -> None:
    source = FakeSource(saved=(SavedView("Old", "colour:red", None, position=1),))
    async with running(source) as driven:
        await driven.press("v")
        await driven.sees("Old", "cannot be read: there is no field colour:")
        await driven.press("1")
        await driven.sees("its query cannot be read")
        assert driven.app.session.query.filter == EVERYTHING


async def test_undoing_a_view_takes_back_the_window_that_was_chosen_in_it_too() -> None:
    async with running(a_desk_source()) as driven:
        session = driven.app.session
        before = session.query.window
        await driven.press("v", "4")
        await driven.until(lambda: session.query.window is None, "the view without a window")
        await driven.press("t")
        await driven.until(lambda: session.query.window not in {before, None}, "another window chosen in it")
        await driven.press("u")
        await driven.until(lambda: session.query.window == before, "undone")
        assert session.chosen_window == before
        await driven.press("v", "2")
        await driven.until(lambda: session.query.window == timedelta(days=7), "another view")
        await driven.press("F")
        await driven.until(lambda: session.query.window == before, "the window of before both views")
