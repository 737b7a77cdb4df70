"""A reader of the output that leaves, as `head` does, ends every command quietly; so do standard files that were never open."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.filled import fill
from tests.cli.test_exit_status import ALERTS
from tests.cli.test_refusals import environment, run
from tests.servers.loopback import LoopbackServer
from tui.cli import overflight
from tui.cli.manual import pages

pytestmark = pytest.mark.xdist_group("reader_left")

PRINTS: dict[str, tuple[str, ...]] = {
    "": ("--help",),
    "once": ("once", "--no-fetch"),
    "query": ("query",),
    "stats": ("stats",),
    "tail": ("tail", "--all"),
    "handover": ("handover", "--since", "1h"),
    "explain": ("explain", "Drone shot down over Lublin"),
    "export": ("export",),
    "keys": ("keys",),
    "completion": ("completion", "bash"),
    "man": ("man",),
    "doctor": ("doctor",),
    "selftest": ("selftest",),
    "reread": ("reread", "--dry-run"),
    "verify": ("verify",),
    "feeds list": ("feeds", "list"),
    "feeds path": ("feeds", "path"),
    "feeds export": ("feeds", "export"),
    "feeds disable": ("feeds", "disable", "Our News"),
    "feeds enable": ("feeds", "enable", "Our News"),
    "feeds import": ("feeds", "import", "--dry-run", "{home}/other.opml"),
    "views add": ("views", "add", "poland", "country:PL"),
    "views list": ("views", "list"),
    "views show": ("views", "show", "all"),
    "alerts list": ("alerts", "list"),
    "alerts dry-run": ("alerts", "dry-run"),
    "corrections list": ("corrections", "list"),
    "corrections check": ("corrections", "check"),
    "corrections export": ("corrections", "export"),
    "backup": ("backup", "{home}/copy.db"),
}
"""How each command that prints is made to print."""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    with LoopbackServer() as server:
        fill(folder, server)
    (folder / "other.opml").write_text(
        '<opml version="2.0"><body><outline xmlUrl="https://new.example/rss"/></body></opml>',
        encoding="utf-8",
    )
    with (folder / "feeds.toml").open("a", encoding="utf-8") as file:
        file.write(ALERTS)
    assert run(folder, "views", "add", "all").returncode == 0
    (story, *_) = json.loads(run(folder, "query", "--stories", "--json").stdout)["stories"]
    assert run(folder, "corrections", "add", "not_incursion", story["id"]).returncode == 0
    return folder


def left(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Standard output is a pipe whose reader is gone before anything is printed."""
    reader, writer = os.pipe()
    os.close(reader)
    try:
        return subprocess.run(
            [sys.executable, "-m", "tui", *arguments],
            stdout=writer,
            stderr=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
            text=True,
            check=False,
            timeout=60,
            env=environment(home),
        )
    finally:
        os.close(writer)


@pytest.mark.parametrize("command", PRINTS)
def test_a_reader_that_left_ends_it_as_it_ends_any_other_program(command: str, home: Path) -> None:
    done = left(home, *(argument.format(home=home) for argument in PRINTS[command]))
    assert done.returncode == -signal.SIGPIPE, done.stderr
    assert "Traceback" not in done.stderr
    assert "cannot" not in done.stderr


def test_help_of_every_command_is_printed_through_the_same_door(home: Path) -> None:
    for name in ("feeds add", "import", "corrections", "serve", "demo"):
        assert left(home, *name.split(), "--help").returncode == -signal.SIGPIPE


def test_the_shell_sees_141_and_the_line_that_was_read(home: Path) -> None:
    script = f'"{sys.executable}" -m tui export is:baseline | head -c 5; echo "${{PIPESTATUS[0]}}"'
    done = subprocess.run(
        ["/bin/bash", "-c", script],
        capture_output=True, text=True, check=False, timeout=60, env=environment(home),
    )  # fmt: skip
    assert run(home, "export", "is:baseline").stdout.startswith(done.stdout[:5])
    assert (done.stdout[5:].strip(), done.stderr) == ("141", "")


def test_every_command_that_prints_much_is_among_them() -> None:
    elsewhere = {
        "read",
        "group",
        "collect",
        "serve",
        "demo",
        "import",
        "screenshot",
        "repair",
        "note",
        "tag",
        "star",
    }
    short = {"feeds check", "feeds discover", "feeds add", "feeds remove", "feeds edit", "views remove", "views rename",
             "views move", "views alert", "alerts log", "alerts test", "corrections add", "corrections undo"}  # fmt: skip
    leaves = {page.name for page in pages(overflight) if not page.group}
    assert leaves - elsewhere - short == set(PRINTS) - {""}


@pytest.mark.parametrize("closed", ["<&- >&-", "<&- 2>&-", ">&- 2>&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize("command", ["keys", "feeds list", "query", "export", "handover --since 1h"])
def test_standard_files_that_were_never_open_are_said_or_are_no_matter(
    command: str, closed: str, home: Path
) -> None:
    done = subprocess.run(
        ["/bin/sh", "-c", f'"{sys.executable}" -m tui {command} {closed}'],
        capture_output=True, text=True, check=False, timeout=60, env=environment(home),
    )  # fmt: skip
    assert "Traceback" not in done.stdout + done.stderr
    if ">&-" in closed.replace("2>&-", ""):
        assert done.returncode == 2
        if "2>&-" not in closed:
            assert "standard output is closed" in done.stderr
    else:
        assert done.returncode == 0
        assert done.stdout
    assert run(home, "verify").returncode == 0


def test_what_is_stored_is_not_written_over_where_no_standard_file_is_open(home: Path) -> None:
    subprocess.run(
        ["/bin/sh", "-c", f'"{sys.executable}" -m tui views add closed country:PL <&- >&- 2>&-'],
        check=False, timeout=60, env=environment(home),
    )  # fmt: skip
    assert run(home, "verify").returncode == 0
    assert "closed" in run(home, "views", "list").stdout
