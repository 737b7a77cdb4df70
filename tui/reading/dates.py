"""When the event was, with how exactly that is told."""

from collections.abc import Sequence

from tui.domain.reading import EventDate, Span
from tui.reading.scene import Scene, Sentence


def read_event_date(scene: Scene, sentences: Sequence[Sentence]) -> tuple[EventDate | None, Span | None]:
    """The date and its words."""
    return None, None
