"""The whole program in a real tmux: the demo world, walked with keys from a country to a story and back."""

import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY, need_program
from tests.e2e.terminal import Tmux

pytestmark = [pytest.mark.xdist_group("e2e"), pytest.mark.timeout(180)]

NOBODY = (
    '[[feed]]\nurl = "http://127.0.0.1:9/feed"\nname = "Nobody"\nlang = "en"\ncountry = "PL"\n'
    'publisher = "Nobody"\nkind = "national"\nallow_private = true\n'
)


@pytest.fixture
def tmux(tmp_path: Path) -> Iterator[Tmux]:
    with Tmux(need_program("tmux"), tmp_path, 120, 40) as terminal:
        yield terminal


def start(tmux: Tmux, home: Path, *arguments: str) -> None:
    tmux.start(
        [sys.executable, "-m", "tui", *arguments],
        {
            "OVERFLIGHT_HOME": str(home),
            "PYTHONPATH": str(REPOSITORY),
            "LANG": "C.UTF-8",
            "TERM": "tmux-256color",
            "BROWSER": "true",
        },
    )


def test_the_demo_world_is_walked_from_country_to_story_and_back(tmux: Tmux, tmp_path: Path) -> None:
    start(tmux, tmp_path, "demo")
    screen = tmux.wait(lambda screen: "REPLAY" in screen and "DRN" in screen, "incidents of the replay", 60)
    assert "LIVE" not in screen
    tmux.keys("1")
    tmux.keys("j")
    tmux.keys("Enter")
    tmux.wait(
        lambda screen: screen.splitlines()[0].count("›") == 1 and "all countries" not in screen, "a country"
    )
    tmux.keys("Enter")
    tmux.wait(lambda screen: "outcome" in screen and "stories" in screen, "an incident")
    tmux.keys("Enter")
    story = tmux.wait(lambda screen: "why matched" in screen, "a story with its reasons")
    assert "REPLAY" in story
    tmux.keys("Escape")
    tmux.wait(lambda screen: "outcome" in screen and "why matched" not in screen, "the incident again")
    tmux.keys("Escape")
    tmux.wait(lambda screen: "· incidents" in screen and "profile" in screen, "the country again")
    tmux.keys("Escape")
    tmux.wait(lambda screen: "¹countries" in screen, "the monitor again")
    tmux.keys("q")
    tmux.keys("q")
    tmux.wait(lambda screen: "ended with 0" in screen, "a clean end")


def test_stories_arrive_while_one_watches(tmux: Tmux, tmp_path: Path) -> None:
    start(tmux, tmp_path, "demo", "--speed", "4000")
    tmux.wait(lambda screen: "REPLAY" in screen and "DRN" in screen, "incidents of the replay", 60)

    def kept(screen: str) -> int:
        words = screen.splitlines()[-2].replace(",", "").split()
        return int(words[words.index("stories") + 1]) if "stories" in words else 0

    first = kept(tmux.wait(lambda screen: kept(screen) > 0, "the number of stories"))
    tmux.wait(lambda screen: kept(screen) > first, "more stories by themselves", 60)


def test_without_a_network_it_opens_on_the_baseline_and_says_offline(tmux: Tmux, tmp_path: Path) -> None:
    feeds = tmp_path / "feeds.toml"
    feeds.write_text(NOBODY, encoding="utf-8")
    start(tmux, tmp_path, "--feeds", str(feeds))
    screen = tmux.wait(
        lambda screen: "OFFLINE" in screen and "baseline" in screen, "the baseline and OFFLINE"
    )
    assert "Traceback" not in screen
    assert "error" not in screen.lower()


@pytest.mark.parametrize("signal_number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_leaves_the_terminal_as_it_was_and_no_process_behind(
    tmux: Tmux, tmp_path: Path, signal_number: int
) -> None:
    start(tmux, tmp_path, "demo")
    tmux.wait(lambda screen: "REPLAY" in screen, "the dashboard", 60)
    mine = [
        process
        for process in processes(tmp_path)
        if "collect" not in process[1] and "parse_worker" not in process[1]
    ]
    dashboards = [pid for pid, command in mine if "-m tui demo" in command and "sh -c" not in command]
    assert dashboards
    os.kill(max(dashboards), signal_number)
    screen = tmux.wait(lambda screen: "ended with" in screen, "the end")
    assert "REPLAY" not in screen
    assert (
        tmux.run("display-message", "-p", "#{alternate_on}#{mouse_any_flag}#{cursor_flag}").strip() == "001"
    )
    end = time.monotonic() + 10
    while any(
        "tui" in command
        for _, command in processes(tmp_path)
        if "sh -c" not in command and "tmux" not in command
    ):
        assert time.monotonic() < end, processes(tmp_path)
        time.sleep(0.1)


def processes(home: Path) -> list[tuple[int, str]]:
    """Every process whose environment names this home, with its command line."""
    listed = [folder.name for folder in Path("/proc").iterdir() if folder.name.isdigit()]
    found = []
    for pid in listed:
        try:
            environment = Path(f"/proc/{pid}/environ").read_bytes()
            command = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue
        if f"OVERFLIGHT_HOME={home}".encode() in environment.split(b"\0"):
            found.append((int(pid), command))
    return found


def test_a_terminal_too_small_says_what_it_needs(tmp_path: Path) -> None:
    with Tmux(need_program("tmux"), tmp_path, 40, 10) as small:
        start(small, tmp_path, "--no-fetch")
        small.wait(lambda screen: "needs 60×16, have 40×10" in screen, "what it needs")
        small.keys("C-q")
        small.wait(lambda screen: "ended with 0" in screen, "a clean end")
