"""Features that need two or three cues in one sentence."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tui.reading.cues import CRAFT, HARD, SITES, SPY_OBJECTS
from tui.reading.matching import Mark
from tui.reading.scene import Sentence


@dataclass(frozen=True, slots=True)
class Together:
    """A feature that needs a cue out of every group in one sentence; `#` groups are worked out first."""

    name: str
    groups: tuple[frozenset[str], ...]
    shown: tuple[str, ...]
    """The cues whose words are shown."""


def _rule(name: str, shown: str, *groups: str) -> Together:
    cues = tuple(shown.split())
    return Together(name, (frozenset(cues), *(frozenset(group.split()) for group in groups)), cues)


_SKIES = "z.airspace z.our z.adiz z.median z.fir z.restricted z.nofly"
_PRESENCE = "a.violate a.enter a.incur a.seen a.scramble a.intercept a.escort a.warn a.down a.crash a.close a.disrupt a.found a.incident"
_INCURSION = "a.incur a.violate a.incident z.airspace z.our"
_TOGETHER = (
    _rule("entered airspace", "a.enter a.incur", "#flying", _SKIES),
    _rule("crossed into a state", "a.enter a.incur", "#flying", "#states"),
    _rule("crossed a border", "a.enter a.incur", "#flying", "z.border z.territory"),
    _rule("near a state", "a.near p.near p.toward", "#craft", "#states"),
    _rule("sent by a state", "a.send", "#craft", "#states"),
    _rule("driven off", "a.expel", "#craft"),
    _rule("incident", "a.incident", "#spy"),
    _rule(
        "hit or fell in a state",
        "a.crash a.found a.strike",
        "o.missile o.cruise o.ballistic o.uav o.loiter",
        "#states",
    ),
    _rule("fighters sent up", "a.scramble", "o.mil #states", "o.mil #flying"),
    _rule("met in the air", "a.intercept a.escort a.warn", "#hard"),
    _rule("shot down", "a.down", "#craft"),
    _rule("over a site", " ".join(SITES), "#spy"),
    _rule("seen", "a.seen", "#spy"),
    _rule("traffic stopped", "a.disrupt", "#spy-told"),
    _rule("airport stopped", "a.disrupt", "#flying", "z.airport"),
    _rule("came down", "a.crash", "#craft"),
    _rule("found", "a.found", "#craft"),
    _rule("strike", "a.strike", "#hard"),
    _rule("protest", "a.protest", "#flying", "#states"),
    _rule("claim or denial", "a.accuse a.deny a.apology", "#flying", "#states"),
    _rule("rule or plan", "a.policy a.consult", "#hard", f"{_SKIES} z.border a.incur a.down a.consult"),
    _rule("skies closed", "a.close a.disrupt", "#flying", "z.airspace"),
    _rule("object, airspace and presence", _PRESENCE, "#hard", f"{_SKIES} z.security a.violate"),
    _rule("object, state and presence", _PRESENCE, "#hard", "#states"),
    _rule("protest at an incursion", "a.protest", _INCURSION),
    _rule("denial of an incursion", "a.deny a.accuse a.apology", _INCURSION),
    _rule("rules against incursions", "a.policy a.deploy m.modal", _INCURSION),
    _rule("talks on an incursion", "a.consult", _INCURSION),
    _rule("incursion examined", "a.analysis", _INCURSION),
)


def together(sentence: Sentence, everywhere: set[str]) -> Iterable[tuple[str, Sequence[Mark]]]:
    """Features that need two cues in one sentence, or one here and an object anywhere."""
    present = set(sentence.concepts)
    craft = not present.isdisjoint(CRAFT)
    hard = not present.isdisjoint(HARD)
    if craft:
        present.add("#craft")
    if hard:
        present.add("#hard")
        yield "over or near a place", _over(sentence)
    if craft or not everywhere.isdisjoint(HARD):
        present.add("#flying")
    if not present.isdisjoint(SPY_OBJECTS):
        present |= {"#spy", "#spy-told"}
        yield "right over a site", _over_site(sentence)
    elif not everywhere.isdisjoint(SPY_OBJECTS):
        present.add("#spy-told")
    if any(concept[0] == "g" for concept in sentence.concepts):
        present.add("#states")
    yield "violation of airspace", _violated(sentence)
    for rule in _TOGETHER:
        if _fits(rule, present):
            marks = sentence.of(*rule.shown)
            if rule.shown == ("a.strike",):
                marks = [mark for mark in marks if not _beside(sentence, mark)]
            yield rule.name, marks


def _fits(rule: Together, present: set[str]) -> bool:
    if present.isdisjoint(rule.shown):
        return False  # most end here
    return all(not present.isdisjoint(group) for group in rule.groups)


def _violated(sentence: Sentence) -> list[Mark]:
    """Violations with the airspace named beside the word, so none of a law, a truce or a coast."""
    skies = sentence.of("z.airspace", "z.our")
    return [
        mark
        for mark in sentence.of("a.violate")
        if any(sky.start < mark.end + 30 and sky.end > mark.start - 30 for sky in skies)
    ]


_BESIDE = frozenset({"during", "amid", "while", "after", "despite", "as"})


def _beside(sentence: Sentence, mark: Mark) -> bool:
    """Whether a blow is only the time of what is told: "during a strike on Ukraine"."""
    before = sentence.text[max(sentence.start, mark.start - 40) : mark.start].split()[-4:]
    return not _BESIDE.isdisjoint(before)


def _over(sentence: Sentence) -> list[Mark]:
    """Prepositions that put something over or into a named state or place."""
    found = []
    for mark in sentence.of("p.over", "p.into", "p.near", "a.near"):
        for name in sentence.family("g"):
            between = sentence.text[mark.end : name.start]
            if 0 <= name.start - mark.end <= 24 and len(between.split()) <= 2:
                found.append(mark)
                break
    return found


def _over_site(sentence: Sentence) -> list[Mark]:
    """Prepositions that put something over or at a site."""
    sites = sentence.of(*SITES)
    return [
        mark
        for mark in sentence.of("p.over", "p.near")
        if any(0 <= site.start - mark.end <= 24 for site in sites)
    ]
