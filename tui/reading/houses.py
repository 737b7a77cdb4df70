"""Which house stands behind a publisher's name, and whose voice it is."""

import re
from enum import StrEnum
from functools import cache, lru_cache

from tui.domain.territories import territory_name
from tui.domain.value import dataclass
from tui.reading.data_file import data_text
from tui.reading.grouping.words import fold

_NAME_LIMIT = 200
_SCHEME = re.compile(r"^https?://|/.*$")
_TAIL = re.compile(r"(\.(com|org|net|co|info|news|eu|gov|[a-z]{2}))+$")
_EXTRA = re.compile(r"\b(the|news|online|english|rss|feed|live|world)\b|[^\w]")


class Control(StrEnum):
    """How a state speaks through a house."""

    NONE = ""
    STATE = "state"
    ALIGNED = "aligned"
    OFFICIAL = "official"


@dataclass(frozen=True, slots=True)
class House:
    """One owner of feeds and titles; one source however many of them tell."""

    key: str
    name: str
    kind: str = ""
    """agency, broadcaster, press, ministry, aggregator; empty when it is not listed."""
    state: str | None = None
    """ISO2 of the state that speaks through it."""
    control: Control = Control.NONE
    credit: tuple[str, ...] = ()
    """How others name it when they carry its reports; as the table writes it."""

    @property
    def is_aggregator(self) -> bool:
        """Whether all its items are those of others."""
        return self.kind == "aggregator"

    @property
    def is_agency(self) -> bool:
        """Whether others print what it writes."""
        return self.kind == "agency"


@lru_cache(maxsize=10_000)
def publisher_key(name: str) -> str:
    """One key for a publisher however its feeds spell it: case, "www.", domain endings, "The", "News"."""
    bare = _SCHEME.sub("", fold(name.strip()[:_NAME_LIMIT])).removeprefix("www.")
    bare = _TAIL.sub("", bare)
    short = _EXTRA.sub("", bare)
    return short or bare


@cache
def _rows() -> list[list[str]]:
    lines = data_text("data/publishers.tsv").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


@cache
def houses() -> tuple[House, ...]:
    """Every house of the table."""
    return tuple(
        House(
            key=publisher_key(name),
            name=name,
            kind=kind,
            state=state or None,
            control=Control(control),
            credit=tuple(form for form in credit.split("|") if form),
        )
        for name, kind, state, control, _, credit in _rows()
    )


@cache
def _by_name() -> dict[str, House]:
    """House by the key of each name it goes by; a full name wins over another's short one."""
    found: dict[str, House] = {}
    for house, row in zip(houses(), _rows(), strict=True):
        for name in row[4].split("|"):
            if name:
                found[publisher_key(name)] = house
    return {**found, **{house.key: house for house in houses()}}


def house_of(publisher: str) -> House:
    """The house behind a name; one that is not listed stands for itself."""
    name = publisher.strip() or "unnamed publisher"
    key = publisher_key(name)
    return _by_name().get(key) or House(key=key, name=name)


def state_behind(key: str) -> str | None:
    """The state that owns a house or steers it, by the house's key; None for the others, and for ministries.

    A ministry's own word is the state's word and may confirm; what its media say of it may not.
    """
    house = _by_name().get(key)
    if house is None or house.control not in {Control.STATE, Control.ALIGNED}:
        return None
    return house.state


def party_label(house: House, parties: frozenset[str]) -> str:
    """What ties a house to a party of the incident, in plain words; empty for a house of no party."""
    if house.state is None or house.state not in parties:
        return ""
    name = territory_name(house.state)
    if house.control is Control.OFFICIAL:
        return f"{name} itself, a party"
    if house.control is Control.ALIGNED:
        return f"close to the state of {name}, a party"
    return f"state media of {name}, a party"
