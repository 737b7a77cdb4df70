"""The first start: what to watch, how the first poll goes, and where to look without a network."""

from typing import ClassVar

from textual import events
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from tui.pipeline.gate import FirstRun
from tui.ui.panes.pane import Pane
from tui.ui.screens.dialogue import Dialogue, Keys
from tui.ui.session import Session
from tui.ui.sheet import Sheet
from tui.ui.untrusted import Line, clip, wrap
from tui.ui.wording import plural

DEMO = "demo"
"""What it gives back when the recorded world is asked for."""
DEMO_STATUS = 64
"""The status the dashboard ends with for it; nobody outside sees it."""
_BAR = 32
_BESIDE_BAR = 44
"""Cells of what stands before and after the bar."""
_REFRESH = 0.5
_NAME = 30


class First(Dialogue[str | None]):
    """Picks, progress, and a word on what comes next; the polling goes on behind it."""

    CSS_PATH = "../styles/first.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "move(1)", "down", show=False),
        Binding("k,up", "move(-1)", "up", show=False),
        Binding("space", "pick", "watch or not", show=False),
        Binding("enter,escape", "start", "start", show=False),
        Binding("d", "demo", "the recorded world", show=False),
        Binding("q,ctrl+q", "app.quit", "quit", show=False),
    ]

    def __init__(self, session: Session, asked: FirstRun) -> None:
        super().__init__()
        self._session = session
        self._asked = asked
        self._wanted = {pack.name for pack in asked.packs}
        self._at = 0
        self._problem = ""
        self._first_pack = 0
        """Number of the line of the first pack."""
        self.sheet = Sheet(self._lay_out, id="first-lines")

    def compose(self) -> ComposeResult:
        """One box."""
        with Vertical(id="first-box"):
            yield Pane(self.sheet, id="first")

    def on_mount(self) -> None:
        """Title, focus, and a look at the poll twice a second: it is shown once in a life."""
        self.query_one("#first", Pane).head((("▲ ", "key"), ("OVERFLIGHT", "strong")))
        self.set_focus(self.sheet)
        self.set_interval(_REFRESH, lambda: self.call_later(self._show))

    @property
    def bar_keys(self) -> Keys:
        """Of the box as it stands."""
        return (("space", "pick"), ("⏎", "start"), ("d", "recorded world"), ("q", "quit"))

    def _show(self) -> None:
        self.sheet.show(self._lay_out, keep_place=True)

    def _lay_out(self, width: int) -> list[Line]:
        lines: list[Line] = [
            *wrap(
                [
                    (
                        "airspace incursions · feeds into one file here · no account, no telemetry",
                        "muted",
                    )
                ],
                width,
            ),
            (),
            (("What to watch  ", "strong"), ("space picks · enter starts", "muted")),
        ]
        self._first_pack = len(lines)
        for number, pack in enumerate(self._asked.packs):
            on = pack.name in self._wanted
            lines.append(
                (
                    ("▸ " if number == self._at else "  ", "key"),
                    ("■ " if on else "□ ", "key" if on else "faint"),
                    (pack.name.ljust(_NAME), "strong" if on else "muted"),
                    (f"{plural(len(pack.urls), 'feed'):>9}  ", "ink"),
                    (pack.about, "muted"),
                )
            )
        lines += [(), *self._progress(width), ()]
        if self._problem:
            lines += wrap([(self._problem, "warn")], width)
        lines += [
            (
                ("⏎", "key"),
                (" start   ", "ink"),
                ("d", "key"),
                (" the recorded world, without a network   ", "ink"),
                ("q", "key"),
                (" quit", "ink"),
            ),
            (
                ("Afterwards ", "muted"),
                (self._session.key("help"), "key"),
                (" lists the keys of every screen.", "muted"),
            ),
        ]
        return lines

    def _progress(self, width: int) -> list[Line]:
        status, board = self._session.status, self._session.board
        found = board.total if board is not None else 0
        feeds = status.feeds
        if status.state == "offline":
            return wrap(
                [
                    ("No network. ", "warn"),
                    (
                        "The known incidents of the past stand behind this; polling tries again by itself.",
                        "muted",
                    ),
                ],
                width,
            )
        answered = feeds.ok + feeds.damaged + feeds.failing
        total = answered + feeds.waiting
        if status.state == "polling" and status.round_total:  # as the bar below counts
            answered, total = status.round_done, status.round_total
        length = max(8, min(_BAR, width - _BESIDE_BAR))
        done = round(length * answered / total) if total else 0
        counts = (
            f"  {answered} of {plural(total, 'feed')} · {plural(found, 'incident')}"
            if total
            else "  starting"
        )
        bar: Line = (
            ("First poll ", "strong"),
            ("━" * done, "live"),
            ("━" * (length - done), "faint"),
            (counts, "ink"),
        )
        told: Line = (
            ("  ✓ ", "live"), (f"{feeds.ok} answered", "muted"),
            ("   ! ", "warn"), (f"{feeds.damaged} damaged", "muted"),
            ("   ✗ ", "bad"), (f"{feeds.failing} failing, asked again by themselves", "muted"),
        )  # fmt: skip
        return [bar, *wrap(list(told), width)]

    def action_move(self, by: int) -> None:
        """The pack below or above; past the last and the first one, the lines after and before them."""
        at = self._at + by
        self._at = max(0, min(len(self._asked.packs) - 1, at))
        self._show()
        if at == self._at:
            self.sheet.bring(self._first_pack + self._at)
        else:
            self.sheet.move(by)

    def action_pick(self) -> None:
        """Watch this part of the world, or not."""
        self._wanted ^= {self._asked.packs[self._at].name}
        self._problem = ""
        self._show()

    def action_start(self) -> None:
        """To the monitor, with what was picked."""
        if not self._wanted:
            self._problem = "Pick one at least: without feeds there is nothing to watch."
            self._show()
            self.sheet.to_bottom()
            return
        if len(self._wanted) == len(self._asked.packs):
            self.dismiss("")
            return
        urls = frozenset().union(*(pack.urls for pack in self._asked.packs if pack.name in self._wanted))
        self.dismiss(self._asked.choose(urls).said)

    def action_demo(self) -> None:
        """Leave for the recorded world."""
        self.dismiss(DEMO)

    def on_click(self, event: events.Click) -> None:
        """A click on a pack picks it."""
        offset = event.get_content_offset(self.sheet)
        at = -1 if offset is None else offset.y + self.sheet.scroll_offset.y - self._first_pack
        if 0 <= at < len(self._asked.packs):
            self._at = at
            self.action_pick()


def welcome(app: App[None], session: Session, asked: FirstRun) -> None:
    """Ask what to watch, once, over a monitor that already shows what is known."""

    def chosen(said: str | None) -> None:
        if said == DEMO:
            app.exit(return_code=DEMO_STATUS)
            return
        session.background.mark(asked.answered)
        if said:
            app.notify(clip(said, 300), timeout=12, markup=False)

    app.push_screen(First(session, asked), chosen)
