"""Whatever is wrong at the start is said once, clearly, and without a traceback."""

import fcntl
import os
import pty
import select
import sqlite3
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
GOOD = (
    '[[feed]]\nurl = "http://127.0.0.1:9/feed"\nname = "Nobody"\nlang = "en"\ncountry = "PL"\n'
    'publisher = "Nobody"\nkind = "national"\nallow_private = true\n'
)


def environment(home: Path, **more: str) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "OVERFLIGHT_HOME": str(home),
        "LANG": "C.UTF-8",
        "TERM": "xterm-256color",
        "PYTHONPATH": str(REPOSITORY),
        **more,
    }


def run(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tui", *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        stdin=subprocess.DEVNULL,
        env=environment(home),
    )


def run_in_pty(arguments: list[str], variables: dict[str, str], size: tuple[int, int]) -> tuple[int, str]:
    """Exit status and everything written, in a terminal of rows × columns."""
    pid, terminal = pty.fork()
    if pid == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", *size, 0, 0))
        os.execve(sys.executable, [sys.executable, "-m", "tui", *arguments], variables)
    written, end = bytearray(), time.monotonic() + 30
    while time.monotonic() < end:
        if select.select([terminal], [], [], 0.5)[0]:
            try:
                piece = os.read(terminal, 65536)
            except OSError:
                break
            if not piece:
                break
            written += piece
    os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), written.decode("utf-8", "replace")


def said_once(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith("overflight: ")
    return done.stderr


@pytest.mark.parametrize(
    "command",
    [
        (),
        ("once",),
        ("collect",),
        ("feeds", "list"),
        ("read",),
        ("group",),
        ("explain", "x"),
        ("reread",),
        ("selftest",),
    ],
)
def test_a_bad_feed_list_is_named_with_its_line_and_the_cure(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    bad = tmp_path / "feeds.toml"
    bad.write_text(GOOD + 'evry = "15m"\n', encoding="utf-8")
    if not command:
        code, said = run_in_pty(["--feeds", str(bad)], environment(tmp_path), (40, 120))
        assert code == 2
    else:
        said = said_once(run(tmp_path, "--feeds", str(bad), *command))
    assert "feeds.toml" in said
    assert "evry" in said
    assert "\x1b[?1049h" not in said


@pytest.mark.parametrize("command", ["once", "collect"])
def test_a_missing_feed_list_is_named(tmp_path: Path, command: str) -> None:
    said = said_once(run(tmp_path, "--feeds", str(tmp_path / "none.toml"), command))
    assert "none.toml" in said


@pytest.mark.parametrize("command", ["once", "collect"])
def test_a_database_that_is_none_is_named_and_left_alone(tmp_path: Path, command: str) -> None:
    feeds = tmp_path / "feeds.toml"
    feeds.write_text(GOOD, encoding="utf-8")
    database = tmp_path / "letters.db"
    database.write_text("Dear Ada, " * 500, encoding="utf-8")
    said = said_once(run(tmp_path, "--feeds", str(feeds), "--db", str(database), command))
    assert "letters.db" in said
    assert database.read_text(encoding="utf-8").startswith("Dear Ada")


def test_a_folder_as_the_database_is_named(tmp_path: Path) -> None:
    said = said_once(run(tmp_path, "--db", str(tmp_path), "once"))
    assert tmp_path.name in said


def test_without_a_terminal_the_dashboard_names_the_plain_front_end(tmp_path: Path) -> None:
    said = said_once(run(tmp_path))
    assert "overflight once" in said
    assert said.count("\n") == 1


def test_a_dumb_terminal_gets_a_sentence_and_no_escape(tmp_path: Path) -> None:
    code, said = run_in_pty([], environment(tmp_path, TERM="dumb"), (40, 120))
    assert code == 2
    assert "TERM=dumb" in said
    assert "\x1b" not in said


def test_an_unknown_theme_is_named_with_the_known_ones(tmp_path: Path) -> None:
    code, said = run_in_pty(["--theme", "mauve"], environment(tmp_path), (40, 120))
    assert code == 2
    assert "mauve" in said
    assert "night-watch" in said


def test_a_store_that_another_program_keeps_locked_is_said_once(tmp_path: Path) -> None:
    feeds = tmp_path / "feeds.toml"
    feeds.write_text(GOOD, encoding="utf-8")
    assert run(tmp_path, "--feeds", str(feeds), "once", "--no-fetch").returncode == 0
    other = sqlite3.connect(tmp_path / "overflight.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        said = said_once(run(tmp_path, "--feeds", str(feeds), "once"))
    finally:
        other.close()
    assert "overflight.db" in said
    assert said.count("\n") == 1


def test_what_was_typed_acts_on_no_terminal_when_it_is_said_again(tmp_path: Path) -> None:
    assert run(tmp_path, "once", "--no-fetch").returncode == 0
    answer = run(tmp_path, "query", "country:\x1b]0;evil\x07\u202e")
    assert answer.returncode == 2
    assert not set("\x1b\x07\u202e") & set(answer.stderr)
