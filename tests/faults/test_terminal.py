"""A poor terminal: sixteen colours, a slow line."""

import os
import select
import time

from tests.ui.firewall import violations
from tests.ui.terminal import Terminal, staged

BAUD_9600 = 960
"""Bytes a second."""


def test_a_terminal_of_sixteen_colours_is_sent_no_others() -> None:
    environment = {"TERM": "xterm-16color", "COLORTERM": "", "TEXTUAL_COLOR_SYSTEM": "standard"}
    with staged("plain", environment=environment) as terminal:
        terminal.until(b"baseline")
        terminal.quiet()
        terminal.type("?")
        terminal.until(b"help")
        assert b"38;2;" not in terminal.raw
        assert b"38;5;" not in terminal.raw
        assert violations(bytes(terminal.raw)) == []


def sip(terminal: Terminal, seconds: float) -> None:
    """Read as slowly as an old line carries."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if select.select([terminal.master], [], [], 0.1)[0]:
            terminal.raw += os.read(terminal.master, BAUD_9600 // 10)
        time.sleep(0.1)


def test_over_a_slow_line_keys_are_answered_and_it_ends_when_told_to() -> None:
    with staged("plain", size=(80, 24)) as terminal:
        sip(terminal, 4)
        terminal.type("jj")
        sip(terminal, 2)
        assert terminal.process.poll() is None
        terminal.type("?")
        terminal.until(b"help")
        terminal.type("\x11")
        assert terminal.wait() == 0
