"""One incident: what is known, why so certain, how it came about; and the stories that tell it."""

from collections.abc import Callable, Iterable
from typing import Any

from textual import on
from textual.containers import Horizontal, Vertical
from textual.timer import Timer
from textual.widget import Widget

from tui.domain.board import IncidentDetail, IncidentRow, LinkedIncident, StoryDetail, StoryRow
from tui.domain.codes import Origin
from tui.domain.history import MOVED_TO, RULE
from tui.domain.query_tree import Part
from tui.ui.actions import INCIDENT, Action, bindings
from tui.ui.messages import IncidentRead, StoryRead
from tui.ui.noting import ask_note, ask_tags
from tui.ui.panes.choices import of_incident
from tui.ui.panes.facts import incident_lines
from tui.ui.panes.linked import draw_linked
from tui.ui.panes.map import known_to
from tui.ui.panes.pane import Pane
from tui.ui.panes.sources import source_lines
from tui.ui.panes.stories import draw_story, story_rows
from tui.ui.panes.story_text import page
from tui.ui.panes.why import assignment_lines
from tui.ui.past import detail_at
from tui.ui.screens.frame import Frame
from tui.ui.screens.story import Story
from tui.ui.session import Session
from tui.ui.sheet import Sheet
from tui.ui.untrusted import Line, hung, wrap
from tui.ui.virtual_list import Row, VirtualList
from tui.ui.wording import plural
from tui.ui.world.paint import paint_of
from tui.ui.world.widget import WorldMap

_QUIET = 0.08
_LINKED_SEEN = 4
"""Rows of the series that are seen at once."""


