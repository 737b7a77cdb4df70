"""What the screens say of themselves: the codes, the keys that hold now, whose process fetches."""

from dataclasses import replace
from datetime import timedelta

from tests.ui.driving import running
from tests.ui.fakes import HEALTHY, FakeCollecting, FakeSource, gate
from tui.domain.codes import EVENT_TAG, OBJECT_TAG, IncidentCertainty
from tui.ui.panes.legend import legend_lines
from tui.ui.screens.search import Search


def test_every_code_of_the_screens_has_its_line() -> None:
    said = "\n".join("".join(text for text, _ in line) for line in legend_lines(100))
    for code in (*EVENT_TAG.values(), *OBJECT_TAG.values(), *IncidentCertainty):
        assert code in said
    for event in EVENT_TAG:
        assert event.replace("_", " ") in said
    for thing in OBJECT_TAG:
        assert thing.replace("_", " ") in said
    assert "The window counts incidents of which anything changed" in " ".join(said.split())


async def test_help_turns_to_the_codes_and_back() -> None:
    async with running(size=(80, 24)) as driven:
        await driven.press("question_mark")
        await driven.sees("help · monitor", "c what the codes mean")
        await driven.press("c")
        await driven.sees("what the codes mean", "SHOT  critical", "shootdown")
        await driven.press("c")
        await driven.sees("help · monitor")


async def test_the_key_bar_names_the_keys_that_hold_while_one_types_and_then_those_of_the_results() -> None:
    async with running() as driven:
        await driven.press("slash", *"balloons")
        await driven.sees("1 story", "⏎ results  tab in common  end complete  esc back")
        await driven.press("enter")
        await driven.sees("o browser", "f filter lists")
        await driven.press("slash")
        await driven.sees("end complete")


async def test_on_a_narrow_screen_what_is_in_common_takes_the_place_of_the_results() -> None:
    async with running(size=(80, 24)) as driven:
        await driven.press("slash", *"balloons")
        await driven.sees("1 story")
        await driven.press("enter")
        await driven.sees("i in common")
        assert "in common ─" not in driven.text
        await driven.press("i")
        await driven.sees("─ in common", "□ LT Lithuania")
        await driven.press("enter")
        screen = driven.app.screen
        assert isinstance(screen, Search)
        await driven.until(lambda: "country:LT" in screen.box.value, "taken into the query")
        await driven.press("i")
        await driven.sees("Vilnius airport halts flights")


async def test_a_dashboard_that_would_fetch_says_whose_process_does_instead() -> None:
    source = FakeSource(status=replace(HEALTHY, pid=4711, host="desk"))
    async with running(source, through=gate(source, collecting=FakeCollecting(runs=True))) as driven:
        await driven.sees("process 4711 on desk fetches")
    source = FakeSource(status=replace(HEALTHY, pid=12))
    async with running(source, through=gate(source, collecting=FakeCollecting(runs=True))) as driven:
        assert "fetches" not in driven.text


async def test_the_window_says_what_it_counts_and_what_an_age_is() -> None:
    async with running(size=(120, 40)) as driven:
        await driven.press("t")
        await driven.until(
            lambda: any(
                "changed in the last 7d; ages say" in note.message for note in driven.app._notifications
            ),
            "said",
        )
        driven.clock.turn(timedelta(seconds=1))
