"""What every screen has: the bars, the common keys, panes to move through, and a way back."""

from collections.abc import Iterable
from typing import Any, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Container
from textual.message import Message
from textual.notifications import SeverityLevel
from textual.widget import Widget

from tui.domain.board import StoryRow
from tui.domain.correction import Correction
from tui.domain.query_tree import Part
from tui.pipeline.keeping import PollRequest
from tui.ui.actions import MAP, Action
from tui.ui.active_keys import key_bar
from tui.ui.bar import Bar
from tui.ui.chrome import crumbs_behind, is_too_small, key_line, status_bar, too_small, top_bar
from tui.ui.citing import citation
from tui.ui.faults import outliving
from tui.ui.messages import OutsideDone
from tui.ui.panes.choices import Choice
from tui.ui.panes.pane import Pane
from tui.ui.screens.alone import alone, together
from tui.ui.screens.dialogue import Dialogue
from tui.ui.screens.drawn import DrawnWhole
from tui.ui.screens.going import screen_at
from tui.ui.session import Session
from tui.ui.sheet import Sheet
from tui.ui.untrusted import Line, clip, safe
from tui.ui.virtual_list import VirtualList
from tui.ui.wording import window_name
from tui.ui.world.widget import WorldMap

_QUIT_WITHIN = 3.0


