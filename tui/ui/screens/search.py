"""Search as you type over everything stored."""

from collections.abc import Iterable

from textual import on
from textual.containers import Horizontal
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input

from tui.domain.board import Facet, Facets, Found, StoryHit
from tui.domain.query import parse_query
from tui.domain.query_leaf import QueryProblem
from tui.domain.query_tree import EVERYTHING, Part
from tui.domain.query_words import toggled, words_asked
from tui.domain.views import SavedView
from tui.ui.actions import SEARCH, bindings
from tui.ui.messages import FacetsRead, HitsRead, StoryRead
from tui.ui.panes.choices import of_detail
from tui.ui.panes.hits import draw_facet, draw_hit, facet_rows, hit_rows
from tui.ui.panes.pane import Pane
from tui.ui.query_box import LineBox, QueryBox
from tui.ui.screens.alone import together
from tui.ui.screens.frame import Frame
from tui.ui.session import Session
from tui.ui.sheet import Sheet
from tui.ui.untrusted import Line, clip
from tui.ui.viewing import ask_to_save
from tui.ui.virtual_list import Row, VirtualList
from tui.ui.wording import plural

_QUIET = 0.12
"""Seconds without a key before the store is asked."""


class Search(Frame):
    """A box, what was found, and what that has in common."""

    CONTEXT = SEARCH
    BINDINGS = bindings(SEARCH)
    CSS_PATH = "../styles/search.tcss"

    def __init__(self, session: Session, text: str = "", *, into_results: bool = False) -> None:
        super().__init__(session)
        self._first = text
        self._into = into_results
        """Whether the keys go to the results as soon as there are any."""
        self._query: Part = EVERYTHING
        self._lit: tuple[str, ...] = ()
        self._found: Found[StoryHit] | None = None
        self._facets: Facets | None = None
        self._asked_at = 0.0
        self._took = 0.0
        self._waiting: Timer | None = None
        self._problem: QueryProblem | None = None
        self._doubted: str | None = None
        """Key of the story that is read because something is wrong with it."""
        self._scope = text.strip()
        self._all_values: set[str] = set()
        """Fields of which every value is listed."""

    @property
    def crumbs(self) -> tuple[str, ...]:
        """Monitor › search."""
        return ("monitor", "search")

    def body(self) -> Iterable[Widget]:
        """Box over facets and results."""
        self.box = QueryBox(self._first, id="query")
        self.facets = VirtualList[Facet](self._draw_facet, id="facet-list")
        self.hits = VirtualList[StoryHit](self._draw_hit, id="hit-list")
        yield Pane(self.box, id="box")
        with Horizontal(id="across"):
            yield Pane(self.facets, id="facets")
            yield Pane(self.hits, id="hits")

    def on_mount(self) -> None:
        """Keys go to the box."""
        super().on_mount()
        self.query_one("#box", Pane).head(
            (("/ ", "key"), ("search ", "strong"), ("everything stored ", "muted"))
        )
        self.query_one("#facets", Pane).head((("in common", "ink"),))
        self.query_one("#hits", Pane).head((("results", "ink"),))
        self.set_focus(self.box)
        self._ask()

    @property
    def active(self) -> "VirtualList[Facet] | VirtualList[StoryHit] | Sheet | None":
        """The results, unless another list has the keys."""
        return self.facets if self.focused is self.facets else self.hits

    def _draw_hit(self, row: Row[StoryHit], width: int) -> Line:
        return draw_hit(row, width, self.session.now, self._lit)

    def _draw_facet(self, row: Row[Facet], width: int) -> Line:
        return draw_facet(row, width, self._query)

    # Asking.

    @on(Input.Changed, "#query")
    def _typed(self) -> None:
        if self._waiting is not None:
            self._waiting.stop()
        self._waiting = self.set_timer(_QUIET, lambda: self.call_later(self._ask))
        self.show_frame()

    @on(QueryBox.Refused)
    def _refused(self, message: LineBox.Refused) -> None:
        self.say(
            f"{message.letters:,} characters were pasted and there is room for {message.room:,}: none were taken",
            severity="warning",
        )

    def show_board(self) -> None:
        """Something was stored: ask again, so that the results are those of now."""
        self._ask()

    def _ask(self) -> None:
        if not self.stands:
            return
        query = parse_query(self.box.value)
        self._problem = query if isinstance(query, QueryProblem) else None
        if not isinstance(query, QueryProblem):
            self._query = query
            self._asked_at = self.session.clock.monotonic()
            self.session.background.search(query, self)
        self._show_foot()

    @on(HitsRead)
    def _hits_read(self, message: HitsRead) -> None:
        if not self.stands or message.query != self._query:
            return
        self._took = self.session.clock.monotonic() - self._asked_at
        self._found = message.found
        self._lit = words_asked(self._query)
        self.hits.set_rows(hit_rows(message.found.rows))
        self.hits.refresh()
        self._show_foot()
        if self._into and message.found.rows:
            self._into = False
            self.set_focus(self.hits)

    @on(FacetsRead)
    def _facets_read(self, message: FacetsRead) -> None:
        if not self.stands or message.query != self._query:
            return
        self._facets = message.facets
        self.facets.set_rows(facet_rows(message.facets, self._all_values))
        self.facets.refresh()
        self._show_foot()

    def _show_foot(self) -> None:
        box, hits = self.query_one("#box", Pane), self.query_one("#hits", Pane)
        if self._problem is not None:
            problem = self._problem
            at = "" if problem.start == 0 else f" at {problem.start + 1}"
            box.foot(((clip(f"{problem.said}{at} · {problem.hint} ", max(20, self.size.width - 6)), "warn"),))
            asked = clip(str(self._query), max(20, self.size.width - 40)) or "everything"
            hits.foot(((f"still of the query before: {asked} ", "warn"),) if self.hits.rows else ())
            return
        told: Line = ()
        if self._found is not None:
            stories = plural(self._found.total, "story", "stories")
            more = "" if self._found.counted else "more than "
            told = ((f"{more}{stories} · {self._took * 1000:.0f} ms ", "muted"),)
            if not self._found.rows:
                hits.foot((("nothing found · fewer words find more, OR finds either ", "muted"),))
            else:
                shown = len(self._found.rows)
                rest = f"the first {shown} " if shown < self._found.total else ""
                hits.foot(((rest, "faint"),))
        if self._facets is not None:
            told = ((f"{plural(self._facets.incidents, 'incident')} · ", "muted"), *told)
        box.foot(told)

    # Moving and opening.

    def bar_keys(self) -> tuple[tuple[str, str], ...]:
        """In the box letters are typed: other keys hold there than in the lists."""
        if self.focused is not self.box:
            return super().bar_keys()
        lists = () if self.has_class("-narrow") else (("tab", "in common"),)
        if self._scoped:
            lists = (("tab", "everything"),)
        return ((self.session.key("open"), "results"), *lists, ("end", "complete"), ("esc", "back"))

    @property
    def help_key(self) -> str:
        """In the box a question mark is a letter."""
        return "f1" if self.focused is self.box else super().help_key

    def on_descendant_focus(self) -> None:
        """Other keys hold now."""
        self.show_frame()

    def action_facets(self) -> None:
        """To what the results have in common; where only one list has room, in the place of the results, and back."""
        if self.has_class("-narrow"):
            self.toggle_class("-in-common")
            self.set_focus(self.facets if self.has_class("-in-common") else self.hits)
        else:
            self.set_focus(self.facets)

    def action_move(self, by: int) -> None:
        """By rows; from the box into the results."""
        if self.focused is self.box:
            if by > 0 and self.hits.rows:
                self.set_focus(self.hits)
            return
        if by < 0 and self.focused is self.hits and self.hits.key == next(iter(self.hits.keys), None):
            self.set_focus(self.box)
            return
        super().action_move(by)

    def action_focus_pane(self, by: int) -> None:
        """From a search that began on one screen's incidents, first to everything; else to the next pane."""
        if self.focused is self.box and by > 0 and self._scoped:
            self.box.value = self.box.value.lstrip().removeprefix(self._scope).lstrip()
            self.box.cursor_position = len(self.box.value)
            self.say("searching everything stored")
        else:
            super().action_focus_pane(by)

    @property
    def _scoped(self) -> bool:
        """Whether the query still begins with what the screen it was asked from is about."""
        return bool(self._scope) and self.box.value.lstrip().startswith(self._scope)

    def action_search(self) -> None:
        """Back to the box, which must be there to be typed into."""
        together(self)
        self.set_focus(self.box)

    def action_filter_by(self) -> None:
        """Narrow the lists to this query, and go back to them."""
        if self._refuses():
            return
        self.session.narrow(self._query)
        self.say(
            f"the lists show {clip(str(self._query), 60) or 'everything'} · {self.session.key('clear_filter')} clears"
        )
        self.action_back()

    def action_save_view(self) -> None:
        """Keep the query under a name."""
        if not self._refuses():
            ask_to_save(self, SavedView("", str(self._query), None))

    def _refuses(self) -> bool:
        """Whether what stands in the box is no query, which is said: the one before is not meant."""
        if self._problem is not None:
            self.say(f"{self._problem.said}; {self._problem.hint}".removesuffix("; "), severity="warning")
        return self._problem is not None

    @on(Input.Submitted, "#query")
    def _into_results(self) -> None:
        if self.hits.rows:
            self.set_focus(self.hits)

    @on(VirtualList.Opened, "#facet-list")
    def _toggle(self) -> None:
        facet = self.facets.item
        if facet is not None and not facet.value:
            self._all_values ^= {facet.field}
            if self._facets is not None:
                self.facets.set_rows(facet_rows(self._facets, self._all_values))
        elif facet is not None:
            self.box.value = str(toggled(self._query, facet.field, facet.value))
            self.box.cursor_position = len(self.box.value)

    @on(VirtualList.Opened, "#hit-list")
    def _open_story(self, message: VirtualList.Opened) -> None:
        from tui.ui.screens.story import Story  # noqa: PLC0415 -- not needed for the first picture

        self.app.push_screen(Story(self.session, message.key, self.hits.keys, self.crumbs))

    def action_escape(self) -> None:
        """Back; from what the results have in common, where that stands in their place, to the results."""
        if self.has_class("-narrow") and self.has_class("-in-common") and not self.has_class("-alone"):
            self.action_facets()
        else:
            super().action_escape()

    @property
    def to_export(self) -> tuple[str, ...] | Part:
        """The incidents that the query finds."""
        return self._query

    def action_wrong(self) -> None:
        """Say what is wrong with the story under the cursor; it is read first."""
        if self.hits.key is None:
            self.say("nothing is found that could be wrong")
        else:
            self._doubted = self.hits.key
            self.session.background.story(self.hits.key, self)

    @on(StoryRead)
    def _ask_about(self, message: StoryRead) -> None:
        if message.key == self._doubted and message.detail is not None and self.is_current:
            self._doubted = None
            title = message.detail.row.title or "(no headline)"
            self.ask_what_is_wrong(title, of_detail(message.detail, self.session.now))

    def action_why(self) -> None:
        """Open the story where it tells why it was matched."""
        from tui.ui.screens.story import Story  # noqa: PLC0415 -- not needed for the first picture

        if self.hits.key is None:
            self.say("nothing is found that could be explained")
        else:
            self.app.push_screen(Story(self.session, self.hits.key, self.hits.keys, self.crumbs, why=True))

    def action_browser_seen(self) -> None:
        """The browser; a story found is neither new nor seen."""
        self.action_browser()

    def action_browser(self) -> None:
        """Open the story under the cursor in the browser."""
        if self.hits.item is not None:
            self.open_link(self.hits.item.story)
        else:
            self.say("nothing is found that could be opened")

    def action_cite(self) -> None:
        """Copy its citation."""
        if self.hits.item is not None:
            self.copy_citation(self.hits.item.story)
        else:
            self.say("nothing is found that could be copied")

    def action_link(self) -> None:
        """Copy its link."""
        if self.hits.item is not None:
            self.copy_link(self.hits.item.story)
        else:
            self.say("nothing is found that could be copied")
