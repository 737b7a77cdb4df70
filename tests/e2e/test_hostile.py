"""Hostile stories in the whole program in a real tmux: title, clipboard, keys and screen stay what they were."""

import shutil
import sys
from pathlib import Path

import pytest

from tests.cli.test_hostile_words import hostile_feed
from tests.cli.test_refusals import run
from tests.conftest import REPOSITORY, need_program
from tests.e2e.terminal import Tmux
from tests.servers.loopback import LoopbackServer

pytestmark = [pytest.mark.xdist_group("e2e"), pytest.mark.timeout(180)]


def unharmed(tmux: Tmux) -> None:
    """Nothing that a title tried came about."""
    assert "PWNED" not in tmux.run("display-message", "-p", "#{pane_title} #{window_name}")
    assert tmux.run("list-buffers") == ""


def test_stories_that_would_take_the_terminal_over_are_only_read(tmp_path: Path) -> None:
    with LoopbackServer() as server:
        server.put("/feed", hostile_feed())
        (tmp_path / "feeds.toml").write_text(
            f'[[feed]]\nurl = "{server.url("/feed")}"\nname = "feed"\nlang = "en"\ncountry = "PL"\n'
            'publisher = "Press"\nkind = "national"\nallow_private = true\n',
            encoding="utf-8",
        )
        assert run(tmp_path, "--feeds", str(tmp_path / "feeds.toml"), "once", "--all").returncode == 0
    log = next(file for file in tmp_path.rglob("*.log"))
    shutil.copyfile(log, tmp_path / "log")
    with Tmux(need_program("tmux"), tmp_path, 120, 40) as tmux:
        tmux.start(
            [
                "sh",
                "-c",
                f'{sys.executable} -m tui --no-fetch; {sys.executable} -m tui once --no-fetch; cat {tmp_path}/log; echo "all read"',
            ],
            {
                "OVERFLIGHT_HOME": str(tmp_path),
                "PYTHONPATH": str(REPOSITORY),
                "LANG": "C.UTF-8",
                "TERM": "tmux-256color",
                "BROWSER": "true",
            },
        )
        tmux.run("set-option", "-g", "set-clipboard", "on")
        tmux.run("set-option", "-g", "allow-passthrough", "on")
        tmux.run("set-option", "-g", "allow-rename", "on")
        tmux.wait(lambda screen: "¹countries" in screen and "Lublin" in screen, "the incident")
        tmux.keys("2", "Enter")
        tmux.wait(lambda screen: "stories" in screen and "outcome" in screen, "the incident's stories")
        tmux.keys("Enter")
        tmux.wait(lambda screen: "why matched" in screen, "a story")
        for _ in range(24):
            tmux.keys("J")
        tmux.wait(lambda screen: "why matched" in screen and "OVERFLIGHT" in screen, "a story still")
        assert tmux.run("display-message", "-p", "#{alternate_on}#{mouse_any_flag}").strip() == "11"
        unharmed(tmux)
        tmux.keys("/")
        box = tmux.wait(
            lambda screen: "search" in screen.lower() and "why matched" not in screen, "the search"
        )
        assert "report" not in box.splitlines()[1], "no answer of the terminal was typed into the box"
        tmux.keys("Escape")
        tmux.keys("C-q")
        screen = tmux.wait(lambda screen: "all read" in screen, "the board and the log as text")
        assert "Lublin" in tmux.run("capture-pane", "-p", "-S", "-200")
        assert "ALL CLEAR" not in screen.splitlines()[0]
        assert (
            tmux.run("display-message", "-p", "#{alternate_on}#{mouse_any_flag}#{cursor_flag}").strip()
            == "001"
        )
        unharmed(tmux)
