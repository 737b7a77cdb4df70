"""A pane of lines to read: facts, timeline, story text, help. Laid out anew for each width, scrolled by line."""

from collections.abc import Callable, Sequence

from textual import events
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.ui.extent import set_extent
from tui.ui.faults import Broke
from tui.ui.themes import Inks
from tui.ui.untrusted import Line, draw

Layout = Callable[[int], Sequence[Line]]
"""Width in cells to the lines that fill it."""


class Sheet(ScrollView, can_focus=True, inherit_bindings=False):
    """Lines of text; keys scroll it."""

    DEFAULT_CSS = """
    Sheet { height: 1fr; scrollbar-size-vertical: 1; overflow-x: hidden; overflow-y: auto; scrollbar-gutter: stable; }
    """

    def __init__(self, layout: Layout | None = None, *, id: str, focusable: bool = True) -> None:  # noqa: A002 -- Textual's name
        super().__init__(id=id)
        self._layout_lines: Layout = layout or (lambda _width: ())
        self._lines: tuple[Line, ...] = ()
        self.can_focus = focusable

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines as laid out."""
        return self._lines

    def show(self, layout: Layout, *, keep_place: bool = False) -> None:
        """Show something else; from its beginning unless told to keep the place."""
        self._layout_lines = layout
        if not keep_place:
            self.scroll_to(y=0, animate=False, force=True)
        self._lay_out()

    def _laid(self, width: int) -> tuple[Line, ...]:
        try:
            return tuple(self._layout_lines(width))
        except Exception as error:  # noqa: BLE001 -- one text that cannot be drawn must not take the screen with it
            self.app.post_message(Broke("drawing a text", error))
            return ((("✗ this text cannot be drawn; the log has the details", "bad"),),)

    def _lay_out(self) -> None:
        before = self._lines
        if self.size.width:
            self._lines = self._laid(self.scrollable_content_region.width)
            height = len(self._lines)
            if height != self.virtual_size.height or self.virtual_size.width != self.size.width:
                set_extent(self, Size(self.scrollable_content_region.width, height))
                # The scroll bar may have taken a column.
                self._lines = self._laid(self.scrollable_content_region.width)
                set_extent(self, Size(self.scrollable_content_region.width, len(self._lines)))
        if len(before) != len(self._lines):
            self.refresh()
            return
        for y, (old, new) in enumerate(zip(before, self._lines, strict=True)):
            if old != new:
                self.refresh(Region(0, y - self.scroll_offset.y, self.size.width, 1))

    def render_line(self, y: int) -> Strip:
        """One line of the pane."""
        at = y + self.scroll_offset.y
        line = self._lines[at] if 0 <= at < len(self._lines) else ()
        return draw(line, self.scrollable_content_region.width, Inks(self.app.theme), self.rich_style)

    def on_resize(self, event: events.Resize) -> None:
        """Lay out for the new width."""
        del event
        self._lay_out()
        self.refresh()

    def move(self, by: int) -> None:
        """Scroll by lines."""
        self.scroll_to(y=self.scroll_offset.y + by, animate=False, force=True)

    def page(self, pages: float) -> None:
        """Scroll by pages."""
        self.move(int(self.container_size.height * pages) or (1 if pages > 0 else -1))

    def to_top(self) -> None:
        """First line."""
        self.scroll_to(y=0, animate=False, force=True)

    def to_bottom(self) -> None:
        """Last line."""
        self.scroll_to(y=self.max_scroll_y, animate=False, force=True)

    def open(self) -> None:
        """A text has nothing to open."""

    def bring(self, line: int) -> None:
        """Scroll so that a line is in view, a third from the top."""
        top, height = self.scroll_offset.y, self.container_size.height
        if not top <= line < top + height:
            self.scroll_to(y=max(0, line - height // 3), animate=False, force=True)
