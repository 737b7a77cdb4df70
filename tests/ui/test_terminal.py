"""On a real pseudo-terminal: nothing hostile gets out, and the terminal is left as it was."""

import os
import re
import signal
import time
from pathlib import Path

import pytest

from tests.ui.firewall import violations
from tests.ui.stage import NASTY
from tests.ui.terminal import Terminal, staged

LEFT_ALTERNATE = b"\x1b[?1049l"
MOUSE_OFF = b"\x1b[?1000l"
CURSOR_BACK = b"\x1b[?25h"


WALK = (
    ("jjjj", b""),
    ("\r", b"why cert"),
    ("\r", b"extracted"),
    ("x", b""),
    ("nnn", b""),
    ("J", b""),
    ("q", b""),
    ("q", b""),
    ("?", b"help"),
    ("?", b""),
    ("H", b"address"),
    ("jjjjj", b""),
    ("q", b""),
    ("1jj", b""),
    ("\r", b"profile"),
    ("J", b""),
    ("q", b""),
    ("z", b""),
)
"""Keys, and what must come on the screen at 120 columns and more."""


def walk(terminal: Terminal, *, wide: bool) -> None:
    """Every screen, with its text on it."""
    terminal.until(b"baseline")
    terminal.quiet()
    for keys, words in WALK:
        terminal.type(keys)
        if words and wide:
            terminal.until(words)
        terminal.quiet()


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (200, 60)])
def test_hostile_text_brings_no_sequence_and_no_hidden_mark_to_the_terminal(size: tuple[int, int]) -> None:
    with staged("nasty", size=size) as terminal:
        walk(terminal, wide=size[0] >= 120)
        assert terminal.process.poll() is None, bytes(terminal.raw[-3000:])
        assert violations(bytes(terminal.raw)) == []
        assert b"\xef\xbf\xbd" in terminal.raw, "the controls are seen as what they are"


def test_the_firewall_raises_no_false_alarm_on_harmless_text() -> None:
    with staged("plain") as terminal:
        walk(terminal, wide=True)
        assert terminal.process.poll() is None
        assert violations(bytes(terminal.raw)) == []


def test_the_firewall_notices_when_the_guards_are_gone() -> None:
    with staged("nasty", "unguarded", size=(120, 60)) as terminal:
        terminal.until(b"zalgo")
        terminal.quiet()
        kinds = {violation.kind for violation in violations(bytes(terminal.raw))}
        assert {"sequence", "control", "hidden mark"} <= kinds


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT])
def test_a_signal_ends_it_and_leaves_the_terminal_as_it_was(number: signal.Signals) -> None:
    with staged("plain") as terminal:
        terminal.until(b"baseline")
        terminal.quiet()
        terminal.process.send_signal(number)
        terminal.wait()
        for sequence in (LEFT_ALTERNATE, MOUSE_OFF, CURSOR_BACK):
            assert sequence in terminal.raw
        assert b"Traceback" not in terminal.raw


@pytest.mark.parametrize("opening", ["/", ":", ""])
def test_hostile_text_that_is_pasted_brings_no_sequence_to_the_terminal(opening: str) -> None:
    with staged("plain") as terminal:
        terminal.until(b"baseline")
        terminal.quiet()
        terminal.type(opening)
        terminal.quiet()
        for trick in NASTY:
            terminal.type(
                "\x1b[200~" + trick.encode(errors="replace").decode().replace("\r", "") + "\x1b[201~"
            )
            terminal.quiet(0.1)
        terminal.type("é\x9b31m\x00\u202e")
        terminal.quiet()
        assert terminal.process.poll() is None
        assert violations(bytes(terminal.raw)) == []


def test_a_terminal_that_reads_nothing_holds_nothing_up_for_good() -> None:
    with staged("plain", size=(200, 60)) as terminal:
        terminal.until(b"baseline")
        terminal.quiet()
        for _ in range(40):  # more drawing than a pseudo-terminal holds, and nobody reads it
            terminal.type("?\x1b")
        assert terminal.process.poll() is None
        terminal.quiet()
        terminal.type("?")
        terminal.until(b"help")
        terminal.type("\x1b")
        terminal.quiet()
        terminal.type("qq")
        assert terminal.wait() == 0


def test_what_an_import_prints_while_the_dashboard_runs_is_not_on_its_screen(tmp_path: Path) -> None:
    told = tmp_path / "told"
    (tmp_path / "sitecustomize.py").write_text(
        "import sys, threading, time, warnings\n"
        "def speak():\n"
        "    while type(sys.stdout).__name__ != '_PrintCapture': time.sleep(0.02)\n"
        "    for _ in range(20):\n"
        "        print('NOISE', flush=True); print('NOISE', file=sys.stderr, flush=True)\n"
        "    warnings.warn('NOISE')\n"
        f"    open({str(told)!r}, 'w').close()\n"
        "threading.Thread(target=speak, daemon=True).start()\n",
        encoding="utf-8",
    )
    with staged("plain", environment={"PYTHONPATH": str(tmp_path)}) as terminal:
        terminal.until(b"baseline")
        end = time.monotonic() + 20
        while not told.exists():
            assert time.monotonic() < end, "it never spoke"
            terminal.quiet()
        terminal.type("?")
        terminal.until(b"help")
        assert b"NOISE" not in terminal.raw
        assert terminal.process.poll() is None


def test_quitting_by_key_leaves_the_terminal_as_it_was_at_once() -> None:
    with staged("plain") as terminal:
        terminal.until(b"baseline")
        terminal.quiet()
        began = time.monotonic()
        terminal.type("qq")
        assert terminal.wait() == 0
        assert time.monotonic() - began < 5
        assert LEFT_ALTERNATE in terminal.raw


def test_a_terminal_that_goes_away_ends_it_even_when_hang_ups_are_ignored() -> None:
    with staged("plain", environment={"OVERFLIGHT_STAGE_NOHUP": "1"}) as terminal:
        terminal.until(b"baseline")
        terminal.quiet()
        os.close(terminal.master)
        terminal.process.wait(15)
        assert terminal.process.returncode is not None


def test_colours_are_not_sent_under_no_color() -> None:
    with staged("plain", environment={"NO_COLOR": "1"}) as terminal:
        terminal.until(b"baseline")
        terminal.quiet()
        styles = {
            code for style in re.findall(rb"\x1b\[([0-9;]*)m", terminal.raw) for code in style.split(b";")
        }
        assert styles <= {b"", b"0", b"1", b"2", b"3", b"4", b"7", b"9", b"39", b"49"}
        assert b"7" in styles, "reverse carries the cursor and what is critical"
