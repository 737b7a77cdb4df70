"""The box a query is typed into: it completes names, and says so when a paste is more than it takes."""

from textual import events
from textual.message import Message
from textual.suggester import Suggester
from textual.widgets import Input

from tui.domain.query_words import completion
from tui.domain.value import dataclass

_LONGEST_TYPED = 20_000
"""Ten times a query: a longer one is told, and only what nobody means is refused."""


class Completing(Suggester):
    """Names of fields and their values, as they are typed."""

    def __init__(self) -> None:
        super().__init__(use_cache=False, case_sensitive=True)

    async def get_suggestion(self, value: str) -> str | None:
        """The whole text as it may go on."""
        return completion(value)


class LineBox(Input):
    """One line of text, whatever is pasted into it."""

    @dataclass
    class Refused(Message):
        """More was pasted than there is room for; nothing of it was taken."""

        letters: int
        room: int

    def _on_paste(self, event: events.Paste) -> None:
        """All its lines as one; Textual takes the first, and of one that is too long nothing without a word."""
        event.stop()
        event.prevent_default()
        text = " ".join(event.text.split())
        start, end = self.selection
        room = (self.max_length or len(text)) - len(self.value) + abs(end - start)
        if len(text) > room:
            self.post_message(self.Refused(len(text), room))
        elif text:
            self.replace(text, start, end)


class QueryBox(LineBox):
    """The one for a query."""

    def __init__(self, value: str, *, id: str) -> None:  # noqa: A002 -- Textual's name
        super().__init__(
            value,
            placeholder='words, "a phrase", country:PL object:DRN since:7d -exercise, a OR b',
            suggester=Completing(),
            max_length=_LONGEST_TYPED,
            select_on_focus=False,
            id=id,
        )
        self.cursor_blink = False
