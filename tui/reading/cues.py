"""Groups of cues that several features look for, and which features may only speak one way."""

from tui.reading.scene import Sentence

MOST = 30
"""Marks of one group that are looked at in a sentence: what repeats itself adds nothing."""

SPY_OBJECTS = ("o.balloon", "o.uav", "o.loiter", "o.unid")
CRAFT = ("o.balloon", "o.uav", "o.loiter", "o.unid", "o.mil", "o.heli", "o.missile", "o.cruise", "o.ballistic",
         "o.civil", "o.light", "o.plane", "o.rocket", "o.space", "o.object", "o.debris")  # fmt: skip
HARD = tuple(
    concept
    for concept in CRAFT
    if concept not in {"o.plane", "o.object", "o.debris", "o.rocket", "o.space", "o.civil", "o.light"}
)
SITES = ("z.airport", "z.military", "z.critical", "z.restricted", "z.security")
LINES = ("z.adiz", "z.median", "z.fir")

AGAINST = frozenset({
    "drone trade", "sport", "leisure balloon", "money", "runway", "cyber", "on the ground", "at sea",
    "airline trouble", "airspace ban", "entertainment", "space", "ufo", "weather", "crime", "arms trade",
    "display or drill", "history", "accident", "counter-terror strike", "no-fly zone asked for", "drill",
    "nuclear talks", "look-alike news", "ships, and no craft", "only states at war named", "both sides of a war named",
    "weapons test", "threat only", "aircraft accident",
})  # fmt: skip
"""Features that may only weigh against a story."""
FOR = frozenset({
    "airspace", "border", "violation", "violation of airspace", "scramble", "interception", "warning shots",
    "identification zone", "flight region", "median line", "international airspace", "disputed ground",
    "unidentified object", "smuggling", "consultation", "intelligence shared", "airspace closed", "driven away",
    "explained away", "entered airspace", "crossed into a state", "crossed a border", "fighters sent up",
    "met in the air", "over a site", "seen", "traffic stopped", "airport stopped", "protest", "right over a site",
    "named after a place", "airspace of a state at peace", "territory of a state at peace", "airspace closed, no other ground",
    "object, airspace and presence", "protest at an incursion", "denial of an incursion", "rules against incursions",
    "talks on an incursion", "incursion examined", "violation of a state at peace", "blow on a state at peace",
    "shot down over a state at peace", "sent up against another state", "another state answered",
    "balloon and a state at peace", "drone and a state at peace", "craft in a state at peace", "alliance named", "a third state touched by a war",
    "craft came to a state at peace", "entered a zone", "aircraft met by warplanes", "flown without leave", "craft, no other news",
    "military site", "critical site", "airport", "restricted zone", "came down", "found", "shot down", "claim or denial",
    "incident", "incursion", "over or near a place", "skies closed", "another state's craft", "drone", "balloon", "warplane",
    "missile", "craft and protest between states",
    "another state's helicopter",
})  # fmt: skip
"""Features that may only speak for a story."""

KINDS = (
    ("balloon", ("o.balloon",)),
    ("drone", ("o.uav", "o.loiter")),
    ("warplane", ("o.mil",)),
    ("helicopter", ("o.heli",)),
    ("missile", ("o.missile", "o.cruise", "o.ballistic", "o.rocket")),
    ("aircraft", ("o.plane", "o.civil", "o.light")),
    ("object", ("o.unid", "o.object", "o.space", "o.debris")),
)
"""The kinds of craft that features tell apart."""


def next_to(sentence: Sentence, end: int, start: int) -> bool:
    """Whether at most two short words stand between."""
    return 0 <= start - end <= 24 and len(sentence.text[end:start].split()) <= 2
