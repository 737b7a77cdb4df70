"""The zones of some sentences, each with the mark it was read from."""

from collections.abc import Sequence

from tui.domain.codes import Zone
from tui.reading.facets import Found
from tui.reading.scene import Sentence

ZONES = {
    "z.restricted": Zone.RESTRICTED,
    "z.nofly": Zone.NO_FLY_ZONE,
    "z.security": Zone.SECURITY_ZONE,
    "z.airport": Zone.AIRPORT,
    "z.military": Zone.MILITARY_SITE,
    "z.critical": Zone.CRITICAL_SITE,
    "z.median": Zone.MEDIAN_LINE,
    "z.adiz": Zone.ADIZ,
    "z.fir": Zone.FIR,
    "z.intl": Zone.INTERNATIONAL,
    "z.disputed": Zone.DISPUTED,
}

_SOVEREIGN = ("z.airspace", "z.our", "z.territory", "z.border")


def read_zones(sentences: Sequence[Sentence]) -> list[Found[Zone]]:
    """The zones, main first."""
    found: dict[Zone, Found[Zone]] = {}
    for sentence in sentences:
        for mark in sentence.family("z"):
            code = ZONES.get(mark.concept)
            if code is not None and code not in found:
                found[code] = Found(code, sentence, mark)
    for sentence in sentences:
        for mark in sentence.of(*_SOVEREIGN, "a.violate"):
            if Zone.SOVEREIGN not in found and not sentence.has("x.nobreach"):
                first = Found(Zone.SOVEREIGN, sentence, mark)
                found = {Zone.SOVEREIGN: first, **found}
    if not found:
        over = next(((s, m) for s in sentences for m in s.family("g")), None)
        if over is not None:
            found[Zone.SOVEREIGN] = Found(Zone.SOVEREIGN, *over)
    return list(found.values())
