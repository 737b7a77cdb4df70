"""What every box over a screen has: faults that are outlived, and its keys in the key bar of the screen below."""

from typing import ClassVar, Generic, TypeVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Input

from tui.domain.value import dataclass
from tui.ui.chrome import is_too_small
from tui.ui.faults import outliving

Result = TypeVar("Result")
Keys = tuple[tuple[str, str], ...]
"""Keys and words of a key bar."""


class Dialogue(ModalScreen[Result], Generic[Result]):
    """A box over a screen."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("question_mark,f1", "keys_here", "keys", show=False)]

    @dataclass
    class Changed(Message):
        """The box came, or other keys hold in it: the key bar below has to say so."""

    async def _dispatch_message(self, message: Message) -> None:
        """What breaks in answering one message is said, and the next is answered."""
        await outliving(self, message, super()._dispatch_message(message))

    def on_resize(self, event: events.Resize) -> None:
        """On a screen that is too small for anything the box goes, so that the line below it can be read."""
        self.set_class(is_too_small(*event.size), "-too-small")

    def on_screen_resume(self) -> None:
        """The keys of the box hold now, and those of the screen below do not."""
        self.post_message(self.Changed())

    @property
    def bar_keys(self) -> Keys:
        """Keys and words, as the box stands now."""
        return ()

    @property
    def help_key(self) -> str:
        """The key that says which keys hold here: a question mark is a letter where one types."""
        return "F1" if isinstance(self.focused, Input) else "?"

    def action_keys_here(self) -> None:
        """Say which keys hold."""
        said = " · ".join(f"{key} {word}" for key, word in self.bar_keys)
        self.app.notify(f"keys here: {said}", timeout=8, markup=False)
