"""The dashboard says in one line why it cannot start here, and welcomes who starts it first."""

from pathlib import Path

from tests.cli.test_refusals import run
from tests.ui.terminal import REPOSITORY, on_a_terminal
from tui.cli.terminal import refusal


def test_a_pipe_is_refused_and_the_plain_front_end_named() -> None:
    said = refusal({"TERM": "xterm"}, is_tty=False, encoding="UTF-8")
    assert said is not None
    assert "overflight once" in said
    assert "\n" not in said


def test_a_dumb_terminal_is_refused_by_name() -> None:
    said = refusal({"TERM": "dumb"}, is_tty=True, encoding="UTF-8")
    assert said is not None
    assert "TERM=dumb" in said


def test_a_locale_without_utf_8_is_refused_with_the_cure() -> None:
    said = refusal({"TERM": "xterm"}, is_tty=True, encoding="ANSI_X3.4-1968")
    assert said is not None
    assert "LANG=" in said


def test_an_ordinary_terminal_is_accepted() -> None:
    assert refusal({"TERM": "xterm-256color"}, is_tty=True, encoding="UTF-8") is None


def test_the_welcome_comes_at_the_first_dashboard_whatever_ran_before_and_only_until_it_is_answered(
    tmp_path: Path,
) -> None:
    assert run(tmp_path, "once", "--no-fetch").returncode == 0
    assert run(tmp_path, "query").returncode == 0
    variables = {"OVERFLIGHT_HOME": str(tmp_path), "PYTHONPATH": str(REPOSITORY)}
    with on_a_terminal("-m", "tui", environment=variables) as terminal:
        terminal.until(b"What to watch")
        terminal.quiet()
        terminal.type("\r")
        terminal.quiet()
        terminal.type("\x11")
        terminal.wait()
    with on_a_terminal("-m", "tui", environment=variables) as terminal:
        terminal.until(b"baseline")
        terminal.quiet()
        terminal.type("\x11")
        terminal.wait()
        assert b"What to watch" not in terminal.raw
