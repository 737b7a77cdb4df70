"""Two small boxes: one asks for a letter, the other for a line of text."""

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Input

from tui.ui.panes.pane import Pane
from tui.ui.screens.dialogue import Dialogue, Keys
from tui.ui.sheet import Sheet
from tui.ui.untrusted import Line, clip, wrap

_LONGEST_TYPED = 2000


class Ask(Dialogue[str | None]):
    """A box over the screen, with a title and some lines."""

    CSS_PATH = "../styles/ask.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", "close", show=False)]

    def __init__(self, title: str) -> None:
        super().__init__()
        self._about = title
        self.sheet = Sheet(self._lay_out, id="ask-lines")

    def compose(self) -> ComposeResult:
        """Lines alone."""
        with Vertical(id="ask-box"):
            yield Pane(self.sheet, id="ask")

    def on_mount(self) -> None:
        """Title and focus."""
        self.query_one("#ask", Pane).head(((clip(f"{self._about} ", 60), "strong"),))
        self.set_focus(self.first)
        self.sheet.show(self._lay_out)

    @property
    def first(self) -> Widget:
        """What the keys go to."""
        return self.sheet

    def _lay_out(self, width: int) -> list[Line]:
        raise NotImplementedError

    def action_close(self) -> None:
        """Without an answer."""
        self.dismiss(None)


class AskLetter(Ask):
    """A few answers, each with its letter."""

    def __init__(self, title: str, answers: tuple[tuple[str, str, str], ...]) -> None:
        super().__init__(title)
        self._answers = answers
        """Letter, what it gives, and what that is in words."""

    @property
    def bar_keys(self) -> Keys:
        """Of the box as it stands."""
        return (*((key, words) for key, _, words in self._answers), ("esc", "close"))

    def _lay_out(self, width: int) -> list[Line]:
        lines: list[Line] = [
            (("  ", "ink"), (key, "key"), (f"  {words}", "ink")) for key, _, words in self._answers
        ]
        return [*lines, (), *wrap([("a letter chooses · esc closes", "muted")], width)]

    def on_key(self, event: events.Key) -> None:
        """The letter of an answer."""
        found = next((given for key, given, _ in self._answers if key == event.character), None)
        if found is not None:
            event.stop()
            self.dismiss(found)


class AskText(Ask):
    """One line that is typed or pasted."""

    def __init__(self, title: str, told: str, *, typed: str = "", refused: str = "") -> None:
        super().__init__(title)
        self._told = told
        self._refused = refused
        """Why what was typed before did not do; it stands in the box to be mended."""
        self.box = Input(typed, max_length=_LONGEST_TYPED, select_on_focus=False, id="asked")

    def compose(self) -> ComposeResult:
        """Lines over a box."""
        self.box.cursor_blink = False
        with Vertical(id="ask-box"):
            yield Pane(self.sheet, id="ask")
            yield Pane(self.box, id="asked-pane")

    @property
    def first(self) -> Widget:
        """The box."""
        return self.box

    @property
    def bar_keys(self) -> Keys:
        """Of the box as it stands."""
        return (("⏎", "do it"), ("esc", "close"))

    def _lay_out(self, width: int) -> list[Line]:
        told = (self._refused, "warn") if self._refused else (self._told, "ink")
        return [*wrap([told], width), (("enter does it · esc closes", "muted"),)]

    @on(Input.Submitted, "#asked")
    def _typed(self) -> None:
        typed = self.box.value.strip()
        self.dismiss(typed or None)
