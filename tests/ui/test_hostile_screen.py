"""Hostile words of feeds are shown as what they are, and do nothing."""

from dataclasses import replace

import pytest

from tests.ui.driving import Driven
from tests.ui.fakes import FakeBrowser, FakeClock, FakeMarks, gate, news
from tests.ui.stage import NASTY, NastySource, spoil
from tui.ui.app import OverflightApp
from tui.ui.screens.story import Story


def nasty_app() -> tuple[OverflightApp, NastySource, FakeMarks, FakeBrowser]:
    rows = tuple(replace(row, line=spoil(row.line, at)) for at, row in enumerate(news()))
    source = NastySource(incidents=rows)
    door = gate(source, notices=NASTY)
    marks, browser = door.marks, door.browser
    assert isinstance(marks, FakeMarks)
    assert isinstance(browser, FakeBrowser)
    return OverflightApp(door, FakeClock()), source, marks, browser


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_markup_in_titles_is_literal_and_no_screen_falls_over(size: tuple[int, int]) -> None:
    app, source, marks, browser = nasty_app()
    async with app.run_test(size=size, notifications=True) as pilot:
        driven = Driven(app, pilot, source, marks, browser, FakeClock())
        await driven.until(lambda: app.session.board is not None, "board")
        for _ in range(10):
            await driven.press("j")
        await driven.sees("[@click=app.quit]click[/]")
        await driven.press("enter")
        await driven.sees("6 languages")
        await driven.press("enter")
        await driven.until(lambda: isinstance(app.screen, Story), "the story")
        story = app.screen
        assert isinstance(story, Story)
        await driven.until(
            lambda: any("[red]x[/red]" in "".join(part for part, _ in line) for line in story.text.lines),
            "markup as text",
        )
        for key in ("x", "J", "K", "n", "p", "y", "H", "question_mark", "escape", "escape"):
            await driven.press(key)
            await driven.settled()
        assert app._exception is None
        assert app.is_running
        hidden = set("\x1b\x9b\x00\x07\x08\x0b\x0c\x7f\u202e\u2066\u200b\ufeff\u200e\u061c\U000e0041\ud800")
        assert not hidden & set(driven.text)


async def test_clicking_on_an_action_in_a_title_runs_nothing() -> None:
    app, source, marks, browser = nasty_app()
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        driven = Driven(app, pilot, source, marks, browser, FakeClock())
        await driven.until(lambda: app.session.board is not None, "board")
        await driven.sees("[@click=app.quit]click[/]")
        row, line = next((at, text) for at, text in enumerate(driven.lines) if "[@click=app.quit]" in text)
        for _ in range(2):
            await pilot.click(offset=(line.index("click[/]"), row))
        await driven.settled()
        assert app.is_running
        assert not app._exit


async def test_what_is_copied_carries_no_control() -> None:
    app, source, marks, browser = nasty_app()
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        driven = Driven(app, pilot, source, marks, browser, FakeClock())
        await driven.until(lambda: app.session.board is not None, "board")
        await driven.press("enter")
        await driven.sees("6 languages")
        await driven.press("y")
        await driven.until(lambda: app.clipboard, "copied")
        assert app.clipboard.isprintable()
