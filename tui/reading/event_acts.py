"""The named acts that speak for an event: the concepts each is read from, and what must stand beside it."""

from tui.domain.value import dataclass


@dataclass(frozen=True, slots=True)
class Act:
    """A named act: the concepts it is read from, and what else must stand in its sentence."""

    name: str
    shown: frozenset[str]
    beside: tuple[frozenset[str], ...] = ()
    without: frozenset[str] = frozenset()


def _act(name: str, shown: str, *beside: str, without: str = "") -> Act:
    groups = tuple(frozenset(group.split()) for group in beside)
    return Act(name, frozenset(shown.split()), groups, frozenset(without.split()))


CRAFT = (
    "o.balloon o.uav o.loiter o.unid o.missile o.cruise o.ballistic o.heli o.light o.civil o.mil o.plane o.rocket "
    "o.space o.debris o.object"
)
LINES = frozenset({"z.adiz", "z.median", "z.fir"})
SITES = frozenset({"z.airport", "z.military", "z.critical"})
_LINE, _SITE = " ".join(sorted(LINES)), " ".join(sorted(SITES))
_PROHIBITED = "z.restricted z.nofly z.security"

ACTS = (
    _act("crosses", "a.violate a.enter e.entry", without=f"{_LINE} x.nobreach z.intl #site"),
    _act("a crossing", "a.violate noun:a.violate e.noun a.incur", without=f"{_LINE} x.nobreach #site"),
    _act("breach of airspace", "noun:a.violate", without=f"{_LINE} x.nobreach #site"),
    _act("approach", "e.approach", without="a.violate noun:a.violate"),
    _act("over a site", "a.violate noun:a.violate a.enter noun:a.enter e.entry e.noun a.incur", "#site"),
    _act("in its skies", "z.airspace z.our", "p.in p.into p.over", without="z.intl"),
    _act("a line", _LINE),
    _act("flight rules", "a.firbreak"),
    _act("no breach", "x.nobreach"),
    _act("over", "p.over", CRAFT),
    _act("in", "p.in p.into", CRAFT),
    _act("near", "p.near a.near", CRAFT),
    _act(
        "warplanes near",
        "p.near a.near",
        "o.mil",
        without="a.violate noun:a.violate a.enter e.entry e.noun r.intercept",
    ),
    _act("at a site", _SITE),
    _act(
        "in a prohibited zone",
        _PROHIBITED,
        "a.violate a.enter e.entry p.in p.into p.over",
        without="a.close a.disrupt",
    ),
    _act("at an airport", "z.airport"),
    _act("seen", "a.seen"),
    _act("incident", "a.incident"),
    _act("scrambled", "a.scramble r.scramble"),
    _act("intercepted", "a.intercept r.intercept a.escort r.escort"),
    _act("fired", "a.warn r.warn"),
    _act("met", "e.meet a.jam r.jam"),
    _act("shot", "a.down"),
    _act("some shot", "some:a.down"),
    _act("may shoot", "may:a.down"),
    _act("shooting of", "e.shot"),
    _act("fell", "a.crash e.fell"),
    _act("landed", "e.landed"),
    _act("found", "a.found e.found", CRAFT),
    _act("wreck", "o.debris fallen"),
    _act("hit", "a.strike e.hit"),
    _act("closed airspace", "a.close"),
    _act("flights halted", "a.disrupt e.halt", "z.airport e.flights z.airspace g.airport"),
    _act("halted", "a.disrupt e.halt"),
    _act("protested", "a.protest"),
    _act("answered", "e.protest", without="a.protest"),
    _act("accused", "a.accuse"),
    _act("denied", "a.deny"),
    _act("contradicted", "e.deny a.excuse"),
    _act("rule", "a.policy"),
    _act("measures", "e.policy a.deploy a.wall", without="a.consult"),
    _act("consulted", "a.consult"),
    _act("told allies", "a.intel"),
    _act("explained", "a.analysis"),
    _act("inquiry", "e.inquiry"),
    _act("identified", "e.identify c.unfounded"),
    _act("suspected", "c.suspect"),
    _act("unfounded", "c.unfounded"),
    _act("drill", "a.exercise"),
    _act("owned up", "a.apology", without="e.protest"),
    _act("balloon", "o.balloon"),
    _act("drone", "o.uav o.loiter"),
    _act("warplane", "o.mil"),
    _act("missile", "o.missile o.cruise o.ballistic o.rocket"),
    _act("unknown object", "o.unid"),
    _act("two states", "z.border"),
)


SENT, NOT_SENT = "sent by a state", "sender unknown"
"""Cues of the whole story."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A cue of two acts of one story: what the headline tells of an answer, and what was answered."""

    name: str
    heads: frozenset[str]
    """Any of these in the headline's news."""
    anywhere: str
    """And this act in any part."""
    unless: frozenset[str] = frozenset()
    """But none of these in any part."""


_SHOOTING = frozenset({"shot", "shooting of"})
_ANSWERS = frozenset({"scrambled", "intercepted", "fired", "met"})
_OTHERWISE = _SHOOTING | _ANSWERS | {"at a site", "no breach", "a line"}
"""With these a state's craft over or near another tells of no violation by itself."""

PAIRS = (
    Pair("crossing answered", _ANSWERS, "crosses"),
    Pair("crossing protested", frozenset({"protested"}), "crosses", _SHOOTING),
    Pair("strike protested", frozenset({"protested"}), "hit", _SHOOTING),
    Pair("shooting protested", frozenset({"protested"}), "shooting of"),
    Pair("line answered", _ANSWERS, "a line"),
    Pair("a state's craft over", frozenset({SENT}), "over", _OTHERWISE),
    Pair("a state's craft seen", frozenset({SENT}), "seen", _OTHERWISE),
    Pair("shot after crossing", frozenset({"shot"}), "crosses"),
    Pair("fell after crossing", frozenset({"fell"}), "crosses"),
)

ACTS_OF: dict[str, tuple[Act, ...]] = {
    concept: tuple(act for act in ACTS if concept in act.shown)
    for concept in sorted({concept for act in ACTS for concept in act.shown})
}
"""The acts that a concept may show."""
