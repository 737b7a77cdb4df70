"""Every command of README and documentation does what it stands there for."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.pages import ROOT, blocks, command_lines

ON_SCREEN = {"overflight", "overflight demo"}
"""Programs that go on until they are told to end: they are driven in a terminal by the tests of the interface."""
OUTSIDE = ("make ", "pip ", "pipx ", "uv ", "git ", "cd ", "export ", "pre-commit ")
"""Not ours: of `make` the target must be there; the others install the program or fetch it."""

_FEED = '[[feed]]\nname = "Nobody"\nurl = "http://127.0.0.1:9/feed"\nallow_private = true\n'
_NOTHING_FOUND = 1
"""As `grep` has it; the folder of this test holds the known incidents alone, and its feed answers nobody."""
_NOTHING = re.compile(r"^(0 \w+ of |Nothing |0 of 1 answered)", re.MULTILINE)

OVERFLIGHT = sorted({line for _, line in command_lines() if line.startswith("overflight")} - ON_SCREEN)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of data with the known incidents, as after a first start without a network."""
    folder = tmp_path_factory.mktemp("home")
    feeds = folder / "feeds.toml"
    alerts = next(block.text for block in blocks("toml") if block.page == "README.md")
    feeds.write_text(_FEED + alerts, encoding="utf-8")
    _run(["overflight", "once"], folder)
    return folder


def _run(words: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    program = [sys.executable, "-m", "tui", "--feeds", str(folder / "feeds.toml"), *words[1:]]
    return subprocess.run(
        program,
        cwd=folder,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "OVERFLIGHT_HOME": str(folder),
            "EDITOR": "true",
            "HOOK": "h",
            "HOOK_SECRET": "s",
        },
        capture_output=True,
        stdin=subprocess.DEVNULL,
        text=True,
        timeout=100,
        check=False,
    )


@pytest.mark.parametrize("line", OVERFLIGHT)
def test_a_command_of_the_documentation_can_be_typed_as_it_stands(line: str, home: Path) -> None:
    ran = _run(shlex.split(line), home)
    nothing = ran.returncode == _NOTHING_FOUND and _NOTHING.search(ran.stdout + ran.stderr)
    assert ran.returncode == 0 or nothing, (line, ran.stdout[-500:], ran.stderr[-1500:])
    assert ran.stdout.strip() or ran.stderr.strip(), "it said nothing"


def test_there_are_commands_and_each_is_one_of_ours_or_of_a_known_program() -> None:
    lines = command_lines()
    assert len(lines) > 20
    strange = [line for line in lines if not line[1].startswith(("overflight", *OUTSIDE))]
    assert not strange


def test_every_target_of_make_that_is_named_is_there() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = {
        line.split(":")[0]
        for line in makefile.splitlines()
        if ":" in line and not line.startswith(("\t", " ", "#"))
    }
    named = {line.split()[1] for _, line in command_lines() if line.startswith("make ")}
    assert named <= targets, named - targets
