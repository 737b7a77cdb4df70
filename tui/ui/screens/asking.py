"""A box that asks for a line or two of text, and says as one types what will come of it."""

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input

from tui.domain.value import dataclass
from tui.ui.panes.pane import Pane
from tui.ui.query_box import Completing, LineBox
from tui.ui.screens.dialogue import Dialogue, Keys
from tui.ui.sheet import Sheet
from tui.ui.untrusted import Line, wrap


@dataclass(frozen=True, slots=True)
class Field:
    """One line to be typed."""

    label: str
    text: str = ""
    placeholder: str = ""
    longest: int = 200
    query: bool = False
    """Names of fields and their values complete themselves."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said of what was typed, and whether it will do."""

    said: str
    good: bool = True


class Ask(Dialogue[None]):
    """Gives what was typed to `accept` once it will do; escape gives nothing."""

    CSS_PATH = "../styles/asking.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", "cancel", show=False)]

    def __init__(
        self,
        title: Line,
        about: str,
        fields: tuple[Field, ...],
        *,
        check: Callable[[tuple[str, ...]], Answer],
        accept: Callable[[tuple[str, ...]], None],
    ) -> None:
        super().__init__()
        self._title_line = title
        self._about = about
        self._fields = fields
        self._check = check
        self._accept = accept
        self.sheet = Sheet(self._lay_out, id="ask-lines", focusable=False)
        self.boxes = tuple(
            LineBox(
                field.text,
                placeholder=field.placeholder,
                suggester=Completing() if field.query else None,
                max_length=field.longest,
                select_on_focus=False,
                id=f"ask-{number}",
            )
            for number, field in enumerate(fields)
        )

    def compose(self) -> ComposeResult:
        """What it is about, over the boxes."""
        with Vertical(id="ask-box"):
            yield Pane(self.sheet, id="ask")
            for number, box in enumerate(self.boxes):
                box.cursor_blink = False
                yield Pane(box, id=f"ask-pane-{number}")

    def on_mount(self) -> None:
        """Titles and focus."""
        self.query_one("#ask", Pane).head(self._title_line)
        for number, field in enumerate(self._fields):
            self.query_one(f"#ask-pane-{number}", Pane).head(((field.label, "muted"),))
        self.boxes[0].cursor_position = len(self.boxes[0].value)
        self.set_focus(self.boxes[0])
        self._show()

    @property
    def bar_keys(self) -> Keys:
        """Of the box as it stands."""
        more: Keys = (("tab", "next line"),) if len(self.boxes) > 1 else ()
        return (("⏎", "keep it"), *more, ("esc", "leave it"))

    @property
    def typed(self) -> tuple[str, ...]:
        """What stands in the boxes."""
        return tuple(box.value for box in self.boxes)

    def _lay_out(self, width: int) -> list[Line]:
        answer = self._check(self.typed)
        more = " · tab next line" if len(self.boxes) > 1 else ""
        return [
            *wrap([(self._about, "muted")], width),
            *wrap([(answer.said, "ink" if answer.good else "warn")], width),
            *wrap([(f"enter keeps it{more} · esc leaves it", "faint")], width),
        ]

    @on(Input.Changed)
    def _show(self) -> None:
        self.sheet.show(self._lay_out, keep_place=True)

    @on(LineBox.Refused)
    def _refused(self, message: LineBox.Refused) -> None:
        """A paste that has no room is not cut: what is lost would not be seen."""
        self.notify(
            f"{message.letters:,} letters were pasted; there is room for {message.room:,}",
            severity="warning",
            markup=False,
        )

    @on(Input.Submitted)
    def _keep(self) -> None:
        if self._check(self.typed).good:
            typed = self.typed
            self.dismiss()
            self._accept(typed)


class Copyable(Dialogue[None]):
    """Text to read and to copy; `y` gives it to the clipboard of the terminal."""

    CSS_PATH = "../styles/asking.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,space,enter,h,left,backspace", "dismiss", "close", show=False),
        Binding("y", "copy", "copy", show=False),
        Binding("j,down", "scroll(1)", "down", show=False),
        Binding("k,up", "scroll(-1)", "up", show=False),
    ]

    def __init__(self, title: Line, about: str, text: str) -> None:
        super().__init__()
        self._title_line = title
        self._about = about
        self._text = text
        self.sheet = Sheet(self._lay_out, id="copy-lines")

    def compose(self) -> ComposeResult:
        """One pane."""
        yield Pane(self.sheet, id="copy")

    def on_mount(self) -> None:
        """Title and focus."""
        pane = self.query_one("#copy", Pane)
        pane.head(self._title_line)
        pane.foot((("y copies · esc closes", "faint"),))
        self.set_focus(self.sheet)

    @property
    def bar_keys(self) -> Keys:
        """Of the box as it stands."""
        return (("y", "copy"), ("j k", "scroll"), ("esc", "close"))

    def _lay_out(self, width: int) -> list[Line]:
        told = [wrapped for line in self._text.split("\n") for wrapped in wrap([(line, "ink")], width)]
        return [*wrap([(self._about, "muted")], width), (), *told]

    def action_copy(self) -> None:
        """To the clipboard of the terminal."""
        self.app.copy_to_clipboard(self._text)
        self.app.notify("copied through the terminal", timeout=4, markup=False)
        self.dismiss()

    def action_scroll(self, by: int) -> None:
        """When it does not fit."""
        self.sheet.move(by)
