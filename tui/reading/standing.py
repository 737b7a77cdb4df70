"""Features of who stands where: whose craft, over whose ground, at peace or at war."""

from collections.abc import Iterable, Sequence
from datetime import date

from tui.reading.cues import KINDS, MOST, next_to
from tui.reading.matching import Mark
from tui.reading.roles import Roles
from tui.reading.scene import Scene, Sentence
from tui.reading.standings import OWN_WORDS
from tui.reading.war import at_peace, between_enemies, fought_over


def is_peaceful(roles: Roles, day: date | None) -> bool:
    """Whether a state is affected that is in no war with whoever did it; an alliance as a whole is in none."""
    if not roles.affected:
        return roles.alliance
    return at_peace(roles.affected[0], roles.actor, day)


def standing(scene: Scene, roles: Roles, everywhere: set[str]) -> Iterable[tuple[str, str]]:
    """Features of who stands where, for each kind of object; the state whose name shows it."""
    day = scene.day
    kinds = [kind for kind, concepts in KINDS if not everywhere.isdisjoint(concepts)]
    if not kinds and not _AIRSPACE.isdisjoint(everywhere):
        kinds = ["airspace"]
    peaceful = is_peaceful(roles, day)
    suffers = roles.affected or (roles.named if roles.alliance else ())
    for kind in kinds:
        if roles.actor:
            yield f"another state's {kind}", roles.actor[0]
            yield "another state's craft", roles.actor[0]
        if suffers:
            yield f"{kind} and a state at {'peace' if peaceful else 'war'}", suffers[0]
        if roles.actor and suffers and peaceful:
            yield f"{kind} between two states", suffers[0]
            yield "craft between two states", suffers[0]
    if suffers and peaceful:
        for name in _against_peace(kinds, everywhere):
            yield name, suffers[0]
    if kinds and roles.actor and not _SENT_UP.isdisjoint(everywhere):
        yield "sent up against another state", roles.actor[0]
    if kinds and roles.responder:
        yield "another state answered", roles.responder[0]


_AIRSPACE = frozenset({"a.violate", "a.incur", "z.airspace", "z.our"})
_SENT_UP = frozenset({"a.scramble", "a.intercept", "a.escort"})


def _against_peace(kinds: Sequence[str], everywhere: set[str]) -> Iterable[str]:
    """What was done to a state that is in no war."""
    if ("missile" in kinds or "drone" in kinds) and not _BLOWS.isdisjoint(everywhere):
        yield "blow on a state at peace"
    if kinds and "a.down" in everywhere:
        yield "shot down over a state at peace"
    if not _BREACHES.isdisjoint(everywhere):
        yield "violation of a state at peace"


_BLOWS = frozenset({"a.crash", "a.found", "a.strike"})
_BREACHES = frozenset({"a.violate", "a.incur"})


_ON = {"p.in": "in", "p.over": "in", "p.into": "in", "a.strike": "in", "a.crash": "in",
       "p.near": "near", "a.near": "near", "p.toward": "near"}  # fmt: skip
"""What may stand between a craft and the state it is told of."""
_OWNED = 8
"""How far before its airspace, in code points, the word stands that says whose it is."""
_SPREAD = 70
"""Widest stretch, in code points, between a craft and the word that places it."""


CAME = "craft came to a state at peace"
"""The feature of a craft that came to a state outside every war."""
_AT_PEACE, _AT_WAR = "a state at peace", "a state at war"


