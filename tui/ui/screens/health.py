"""The feeds: which answer, which are silent, and why."""

from collections.abc import Iterable
from datetime import datetime

from textual import on
from textual.app import SuspendNotSupported
from textual.containers import Vertical
from textual.widget import Widget

from tui.domain.feed import FeedRow
from tui.domain.query_tree import Named
from tui.pipeline.gate import Outside
from tui.pipeline.keeping import PollRequest
from tui.ui.actions import HEALTH, Action, bindings
from tui.ui.messages import FeedsRead, OutsideDone
from tui.ui.panes.feeds import (
    ANY,
    SHOWN,
    SORTS,
    counts_line,
    draw_feed,
    feed_heading,
    feed_lines,
    feed_rows,
    list_lines,
)
from tui.ui.panes.pane import Pane
from tui.ui.screens.ask import AskText
from tui.ui.screens.frame import Frame
from tui.ui.session import Session
from tui.ui.sheet import Sheet
from tui.ui.untrusted import Line, Span, clip
from tui.ui.virtual_list import Row, VirtualList

_COLUMNS = {
    "state": "attention",
    "feed": "name",
    "cc": "country",
    "good": "last good",
    "news": "last news",
    "usual": "usual gap",
    "next": "next poll",
    "30d": "yield",
}
"""Word of the heading to what a click on it sorts by."""


