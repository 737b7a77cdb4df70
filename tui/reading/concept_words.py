"""What each concept of the term files means, in a word or two for a person."""

from tui.reading.features import feature_of_concept

_FAMILIES = {
    "o": "object",
    "z": "zone",
    "a": "act",
    "n": "look-alike",
    "p": "preposition",
    "c": "doubt",
    "e": "event word",
    "g": "name",
    "m": "may be",
    "x": "note",
}

_MEANINGS = {
    "a.enter": "entering", "a.seen": "seen", "a.intercept": "interception", "a.down": "shot down", "a.crash": "came down",
    "a.found": "found", "a.strike": "strike", "a.protest": "protest", "a.deny": "denial", "a.accuse": "accusation",
    "a.apology": "apology", "a.excuse": "excuse", "a.policy": "rule or plan", "a.disrupt": "traffic stopped",
    "a.incident": "incident", "a.near": "near", "a.send": "sending", "a.deploy": "deployment", "a.monitor": "watching",
    "a.analysis": "looking back", "c.claim": "claim", "g.name": "state", "g.adj": "people or adjective of a state",
    "g.capital": "capital", "g.force": "force or ministry", "g.place": "place", "g.area": "area", "g.airport": "airport",
    "g.trap": "name that may be no state", "m.modal": "may, might", "m.not": "not", "o.object": "object",
    "p.over": "over", "p.into": "into", "p.near": "near", "p.in": "in", "p.from": "from", "p.toward": "towards",
    "x.nobreach": "no border crossed", "x.sorties": "sorties",
}  # fmt: skip


def meaning(concept: str) -> str:
    """The concept in words; the family's word when it has none of its own."""
    family, _, own = concept.partition(".")
    known = _MEANINGS.get(concept) or feature_of_concept(concept)
    return known or f"{_FAMILIES.get(family, 'mark')} {own}"