def placed(sentence: Sentence, day: date | None) -> Iterable[tuple[str, Mark]]:
    """Where the sentence itself puts a craft: in or near a state, in its airspace, or named after a place."""
    named = sentence.names[:MOST]
    names = [mark for mark in named if mark.name is not None and mark.name.iso2]
    if not names:
        return
    skies = sentence.of("z.airspace", "z.our", "z.territory")[:MOST] if sentence.family("z") else []
    leading = sentence.of(*_ON)[: 2 * MOST]
    links = [(name, link) for name in names for link in _links(sentence, name, leading)] if leading else []
    for name in names:
        if not skies and name.concept not in _SMALL:
            continue
        state = _AT_WAR if fought_over(_iso2(name), day) else _AT_PEACE
        for sky in skies:
            if (
                next_to(sentence, name.end, sky.start)
                or next_to(sentence, sky.end, name.start)
                or _its_own(sentence, name, sky)
            ):
                what = "territory" if sky.concept == "z.territory" else "airspace"
                yield f"{what} of {state}", sky
        if name.concept in _SMALL and _names_what_follows(sentence, name):
            yield f"named after a place, {state}", name
    for name, link in links:
        state = _AT_WAR if fought_over(_iso2(name), day) else _AT_PEACE
        nearest = max(
            (
                other.start
                for place, other in links
                if other.start < link.start and _iso2(place) != _iso2(name)
            ),
            default=0,
        )
        yield from _craft_at(sentence, name, link, max(nearest, link.start - _SPREAD), state)


def _its_own(sentence: Sentence, name: Mark, sky: Mark) -> bool:
    """As in "Estonia says a missile fell on its territory": of the one that the sentence begins with."""
    if name is not sentence.names[0] or sentence.text[name.end : name.end + 2] == "'s":
        return False
    owned = sentence.text[max(name.end, sky.start - _OWNED) : sky.end]
    return any(map(owned.__contains__, OWN_WORDS))


def _names_what_follows(sentence: Sentence, name: Mark) -> bool:
    """Whether a thing or a deed stands right behind the name."""
    for mark in sentence.marks[: 4 * MOST]:
        gap = mark.start - name.end
        if gap > 1:
            return False  # marks come in order
        if gap >= 0 and mark.concept.startswith(_NAMED):
            return True
    return False


def _iso2(mark: Mark) -> str:
    return mark.name.iso2 if mark.name is not None and mark.name.iso2 else ""


def _links(sentence: Sentence, name: Mark, leading: Sequence[Mark]) -> list[Mark]:
    """Of the words like "in", "near" or "hit" those that lead to a name, no other name between."""
    links = [link for link in leading if next_to(sentence, link.end, name.start)]
    others = sentence.names[:MOST]
    return [
        link
        for link in links
        if not any(link.end <= other.start and other.end < name.start for other in others)
    ]


def _craft_at(
    sentence: Sentence, name: Mark, link: Mark, since: int, state: str
) -> Iterable[tuple[str, Mark]]:
    """The craft named since a place in the sentence, before the word that puts it at a state."""
    where = _ON[link.concept]
    if not sentence.family("o"):
        return
    for kind, concepts in KINDS:
        if not sentence.has(*concepts):
            continue
        for craft in sentence.of(*concepts)[:MOST]:
            if since <= craft.end <= link.start:
                yield f"{kind} {where} {state}", link
                yield f"craft {where} {state}", link
                if where == "in" and state == _AT_PEACE and _moved(sentence, craft, name):
                    yield CAME, link


def _moved(sentence: Sentence, craft: Mark, name: Mark) -> bool:
    """Whether what a craft did, or what was done to it, is told between it and the name."""
    return any(craft.end <= act.start and act.end <= name.start for act in sentence.of(*_COMES)[:MOST])


_COMES = ("a.crash", "a.enter", "a.incur", "a.violate", "a.seen", "a.down", "a.found", "a.strike")


_SMALL = frozenset({"g.place", "g.area", "g.airport"})
_NAMED = ("o.", "a.incur", "a.violate", "a.incident", "a.close", "a.disrupt", "a.crash", "z.airspace")
"""As in "the Rezekne drone", "the El Paso airspace closure"."""


def states_named(roles: Roles, day: date | None, *, third: bool) -> Iterable[tuple[str, str]]:
    """What kind of states are named, and one that shows it; a war is not counted where a third state is touched."""
    if not roles.named:
        return
    peaceful = [iso2 for iso2 in roles.named if not fought_over(iso2, day)]
    if not peaceful:
        if not (roles.alliance and not roles.affected):
            yield "only states at war named", roles.named[0]
    elif len(peaceful) < len(roles.named):
        yield "a state at peace beside one at war", peaceful[0]
    if not third and between_enemies(frozenset(roles.named), day):
        yield "both sides of a war named", roles.named[0]
