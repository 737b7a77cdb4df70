"""The monitor: countries, incidents, and what the cursor stands on."""

from collections.abc import Iterable

from textual import on
from textual.containers import Container, Horizontal, Vertical
from textual.widget import Widget

from tui.domain.board import CountryRow, StoryRow
from tui.domain.territories import territory_name
from tui.ui.actions import MONITOR, bindings
from tui.ui.figures import Figures
from tui.ui.panes.countries import ALL, SORTS, country_of, country_rows, draw_country
from tui.ui.panes.facts import chips, fact_lines, incident_lines, title_line
from tui.ui.panes.history import timeline_lines
from tui.ui.panes.kpi import kpi_figures
from tui.ui.panes.map import HOT_REGIONS, hottest, map_foot, map_head
from tui.ui.panes.pane import Pane
from tui.ui.panes.stories import draw_story, story_rows
from tui.ui.screens.drawn import WIDE
from tui.ui.screens.incidents import IncidentList
from tui.ui.session import Session
from tui.ui.sheet import Sheet
from tui.ui.untrusted import Line
from tui.ui.virtual_list import Row, VirtualList
from tui.ui.world.paint import paint_of
from tui.ui.world.widget import WorldMap

_ROOM_FOR_INSET = 200
"""Columns from which a second map leaves the first one room for the world."""
_ROOM_FOR_HISTORY = 120
"""Columns from which the preview has room for facts and history side by side."""
_LATE = 0.3
"""Seconds after which what stands beside another row would be taken for its own."""
_LOWEST_SCALE = 4
"""One incident alone is no full bar."""


