"""Our own reading of a story, each read once in a run."""

from collections.abc import Callable

from bench.scoring.datasets import Item
from tui.domain.entry import StoryText
from tui.domain.reading import Reading, Report

Read = Callable[[StoryText], Reading]


class OwnReading:
    """Answers from one reading of each story."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self._known: dict[str, Reading] = {}

    def reading(self, text: StoryText) -> Reading:
        """The reading of a story; each story is read once."""
        known = self._known.get(text.id)
        if known is None:
            known = self._known[text.id] = self._read(text)
        return known

    def relevant(self, text: StoryText) -> bool:
        """Whether we keep it."""
        return self.reading(text).verdict.relevant

    def reports(self, item: Item) -> tuple[Report, ...]:
        """What we read out of it; nothing when we drop it."""
        reading = self.reading(item.text)
        return reading.reports if reading.verdict.relevant else ()

    def main(self, item: Item) -> Report:
        """The main report; an empty one when we drop it."""
        reports = self.reports(item)
        return reports[0] if reports else Report()
