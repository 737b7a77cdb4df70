"""Who is affected, who did it, who answered: the states named, judged by the cues beside their names."""

from collections.abc import Sequence
from dataclasses import field, replace

from tui.domain.alliances import ALLIES
from tui.domain.value import dataclass
from tui.reading.matching import Mark
from tui.reading.role_context import ITS_HEAD
from tui.reading.role_cues import ANSWERS, GROUND, Standing, Weights, told_anywhere, weights
from tui.reading.scene import Scene, Sentence
from tui.reading.standings import HOME_OF_LANGUAGE, Standings, nothing_heard, standings_of

_GUESS = -2.0
"""Down to here the best candidate is taken for affected when none is sure: without a guess only one that answered."""


_BY_ITSELF = told_anywhere(ANSWERS - {"its craft answered"})
"""A state that itself shot or scrambled does so at home; the craft of an ally may answer elsewhere."""
_ANSWERED, _TOUCHED = told_anywhere(ANSWERS), told_anywhere(GROUND)
_COMMENTS = told_anywhere({ITS_HEAD})
_WHOLE = 0.6
"""How much the whole story counts beside the sentences of one event."""


@dataclass(frozen=True, slots=True)
class Roles:
    """The roles, main state first, and the marks they were read from."""

    affected: tuple[str, ...]
    actor: tuple[str, ...]
    responder: tuple[str, ...]
    named: tuple[str, ...]
    """Every state named at all."""
    touched: tuple[str, ...]
    """Every state with any sign of being affected."""
    marks: dict[str, list[tuple[Sentence, Mark]]]
    deictic: Mark | None = None
    sides: dict[tuple[str, str], tuple[Sentence, Mark]] = field(default_factory=dict)
    """Launch side and blame, which the operator is not: the fact, the state, and its words."""
    alliance: bool = False
    """Whether the title speaks of NATO, the EU or Europe: where no state is affected, their common skies are."""
    weights: dict[str, tuple[float, float]] = field(default_factory=dict)
    """How surely each state is affected and is the actor."""


def at_home(roles: Roles, scene: Scene) -> Roles:
    """A national feed in the language of one state that names no state at all speaks of its own."""
    home = scene.story.feed_country
    if roles.named or home is None or HOME_OF_LANGUAGE.get(scene.lang) != home:
        return roles
    return replace(roles, affected=(home,))


class RoleReader:
    """Judges every state named in some sentences of a story."""

    def __init__(self, scene: Scene, within: Roles | None = None) -> None:
        """`within` are the roles in the whole story: what a state is there, it is more likely in a part too."""
        self._scene = scene
        self._within = within
        self._heard = nothing_heard(scene)

    def inside(self, whole: Roles) -> "RoleReader":
        """A reader of parts of a story whose roles are known; what this one has read it does not read again."""
        reader = RoleReader(self._scene, whole)
        reader._heard = self._heard  # the same class
        return reader

    def read(self, sentences: Sequence[Sentence], *, guess: bool = True) -> Roles:
        """The roles in these sentences; `guess` takes the best candidate when none is sure."""
        whole = self._within
        rest = (
            frozenset(whole.named) - frozenset(whole.touched)
            if whole is not None and len(whole.named) > 1
            else frozenset()
        )
        return settle(
            standings_of(self._scene, sentences, self._heard, minor=rest), guess=guess, within=whole
        )


def settle(
    found: Standings, *, guess: bool, within: Roles | None = None, table: Weights | None = None
) -> Roles:
    """The roles by weight: each state is affected or actor, never both; `table` replaces the shipped weights."""
    affected: list[tuple[float, str]] = []
    actor: list[tuple[float, str]] = []
    rest: list[tuple[float, str]] = []
    shipped = weights() if table is None else table
    sure = {iso2: _weights(iso2, standing, within, shipped) for iso2, standing in found.of.items()}
    for iso2, (suffers, acts) in sure.items():
        if acts > 0 and acts > suffers:
            actor.append((acts, iso2))
        elif suffers > 0:
            affected.append((suffers, iso2))
        else:
            rest.append((suffers, iso2))
    if not affected:
        answered = [pair for pair in rest if found.of[pair[1]].has(_BY_ITSELF)]
        best = max(_open_to(rest, found) if guess else answered, default=None)
        affected = [best] if best is not None and best[0] > _GUESS else []
    acting = {iso2 for _, iso2 in actor}
    return Roles(
        affected=_ordered(affected, found),
        actor=_ordered(actor, found),
        responder=tuple(
            iso2 for iso2, standing in found.of.items() if iso2 not in acting and standing.has(_ANSWERED)
        ),
        named=tuple(found.of),
        touched=tuple(iso2 for iso2, standing in found.of.items() if standing.has(_TOUCHED)),
        marks={iso2: standing.marks for iso2, standing in found.of.items()},
        deictic=found.deictic[1] if found.deictic else None,
        sides=found.sides,
        alliance=found.alliance,
        weights=sure,
    )


def _weights(iso2: str, standing: Standing, within: Roles | None, table: Weights) -> tuple[float, float]:
    suffers, acts = standing.weights(table)
    if within is not None and iso2 in within.weights:
        whole = within.weights[iso2]
        return suffers + _WHOLE * whole[0], max(acts, acts + _WHOLE * whole[1])
    return suffers, acts


def _open_to(rest: list[tuple[float, str]], found: Standings) -> list[tuple[float, str]]:
    """The states that a guess may choose from: beside an alliance its one member named, else who answered."""
    if not found.alliance:
        return rest
    members = [pair for pair in rest if pair[1] in ALLIES and not found.of[pair[1]].has(_COMMENTS)]
    return members if len(members) == 1 else [pair for pair in rest if found.of[pair[1]].has(_BY_ITSELF)]


def _ordered(pairs: list[tuple[float, str]], found: Standings) -> tuple[str, ...]:
    if len(pairs) > 1:
        pairs = sorted(pairs, key=lambda pair: (-pair[0], found.of[pair[1]].order))
    return tuple([iso2 for _, iso2 in pairs])
