"""The exit statuses that scripts may rely on: each that the table names comes about, and means what it says."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.cli.filled import fill
from tests.cli.test_alerts import a_past
from tests.cli.test_refusals import environment, run
from tests.cli.test_upkeep import spoil
from tests.servers.loopback import LoopbackServer
from tui.cli import overflight
from tui.cli.exits import NO_MEANS, Exit
from tui.cli.help_pages import EXAMPLES
from tui.store.database import open_writer

pytestmark = pytest.mark.xdist_group("exit_status")

ALERTS = """
[[channel]]
name = "good"
kind = "command"
command = ["true"]

[[channel]]
name = "broken"
kind = "command"
command = ["false"]

[[alert]]
name = "all"
query = ""
on = ["new"]
channels = ["good"]
"""


@dataclass
class World:
    """Databases in every state, and a server to ask."""

    home: Path
    filled: Path
    empty: Path
    spoilt: Path
    incorrect: Path
    incidents: tuple[str, ...]
    server: LoopbackServer

    def run(self, *arguments: str) -> int:
        return run(self.home, *arguments).returncode


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    home = tmp_path_factory.mktemp("home")
    with LoopbackServer() as server:
        filled = fill(home, server)
        with (home / "feeds.toml").open("a", encoding="utf-8") as file:
            file.write(ALERTS)
        (home / "bad.toml").write_text("[[feed]]\n", encoding="utf-8")
        (home / "dead.toml").write_text(
            f'[[feed]]\nurl = "{server.url("/dead")}"\nname = "Dead"\nallow_private = true\n',
            encoding="utf-8",
        )
        (home / "right.jsonl").write_text(
            '{"id": "1", "title": "Russian drone violates Polish airspace", "relevant": true}\n',
            encoding="utf-8",
        )
        (home / "wrong.jsonl").write_text(
            '{"id": "1", "title": "Tram line opens", "relevant": true}\n', encoding="utf-8"
        )
        empty, spoilt, incorrect = (home / f"{name}.db" for name in ("empty", "spoilt", "incorrect"))
        for path in (empty, spoilt):
            assert run(home, "--db", str(path), "once", "--no-fetch").returncode == 0
        spoil(spoilt)
        assert run(home, "backup", str(incorrect)).returncode == 0
        _correct_and_break(home, incorrect)
        a_past(home)
        assert run(home, "views", "add", "all").returncode == 0
        assert run(home, "views", "add", "none", "country:PL country:JP").returncode == 0
        found = json.loads(run(home, "query", "--json").stdout)["incidents"]
        yield World(
            home, filled, empty, spoilt, incorrect, tuple(incident["id"] for incident in found), server
        )


def _correct_and_break(home: Path, path: Path) -> None:
    """Hide a story, then have something else show it."""
    writer = open_writer(path)
    (key,) = writer.connection.execute("SELECT key FROM entry WHERE state = 'kept' LIMIT 1").fetchone()
    assert run(home, "--db", str(path), "corrections", "add", "not_incursion", key).returncode == 0
    writer.connection.execute("UPDATE story SET hidden = 0")
    writer.close()


YES: dict[str, tuple[str, ...]] = {
    "query": ("query", "country:PL"),
    "stats": ("stats",),
    "handover": ("handover", "--since", "1h"),
    "views list": ("views", "list"),
    "views show": ("views", "show", "all"),
    "note": ("note", "{incident}", "call", "them"),
    "tag": ("tag", "{incident}", "mine"),
    "alerts log": ("--db", "{home}/o.db", "alerts", "log"),
    "alerts test": ("alerts", "test", "good"),
    "feeds check": ("feeds", "check"),
    "feeds discover": ("feeds", "discover", "--allow-private", "{rss}"),
    "feeds add": ("--feeds", "{home}/dead.toml", "feeds", "add", "--allow-private", "{rss}"),
    "selftest": ("selftest", "--cases", "{home}/right.jsonl"),
    "corrections check": ("corrections", "check"),
    "verify": ("verify",),
    "doctor": ("doctor",),
}
NO: dict[str, tuple[str, ...]] = {
    "query": ("query", "country:PL", "country:JP", "since:1m"),
    "stats": ("--db", "{home}/empty.db", "stats"),
    "handover": ("--db", "{home}/empty.db", "handover", "--since", "1h"),
    "views list": ("--db", "{home}/empty.db", "views", "list"),
    "views show": ("views", "show", "none"),
    "note": ("note", "{other}"),
    "tag": ("tag", "{other}"),
    "alerts log": ("--db", "{home}/empty.db", "alerts", "log"),
    "alerts test": ("alerts", "test", "broken"),
    "feeds check": ("--feeds", "{home}/dead.toml", "feeds", "check", "dead"),
    "feeds discover": ("feeds", "discover", "--allow-private", "{dead}"),
    "feeds add": ("feeds", "add", "--allow-private", "{dead}"),
    "selftest": ("selftest", "--cases", "{home}/wrong.jsonl"),
    "corrections check": ("--db", "{home}/incorrect.db", "corrections", "check"),
    "verify": ("--db", "{home}/spoilt.db", "verify"),
    "doctor": ("--feeds", "{home}/bad.toml", "doctor"),
}
CANNOT: tuple[tuple[str, ...], ...] = (
    ("--db", "{home}/none.db", "query"),
    ("query", "country:Polnd"),
    ("query", "--no-such-option-of-ours=1", "--limit", "x"),
    ("stats", "--since", "soon"),
    ("--db", "{home}/none.db", "stats"),
    ("handover", "--since", "tomorrow"),
    ("tail", "country:Polnd"),
    ("export", "country:Polnd"),
    ("export", "-o", "{home}/none/x.json"),
    ("import", "{home}/feeds.toml"),
    ("import", "{home}/none.jsonl"),
    ("backup", "{home}/feeds.toml"),
    ("--feeds", "{home}/bad.toml", "once"),
    ("--feeds", "{home}/bad.toml", "collect"),
    ("--feeds", "{home}/bad.toml", "serve"),
    ("--feeds", "{home}/bad.toml", "feeds", "list"),
    ("--feeds", "{home}/bad.toml", "feeds", "export"),
    ("--feeds", "{home}/bad.toml", "alerts", "list"),
    ("--feeds", "{home}/bad.toml", "keys"),
    ("--feeds", "{home}/bad.toml", "read"),
    ("--feeds", "{home}/bad.toml", "group"),
    ("--feeds", "{home}/bad.toml", "selftest"),
    ("--feeds", "{home}/bad.toml", "reread"),
    ("explain", "0000000000000000"),
    ("feeds", "enable", "nobody"),
    ("feeds", "disable", "nobody"),
    ("feeds", "remove", "nobody"),
    ("feeds", "import", "{home}/feeds.toml"),
    ("alerts", "test", "nobody"),
    ("--db", "{home}/none.db", "views", "list"),
    ("views", "show", "nothing of that name"),
    ("views", "add", "x", "country:Polnd"),
    ("views", "remove", "nothing of that name"),
    ("views", "rename", "nothing of that name", "x"),
    ("views", "move", "nothing of that name", "1"),
    ("views", "alert", "nothing of that name"),
    ("note", "inone"),
    ("tag", "inone"),
    ("star", "inone"),
    ("alerts", "dry-run", "--rule", "nobody"),
    ("corrections", "add", "merge", "x", "y"),
    ("corrections", "undo", "99"),
    ("--db", "{home}/none.db", "corrections", "list"),
    ("--db", "{home}/none.db", "corrections", "export"),
    ("--db", "{home}/none.db", "repair"),
    ("--db", "{home}/none.db", "verify"),
    ("completion", "tcsh"),
    ("screenshot", "--theme", "mauve", "{home}/x.svg"),
    ("no-such-command",),
)


def filled_in(arguments: tuple[str, ...], world: World) -> list[str]:
    incident, other, *_ = world.incidents
    places = {
        "incident": incident,
        "other": other,
        "home": world.home,
        "rss": world.server.url("/paper"),
        "dead": world.server.url("/dead"),
    }
    return [argument.format(**places) for argument in arguments]


def test_every_command_whose_no_is_told_has_a_case_of_each() -> None:
    assert set(YES) == set(NO) == set(NO_MEANS)


@pytest.mark.parametrize("command", YES)
def test_a_command_whose_answer_is_yes_ends_with_0(command: str, world: World) -> None:
    world.server.put("/dead", status=404)
    done = run(world.home, *filled_in(YES[command], world))
    assert done.returncode == Exit.DONE, done.stdout + done.stderr


@pytest.mark.parametrize("command", NO)
def test_a_command_whose_answer_is_no_ends_with_1(command: str, world: World) -> None:
    world.server.put("/dead", status=404)
    done = run(world.home, *filled_in(NO[command], world))
    assert done.returncode == Exit.NO, done.stdout + done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("arguments", CANNOT, ids=" ".join)
def test_what_cannot_be_done_ends_with_2_and_says_why(
    arguments: tuple[str, ...], world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OVERFLIGHT_HOME", str(world.home))
    done = CliRunner().invoke(overflight, filled_in(arguments, world))
    assert (done.exit_code, done.stdout) == (Exit.CANNOT, "")
    assert done.stderr


def test_every_command_that_can_fail_is_shown_to_fail() -> None:
    never = {"demo", "feeds path", "feeds edit", "man"}  # they need nothing that could be missing
    refused = " | ".join(" ".join(case) for case in CANNOT)
    shown = set(NO_MEANS) | {name for name in EXAMPLES if re.search(rf"(?<![\w-]){name}(?![\w-])", refused)}
    assert set(EXAMPLES) - shown - {""} == never


def test_an_output_that_cannot_be_written_ends_with_2(world: World) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, "-m", "tui", "query", "country:PL"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            env=environment(world.home),
        )
    assert done.returncode == Exit.CANNOT
    assert "cannot write the output" in done.stderr


def test_what_is_broken_off_ends_with_130(world: World) -> None:
    world.server.put("/slow", delay=15)
    slow = world.home / "slow.toml"
    slow.write_text(
        f'[[feed]]\nurl = "{world.server.url("/slow")}"\nname = "Slow"\nallow_private = true\n',
        encoding="utf-8",
    )
    # A suite that a script began in the background ignores SIGINT, and so would what it starts: ours is heard again.
    heard = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "tui",
                "--feeds",
                str(slow),
                "--db",
                str(world.home / "slow.db"),
                "once",
                "--all",
            ],
            env={**environment(world.home), "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    finally:
        signal.signal(signal.SIGINT, heard)
    try:
        end = time.monotonic() + 30
        while not world.server.asked("/slow"):
            assert time.monotonic() < end, "it never asked"
            time.sleep(0.05)
        os.kill(process.pid, signal.SIGINT)
        assert process.wait(20) == Exit.BROKEN_OFF
    finally:
        process.kill()
        process.wait()


def test_the_table_of_statuses_stands_in_the_reference() -> None:
    reference = (Path(__file__).parents[2] / "docs" / "commands.md").read_text(encoding="utf-8")
    for command, meaning in NO_MEANS.items():
        assert f"| `overflight {command}` | {meaning} |" in reference
    assert len(overflight.list_commands(None)) > 20  # type: ignore[arg-type]  # it looks at no context
