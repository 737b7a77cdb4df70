"""How many: an integer or a number word before the object."""

from collections.abc import Sequence

from tui.domain.reading import Span
from tui.reading.scene import Scene, Sentence


def read_count(scene: Scene, sentences: Sequence[Sentence]) -> tuple[int | None, Span | None]:
    """The count and its words."""
    return None, None
