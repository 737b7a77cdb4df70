"""Lines with numbers that can be stood on and opened: each number leads to the list of what it counts."""

from collections.abc import Callable, Sequence
from typing import Any

from textual import events
from textual.message import Message
from textual.strip import Strip

from tui.domain.query_tree import Part
from tui.domain.value import dataclass
from tui.ui.sheet import Sheet
from tui.ui.themes import Inks
from tui.ui.untrusted import Line, cells, draw


@dataclass(frozen=True, slots=True)
class Target:
    """What a number counts."""

    title: str
    """Of the list it opens; tells it from every other of its pane."""
    query: Part
    words: str = ""
    """What there is to say of it beside the count."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A piece of a line; one with a target is a number that can be opened."""

    text: str
    ink: str
    target: Target | None = None


FigureLine = tuple[Figure, ...]
FigureLayout = Callable[[int], Sequence[FigureLine]]
"""Width in cells to the lines that fill it."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a number stands."""

    line: int
    start: int
    end: int
    target: Target


class Figures(Sheet, can_focus=True, inherit_bindings=False):
    """Keeps its cursor on a number, wherever that comes to stand; `grid`: up and down go from line to line."""

    @dataclass
    class Stood(Message):
        """The cursor stands on another number, or the number says something else."""

        figures: "Figures"

        @property
        def control(self) -> "Figures":
            """The pane, for `on` selectors."""
            return self.figures

    @dataclass
    class Opened(Message):
        """The number under the cursor was opened."""

        figures: "Figures"
        target: Target

        @property
        def control(self) -> "Figures":
            """The pane, for `on` selectors."""
            return self.figures

    def __init__(self, *, id: str, grid: bool = True, frozen: int = 0) -> None:  # noqa: A002 -- Textual's name
        super().__init__(id=id)
        self._grid = grid
        self._frozen = frozen
        """Lines at the top that do not scroll."""
        self._places: tuple[_Place, ...] = ()
        self._title: str | None = None

    @property
    def target(self) -> Target | None:
        """What the number under the cursor counts."""
        place = self._at
        return place.target if place else None

    @property
    def numbers(self) -> tuple[tuple[str, Target], ...]:
        """Every number as it is written, and what it counts."""
        return tuple((_written(self._lines[place.line], place), place.target) for place in self._places)

    @property
    def _at(self) -> _Place | None:
        found = next((place for place in self._places if place.target.title == self._title), None)
        return found or (self._places[0] if self._places else None)

    def begin_on(self, title: str) -> None:
        """Where the cursor stands until somebody moves it."""
        if self._title is None:
            self._title = title

    def show_figures(self, layout: FigureLayout) -> None:
        """Show other numbers; the cursor stays with its own."""

        def plain(width: int) -> list[Line]:
            lines = layout(width)
            self._places = tuple(_places(lines))
            return [tuple((piece.text, piece.ink) for piece in line) for line in lines]

        before = self._lines, self._places
        self.show(plain, keep_place=True)
        if before != (self._lines, self._places):
            self.refresh()
            self.post_message(self.Stood(self))

    def on_resize(self, event: events.Resize) -> None:
        """Another width may show other numbers."""
        super().on_resize(event)
        self.post_message(self.Stood(self))

    def render_line(self, y: int) -> Strip:
        """One line of the pane, the number under the cursor marked while the pane has the keys."""
        at = y if y < self._frozen else y + self.scroll_offset.y
        line = self._lines[at] if 0 <= at < len(self._lines) else ()
        place = self._at
        if place and place.line == at and self.has_focus:
            line = _marked(line, place)
        return draw(line, self.scrollable_content_region.width, Inks(self.app.theme), self.rich_style)

    def watch_has_focus(self, has_focus: bool) -> None:  # noqa: FBT001 -- Textual's signature
        """The cursor is seen with focus alone."""
        super().watch_has_focus(has_focus)
        self.refresh()
        if has_focus:
            self.post_message(self.Stood(self))

    # Moving.

    def _stand(self, place: _Place) -> None:
        self._title = place.target.title
        top, height = self.scroll_offset.y, self.container_size.height
        if place.line < top + self._frozen:
            self.scroll_to(y=max(0, place.line - self._frozen), animate=False, force=True)
        elif place.line >= top + height:
            self.scroll_to(y=place.line - height + 1, animate=False, force=True)
        self.refresh()
        self.post_message(self.Stood(self))

    def move(self, by: int) -> None:
        """To the nearest number so many lines on; where the numbers are no grid, so many numbers on."""
        at = self._at
        if at is None:
            super().move(by)
        elif not self._grid:
            self._stand(self._places[max(0, min(len(self._places) - 1, self._places.index(at) + by))])
        else:
            lines = sorted({place.line for place in self._places})
            line = lines[max(0, min(len(lines) - 1, lines.index(at.line) + by))]
            middle = at.start + at.end
            self._stand(
                min(
                    (place for place in self._places if place.line == line),
                    key=lambda place: abs(place.start + place.end - middle),
                )
            )

    def step(self, by: int) -> bool:
        """To the next number of the line; False at its end."""
        at = self._at
        if at is None:
            return False
        line = [place for place in self._places if place.line == at.line]
        to = line.index(at) + by
        if not 0 <= to < len(line):
            return False
        self._stand(line[to])
        return True

    def page(self, pages: float) -> None:
        """By pages."""
        self.move(int(self.container_size.height * pages) or (1 if pages > 0 else -1))

    def to_top(self) -> None:
        """First number, and everything above it."""
        if self._places:
            self._stand(self._places[0])
        super().to_top()

    def to_bottom(self) -> None:
        """Last number."""
        if self._places:
            self._stand(self._places[-1])
        else:
            super().to_bottom()

    def open(self) -> None:
        """Open the number under the cursor."""
        target = self.target
        if target is not None:
            self.post_message(self.Opened(self, target))

    def on_click(self, event: events.Click) -> None:
        """Click selects; a click on the selected number opens it."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        line = offset.y if offset.y < self._frozen else offset.y + self.scroll_offset.y
        hit = next(
            (place for place in self._places if place.line == line and place.start <= offset.x < place.end),
            None,
        )
        if hit is None:
            return
        if self._at == hit and self._title is not None:
            self.open()
        else:
            self._stand(hit)


def _places(lines: Sequence[FigureLine]) -> list[_Place]:
    found: list[_Place] = []
    for number, line in enumerate(lines):
        at = 0
        for piece in line:
            end = at + cells([(piece.text, "")])
            if piece.target is not None:
                found.append(_Place(number, at, end, piece.target))
            at = end
    return found


def _written(line: Line, place: _Place) -> str:
    at = 0
    for text, _ in line:
        if at == place.start and text:
            return text
        at += cells([(text, "")])
    return ""


def _marked(line: Line, place: _Place) -> Line:
    """The line with the piece that begins at the place in the ink of what is chosen."""
    marked: list[tuple[str, str]] = []
    at = 0
    for text, ink in line:
        marked.append((text, "chosen" if at == place.start and text else ink))
        at += cells([(text, ink)])
    return tuple(marked)


def of_figures(active: Any) -> Figures | None:  # noqa: ANN401 -- whatever has the focus
    """It, when it is a pane of numbers."""
    return active if isinstance(active, Figures) else None
