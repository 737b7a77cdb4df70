"""Feeds by the part of the world they look at, for who picks what to watch."""

from collections.abc import Iterable

from tui.domain.feed import Feed, FeedKind
from tui.domain.value import dataclass

_REGIONS = (
    ("Baltic and Nordic", "LT LV EE FI SE NO DK IS"),
    ("Central Europe and Black Sea", "PL RO MD UA BY RU BG CZ SK HU AT GE AM AZ"),
    ("Western and Southern Europe", "GB IE FR DE NL BE ES PT IT GR CY"),
    ("East Asia and Pacific", "TW JP KR KP CN HK PH VN SG MM AU"),
    ("Middle East and South Asia", "IL LB SY IR IQ JO SA AE QA KW TR IN PK"),
    ("Africa", "SD TD CD DZ NG ET"),
    ("Americas", "US CA CO VE CR GY"),
)
_WORLD = "Worldwide"
_ELSEWHERE = "Elsewhere"
_EVERYWHERE = frozenset({FeedKind.WORLD, FeedKind.AGENCY, FeedKind.AVIATION})
"""Kinds that tell of the whole world, wherever their house stands."""
_SHOWN = 8
"""States that the words about a pack name."""


@dataclass(frozen=True, slots=True)
class Pack:
    """The feeds of one part of the world."""

    name: str
    about: str
    """Its states, those with the most feeds first, or what it is."""
    urls: frozenset[str]


def packs_of(feeds: Iterable[Feed]) -> tuple[Pack, ...]:
    """Every feed that is switched on, in one pack each; packs without feeds are left out."""
    found: dict[str, list[Feed]] = {name: [] for name in (*dict(_REGIONS), _ELSEWHERE, _WORLD)}
    for feed in feeds:
        if feed.enabled:
            found[_region_of(feed)].append(feed)
    return tuple(
        Pack(name, _about(name, listed), frozenset(feed.url for feed in listed))
        for name, listed in found.items()
        if listed
    )


def _region_of(feed: Feed) -> str:
    if feed.country is None or feed.kind in _EVERYWHERE:
        return _WORLD
    return next((name for name, states in _REGIONS if feed.country in states.split()), _ELSEWHERE)


def _about(name: str, feeds: list[Feed]) -> str:
    if name == _WORLD:
        return "agencies, world desks, aviation, searches"
    states = [feed.country or "" for feed in feeds]
    ordered = sorted(set(states), key=lambda state: (-states.count(state), state))
    more = " …" if len(ordered) > _SHOWN else ""
    return " ".join(ordered[:_SHOWN]) + more
