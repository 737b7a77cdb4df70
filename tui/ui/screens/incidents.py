"""What the screens with a list of incidents share: the list and what can be done to its rows."""

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.timer import Timer

from tui.domain.board import IncidentDetail, IncidentRow, StoryRow
from tui.domain.codes import Origin
from tui.domain.query_tree import EVERYTHING, Part
from tui.domain.views import SORTS, SavedView, name_of
from tui.ui.figures import Figures
from tui.ui.messages import IncidentRead
from tui.ui.panes.choices import of_incident
from tui.ui.panes.incidents import draw_incident, incident_heading, incident_rows, why_no_news
from tui.ui.panes.pane import Pane
from tui.ui.panes.stories import story_rows
from tui.ui.screens.frame import Frame
from tui.ui.session import Session
from tui.ui.untrusted import Line, Span, clip
from tui.ui.virtual_list import Row, VirtualList
from tui.ui.wording import window_name

_QUIET = 0.08
_LONGEST_FILTER = 40
_COLUMNS = {"age": "age", "cc": "country", "evt": "severity", "src": "sources", "crt": "certainty"}
"""Word of the heading to what a click on it sorts by."""


class IncidentList(Frame):
    """A screen whose main pane lists incidents."""

    COUNTRIES: ClassVar[bool] = True
    """Whether a row names its country."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._sort = SORTS[0]
        self._backwards = False
        self._sparse = True
        self._resting: Timer | None = None
        self._read: IncidentDetail | None = None
        self._generation = -1
        self._wanted: tuple[str, Callable[[StoryRow], None]] | None = None
        self.incidents = VirtualList[IncidentRow](self._draw, heading=self._heading, id="incident-list")

    @property
    def country(self) -> str | None:
        """The country the list is narrowed to; None: all."""
        raise NotImplementedError

    def _draw(self, row: Row[IncidentRow], width: int) -> Line:
        return draw_incident(row, width, self.session.now, countries=self.COUNTRIES)

    def _heading(self, width: int) -> Line:
        return incident_heading(width, countries=self.COUNTRIES, sort=self._sort, backwards=self._backwards)

    def show_incidents(self) -> None:
        """The rows of the board that belong here."""
        board = self.session.board
        if board is None:
            return
        rows = incident_rows(
            board,
            country=self.country,
            sort=self._sort,
            now=self.session.now,
            zone=self.session.zone,
            why_empty=why_no_news(
                board,
                self.session.status,
                self.session.liveness.word,
                self.country,
                self.session.key("window"),
                self.session.key("clear_filter"),
            ),
            separators=self._sparse,
            backwards=self._backwards,
        )
        self.incidents.set_rows(rows)
        self.show_borders()
        if board.generation != self._generation:
            # What was read of the incident under the cursor may be old now.
            self._generation = board.generation
            self._rest()

    @property
    def heading(self) -> Line:
        """What the border calls the list."""
        return (("incidents ", "ink"),)

    @on(VirtualList.Scrolled, "#incident-list")
    def _scrolled(self) -> None:
        self.show_borders()

    def show_borders(self) -> None:
        """How many, how many new, and what came in above the first row seen."""
        pane = self.incidents.parent
        if not isinstance(pane, Pane) or self.session.board is None:
            return
        items = [row.item for row in self.incidents.rows if row.item is not None]
        news = [item for item in items if item.origin is not Origin.BASELINE]
        new = sum(item.new for item in news)
        first = "first " if len(news) >= self.session.board.query.limit else ""
        head: list[Span] = [*self.heading, (f"{first}{len(news)} ", "muted")]
        if self.has_class("-narrow"):  # elsewhere the top bar has it
            head.append((f"in {window_name(self.session.query.window)} ", "muted"))
        if new:
            head.append((f" ● {new} new ", "new"))
        if len(items) > len(news):
            head.append((f" +{len(items) - len(news)} baseline ", "faint"))
        pane.head(tuple(head))
        above = sum(bool(item and item.new) for item in map(self.incidents.find, self.incidents.keys_above()))
        foot: list[Span] = [(f"▲ {above} new above · {self.session.key('top')} ", "key")] if above else []
        if (asked := self.session.query.filter) != EVERYTHING:
            name = name_of(self.session.board.views, asked)
            foot += [
                ("view " if name else "filter ", "faint"),
                (clip(name or str(asked), _LONGEST_FILTER), "warn"),
                (f" · {self.session.key('clear_filter')} clears · ", "faint"),
            ]
        pane.foot((*foot, (self.sorted_by, "faint")))

    @on(VirtualList.Opened, "#incident-list")
    def _open_incident(self, message: VirtualList.Opened) -> None:
        from tui.ui.screens.incident import Incident  # noqa: PLC0415 -- not needed for the first picture

        self.opened(message.key)
        self.app.push_screen(Incident(self.session, message.key, self.incidents.keys, self.crumbs))

    @on(Figures.Opened)
    def _open_numbers(self, message: Figures.Opened) -> None:
        from tui.ui.screens.numbers import open_numbers  # noqa: PLC0415 -- as above

        open_numbers(self, message.target.title, message.target.query)

    # The preview follows the cursor once it rests.

    @property
    def detail(self) -> IncidentDetail | None:
        """History and stories of the incident under the cursor, once they are read."""
        return self._read if self._read is not None and self._read.row.key == self.incidents.key else None

    def show_preview(self) -> None:
        """Show what is known of the incident under the cursor."""
        raise NotImplementedError

    @on(VirtualList.Selected, "#incident-list")
    def _rest(self) -> None:
        if self._resting is not None:
            self._resting.stop()
        self._resting = self.set_timer(_QUIET, lambda: self.call_later(self._follow))

    def _follow(self) -> None:
        self.show_preview()
        if self.incidents.key is not None:
            self.session.background.incident(self.incidents.key, self)

    @on(IncidentRead)
    def _incident_read(self, message: IncidentRead) -> None:
        if not self.stands:
            return
        if message.key == self.incidents.key and message.detail is not None:
            self._read = message.detail
            self.show_preview()

    # Marks.

    def see(self, keys: tuple[str, ...], saying: str) -> None:
        """Mark what is new of these as seen."""
        found = [row for row in map(self.incidents.find, keys) if row is not None]
        fresh = [row.key for row in found if row.new or row.updated]
        if fresh:
            self.session.marking.see(fresh, self.session.now, saying)
            self.remarked()
        else:
            self.say("nothing new to mark")

    def opened(self, key: str) -> None:
        """Opening one makes it seen."""
        row = self.incidents.find(key)
        if row is not None and (row.new or row.updated):
            self.session.marking.open(key, self.session.now)
            self.remarked()

    def action_next_new(self, by: int) -> None:
        """The next or previous row that is new or updated, round the end."""
        keys = self.incidents.keys
        if not keys:
            return
        at = keys.index(self.incidents.key) if self.incidents.key in keys else 0
        ring = [keys[(at + by * step) % len(keys)] for step in range(1, len(keys) + 1)]
        for key in ring:
            row = self.incidents.find(key)
            if row is not None and (row.new or row.updated):
                if key == self.incidents.key and self.focused is self.incidents:
                    self.say("nothing else is new")
                    return
                self.set_focus(self.incidents)
                self.incidents.select(key)
                return
        self.say("nothing new")

    def action_seen_next(self) -> None:
        """This one is seen; on to the next new one."""
        if self.incidents.key is not None:
            self.see((self.incidents.key,), "marked seen")
            self.action_next_new(1)

    def action_toggle_seen(self) -> None:
        """Seen becomes new, new becomes seen."""
        row = self.incidents.item
        if row is None:
            return
        if row.origin is Origin.BASELINE:
            self.say("a baseline incident is never new: it comes with the program")
            return
        if row.new or row.updated:
            self.session.marking.see((row.key,), self.session.now)
        else:
            self.session.marking.unsee((row.key,), self.session.now)
        self.remarked()

    def action_all_seen(self) -> None:
        """Everything in this list is seen."""
        self.see(self.incidents.keys, "all marked seen")

    def action_watch(self) -> None:
        """Put a star on it, or take it away."""
        row = self.incidents.item
        if row is not None:
            self.session.marking.watch(row.key, self.session.now, watched=not row.watched)
            self.remarked()

    # The list.

    def action_sort(self) -> None:
        """By the next column."""
        self._sort_by(SORTS[(SORTS.index(self._sort) + 1) % len(SORTS)], backwards=False)

    def sort_by(self, sort: str) -> None:
        """By that column."""
        self._sort_by(sort, backwards=False)

    @on(VirtualList.HeadingClicked, "#incident-list")
    def _heading_clicked(self, message: VirtualList.HeadingClicked) -> None:
        column = _COLUMNS.get(message.word.rstrip("↓↑"))
        if column is not None:
            self._sort_by(column, backwards=column == self._sort and not self._backwards)

    def _sort_by(self, column: str, *, backwards: bool) -> None:
        self._sort, self._backwards = column, backwards
        self.show_incidents()
        self.incidents.to_top()
        self.incidents.refresh()

    @property
    def sorted_by(self) -> str:
        """The column and its direction, for the border."""
        return f"sort {self._sort} {'↑' if self._backwards else '↓'}"

    def action_density(self) -> None:
        """With or without separators."""
        self._sparse = not self._sparse
        self.show_incidents()
        if self._sort != "age" or self._backwards:
            self.say("separators stand where the list is sorted by age, the latest first")

    def action_filter(self) -> None:
        """Chips over the lists."""
        from tui.ui.screens.filter import Filter  # noqa: PLC0415 -- not needed for the first picture

        self.app.push_screen(Filter(self.session, self), self._narrow)

    def action_note(self) -> None:
        """A note of the person's own beside the incident under the cursor."""
        from tui.ui.noting import ask_note  # noqa: PLC0415 -- not needed for the first picture

        ask_note(self, self.incidents.item)

    def action_tags(self) -> None:
        """Tags of the person's own."""
        from tui.ui.noting import ask_tags  # noqa: PLC0415 -- as above

        ask_tags(self, self.incidents.item)

    @property
    def asked(self) -> SavedView:
        """What the list shows, as a view without a name."""
        query = self.session.query
        asked = str(query.filter)
        if self.country:
            asked = (
                f"country:{self.country} {asked}".strip()
                if " OR " not in asked
                else f"country:{self.country} ({asked})"
            )
        return SavedView("", asked, query.window, self._sort)

    def action_save_view(self) -> None:
        """Keep what the list asks for under a name."""
        from tui.ui.viewing import ask_to_save  # noqa: PLC0415 -- as above

        ask_to_save(self, self.asked)

    def action_wrong(self) -> None:
        """Say what is wrong with the incident under the cursor."""
        row = self.incidents.item
        if row is None:
            return
        if row.origin is Origin.BASELINE:
            self.say("a baseline incident comes with the program; only incidents in the news are corrected")
            return
        self.ask_what_is_wrong(row.line, of_incident(row, self.detail.proposals if self.detail else ()))

    def action_why(self) -> None:
        """Open it where it tells why its stories are one incident."""
        from tui.ui.screens.incident import Incident  # noqa: PLC0415 -- not needed for the first picture

        if self.incidents.key is not None:
            key = self.incidents.key
            self.opened(key)
            self.app.push_screen(Incident(self.session, key, self.incidents.keys, self.crumbs, why=True))

    @property
    def to_export(self) -> tuple[str, ...] | Part:
        """Everything in the list."""
        return self.incidents.keys

    def action_earlier(self) -> None:
        """The same lists an hour ago, in the replay."""
        from tui.ui.screens.replay import Replay  # noqa: PLC0415 -- not needed for the first picture

        self.app.push_screen(Replay(self.session, hours_back=1))

    def action_later(self) -> None:
        """There is nothing after now."""
        self.say(f"this is now · {self.session.key('earlier')} goes back, in the replay")

    def action_clear_filter(self) -> None:
        """Show everything again."""
        if not self.session.clear():
            self.say("no filter is set")
        self.show_frame()
        self.show_borders()

    def _narrow(self, asked: Part | None) -> None:
        if asked is not None:
            self.session.narrow(asked)
        self.show_frame()
        self.show_borders()

    # Acting on the best story of the incident under the cursor, which is read for it.

    def action_browser(self) -> None:
        """Open it in the browser."""
        self._with_story(self.open_link)

    def action_browser_seen(self) -> None:
        """The same, and the incident is seen."""
        self.action_browser()
        if self.incidents.key is not None:
            self.see((self.incidents.key,), "marked seen")

    def action_cite(self) -> None:
        """Copy its citation."""
        self._with_story(self.copy_citation)

    def action_link(self) -> None:
        """Copy its link."""
        self._with_story(self.copy_link)

    def _with_story(self, act: Callable[[StoryRow], None]) -> None:
        key = self.incidents.key
        if key is not None:
            self._wanted = (key, act)
            self.session.background.incident(key, self)

    @on(IncidentRead)
    def _act_on_story(self, message: IncidentRead) -> None:
        if self._wanted is None or self._wanted[0] != message.key:
            return
        act = self._wanted[1]
        self._wanted = None
        stories = story_rows(message.detail.stories) if message.detail else []
        if stories and stories[0].item is not None:
            act(stories[0].item)
        else:
            self.say("a baseline incident has no story" if message.detail else "no longer in the store")
