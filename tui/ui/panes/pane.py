"""A bordered part of a screen with something in it that can be moved through."""

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget

from tui.ui.untrusted import Line, content


class Pane(Vertical):
    """A border with a title, around one widget."""

    def __init__(self, inner: Widget, *, id: str, number: str = "") -> None:  # noqa: A002 -- Textual's name
        super().__init__(id=id, classes="pane")
        self.inner = inner
        self._number = number
        self._head: Line = ()
        self._foot: Line = ()

    def compose(self) -> ComposeResult:
        """The widget inside."""
        yield self.inner

    def head(self, line: Line) -> None:
        """Put a line into the upper border; the same line again costs nothing, for a border redraws its pane."""
        if line == self._head:
            return
        self._head = line
        number: Line = ((self._number, "acc"),) if self._number else ()
        self.border_title = content((*number, *line))

    def foot(self, line: Line) -> None:
        """Put a line into the lower border, as above."""
        if line == self._foot:
            return
        self._foot = line
        self.border_subtitle = content(line)
