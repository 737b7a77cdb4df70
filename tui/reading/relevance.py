"""The codebook's three-part test: an object, a zone, an unwanted presence; named features with weights."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from tui.domain.reading import Reason, Verdict
from tui.reading.matching import Mark
from tui.reading.roles import Roles
from tui.reading.scene import Scene, Sentence
from tui.reading.war import at_war, fighting

SPY_OBJECTS = ("o.balloon", "o.uav", "o.loiter", "o.unid")
CRAFT = ("o.balloon", "o.uav", "o.loiter", "o.unid", "o.mil", "o.heli", "o.missile", "o.cruise", "o.ballistic",
         "o.civil", "o.light", "o.plane", "o.rocket", "o.space", "o.object", "o.debris")  # fmt: skip
HARD = tuple(
    concept
    for concept in CRAFT
    if concept not in {"o.plane", "o.object", "o.debris", "o.rocket", "o.space", "o.civil", "o.light"}
)
AIR = ("z.airspace", "z.our", "z.adiz", "z.median", "z.fir", "z.restricted", "z.nofly")
SITES = ("z.airport", "z.military", "z.critical", "z.restricted", "z.security")
LINES = ("z.adiz", "z.median", "z.fir")
STRONG_LOOKALIKES = frozenset(
    {"n.sport", "n.hotair", "n.runway", "n.airban", "n.media", "n.finance", "n.nofly", "n.uap"}
)


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


def features_of(scene: Scene, roles: Roles) -> list[Feature]:
    """Every feature, at most once for each field."""
    found: dict[tuple[str, str], Feature] = {}
    everywhere = {concept for sentence in scene.sentences for concept in sentence.concepts}
    foreign = bool(set(roles.actor) - set(roles.affected)) or len(roles.named) > 1
    for sentence in scene.sentences:
        for name, marks in _features_in(sentence, everywhere, roles, foreign=foreign):
            if marks:
                key = (
                    name if not name.startswith("lookalike") else f"{name}{marks[0].concept}",
                    sentence.field,
                )
                found.setdefault(key, Feature(name, sentence, marks[0]))
    return list(found.values())


def _features_in(
    sentence: Sentence, everywhere: set[str], roles: Roles, *, foreign: bool
) -> Iterable[tuple[str, Sequence[Mark]]]:
    has, of = sentence.has, sentence.of
    craft = has(*CRAFT)
    hard = has(*HARD)
    spy = has(*SPY_OBJECTS)
    anywhere = bool(everywhere & set(HARD))
    states = sentence.family("g")
    yield "violated", of("a.violate")
    if has(*AIR) and has("a.enter", "a.incur") and (craft or anywhere):
        yield "entered_airspace", of("a.enter", "a.incur")
    elif (craft or anywhere) and has("a.enter", "a.incur") and (states or has("z.territory", "z.border")):
        yield "entered_state", of("a.enter", "a.incur")
    if hard:
        yield "over_state", _over(sentence)
    if hard and foreign and roles.affected and roles.actor:
        yield "foreign_object", of(*HARD)
    if has("a.scramble") and (has("o.mil") or (states and anywhere)):
        yield "scramble", of("a.scramble")
    if has("a.intercept", "a.escort", "a.warn") and hard and (states or foreign):
        yield "intercept", of("a.intercept", "a.escort", "a.warn")
    if has("a.down") and hard and states:
        yield "shot_over_state", of("a.down")
    if craft or anywhere:
        yield "zone_line", of(*LINES)
    if (
        spy
        and has(*SITES)
        and has("a.seen", "a.incur", "a.enter", "a.near", "p.over", "p.near", "a.disrupt", "a.found")
    ):
        yield "site_presence", of(*SITES)
    if (
        (spy or has("o.missile", "o.object", "o.debris"))
        and has("a.disrupt")
        and has("z.airport", "z.airspace")
    ):
        yield "airport_stopped", of("a.disrupt")
    if hard and has("a.crash", "a.found") and states:
        yield "fell_in_state", of("a.crash", "a.found")
    if (
        has("a.protest", "a.accuse", "a.deny")
        and (hard or (anywhere and has(*AIR, "z.territory", "a.violate")))
        and states
    ):
        yield "protest", of("a.protest", "a.accuse", "a.deny")
    if has("a.surveil") and has("o.balloon", "o.uav", "o.mil", "o.plane", "o.object"):
        yield "spy_craft", of("a.surveil")
    if has("a.close") and (everywhere & set(CRAFT)):
        yield "skies_closed", of("a.close")
    if (
        has("a.policy", "a.consult")
        and hard
        and (has(*AIR, "z.border", "a.incur", "a.down", "a.enter", "a.consult") or spy)
    ):
        yield "policy_answer", of("a.policy", "a.consult")
    yield "unidentified", of("o.unid")
    for mark in sentence.family("n"):
        yield ("lookalike_strong" if mark.concept in STRONG_LOOKALIKES else "lookalike"), [mark]


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


def judge(scene: Scene, roles: Roles) -> Verdict:
    """The verdict with every reason and its words."""
    table = weights()
    reasons: list[Reason] = []
    score = table["bias"][0]
    for feature in features_of(scene, roles):
        weight = table[feature.name][feature.sentence.field != "title"]
        label = feature.mark.concept[2:] if feature.name.startswith("lookalike") else feature.name
        reasons.append(reason_at(scene, label, feature.sentence, feature.mark, weight))
        score += weight
    concepts = {concept for sentence in scene.sentences for concept in sentence.concepts}
    if not concepts & set(HARD):
        score += table["no_object"][0]
        reasons.append(Reason("no flying object named", "", "title", 0, 0, table["no_object"][0]))
    war = is_routine(scene, roles, concepts)
    limit = threshold()
    relevant = score >= limit
    if war and relevant:
        reasons.append(Reason("routine between states at war", "", "title", 0, 0, table["war"][0]))
        score += table["war"][0]
        return Verdict(False, True, round(min(score, limit - 0.01), 2), limit, scene.lang, tuple(reasons))
    if not relevant:
        reasons.extend(_missing(concepts))
    return Verdict(relevant, False, round(score, 2), limit, scene.lang, tuple(reasons))


def reason_at(scene: Scene, label: str, sentence: Sentence, mark: Mark, weight: float) -> Reason:
    """A reason with its words in the cleaned text."""
    start, end = scene.folded(sentence.field).span(mark.start, mark.end)
    raw = scene.story.title if sentence.field == "title" else scene.story.summary
    return Reason(label, raw[start:end], sentence.field, start, end, weight)


def _missing(concepts: set[str]) -> Iterable[Reason]:
    if not concepts & {"z.airspace", "z.our", "z.border", "z.territory", *SITES, *LINES, "a.violate"}:
        yield Reason("no airspace, border or site named", "", "title", 0, 0, 0.0)
    if not concepts & {
        "a.violate",
        "a.enter",
        "a.incur",
        "a.seen",
        "a.scramble",
        "a.intercept",
        "a.down",
        "a.crash",
        "a.protest",
        "a.close",
        "a.disrupt",
    }:
        yield Reason("no unwanted presence and no answer to one told", "", "title", 0, 0, 0.0)


def is_routine(scene: Scene, roles: Roles, concepts: set[str]) -> bool:
    """W1, W2: between listed belligerents, on their own ground, no third state touched."""
    day = scene.published.date() if scene.published else None
    named = set(roles.named)
    if not named:
        return False
    affected = set(roles.affected)
    actor = set(roles.actor)
    sides = affected | actor
    if affected and actor and at_war(frozenset(sides), day) and affected != actor:
        return True
    if affected and not actor and len(affected) == 1 and fighting(next(iter(affected)), day):
        return bool(concepts & {"a.strike", "a.down", "a.disrupt"}) and at_war(frozenset(named), day)
    return False
