"""One country: its incidents with a preview, and its profile."""

from collections.abc import Iterable

from textual import on
from textual.containers import Horizontal, Vertical
from textual.widget import Widget

from tui.domain.board import CountryRow
from tui.domain.codes import Severity
from tui.domain.territories import territory_name
from tui.ui.actions import COUNTRY, bindings
from tui.ui.figures import Figures
from tui.ui.panes.countries import country_of
from tui.ui.panes.facts import chips, fact_lines, title_line
from tui.ui.panes.history import timeline_lines
from tui.ui.panes.map import map_head
from tui.ui.panes.pane import Pane
from tui.ui.panes.profile import profile_lines
from tui.ui.screens.incidents import IncidentList
from tui.ui.session import Session
from tui.ui.sheet import Sheet
from tui.ui.untrusted import Line
from tui.ui.world.paint import paint_of
from tui.ui.world.view import WORLD
from tui.ui.world.widget import WorldMap


class Country(IncidentList):
    """Everything the board knows of a country."""

    CONTEXT = COUNTRY
    BINDINGS = bindings(COUNTRY)
    CSS_PATH = "../styles/country.tcss"
    COUNTRIES = False

    def __init__(self, session: Session, key: str, keys: tuple[str, ...]) -> None:
        super().__init__(session)
        self._key = key
        self._keys = tuple(other for other in keys if country_of(other) is not None)

    @property
    def country(self) -> str | None:
        """Code of the country; "" when no state is named."""
        return country_of(self._key)

    @property
    def crumbs(self) -> tuple[str, ...]:
        """Monitor › name."""
        return ("monitor", territory_name(self.country or ""))

    @property
    def heading(self) -> Line:
        """Name of the country over its incidents."""
        return ((territory_name(self.country or ""), "strong"), (" · incidents ", "ink"))

    @property
    def search_text(self) -> str:
        """This country; take it out to search the world."""
        return f"country:{self.country or 'none'} "

    def body(self) -> Iterable[Widget]:
        """Incidents over a preview; the profile beside them."""
        self.preview = Sheet(id="preview-lines", focusable=False)
        self.profile = Figures(id="profile-lines", grid=False)
        self.map = WorldMap(id="world-map", area=self.country or WORLD, counts=True)
        with Horizontal(id="across"):
            with Vertical(id="left"):
                yield Pane(self.incidents, id="incidents")
                yield Pane(self.preview, id="preview")
            with Vertical(id="right"):
                yield Pane(self.profile, id="profile")
                yield Pane(self.map, id="map")

    def on_mount(self) -> None:
        """Keys go to the list."""
        super().on_mount()
        self.query_one("#profile", Pane).head((("profile", "ink"),))
        self.set_focus(self.incidents)

    def show_board(self) -> None:
        """List, preview and profile."""
        board = self.session.board
        if board is None:
            return
        self.show_incidents()
        code = self.country or ""
        unheard_of = CountryRow(
            code, territory_name(code), 0, 0, 0, Severity.ROUTINE, (), board.covered(code)
        )
        country = next((row for row in board.countries if row.iso2 == code), unheard_of)
        self.profile.show_figures(
            lambda width: profile_lines(board, country, width, self.session.week.get(code))
        )
        self.show_preview()

    def show_preview(self) -> None:
        """Facts and history of the incident under the cursor, and where it was."""
        row = self.incidents.item
        self.show_map()
        pane = self.query_one("#preview", Pane)
        if row is None:
            pane.head((("nothing selected", "muted"),))
            self.preview.show(lambda _width: ())
            return
        now, zone = self.session.now, self.session.zone
        detail = self.detail
        pane.head(title_line(row))

        def lines(width: int) -> list[Line]:
            shown = [chips(row, width), *fact_lines(row, width, now, zone)]
            if detail is not None and detail.timeline:
                shown += [(), (("timeline", "faint"),), *timeline_lines(detail.timeline, width, zone, last=8)]
            return shown

        self.preview.show(lines)

    @on(WorldMap.Moved)
    def show_map(self) -> None:
        """The country among its neighbours, with the places of incidents."""
        board = self.session.board
        if board is None or not self.query("#map"):
            return
        self.map.show_paint(paint_of(board, self.map.telling, self.country or "", self.incidents.item))
        self.query_one("#map", Pane).head(map_head(self.map, board, 0))

    @on(WorldMap.Picked)
    def _country_picked(self, message: WorldMap.Picked) -> None:
        self._go_to(message.code)

    @property
    def place(self) -> str:
        """This country."""
        return self.country or ""

    def _go_to(self, key: str) -> None:
        self._key = key
        self.map.show_area(self.country or WORLD)
        self.show_frame()
        self.show_board()
        self.incidents.to_top()

    def action_next_item(self, by: int) -> None:
        """The next country of the list we came from."""
        if self._key in self._keys:
            self._go_to(self._keys[(self._keys.index(self._key) + by) % len(self._keys)])

    def action_preview(self) -> None:
        """With or without the preview."""
        self.toggle_class("-other-preview")
