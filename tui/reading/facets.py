"""A code read from a story, and where it was read."""

from typing import Generic, TypeVar

from tui.domain.value import dataclass
from tui.reading.matching import Mark
from tui.reading.scene import Sentence

Place = tuple[Sentence, Mark]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A code and where it was read."""

    code: T
    sentence: Sentence
    mark: Mark