class Frame(DrawnWhole):
    """Top bar, body, status bar, key bar."""

    AUTO_FOCUS = ""
    CONTEXT: ClassVar[str]
    """Which lines of the action table hold here."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._quit_asked = False
        self._standing: tuple[Widget, ...] = ()
        self._resumed = False

    async def _dispatch_message(self, message: Message) -> None:
        """What breaks in answering one message is said, and the next is answered."""
        await outliving(self, message, super()._dispatch_message(message))

    def compose(self) -> ComposeResult:
        """The frame around the body."""
        self.take_size()
        yield Bar(id="top")
        with Container(id="body"):
            yield from self.body()
        yield Bar(id="status")
        yield Bar(id="keys")
        yield Bar(id="too-small")

    def body(self) -> Iterable[Widget]:
        """The panes."""
        raise NotImplementedError

    @property
    def crumbs(self) -> tuple[str, ...]:
        """The way here, for the top bar."""
        raise NotImplementedError

    @property
    def contexts(self) -> tuple[str, ...]:
        """Which lines of the action table hold now: those of a map first, while it has the focus."""
        return (MAP, self.CONTEXT) if isinstance(self.focused, WorldMap) else (self.CONTEXT,)

    def doer(self, action: Action) -> Widget:
        """What an action of the table is asked of: a map does what is its own."""
        return self.query(WorldMap).first() if MAP in action.contexts else self

    def on_descendant_focus(self) -> None:
        """The key bar tells the keys of what has them."""
        self.show_frame()

    def show_board(self) -> None:
        """The board, a mark or the time changed: bring the panes up to date."""
        raise NotImplementedError

    def show_frame(self) -> None:
        """Bring the bars up to date; costs nothing where nothing changed."""
        width, height = self.app.size
        if not self.is_mounted or not self.query("#top"):
            return
        small = is_too_small(width, height)
        self.set_class(small, "-too-small")
        if small:
            self.query_one("#too-small", Bar).show(too_small(width, height))
            return
        self.query_one("#top", Bar).show(top_bar(self.session, self.crumbs, width))
        self.query_one("#status", Bar).show(status_bar(self.session, width))
        self.query_one("#keys", Bar).show(self._key_line(width))

    def _key_line(self, width: int) -> Line:
        """The keys that hold: those of a box that is open over the screen, else its own."""
        top = self.app.screen_stack[-1]
        if isinstance(top, Dialogue):
            return key_line(top.bar_keys, width, top.help_key, "")
        return key_line(self.bar_keys(), width, self.help_key, self.session.key("palette"))

    @property
    def help_key(self) -> str:
        """The key of the help, as the screen stands now."""
        return self.session.key("help")

    def bar_keys(self) -> tuple[tuple[str, str], ...]:
        """Keys and words of the key bar, as the screen stands now."""
        return key_bar(self.contexts, tuple(one for one in self.session.actions if self.allows(one)))

    @property
    def stands(self) -> bool:
        """Whether every part is there: a message may still come before the first is, or after the last was."""
        return self.display and bool(self._standing) and all(part.is_attached for part in self._standing)

    def on_mount(self) -> None:
        """Show what is known; once, though Textual asks each class of a screen in turn."""
        if self._standing:
            return
        self._standing = tuple(self.query("Pane, Bar"))
        self._show_all()

    def _show_all(self) -> None:
        self.show_frame()
        self.show_board()

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Boards may have come while another screen was on top; a screen that comes up for the first time shows the last."""
        if not self._resumed:
            self._resumed = True
            event.refresh_styles = False  # every part was styled as it came
        elif self.stands:
            self._show_all()

    def on_resize(self, event: events.Resize) -> None:
        """Another size may be too small, or no longer be."""
        del event
        self.show_frame()

    def allows(self, action: Action) -> bool:
        """Whether an action can do anything on this screen as it stands now."""
        del action
        return True

    def say(self, text: str, *, severity: SeverityLevel = "information") -> None:
        """A toast; never markup."""
        self.app.notify(clip(text, 300), severity=severity, timeout=4, markup=False)

    @on(Bar.Clicked, "#top")
    def _top_clicked(self, message: Bar.Clicked) -> None:
        """A click on the way here goes back along it."""
        behind = crumbs_behind(message.bar.line, message.cell)
        for _ in range(min(behind, len(self.app.screen_stack) - 2)):
            self.app.pop_screen()

    def on_paste(self, event: events.Paste) -> None:
        """Text that no box has taken."""
        event.stop()
        self.say(f"pasted text is taken by the search: press {self.session.key('search')} first")

    # Moving.

    @property
    def panes(self) -> list[Pane]:
        """Panes that can be seen and moved through, in order."""
        return [pane for pane in self.query(Pane) if pane.inner.can_focus and _shown(pane)]

    @property
    def active(self) -> VirtualList[Any] | Sheet | None:
        """What the keys of movement act on."""
        focused = self.focused
        if isinstance(focused, VirtualList | Sheet):
            return focused
        if isinstance(focused, WorldMap):
            return None
        return next((pane.inner for pane in self.panes if isinstance(pane.inner, VirtualList | Sheet)), None)

    def action_move(self, by: int) -> None:
        """By rows."""
        if self.active:
            self.active.move(by)

    def action_page(self, pages: float) -> None:
        """By pages."""
        if self.active:
            self.active.page(pages)

    def action_to_top(self) -> None:
        """To the beginning."""
        if self.active:
            self.active.to_top()

    def action_to_bottom(self) -> None:
        """To the end."""
        if self.active:
            self.active.to_bottom()

    def action_open(self) -> None:
        """Open what is selected."""
        if self.active:
            self.active.open()

    def action_focus_pane(self, by: int) -> None:
        """The pane after or before this one."""
        panes = self.panes
        if len(panes) == 1 and panes[0].inner is self.focused:
            self.say("there is one pane here")
        elif panes:
            at = next((number for number, pane in enumerate(panes) if pane.inner is self.focused), 0)
            self.focus_on(panes[(at + by) % len(panes)])

    def focus_on(self, pane: Pane) -> None:
        """Give a pane the keys; when one pane stood alone, it is this one now."""
        by_itself = self.has_class("-alone")
        if by_itself:
            together(self)
        self.set_focus(pane.inner)
        if by_itself:
            alone(self, pane)

    def action_zoom(self) -> None:
        """This pane alone, or all again."""
        if self.has_class("-alone"):
            together(self)
            return
        pane = next((pane for pane in self.panes if pane.inner is self.focused), None)
        if len(self.panes) == 1:
            self.say("this pane stands alone already")
        elif pane is not None:
            alone(self, pane)

    def action_pane(self, number: int) -> None:
        """A pane by its number from the left; again: alone."""
        panes = self.panes
        if number > len(panes):
            self.say(f"there are {len(panes)} panes here")
        elif panes[number - 1].inner.has_focus:
            self.action_zoom()
        else:
            self.focus_on(panes[number - 1])

    # Leaving.

    def action_back(self) -> None:
        """To the screen before."""
        if len(self.app.screen_stack) > 2:
            self.app.pop_screen()

    def action_escape(self) -> None:
        """First undo a pane standing alone, then go back."""
        if self.has_class("-alone"):
            together(self)
        else:
            self.action_back()

    def action_back_or_quit(self) -> None:
        """Back; where there is nothing to go back to, twice to quit."""
        if len(self.app.screen_stack) > 2:
            self.action_back()
            return
        if self._quit_asked:
            self.app.exit()
            return
        self._quit_asked = True
        self.set_timer(_QUIT_WITHIN, lambda: self.call_later(self._forget_quit))
        self.say(f"press {self.session.key('back_or_quit')} again to quit")

    def _forget_quit(self) -> None:
        self._quit_asked = False

    def action_go(self, place: str) -> None:
        """Another screen, by its name."""
        self.app.push_screen(screen_at(place, self))

    @property
    def search_text(self) -> str:
        """What a search begins with here."""
        return ""

    def action_search(self) -> None:
        """Search as you type."""
        self.action_go("search")

    @property
    def place(self) -> str:
        """Code of the country that this screen is about; empty: none."""
        return ""

    def ask_what_is_wrong(self, title: str, choices: tuple[Choice, ...]) -> None:
        """Let a person choose, and store what is chosen."""
        from tui.ui.screens.correct import Correct  # noqa: PLC0415 -- not needed for the first picture

        def chosen(correction: Correction | None) -> None:
            if correction is not None:
                self.session.marking.correct(correction, self.session.now)

        self.app.push_screen(Correct(title, choices), chosen)

    def action_undo(self) -> None:
        """Take the last mark back."""
        self._done(self.session.marking.undo(self.session.now), "nothing to undo")

    def action_redo(self) -> None:
        """Do again what was last undone."""
        self._done(self.session.marking.redo(self.session.now), "nothing to do again")

    def _done(self, said: str | None, otherwise: str) -> None:
        if said != "":  # what is stored first says so itself
            self.say(otherwise if said is None else said)
        self.remarked()

    def remarked(self) -> None:
        """Marks changed: show them at once."""
        self.session.remark()
        self._show_all()

    def action_pause(self) -> None:
        """Hold new incidents back, or let them in."""
        self.session.toggle_pause()
        self._show_all()

    def action_window(self) -> None:
        """The next time window."""
        self.session.widen()
        self.show_frame()
        name = window_name(self.session.query.window)
        self.say(
            f"window: {'all' if name == 'all' else f'what changed in the last {name}'}; ages say when it was last told"
        )

    def action_poll(self, kind: str) -> None:
        """Ask the collector to poll now."""
        at = self.session.now
        said = "asked to poll every feed" if kind == "all" else "asked to poll what is due"
        self.session.background.mark(lambda marks: marks.request(PollRequest(kind), at), said)

    def open_link(self, story: StoryRow) -> None:
        """Hand its link to the browser; a link that may not or cannot be opened says why."""
        self.session.background.open_link(story.url, self)

    def copy_citation(self, story: StoryRow) -> None:
        """Citation to the clipboard."""
        self.copy(citation(story, self.session.zone), "citation")

    def copy_link(self, story: StoryRow) -> None:
        """Link to the clipboard."""
        self.copy(safe(story.url), "link")

    def copy(self, text: str, named: str) -> None:
        """To the clipboard, through the terminal and a program for it where there is one; says which."""
        outside = self.session.gate.outside
        self.app.copy_to_clipboard(text)
        program = outside.copy(text) if outside is not None else ""
        self.say(f"{named} copied through the terminal{f' and {program}' if program else ''}")

    @property
    def to_export(self) -> tuple[str, ...] | Part:
        """Keys of the incidents that an export takes from here, or the query that finds them."""
        return ()

    def action_export(self) -> None:
        """Ask for the form, then write what this screen lists to a file."""
        from tui.ui.screens.exporting import ask_for_export  # noqa: PLC0415 -- not needed for the first picture

        ask_for_export(self)

    @on(OutsideDone)
    def _outside_done(self, message: OutsideDone) -> None:
        self.say(message.said, severity="information" if message.done else "warning")

    def action_redraw(self) -> None:
        """Draw everything anew."""
        self.refresh(repaint=True, layout=True)
        for widget in self.query("*"):
            widget.refresh()


def _shown(widget: Widget) -> bool:
    """Whether it and everything around it is displayed."""
    return all(node.display for node in widget.ancestors_with_self if isinstance(node, Widget))
