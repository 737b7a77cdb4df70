"""The map on the full screen: countries by what happened in them, with a legend and the countries in sight."""

from collections.abc import Iterable

from textual import on
from textual.containers import Horizontal
from textual.widget import Widget

from tui.domain.query_tree import EVERYTHING
from tui.ui.actions import WORLD, bindings
from tui.ui.panes.countries import country_key
from tui.ui.panes.map import legend, map_foot, map_head
from tui.ui.panes.pane import Pane
from tui.ui.screens.frame import Frame
from tui.ui.session import Session
from tui.ui.sheet import Sheet
from tui.ui.untrusted import Span, clip
from tui.ui.world.paint import paint_of
from tui.ui.world.widget import WorldMap

_LONGEST_FILTER = 40


class WorldScreen(Frame):
    """A map, and what it means beside it."""

    CONTEXT = WORLD
    BINDINGS = bindings(WORLD)
    CSS_PATH = "../styles/world.tcss"

    def __init__(self, session: Session, chosen: str = "") -> None:
        super().__init__(session)
        self._chosen = chosen

    @property
    def crumbs(self) -> tuple[str, ...]:
        """Monitor › map."""
        return ("monitor", "map")

    @property
    def place(self) -> str:
        """The country chosen."""
        return self._chosen

    @property
    def search_text(self) -> str:
        """The country chosen; take it out to search the world."""
        return f"country:{self._chosen} " if self._chosen else ""

    def body(self) -> Iterable[Widget]:
        """Map and legend."""
        self.map = WorldMap(id="world-map", counts=True)
        self.legend = Sheet(id="legend-lines", focusable=False)
        with Horizontal(id="across"):
            yield Pane(self.map, id="map")
            yield Pane(self.legend, id="legend")

    def on_mount(self) -> None:
        """Keys go to the map."""
        super().on_mount()
        self.query_one("#legend", Pane).head((("legend", "ink"),))
        self.set_focus(self.map)

    @on(WorldMap.Moved)
    def show_board(self) -> None:
        """Colours, marks, borders, legend."""
        board = self.session.board
        if board is None:
            return
        self.map.show_paint(paint_of(board, self.map.telling, self._chosen))
        pane = self.query_one("#map", Pane)
        pane.head(map_head(self.map, board, self.app.size.width))
        foot: list[Span] = list(map_foot(self.map)) if self.has_class("-narrow") else []
        if (asked := self.session.query.filter) != EVERYTHING:
            foot = [("filter ", "faint"), (clip(str(asked), _LONGEST_FILTER), "warn"), (" ", "faint")]
        pane.foot(tuple(foot))
        rows = 2 if self.has_class("-narrow") else None
        self.legend.show(lambda width: legend(self.map, board, width)[:rows], keep_place=True)

    @on(WorldMap.Picked)
    def _picked(self, message: WorldMap.Picked) -> None:
        self._chosen = message.code
        self.show_board()

    @on(WorldMap.Opened)
    def _opened(self, message: WorldMap.Opened) -> None:
        from tui.ui.screens.country import Country  # noqa: PLC0415 -- not needed for the map

        board = self.session.board
        keys = tuple(country_key(country) for country in board.countries) if board else ()
        self.app.push_screen(Country(self.session, message.code, keys))
