"""Driving the real app with real keys, waiting on conditions and never on time."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from rich.cells import cell_len
from textual._context import visible_screen_stack
from textual.app import App
from textual.pilot import Pilot
from textual.strip import Strip

from tests.ui.fakes import FakeBrowser, FakeClock, FakeMarks, FakeSource, gate
from tui.pipeline.gate import Gate
from tui.ui.actions import ACTIONS, Action
from tui.ui.app import OverflightApp

LONGEST = 30.0


def strips_of(app: App[None]) -> list[Strip]:
    """What stands on the screen, row by row.

    A box is drawn over the screens below it, and what it draws is kept: told of none, it would keep a blank.
    """
    visible_screen_stack.set(app._background_screens)
    return app.screen._compositor.render_strips()


@dataclass
class Driven:
    """An app under test with its fakes."""

    app: OverflightApp
    pilot: Pilot[None]
    source: FakeSource
    marks: FakeMarks
    browser: FakeBrowser
    clock: FakeClock

    @property
    def lines(self) -> list[str]:
        """What stands on the screen, row by row."""
        return [strip.text for strip in strips_of(self.app)]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    async def until(self, condition: Callable[[], object], what: str = "") -> None:
        """Wait for a condition, with a bound in wall-clock time."""
        end = time.monotonic() + LONGEST
        while not condition():
            if time.monotonic() > end:
                raise AssertionError(f"never came: {what or condition}\n{self.text}")
            await asyncio.sleep(0.01)

    async def sees(self, *words: str) -> None:
        """Wait until all of these stand on the screen."""
        await self.until(lambda: all(word in self.text for word in words), f"on the screen: {words}")

    async def no_longer_sees(self, word: str) -> None:
        await self.until(lambda: word not in self.text, f"gone from the screen: {word}")

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)

    async def settled(self) -> None:
        """Wait until every message now queued was handled."""
        await self.pilot.pause()
        await self.pilot.pause()


@asynccontextmanager
async def running(
    source: FakeSource | None = None,
    *,
    size: tuple[int, int] = (120, 40),
    theme: str = "night-watch",
    through: Gate | None = None,
    actions: tuple[Action, ...] = ACTIONS,
    ascii_only: bool = False,
) -> AsyncIterator[Driven]:
    """The app on a source, with its first board on the screen."""
    held = source or FakeSource()
    door = through or gate(held)
    clock = FakeClock()
    app = OverflightApp(door, clock, theme=theme, actions=actions, ascii_only=ascii_only)
    marks, browser = door.marks, door.browser
    assert isinstance(marks, FakeMarks)
    assert isinstance(browser, FakeBrowser)
    async with app.run_test(size=size, notifications=True) as pilot:
        driven = Driven(app, pilot, held, marks, browser, clock)
        await driven.until(lambda: app.session.board is not None or app.session.problem, "first board")
        await driven.settled()
        yield driven


def cell_of(line: str, words: str) -> int:
    """Cell at which words begin in a row of the screen."""
    return cell_len(line[: line.index(words)])