class Incident(Frame):
    """Facts left, stories right."""

    CONTEXT = INCIDENT
    BINDINGS = bindings(INCIDENT)
    CSS_PATH = "../styles/incident.tcss"

    def __init__(
        self, session: Session, key: str, keys: tuple[str, ...], trail: tuple[str, ...], *, why: bool = False
    ) -> None:
        super().__init__(session)
        self._key = key
        self._keys = keys
        self._trail = trail
        self._detail: IncidentDetail | None = None
        self._story: StoryDetail | None = None
        self._wait: Timer | None = None
        self._generation = -1
        self._grouping = why

    @property
    def crumbs(self) -> tuple[str, ...]:
        """… › incident 3 of 12."""
        at = f" {self._keys.index(self._key) + 1} of {len(self._keys)}" if self._key in self._keys else ""
        return (*self._trail, f"incident{at}")

    def body(self) -> Iterable[Widget]:
        """Facts; stories over an excerpt."""
        self.facts = Sheet(id="fact-lines")
        self.stories = VirtualList[StoryRow](self._draw_story, id="story-list")
        self.excerpt = Sheet(id="excerpt-lines", focusable=False)
        self.linked = VirtualList[LinkedIncident](draw_linked, id="linked-list")
        self.map = WorldMap(id="world-map")
        with Horizontal(id="across"):
            with Vertical(id="left"):
                yield Pane(self.facts, id="facts")
                yield Pane(self.map, id="map")
                yield Pane(self.linked, id="linked")
            with Vertical(id="right"):
                yield Pane(self.stories, id="stories")
                yield Pane(self.excerpt, id="excerpt")

    def on_mount(self) -> None:
        """Keys go to the stories."""
        self._heads()
        super().on_mount()
        self.set_focus(self.stories)

    def _heads(self) -> None:
        self.query_one("#facts", Pane).head((("incident", "ink"),))
        self.query_one("#stories", Pane).head((("stories", "ink"),))
        self.query_one("#excerpt", Pane).head((("excerpt", "ink"),))
        self._show_linked(())

    def _draw_story(self, row: Row[StoryRow], width: int) -> Line:
        return draw_story(row, width, self.session.now)

    def show_board(self) -> None:
        """Another generation may hold more of it."""
        board = self.session.board
        if board is not None and board.generation != self._generation:
            self._generation = board.generation
            self.session.background.incident(self._key, self)

    @on(IncidentRead)
    def _incident_read(self, message: IncidentRead) -> None:
        if not self.stands:
            return
        if message.key != self._key:
            return
        if message.detail is None:
            self.say("this incident is no longer in the store", severity="warning")
            return
        first = self._detail is None
        detail = detail_at(message.detail, self.session.now) if self.session.past else message.detail
        self._detail = detail
        self._show(detail)
        if first and self._grouping:
            self.set_focus(self.facts)
            self.facts.to_bottom()

    def _show(self, detail: IncidentDetail) -> None:
        self.facts.show(lambda width: self._fact_lines(detail, width), keep_place=True)
        self.query_one("#facts", Pane).foot(((f"id {detail.row.key} ", "faint"),))
        self.stories.set_rows(story_rows(detail.stories))
        self._show_linked(detail.linked)
        self._show_where(detail.row)
        languages = len({story.lang for story in detail.stories})
        told_by = f"{plural(detail.publishers, 'publisher')} · {plural(languages, 'language')}"
        counts = (
            f"{len(detail.stories)} · {told_by}"
            if detail.stories
            else f"none · {_no_stories(detail).partition(';')[0]}"
        )
        self.query_one("#stories", Pane).head((("stories ", "ink"), (counts, "muted")))
        self.query_one("#stories", Pane).foot((("match score ↓", "faint"),))
        self.show_frame()  # enter is offered where there is a row
        if not detail.stories:
            told = _no_stories(detail)
            self.excerpt.show(lambda width: wrap([(told, "muted")], width))

    def _show_where(self, row: IncidentRow) -> None:
        """Its country among the neighbours, and the place when more than the country is known; else no map."""
        board = self.session.board
        # A class: `display` set here would win over the sizes at which there is room for it.
        self.query_one("#map", Pane).set_class(not row.facts.affected, "-nowhere")
        if board is None or not row.facts.affected:
            return
        self.map.show_area(row.facts.affected[0])
        self.map.show_paint(paint_of(board, self.map.telling, row.facts.affected[0], row))
        self.query_one("#map", Pane).head((("where ", "ink"), (f"· {known_to(row)} ", "muted")))

    @on(WorldMap.Moved)
    def _map_moved(self) -> None:
        board = self.session.board
        if board is not None and self._detail is not None:
            row = self._detail.row
            self.map.show_paint(paint_of(board, self.map.telling, self.place, row))

    @property
    def place(self) -> str:
        """The state it happened to."""
        affected = self._detail.row.facts.affected if self._detail else ()
        return affected[0] if affected else ""

    def _show_linked(self, linked: tuple[LinkedIncident, ...]) -> None:
        """The other incidents of its series; no pane where there are none."""
        pane = self.query_one("#linked", Pane)
        pane.display = bool(linked)
        for rows in range(1, _LINKED_SEEN + 1):
            pane.set_class(min(len(linked), _LINKED_SEEN) == rows, f"-rows{rows}")
        self.linked.set_rows([Row(one.row.key, one) for one in linked])
        pane.head((("same series ", "ink"), (plural(len(linked), "incident"), "muted")))

    def _fact_lines(self, detail: IncidentDetail, width: int) -> list[Line]:
        now, zone = self.session.now, self.session.zone
        lines = incident_lines(detail, width, now, zone, self.session.gate.unresolved_after)
        if detail.hidden:
            undo = self.session.key("undo")
            said = f"you said: not an incursion · hidden from the lists · {undo} takes it back"
            lines = [*hung([("✎ ", "warn")], [(said, "warn")], width), (), *lines]
        for other in detail.proposals:
            lines += [
                (),
                *wrap([("may be the same as ", "warn"), (other.line, "ink"), (" · ! merges", "key")], width),
            ]
        if detail.chain.links:
            lines += [(), (("sources", "faint"),), *source_lines(detail.chain, width, now, zone)]
        if self._grouping:
            lines += [(), (("why these stories are one incident", "faint"),)]
            titles = {story.key: story for story in detail.stories}
            if not detail.assignments:
                lines += wrap([(f"nothing was grouped here: {_no_stories(detail)}", "muted")], width)
            for assignment in detail.assignments:
                story = titles.get(assignment.story)
                lines.append(((story.publisher if story else "a story since gone", "acc"),))
                lines += assignment_lines(assignment, width)
        return lines

    @on(VirtualList.Selected, "#story-list")
    def _story_selected(self) -> None:
        if self._wait is not None:
            self._wait.stop()
        self._wait = self.set_timer(_QUIET, lambda: self.call_later(self._follow))

    def _follow(self) -> None:
        if self.stories.key is not None:
            self.session.background.story(self.stories.key, self)

    @on(StoryRead)
    def _story_read(self, message: StoryRead) -> None:
        if not self.stands:
            return
        if message.detail is not None and message.key == self.stories.key:
            story = message.detail
            self._story = story
            self.excerpt.show(lambda width: page(story, width, self.session.now, self.session.zone).lines[1:])

    @on(VirtualList.Selected, "#linked-list")
    def _linked_selected(self) -> None:
        if self.linked.item is not None:
            self.query_one("#linked", Pane).foot(((self.linked.item.why, "faint"),))

    @on(VirtualList.Opened, "#linked-list")
    def _open_linked(self, message: VirtualList.Opened) -> None:
        self.app.push_screen(Incident(self.session, message.key, self.linked.keys, self.crumbs))
        self.session.marking.open(message.key, self.session.now)
        self.remarked()

    @on(VirtualList.Opened, "#story-list")
    def _open_story(self, message: VirtualList.Opened) -> None:
        self.app.push_screen(Story(self.session, message.key, self.stories.keys, self.crumbs))

    def allows(self, action: Action) -> bool:
        """Enter opens a row: there is none where no story was collected."""
        return action.id != "open" or self._rows.key is not None

    @property
    def _rows(self) -> VirtualList[Any]:
        """What enter opens a row of."""
        return self.active if isinstance(self.active, VirtualList) else self.stories

    def action_open(self) -> None:
        """The story selected, also while the facts or the reasons are read."""
        if self._rows.key is None and self._detail is not None:
            self.say(_no_stories(self._detail))
        self._rows.open()

    def action_next_item(self, by: int) -> None:
        """The next incident of the list we came from; opening it means it is seen."""
        if len(self._keys) < 2 or self._key not in self._keys:
            self.say("there is no other in the list")
            return
        self._go_to(self._keys[(self._keys.index(self._key) + by) % len(self._keys)])

    def _go_to(self, key: str) -> None:
        self._key = key
        self._detail = self._story = None
        self._heads()
        self.stories.set_rows(())
        self.excerpt.show(lambda _width: ())
        self.session.background.incident(self._key, self)
        self.session.marking.open(self._key, self.session.now)
        self.remarked()

    def action_next_new(self, by: int) -> None:
        """The next incident of the list that is new or updated, round the end."""
        board = self.session.board
        fresh = {row.key for row in board.incidents if row.new or row.updated} if board else set()
        at = self._keys.index(self._key) if self._key in self._keys else 0
        ring = [self._keys[(at + by * step) % len(self._keys)] for step in range(1, len(self._keys))]
        found = next((key for key in ring if key in fresh), None)
        if found is None:
            self.say("nothing else is new")
        else:
            self._go_to(found)

    def action_seen_next(self) -> None:
        """It was seen by opening it: on to the next new one."""
        self.action_next_new(1)

    @property
    def to_export(self) -> tuple[str, ...] | Part:
        """This one."""
        return (self._key,)

    def action_why(self) -> None:
        """Why its stories are one incident, below the facts."""
        self._grouping = not self._grouping
        if self._detail is not None:
            self._show(self._detail)
            if self._grouping:
                self.set_focus(self.facts)
                self.facts.to_bottom()

    def action_toggle_seen(self) -> None:
        """It counts as new again; it was seen by opening it."""
        if self._detail is not None and self._detail.row.origin is Origin.BASELINE:
            self.say("a baseline incident is never new: it comes with the program")
        elif self._detail is not None:
            self.session.marking.unsee((self._key,), self.session.now, "counts as new again")
            self.remarked()

    def action_wrong(self) -> None:
        """Say what is wrong with it."""
        detail = self._detail
        if detail is not None and detail.row.origin is Origin.BASELINE:
            self.say("a baseline incident comes with the program; only incidents in the news are corrected")
        elif detail is not None:
            self.ask_what_is_wrong(detail.row.line, of_incident(detail.row, detail.proposals))

    def action_watch(self) -> None:
        """Put a star on it, or take it away."""
        board = self.session.board
        known = self._detail.row if self._detail else None  # it may be older than the board's window
        row = next((row for row in board.incidents if row.key == self._key), known) if board else known
        if row is not None:
            said = "no longer watched" if row.watched else "watched ★"
            self.session.marking.watch(self._key, self.session.now, watched=not row.watched, said=said)
            self.remarked()

    def action_note(self) -> None:
        """A note of the person's own beside it."""
        ask_note(self, self._detail.row if self._detail else None)

    def action_tags(self) -> None:
        """Tags of the person's own."""
        ask_tags(self, self._detail.row if self._detail else None)

    def action_browser(self) -> None:
        """The story under the cursor, in the browser."""
        self._with_story(self.open_link)

    def action_browser_seen(self) -> None:
        """Opening it here has already marked it seen."""
        self.action_browser()

    def action_cite(self) -> None:
        """Citation of the story under the cursor."""
        self._with_story(self.copy_citation)

    def action_link(self) -> None:
        """Link of the story under the cursor."""
        self._with_story(self.copy_link)

    def _with_story(self, act: Callable[[StoryRow], None]) -> None:
        story = self.stories.item
        if story is None:
            self.say("this incident has no story")
        else:
            act(story)


def _no_stories(detail: IncidentDetail) -> str:
    """Why an incident has none."""
    if detail.row.origin is Origin.BASELINE:
        return "a known incident of the past; no story of it was collected"
    last = detail.timeline[-1] if detail.timeline else None
    if last is not None and last.source == RULE and last.text.startswith(MOVED_TO):
        return f"its stories are in another incident now: {last.text.removeprefix(MOVED_TO)}"
    return "its stories are no longer in the store"
