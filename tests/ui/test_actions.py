"""One table: bindings, key bar, help and palette never disagree, and no key is dead."""

import re
from collections import Counter

import pytest
from rich.cells import cell_len
from textual.keys import _character_to_key

from tests.ui.driving import running
from tests.ui.fakes import gate
from tests.ui.watching import a_desk_source
from tui.pipeline.gate import Saved, Switched
from tui.ui.actions import ACTIONS, EVERYWHERE, MAP, WORLD, actions_in
from tui.ui.active_keys import actions_of, key_bar
from tui.ui.app import OverflightApp
from tui.ui.screens.country import Country
from tui.ui.screens.frame import Frame
from tui.ui.screens.handover import HandoverScreen
from tui.ui.screens.health import Health
from tui.ui.screens.incident import Incident
from tui.ui.screens.monitor import Monitor
from tui.ui.screens.numbers import Numbers
from tui.ui.screens.replay import Replay
from tui.ui.screens.search import Search
from tui.ui.screens.statistics import StatisticsScreen
from tui.ui.screens.story import Story
from tui.ui.screens.watch import Watch
from tui.ui.screens.world import WorldScreen
from tui.ui.world.widget import WorldMap

SCREENS: dict[str, type[Frame]] = {
    "monitor": Monitor,
    "country": Country,
    "incident": Incident,
    "story": Story,
    "handover": HandoverScreen,
    "health": Health,
    "search": Search,
    "replay": Replay,
    "statistics": StatisticsScreen,
    "numbers": Numbers,
    "world": WorldScreen,
    "watch": Watch,
}
WAY = {
    "monitor": (),
    "country": ("1", "j", "enter"),
    "incident": ("enter",),
    "story": ("enter", "enter"),
    "handover": ("B",),
    "health": ("H",),
    "search": ("slash", "tab"),
    "statistics": ("S",),
    "numbers": ("S", "enter"),
    "world": ("M",),
    "replay": ("R",),
    "watch": ("W",),
}
# Where the map has the keys, its own come first.
HELD = {context: (MAP, WORLD) if context == WORLD else (context,) for context in EVERYWHERE}
# Keys that terminals or multiplexers take for themselves, or that are the same byte as another.
TAKEN = {"ctrl+b", "ctrl+a", "ctrl+s", "ctrl+i", "ctrl+m", "ctrl+h", "ctrl+j", "ctrl+["}


@pytest.mark.parametrize("context", [*EVERYWHERE, MAP])
def test_no_key_means_two_things_on_one_screen(context: str) -> None:
    keys = Counter(key for action in actions_in(context) for key in action.keys.split(","))
    assert [key for key, count in keys.items() if count > 1] == []
    assert not TAKEN & set(keys)


def test_ids_are_unique_within_a_screen() -> None:
    for context in EVERYWHERE:
        ids = [action.id for action in actions_in(context)]
        assert len(ids) == len(set(ids)), context


def test_keys_have_names_that_textual_sends() -> None:
    named = {_character_to_key(character) for character in "?/:[]{}<>!#+-=\\,."}
    for action in ACTIONS:
        for key in action.keys.split(","):
            assert "_" not in key or key in named, key


@pytest.mark.parametrize("context", EVERYWHERE)
def test_every_line_of_the_table_has_a_method(context: str) -> None:
    for action in actions_in(context):
        name = re.sub(r"\(.*", "", action.name)
        owner: type = OverflightApp if name.startswith("app.") else SCREENS[context]
        assert hasattr(owner, f"action_{name.removeprefix('app.')}"), action.id


def test_every_key_of_the_map_has_a_method_of_the_map() -> None:
    for action in actions_in(MAP):
        assert hasattr(WorldMap, f"action_{re.sub(r'[(].*', '', action.name)}"), action.id


@pytest.mark.parametrize("context", EVERYWHERE)
def test_the_key_bar_fits_eighty_columns_and_always_ends_with_help_and_palette(context: str) -> None:
    from tui.ui.chrome import key_line

    text = "".join(text for text, _ in key_line(key_bar(HELD[context]), 80))
    assert cell_len(text) == 80
    assert text.endswith("? help  ^p palette ")


@pytest.mark.timeout(300)  # some sixty keys, and the way back after each that leads elsewhere
@pytest.mark.parametrize("context", EVERYWHERE)
async def test_help_lists_what_is_active_and_nothing_else(context: str) -> None:
    def switch(url: str, *, on: bool) -> Switched:
        return Switched(done=True, said="switched")

    def save(name: str, text: str) -> Saved:
        return Saved(done=True, said="written")

    source = a_desk_source()  # what can be done with a view is listed where there is one
    async with running(source, size=(200, 60), through=gate(source, switch_feed=switch, save=save)) as driven:
        for step in WAY[context]:
            await driven.press(step)
            await driven.settled()
        await driven.until(lambda: isinstance(driven.app.screen, SCREENS[context]), f"on {context}")
        if context == "watch":
            await driven.sees("Baltic balloons", "★ watched 3")
        below = {word.strip() for line in driven.lines for word in re.split(r"\s{2,}|│", line)}
        await driven.press("question_mark")
        await driven.sees(f"help · {context}")
        here = actions_of(HELD[context])
        for action in here:
            if action.shown:
                assert action.help in driven.text, action.id
        others = {action.help for action in ACTIONS} - {action.help for action in here}
        told = {line.strip() for line in re.split(r"\s{2,}|│", driven.text)}
        assert not {help_text for help_text in others - below if help_text in told}
        await driven.press("question_mark")
        await driven.until(lambda: isinstance(driven.app.screen, SCREENS[context]), "closed")
