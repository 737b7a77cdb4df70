"""A box in which a person says what is wrong; it only gives the correction, the store makes it."""

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input

from tui.domain.correction import Correction, CorrectionError
from tui.ui.panes.choices import Choice
from tui.ui.panes.pane import Pane
from tui.ui.screens.dialogue import Dialogue, Keys
from tui.ui.sheet import Sheet
from tui.ui.untrusted import Line, clip, wrap

_ROOMY = 20
"""Rows of a screen on which the box has room for empty lines."""
_LONGEST_TYPED = 120


class Correct(Dialogue[Correction | None]):
    """Choices by letter; one that needs a value asks for it."""

    CSS_PATH = "../styles/correct.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "step_back", "cancel", show=False),
        Binding("enter", "apply", "apply", show=False),
    ]

    def __init__(self, title: str, choices: tuple[Choice, ...]) -> None:
        super().__init__()
        self._about = title
        self._choices = choices
        self._chosen: Choice | None = None
        self._problem = ""
        self.sheet = Sheet(self._lay_out, id="choice-lines")
        self.box = Input(max_length=_LONGEST_TYPED, select_on_focus=False, id="value")

    def compose(self) -> ComposeResult:
        """Choices over a box."""
        self.box.cursor_blink = False
        with Vertical(id="correct-box"):
            yield Pane(self.sheet, id="correct")
            yield Pane(self.box, id="value-pane")

    def on_mount(self) -> None:
        """Title and focus."""
        self.query_one("#correct", Pane).head((("! ", "key"), ("what is wrong?", "strong")))
        self.set_focus(self.sheet)
        self._show()

    @property
    def bar_keys(self) -> Keys:
        """Of the box as it stands."""
        if self._chosen is None:
            return (*((choice.key, choice.word) for choice in self._choices), ("esc", "close"))
        return (("⏎", "do it"), ("esc", "back"))

    def _lay_out(self, width: int) -> list[Line]:
        small = self.app.size.height < _ROOMY
        about = wrap([(self._about, "ink")], width)
        lines: list[Line] = [((clip(self._about, width), "ink"),)] if small else [*about, ()]
        for choice in self._choices:
            chosen = choice is self._chosen
            now = f"  now {choice.now}" if choice.now else ""
            lines.append(
                (
                    ("▸ " if chosen else "  ", "key"),
                    (choice.key, "key"),
                    (f"  {clip(choice.word, 52)}", "strong" if chosen else "ink"),
                    (now, "muted"),
                )
            )
        lines += [] if small else [()]
        if self._problem:
            lines += wrap([(self._problem, "warn")], width)
        elif self._chosen is not None:
            lines += wrap([(self._chosen.does, "ink"), (" enter does it · esc not", "muted")], width)
        else:
            lines += wrap([("a letter chooses · esc closes · undo takes it back afterwards", "muted")], width)
        return lines

    def _show(self) -> None:
        asks = self._chosen is not None and bool(self._chosen.ask)
        pane = self.query_one("#value-pane", Pane)
        pane.display = asks
        if self._chosen is not None and asks:
            pane.head(((f"{self._chosen.word}: {self._chosen.ask}", "muted"),))
        self.sheet.show(self._lay_out, keep_place=True)
        self.post_message(self.Changed())

    def on_key(self, event: events.Key) -> None:
        """The letter of a choice, unless a value is being typed."""
        if self.focused is self.box:
            return
        chosen = next((choice for choice in self._choices if choice.key == event.character), None)
        if chosen is not None:
            event.stop()
            self._chosen, self._problem = chosen, ""
            self._show()
            if chosen.ask:
                self.box.value = "" if chosen.now == "none" else chosen.now
                self.box.cursor_position = len(self.box.value)
                self.set_focus(self.box)

    def action_step_back(self) -> None:
        """From a choice to all of them, from there out."""
        if self._chosen is None:
            self.dismiss(None)
            return
        self._chosen, self._problem = None, ""
        self.set_focus(self.sheet)
        self._show()

    @on(Input.Submitted, "#value")
    def action_apply(self) -> None:
        """Give the correction, or say what is wrong with it."""
        if self._chosen is None:
            return
        typed = self.box.value.strip()
        if self._chosen.ask and not typed:
            # Nothing typed is no word for none: a key may have come too early.
            self._problem = f"Type {self._chosen.ask}"
            self._show()
            return
        try:
            self.dismiss(self._chosen.make(typed))
        except CorrectionError as problem:
            self._problem = str(problem)
            self._show()
