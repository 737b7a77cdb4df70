"""What was seen of each state named, for a person to judge."""

from tui.domain.reading import TextField
from tui.domain.value import dataclass
from tui.reading.role_cues import Standing, weights
from tui.reading.roles import Roles
from tui.reading.scene import Scene
from tui.reading.standings import standings_of


@dataclass(frozen=True, slots=True)
class CueSeen:
    """Something beside a state's name that speaks to its part, and what it weighs for each."""

    cue: str
    field: TextField
    affected: float
    actor: float


@dataclass(frozen=True, slots=True)
class StateSeen:
    """A state, its part, where it is named, and what spoke for that part."""

    state: str
    """ISO 3166-1 alpha-2."""
    roles: tuple[str, ...]
    """affected, actor, responder, or mentioned alone."""
    words: tuple[str, ...]
    """The words that name it, in order, each once."""
    cues: tuple[CueSeen, ...] = ()
    """The heaviest first."""
    affected: float | None = None
    actor: float | None = None
    """How surely it has each part: the start and all its cues together; above nothing is yes. None: not weighed."""


def states_seen(scene: Scene, roles: Roles) -> tuple[StateSeen, ...]:
    """Every state named, in the order of naming; then those that only the home of the feed brings in."""
    standings = standings_of(scene, scene.sentences).of
    found = []
    for iso2 in dict.fromkeys((*roles.named, *roles.affected, *roles.actor, *roles.responder)):
        parts = tuple(name for name in ("affected", "actor", "responder") if iso2 in getattr(roles, name))
        standing = standings.get(iso2)
        affected, actor = roles.weights.get(iso2, (None, None))
        found.append(
            StateSeen(
                state=iso2,
                roles=parts or ("mentioned",),
                words=_words(scene, roles, iso2),
                cues=tuple(_cues(standing)) if standing else (),
                affected=affected,
                actor=actor,
            )
        )
    return tuple(found)


def _cues(standing: Standing) -> list[CueSeen]:
    table = weights()
    found = []
    for name, in_title in standing.cues:
        if name in table:
            at = 0 if in_title else 1
            affected, actor = table[name][at], table[name][2 + at]
            found.append(CueSeen(name, "title" if in_title else "summary", affected, actor))
    return sorted(found, key=lambda cue: (-abs(cue.affected) - abs(cue.actor), cue.cue, cue.field))


def _words(scene: Scene, roles: Roles, iso2: str) -> tuple[str, ...]:
    told: dict[str, None] = {}
    for sentence, mark in roles.marks.get(iso2, ()):
        start, end = scene.folded(sentence.field).span(mark.start, mark.end)
        raw = scene.story.title if sentence.field == "title" else scene.story.summary
        told.setdefault(raw[start:end])
    return tuple(told)
