"""The terminal of the whole program stalls, shrinks, grows and goes: polls go on, and the screen is right afterwards."""

import os
import pty
import random
import subprocess
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY, need_program
from tests.e2e.terminal import Tmux
from tests.e2e.test_walk import start
from tests.servers.loopback import LoopbackServer
from tests.ui.terminal import on_a_terminal

pytestmark = [pytest.mark.xdist_group("e2e"), pytest.mark.timeout(300)]


def rss(*titles: str) -> bytes:
    told = "".join(
        f'<item><guid isPermaLink="false">{title}</guid><title>{title}</title><link>https://news.example/{number}</link></item>'
        for number, title in enumerate(titles)
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>t</title>{told}</channel></rss>'.encode()


def listed(server: LoopbackServer, feeds: int) -> str:
    return "".join(
        f'[[feed]]\nurl = "{server.url(f"/{number}")}"\nname = "f{number}"\nlang = "en"\ncountry = "PL"\n'
        'publisher = "P"\nkind = "national"\nallow_private = true\n'
        for number in range(feeds)
    )


def until(holds: Callable[[], object], what: str, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, f"never came: {what}"
        time.sleep(0.05)


def test_while_the_terminal_reads_nothing_polls_go_on_and_afterwards_the_screen_is_right(
    tmp_path: Path,
) -> None:
    feeds = tmp_path / "feeds.toml"
    with LoopbackServer() as server:
        for number in range(4):
            server.put(f"/{number}", rss())
        server.put(
            "/3", rss("Fighters shoot down a drone that crossed the border near Lublin, the army says")
        )
        feeds.write_text(listed(server, 1), encoding="utf-8")
        environment = {"OVERFLIGHT_HOME": str(tmp_path), "PYTHONPATH": str(REPOSITORY)}
        with on_a_terminal(
            "-m", "tui", "--feeds", str(feeds), size=(200, 60), environment=environment
        ) as terminal:
            terminal.until(b"baseline", 60)
            until(lambda: server.asked("/0"), "the first poll")
            terminal.quiet()
            for _ in range(40):  # far more drawing than a pseudo-terminal holds, and nobody reads it
                terminal.type("?\x1b")
            for number in range(1, 4):
                feeds.write_text(listed(server, number + 1), encoding="utf-8")
                until(partial(server.asked, f"/{number}"), "a poll while nobody reads")
            assert terminal.process.poll() is None
            terminal.until(b"Lublin", 60)
            terminal.type("\x11")
            assert terminal.wait() == 0


def test_a_thousand_resizes_leave_it_alive_and_right(tmp_path: Path) -> None:
    chance = random.Random(123)
    sizes = [(1, 1), (20, 5), (500, 200), (2, 200), (500, 2), (60, 16), (59, 15)]
    with on_a_terminal(
        "-m",
        "tui",
        "--no-fetch",
        environment={"OVERFLIGHT_HOME": str(tmp_path), "PYTHONPATH": str(REPOSITORY)},
    ) as terminal:
        terminal.until(b"baseline", 60)
        for number in range(1000):
            columns, rows = (
                sizes[number % 7] if number % 3 else (chance.randint(1, 300), chance.randint(1, 100))
            )
            terminal.resize(columns, rows)
            if number % 10 == 0:
                terminal.type(chance.choice(("j", "k", "\t", "H", "\x1b", "?", "\x1b")))
            terminal.read(0.003)
        seen, end = len(terminal.raw), time.monotonic() + 60
        while b"needs 60\xc3\x9716, have 40\xc3\x9710" not in terminal.raw[seen:]:
            assert time.monotonic() < end, bytes(terminal.raw[-2000:])
            for columns in (41, 40):  # what a passing toast covers is drawn again at another size
                terminal.resize(columns, 10)
                terminal.read(0.5)
        terminal.resize(120, 40)
        seen, end = len(terminal.raw), time.monotonic() + 60
        while b"baseline" not in terminal.raw[seen:]:
            assert time.monotonic() < end, bytes(terminal.raw[-2000:])
            terminal.type("\x1b")  # from whatever screen the keys had led to
            terminal.read(0.5)
        assert terminal.process.poll() is None
        assert b"Traceback" not in terminal.raw


def test_fifty_times_attached_and_detached_in_tmux_it_shows_what_it_should(tmp_path: Path) -> None:
    program = need_program("tmux")
    with Tmux(program, tmp_path, 120, 40) as tmux:
        start(tmux, tmp_path, "--no-fetch")
        tmux.wait(lambda screen: "baseline" in screen, "the dashboard")
        for number in range(50):
            outer, inner = pty.openpty()
            client = subprocess.Popen(
                [program, "-S", str(tmp_path / "tmux.sock"), "attach"],
                stdin=inner,
                stdout=inner,
                stderr=inner,
                env={**os.environ, "TERM": "xterm-256color", "LANG": "C.UTF-8"},
                start_new_session=True,
            )
            os.close(inner)
            until(lambda: tmux.run("list-clients").strip(), "an attached client")
            if number % 2:
                tmux.run("detach-client")
            os.close(outer)  # without being detached: as when the connection to the machine breaks
            until(lambda: not tmux.run("list-clients").strip(), "a client that is gone")
            client.wait(10)
        tmux.run("resize-window", "-x", "120", "-y", "40")
        tmux.keys("H")
        tmux.wait(lambda screen: "feed health" in screen and "OVERFLIGHT" in screen, "another screen")
        tmux.keys("C-q")
        tmux.wait(lambda screen: "ended with 0" in screen, "a clean end")
