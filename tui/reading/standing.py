"""Features of who stands where: whose craft, over whose ground, at peace or at war."""

from collections.abc import Iterable, Sequence
from datetime import date

from tui.reading.cues import KINDS
from tui.reading.matching import Mark
from tui.reading.roles import Roles
from tui.reading.scene import Scene, Sentence
from tui.reading.war import between_enemies, fought_over


def standing(scene: Scene, roles: Roles, everywhere: set[str]) -> Iterable[tuple[str, str]]:
    """Features of who stands where, for each kind of object; the state whose name shows it."""
    day = scene.published.date() if scene.published else None
    kinds = [kind for kind, concepts in KINDS if everywhere.intersection(concepts)]
    if not kinds and everywhere & {"a.violate", "a.incur", "z.airspace", "z.our"}:
        kinds = ["airspace"]
    at_peace = bool(roles.affected) and not fought_over(roles.affected[0], day)
    for kind in kinds:
        if roles.actor:
            yield f"another state's {kind}", roles.actor[0]
            yield "another state's craft", roles.actor[0]
        if roles.affected:
            yield f"{kind} and a state at {'peace' if at_peace else 'war'}", roles.affected[0]
        if roles.actor and at_peace:
            yield f"{kind} between two states", roles.affected[0]
            yield "craft between two states", roles.affected[0]
    if at_peace:
        for name in _against_peace(kinds, everywhere):
            yield name, roles.affected[0]
    if kinds and roles.actor and not everywhere.isdisjoint({"a.scramble", "a.intercept", "a.escort"}):
        yield "sent up against another state", roles.actor[0]
    if kinds and roles.responder:
        yield "another state answered", roles.responder[0]


def _against_peace(kinds: Sequence[str], everywhere: set[str]) -> Iterable[str]:
    """What was done to a state that is in no war."""
    if {"missile", "drone"}.intersection(kinds) and everywhere & {"a.crash", "a.found", "a.strike"}:
        yield "blow on a state at peace"
    if kinds and "a.down" in everywhere:
        yield "shot down over a state at peace"
    if everywhere & {"a.violate", "a.incur"}:
        yield "violation of a state at peace"


_ON = {"p.in": "in", "p.over": "in", "p.into": "in", "a.strike": "in", "a.crash": "in",
       "p.near": "near", "a.near": "near", "p.toward": "near"}  # fmt: skip
"""What may stand between a craft and the state it is told of."""
_SPREAD = 70
"""Widest stretch, in code points, between a craft and the word that places it."""


def placed(sentence: Sentence, day: date | None) -> Iterable[tuple[str, Mark]]:
    """Where the sentence itself puts a craft: in or near a state, in its airspace, or named after a place."""
    names = [mark for mark in sentence.family("g") if mark.name is not None and mark.name.iso2]
    if not names:
        return
    crafts = [(mark, kind) for kind, concepts in KINDS for mark in sentence.of(*concepts)]
    links = sentence.of(*_ON)
    skies = sentence.of("z.airspace", "z.our", "z.territory")
    for name in names:
        state = "a state at war" if fought_over(_iso2(name), day) else "a state at peace"
        for link in links:
            if not _next_to(sentence, link.end, name.start):
                continue
            for craft, kind in crafts:
                if 0 <= link.start - craft.end <= _SPREAD:
                    yield f"{kind} {_ON[link.concept]} {state}", link
                    yield f"craft {_ON[link.concept]} {state}", link
        for sky in skies:
            if _next_to(sentence, name.end, sky.start) or _next_to(sentence, sky.end, name.start):
                what = "territory" if sky.concept == "z.territory" else "airspace"
                yield f"{what} of {state}", sky
        if name.concept in _SMALL and any(
            0 <= mark.start - name.end <= 1 and mark.concept.startswith(_NAMED) for mark in sentence.marks
        ):
            yield f"named after a place, {state}", name


_SMALL = frozenset({"g.place", "g.area", "g.airport"})
_NAMED = ("o.", "a.incur", "a.violate", "a.incident", "a.close", "a.disrupt", "a.crash", "z.airspace")
"""As in "the Rezekne drone", "the El Paso airspace closure"."""


def _iso2(mark: Mark) -> str:
    return mark.name.iso2 if mark.name is not None and mark.name.iso2 else ""


def _next_to(sentence: Sentence, end: int, start: int) -> bool:
    """Whether at most two short words stand between."""
    return 0 <= start - end <= 24 and len(sentence.text[end:start].split()) <= 2


def states_named(roles: Roles, day: date | None) -> Iterable[tuple[str, str]]:
    """What kind of states are named, and one that shows it: at peace, at war, both sides of one war."""
    if not roles.named:
        return
    at_peace = [iso2 for iso2 in roles.named if not fought_over(iso2, day)]
    if not at_peace:
        yield "only states at war named", roles.named[0]
    elif len(at_peace) < len(roles.named):
        yield "a state at peace beside one at war", at_peace[0]
    if between_enemies(frozenset(roles.named), day):
        yield "both sides of a war named", roles.named[0]