class Health(Frame):
    """A table of feeds and, below it, everything known of the one under the cursor."""

    CONTEXT = HEALTH
    BINDINGS = bindings(HEALTH)
    CSS_PATH = "../styles/health.tcss"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._sort = SORTS[0]
        self._shown = ANY
        self._feeds: tuple[FeedRow, ...] = ()

    @property
    def crumbs(self) -> tuple[str, ...]:
        """Monitor › feed health."""
        return ("monitor", "feed health")

    def body(self) -> Iterable[Widget]:
        """Table over details."""
        self.feeds = VirtualList[FeedRow](self._draw, heading=feed_heading, id="feed-list")
        self.facts = Sheet(id="feed-facts", focusable=False)
        with Vertical(id="across"):
            yield Pane(self.feeds, id="feeds")
            yield Pane(self.facts, id="feed")

    def on_mount(self) -> None:
        """Keys go to the table."""
        super().on_mount()
        self.query_one("#feeds", Pane).head((("feeds", "ink"), (" reading the store …", "muted")))
        self.query_one("#feed", Pane).head((("feed", "ink"),))
        self.set_focus(self.feeds)

    def _draw(self, row: Row[FeedRow], width: int) -> Line:
        return draw_feed(row, width, self.session.now, self._retry)

    @property
    def _retry(self) -> datetime | None:
        """Offline: when the network is tried again, before which nothing is asked."""
        status = self.session.status
        return status.next_poll if status.state == "offline" else None

    def show_board(self) -> None:
        """Read the feeds anew; the answer comes as a message."""
        self.session.background.feeds(self)

    @on(FeedsRead)
    def _feeds_read(self, message: FeedsRead) -> None:
        if not self.stands:
            return
        self._feeds = message.feeds
        self.session.marking.feeds.settle(message.feeds)
        self._show()

    def _show(self) -> None:
        now = self.session.now
        rows = feed_rows(self._feeds, self._sort, self._shown, now)
        self.feeds.set_rows(rows)
        pane = self.query_one("#feeds", Pane)
        pane.head(counts_line(self._feeds, now, self.app.size.width - 6))
        narrowed: list[Span] = []
        if self._shown != ANY:
            narrowed = [
                ("only ", "faint"),
                (f"{self._shown} {len(rows)}", "warn"),
                (f" · {self.session.key('clear_filter')} all · ", "faint"),
            ]
        pane.foot((*narrowed, (f"sort {self._sort} ↓", "faint")))
        self._show_feed()

    @on(VirtualList.Selected, "#feed-list")
    def _show_feed(self) -> None:
        row = self.feeds.item
        if row is not None:
            self.query_one("#feed", Pane).head(((row.feed.name, "strong"),))
            list_problem, now, zone = self.session.status.list_problem, self.session.now, self.session.zone
            retry = self._retry
            self.facts.show(
                lambda width: [*list_lines(list_problem, width), *feed_lines(row, width, now, zone, retry)]
            )

    def allows(self, action: Action) -> bool:
        """A list that is not ours cannot be changed from here."""
        return action.id != "switch_feed" or self.session.gate.switch_feed is not None

    def action_sort(self) -> None:
        """By the next column."""
        self._sort = SORTS[(SORTS.index(self._sort) + 1) % len(SORTS)]
        self._show()

    def action_only(self) -> None:
        """Those of the next state that any feed is in."""
        now = self.session.now
        others = [shown for shown in SHOWN if feed_rows(self._feeds, self._sort, shown, now)]
        if others:
            at = others.index(self._shown) if self._shown in others else 0
            self._shown = others[(at + 1) % len(others)]
            self._show()

    def action_clear_filter(self) -> None:
        """Every feed."""
        if self._shown == ANY:
            self.say("every feed is shown")
        self._shown = ANY
        self._show()

    @on(VirtualList.Opened, "#feed-list")
    def _open_feed(self, message: VirtualList.Opened) -> None:
        from tui.ui.screens.search import Search  # noqa: PLC0415 -- not needed for the first picture

        self.app.push_screen(Search(self.session, str(Named("feed", (message.key,))), into_results=True))

    def action_poll_feed(self) -> None:
        """Ask the collector to poll the feed under the cursor."""
        row = self.feeds.item
        if row is not None:
            at, url = self.session.now, row.feed.url
            said = f"asked to poll {clip(row.feed.name, 60)}"
            self.session.background.mark(lambda marks: marks.request(PollRequest("feed", url), at), said)

    def action_switch_feed(self) -> None:
        """Switch the feed under the cursor off, or on again, in the user's feeds.toml."""
        row = self.feeds.item
        if row is None:
            return
        if self.session.gate.switch_feed is None:
            self.say("the feeds of a recording cannot be switched off", severity="warning")
            return
        feeds = self.session.marking.feeds
        url, on = row.feed.url, not feeds.is_on(row)
        self.session.marking.do(
            f"{clip(row.feed.name, 60)} {'on' if on else 'off'}",
            lambda _, said: feeds.ask(url, said, on=on),
            lambda _, said: feeds.ask(url, said, on=not on),
            self.session.now,
        )

    def action_edit_feed(self) -> None:
        """Open the list in the user's editor, where the feed under the cursor stands."""
        outside = self.session.gate.outside
        if outside is None:
            self.say("the feeds of a recording cannot be edited", severity="warning")
            return
        url = self.feeds.item.feed.url if self.feeds.item is not None else ""
        try:
            with self.app.suspend():
                done = outside.edit(url)
        except SuspendNotSupported:
            self.say("an editor needs a terminal; edit feeds.toml outside", severity="warning")
            return
        self.say(done.said, severity="information" if done.done else "warning")
        self.show_board()

    def action_add_feed(self) -> None:
        """Ask for the address of a feed, have it asked once, and add it to the list."""
        outside = self.session.gate.outside
        if outside is None:
            self.say("no feed can be added to a recording", severity="warning")
            return

        self._ask_for_feed(outside)

    def _ask_for_feed(self, outside: Outside, before: str = "", refused: str = "") -> None:
        """Ask for an address; one that was refused stands there to be mended, with the reason."""

        def typed(url: str | None) -> None:
            if url:
                self.say(f"asking {clip(url, 100)} …")
                self.session.background.outside(lambda: outside.add(url), self, about=url)

        about = "Its address. It is asked once, and added when it answers as a feed."
        self.app.push_screen(AskText("add a feed", about, typed=before, refused=refused), typed)

    @on(OutsideDone)
    def _added_or_not(self, message: OutsideDone) -> None:
        """Where the person has gone elsewhere meanwhile, a refusal is only said."""
        message.prevent_default()
        outside = self.session.gate.outside
        if message.about and not message.done and outside is not None and self.app.screen is self:
            self._ask_for_feed(outside, message.about, message.said)
        else:
            self.say(message.said, severity="information" if message.done else "warning")

    def action_export(self) -> None:
        """The list of feeds as OPML, to a file in the current folder."""
        outside = self.session.gate.outside
        if outside is None:
            self.say("the feeds of a recording are not exported", severity="warning")
        else:
            self.session.background.outside(outside.export_feeds, self)

    @on(VirtualList.HeadingClicked, "#feed-list")
    def _heading_clicked(self, message: VirtualList.HeadingClicked) -> None:
        wanted = _COLUMNS.get(message.word)
        if wanted is not None:
            self._sort = wanted
            self._show()

    def action_undo(self) -> None:
        """As everywhere; what the editor or a new feed changed in the list is no step of it."""
        edits = self.session.key("edit_feed")
        self._done(
            self.session.marking.undo(self.session.now),
            f"nothing to undo · a feed added or edited is taken back in the list: {edits} opens it",
        )
