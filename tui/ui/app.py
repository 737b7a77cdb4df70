"""The dashboard: wires the screens to the gate, and keeps the time."""

import os
from dataclasses import replace
from datetime import UTC
from typing import TYPE_CHECKING, ClassVar
from zoneinfo import ZoneInfo

from textual import events, on
from textual._styles_cache import StylesCache
from textual.await_complete import AwaitComplete
from textual.binding import BindingType
from textual.command import CommandPalette
from textual.filter import LineFilter
from textual.message import Message
from textual.timer import Timer

from tui.domain.clock import Clock
from tui.domain.constraints import said_of
from tui.pipeline.gate import Gate
from tui.ui.actions import ACTIONS, Action, app_bindings
from tui.ui.active_keys import key_of, keys_of
from tui.ui.alarm import Alarm
from tui.ui.background import Background
from tui.ui.base_app import BaseApp
from tui.ui.faults import FETCHED, STORING, Broke, fault_said, log_fault, outliving, unable_said
from tui.ui.glyphs import AsciiSigns, spelled
from tui.ui.keymap import textual_keymap
from tui.ui.messages import (
    Answered,
    BoardRead,
    CollectorRead,
    Corrected,
    DeedAnswered,
    Kept,
    NotCorrected,
    ReadFailed,
    ReadWorked,
    WeekRead,
)
from tui.ui.screens.dialogue import Dialogue
from tui.ui.screens.frame import Frame
from tui.ui.screens.monitor import Monitor
from tui.ui.session import new_session
from tui.ui.terminal import leave_on_hangup, leave_on_signals, restore_signals
from tui.ui.themes import COLOURLESS_THEME, DEFAULT_THEME, THEMES
from tui.ui.untrusted import Guard, clip

if TYPE_CHECKING:
    from textual.command import Provider

_TICK = 1.0
_TICK_UNFOCUSED = 10.0
_AHEAD = 0.1
"""Seconds that the first picture waits for a board already being read."""
_THEME = "theme"


_MONITOR_ALONE = 2
"""Screens on the stack when nothing is open: Textual's own empty one and the monitor."""


