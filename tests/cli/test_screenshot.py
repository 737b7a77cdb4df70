"""`overflight screenshot`: a screen of the recorded world as a picture that fetches nothing."""

import html
import re
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tui", "screenshot", *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd=REPOSITORY, timeout=110, check=False)


def test_a_screen_is_drawn_from_the_recording_and_says_so(tmp_path: Path) -> None:
    target = tmp_path / "picture.svg"
    answer = run("--screen", "incident", "--size", "90x30", "--theme", "paper", str(target))
    assert answer.returncode == 0, answer.stderr
    assert "incident, 90x30, paper" in answer.stderr
    svg = target.read_text()
    words = html.unescape(" ".join(re.findall(r">([^<>]+)<", svg))).replace("\xa0", " ")
    assert "REPLAY" in words
    assert "came in" in words  # as the pane of an incident says alone
    assert "@font-face" not in svg
    assert not re.search(r"(?:href|src)=\"https?:|url\(\"?https?:", svg)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--size", "wide"), "write columns and rows, such as 120x40"),
        (("--theme", "neon"), "There is no theme 'neon'"),
        (("--screen", "kitchen"), "'kitchen' is not one of"),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_a_sentence(
    tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    target = tmp_path / "picture.svg"
    answer = run(*arguments, str(target))
    assert answer.returncode == 2
    assert said in answer.stderr
    assert not target.exists()
