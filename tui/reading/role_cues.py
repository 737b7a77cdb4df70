"""One state's cues, what kinds of cues there are, and what they weigh."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from math import fsum

from tui.reading.data_file import data_text
from tui.reading.matching import Mark
from tui.reading.scene import Sentence

GROUND = frozenset({
    "its airspace", "over it", "into it", "in it", "entered", "its zone", "place in it", "airport in it", "near it",
    "speaks of its own skies", "our airspace", "its airport", "its site", "object of a.enter", "object of a.violate",
    "incursion named after its name", "craft incursion named after its name", "near its edge",
})  # fmt: skip
"""Cues that a state's ground or skies are where it happened."""
SURE_GROUND = GROUND - {"near its edge", "near it", "its site"}
"""Of these, those that leave little doubt."""
OWNERSHIP = frozenset({
    "its craft", "its warplane", "from it", "its envoy", "sends craft", "sends warplanes", "object of a.accuse",
    "does a.apology", "incursion by it", "probably its", "its a.violate", "its a.incur", "its a.incident", "does a.enter", "does a.violate", "does a.incur", "protests over its own craft",
    "its flights", "its craft harassed", "asked of it", "says it was elsewhere", "makes an excuse", "flies with another's",
    "spies for it", "its border is shut", "shuts another's skies", "denies, and another's ground is told",
    "another state shot, and it speaks",
    "flies or fires", "incursion named after its people",
    "craft incursion named after its people",
})  # fmt: skip
"""Cues that what flew was a state's own."""
ANSWERS = frozenset({
    "its craft answered", "does a.scramble", "does a.intercept", "does a.escort", "does a.down", "does a.warn",
})  # fmt: skip
"""Cues that a state sent its craft up, or shot."""
NO_PART = frozenset(
    {
        "where the war is",
        "beyond the border",
        "its border",
        "near its edge",
        "told aside",
        "from its direction",
        "met in it",
        "one of its people",
        "from it, but no craft",
    }
)
SIDES = (
    ("launch_side", frozenset({"from it"})),
    (
        "blamed",
        frozenset(
            {"object of a.accuse", "object of a.protest", "its envoy", "asked of it", "said to be behind it"}
        ),
    ),
)
"""Parts kept apart from the operator: where it set out, and who is held to account; a fact's name and its cues."""
KINDS = (("any ground", SURE_GROUND), ("any ownership", OWNERSHIP), ("any answer", ANSWERS))
"""What a cue seldom seen has in common with others of its kind."""
KINDS_OF = {
    name: tuple(kind for kind, names in KINDS if name in names) for name in SURE_GROUND | OWNERSHIP | ANSWERS
}
"""The kinds of each cue that has any."""
NO_CUE = frozenset({"named", "named by its force or head"})


def told_anywhere(names: Iterable[str]) -> frozenset[tuple[str, bool]]:
    """Cues of these names, in the title or not."""
    return frozenset((name, in_title) for name in names for in_title in (True, False))


Weights = Mapping[str, tuple[float, ...]]


@cache
def weights() -> Weights:
    """For each cue its weight for affected in a title and in a summary, then for actor."""
    text = data_text("data/role_weights.tsv")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {name: tuple(map(float, numbers)) for name, *numbers in rows}


@dataclass(slots=True)
class Standing:
    """The evidence for one state."""

    order: int
    marks: list[tuple[Sentence, Mark]] = field(default_factory=list)
    cues: set[tuple[str, bool]] = field(default_factory=set)
    """Name of a cue, and whether it stands in the title."""
    mates: set[str] = field(default_factory=set)
    """States named in one breath with it."""

    def has(self, cues: frozenset[tuple[str, bool]]) -> bool:
        """Whether any of these was found; `told_anywhere` makes them of names."""
        return not self.cues.isdisjoint(cues)

    def weights(self, table: Weights) -> tuple[float, float]:
        """How surely it is affected and is the actor; above nothing is yes. Exact, so in any order the same."""
        suffers: list[float] = []
        acts: list[float] = []
        for name, in_title in self.cues:
            row = table.get(name)
            if row is not None:
                suffers.append(row[0 if in_title else 1])
                acts.append(row[2 if in_title else 3])
        bias = table["bias"]
        return bias[0] + fsum(suffers), bias[2] + fsum(acts)
