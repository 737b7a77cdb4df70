"""Where: the most specific place named, by our table only."""

from collections.abc import Sequence

from tui.domain.codes import PlacePrecision
from tui.domain.reading import Place, Span
from tui.reading.matching import spot_of
from tui.reading.roles import Roles
from tui.reading.scene import Scene, Sentence

_FINENESS = list(PlacePrecision)


def read_place(scene: Scene, sentences: Sequence[Sentence], roles: Roles) -> tuple[Place | None, Span | None]:
    """The place and its words; a place of a state that is not affected only when nothing else is named."""
    best: tuple[tuple[int, int, int, int], Place, Span] | None = None
    for number, sentence in enumerate(sentences):
        for mark in sentence.family("g"):
            found = spot_of(mark)
            if found is None or _is_continent(found):
                continue
            elsewhere = (
                found.country is not None and bool(roles.affected) and found.country not in roles.affected
            )
            key = (elsewhere, found.country is None, _FINENESS.index(found.precision), number)
            if best is None or key < best[0]:
                start, end = scene.folded(sentence.field).span(mark.start, mark.end)
                best = (key, found, Span("place", found.name, sentence.field, start, end))
    if best is None or best[0][0]:
        return None, None
    return best[1], best[2]


def _is_continent(found: Place) -> bool:
    """Whether it is as wide as a state and in none: it says that something is abroad, not where."""
    return found.country is None and found.precision is PlacePrecision.COUNTRY
