"""Watch & alerts: saved views, starred incidents and what happened to them, and the alerts of a day."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, ClassVar

from textual import events, on
from textual.containers import Horizontal, Vertical
from textual.widget import Widget

from tui.domain.board import IncidentRow
from tui.domain.views import ViewCount, ViewEdit, alert_toml
from tui.domain.watch import AlertStanding, Desk
from tui.ui.actions import WATCH, Action, bindings
from tui.ui.messages import DeskRead
from tui.ui.noting import ask_note, ask_tags
from tui.ui.panes.desk import (
    AlertLine,
    ViewLine,
    WatchedLine,
    alert_rows,
    delivery_lines,
    draw_alert,
    draw_view,
    draw_watched,
    rule_of,
    view_rows,
    watched_rows,
)
from tui.ui.panes.pane import Pane
from tui.ui.screens.asking import Copyable
from tui.ui.screens.frame import Frame
from tui.ui.session import Session
from tui.ui.sheet import Sheet
from tui.ui.untrusted import Line, clip
from tui.ui.viewing import ask_to_edit, change, new_view, show_view
from tui.ui.virtual_list import Row, VirtualList

_OF_A_VIEW = frozenset({"edit_view", "alert_of", "drop_view", "view_down", "view_up", "view1"})
_OF_AN_INCIDENT = frozenset({"unwatch", "note", "tags"})


class Watch(Frame):
    """Views over watched incidents, beside the log of alerts; one under the other where there is little room."""

    CONTEXT = WATCH
    BINDINGS = bindings(WATCH)
    CSS_PATH = "../styles/watch.tcss"
    LINES_OF_A_VIEW: ClassVar[int] = 3

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._desk: Desk | None = None
        self._alerting = AlertStanding()

    @property
    def crumbs(self) -> tuple[str, ...]:
        """Monitor › watch & alerts."""
        return ("monitor", "watch & alerts")

    def body(self) -> Iterable[Widget]:
        """Three lists, and how alerts are delivered."""
        self.views = VirtualList[ViewLine](self._draw_view, id="view-list")
        self.watched = VirtualList[WatchedLine](self._draw_watched, id="watched-list")
        self.log_rows = VirtualList[AlertLine](self._draw_alert, id="alert-list")
        self.delivery = Sheet(id="delivery-lines", focusable=False)
        with Horizontal(id="across"):
            with Vertical(id="left"):
                yield Pane(self.views, id="views")
                yield Pane(self.watched, id="watched")
            with Vertical(id="right"):
                yield Pane(self.log_rows, id="alerts")
                yield Pane(self.delivery, id="delivery")

    def on_mount(self) -> None:
        """Keys go to the views."""
        super().on_mount()
        for pane, name in (("views", "saved views"), ("watched", "★ watched"), ("alerts", "alert log")):
            self.query_one(f"#{pane}", Pane).head(((name, "ink"), (" reading the store …", "muted")))
        self.query_one("#delivery", Pane).head((("delivery", "ink"),))
        self.set_focus(self.views)

    def show_board(self) -> None:
        """Read everything anew; the answer comes as a message."""
        self.session.background.desk(self)

    @on(DeskRead)
    def _desk_read(self, message: DeskRead) -> None:
        if not self.stands:
            return
        self._desk, self._alerting = message.desk, message.alerting
        self._show()

    def on_resize(self, event: events.Resize) -> None:
        """Another height has room for other lines."""
        super().on_resize(event)
        self.call_after_refresh(self._show)

    def _show(self) -> None:
        desk = self._desk
        if desk is None or not self.stands:
            return
        short = self.has_class("-short")
        views = view_rows(desk.views, 1 if short else self.LINES_OF_A_VIEW)
        self.views.set_rows(
            views or _hint(f"none is saved yet · {self.session.key('new_view')} makes one"),
            moved=sorted(self.views.keys) == sorted(row.key for row in views if row.key),
        )
        watched = watched_rows(desk, short=short)
        star = self.session.key("unwatch")
        self.watched.set_rows(watched or _hint(f"no incident has a star · {star} on one watches it"))
        alerts = alert_rows(desk, short=short)
        self.log_rows.set_rows(alerts or _hint(self._why_silent()))
        for shown in (self.views, self.watched, self.log_rows):
            shown.refresh()
        new = sum(one.row.new or one.row.updated for one in desk.watched)
        self.query_one("#views", Pane).head((("saved views ", "ink"), (str(len(desk.views)), "muted")))
        self.query_one("#watched", Pane).head(
            (("★ ", "watch"), ("watched ", "ink"), (f"{len(desk.watched)} ", "muted"), *_fresh(new))
        )
        self.query_one("#alerts", Pane).head((("alert log ", "ink"), (f"24h · {len(desk.log)}", "muted")))
        self.delivery.show(
            lambda width: delivery_lines(self._alerting, desk, width, self.session.zone), keep_place=True
        )
        self.show_frame()

    def _why_silent(self) -> str:
        if not self._alerting.plan:
            return f"no rule is in force · {self.session.key('alert_of')} on a view gives one to paste"
        return "nothing was told in the last 24 hours"

    def _draw_view(self, row: Row[ViewLine], width: int) -> Line:
        return draw_view(row, width, self._alerting.plan, alone=self.has_class("-short"))

    def _draw_watched(self, row: Row[WatchedLine], width: int) -> Line:
        return draw_watched(row, width, self.session.now, self.session.zone)

    def _draw_alert(self, row: Row[AlertLine], width: int) -> Line:
        return draw_alert(row, width, self.session.now, self.session.zone, alone=self.has_class("-short"))

    # What the keys act on.

    @property
    def _count(self) -> ViewCount | None:
        return self.views.item.count if self.views.item else None

    @property
    def _row(self) -> IncidentRow | None:
        return self.watched.item.watched.row if self.watched.item else None

    def allows(self, action: Action) -> bool:
        """Keys of a view and of an incident hold where there is one."""
        if action.id in _OF_A_VIEW:
            return self._count is not None
        return action.id not in _OF_AN_INCIDENT or self._row is not None

    # Opening.

    @on(VirtualList.Opened, "#view-list")
    def _open_view(self) -> None:
        if self._count is not None:
            show_view(self, self._count.view)

    def action_open(self) -> None:
        """Open what is selected; an empty list says so."""
        if isinstance(self.active, VirtualList) and not self.active.keys:
            self.say("nothing here to open")
            return
        super().action_open()

    def action_open_view(self, number: int) -> None:
        """The view of that number."""
        for count in self._desk.views if self._desk else ():
            if count.view.position == number:
                show_view(self, count.view)
                return
        self.say(f"there is no view {number}")

    @on(VirtualList.Opened, "#watched-list")
    def _open_watched(self, message: VirtualList.Opened) -> None:
        self._open_incident(message.key, self.watched.keys)

    @on(VirtualList.Opened, "#alert-list")
    def _open_alert(self) -> None:
        if self.log_rows.item is None:
            return
        alert = self.log_rows.item.alert
        if alert.row is None:
            self.say(clip(alert.text, 300))
            return
        told = (one.row.key for one in (self._desk.log if self._desk else ()) if one.row is not None)
        self._open_incident(alert.row.key, tuple(dict.fromkeys(told)))

    def _open_incident(self, key: str, keys: tuple[str, ...]) -> None:
        from tui.ui.screens.incident import Incident  # noqa: PLC0415 -- it is large

        self.session.marking.open(key, self.session.now)
        self.app.push_screen(Incident(self.session, key, keys, self.crumbs))

    # Views.

    def action_new_view(self) -> None:
        """Ask for its name and query."""
        ask_to_edit(self, new_view(self), new=True)

    def action_edit_view(self) -> None:
        """Ask for another name or query."""
        if self._count is not None:
            ask_to_edit(self, self._count.view)

    def action_drop_view(self) -> None:
        """Delete it; can be undone."""
        if self._count is not None:
            self.views.select(self._count.view.name)
            change(self, ViewEdit(self._count.view, None))

    def action_shift_view(self, by: int) -> None:
        """To another place of the list."""
        count, desk = self._count, self._desk
        if count is not None and desk is not None:
            position = max(1, min(len(desk.views), count.view.position + by))
            if position != count.view.position:
                self.views.select(count.view.name)  # the cursor goes with it
                change(self, ViewEdit(count.view, replace(count.view, position=position)))

    def action_alert_rule(self) -> None:
        """A rule of it for feeds.toml, to be copied; nothing is written."""
        if self._count is None:
            return
        view = self._count.view
        rule = rule_of(self._alerting.plan, view)
        about = "Paste this into your feeds.toml; nothing is written by itself."
        if rule is not None:
            off = "" if rule.enabled else ", and is off: enabled = true switches it on"
            about = f"The rule {clip(rule.name, 60)} of feeds.toml asks for the same{off}."
        self.app.push_screen(
            Copyable(
                (("♪ ", "watch"), ("an alert rule of ", "muted"), (view.name, "strong")),
                about,
                alert_toml(view),
            )
        )

    # Incidents.

    def action_watch(self) -> None:
        """No longer watch it."""
        row = self._row
        if row is not None:
            said = f"no longer watched · {self.session.key('undo')} undoes"
            self.session.marking.watch(row.key, self.session.now, watched=False, said=said)

    def action_note(self) -> None:
        """A note of the person's own."""
        ask_note(self, self._row)

    def action_tags(self) -> None:
        """Tags of the person's own."""
        ask_tags(self, self._row)


def _hint(text: str) -> list[Row[Any]]:
    return [Row(None, None, (("──", "edge"), (f" {text} ", "faint")))]


def _fresh(new: int) -> Line:
    return ((f"● {new} with news ", "new"),) if new else ()
