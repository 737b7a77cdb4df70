"""The war filter: strikes between states at war on each other's ground are routine, a third state never is."""

from datetime import date
from functools import cache, lru_cache

from tui.domain.value import dataclass
from tui.reading.data_file import data_text


@dataclass(frozen=True, slots=True)
class Dyad:
    """Two states at war from a day to a day, and whose ground it is fought over."""

    sides: frozenset[str]
    start: date
    end: date | None
    ground: frozenset[str]


@cache
def dyads() -> tuple[Dyad, ...]:
    """The dated table of belligerent pairs."""
    text = data_text("data/belligerents.tsv")
    found = []
    for line in text.splitlines():
        if line and not line.startswith("#"):
            one, other, start, end, ground, _ = line.split("\t")
            found.append(
                Dyad(
                    frozenset({one, other}),
                    date.fromisoformat(start),
                    date.fromisoformat(end) if end else None,
                    frozenset(ground.split()),
                ),
            )
    return tuple(found)


@lru_cache(maxsize=4096)
def _running(day: date | None) -> tuple[Dyad, ...]:
    return tuple(d for d in dyads() if day is None or (d.start <= day and (d.end is None or day <= d.end)))


@lru_cache(maxsize=4096)
def _enemies(day: date | None) -> tuple[frozenset[str], ...]:
    return tuple(dyad.sides for dyad in _running(day) if len(dyad.sides) > 1)


@lru_cache(maxsize=4096)
def _at_war(day: date | None) -> frozenset[str]:
    return frozenset(iso2 for dyad in _running(day) for iso2 in dyad.sides)


@lru_cache(maxsize=4096)
def _grounds(day: date | None) -> frozenset[str]:
    return frozenset(iso2 for dyad in _running(day) for iso2 in dyad.ground)


def is_routine(
    affected: frozenset[str], actor: frozenset[str], named: frozenset[str], day: date | None
) -> bool:
    """W1, W2: one war's sides alone are named, and what is affected, if anything, is its ground."""
    if not named:
        return False
    for dyad in _running(day):
        if named <= dyad.sides and affected <= dyad.ground:
            if affected or len(named) == len(dyad.sides):
                return True
        elif affected and actor and affected | actor <= dyad.sides and affected <= dyad.ground:
            return True
    return False


def fought_over(iso2: str, day: date | None) -> bool:
    """Whether a state is the ground of a running war."""
    return iso2 in _grounds(day)


def at_peace(iso2: str, with_states: tuple[str, ...], day: date | None) -> bool:
    """Whether a state is in no war with these; with none given, whether no war is fought on its ground.

    What a stranger to a war does over its ground is no part of the war.
    """
    if with_states and between_enemies(frozenset({iso2, *with_states}), day):
        return False
    return iso2 not in _grounds(day)


def between_enemies(named: frozenset[str], day: date | None) -> bool:
    """Whether two sides of one running war are among them."""
    if len(named) <= 1:
        return False
    return any(map(named.issuperset, _enemies(day)))


def at_war_states(day: date | None) -> frozenset[str]:
    """Every side of a running war."""
    return _at_war(day)
