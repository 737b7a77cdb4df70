"""`overflight doctor` finds folders that nothing can be written into."""

import json
import subprocess
import sys
from pathlib import Path

from tests.cli.test_refusals import environment, run


def findings(home: Path) -> tuple[int, dict[str, dict[str, object]]]:
    done = run(home, "doctor", "--json")
    return done.returncode, {str(one["topic"]): one for one in json.loads(done.stdout)}


def test_a_home_that_can_be_written_is_no_finding_and_nothing_is_left_in_it(tmp_path: Path) -> None:
    for home in (tmp_path, tmp_path / "made" / "later"):
        status, found = findings(home)
        assert (status, "folder" in found) == (0, False)
    assert not [file for file in tmp_path.iterdir() if file.name.startswith(".overflight")]


def test_a_home_that_cannot_be_written_is_told_with_what_to_do(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.write_text("a file where a folder should be", encoding="utf-8")
    status, found = findings(home)
    assert status == 1
    assert found["folder"]["grave"]
    assert "set OVERFLIGHT_HOME to a folder that is" in str(found["folder"]["cure"])


def test_a_disk_without_room_is_told(tmp_path: Path) -> None:
    done = subprocess.run(
        ["bash", "-c", 'ulimit -f 8; exec "$@"', "-", sys.executable, "-m", "tui", "doctor", "--json"],
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    (found,) = (one for one in json.loads(done.stdout) if one["topic"] == "folder")
    assert done.returncode == 1
    assert "free some space" in found["cure"]
