"""What was seen of each state named, for a person to judge."""

from dataclasses import dataclass

from tui.reading.roles import Roles
from tui.reading.scene import Scene


@dataclass(frozen=True, slots=True)
class StateSeen:
    """A state, its part, and where it is named."""

    state: str
    """ISO 3166-1 alpha-2."""
    roles: tuple[str, ...]
    """affected, actor, responder, or mentioned alone."""
    words: tuple[str, ...]
    """The words that name it, in order, each once."""
    cues: tuple[tuple[str, float, float], ...] = ()
    """What speaks to its part, and what that weighs for affected and for actor."""
    affected: float | None = None
    actor: float | None = None
    """How surely it has each part, where that is a number; above nothing is yes."""


def states_seen(scene: Scene, roles: Roles) -> tuple[StateSeen, ...]:
    """Every state named, in the order of naming."""
    found = []
    for iso2 in dict.fromkeys((*roles.named, *roles.affected, *roles.actor, *roles.responder)):
        parts = tuple(name for name in ("affected", "actor", "responder") if iso2 in getattr(roles, name))
        found.append(StateSeen(iso2, parts or ("mentioned",), _words(scene, roles, iso2)))
    return tuple(found)


def _words(scene: Scene, roles: Roles, iso2: str) -> tuple[str, ...]:
    told: dict[str, None] = {}
    for sentence, mark in roles.marks.get(iso2, ()):
        start, end = scene.folded(sentence.field).span(mark.start, mark.end)
        raw = scene.story.title if sentence.field == "title" else scene.story.summary
        told.setdefault(raw[start:end])
    return tuple(told)
