"""The temporary folder of a demo goes with its process, however that ends, and nobody else's ever does."""

import errno
import fcntl
import os
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.cli.test_refusals import environment
from tests.ui.terminal import REPOSITORY, on_a_terminal
from tui.cli.demo_folder import demo_folder

LATER = datetime.now(UTC) + timedelta(days=1)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary folders are made."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def names(place: Path) -> set[str]:
    return {one.name for one in place.iterdir()}


def test_it_goes_when_the_demo_ends_and_another_demo_leaves_it_alone(place: Path) -> None:
    with demo_folder(LATER) as mine:
        (mine / "demo.db").write_bytes(b"x")
        with demo_folder(LATER) as other:
            assert names(place) == {mine.name, other.name}
        assert names(place) == {mine.name}
        assert (mine / "demo.db").exists()
    assert names(place) == set()


def test_one_of_a_process_that_was_killed_is_taken_away_by_the_next(place: Path) -> None:
    script = (
        "import tempfile, sys; tempfile.tempdir = sys.argv[1]\n"
        "from datetime import UTC, datetime\n"
        "from tui.cli.demo_folder import demo_folder\n"
        "with demo_folder(datetime.now(UTC)) as folder:\n"
        "    print(folder.name, flush=True); sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(place)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment(place),
    ) as process:  # fmt: skip
        assert process.stdout is not None
        left = process.stdout.readline().strip()
        with demo_folder(LATER):
            assert left in names(place)
        process.kill()
        process.wait()
        assert left in names(place)
        with demo_folder(LATER) as mine:
            assert names(place) == {mine.name}


def test_what_is_not_its_own_stays(place: Path) -> None:
    precious = place / "precious"
    precious.mkdir()
    (precious / "lock").write_text("")
    (place / "overflight-demo-link").symlink_to(precious)
    (place / "overflight-demo-file").write_text("")
    (place / "overflight-other").mkdir()
    linked = place / "overflight-demo-linked"
    linked.mkdir()
    (linked / "lock").symlink_to(precious / "lock")
    home = place / "overflight-demo-abcd1234"  # of the very form that a demo's has
    home.mkdir()
    (home / "overflight.db").write_text("")
    (home / "lock").write_text("somebody else's\n")
    pipe = place / "overflight-demo-efgh5678"
    pipe.mkdir()
    os.mkfifo(pipe / "lock")
    for path in (home / "overflight.db", home / "lock", home, pipe / "lock", pipe):
        os.utime(path, (0, 0))
    before = names(place)
    with demo_folder(LATER) as mine:
        assert names(place) == before | {mine.name}
    assert names(home) == {"overflight.db", "lock"}
    assert names(precious) == {"lock"}


def test_where_nothing_can_be_locked_it_works_and_no_other_demo_takes_it_away(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(lock: int, operation: int) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(fcntl, "flock", refuse)
    with demo_folder(LATER) as mine, demo_folder(LATER) as other:
        assert names(place) == {mine.name, other.name}
    assert names(place) == set()


def test_a_demo_that_is_killed_in_its_terminal_leaves_nothing_after_the_next(tmp_path: Path) -> None:
    place = tmp_path / "temporary"
    place.mkdir()
    variables = {"OVERFLIGHT_HOME": str(tmp_path), "PYTHONPATH": str(REPOSITORY), "TMPDIR": str(place)}
    with on_a_terminal("-m", "tui", "demo", environment=variables) as terminal:
        terminal.until(b"REPLAY")
        terminal.until(b" ago")  # its collector polls by now
        terminal.process.kill()
        terminal.process.wait()
    (left,) = names(place)
    end = time.monotonic() + 30
    while left in subprocess.run(["ps", "-ewwo", "args"], capture_output=True, text=True, check=True).stdout:
        assert time.monotonic() < end, "its collector does not end"
        time.sleep(0.1)
    os.utime(place / left / "lock", (0, 0))
    with on_a_terminal("-m", "tui", "demo", environment=variables) as terminal:
        terminal.until(b"REPLAY")
        assert left not in names(place)
        terminal.quiet()
        terminal.type("\x11")
        assert terminal.wait() == 0
    assert names(place) == set()
