"""The zones of some sentences, each with the mark it was read from."""

from collections.abc import Sequence

from tui.domain.codes import PlacePrecision, Zone
from tui.reading.facets import Found
from tui.reading.gazetteer import site_of
from tui.reading.matching import Mark, spot_of
from tui.reading.roles import Roles
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
SITES = {"airport": Zone.AIRPORT, "base": Zone.MILITARY_SITE, "plant": Zone.CRITICAL_SITE}
"""Zones of places that are sites, whether or not the text says so."""

_SOVEREIGN = ("z.airspace", "z.our", "z.territory", "z.border")
_INSIDE = frozenset({Zone.AIRPORT, Zone.MILITARY_SITE, Zone.CRITICAL_SITE, Zone.RESTRICTED, Zone.NO_FLY_ZONE, Zone.SECURITY_ZONE})  # fmt: skip
"""Zones inside one state: breached from within unless another state is named."""
_OUTSIDE = frozenset({Zone.ADIZ, Zone.FIR, Zone.MEDIAN_LINE, Zone.INTERNATIONAL})
_KEEPS_ADIZ = frozenset({"JP", "KR", "TW"})
"""Here jets that go up against craft outside the border meet them in the identification zone."""
_CLOSED_SKIES = ("a.close", "z.airspace", "z.our")
"""Where these are told, flights stopped over a state, not at one airport."""
_MEETING = ("a.scramble", "a.intercept", "a.escort")
_TOUCHED = ("a.crash", "a.strike", "a.found", "a.violate", "a.incur", "a.enter")
_UNMANNED = ("o.uav", "o.loiter", "o.balloon", "o.unid", "o.missile", "o.cruise", "o.ballistic")
"""These are met where they came in; warplanes also over open sea."""
_ENTRY = ("a.violate", "z.our")

Zones = dict[Zone, Found[Zone]]


def read_zones(sentences: Sequence[Sentence], roles: Roles | None = None) -> list[Found[Zone]]:
    """The zones, main first; sovereign airspace where a border was crossed or nothing else is told."""
    found = _told(sentences)
    foreign = roles is None or bool(set(roles.actor) - set(roles.affected))
    entry = _first(sentences, *_ENTRY) or _entered(sentences)
    within = entry or _first(sentences, *_SOVEREIGN)
    if within is None or any(s.has("x.nobreach") for s in sentences):
        within = entry = None
    inside, outside = found.keys() & _INSIDE, found.keys() & _OUTSIDE
    if within and (entry or not outside) and (foreign or not inside):
        found = {Zone.SOVEREIGN: _as(Zone.SOVEREIGN, within), **found}
    if not found.keys() - {Zone.DISPUTED}:
        found |= _by_default(sentences, roles)
    return list(found.values())


def _told(sentences: Sequence[Sentence]) -> Zones:
    """Zones that are named, by their kind, as a place that is one, or as an airport's stopped flights."""
    found: Zones = {}
    for sentence in sentences:
        for mark in sentence.marks:
            code = ZONES.get(mark.concept)
            if code is None and mark.name is not None and mark.name.place >= 0:
                code = SITES.get(site_of(mark.name.place))
            if code is not None:
                found.setdefault(code, Found(code, sentence, mark))
    if not found.keys() & _INSIDE:
        stopped = [
            s for s in sentences if s.has("a.disrupt") and s.has("x.traffic") and not s.has(*_CLOSED_SKIES)
        ]
        if stopped:
            found[Zone.AIRPORT] = Found(Zone.AIRPORT, stopped[0], stopped[0].of("x.traffic")[0])
    return found


def _entered(sentences: Sequence[Sentence]) -> tuple[Sentence, Mark] | None:
    """As in "drones enter Greek airspace": an entry and an airspace in one sentence."""
    entered = (s for s in sentences if s.has("a.enter", "a.incur") and s.has("z.airspace"))
    return _first(list(entered), "z.airspace")


def _by_default(sentences: Sequence[Sentence], roles: Roles | None) -> Zones:
    """Where no zone is named: what was met outside a border, else the airspace of the state named."""
    over = _first_state(sentences)
    if over is None:
        return {}
    if _at_sea(sentences, roles):
        return {Zone.INTERNATIONAL: _as(Zone.INTERNATIONAL, over)}
    code = Zone.SOVEREIGN
    kept_out = any(s.has("x.nobreach") for s in sentences)
    if kept_out or (_first(sentences, *_MEETING) and not any(s.has(*_TOUCHED) for s in sentences)):
        affected = roles.affected if roles is not None else ()
        unmanned = any(s.has(*_UNMANNED) for s in sentences)
        if _KEEPS_ADIZ & set(affected[:1]):
            code = Zone.ADIZ
        elif kept_out or not unmanned:
            code = Zone.INTERNATIONAL
    return {code: _as(code, over)}


def _at_sea(sentences: Sequence[Sentence], roles: Roles | None) -> bool:
    """Whether something was met over a sea that is no state's: no entry, nothing down, none of it an affected state's."""
    places = [spot for s in sentences for m in s.family("g") if (spot := spot_of(m)) is not None]
    at_sea = any(spot.country is None and spot.precision is PlacePrecision.REGION for spot in places)
    if not at_sea or roles is None or any(s.has(*_ENTRY, "a.down", "a.enter") for s in sentences):
        return False
    return not set(roles.affected) & {spot.country for spot in places}


def _first(sentences: Sequence[Sentence], *concepts: str) -> tuple[Sentence, Mark] | None:
    return next(((s, m) for s in sentences for m in s.of(*concepts)), None)


def _first_state(sentences: Sequence[Sentence]) -> tuple[Sentence, Mark] | None:
    """The first name of a state or of a place in one."""
    return next(((s, m) for s in sentences for m in s.family("g")), None)


def _as(code: Zone, told: tuple[Sentence, Mark]) -> Found[Zone]:
    return Found(code, *told)
