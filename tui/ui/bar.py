"""One row of the frame; redraws only the cells that changed, so that a ticking clock costs a few bytes."""

from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tui.domain.value import dataclass
from tui.ui.themes import Inks
from tui.ui.untrusted import Line, cells, draw


class Bar(Widget):
    """A line of spans across the screen."""

    DEFAULT_CSS = """
    Bar { height: 1; width: 1fr; }
    """

    @dataclass
    class Clicked(Message):
        """A cell of it was clicked."""

        bar: "Bar"
        cell: int

        @property
        def control(self) -> "Bar":
            """The bar, for `on` selectors."""
            return self.bar

    def __init__(self, *, id: str) -> None:  # noqa: A002 -- Textual's name
        super().__init__(id=id)
        self._line: Line = ()

    @property
    def line(self) -> Line:
        """What stands on it."""
        return self._line

    def show(self, line: Line) -> None:
        """Put another line on it."""
        if line == self._line:
            return
        first = _same(self._line, line)
        last = _same(tuple(reversed(self._line)), tuple(reversed(line)))
        start = cells(line[:first])
        same_length = cells(line) == cells(self._line)
        end = cells(line[: len(line) - last]) if same_length else self.size.width
        self._line = line
        self.refresh(Region(start, 0, max(1, end - start), 1))

    def on_click(self, event: events.Click) -> None:
        """Tell the screen."""
        event.stop()
        self.post_message(self.Clicked(self, event.x))

    def render_line(self, y: int) -> Strip:
        """The line."""
        return draw(self._line if y == 0 else (), self.size.width, Inks(self.app.theme), self.rich_style)


def _same(left: Line, right: Line) -> int:
    """How many spans are the same from the start."""
    count = 0
    for one, other in zip(left, right, strict=False):
        if one != other:
            break
        count += 1
    return count
