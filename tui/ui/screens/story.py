"""One story: its words, and beside them why it was matched and what was read from it."""

from collections.abc import Iterable

from textual import on
from textual.containers import Horizontal
from textual.widget import Widget

from tui.domain.board import IncidentRow, StoryDetail
from tui.domain.query_tree import Part
from tui.ui.actions import STORY, bindings
from tui.ui.messages import StoryRead
from tui.ui.panes.choices import of_detail
from tui.ui.panes.pane import Pane
from tui.ui.panes.story_text import mark_count, page, raw_lines
from tui.ui.panes.why import why_lines
from tui.ui.screens.frame import Frame
from tui.ui.session import Session
from tui.ui.sheet import Sheet
from tui.ui.untrusted import Line

_LINKS = 9


class Story(Frame):
    """Text left; why and facts right, or instead of it where there is no room for both."""

    CONTEXT = STORY
    BINDINGS = bindings(STORY)
    CSS_PATH = "../styles/story.tcss"

    def __init__(
        self, session: Session, key: str, keys: tuple[str, ...], trail: tuple[str, ...], *, why: bool = False
    ) -> None:
        super().__init__(session)
        self._key = key
        self._keys = keys
        self._trail = trail
        self._detail: StoryDetail | None = None
        self._mark: int | None = None
        self._raw = False
        self._why_first = why
        self._generation = -1

    @property
    def crumbs(self) -> tuple[str, ...]:
        """… › publisher."""
        return (
            *self._trail,
            self._detail.row.publisher or self._detail.row.feed if self._detail else "story",
        )

    def body(self) -> Iterable[Widget]:
        """Text and why."""
        self.text = Sheet(id="text-lines")
        self.reasons = Sheet(id="why-lines")
        with Horizontal(id="across"):
            yield Pane(self.text, id="text")
            yield Pane(self.reasons, id="why")

    def on_mount(self) -> None:
        """Keys go to the text."""
        super().on_mount()
        at = f"{self._keys.index(self._key) + 1} of {len(self._keys)}" if self._key in self._keys else ""
        self.query_one("#text", Pane).head((("story ", "ink"), (at, "muted")))
        self.query_one("#why", Pane).head((("x ", "key"), ("why & facts", "ink")))
        # How much room there is is not known yet; where there is room for both, the mark shows nothing else.
        self.set_class(self._why_first, "-show-why")
        self.set_focus(self.reasons if self._why_first else self.text)

    def show_board(self) -> None:
        """Another generation may hold another wording."""
        board = self.session.board
        if board is not None and board.generation != self._generation:
            self._generation = board.generation
            self.session.background.story(self._key, self)

    @on(StoryRead)
    def _story_read(self, message: StoryRead) -> None:
        if not self.stands:
            return
        if message.key != self._key:
            return
        if message.detail is None:
            self.say("this story is no longer in the store", severity="warning")
            return
        fresh = self._detail is None or self._detail.row.key != message.detail.row.key
        self._detail = message.detail
        self._show(message.detail, keep_place=not fresh)
        self.show_frame()

    def _show(self, detail: StoryDetail, *, keep_place: bool) -> None:
        self.text.show(self._lay_out, keep_place=keep_place)
        self.query_one("#text", Pane).foot(((f"id {detail.row.key[:12]} ", "faint"),))
        self.reasons.show(lambda width: why_lines(detail, width), keep_place=keep_place)

    def _lay_out(self, width: int) -> tuple[Line, ...]:
        if self._raw and self._detail is not None:
            return raw_lines(self._detail, width)
        return (
            page(self._detail, width, self.session.now, self.session.zone, self._mark).lines
            if self._detail
            else ()
        )

    def action_next_fact(self, by: int) -> None:
        """Stand on the next words that a fact was read from."""
        detail = self._detail
        self._raw = False
        count = mark_count(detail) if detail is not None else 0
        if detail is None or not count:
            self.say("no words of it are marked")
            return
        self._mark = (by - 1 if by > 0 else count - 1) if self._mark is None else (self._mark + by) % count
        self._show(detail, keep_place=True)
        places = page(
            detail, self.text.scrollable_content_region.width, self.session.now, self.session.zone, self._mark
        ).places
        if places:
            self.text.bring(places[0])

    def action_next_item(self, by: int) -> None:
        """The next story of the list we came from."""
        if len(self._keys) < 2 or self._key not in self._keys:
            self.say("there is no other in the list")
            return
        at = (self._keys.index(self._key) + by) % len(self._keys)
        self._key = self._keys[at]
        self._mark = None
        self.query_one("#text", Pane).head((("story ", "ink"), (f"{at + 1} of {len(self._keys)}", "muted")))
        self.session.background.story(self._key, self)

    def action_why(self) -> None:
        """Where both are seen, give the keys to the other; else show the other."""
        if self.has_class("-narrow"):
            self.toggle_class("-show-why")
            self.set_focus(self.reasons if self.has_class("-show-why") else self.text)
        else:
            self.set_focus(self.text if self.reasons.has_focus else self.reasons)

    def action_wrong(self) -> None:
        """Say what is wrong with it."""
        detail = self._detail
        if detail is None:
            return
        self.ask_what_is_wrong(detail.row.title or "(no headline)", of_detail(detail, self.session.now))

    def action_full_text(self) -> None:
        """Ask for the whole text; it comes when its publisher's site may be asked."""
        detail = self._detail
        if detail is None:
            return
        if not detail.row.url:
            self.say("the feed gave no link to a text", severity="warning")
            return
        if detail.full is not None and detail.full.text:
            self.say("the full text stands below")
            return
        key, at = self._key, self.session.now
        self.session.background.mark(lambda marks: marks.ask_full_text(key, at))
        self.say("asked for the full text; it stands below when it comes")

    def action_browser(self) -> None:
        """It, in the browser."""
        if self._detail is not None:
            self.open_link(self._detail.row)

    def action_cite(self) -> None:
        """Copy its citation."""
        if self._detail is not None:
            self.copy_citation(self._detail.row)

    def action_link(self) -> None:
        """Copy its link."""
        if self._detail is not None:
            self.copy_link(self._detail.row)

    def action_browser_seen(self) -> None:
        """Opening its incident has already marked it seen."""
        self.action_browser()

    def action_link_number(self, number: int) -> None:
        """1 is this story, the others are those of the same incident as they are numbered beside it."""
        if self._detail is None:
            return
        links = (self._detail.row, *self._detail.siblings)[:_LINKS]
        if number > len(links):
            self.say(f"there is no link {number}: {len(links)} are numbered here")
        else:
            self.open_link(links[number - 1])

    def action_focus_pane(self, by: int) -> None:
        """The other pane; where there is room for one, in its place."""
        if self.has_class("-narrow"):
            self.action_why()
        else:
            super().action_focus_pane(by)

    def action_raw(self) -> None:
        """The text as it is stored, without marks; or laid out again."""
        self._raw = not self._raw
        if self._detail is not None:
            self._show(self._detail, keep_place=False)
            self.say("as it is stored" if self._raw else "laid out, with the marks")

    @property
    def _incident(self) -> str:
        """The incident that it tells of; empty: none."""
        return self._detail.incidents[0] if self._detail and self._detail.incidents else ""

    def action_watch(self) -> None:
        """Put a star on its incident, or take it away."""
        row = self._incident_row
        if row is None:
            self.say("its incident is not in the lists as they are narrowed now")
            return
        said = "its incident is no longer watched" if row.watched else "its incident is watched ★"
        self.session.marking.watch(row.key, self.session.now, watched=not row.watched, said=said)
        self.remarked()

    def action_toggle_seen(self) -> None:
        """Its incident counts as new again; it was seen by opening it."""
        if not self._incident:
            self.say("it is in no incident")
            return
        self.session.marking.unsee((self._incident,), self.session.now, "its incident counts as new again")
        self.remarked()

    @property
    def _incident_row(self) -> IncidentRow | None:
        board = self.session.board
        rows = board.incidents if board else ()
        return next((row for row in rows if row.key == self._incident), None)

    @property
    def to_export(self) -> tuple[str, ...] | Part:
        """Its incident."""
        return (self._incident,) if self._incident else ()
