"""The saved views to pick from: a digit, or a line, shows one."""

from dataclasses import replace
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from tui.domain.codes import Origin
from tui.domain.query_tree import EVERYTHING
from tui.domain.views import ViewCount
from tui.domain.watch import AlertStanding
from tui.ui.actions.watching import DIGITS
from tui.ui.messages import DeskRead
from tui.ui.panes.desk import ViewLine, draw_view, view_rows
from tui.ui.panes.pane import Pane
from tui.ui.screens.dialogue import Dialogue, Keys
from tui.ui.screens.frame import Frame
from tui.ui.untrusted import Line
from tui.ui.viewing import ALL_INCIDENTS, show_view, views_of
from tui.ui.virtual_list import Row, VirtualList

_FRAME_LINES = 2


class Views(Dialogue[None]):
    """A box over the screen it was asked from."""

    CSS_PATH = "../styles/views.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,v,h,left,backspace", "dismiss", "close", show=False),
        Binding("j,down", "move(1)", "down", show=False),
        Binding("k,up", "move(-1)", "up", show=False),
        Binding("enter,l,right", "open", "open", show=False),
        Binding("W", "watch", "watch & alerts", show=False),
        *(Binding(digit, f"pick('{digit}')", "open", show=False) for digit in ("0", *DIGITS)),
    ]

    def __init__(self, origin: Frame) -> None:
        super().__init__()
        self._origin = origin
        self._counts: tuple[ViewCount, ...] = (self._everything(), *map(ViewCount, views_of(origin)))
        self._alerting = AlertStanding()
        self.list = VirtualList[ViewLine](self._draw, id="views-list")

    def compose(self) -> ComposeResult:
        """One pane."""
        yield Pane(self.list, id="views")

    def on_mount(self) -> None:
        """Names at once, counts when they are read."""
        pane = self.query_one("#views", Pane)
        pane.head((("v ", "key"), ("saved views", "strong")))
        keys = (
            f"a digit or enter shows · {self._key('save_view')} saves a list as one · W manages · esc closes"
        )
        pane.foot(((keys, "faint"),))
        self._show()
        self.set_focus(self.list)
        self._origin.session.background.desk(self)

    @property
    def bar_keys(self) -> Keys:
        """Of the box as it stands."""
        return (("⏎", "show"), ("0–9", "show"), ("W", "manage"), ("esc", "close"))

    def _key(self, action: str) -> str:
        return self._origin.session.key(action)

    def _show(self) -> None:
        rows = view_rows(self._counts, 1)
        if len(self._counts) == 1:
            hint = f"none is saved yet · {self._key('save_view')} on a list, a search or a filter saves one"
            rows.append(Row(None, None, (("──", "edge"), (f" {hint} ", "faint"))))
        self.list.set_rows(rows)
        self.list.refresh()
        self.query_one("#views", Pane).styles.height = len(rows) + _FRAME_LINES

    def _draw(self, row: Row[ViewLine], width: int) -> Line:
        return draw_view(row, width, self._alerting.plan, alone=True)

    def _everything(self) -> ViewCount:
        """No filter in the window of now; counted where that is what the lists show."""
        session = self._origin.session
        view = replace(ALL_INCIDENTS, window=session.chosen_window)
        if session.board is None or session.query.filter != EVERYTHING or session.query.window != view.window:
            return ViewCount(view)
        news = [row for row in session.board.incidents if row.origin is not Origin.BASELINE]
        return ViewCount(view, len(news), sum(row.new for row in news))

    @on(DeskRead)
    def _desk_read(self, message: DeskRead) -> None:
        if not self.is_attached:
            return
        self._counts = (self._everything(), *message.desk.views)
        self._alerting = message.alerting
        self._show()

    def action_move(self, by: int) -> None:
        """By views."""
        self.list.move(by)

    def action_open(self) -> None:
        """The one under the cursor."""
        self.list.open()

    def action_watch(self) -> None:
        """To the screen on which they are kept."""
        self.dismiss()
        self._origin.action_go("watch")

    def action_pick(self, digit: str) -> None:
        """The view of that number; 0 is no filter."""
        for count in self._counts:
            if str(count.view.position) == digit:
                self._choose(count)

    @on(VirtualList.Opened, "#views-list")
    def _opened(self, message: VirtualList.Opened) -> None:
        for count in self._counts:
            if count.view.name == message.key:
                self._choose(count)

    def _choose(self, count: ViewCount) -> None:
        self.dismiss()
        show_view(self._origin, count.view)
