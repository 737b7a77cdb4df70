"""`overflight backup`, `verify` and `repair`, as a person and a cron job use them."""

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.test_refusals import run


@pytest.fixture
def home(tmp_path: Path) -> Path:
    assert run(tmp_path, "once", "--no-fetch").returncode == 0
    return tmp_path


def database(home: Path) -> Path:
    (found,) = home.rglob("overflight.db")
    return found


def test_a_backup_says_where_it_is_and_can_be_opened(home: Path) -> None:
    made = run(home, "backup", str(home / "copy.db"))
    assert made.returncode == 0, made.stderr
    assert made.stdout.startswith(str(home / "copy.db"))
    assert run(home, "--db", str(home / "copy.db"), "query", "country:PL").returncode == 0
    again = run(home, "backup", str(home / "copy.db"))
    assert (again.returncode, again.stdout) == (2, "")
    assert "of that name already" in again.stderr


def test_without_a_name_a_backup_goes_beside_the_database(home: Path) -> None:
    assert run(home, "backup").returncode == 0
    (copy,) = (database(home).parent / "backups").iterdir()
    assert run(home, "--db", str(copy), "verify").returncode == 0


def test_a_backup_that_the_disk_does_not_take_is_refused_in_words_and_leaves_nothing(home: Path) -> None:
    room = database(home).stat().st_size // 2
    made = subprocess.run(
        [sys.executable, "-m", "tui", "backup"],
        env={**os.environ, "OVERFLIGHT_HOME": str(database(home).parent), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room)),
    )
    assert (made.returncode, made.stdout) == (2, "")
    assert made.stderr.startswith("overflight: The disk does not take what is written")
    assert list((database(home).parent / "backups").iterdir()) == []


def test_verify_tells_each_check_and_the_exit_status_the_whole(home: Path) -> None:
    fine = run(home, "verify", "--json")
    document = json.loads(fine.stdout)
    assert (fine.returncode, document["fine"]) == (0, True)
    assert len(document["checks"]) == 5

    spoil(database(home))
    found = run(home, "verify")
    assert found.returncode == 1
    assert "overflight repair" in found.stdout
    assert "Traceback" not in found.stderr


def spoil(path: Path) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[: 8 * 4096] + b"\xff" * (12 * 4096) + whole[20 * 4096 :])


def test_repair_keeps_the_damaged_file_and_says_what_was_saved(home: Path) -> None:
    untouched = run(home, "repair")
    assert (untouched.returncode, "nothing was changed" in untouched.stdout) == (0, True)
    spoil(database(home))
    broken = database(home).read_bytes()
    done = run(home, "repair")
    assert done.returncode == 0, done.stderr
    (aside,) = database(home).parent.glob("overflight.db.damaged-*")
    assert str(aside) in done.stdout
    assert aside.read_bytes() == broken
    assert run(home, "verify").returncode == 0


def test_a_damaged_database_does_not_keep_the_program_from_starting(home: Path) -> None:
    spoil(database(home))
    started = run(home, "once", "--no-fetch")
    assert started.returncode == 0
    assert "The database was damaged" in started.stderr
    assert run(home, "query", "country:PL").returncode == 0


@pytest.mark.parametrize("command", ["backup", "verify", "repair"])
def test_without_a_database_it_is_said(tmp_path: Path, command: str) -> None:
    found = run(tmp_path, command)
    assert found.returncode == 2
    assert "There is no database" in found.stderr