class Monitor(IncidentList):
    """Where everything starts, and what is left open on a desk."""

    CONTEXT = MONITOR
    BINDINGS = bindings(MONITOR)
    CSS_PATH = "../styles/monitor.tcss"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._country_sort = SORTS[0]
        self._scale = 1

    @property
    def crumbs(self) -> tuple[str, ...]:
        """Monitor › the country chosen."""
        return ("monitor", self._country_name())

    def body(self) -> Iterable[Widget]:
        """Countries left; incidents with a preview in the middle; at wide the incident and its stories right."""
        self.countries = VirtualList[CountryRow](self._draw_country, id="country-list")
        self.stories = VirtualList[StoryRow](self._draw_story, id="story-list")
        self.facts = Sheet(id="facts", focusable=False)
        self.history = Sheet(id="history", focusable=False)
        self.whole = Sheet(id="whole")
        self.map = WorldMap(id="world-map")
        self.inset = WorldMap(id="inset-map", area=HOT_REGIONS[0])
        self.inset.can_focus = False
        self.kpi = Figures(id="kpi-figures", grid=False)
        yield Pane(self.kpi, id="kpi")
        with Horizontal(id="across"):
            yield Pane(self.countries, id="countries", number="¹")
            with Vertical(id="middle"):
                with Horizontal(id="maps"):
                    yield Pane(self.map, id="map", number="³")
                    yield Pane(self.inset, id="inset")
                yield Pane(self.incidents, id="incidents", number="²")
                yield Pane(Container(self.facts, self.history, id="side-by-side"), id="preview")
            with Vertical(id="right"):
                yield Pane(self.whole, id="detail")
                yield Pane(self.stories, id="stories", number="⁴")

    def on_mount(self) -> None:
        """Keys go to the incidents."""
        super().on_mount()
        self.set_focus(self.incidents)

    @property
    def panes(self) -> list[Pane]:
        """The counts over the lists come last."""
        return sorted(super().panes, key=lambda pane: pane.id == "kpi")

    @property
    def country(self) -> str | None:
        """The country the incidents are narrowed to."""
        return country_of(self.countries.key)

    def _country_name(self) -> str:
        row = self.countries.item if self.is_mounted else None
        return row.name.lower() if row and self.countries.key == ALL else row.name if row else "all countries"

    def show_board(self) -> None:
        """Countries, KPI row, incidents."""
        board = self.session.board
        if board is None:
            self.query_one("#incidents", Pane).head(
                (("incidents", "strong"), (" reading the store …", "muted"))
            )
            return
        self._scale = max((max(row.recent, default=0) for row in board.countries), default=0)
        self._scale = max(self._scale, _LOWEST_SCALE)
        self.countries.set_rows(country_rows(board, self._country_sort))
        known = str(len(board.countries)) if self._covers else "…"
        self.query_one("#countries", Pane).head((("countries ", "ink"), (known, "muted")))
        self._show_country_foot()
        self._show_kpi()
        self.show_incidents()
        self.show_map()

    def show_incidents(self) -> None:
        """The list, and the preview of what the cursor is on."""
        super().show_incidents()
        self.show_preview()

    def show_frame(self) -> None:
        """The bars, the KPI row for its width, and what else there is room for."""
        width = self.app.size.width
        self.set_class(width >= _ROOM_FOR_INSET, "-with-inset")
        self.set_class(width >= _ROOM_FOR_HISTORY, "-with-history")
        super().show_frame()
        self._show_kpi()

    def _show_kpi(self) -> None:
        board = self.session.board
        if board is not None and self.query("#kpi"):
            self.kpi.show_figures(lambda width: (kpi_figures(self.session, board, width),))

    def _show_country_foot(self) -> None:
        """Why the country under the cursor has a mark, or how they are sorted."""
        words = self.session.unusual(self.country or "").removeprefix("unusual: ")
        told: Line = ((f"! {words} ", "amber"),) if words else ((f"sort {self._country_sort} ↓", "faint"),)
        self.query_one("#countries", Pane).foot(told)

    def _draw_country(self, row: Row[CountryRow], width: int) -> tuple[tuple[str, str], ...]:
        unusual = row.item is not None and row.key != ALL and self.session.unusual(row.item.iso2)
        return draw_country(row, width, self._scale, unusual=bool(unusual), covers=self._covers)

    @property
    def _covers(self) -> bool:
        """Whether it is known which countries are looked at; an earlier moment has those of its incidents."""
        board = self.session.board
        return self.session.past or (board is not None and board.covers)

    def _draw_story(self, row: Row[StoryRow], width: int) -> tuple[tuple[str, str], ...]:
        return draw_story(row, width, self.session.now)

    # The preview follows the cursor once it rests.

    @on(VirtualList.Selected, "#country-list")
    def _country_selected(self) -> None:
        self._show_country_foot()
        self.show_incidents()
        self.show_frame()

    def show_preview(self) -> None:
        """Facts and history of the incident under the cursor, and where it was."""
        row = self.incidents.item
        self.show_map()
        if row is None:
            self._show_nothing()
            return
        now, zone, after = self.session.now, self.session.zone, self.session.gate.unresolved_after
        detail = self.detail
        self.query_one("#preview", Pane).head(title_line(row))
        self.facts.show(lambda width: [chips(row, width), *fact_lines(row, width, now, zone)])
        timeline = detail.timeline if detail else ()
        self.history.show(lambda width: timeline_lines(timeline, width, zone, last=5))
        self.query_one("#detail", Pane).head((("incident", "ink"),))
        if detail is not None:
            self.whole.show(lambda width: incident_lines(detail, width, now, zone, after), keep_place=True)
            self.stories.set_rows(story_rows(detail.stories))
            self.query_one("#stories", Pane).head((("stories ", "ink"), (str(len(detail.stories)), "muted")))
        elif self.stories.rows:
            # It is read in milliseconds: what stands there is left so long, and nothing is drawn twice.
            self.set_timer(_LATE, lambda: self.call_later(self._show_unread))

    def _show_nothing(self) -> None:
        """No incident is under the cursor."""
        for pane in ("preview", "detail", "stories"):
            self.query_one(f"#{pane}", Pane).head((("no incident", "muted"),))
        for sheet in (self.facts, self.history, self.whole):
            sheet.show(lambda _: [])
        self.stories.set_rows(())

    def _show_unread(self) -> None:
        """What the row alone tells, when its stories are still not read."""
        row = self.incidents.item
        if row is None or self.detail is not None:
            return
        now, zone = self.session.now, self.session.zone
        self.whole.show(lambda width: [chips(row, width), (), *fact_lines(row, width, now, zone)])
        self.stories.set_rows(())
        self.query_one("#stories", Pane).head((("stories", "ink"),))

    # The map follows the cursor too; a country is the same one there and in the list.

    @on(WorldMap.Moved)
    def show_map(self) -> None:
        """Colours, marks and borders of both maps; nothing while there is none to be seen."""
        board = self.session.board
        if board is None or not self.query_one("#maps").display:
            return
        paint = paint_of(board, self.map.telling, self.place, self.incidents.item)
        self.map.show_paint(paint)
        self.query_one("#map", Pane).head(map_head(self.map, board, self.app.size.width))
        self.query_one("#map", Pane).foot(map_foot(self.map))
        if self.query_one("#inset").display:
            self.inset.show_paint(paint)
            self.inset.show_area(hottest(board))
            self.query_one("#inset", Pane).head(((f"{self.inset.area} ", "ink"), ("most news ", "muted")))

    @on(WorldMap.Picked)
    def _country_picked(self, message: WorldMap.Picked) -> None:
        if not self.countries.select(message.code):
            board = self.session.board
            verdict = board.covered(message.code).verdict if board else "not read yet"
            self.say(f"{territory_name(message.code)}: no incident · {verdict}")

    @on(WorldMap.Opened)
    def _country_opened(self, message: WorldMap.Opened) -> None:
        self._show_country(message.code)

    @property
    def place(self) -> str:
        """The country the list is narrowed to, else that of the incident under the cursor."""
        row = self.incidents.item
        return self.country or (row.facts.affected[0] if row and row.facts.affected else "")

    def action_map(self) -> None:
        """With or without the map; where there is little room it takes that of the countries."""
        self.toggle_class("-other-map")
        if self.query_one("#maps").display:
            self.show_map()
        elif self.map.has_focus:
            self.set_focus(self.incidents)

    # Opening.

    def show_all(self, sort: str) -> None:
        """Every country, sorted so; for a view that is shown here."""
        self.countries.select(ALL)
        self.sort_by(sort)
        self.set_focus(self.incidents)

    @on(VirtualList.Opened, "#country-list")
    def _open_country(self, message: VirtualList.Opened) -> None:
        if message.key == ALL:
            self.focus_on(self.query_one("#incidents", Pane))
        else:
            self._show_country(message.key)

    def _show_country(self, key: str) -> None:
        from tui.ui.screens.country import Country  # noqa: PLC0415 -- not needed for the first picture

        self.app.push_screen(Country(self.session, key, self.countries.keys))

    @on(VirtualList.Opened, "#story-list")
    def _open_story(self, message: VirtualList.Opened) -> None:
        from tui.ui.screens.story import Story  # noqa: PLC0415 -- not needed for the first picture

        if self.detail is None:
            self.say("these are stories of another incident; its own are being read")
        else:
            self.app.push_screen(
                Story(self.session, message.key, self.stories.keys, (*self.crumbs, "incident"))
            )

    def action_back(self) -> None:
        """There is nothing behind the monitor; left goes to the countries."""
        if self.countries.has_focus:
            self.say(f"nothing is behind the monitor · {self.session.key('back_or_quit')} twice quits")
        self._uncover_countries()
        self.focus_on(self.query_one("#countries", Pane))

    def action_pane(self, number: int) -> None:
        """A pane by its number; again: alone."""
        names = {1: "#countries", 2: "#incidents", 3: "#map", 4: "#stories"}
        pane = self.query_one(names[number], Pane)
        if number == 3 and not self.query_one("#maps").display:
            self.action_map()
        elif number == 1:
            self._uncover_countries()
        if pane.inner.has_focus:
            self.action_zoom()
        elif number == 4 and not self.query_one("#right").display:
            shown = f"{self.session.key('preview')} shows it"
            wider = shown if self.has_class("-wide") else f"there is room for it from {WIDE} columns on"
            self.say(f"no pane of stories here: {wider} · enter opens an incident with its stories")
        else:
            self.focus_on(pane)

    def _uncover_countries(self) -> None:
        """Where there is little room, the map may have taken theirs."""
        if not self.query_one("#countries").display and not self.has_class("-alone"):
            self.action_map()

    def action_sort(self) -> None:
        """By the next column of the pane that has the keys."""
        if self.countries.has_focus:
            self._country_sort = SORTS[(SORTS.index(self._country_sort) + 1) % len(SORTS)]
            self.show_board()
        else:
            super().action_sort()

    def action_preview(self) -> None:
        """The preview, where there is room for it."""
        self.toggle_class("-other-preview")
        if self.has_class("-short") and self.has_class("-other-map") and self.has_class("-other-preview"):
            # There is room for one of them.
            self.action_map()
