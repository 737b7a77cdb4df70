"""No key is dead: on every screen each key of the table changes the screen or says something, at 80 columns and whole."""

import asyncio
import time

import pytest
from textual.screen import Screen

from tests.ui.driving import Driven, running, strips_of
from tests.ui.fakes import FakeOutside, gate
from tests.ui.test_actions import HELD, SCREENS, WAY
from tui.pipeline.gate import Saved, Switched
from tui.ui.actions import EVERYWHERE, Action
from tui.ui.active_keys import actions_of
from tui.ui.screens.frame import Frame

# Draws the same screen again; stops the process, which a test has no shell for; ends the program.
EXEMPT = {"redraw", "suspend", "quit"}
# What must be done first for a key to have something to do: the cursor away from the end it moves to.
BEFORE = {
    "up": ("G",),
    "top": ("G",),
    "half_up": ("G",),
    "page_up": ("G",),
    "read_back": ("G",),
    "number_left": ("l",),
}
# At the end of what there is to move through, a key of movement does nothing, as in every list.
MOVES = {
    "up",
    "down",
    "top",
    "bottom",
    "half_up",
    "half_down",
    "page_up",
    "page_down",
    "read_on",
    "read_back",
}


def switch(url: str, *, on: bool) -> Switched:
    return Switched(done=True, said=f"switched {'on' if on else 'off'} {url}")


def save(name: str, text: str) -> Saved:
    return Saved(done=True, said=f"written: {name}")


async def changes(driven: Driven, before: list[object], seconds: float) -> bool:
    """Whether the screen is another within so many seconds of nothing else to do."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if list(strips_of(driven.app)) != before or driven.app._exit:
            return True
        await asyncio.sleep(0.01)
    return False


async def to_screen(driven: Driven, context: str) -> Screen[object]:
    """Back to the monitor as it was, and from there the way to the screen."""
    while len(driven.app.screen_stack) > 2:
        await driven.app.pop_screen()
    driven.app.clear_notifications()
    for step in WAY[context]:
        await driven.press(step)
        await driven.settled()
    await driven.until(lambda: isinstance(driven.app.screen, SCREENS[context]), f"on {context}")
    await still(driven)
    return driven.app.screen


async def still(driven: Driven) -> None:
    """Wait until two looks at the screen see the same."""
    before: list[object] = []
    while (now := list(strips_of(driven.app))) != before:
        before = list(now)
        await driven.settled()
        await asyncio.sleep(0.12)


def done_here(screen: object, context: str) -> list[Action]:
    assert isinstance(screen, Frame)
    return [
        action for action in actions_of(HELD[context]) if action.id not in EXEMPT and screen.allows(action)
    ]


@pytest.mark.timeout(600)
@pytest.mark.parametrize("context", EVERYWHERE)
async def test_every_key_changes_the_screen_or_says_something(context: str) -> None:
    dead = []
    through = gate(switch_feed=switch, save=save, outside=FakeOutside())
    async with running(size=(80, 24), through=through) as driven:
        screen = await to_screen(driven, context)
        for action in done_here(screen, context):
            screen = driven.app.screen if driven.app.screen is screen else await to_screen(driven, context)
            driven.app.clear_notifications()
            for key in BEFORE.get(action.id, ()):
                await driven.press(key)
            await still(driven)
            before: list[object] = list(strips_of(driven.app))
            await driven.press(action.keys.split(",")[0])
            if action.id not in MOVES and not await changes(driven, before, 3.0):
                dead.append(action.id)
            assert driven.app._exception is None, action.id
            driven.app._exit = False
    assert dead == []
