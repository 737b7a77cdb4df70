"""Leaving the terminal as it was: on a signal, and when the terminal itself goes away."""

import asyncio
import contextlib
import os
import select
import signal
import sys
import threading
from collections.abc import Callable

from tui.domain.feed import TerminalNotice
from tui.ui.untrusted import clip

_SIGNALS = tuple(
    getattr(signal, name) for name in ("SIGTERM", "SIGHUP", "SIGINT", "SIGQUIT") if hasattr(signal, name)
)
_LAST_RESORT = 3.0
_NOTICE = 200
_ST = "\x1b\\"


def notice(kind: TerminalNotice, text: str, *, in_tmux: bool) -> str:
    """What makes a terminal notify: the text comes through the door out, so that it cannot end the sequence."""
    told = "".join(letter for letter in clip(text, _NOTICE) if letter.isprintable())
    match kind:
        case TerminalNotice.NONE:
            return ""
        case TerminalNotice.OSC_9:
            # The name first: a number and a semicolon would be another command of some terminals.
            said = f"\x1b]9;Overflight: {told}{_ST}"
        case TerminalNotice.OSC_777:
            said = f"\x1b]777;notify;Overflight;{told.replace(';', ',')}{_ST}"
    return f"\x1bPtmux;{said.replace(chr(27), chr(27) * 2)}{_ST}" if in_tmux else said


def leave_on_signals(leave: Callable[[], None]) -> None:
    """The signals that end a program end the app in good order; the default would leave the alternate screen up."""
    loop = asyncio.get_running_loop()
    for number in _SIGNALS:
        # Only the main thread of a Unix process may; elsewhere the host decides.
        with contextlib.suppress(ValueError, RuntimeError, NotImplementedError):
            loop.add_signal_handler(number, leave)


def restore_signals() -> None:
    """Give the signals back."""
    loop = asyncio.get_running_loop()
    for number in _SIGNALS:
        with contextlib.suppress(ValueError, RuntimeError, NotImplementedError):
            loop.remove_signal_handler(number)


def leave_on_hangup(leave: Callable[[], None]) -> None:
    """End when the terminal is gone: Textual would read end-of-file for ever, at two thirds of a core."""
    stdin = sys.__stdin__
    if stdin is None or not hasattr(select, "poll") or not stdin.isatty():
        return
    loop = asyncio.get_running_loop()
    threading.Thread(
        target=_watch, args=(stdin.fileno(), loop, leave), name="overflight-hangup", daemon=True
    ).start()


def _watch(terminal: int, loop: asyncio.AbstractEventLoop, leave: Callable[[], None]) -> None:
    watch = select.poll()
    # No event is asked for: only a hang-up or an error, which are always told, ends the wait.
    watch.register(terminal, 0)
    watch.poll()
    with contextlib.suppress(RuntimeError):
        loop.call_soon_threadsafe(leave)
    # Writing to a terminal that is gone can block the loop: what is stored is stored, so go.
    threading.Event().wait(_LAST_RESORT)
    os._exit(129)
