"""Statistics: every table with its rule, and under each number the list of what it counts."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial

from textual import on
from textual.containers import Horizontal, Vertical
from textual.widget import Widget

from tui.domain.query_tree import Part
from tui.domain.statistics import Statistics
from tui.domain.tables import Table
from tui.ui.actions import STATS, bindings
from tui.ui.bar import Bar
from tui.ui.figures import FigureLine, Figures, of_figures
from tui.ui.messages import StatisticsRead
from tui.ui.panes.heat import (
    View,
    answer_lines,
    hour_lines,
    legend,
    matrix_lines,
    object_lines,
    outcome_lines,
    week_lines,
    weeks_shown,
)
from tui.ui.panes.pane import Pane
from tui.ui.screens.frame import Frame
from tui.ui.screens.numbers import open_numbers
from tui.ui.session import Session
from tui.ui.sheet import Sheet
from tui.ui.untrusted import Line, Span, cells, clip, wrap
from tui.ui.wording import plural

RANGES = (26, 52, 12)
"""Weeks that are counted, in the order in which a key goes through them."""
_JUMP = 4
"""Weeks that a key scrolls."""

Lines = Callable[[Table, int, View], list[FigureLine]]
_DRAWN: dict[str, tuple[str, Lines]] = {
    "week": ("country × week", week_lines),
    "outcome": ("how it ended", outcome_lines),
    "actor": ("actor → affected", matrix_lines),
    "object": ("objects by week", object_lines),
    "hour": ("hour of first report, UTC", hour_lines),
    "answer": ("time to the answer", answer_lines),
}
"""By name of the table: what its pane is called, and what draws it; in the order of the panes."""


class StatisticsScreen(Frame):
    """Six panes of numbers; at narrow one at a time."""

    VERTICAL_BREAKPOINTS = [(0, "-low"), (22, "-short"), (34, "-tall")]  # noqa: RUF012 -- Textual declares it so
    CONTEXT = STATS
    BINDINGS = bindings(STATS)
    CSS_PATH = "../styles/statistics.tcss"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._weeks = RANGES[0]
        self._view = View()
        self._found: Statistics | None = None
        self._generation = -1

    @property
    def crumbs(self) -> tuple[str, ...]:
        """Monitor › statistics."""
        return ("monitor", "statistics")

    def body(self) -> Iterable[Widget]:
        """Weeks over outcomes; actors, objects, hours and answers beside them; a line of what the cursor is on."""
        self.tables = {
            name: Figures(id=f"{name}-figures", frozen={"week": 1, "actor": 1, "outcome": 2}.get(name, 0))
            for name in _DRAWN
        }
        self.rule = Sheet(id="rule-lines")
        with Horizontal(id="across"):
            with Vertical(id="left"):
                yield Pane(self.tables["week"], id="week")
                yield Pane(self.tables["outcome"], id="outcome")
            with Vertical(id="right"):
                for name in ("actor", "object", "hour", "answer"):
                    yield Pane(self.tables[name], id=name)
        yield Pane(self.rule, id="rule")
        yield Bar(id="told")

    def on_mount(self) -> None:
        """Keys go to the weeks."""
        super().on_mount()
        for name, (title, _) in _DRAWN.items():
            self.query_one(f"#{name}", Pane).head(((f"{title} ", "ink"),))
        self.query_one("#rule", Pane).head((("x ", "key"), ("the rule behind the numbers", "ink")))
        self.focus_on(self.query_one("#week", Pane))

    @property
    def panes(self) -> list[Pane]:
        """All six, seen or not: at narrow the one that is moved to is the one that is seen."""
        return [self.query_one(f"#{name}", Pane) for name in _DRAWN]

    def focus_on(self, pane: Pane) -> None:
        """Give a pane the keys; at narrow, show it."""
        for other in self.panes:
            other.set_class(other is pane, "-held")
        held_left = pane.id in {"week", "outcome"}
        self.query_one("#left").set_class(held_left, "-held")
        self.query_one("#right").set_class(not held_left, "-held")
        super().focus_on(pane)

    # Reading.

    def show_board(self) -> None:
        """Something was stored: count anew; the answer comes as a message."""
        board = self.session.board
        if board is not None and board.generation != self._generation:
            self._generation = board.generation
            self._ask()

    def _ask(self) -> None:
        self.session.background.statistics(self._weeks, self)

    @on(StatisticsRead)
    def _statistics_read(self, message: StatisticsRead) -> None:
        if self.stands and len(message.statistics.weeks) == self._weeks:
            self._found = message.statistics
            self.show_tables()

    def show_tables(self) -> None:
        """Every table, as the view has it."""
        found = self._found
        if found is None:
            return
        for name, table in found.tables:
            self.tables[name].show_figures(partial(self._lines, name, table))
            self.query_one(f"#{name}", Pane).head(self._head(name, table))
        if found.by_week.rows:
            self.tables["week"].begin_on(f"{found.by_week.rows[0].name} {found.by_week.columns[-1]}")
        self.call_after_refresh(self._latest_objects)

    def _latest_objects(self) -> None:
        """The latest week stands last: it is the one to be seen, until somebody looks at another."""
        objects = self.tables["object"]
        if not objects.has_focus:
            objects.scroll_to(y=objects.max_scroll_y, animate=False, force=True)

    def _lines(self, name: str, table: Table, width: int) -> list[FigureLine]:
        return _DRAWN[name][1](table, width, self._view)

    def _head(self, name: str, table: Table) -> Line:
        head: list[Span] = [(f"{_DRAWN[name][0]} ", "ink")]
        if self.has_class("-narrow"):
            head.append((f"{list(_DRAWN).index(name) + 1} of {len(_DRAWN)} · tab ", "faint"))
        if name == "week":
            head.append(
                (f"{plural(self._weeks, 'week')} · {plural(table.total.count, 'incident')} ", "muted")
            )
        if self._view.share:
            head.append((" % of the line ", "warn"))
        return tuple(head)

    # Standing.

    @on(Figures.Stood)
    def _stood(self) -> None:
        if not self.stands:
            return
        name = next((name for name, pane in self.tables.items() if pane.has_focus), None)
        if name is None or self._found is None:
            return
        target = self.tables[name].target
        told: Line = ()
        if target is not None:
            words = f" · {target.words}" if target.words else ""
            told = (
                (f" {target.title}", "strong"),
                (words, "warn" if words.startswith(" · unusual") else "ink"),
            )
            asked: Line = (("  ⏎ ", "key"), (str(target.query), "muted"))
            if cells((*told, *asked)) > self.app.size.width:
                copies = self.session.key("copy_query")
                asked = (
                    ("  ⏎ ", "key"),
                    ("lists it  ", "muted"),
                    (copies, "key"),
                    (" copies its query", "muted"),
                )
            told = (*told, *asked)
        self.query_one("#told", Bar).show(told)
        table = dict(self._found.tables)[name]
        self.query_one("#week", Pane).foot(self._week_foot())
        self.rule.show(lambda width: wrap([(table.rule, "ink")], width))
        self.query_one("#rule", Pane).head((("x ", "key"), (f"the rule of {_DRAWN[name][0]}", "ink")))

    def _week_foot(self) -> Line:
        width = self.tables["week"].scrollable_content_region.width
        return tuple((piece.text, piece.ink) for piece in legend(width))

    def action_step(self, by: int) -> None:
        """To the number beside it; past the first week shown, further back."""
        pane = of_figures(self.active)
        if pane is not None and not pane.step(by) and pane is self.tables["week"]:
            self.action_weeks(-by)

    def action_weeks(self, back: int) -> None:
        """Earlier weeks, or later ones."""
        if self._found is None:
            return
        table = self._found.by_week
        shown = weeks_shown(table, self.tables["week"].scrollable_content_region.width, View())
        farthest = len(table.columns) - len(shown)
        moved = max(0, min(farthest, self._view.back + back))
        if moved == self._view.back:
            self.say(
                "these are all the weeks that are counted · t counts more"
                if back > 0
                else "the latest week is shown"
            )
        else:
            self._view = replace(self._view, back=moved)
            self.show_tables()

    def action_range(self) -> None:
        """Count more weeks, or fewer."""
        self._weeks = RANGES[(RANGES.index(self._weeks) + 1) % len(RANGES)]
        self._view = replace(self._view, back=0)
        self._ask()
        self.say(f"counting {plural(self._weeks, 'week')}")

    def action_share(self) -> None:
        """Counts, or shares of their line."""
        self._view = replace(self._view, share=not self._view.share)
        self.show_tables()

    def action_why(self) -> None:
        """The rule behind the numbers, or not; where there is little room, in their place."""
        held = self._held
        self.toggle_class("-other-rule")
        self.set_focus(self.rule if self._covered else held.inner)

    @property
    def _covered(self) -> bool:
        """Whether the rule stands where the numbers were."""
        return self.has_class("-low") and self.has_class("-other-rule") and not self.has_class("-wide")

    @property
    def _held(self) -> Pane:
        """The pane of numbers that has the keys, or had them last."""
        return next((pane for pane in self.panes if pane.has_class("-held")), self.panes[0])

    def action_escape(self) -> None:
        """First back to the numbers that the rule covers."""
        if self._covered:
            self.action_why()
        else:
            super().action_escape()

    def action_copy_query(self) -> None:
        """Copy the query behind the number."""
        pane = of_figures(self.active)
        if pane is not None and pane.target is not None:
            self.copy(str(pane.target.query), f"query {clip(str(pane.target.query), 100)}")
        else:
            self.say("no number is under the cursor")

    @property
    def to_export(self) -> tuple[str, ...] | Part:
        """The incidents behind the number under the cursor."""
        pane = of_figures(self.active)
        return pane.target.query if pane is not None and pane.target is not None else ()

    @on(Figures.Opened)
    def _open_list(self, message: Figures.Opened) -> None:
        open_numbers(self, message.target.title, message.target.query)
