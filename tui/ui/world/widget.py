"""The map as a widget: moved and read by keys and mouse, recoloured without being made anew."""

from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tui.domain.value import dataclass
from tui.ui.actions import MAP, bindings
from tui.ui.themes import THEMES, Inks
from tui.ui.untrusted import Line, draw
from tui.ui.world.drawing import Drawing, Marks
from tui.ui.world.labels import labels, overlay
from tui.ui.world.outlines import world
from tui.ui.world.paint import Layer, Paint
from tui.ui.world.raster import ACROSS, DOWN, Raster, raster
from tui.ui.world.view import REGIONS, WORLD, View, around, fitted

_PAN = 0.25
"""Part of the map that one key moves it by."""


class WorldMap(Widget, can_focus=True):
    """Countries in the colours of a paint; `counts` labels those without news too."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(MAP)
    DEFAULT_CSS = """
    WorldMap { height: 1fr; width: 1fr; }
    """

    @dataclass
    class Picked(Message):
        """A country was chosen."""

        map: "WorldMap"
        code: str

        @property
        def control(self) -> "WorldMap":
            """The map, for `on` selectors."""
            return self.map

    @dataclass
    class Opened(Message):
        """The chosen country was opened."""

        map: "WorldMap"
        code: str

        @property
        def control(self) -> "WorldMap":
            """The map, for `on` selectors."""
            return self.map

    @dataclass
    class Moved(Message):
        """Another part of the world is shown, or the colours say something else."""

        map: "WorldMap"

        @property
        def control(self) -> "WorldMap":
            """The map, for `on` selectors."""
            return self.map

    def __init__(self, *, id: str, area: str = WORLD, counts: bool = False) -> None:  # noqa: A002 -- Textual's name
        super().__init__(id=id)
        self.area = area
        """Name of the region that is fitted to the size, or the code of a country; empty when moved by hand."""
        self.paint = Paint()
        self.telling = Layer.WORST
        """What the colours are to say."""
        self._counts = counts
        self._view: View | None = None
        self._drawn: dict[int, Line] = {}
        self._drawing: Drawing | None = None

    # What is seen.

    @property
    def view(self) -> View:
        """What part of the world is shown."""
        if self._view is not None:
            return self._view
        box = REGIONS.get(self.area)
        if box is None:
            outline = world().find(self.area)
            box = around(outline.box) if outline else REGIONS[WORLD]
        return fitted(box, (self.size.width * ACROSS, self.size.height * DOWN))

    @property
    def raster(self) -> Raster:
        """Its cells."""
        return raster(self.view, self.size.width, self.size.height)

    @property
    def marks(self) -> Marks:
        """What countries are drawn with: weight stands for colour where there are few or none, letters for braille."""
        if getattr(self.app, "ascii_only", False):
            return Marks.LETTERS
        return Marks.DENSITY if THEMES[self.app.theme].ansi else Marks.COLOURS

    def in_sight(self) -> tuple[str, ...]:
        """Codes of the countries with incidents whose label would stand on the map, most incidents first."""
        cells = self.raster
        seen = []
        for code, count in self.paint.incidents.items():
            outline = world().find(code)
            if outline and cells.cell_of(outline.latitude, outline.longitude):
                seen.append((-count, code))
        return tuple(code for _, code in sorted(seen))

    def show_paint(self, paint: Paint) -> None:
        """Put other colours and marks on it: only the rows that look different are drawn anew."""
        if paint == self.paint:
            return
        self.paint = paint
        self._drawing = None
        if len(self._drawn) < self.size.height:
            self.refresh()  # what stands there is not known: a size or a theme came while a box lay over it
        for row, line in list(self._drawn.items()):
            if row < self.size.height and self._line(row) != line:
                self.refresh(Region(0, row, self.size.width, 1))

    def show_area(self, area: str) -> None:
        """Fit a region, or a country by its code."""
        if area != self.area or self._view is not None:
            self.area, self._view = area, None
            self._anew()

    def _anew(self) -> None:
        self._drawing = None
        self.refresh()
        self.post_message(self.Moved(self))

    def _line(self, row: int) -> Line:
        if self._drawing is None or self._drawing.size != self.size:
            cells = self.raster
            over = overlay(cells, self.paint, counts=self._counts)
            self._drawing = Drawing(cells, self.paint, over, self.marks)
        return self._drawing.line(row)

    def render_line(self, y: int) -> Strip:
        """One row."""
        line = self._drawn[y] = self._line(y) if y < self.size.height else ()
        return draw(line, self.size.width, Inks(self.app.theme), self.rich_style)

    def notify_style_update(self) -> None:
        """Another theme: draw everything anew."""
        self._drawn.clear()
        self._drawing = None
        super().notify_style_update()

    def on_resize(self, event: events.Resize) -> None:
        """Another size: what is shown is fitted to it."""
        del event
        self._drawn.clear()
        self._anew()

    # Moving.

    def action_pan(self, east: int, north: int) -> None:
        """By a quarter of what is seen."""
        self._move(
            self.view.panned(east * _PAN * self.size.width * ACROSS, north * _PAN * self.size.height * DOWN)
        )

    def action_zoom(self, by: float) -> None:
        """Nearer or farther; nearer goes to the country chosen when that is in sight."""
        view = self.view.zoomed(by)
        outline = world().find(self.paint.selected)
        if by < 1 and outline and self.raster.cell_of(outline.latitude, outline.longitude):
            view = view.centred(outline.latitude, outline.longitude)
        self._move(view)

    def _move(self, view: View) -> None:
        view = view.kept(self.size.height * DOWN)
        if view != self.view:
            self.area, self._view = "", view
            self._anew()

    def action_centre(self) -> None:
        """The country chosen, with its neighbours."""
        if world().find(self.paint.selected):
            self.show_area(self.paint.selected)

    def action_region(self, by: int) -> None:
        """The next region, the whole world first."""
        names = list(REGIONS)
        at = names.index(self.area) + by if self.area in names else 0
        self.show_area(names[at % len(names)])

    def action_layer(self) -> None:
        """What the colours say: the next of it."""
        layers = list(Layer)
        self.telling = layers[(layers.index(self.telling) + 1) % len(layers)]
        self.post_message(self.Moved(self))

    # Choosing.

    def action_pick(self, by: int) -> None:
        """The next country with incidents, most incidents first."""
        self._pick_of(sorted(self.paint.incidents, key=lambda code: (-self.paint.incidents[code], code)), by)

    def action_pick_new(self, by: int) -> None:
        """The next country with news, most news first."""
        self._pick_of(sorted(self.paint.new, key=lambda code: (-self.paint.new[code], code)), by)

    def _pick_of(self, codes: list[str], by: int) -> None:
        chosen = self.paint.selected
        codes = [code for code in codes if world().find(code)]
        if codes:
            at = codes.index(chosen) + by if chosen in codes else 0 if by > 0 else -1
            self.pick(codes[at % len(codes)])

    def pick(self, code: str) -> None:
        """Choose a country, and have it in sight."""
        outline = world().find(code)
        if outline and not self.raster.cell_of(outline.latitude, outline.longitude):
            self._move(self.view.centred(outline.latitude, outline.longitude))
        self.post_message(self.Picked(self, code))

    def action_open(self) -> None:
        """Open the country chosen."""
        if self.paint.selected:
            self.post_message(self.Opened(self, self.paint.selected))

    def country_at(self, row: int, column: int) -> str:
        """Code of what stands in a cell: a label's country, else whose land is seen there; empty: the sea."""
        cells = self.raster
        for label in labels(cells, self.paint, counts=self._counts):
            if label.row == row and label.column <= column < label.column + len(label.text):
                return label.code
        self._line(0)
        owners = cells.owners_at(row, column)
        if not owners or self._drawing is None:
            return ""
        return world().code(self._drawing.foremost(owners))

    def on_click(self, event: events.Click) -> None:
        """A click chooses a country; a click on the chosen one opens it."""
        at = event.get_content_offset(self)
        code = self.country_at(at.y, at.x) if at is not None else ""
        if not code:
            return
        if code == self.paint.selected:
            self.post_message(self.Opened(self, code))
        else:
            self.post_message(self.Picked(self, code))
