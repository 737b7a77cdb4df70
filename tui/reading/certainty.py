"""How sure a story is of its event, by the codebook's six values."""

from collections.abc import Sequence

from tui.domain.codes import Certainty, Event
from tui.domain.reading import Span
from tui.reading.scene import Scene, Sentence


def read_certainty(
    scene: Scene, sentences: Sequence[Sentence], events: Sequence[Event]
) -> tuple[Certainty, Span | None]:
    """The certainty and the words that lower it."""
    order = ("c.unfounded", "a.deny", "c.claim", "c.suspect")
    first: dict[str, tuple[Sentence, int]] = {}
    for number, sentence in enumerate(sentences):
        for concept in order:
            if sentence.has(concept):
                first.setdefault(concept, (sentence, number))
    codes = {
        "c.unfounded": Certainty.UNFOUNDED,
        "a.deny": Certainty.DISPUTED,
        "c.claim": Certainty.ALLEGED,
        "c.suspect": Certainty.SUSPECTED,
    }
    if events and events[0] is Event.DENIAL and len(events) == 1:
        concept, code = "a.deny", Certainty.DENIED
    else:
        concept = next((c for c in order if c in first), "")
        if not concept:
            return Certainty.CONFIRMED, None
        code = codes[concept]
    if concept not in first:
        return code, None
    sentence = first[concept][0]
    mark = sentence.of(concept)[0]
    start, end = scene.folded(sentence.field).span(mark.start, mark.end)
    return code, Span("certainty", str(code), sentence.field, start, end)
