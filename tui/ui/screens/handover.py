"""The handover: what changed since somebody last looked, or in a shift, each incident once."""

from collections.abc import Iterable

from textual import on
from textual.containers import Vertical
from textual.widget import Widget

from tui.domain.board import Board
from tui.domain.feed import FeedRow
from tui.domain.handover import HandedOver, Handover, NewlyBlind
from tui.domain.query_tree import Named
from tui.exports.handover import handover_markdown
from tui.ui.actions import HANDOVER, Action, bindings
from tui.ui.messages import FileSaved, HandoverRead
from tui.ui.panes.facts import title_line
from tui.ui.panes.handover import (
    SHIFTS,
    Item,
    Looks,
    beginning,
    counts_line,
    draw_handed_over,
    handover_rows,
    item_lines,
    next_shift,
)
from tui.ui.panes.incidents import incident_heading
from tui.ui.panes.pane import Pane
from tui.ui.screens.frame import Frame
from tui.ui.session import Session
from tui.ui.sheet import Sheet
from tui.ui.untrusted import Line, safe, wrap
from tui.ui.virtual_list import Row, VirtualList

_CLIPBOARD = 50_000
"""Bytes that terminals take; what is longer arrives cut, or not at all."""


class HandoverScreen(Frame):
    """What changed, over what happened to the one under the cursor."""

    CONTEXT = HANDOVER
    BINDINGS = bindings(HANDOVER)
    CSS_PATH = "../styles/handover.tcss"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._shift = SHIFTS[0]
        self._looks = Looks()
        self._handover: Handover | None = None
        self._generation = -1

    @property
    def crumbs(self) -> tuple[str, ...]:
        """Monitor › handover."""
        return ("monitor", "handover")

    def body(self) -> Iterable[Widget]:
        """List over details."""
        self.items = VirtualList[Item](self._draw, heading=self._heading, id="handover-list")
        self.told = Sheet(id="told-lines", focusable=False)
        with Vertical(id="across"):
            yield Pane(self.items, id="handover")
            yield Pane(self.told, id="told")

    def on_mount(self) -> None:
        """Keys go to the list."""
        super().on_mount()
        self.query_one("#handover", Pane).head((("handover", "ink"), (" reading the store …", "muted")))
        self.query_one("#told", Pane).head((("what happened", "ink"),))
        self.set_focus(self.items)

    def _draw(self, row: Row[Item], width: int) -> Line:
        return draw_handed_over(row, width, self.session.now)

    def _heading(self, width: int) -> Line:
        return incident_heading(width, countries=True, sort="")

    def allows(self, action: Action) -> bool:
        """A recording writes no files."""
        return action.id != "save_handover" or self.session.gate.save is not None

    def show_board(self) -> None:
        """Something was stored: read the shift anew; the answer comes as a message."""
        board = self.session.board
        if board is not None and board.generation != self._generation:
            if self._generation < 0:
                self._look(board)
            self._generation = board.generation
            self._ask()

    def _look(self, board: Board) -> None:
        """What is opened here moves the mark; the list under the cursor must not lose its rows for that."""
        self._looks = Looks(board.looked, self.session.came)

    def _ask(self) -> None:
        since = beginning(self._shift, self._looks, self.session.now)
        self.session.background.handover(since, self)

    @on(HandoverRead)
    def _handover_read(self, message: HandoverRead) -> None:
        if not self.stands:
            return
        self._handover = message.handover
        self.items.set_rows(handover_rows(message.handover))
        pane = self.query_one("#handover", Pane)
        pane.head(counts_line(message.handover, self.session.now))
        first = self._shift.back is None and self._looks.of(self._shift) is None
        name = "24h, for nobody looked before" if first else self._shift.name
        pane.foot((("since ", "faint"), (name, "warn"), (f" · {self.session.key('shift')} another", "faint")))
        self._show_told()

    @on(VirtualList.Selected, "#handover-list")
    def _show_told(self) -> None:
        item = self.items.item
        pane = self.query_one("#told", Pane)
        if item is None:
            said = self._handover.said if self._handover else ""
            pane.head((("no incident", "muted"),))
            self.told.show(lambda width: wrap([(said, "ink")], width) if said else ())
            return
        pane.head(_title(item))
        now, zone = self.session.now, self.session.zone
        self.told.show(lambda width: item_lines(item, width, now, zone))

    @on(VirtualList.Opened, "#handover-list")
    def _open(self) -> None:
        match self.items.item:
            case HandedOver(detail=detail):
                from tui.ui.screens.incident import Incident  # noqa: PLC0415 -- not needed for the first picture

                keys = tuple(
                    row.item.detail.row.key for row in self.items.rows if isinstance(row.item, HandedOver)
                )
                if detail.row.new or detail.row.updated:
                    self.session.marking.open(detail.row.key, self.session.now)
                self.app.push_screen(Incident(self.session, detail.row.key, keys, self.crumbs))
            case NewlyBlind(iso2=iso2):
                from tui.ui.screens.country import Country  # noqa: PLC0415 -- as above

                self.app.push_screen(Country(self.session, iso2, (iso2,)))
            case FeedRow(feed=feed):
                from tui.ui.screens.search import Search  # noqa: PLC0415 -- as above

                self.app.push_screen(Search(self.session, str(Named("feed", (feed.url,))), into_results=True))
            case None:
                pass

    # What can be done.

    def action_shift(self) -> None:
        """The next beginning."""
        self._shift = next_shift(self._shift, self._looks)
        if self._shift == SHIFTS[0] and self.session.board is not None:
            self._look(self.session.board)
        self._ask()

    @property
    def markdown(self) -> str | None:
        """The whole handover, safe to paste into a terminal; None before it is read."""
        if self._handover is None:
            return None
        return "".join(f"{safe(line)}\n" for line in handover_markdown(self._handover).splitlines())

    def action_copy_handover(self) -> None:
        """As Markdown, through the terminal."""
        text = self.markdown
        if text is None:
            return
        if len(text.encode()) > _CLIPBOARD:
            key = self.session.key("save_handover")
            self.say(f"too long for a terminal's clipboard; {key} writes it to a file", severity="warning")
            return
        self.app.copy_to_clipboard(text)
        self.say("handover copied through the terminal, as Markdown")

    def action_save_handover(self) -> None:
        """As Markdown, into a file named after its end."""
        text = self.markdown
        if self.session.gate.save is None:
            self.say("a recording writes no files", severity="warning")
        elif text is not None and self._handover is not None:
            name = f"overflight-handover-{self._handover.until:%Y%m%dT%H%MZ}.md"
            self.session.background.save(name, text, self)

    @on(FileSaved)
    def _saved(self, message: FileSaved) -> None:
        self.say(message.said, severity="information" if message.done else "warning")


def _title(item: Item) -> Line:
    match item:
        case HandedOver(detail=detail):
            return title_line(detail.row)
        case NewlyBlind():
            return (("newly blind", "bad"),)
        case FeedRow(feed=feed):
            return ((feed.name, "strong"),)
