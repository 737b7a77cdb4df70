"""The filter of the lists, as chips that keys put in and take out."""

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from tui.domain.query_tree import EVERYTHING, All, Is, Not, Part, Told
from tui.domain.views import SavedView
from tui.ui.messages import FacetsRead
from tui.ui.panes.chips import Chip, chip_lines, chips_of, is_on, pressed, query_lines
from tui.ui.panes.pane import Pane
from tui.ui.screens.dialogue import Dialogue, Keys
from tui.ui.screens.frame import Frame
from tui.ui.session import Session
from tui.ui.sheet import Sheet
from tui.ui.untrusted import Line, wrap
from tui.ui.viewing import ask_to_save
from tui.ui.wording import plural, window_name

_HELP = "letters and arrows with space press a chip · enter apply · backspace clear all · V saves it as a view · esc cancel · / a query of words finds more"

_ROOMY = 34
"""Rows of a screen on which the box has room for empty lines."""
_AS_THE_BAR = (Is(("news",)), Not(Is(("followup",))))
"""What the numbers over the lists count."""


class Filter(Dialogue[Part | None]):
    """Gives the filter wanted; None when nothing is to change."""

    CSS_PATH = "../styles/filter.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "apply", "apply", show=False),
        Binding("escape,q", "dismiss", "cancel", show=False),
        Binding("backspace", "clear", "clear", show=False),
        Binding("space", "press", "press", show=False),
        Binding("up", "go(-1,0)", "up", show=False),
        Binding("down", "go(1,0)", "down", show=False),
        Binding("left", "go(0,-1)", "left", show=False),
        Binding("right", "go(0,1)", "right", show=False),
        Binding("r", "actor", "next actor", show=False),
        Binding("V", "save_view", "save as a view", show=False),
        Binding("t", "window", "window", show=False),
    ]

    def __init__(self, session: Session, origin: Frame) -> None:
        super().__init__()
        self.session = session
        self._origin = origin
        self.wanted: Part = session.query.filter
        self._rows = chips_of(session.board)
        self._at = (0, 0)
        self._counted: tuple[Part, int] | None = None
        self._asked: tuple[Part, Part] = (self.wanted, self.wanted)
        """What is being counted, and the filter that it is for."""
        self.sheet = Sheet(self._lay_out, id="filter-lines")

    def compose(self) -> ComposeResult:
        """One pane."""
        yield Pane(self.sheet, id="filter")

    def on_mount(self) -> None:
        """Title and focus."""
        pane = self.query_one("#filter", Pane)
        pane.head((("filter", "key"),))
        self.set_focus(self.sheet)
        self._changed()

    @property
    def bar_keys(self) -> Keys:
        """Of the box as it stands."""
        return (
            ("⏎", "apply"),
            ("esc", "cancel"),
            ("letters", "press"),
            ("⌫", "clear all"),
            ("t", "window"),
            ("V", "save as a view"),
        )

    def _lay_out(self, width: int) -> list[Line]:
        window = window_name(self.session.query.window)
        if self._counted is not None and self._counted[0] == self.wanted:
            counted = f"{plural(self._counted[1], 'incident')} of {window} match"
        else:
            counted = "counting …"
        return [
            *chip_lines(self.wanted, self._rows, self._at, width, dense=self.app.size.height < _ROOMY),
            (("window     ", "faint"), ("t ", "key"), (f" {window} ", "chip")),
            (),
            *query_lines(self.wanted, counted, width),
            (),
            *wrap([(_HELP, "muted")], width),
        ]

    def _changed(self) -> None:
        self.sheet.show(self._lay_out, keep_place=True)
        window = self.session.query.window
        told = () if window is None else (Told("revised", window, None),)
        self._asked = (All((self.wanted, *_AS_THE_BAR, *told)), self.wanted)
        self.session.background.count(self._asked[0], self)

    @on(FacetsRead)
    def _counted_now(self, message: FacetsRead) -> None:
        if message.query == self._asked[0]:
            self._counted = (self._asked[1], message.facets.incidents)
            self.sheet.show(self._lay_out, keep_place=True)

    def on_key(self, event: events.Key) -> None:
        """The letter of a chip."""
        chip = next(
            (chip for _, chips in self._rows for chip in chips if chip.key and chip.key == event.character),
            None,
        )
        if chip is not None:
            event.stop()
            self._press(chip)

    def _press(self, chip: Chip) -> None:
        self.wanted = pressed(self.wanted, chip)
        self._changed()

    def action_press(self) -> None:
        """The chip under the cursor."""
        row, place = self._at
        if place < len(self._rows[row][1]):
            self._press(self._rows[row][1][place])

    def action_go(self, rows: int, places: int) -> None:
        """Move the cursor between chips."""
        row = (self._at[0] + rows) % len(self._rows)
        most = max(0, len(self._rows[row][1]) - 1)
        self._at = (row, max(0, min(most, self._at[1] + places)))
        self.sheet.show(self._lay_out, keep_place=True)

    def action_actor(self) -> None:
        """The next actor alone; after the last, none."""
        chips = next(chips for name, chips in self._rows if name == "actor")
        on = [number for number, chip in enumerate(chips) if is_on(self.wanted, chip)]
        for number in on:
            self.wanted = pressed(self.wanted, chips[number])
        following = on[-1] + 1 if on else 0
        if following < len(chips):
            self.wanted = pressed(self.wanted, chips[following])
        self._changed()

    def action_window(self) -> None:
        """The next time window, at once: it is no part of the query."""
        self.session.widen()
        self._changed()

    def action_clear(self) -> None:
        """No chip at all."""
        self.wanted = EVERYTHING
        self._changed()

    def action_save_view(self) -> None:
        """Apply it, and keep it under a name."""
        wanted = self.wanted
        self.dismiss(wanted)
        ask_to_save(self._origin, SavedView("", str(wanted), self.session.query.window))

    def action_apply(self) -> None:
        """Done."""
        self.dismiss(self.wanted)
