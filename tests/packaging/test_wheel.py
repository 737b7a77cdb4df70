"""The wheel alone, in an empty virtual environment, is the whole program."""

import json
import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY, need_program
from tests.e2e.terminal import Tmux

pytestmark = [pytest.mark.xdist_group("wheel"), pytest.mark.timeout(300)]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of the programs of a virtual environment that holds the wheel and its locked dependencies."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [
            sys.executable,
            "-m",
            "build",
            "--wheel",
            "--no-isolation",
            "--outdir",
            str(folder),
            str(REPOSITORY),
        ],
        check=True,
        capture_output=True,
    )
    venv.create(folder / "venv", with_pip=True)
    programs = folder / "venv" / "bin"
    pip = [str(programs / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    locked = subprocess.run(
        [*pip, "--require-hashes", "-r", str(REPOSITORY / "requirements" / "run.txt")],
        capture_output=True,
        text=True,
        check=False,
    )
    if locked.returncode != 0:
        message = f"the locked dependencies could not be fetched: {locked.stderr.strip()[-200:]}"
        if os.environ.get("CI") == "true":
            pytest.fail(message, pytrace=False)
        pytest.skip(message)
    (wheel,) = folder.glob("overflight-*.whl")
    subprocess.run([*pip, "--no-deps", str(wheel)], check=True, capture_output=True)
    return programs


def run(installed: Path, home: Path, *arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(installed / "overflight"), *arguments],
        input=given,
        capture_output=True,
        text=True,
        check=False,
        cwd=home,
        timeout=110,
        env={"PATH": os.environ["PATH"], "OVERFLIGHT_HOME": str(home), "LANG": "C.UTF-8"},
    )


def test_the_wheel_carries_its_feeds_and_reads_a_story(installed: Path, tmp_path: Path) -> None:
    listed = run(installed, tmp_path, "feeds", "list", "--json")
    assert listed.returncode == 0, listed.stderr
    assert len(json.loads(listed.stdout)) >= 120
    assert (installed.parent / "share" / "man" / "man1" / "overflight.1").is_file()
    story = {
        "id": "1",
        "title": "Russian drone violates Polish airspace",
        "summary": "",
        "published": "2025-09-10",
    }
    read = run(installed, tmp_path, "read", given=json.dumps(story) + "\n")
    assert read.returncode == 0, read.stderr
    answer = json.loads(read.stdout)
    assert answer["relevant"] is True
    assert answer["affected"] == ["PL"]


def test_the_wheel_carries_the_baseline_and_shows_it_without_a_network(
    installed: Path, tmp_path: Path
) -> None:
    nowhere = tmp_path / "feeds.toml"
    nowhere.write_text(
        '[[feed]]\nurl = "http://127.0.0.1:9/feed"\nname = "Nobody"\nlang = "en"\ncountry = "PL"\n'
        'publisher = "Nobody"\nkind = "national"\nallow_private = true\n',
        encoding="utf-8",
    )
    once = run(installed, tmp_path, "--feeds", str(nowhere), "once", "--json")
    board = json.loads(once.stdout)
    assert board["state"] == "offline"
    origins = [incident["origin"] for incident in board["incidents"]]
    assert len(origins) >= 70
    assert set(origins) == {"baseline"}


def test_the_wheel_reads_its_labelled_stories_as_well_as_when_it_was_shipped(
    installed: Path, tmp_path: Path
) -> None:
    tested = run(installed, tmp_path, "selftest", "--json")
    assert tested.returncode == 0, tested.stdout[-2000:] + tested.stderr


def test_the_wheel_shows_its_recorded_world_in_a_terminal(installed: Path, tmp_path: Path) -> None:
    environment = {"OVERFLIGHT_HOME": str(tmp_path), "LANG": "C.UTF-8", "TERM": "xterm-256color"}
    with Tmux(need_program("tmux"), tmp_path, 120, 40) as terminal:
        terminal.start(["env", "-u", "PYTHONPATH", str(installed / "overflight"), "demo"], environment)
        terminal.wait(lambda screen: "REPLAY" in screen and "DRN" in screen, "incidents of the replay", 120)
        terminal.keys("q", "q")
        terminal.wait(lambda screen: "ended with 0" in screen, "a clean end", 60)


def test_the_environment_of_the_wheel_holds_no_other_copy_of_the_program(installed: Path) -> None:
    found = subprocess.run(
        [str(installed / "python"), "-c", "import tui; print(tui.__file__)"],
        capture_output=True,
        text=True,
        check=True,
        cwd=installed,
        env={"PATH": os.environ["PATH"]},
    )
    assert Path(found.stdout.strip()).is_relative_to(installed.parent)