class OverflightApp(BaseApp):
    """The live dashboard over a store; everything it knows of the world comes through the gate."""

    TITLE = "overflight"
    CSS_PATH = ["styles/app.tcss", "styles/monitor.tcss"]  # noqa: RUF012 -- Textual's way; both are parsed at once
    BINDINGS: ClassVar[list[BindingType]] = app_bindings()
    ENABLE_COMMAND_PALETTE = True
    INLINE_PADDING = 0

    def __init__(
        self,
        gate: Gate,
        clock: Clock,
        *,
        theme: str = DEFAULT_THEME,
        time_zone: str = "UTC",
        actions: tuple[Action, ...] = ACTIONS,
        ascii_only: bool = False,
    ) -> None:
        colourless = bool(os.environ.get("NO_COLOR"))
        super().__init__(clock, colourless=colourless)
        self.animation_level = "none"
        self.ascii_only = ascii_only
        """Whether to draw with ASCII alone; a map then has a letter for each of its steps."""
        self._background = Background(gate, clock, self)
        zone = UTC if time_zone.upper() == "UTC" else ZoneInfo(time_zone)
        shown = tuple(replace(one, shown=spelled(one.shown)) for one in actions) if ascii_only else actions
        self.session = new_session(gate, clock, self._background, zone, shown)
        self.set_keymap(textual_keymap(actions))
        self.blind_keys = keys_of({"back_or_quit", "quit", "suspend"}, actions)
        self._last_filters: list[LineFilter] = [*([AsciiSigns()] if ascii_only else []), Guard()]
        self._timer: Timer | None = None
        self.fallen: str | None = None
        """Why it ended though nobody asked it to."""
        self._alarm = Alarm(self, gate, clock)
        self.theme = COLOURLESS_THEME if colourless else theme if theme in THEMES else DEFAULT_THEME

    def get_line_filters(self) -> list[LineFilter]:
        """The guard is the last thing that a line passes."""
        return [*super().get_line_filters(), *self._last_filters]

    def action_command_palette(self) -> None:
        """Every command; not a second time over itself, as fast keys would have it."""
        if not any(isinstance(one, CommandPalette) for one in self.screen_stack):
            super().action_command_palette()

    def action_help_quit(self) -> None:
        """Textual's ^c where nothing is selected to copy."""
        quits = key_of("quit", self.session.actions)
        self.notify(f"nothing is selected to copy · {quits} quits", timeout=4, markup=False)

    @property
    def frame(self) -> Frame | None:
        """The screen on top, when it is one of ours, no dialogue, and whole."""
        top = self.screen_stack[-1] if self.screen_stack else None
        return top if isinstance(top, Frame) and top.stands else None

    @property
    def shown(self) -> Frame | None:
        """The screen that is seen, on top or under a box."""
        found = next((one for one in reversed(self.screen_stack) if isinstance(one, Frame)), None)
        return found if found is not None and found.stands else None

    def pop_screen(self) -> AwaitComplete:
        """To the screen before; keys that come faster than screens go never take the monitor itself away."""
        return super().pop_screen() if len(self.screen_stack) > _MONITOR_ALONE else AwaitComplete()

    async def on_mount(self) -> None:
        """Show the monitor at once; the store is read behind it."""
        leave_on_signals(self.exit)
        leave_on_hangup(self.exit)
        ahead = self.session.gate.ahead
        board = ahead.take(_AHEAD) if ahead else None
        if board is not None and self.session.begin(board):
            self._alarm.hear(board)
            self.call_after_refresh(self.session.look)
        else:
            self.session.look(anew=True)
        self._tend()
        await self.push_screen(Monitor(self.session))
        if self.session.gate.first_run is not None:
            from tui.ui.screens.first import welcome  # noqa: PLC0415 -- shown once in a life

            welcome(self, self.session, self.session.gate.first_run)
        self._timer = self.set_interval(_TICK, lambda: self.call_later(self._tick))
        self.load_ahead()
        for notice in self.session.gate.notices:
            self.notify(clip(notice, 300), timeout=8, markup=False)
        self.theme_changed_signal.subscribe(self, lambda theme: self._keep_theme(theme.name))

    def on_unmount(self) -> None:
        """Store the last marks; nothing else is waited for."""
        restore_signals()
        self._background.close()

    def _keep_theme(self, name: str) -> None:
        if name in THEMES:
            self._background.mark(lambda marks: marks.remember(_THEME, name))

    # What breaks.

    async def _dispatch_message(self, message: Message) -> None:
        """What breaks in answering one message is said, and the next is answered; before the first screen nothing can."""
        if self.frame is None:
            await super()._dispatch_message(message)
        else:
            await outliving(self, message, super()._dispatch_message(message))

    def _handle_exception(self, error: Exception) -> None:
        """What cannot be outlived in its place, as in drawing, ends this app and not the program: another is started."""
        if self.is_headless:
            super()._handle_exception(error)
            return
        if self.fallen is None:
            self.fallen = fault_said("drawing", error)
            log_fault("drawing", error)
        self.exit(return_code=1)

    # Time.

    def _tick(self) -> None:
        """Once a second: look whether the store changed, and move the clock on."""
        self.session.look(aging=self._watched)
        self._tend()
        # Textual keeps two colours of each widget together with all that it has drawn, also of a widget that is gone.
        StylesCache.get_inner_outer.cache_clear()
        if self.shown is not None and self._watched:
            self.shown.show_frame()
        self.call_later(self.session.gate.tidy)

    @property
    def _watched(self) -> bool:
        """Whether anything is written: not into a terminal that is out of sight and was told to stand still."""
        return self.app_focus or not self.session.paused

    def _show(self, *, board: bool = False) -> None:
        """Bring the screen on top up to date: its bars, or all of it."""
        if self.frame is not None and self._watched:
            self.frame.show_frame()
            if board:
                self.frame.show_board()

    def _tend(self) -> None:
        problem = self._background.tend_collecting(silent=self.session.silent, mine=self.session.own_fetches)
        self.session.collector_problem = problem

    def on_app_blur(self, event: events.AppBlur) -> None:
        """Nobody looks: the clock may go slowly."""
        del event
        self._retime(_TICK_UNFOCUSED)

    def on_app_focus(self, event: events.AppFocus) -> None:
        """Somebody looks again: at once and every second."""
        del event
        self._retime(_TICK)
        self._tick()
        if self.session.paused:
            self._show(board=True)

    def _retime(self, seconds: float) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = self.set_interval(seconds, lambda: self.call_later(self._tick))

    @on(Dialogue.Changed)
    def _keys_changed(self) -> None:
        if self.shown is not None:
            self.shown.show_frame()

    @on(BoardRead)
    def _board_read(self, message: BoardRead) -> None:
        changed = self.session.take(message.board, message.settled)
        self._show(board=changed)
        self._alarm.hear(message.board)

    @on(WeekRead)
    def _week_read(self, message: WeekRead) -> None:
        if message.week != self.session.week:
            self.session.week = message.week
            self._show(board=True)

    @on(CollectorRead)
    def _collector_read(self, message: CollectorRead) -> None:
        self.session.hear(message.status)
        if not self.session.silent:
            self.session.faults.mend(FETCHED)
        # A list without news tells how the feeds stand.
        self._show(board=self.session.board is not None and not self.session.board.total)

    @on(DeedAnswered)
    def _deed_answered(self, message: DeedAnswered) -> None:
        self.session.marking.answered(message.count, message.answer)
        if message.answer is Answered.STORED:
            self.session.faults.mend(STORING)
        elif self.shown is not None:
            self.shown.remarked()
        self.session.look()

    @on(Corrected)
    def _corrected(self, message: Corrected) -> None:
        made, said = message.made, clip(said_of(message.made), 200)
        word, undo = "taken back", ""
        if made.undone_at is None:
            self.session.marking.corrected(made.id, made.correction, said)
            word, undo = "corrected", f" · {key_of('undo', self.session.actions)} undoes"
        held = " · shown when the pause ends" if self.session.paused else ""
        self.notify(f"{word}: {said}{held}{undo}", timeout=6, markup=False)
        self.session.look(anew=True)

    @on(Kept)
    def _kept(self, message: Kept) -> None:
        self.notify(clip(message.said, 300), timeout=4, markup=False)

    @on(NotCorrected)
    def _not_corrected(self, message: NotCorrected) -> None:
        self.notify(clip(message.reason, 300), severity="warning", timeout=8, markup=False)

    @on(ReadFailed)
    def _read_failed(self, message: ReadFailed) -> None:
        if self.session.problem is None and message.whole:
            self._alert(message.whole)
        self.session.problem = message.problem
        self._show()

    @on(Broke)
    def _broke(self, message: Broke) -> None:
        if self.session.faults.hear(message.where, message.error):
            self._alert(unable_said(message.where, message.error))
        self._show()

    def _alert(self, told: str) -> None:
        """What a store cannot take, whole: the status bar has one line."""
        if told:
            self.notify(clip(told, 600), severity="error", timeout=12, markup=False)

    @on(ReadWorked)
    def _read_worked(self) -> None:
        self.session.problem = None
        self._show()


def _commands() -> "type[Provider]":
    """Loaded when the palette is first opened."""
    from tui.ui.palette import Commands  # noqa: PLC0415 -- not needed for the first picture

    return Commands


OverflightApp.COMMANDS = {_commands}
