"""A list of any length that draws only what is seen; its selection is a key, never a row number."""

import re
from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.domain.value import dataclass
from tui.ui.extent import set_extent
from tui.ui.faults import Broke
from tui.ui.themes import Inks
from tui.ui.untrusted import Line, draw, ruled

T = TypeVar("T")
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Row(Generic[T]):
    """One row: a key and what it shows, or when the key is None a separator, or a further line of the row above."""

    key: str | None
    item: T | None
    label: Line = ()
    """Text of a separator."""


DrawRow = Callable[[Row[T], int], Line]
"""A row and the width there is, to the line to draw."""


class VirtualList(ScrollView, Generic[T], can_focus=True, inherit_bindings=False):
    """Rows keyed by identity: new ones above leave the selected row where it is on the screen."""

    DEFAULT_CSS = """
    VirtualList { height: 1fr; scrollbar-size-vertical: 1; overflow-x: hidden; overflow-y: auto; scrollbar-gutter: stable; }
    """

    @dataclass
    class Selected(Message):
        """The cursor stands on another row."""

        list: "VirtualList[Any]"
        key: str

        @property
        def control(self) -> "VirtualList[Any]":
            """The list, for `on` selectors."""
            return self.list

    @dataclass
    class Opened(Message):
        """The row under the cursor was opened."""

        list: "VirtualList[Any]"
        key: str

        @property
        def control(self) -> "VirtualList[Any]":
            """The list, for `on` selectors."""
            return self.list

    @dataclass
    class Scrolled(Message):
        """What is above the first visible row changed."""

        list: "VirtualList[Any]"

        @property
        def control(self) -> "VirtualList[Any]":
            """The list, for `on` selectors."""
            return self.list

    @dataclass
    class HeadingClicked(Message):
        """The name of a column was clicked."""

        list: "VirtualList[Any]"
        word: str

        @property
        def control(self) -> "VirtualList[Any]":
            """The list, for `on` selectors."""
            return self.list

    def __init__(
        self,
        draw_row: DrawRow[T],
        *,
        heading: Callable[[int], Line] | None = None,
        id: str,  # noqa: A002 -- Textual's name
    ) -> None:
        super().__init__(id=id)
        self._draw_row = draw_row
        self._heading = heading
        self._rows: tuple[Row[T], ...] = ()
        self._index: dict[str, int] = {}
        self._drawn: dict[int, Line] = {}
        self.key: str | None = None
        """Key of the row under the cursor."""
        self._placed = False

    @property
    def rows(self) -> tuple[Row[T], ...]:
        """Every row, separators included."""
        return self._rows

    @property
    def keys(self) -> tuple[str, ...]:
        """Keys of the rows that can be selected, in order."""
        return tuple(self._index)

    @property
    def item(self) -> T | None:
        """What the selected row shows."""
        return self.find(self.key)

    def find(self, key: str | None) -> T | None:
        """What the row of a key shows."""
        at = self._index.get(key) if key is not None else None
        return None if at is None else self._rows[at].item

    @property
    def top(self) -> int:
        """Row number of the first visible row."""
        return self.scroll_offset.y

    @property
    def room(self) -> int:
        """Rows that fit."""
        return max(1, self.container_size.height - self._header)

    @property
    def _header(self) -> int:
        return 1 if self._heading else 0

    @property
    def cursor_line(self) -> int | None:
        """Line of the pane on which the cursor stands."""
        at = self._index.get(self.key) if self.key is not None else None
        return None if at is None else at - self.top + self._header

    def set_rows(self, rows: Sequence[Row[T]], *, moved: bool = False) -> None:
        """Show other rows: the cursor keeps its key and its line on the screen.

        A cursor that nobody has put anywhere yet stays with the first row instead, so that news is seen to come in.
        With `moved` its row was moved by hand: the list stays where it is, and the cursor goes with the row.
        """
        before_line = None if self.cursor_line is None else self.cursor_line - self._header
        before_top = self.top
        heir = self._heir(rows) if self._placed else None
        self._rows = tuple(rows)
        self._index = {row.key: at for at, row in enumerate(self._rows) if row.key is not None}
        had = self.key
        self.key = heir if heir in self._index else next(iter(self._index), None)
        top = before_top
        if not self._placed or self.key is None:
            top = 0
        elif moved:
            at = self._index[self.key]
            top = min(max(before_top, at - self.room + 1), at)
        elif before_line is not None:
            top = self._index[self.key] - before_line
        self._settle(top)
        if self.key != had and self.key is not None:
            self.post_message(self.Selected(self, self.key))
        self._repaint_changed()

    def _heir(self, rows: Sequence[Row[T]]) -> str | None:
        """The selected key, or when it is gone the nearest that stayed: below first, then above."""
        if self.key is None:
            return None
        staying = {row.key for row in rows}
        if self.key in staying:
            return self.key
        at = self._index.get(self.key, 0)
        below = (row.key for row in self._rows[at:] if row.key in staying)
        above = (row.key for row in reversed(self._rows[:at]) if row.key in staying)
        return next((key for key in (*below, *above) if key is not None), None)

    def _settle(self, top: int) -> None:
        """Scroll so that `top` is the first row; room is left below when the rows alone would not allow it."""
        top = max(0, top)
        height = max(len(self._rows), top + self.room if top else 0) + self._header
        set_extent(self, Size(self.scrollable_content_region.width, height))
        if top != self.top:
            self.scroll_to(y=top, animate=False, force=True)
        self.post_message(self.Scrolled(self))

    def _repaint_changed(self) -> None:
        """Redraw only the lines that would look different."""
        width = self.scrollable_content_region.width
        for y, line in list(self._drawn.items()):
            if self._line(y, width) != line:
                self.refresh(Region(0, y, self.size.width, 1))
        if len(self._drawn) < self.size.height:
            self.refresh()

    def _line(self, y: int, width: int) -> Line:
        if self._heading and y == 0:
            return self._heading(width)
        at = y - self._header + self.top
        if not 0 <= at < len(self._rows):
            return ()
        row = self._rows[at]
        # A keyless row that shows something is a further line of the row above.
        if row.item is None:
            return ruled(row.label, width)
        try:
            return self._draw_row(row, width)
        except Exception as error:  # noqa: BLE001 -- one row that cannot be drawn must not take the others with it
            self.app.post_message(Broke("drawing a row", error))
            return (("✗ this row cannot be drawn; the log has the details", "bad"),)

    def render_line(self, y: int) -> Strip:
        """One line of the pane."""
        width = self.scrollable_content_region.width
        line = self._line(y, width)
        self._drawn[y] = line
        inks = Inks(self.app.theme)
        at = y - self._header + self.top
        chosen = self.key is not None and self._index.get(self.key) == at and not (self._header and y == 0)
        base = self.rich_style
        if chosen:
            base += inks["cursor" if self.has_focus else "cursor-blur"]
        return draw(line, width, inks, base)

    def select(self, key: str) -> bool:
        """Put the cursor on a key and bring it into view; False when there is no such row."""
        at = self._index.get(key)
        if at is None:
            return False
        self._placed = True
        if key != self.key:
            self._refresh_cursor()
            self.key = key
            self.post_message(self.Selected(self, key))
        top = self.top
        # A separator right above the first row comes into view with it.
        lead = 1 if at and self._rows[at - 1].key is None else 0
        if at - lead < top:
            top = at - lead
        elif at >= top + self.room:
            top = at - self.room + 1
        self._settle(top)
        self._refresh_cursor()
        return True

    def _refresh_cursor(self) -> None:
        line = self.cursor_line
        if line is not None and 0 <= line < self.size.height:
            self.refresh(Region(0, line, self.size.width, 1))

    def move(self, by: int) -> None:
        """Move the cursor by rows that can be selected; stops at the ends."""
        order = list(self._index)
        if not order:
            return
        at = order.index(self.key) if self.key in self._index else 0
        self.select(order[max(0, min(len(order) - 1, at + by))])

    def page(self, pages: float) -> None:
        """Move the cursor by pages."""
        by = int((self.room - 1) * pages)
        self.move(by or (1 if pages > 0 else -1))

    def to_top(self) -> None:
        """First row, and everything above it."""
        if self._index:
            self.select(next(iter(self._index)))
        self._settle(0)

    def to_bottom(self) -> None:
        """Last row."""
        if self._index:
            self.select(next(reversed(self._index)))

    def open(self) -> None:
        """Open the row under the cursor."""
        if self.key is not None:
            self._placed = True
            self.post_message(self.Opened(self, self.key))

    def keys_above(self) -> tuple[str, ...]:
        """Keys of the rows above the first visible one."""
        return tuple(row.key for row in self._rows[: self.top] if row.key is not None)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Tell the pane, whose border says what is above."""
        super().watch_scroll_y(old_value, new_value)
        if self.is_mounted and round(old_value) != round(new_value):
            self._placed = self._placed or round(new_value) > 0
            self.post_message(self.Scrolled(self))

    def watch_has_focus(self, has_focus: bool) -> None:  # noqa: FBT001 -- Textual's signature
        """The cursor looks different with focus."""
        super().watch_has_focus(has_focus)
        self._refresh_cursor()

    def notify_style_update(self) -> None:
        """Another theme: draw everything anew."""
        self._drawn.clear()
        super().notify_style_update()

    def on_resize(self, event: events.Resize) -> None:
        """Keep the cursor in sight at the new size."""
        del event
        self._drawn.clear()
        self._settle(min(self.top, max(0, len(self._rows) - self.room)))
        if self.key is not None and self._placed:
            self.select(self.key)
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Click selects; a click on the selected row opens it."""
        at = event.get_content_offset(self)
        if at is None:
            return
        row_number = at.y - self._header + self.top
        if self._heading and at.y == 0:
            text = "".join(words for words, _ in self._heading(self.scrollable_content_region.width))
            word = next((one for one in _WORD.finditer(text) if one.start() <= at.x < one.end() + 1), None)
            if word is not None:
                self.post_message(self.HeadingClicked(self, word.group()))
        if at.y < self._header or not 0 <= row_number < len(self._rows):
            return
        key = self._rows[row_number].key
        if key is None:
            return
        if key == self.key:
            self.open()
        else:
            self.select(key)
