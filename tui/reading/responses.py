"""What was done about it, in order of telling, each with the mark it was read from."""

from collections.abc import Sequence

from tui.domain.codes import Response
from tui.reading.facets import Found
from tui.reading.scene import Sentence

_RESPONSES = (
    ("a.scramble", Response.SCRAMBLE),
    ("a.intercept", Response.INTERCEPTION),
    ("a.escort", Response.ESCORT),
    ("a.warn", Response.WARNING_SHOTS),
    ("a.down", Response.SHOOTDOWN),
    ("a.jam", Response.JAMMING),
    ("a.close", Response.AIRSPACE_CLOSED),
    ("a.evac", Response.EVACUATION),
    ("a.protest", Response.PROTEST),
    ("a.consult", Response.CONSULTATION),
    ("a.deploy", Response.DEPLOYMENT),
    ("a.monitor", Response.MONITORED_ONLY),
)


def read_responses(sentences: Sequence[Sentence]) -> list[Found[Response]]:
    """What was done about it, in order of telling."""
    found: dict[Response, Found[Response]] = {}
    for sentence in sentences:
        if sentence.has("a.disrupt") and sentence.has("z.airport") and Response.AIRPORT_CLOSED not in found:
            mark = sentence.of("a.disrupt")[0]
            found[Response.AIRPORT_CLOSED] = Found(Response.AIRPORT_CLOSED, sentence, mark)
        for concept, code in _RESPONSES:
            if code not in found and sentence.has(concept):
                found[code] = Found(code, sentence, sentence.of(concept)[0])
    if len(found) > 1:
        found.pop(Response.MONITORED_ONLY, None)
    return list(found.values())
