"""Everything that a script may call works while a dashboard shows the same database and fetches into it."""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.filled import TITLES, fill, rss
from tests.cli.test_refusals import environment, run
from tests.conftest import need_program
from tests.e2e.terminal import Tmux
from tests.servers.loopback import LoopbackServer
from tui.cli import overflight
from tui.cli.exits import Exit
from tui.cli.help_pages import WITHOUT_JSON
from tui.cli.manual import pages

pytestmark = [pytest.mark.xdist_group("e2e"), pytest.mark.timeout(180)]

ALERT = '[[channel]]\nname = "good"\nkind = "command"\ncommand = ["true"]\n[[alert]]\nname = "all"\nquery = ""\non = ["new"]\nchannels = ["good"]\n'


@dataclass
class Desk:
    """What a dashboard shows, and the names of things in it."""

    home: Path
    story: str
    incident: str
    paper: str
    opml: Path


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A home whose database a dashboard in a terminal shows, and its collector fills."""
    folder = tmp_path_factory.mktemp("home")
    with LoopbackServer() as server:
        fill(folder, server)
        with (folder / "feeds.toml").open("a", encoding="utf-8") as file:
            file.write(ALERT)
        server.put("/paper", rss(*TITLES, "Estonian jets intercept a Russian drone over Narva"), etag='"2"')
        with Tmux(need_program("tmux"), folder, 120, 40) as terminal:
            terminal.start([sys.executable, "-m", "tui"], environment(folder, TERM="tmux-256color"))
            terminal.wait(lambda screen: "¹countries" in screen and "LIVE" in screen, "the monitor", 60)
            (story, *_) = json.loads(run(folder, "query", "--stories", "--json").stdout)["stories"]
            opml = folder / "other.opml"
            opml.write_text(
                '<opml version="2.0"><body><outline xmlUrl="https://new.example/rss"/></body></opml>',
                encoding="utf-8",
            )
            (incident, *_) = json.loads(run(folder, "query", "--json").stdout)["incidents"]
            assert run(folder, "views", "add", "all").returncode == 0
            yield Desk(folder, story["id"], incident["id"], server.url("/paper"), opml)
            terminal.keys("q", "q")
            terminal.wait(lambda screen: "ended with 0" in screen, "a clean end")


SAID: dict[str, tuple[str, ...]] = {
    "once": ("once", "--json", "--no-fetch"),
    "query": ("query", "country:PL", "--json"),
    "stats": ("stats", "--json"),
    "handover": ("handover", "--since", "1h", "--format", "json"),
    "explain": ("explain", "Drone shot down over Lublin", "--json"),
    "export": ("export", "--format", "geojson"),
    "backup": ("backup", "--json"),
    "feeds list": ("feeds", "list", "--json"),
    "feeds check": ("feeds", "check", "--json"),
    "feeds discover": ("feeds", "discover", "--allow-private", "--json", "{paper}"),
    "feeds add": ("feeds", "add", "https://other.example/rss", "--no-check", "--json"),
    "feeds disable": ("feeds", "disable", "https://other.example/rss", "--json"),
    "feeds enable": ("feeds", "enable", "https://other.example/rss", "--json"),
    "feeds remove": ("feeds", "remove", "https://other.example/rss", "--json"),
    "feeds path": ("feeds", "path", "--json"),
    "feeds import": ("feeds", "import", "--dry-run", "--json", "{opml}"),
    "views list": ("views", "list", "--json"),
    "views show": ("views", "show", "all", "--json"),
    "views add": ("views", "add", "poland", "country:PL", "--json"),
    "views rename": ("views", "rename", "poland", "Poland", "--json"),
    "views move": ("views", "move", "Poland", "1", "--json"),
    "views remove": ("views", "remove", "Poland", "--json"),
    "note": ("note", "{incident}", "call", "--json"),
    "tag": ("tag", "{incident}", "mine", "--json"),
    "star": ("star", "{incident}", "--json"),
    "alerts list": ("alerts", "list", "--json"),
    "alerts log": ("alerts", "log", "--json"),
    "alerts test": ("alerts", "test", "good", "--json"),
    "alerts dry-run": ("alerts", "dry-run", "--json"),
    "keys": ("keys", "--json"),
    "corrections list": ("corrections", "list", "--json"),
    "corrections add": ("corrections", "add", "not_incursion", "{story}", "--json"),
    "corrections check": ("corrections", "check", "--json"),
    "corrections undo": ("corrections", "undo", "1", "--json"),
    "reread": ("reread", "--dry-run", "--json"),
    "selftest": ("selftest", "--json", "--show", "0"),
    "doctor": ("doctor", "--json"),
    "verify": ("verify", "--json"),
}
"""Of every command that speaks JSON, how it is called beside a dashboard, in this order."""

ALONE = {"import", "repair"}
"""They want the database for themselves; shown in tests/exports and tests/cli/test_upkeep.py."""

MAY_BE_NOTHING = {"alerts log", "reread"}


def test_every_command_that_speaks_json_is_called() -> None:
    leaves = {page.name for page in pages(overflight) if not page.group}
    assert set(SAID) == (leaves - set(WITHOUT_JSON) - ALONE) | {"handover", "export"}


@pytest.mark.parametrize("command", SAID)
def test_it_answers_in_json_while_a_dashboard_runs(command: str, desk: Desk) -> None:
    places = {"story": desk.story, "incident": desk.incident, "opml": desk.opml, "paper": desk.paper}
    done = run(desk.home, *(argument.format(**places) for argument in SAID[command]))
    expected = {Exit.DONE, Exit.NO} if command in MAY_BE_NOTHING else {Exit.DONE}
    assert done.returncode in expected, done.stdout + done.stderr
    documents = [done.stdout] if done.stdout.startswith(("[\n", "{\n")) else done.stdout.splitlines()
    assert documents or command in MAY_BE_NOTHING
    for document in documents:
        assert json.loads(document) is not None
    if command == "query":
        assert json.loads(done.stdout)["total"] >= 1


def test_what_wants_to_fetch_says_that_another_does(desk: Desk) -> None:
    once = run(desk.home, "once", "--all")
    assert (once.returncode, "is fetching already" in once.stderr) == (Exit.DONE, True)
    reread = run(desk.home, "reread")
    assert (reread.returncode, "is fetching and holds" in reread.stderr) == (Exit.CANNOT, True)
