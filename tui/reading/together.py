"""Features that need two or three cues in one sentence."""

from collections.abc import Iterable, Sequence
from datetime import date

from tui.domain.value import dataclass
from tui.reading.cues import CRAFT, HARD, LINES, MOST, SITES, SPY_OBJECTS, next_to
from tui.reading.matching import Mark
from tui.reading.scene import Sentence
from tui.reading.war import fought_over


@dataclass(frozen=True, slots=True)
class Together:
    """A feature that needs a cue out of every group in one sentence; `#` groups are worked out first."""

    name: str
    shown: tuple[str, ...]
    """The first group: the cues whose words are shown."""
    beside: tuple[frozenset[str], ...]
    """The other groups."""

    def holds(self, present: set[str]) -> bool:
        """Whether each of the other groups is there."""
        for group in self.beside:  # noqa: SIM110 - asked for every rule of every sentence: a generator costs twice this
            if present.isdisjoint(group):
                return False
        return True


def _rule(name: str, shown: str, *groups: str) -> Together:
    return Together(name, tuple(shown.split()), tuple(frozenset(group.split()) for group in groups))


_SKIES = "z.airspace z.our z.adiz z.median z.fir z.restricted z.nofly"
_PRESENCE = "a.violate a.enter a.incur a.seen a.scramble a.intercept a.escort a.warn a.down a.crash a.close a.disrupt a.found a.incident"
_INCURSION = "a.incur a.violate a.incident z.airspace z.our"
_CRAFT, _HARD, _SPY = frozenset(CRAFT), frozenset(HARD), frozenset(SPY_OBJECTS)
_FLYING = frozenset({*HARD, "o.plane", "o.rocket", "o.civil", "o.debris", "x.flight"})
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
    _rule("entered a zone", "a.enter a.incur a.violate a.near", " ".join(LINES)),
    _rule("craft and protest between states", "a.protest a.apology", "#craft #flying", "#two states"),
    _rule("denial between states", "a.deny a.accuse", "#craft #flying", "#two states"),
    _rule("object, airspace and presence", _PRESENCE, "#hard", f"{_SKIES} z.security a.violate"),
    _rule("object, state at peace and presence", _PRESENCE, "#hard", "#at peace"),
    _rule(
        "aircraft met by warplanes",
        "a.intercept a.escort a.scramble a.warn a.down",
        "o.mil",
        "o.plane o.civil o.light",
    ),
    _rule("protest at an incursion", "a.protest", _INCURSION),
    _rule("denial of an incursion", "a.deny a.accuse a.apology", _INCURSION),
    _rule("rules against incursions", "a.policy a.deploy m.modal", _INCURSION),
    _rule("talks on an incursion", "a.consult", _INCURSION),
    _rule("incursion examined", "a.analysis", _INCURSION),
)
_RULES_OF = {
    concept: tuple(number for number, rule in enumerate(_TOGETHER) if concept in rule.shown)
    for concept in {concept for rule in _TOGETHER for concept in rule.shown}
}
"""The numbers of the rules that show a concept."""
_OVER = ("p.over", "p.into", "p.near", "a.near")
_SHOWN = frozenset({*_RULES_OF, *_OVER})
"""A sentence with none of these has no such feature."""


def together(
    sentence: Sentence, everywhere: set[str], day: date | None
) -> Iterable[tuple[str, Sequence[Mark]]]:
    """Features that need two cues in one sentence, or one here and an object anywhere."""
    here = sentence.concepts
    if _SHOWN.isdisjoint(here):
        return
    present = _present(sentence, everywhere, day)
    if "#hard" in present:
        yield "over or near a place", _over(sentence)
    if "#spy" in present:
        yield "right over a site", _over_site(sentence)
    if "a.violate" in here:
        yield "violation of airspace", _violated(sentence)
    if "a.crash" in here:
        yield "aircraft accident", _accident(sentence)
    for number in sorted({number for concept in here for number in _RULES_OF.get(concept, ())}):
        rule = _TOGETHER[number]
        if rule.holds(present):
            marks = sentence.of(*rule.shown)
            if rule.shown == ("a.strike",):
                marks = [
                    mark for mark in marks if not (_beside(sentence, mark) or _on_a_craft(sentence, mark))
                ]
            yield rule.name, marks


def _present(sentence: Sentence, everywhere: set[str], day: date | None) -> set[str]:
    """The cues and the groups of cues that stand here, and those that another sentence lends this one."""
    here = sentence.concepts
    present = set(here)
    if sentence.family("o"):
        if not _CRAFT.isdisjoint(here):
            present.update(("#craft", "#flying"))
        if not _HARD.isdisjoint(here):
            present.add("#hard")
        if not _SPY.isdisjoint(here):
            present.update(("#spy", "#spy-told"))
    if not _FLYING.isdisjoint(everywhere):
        present.add("#flying")
    if not _SPY.isdisjoint(everywhere):
        present.add("#spy-told")
    names = sentence.names
    if names:
        present.add("#states")
        states = {mark.name.iso2 for mark in names if mark.name is not None}
        if len(states) > 1:
            present.add("#two states")
        if any(iso2 and not fought_over(iso2, day) for iso2 in states):
            present.add("#at peace")
    return present


def _violated(sentence: Sentence) -> list[Mark]:
    """Violations with the airspace named beside the word, so none of a law, a truce or a coast."""
    skies = sentence.of("z.airspace", "z.our")[:MOST]
    return [
        mark
        for mark in sentence.of("a.violate")[:MOST]
        if any(sky.start < mark.end + 30 and sky.end > mark.start - 30 for sky in skies)
    ]


def _accident(sentence: Sentence) -> list[Mark]:
    """Crashes of aircraft with pilots that neither went where they should not nor were shot at."""
    manned = sentence.has("o.mil", "o.heli", "o.plane", "o.civil") and not sentence.has(*SPY_OBJECTS)
    answered = sentence.has(
        "a.enter", "a.incur", "a.violate", "a.down", "a.intercept", "a.warn", "a.scramble"
    )
    return [] if answered or not manned else sentence.of("a.crash")


_BESIDE = frozenset({"during", "amid", "while", "after", "despite", "as"})


def _beside(sentence: Sentence, mark: Mark) -> bool:
    """Whether a blow is only the time of what is told: "during a strike on Ukraine"."""
    before = sentence.text[max(sentence.start, mark.start - 40) : mark.start].split()[-4:]
    return not _BESIDE.isdisjoint(before)


def _on_a_craft(sentence: Sentence, mark: Mark) -> bool:
    """Whether a blow falls on something that flies: "a missile hits a jet", "hits drone"."""
    return any(
        mark.end < craft.start and next_to(sentence, mark.end, craft.start)
        for craft in sentence.of(*CRAFT)[:MOST]
    )


def _over(sentence: Sentence) -> list[Mark]:
    """Prepositions that put something over or into a named state or place."""
    names = sentence.names[:MOST]
    if not names:
        return []
    return [
        mark
        for mark in sentence.of(*_OVER)[:MOST]
        if any(next_to(sentence, mark.end, name.start) for name in names)
    ]


def _over_site(sentence: Sentence) -> list[Mark]:
    """Prepositions that put something over or at a site."""
    sites = sentence.of(*SITES)[:MOST]
    if not sites:
        return []
    return [
        mark
        for mark in sentence.of("p.over", "p.near")[:MOST]
        if any(0 <= site.start - mark.end <= 24 for site in sites)
    ]
