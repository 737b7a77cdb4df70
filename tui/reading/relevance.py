"""The codebook's three-part test: an object, a zone, an unwanted presence; named features with weights."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from tui.domain.reading import Reason, Verdict
from tui.reading.matching import Mark, OwnMark
from tui.reading.roles import Roles
from tui.reading.scene import Scene, Sentence
from tui.reading.war import at_war_states, fought_over, is_routine

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


@dataclass(frozen=True, slots=True)
class Feature:
    """One thing that speaks for or against a story."""

    name: str
    sentence: Sentence
    mark: Mark


@cache
def weights() -> dict[str, tuple[float, float]]:
    """Weight of each feature in a title and in a summary."""
    text = (resources.files("tui.reading") / "data" / "weights.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {name: (float(title), float(summary)) for name, title, summary in rows}


def threshold() -> float:
    """Scores from here on are kept."""
    return weights()["threshold"][0]


def floor() -> float:
    """The score of a story in which nothing was found, at least one below the threshold."""
    return round(min(weights()["bias"][0], threshold() - 1), 3)


def features_of(scene: Scene, roles: Roles) -> list[Feature]:
    """Every feature, at most once for each field."""
    found: dict[tuple[str, str], Feature] = {}
    everywhere = {concept for sentence in scene.sentences for concept in sentence.concepts}
    day = scene.published.date() if scene.published else None
    at_peace = bool(roles.affected) and not fought_over(roles.affected[0], day)
    for sentence in scene.sentences:
        for concept, marks in sentence.concepts.items():
            name = _UNARY.get(concept)
            if name:
                found.setdefault((name, sentence.field), Feature(name, sentence, marks[0]))
        for told, shown in _together(sentence, everywhere):
            name = "strike, but a state at peace" if told == "strike" and at_peace else told
            if shown:
                found.setdefault((name, sentence.field), Feature(name, sentence, shown[0]))
    for name, iso2 in _standing(scene, roles, everywhere):
        places = roles.marks.get(iso2)
        if places:
            found.setdefault((name, "title"), Feature(name, *places[0]))
    return list(found.values())


_UNARY = {
    "o.balloon": "balloon", "o.uav": "drone", "o.loiter": "drone", "o.mil": "warplane", "o.heli": "helicopter",
    "o.missile": "missile", "o.cruise": "missile", "o.ballistic": "missile", "o.rocket": "rocket",
    "o.civil": "civil aircraft", "o.light": "light aircraft", "o.space": "space object",
    "o.unid": "unidentified object", "o.debris": "debris", "o.plane": "plane",
    "z.airspace": "airspace", "z.our": "airspace", "z.territory": "territory", "z.border": "border",
    "z.airport": "airport", "z.military": "military site", "z.critical": "critical site",
    "z.restricted": "restricted zone", "z.nofly": "no-fly zone", "z.security": "restricted zone",
    "z.adiz": "identification zone", "z.fir": "flight region", "z.median": "median line",
    "z.intl": "international airspace", "z.disputed": "disputed ground",
    "a.violate": "violation", "a.incur": "incursion", "a.scramble": "scramble", "a.escort": "interception",
    "a.warn": "warning shots", "a.close": "airspace closed", "a.consult": "consultation", "a.intel": "intelligence shared",
    "a.surveil": "spying", "a.jam": "jamming", "a.evac": "shelter", "c.suspect": "suspicion", "a.firbreak": "flight rules broken",
    "c.unfounded": "explained away",
    "n.drone": "drone trade", "n.sport": "sport", "n.hotair": "leisure balloon", "n.finance": "money",
    "n.runway": "runway", "n.cyber": "cyber", "n.ground": "on the ground", "n.sea": "at sea", "n.airline": "airline trouble",
    "n.airban": "airspace ban", "n.media": "entertainment", "n.space": "space", "n.uap": "ufo", "n.weather": "weather",
    "n.crime": "crime", "n.arms": "arms trade", "n.exercise": "display or drill", "n.past": "history",
    "n.crashcivil": "accident", "n.strike": "counter-terror strike", "n.nofly": "no-fly zone asked for",
    "z.nato": "alliance named", "a.expel": "driven away", "a.smuggle": "smuggling", "a.exercise": "drill", "n.nuke": "nuclear talks",
}  # fmt: skip
"""Concepts that are features by themselves, under the name an analyst reads."""


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
)


def _together(sentence: Sentence, everywhere: set[str]) -> Iterable[tuple[str, Sequence[Mark]]]:
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
    for rule in _TOGETHER:
        if all(not present.isdisjoint(group) for group in rule.groups):
            marks = sentence.of(*rule.shown)
            if rule.shown == ("a.strike",):
                marks = [mark for mark in marks if not _beside(sentence, mark)]
            yield rule.name, marks


_BESIDE = frozenset({"during", "amid", "while", "after", "despite", "as"})


def _beside(sentence: Sentence, mark: Mark) -> bool:
    """Whether a blow is only the time of what is told: "during a strike on Ukraine"."""
    before = sentence.text[max(sentence.start, mark.start - 40) : mark.start].split()[-4:]
    return not _BESIDE.isdisjoint(before)


_KINDS = (
    ("balloon", ("o.balloon",)),
    ("drone", ("o.uav", "o.loiter")),
    ("warplane", ("o.mil",)),
    ("helicopter", ("o.heli",)),
    ("missile", ("o.missile", "o.cruise", "o.ballistic", "o.rocket")),
    ("aircraft", ("o.plane", "o.civil", "o.light")),
    ("object", ("o.unid", "o.object", "o.space", "o.debris")),
)


def _standing(scene: Scene, roles: Roles, everywhere: set[str]) -> Iterable[tuple[str, str]]:
    """Features of who stands where, for each kind of object; the state whose name shows it."""
    day = scene.published.date() if scene.published else None
    kinds = [kind for kind, concepts in _KINDS if everywhere.intersection(concepts)]
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


ROUTINE = "routine between states at war"
"""The reason under which the war filter takes a score down."""

_BELOW = 0.01
"""How far below the threshold the war filter takes a score."""


def judge(scene: Scene, roles: Roles, added: Sequence[Reason] = ()) -> Verdict:
    """The verdict with every reason and its words; kept when the score as printed reaches the threshold.

    `added` are reasons of a user's own rules, each with its weight.
    The war filter takes a score down to just below the threshold, as a reason with its own weight; a blow
    between its sides by something that flies is counted as routine whatever its score.
    """
    table = weights()
    reasons: list[Reason] = []
    score = table["bias"][0]
    for feature in features_of(scene, roles):
        weight = table.get(feature.name, (0.0, 0.0))[feature.sentence.field != "title"]
        if weight:
            reasons.append(reason_at(scene, feature.name, feature.sentence, feature.mark, weight))
            score += weight
    reasons.extend(added)
    score += sum(reason.weight for reason in added)
    reasons.sort(key=lambda reason: -abs(reason.weight))
    limit = threshold()
    score = round(score, 3) + 0.0  # a sum just below nothing would be printed as -0.0
    relevant = score >= limit
    concepts = {concept for sentence in scene.sentences for concept in sentence.concepts}
    if (relevant or not concepts.isdisjoint(HARD)) and routine(scene, roles):
        held = round(min(score, limit - _BELOW), 3)
        reasons.append(Reason(ROUTINE, "", "title", 0, 0, round(held - score, 3)))
        return Verdict(False, True, held, limit, scene.lang, tuple(reasons))  # noqa: FBT003
    if not relevant:
        reasons.extend(_missing(concepts))
    return Verdict(relevant, False, score, limit, scene.lang, tuple(reasons))  # noqa: FBT003


def routine(scene: Scene, roles: Roles) -> bool:
    """Whether the war filter takes it: blows told, no border or alliance airspace in it."""
    day = scene.published.date() if scene.published else None
    concepts = {concept for sentence in scene.sentences for concept in sentence.concepts}
    if (
        not concepts & _BLOWS
        or concepts & {"z.nato", "a.incur", "a.wall"}
        or set(roles.touched) - at_war_states(day)
    ):
        return False
    return is_routine(frozenset(roles.affected), frozenset(roles.actor), frozenset(roles.named), day)


def reason_at(scene: Scene, label: str, sentence: Sentence, mark: Mark, weight: float) -> Reason:
    """A reason with its words in the cleaned text."""
    start, end = scene.folded(sentence.field).span(mark.start, mark.end)
    raw = scene.story.title if sentence.field == "title" else scene.story.summary
    if isinstance(mark, OwnMark):
        label = f"{label} (your rule '{mark.rule}')"
    return Reason(label, raw[start:end], sentence.field, start, end, weight)


def _missing(concepts: set[str]) -> Iterable[Reason]:
    if not concepts & set(HARD):
        yield Reason("no flying object named", "", "title", 0, 0, 0.0)
    if not concepts & _ZONES:
        yield Reason("no airspace, border or site named", "", "title", 0, 0, 0.0)
    if not concepts & _PRESENCE:
        yield Reason("no unwanted presence and no answer to one told", "", "title", 0, 0, 0.0)


_BLOWS = {"a.strike", "a.down", "a.disrupt", "a.crash", "a.found", "a.intercept"}
_ZONES = {"z.airspace", "z.our", "z.border", "z.territory", *SITES, *LINES, "a.violate"}
_PRESENCE = {"a.violate", "a.enter", "a.incur", "a.seen", "a.scramble", "a.intercept", "a.down", "a.crash", "a.protest",
             "a.close", "a.disrupt"}  # fmt: skip
