"""The feeds: which answer, which do not, and why."""

from collections.abc import Iterable

from textual import on
from textual.containers import Vertical
from textual.widget import Widget

from tui.domain.feed import FeedRow
from tui.ui.actions import HEALTH, bindings
from tui.ui.messages import FeedsRead
from tui.ui.panes.feeds import SORTS, count_feeds, draw_feed, feed_heading, feed_rows
from tui.ui.panes.pane import Pane
from tui.ui.screens.frame import Frame
from tui.ui.session import Session
from tui.ui.sheet import Sheet
from tui.ui.untrusted import Line, Span, wrap
from tui.ui.virtual_list import Row, VirtualList
from tui.ui.wording import day_time


class Health(Frame):
    """A table of feeds and, below it, everything known of the one under the cursor."""

    CONTEXT = HEALTH
    BINDINGS = bindings(HEALTH)
    CSS_PATH = "../styles/health.tcss"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._sort = SORTS[0]
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
        self.query_one("#feeds", Pane).head((("feeds", "ink"),))
        self.query_one("#feed", Pane).head((("feed", "ink"),))
        self.set_focus(self.feeds)

    def _draw(self, row: Row[FeedRow], width: int) -> Line:
        return draw_feed(row, width, self.session.now)

    def show_board(self) -> None:
        """Read the feeds anew; the answer comes as a message."""
        self.session.background.feeds(self)

    @on(FeedsRead)
    def _feeds_read(self, message: FeedsRead) -> None:
        if not self.stands:
            return
        self._feeds = message.feeds
        self._show()

    def _show(self) -> None:
        self.feeds.set_rows(feed_rows(self._feeds, self._sort))
        counts = count_feeds(self._feeds)
        head: list[Span] = [
            ("feeds ", "ink"),
            (f"{len(self._feeds)}  ", "muted"),
            (f"✓ {counts.ok} ok  ", "ok"),
        ]
        head.append((f"! {counts.damaged} damaged  ", "warn" if counts.damaged else "muted"))
        head.append((f"✗ {counts.failing} failing  ", "bad" if counts.failing else "muted"))
        head.append((f"… {counts.waiting} waiting", "muted"))
        self.query_one("#feeds", Pane).head(tuple(head))
        self.query_one("#feeds", Pane).foot(((f"sort {self._sort} ↓", "faint"),))
        self._show_feed()

    @on(VirtualList.Selected, "#feed-list")
    def _show_feed(self) -> None:
        row = self.feeds.item
        if row is not None:
            self.query_one("#feed", Pane).head(((row.feed.name, "strong"),))
            self.facts.show(lambda width: self._fact_lines(row, width))

    def _fact_lines(self, row: FeedRow, width: int) -> list[Line]:
        zone, state = self.session.zone, row.state
        times = (
            ("answered", state.last_answer),
            ("last good", state.last_ok),
            ("brought news", state.last_new),
            ("next poll", state.next_due),
        )
        told = "  ".join(
            f"{name} {day_time(at, zone, self.session.now) if at else 'never'}" for name, at in times
        )
        lines: list[Line] = []
        for label, text, ink in (
            # What stands behind the ? may be a key.
            ("address", row.feed.url.split("?")[0] + ("?…" if "?" in row.feed.url else ""), "acc"),
            ("publisher", f"{row.feed.publisher or '–'} · {row.feed.kind}", "ink"),
            ("times", told, "ink"),
            ("problem", state.problem or "none", "ink" if not state.problem else "warn"),
        ):
            first, *rest = wrap([(text, ink)], max(8, width - 11))
            lines.append(((f"{label:<11}", "faint"), *first))
            lines += [((" " * 11, "faint"), *line) for line in rest]
        return lines

    def action_sort(self) -> None:
        """By the next column."""
        self._sort = SORTS[(SORTS.index(self._sort) + 1) % len(SORTS)]
        self._show()
