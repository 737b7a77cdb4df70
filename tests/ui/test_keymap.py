"""Keys of the user's own: taken by every screen, bar, help and palette, or refused in one sentence."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.ui.driving import Driven, running
from tests.ui.terminal import REPOSITORY
from tui.domain.feed import OwnKey
from tui.feeds.feed_list import FeedListError, load_feed_list
from tui.ui.actions import ACTIONS, EVERYWHERE, actions_in
from tui.ui.keymap import KeymapError, remapped, textual_keymap
from tui.ui.screens.health import Health
from tui.ui.screens.help import Help
from tui.ui.screens.search import Search


def own(**keys: str) -> tuple[OwnKey, ...]:
    return tuple(OwnKey(action, tuple(text.split())) for action, text in keys.items())


async def on(driven: Driven, screen: type) -> None:
    await driven.until(lambda: isinstance(driven.app.screen, screen), screen.__name__)


def test_without_keys_of_ones_own_the_table_is_ours() -> None:
    assert remapped((), "feeds.toml") == ACTIONS
    assert textual_keymap(ACTIONS) == {}


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"search": "f"}, r"feeds\.toml: \[keys\] search: f is the key of two actions on the screen monitor: search \(search everything stored\) and filter \(filter the lists\); give search another key, or filter one of its own"),
        ({"health": "ctrl+d"}, r"\^d is the key of two actions .*half_down"),
        ({"quit": "x"}, r"x is the key of two actions on the screen monitor: quit .* and why"),
        ({"serach": "f5"}, r"there is no action 'serach'; did you mean search\?"),
        ({"zzz": "f5"}, r"there is no action 'zzz'; `overflight keys` lists them"),
        ({"search": "hyper+f"}, r"'hyper\+f' is no key; write a character"),
        ({"search": "ctrl+i"}, r"a terminal sends ctrl\+i as tab"),
        ({"search": "ctrl+s"}, r"ctrl\+s stops the output"),
        ({"search": "f5", "filter": "f5"}, r"f5 is the key of two actions .*search .*filter"),
    ],
)  # fmt: skip
def test_a_key_that_cannot_be_given_is_told_with_file_actions_and_what_next(
    keys: dict[str, str], said: str
) -> None:
    with pytest.raises(KeymapError, match=said):
        remapped(own(**keys), "feeds.toml")


def test_two_actions_may_swap_keys_and_one_key_may_do_for_two_screens() -> None:
    table = remapped(own(search="f", filter="/", filter_by="F3", only="F3"), "feeds.toml")
    keys = {action.id: (action.keys, action.shown) for action in table}
    assert keys["search"] == ("f", "f")
    assert keys["filter"] == ("slash", "/")
    for context in EVERYWHERE:
        pressed = [key for action in actions_in(context, table) for key in action.keys.split(",")]
        assert len(pressed) == len(set(pressed)), context


async def test_a_remapped_key_is_pressed_and_stands_in_the_bar_the_help_and_the_hints() -> None:
    table = remapped(own(search="ctrl+f f3", help="f2", health="f9", clear_filter="f8"), "feeds.toml")
    async with running(actions=table) as driven:
        await driven.sees("^f f3 search", "f2 help")
        assert "/ search" not in driven.text
        await driven.press("slash")
        await driven.settled()
        assert not isinstance(driven.app.screen, Search)
        await driven.press("f3")
        await on(driven, Search)
        await driven.press("escape", "f9")
        await on(driven, Health)
        await driven.press("f")
        await driven.sees("f8 all")
        await driven.press("question_mark")
        await driven.settled()
        assert not isinstance(driven.app.screen, Help)
        await driven.press("f2")
        await driven.sees("help · health", "^f f3 search everything stored", "f8 no filter")
        await driven.press("f2")
        await on(driven, Health)


async def test_the_palette_names_the_users_key() -> None:
    async with running(actions=remapped(own(health="f9"), "feeds.toml")) as driven:
        await driven.press("ctrl+p", *"feed health")
        await driven.sees("go to · f9")


async def test_keys_that_hold_everywhere_can_be_moved_too() -> None:
    async with running(actions=remapped(own(quit="f10", palette="f6"), "feeds.toml")) as driven:
        await driven.press("f6")
        await driven.until(lambda: len(driven.app.screen_stack) == 3, "palette")
        await driven.press("escape", "ctrl+q")
        await driven.settled()
        assert not driven.app._exit
        await driven.press("f10")
        await driven.until(lambda: driven.app._exit, "quit")


FEED = '[[feed]]\nurl = "https://news.example/rss"\nname = "News"\n'


def test_the_table_of_keys_is_read_with_its_lines(tmp_path: Path) -> None:
    path = tmp_path / "feeds.toml"
    path.write_text(f'{FEED}\n[keys]\nsearch = "ctrl+f"\nhelp = ["f1", "?"]\n')
    assert load_feed_list(path).keys == (OwnKey("search", ("ctrl+f",), 6), OwnKey("help", ("f1", "?"), 7))


@pytest.mark.parametrize("keys", ["[keys]\nsearch = 3", '[keys]\nsearch = ""', "[keys]\nsearch = []"])
def test_what_is_no_key_at_all_is_refused_with_its_line(tmp_path: Path, keys: str) -> None:
    path = tmp_path / "feeds.toml"
    path.write_text(f"{FEED}\n{keys}\n")
    with pytest.raises(FeedListError, match=r"line 6: search: is no key"):
        load_feed_list(path)


def test_the_command_lists_your_keys_and_a_conflict_stops_the_start(tmp_path: Path) -> None:
    path = tmp_path / "feeds.toml"
    path.write_text(f'{FEED}\n[keys]\nsearch = "ctrl+f"\n')

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "tui", "--feeds", str(path), *arguments]
        return subprocess.run(
            command, capture_output=True, text=True, cwd=REPOSITORY, timeout=60, check=False
        )

    listed = run("keys").stdout
    assert "ctrl+f                   search everything stored [everywhere]  (yours)" in listed
    assert "poll_feed" in listed
    path.write_text(f'{FEED}\n[keys]\nsearch = "f"\n')
    refused = run("keys")
    assert refused.returncode == 2
    assert f"{path}, line 6: [keys] search: f is the key of two actions" in refused.stderr
