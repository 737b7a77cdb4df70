"""The incidents that a number counts, as a list like any other."""

from collections.abc import Iterable
from dataclasses import replace

from textual import on
from textual.containers import Vertical
from textual.widget import Widget

from tui.domain.board import Board, BoardQuery, Found, IncidentRow
from tui.domain.query_tree import Part
from tui.domain.views import SavedView
from tui.ui.actions import NUMBERS, bindings
from tui.ui.messages import RowsRead
from tui.ui.panes.facts import chips, fact_lines, title_line
from tui.ui.panes.history import timeline_lines
from tui.ui.panes.incidents import incident_rows
from tui.ui.panes.pane import Pane
from tui.ui.screens.frame import Frame
from tui.ui.screens.incidents import IncidentList
from tui.ui.session import Session
from tui.ui.sheet import Sheet
from tui.ui.untrusted import Line, clip
from tui.ui.wording import plural


class Numbers(IncidentList):
    """What a query lists, over all time; the number it was opened from was counted by the same query."""

    CONTEXT = NUMBERS
    BINDINGS = bindings(NUMBERS)
    CSS_PATH = "../styles/numbers.tcss"

    def __init__(self, session: Session, title: str, asked: Part, trail: tuple[str, ...]) -> None:
        super().__init__(session)
        self._title = title
        self._asked = asked
        self._trail = trail
        self._found: Found[IncidentRow] | None = None
        self._listed = -1

    @property
    def country(self) -> str | None:
        """The query says which."""
        return None

    @property
    def crumbs(self) -> tuple[str, ...]:
        """… › what is counted."""
        return (*self._trail, self._title)

    @property
    def heading(self) -> Line:
        """What is counted."""
        return ((f"{self._title} · incidents ", "ink"),)

    @property
    def search_text(self) -> str:
        """The query behind the number."""
        return f"{self._asked} "

    def body(self) -> Iterable[Widget]:
        """Incidents over a preview."""
        self.preview = Sheet(id="preview-lines", focusable=False)
        with Vertical(id="across"):
            yield Pane(self.incidents, id="incidents")
            yield Pane(self.preview, id="preview")

    def on_mount(self) -> None:
        """Keys go to the list."""
        super().on_mount()
        self.set_focus(self.incidents)

    def show_board(self) -> None:
        """Something was stored: ask again; the answer comes as a message."""
        board = self.session.board
        if board is not None and board.generation != self._listed:
            self._listed = board.generation
            self.session.background.rows(self._asked, self)
        self.show_incidents()

    @on(RowsRead)
    def _rows_read(self, message: RowsRead) -> None:
        if self.stands and message.query == self._asked:
            self._found = message.found
            self.show_incidents()

    def show_incidents(self) -> None:
        """What was found, with the marks of this session."""
        board = self.session.board
        if board is None or self._found is None:
            return
        shown: Board = self.session.marking.over(
            replace(
                board,
                query=BoardQuery(window=None, filter=self._asked),
                incidents=self._found.rows,
                coverage=(),
            )
        )
        self.incidents.set_rows(
            incident_rows(
                shown,
                country=None,
                sort=self._sort,
                now=self.session.now,
                zone=self.session.zone,
                why_empty="no incident is counted here",
                separators=self._sparse,
                backwards=self._backwards,
            )
        )
        self.show_borders()
        self._rest()

    def show_borders(self) -> None:
        """How many, and the query that asks for them."""
        if self._found is None or not self.stands:
            return
        shown, total = len(self._found.rows), self._found.total
        first = f", the first {shown}" if shown < total else ""
        pane = self.query_one("#incidents", Pane)
        pane.head((*self.heading, (f"{plural(total, 'incident')}{first} ", "muted")))
        pane.foot(
            (
                (clip(str(self._asked), max(20, self.size.width - 24)), "warn"),
                (f" · {self.sorted_by}", "faint"),
            )
        )

    def show_preview(self) -> None:
        """Facts and history of the incident under the cursor."""
        row, pane = self.incidents.item, self.query_one("#preview", Pane)
        if row is None:
            pane.head((("nothing selected", "muted"),))
            self.preview.show(lambda _width: ())
            return
        now, zone, detail = self.session.now, self.session.zone, self.detail
        pane.head(title_line(row))

        def lines(width: int) -> list[Line]:
            told = [chips(row, width), *fact_lines(row, width, now, zone)]
            if detail is not None and detail.timeline:
                told += [(), *timeline_lines(detail.timeline, width, zone, last=6)]
            return told

        self.preview.show(lines)

    @property
    def asked(self) -> SavedView:
        """The query of the number, over all time."""
        return SavedView("", str(self._asked), None, self._sort)

    def action_preview(self) -> None:
        """With or without the preview."""
        self.toggle_class("-other-preview")

    def action_filter_by(self) -> None:
        """Narrow the lists of the monitor to this query, and go back to them."""
        self.session.narrow(self._asked)
        self.say("the lists show what this number counts, inside their window · F clears")


def open_numbers(frame: Frame, title: str, asked: Part) -> None:
    """Show what a number counts."""
    frame.app.push_screen(Numbers(frame.session, title, asked, frame.crumbs))
