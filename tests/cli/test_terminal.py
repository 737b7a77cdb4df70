"""The dashboard says in one line why it cannot start here."""

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
