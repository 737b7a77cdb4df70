"""A disk that is full, has no room for files, is read-only, slow or failing: told, nothing lost, and on again by itself.

Small disks are mounted in a mount namespace of their own, where that is allowed; elsewhere these tests are skipped and
`tests/store/test_faults.py` fills a file by RLIMIT_FSIZE. A slow and a failing disk are a library that is loaded before
all others and stands in for fsync.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY, need_program
from tests.store.saving_child import STORIES

NOT_ALLOWED = 77


def told(kind: str, path: Path, *flags: Path, **environment: str) -> list[str]:
    """What the child says, line by line."""
    path.parent.mkdir(mode=0o700, exist_ok=True)
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.disk_child", kind, str(path), *map(str, flags)],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env={**os.environ, **environment},
    )
    if done.returncode == NOT_ALLOWED:
        pytest.skip("no disk may be mounted here")
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout.splitlines()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "disk" / "overflight.db"


@pytest.fixture
def bad_disk(tmp_path: Path) -> str:
    """The library that stands in for fsync."""
    library = tmp_path / "slow_disk.so"
    compiler = need_program("cc")
    source = Path(__file__).with_name("slow_disk.c")
    subprocess.run([compiler, "-shared", "-fPIC", "-o", str(library), str(source)], check=True)
    return str(library)


def test_a_disk_without_room_is_told_and_saved_to_again_when_there_is_some(path: Path) -> None:
    said, number, entries = told("full", path)
    assert "no room left" in said
    assert "then try again; fetching goes on by itself" in said
    assert int(entries) == (int(number) + 1) * STORIES


def test_a_disk_that_takes_no_more_files_lets_what_is_open_go_on_and_says_what_it_cannot_make(
    path: Path,
) -> None:
    saved, said = told("inodes", path)
    assert saved == "saved"
    assert "The backup cannot be made" in said or "no room left" in said


def test_a_disk_that_is_read_only_is_told(path: Path) -> None:
    (said,) = told("readonly", path)
    assert "cannot be" in said


def test_a_disk_that_fails_is_told_and_nothing_acknowledged_is_lost(path: Path, bad_disk: str) -> None:
    flag = path.parent.parent / "fails"
    said, entries = told("failing", path, flag, LD_PRELOAD=bad_disk, FAIL_FLAG=str(flag))
    assert "a failing disk" in said
    assert int(entries) == 2 * STORIES


def test_a_disk_that_takes_a_second_to_keep_a_poll_does_not_hold_the_loop_up(
    path: Path, bad_disk: str
) -> None:
    """Of a hundred ticks a second half must come, however busy the machine; a loop that waits for the disk has none."""
    flag = path.parent.parent / "slow"
    took, ticks = told("slow", path, flag, LD_PRELOAD=bad_disk, SLOW_FLAG=str(flag))
    assert float(took) >= 1.0
    assert int(ticks) >= 30 * float(took)
