"""The codebook's three-part test: an object, a zone, an unwanted presence; named features with weights."""

from collections.abc import Sequence
from functools import cache

from tui.domain.reading import Reason, Verdict
from tui.reading.cues import HARD, LINES, SITES
from tui.reading.data_file import data_text
from tui.reading.features import features_of
from tui.reading.matching import Mark, OwnMark
from tui.reading.roles import Roles
from tui.reading.scene import Scene, Sentence
from tui.reading.war import at_war_states, is_routine


@cache
def weights() -> dict[str, tuple[float, float]]:
    """Weight of each feature in a title and in a summary."""
    text = data_text("data/weights.tsv")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {name: (float(title), float(summary)) for name, title, summary in rows}


def threshold() -> float:
    """Scores from here on are kept."""
    return weights()["threshold"][0]


def floor() -> float:
    """The score of a story in which nothing was found, at least one below the threshold."""
    return round(min(weights()["bias"][0], threshold() - 1), 3)


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
    for (name, field), (sentence, mark) in features_of(scene, roles).items():
        weights_here = table.get(name)
        weight = weights_here[field != "title"] if weights_here else 0.0
        if weight:
            reasons.append(reason_at(scene, name, sentence, mark, weight))
            score += weight
    reasons.extend(added)
    score += sum(reason.weight for reason in added)
    reasons.sort(key=lambda reason: -abs(reason.weight))
    limit = threshold()
    score = round(score, 3) + 0.0  # a sum just below nothing would be printed as -0.0
    relevant = score >= limit
    concepts = scene.concepts
    if (relevant or not _HARD.isdisjoint(concepts)) and routine(scene, roles):
        held = round(min(score, limit - _BELOW), 3)
        reasons.append(Reason(ROUTINE, "", "title", 0, 0, round(held - score, 3)))
        return Verdict(False, True, held, limit, scene.lang, tuple(reasons))  # noqa: FBT003
    if not relevant:
        reasons += [reason for missing, reason in _MISSING if missing.isdisjoint(concepts)]
    return Verdict(relevant, False, score, limit, scene.lang, tuple(reasons))  # noqa: FBT003


def routine(scene: Scene, roles: Roles) -> bool:
    """Whether the war filter takes it: blows told, no border, alliance airspace or formal complaint in it."""
    day = scene.day
    concepts = scene.concepts
    if (
        not concepts & _BLOWS
        or concepts & {"z.nato", "a.incur", "a.wall"}
        or concepts >= {"a.protest", "a.violate"}
        or set(roles.touched) - at_war_states(day)
    ):
        return False
    return is_routine(frozenset(roles.affected), frozenset(roles.actor), frozenset(roles.named), day)


def reason_at(scene: Scene, label: str, sentence: Sentence, mark: Mark, weight: float) -> Reason:
    """A reason with its words in the cleaned text."""
    in_title = sentence.field == "title"
    raw = scene.story.title if in_title else scene.story.summary
    start, end = (scene.title if in_title else scene.summary).span(mark.start, mark.end)
    if isinstance(mark, OwnMark):
        label = f"{label} (your rule '{mark.rule}')"
    return Reason(label, raw[start:end], sentence.field, start, end, weight)


_HARD = frozenset(HARD)
_BLOWS = {"a.strike", "a.down", "a.disrupt", "a.crash", "a.found", "a.intercept"}
_ZONES = {"z.airspace", "z.our", "z.border", "z.territory", *SITES, *LINES, "a.violate"}
_PRESENCE = {"a.violate", "a.enter", "a.incur", "a.seen", "a.scramble", "a.intercept", "a.down", "a.crash", "a.protest",
             "a.close", "a.disrupt"}  # fmt: skip
_MISSING = tuple(
    (frozenset(concepts), Reason(told, "", "title", 0, 0, 0.0))
    for concepts, told in (
        (_HARD, "no flying object named"),
        (_ZONES, "no airspace, border or site named"),
        (_PRESENCE, "no unwanted presence and no answer to one told"),
    )
)
"""The groups of concepts of which a story names at least one, and what is told when it names none."""
