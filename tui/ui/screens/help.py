"""The keys that are active on the screen it was asked from, and no others."""

from itertools import zip_longest
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from tui.ui.actions import Action
from tui.ui.active_keys import actions_of
from tui.ui.panes.legend import legend_lines
from tui.ui.panes.pane import Pane
from tui.ui.screens.dialogue import Dialogue, Keys
from tui.ui.screens.frame import Frame
from tui.ui.sheet import Sheet
from tui.ui.untrusted import Line, Span, cells

_COLUMN = 34
_WIDE = 100
"""Columns of a terminal with room for every word under the box."""


class Help(Dialogue[None]):
    """A box over the screen it explains."""

    CSS_PATH = "../styles/help.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,f1,h,left,backspace", "dismiss", "close", show=False),
        Binding("j,down", "scroll(1)", "down", show=False),
        Binding("k,up", "scroll(-1)", "up", show=False),
        Binding("pagedown,space,ctrl+d", "scroll(10)", "page down", show=False),
        Binding("c", "codes", "codes", show=False),
        Binding("pageup,b,ctrl+u", "scroll(-10)", "page up", show=False),
    ]

    def __init__(self, screen: Frame) -> None:
        super().__init__()
        self._of = screen.CONTEXT
        self._actions = active_actions(screen)
        self._help_keys = {
            key for action in screen.session.actions if action.id == "help" for key in action.keys.split(",")
        }
        self._codes = False
        self.sheet = Sheet(self._lay_out, id="help-lines")

    def compose(self) -> ComposeResult:
        """One pane."""
        yield Pane(self.sheet, id="help")

    def on_mount(self) -> None:
        """Title and focus."""
        self._show()
        self.set_focus(self.sheet)

    @property
    def bar_keys(self) -> Keys:
        """Of the box as it stands."""
        other = "keys" if self._codes else "codes"
        return (("j k", "scroll"), ("c", other), ("esc", "close"))

    def _show(self) -> None:
        pane = self.query_one("#help", Pane)
        pane.head((("what the codes mean" if self._codes else f"help · {self._of}", "key"),))
        self.sheet.show(legend_lines if self._codes else self._lay_out)
        other = "keys" if self._codes else "what the codes mean"
        iterm = " (iTerm: ⌥-drag)" if self.app.size.width >= _WIDE else ""
        self.post_message(self.Changed())
        pane.foot(((f"c {other} · esc closes · shift-drag selects text{iterm}", "faint"),))

    def action_codes(self) -> None:
        """The codes instead of the keys, or the keys again."""
        self._codes = not self._codes
        self._show()

    def _lay_out(self, width: int) -> list[Line]:
        columns = max(1, min(3, width // _COLUMN))
        return side_by_side(group_columns(self._actions, columns), width // columns)

    def on_key(self, event: events.Key) -> None:
        """The key that opened it closes it."""
        if event.key in self._help_keys:
            event.stop()
            self.dismiss()

    def action_scroll(self, by: int) -> None:
        """When it does not fit."""
        self.sheet.move(by)


def active_actions(screen: Frame) -> tuple[Action, ...]:
    """What can be done on the screen as it stands."""
    table = screen.session.actions
    return tuple(one for one in actions_of(screen.contexts, table) if one.shown and screen.allows(one))


def group_columns(actions: tuple[Action, ...], columns: int) -> list[list[Line]]:
    """Groups of keys, filled into columns of about equal height, in order."""
    groups: dict[str, list[Line]] = {}
    for action in actions:
        group = groups.setdefault(action.group, [((action.group, "strong"),)])
        group.append(((f"{action.shown:>7} ", "key"), (action.help, "muted")))
    height = sum(len(lines) + 1 for lines in groups.values()) / columns
    filled: list[list[Line]] = [[]]
    for lines in groups.values():
        if filled[-1] and len(filled) < columns and len(filled[-1]) + len(lines) / 2 > height:
            filled.append([])
        filled[-1] += [*lines, ()]
    return filled


def side_by_side(columns: list[list[Line]], width: int) -> list[Line]:
    """Columns of lines as lines."""
    lines: list[Line] = []
    for row in zip_longest(*columns, fillvalue=()):
        spans: list[Span] = []
        for line in row:
            spans += [*line, (" " * max(0, width - cells(line)), "muted")]
        lines.append(tuple(spans))
    return lines
