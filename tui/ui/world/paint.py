"""What a map tells of the countries: how bad, how many, how lately; what is new, and where an incident was."""

from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import datetime, timedelta
from enum import StrEnum

from tui.domain.board import Board, CountryRow, IncidentRow
from tui.domain.codes import Origin, PlacePrecision, Severity
from tui.domain.value import dataclass


class Layer(StrEnum):
    """What the colour of a country says."""

    WORST = "worst"
    COUNT = "how many"
    NEWEST = "how lately"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a layer: a colour, and how many of the dots are set where there are no colours."""

    name: str
    ink: str
    dots: int
    """Bits of braille that may be set."""
    letter: str
    """Where there is no braille."""


_QUIET = Step("quiet", "land", 0x22, ".")
STEPS: Mapping[Layer, tuple[Step, ...]] = {
    Layer.WORST: (
        _QUIET,
        Step("routine", "routine", 0x95, "-"),
        Step("elevated", "elevated", 0xA7, "="),
        Step("high", "high", 0xB7, "%"),
        Step("critical", "critical", 0xFF, "#"),
    ),
    Layer.COUNT: (
        _QUIET,
        Step("1", "heat1", 0x95, "-"),
        Step("2–3", "heat2", 0xA7, "="),
        Step("4–9", "heat3", 0xB7, "+"),
        Step("10–29", "heat4", 0xFF, "%"),
        Step("30 and more", "heat5", 0xFF, "#"),
    ),
    Layer.NEWEST: (
        _QUIET,
        Step("more than 7 d ago", "heat1", 0x95, "-"),
        Step("within 7 d", "heat2", 0xA7, "="),
        Step("within 24 h", "heat3", 0xB7, "+"),
        Step("within 6 h", "heat4", 0xFF, "%"),
        Step("within the hour", "heat5", 0xFF, "#"),
    ),
}
"""Steps of each layer, the quietest first."""

_COUNTS = (1, 2, 4, 10, 30)
_AGES = (timedelta(days=7), timedelta(days=1), timedelta(hours=6), timedelta(hours=1))
_SEVERITIES = (Severity.ROUTINE, Severity.ELEVATED, Severity.HIGH, Severity.CRITICAL)
_POINTS = frozenset({PlacePrecision.POINT, PlacePrecision.SETTLEMENT})


@dataclass(frozen=True, slots=True)
class Spot:
    """Where an incident was, as exactly as is known; one known to its country only has none."""

    latitude: float
    longitude: float
    exact: bool
    """False: somewhere in a district or region around it."""
    severity: Severity


@dataclass(frozen=True, slots=True)
class Paint:
    """What is painted over the countries, by their codes."""

    layer: Layer = Layer.WORST
    steps: Mapping[str, int] = field(default_factory=dict)
    """Step of each country that is not quiet."""
    incidents: Mapping[str, int] = field(default_factory=dict)
    new: Mapping[str, int] = field(default_factory=dict)
    spots: tuple[Spot, ...] = ()
    selected: str = ""
    cursor: Spot | None = None
    """Where the incident under the cursor was."""


def paint_of(board: Board, layer: Layer, selected: str = "", under: IncidentRow | None = None) -> Paint:
    """What a board has to tell; `under` is the incident under the cursor."""
    told = [country for country in board.countries if country.iso2 and country.incidents]
    news = [row for row in board.incidents if row.origin is not Origin.BASELINE and not row.follow_up_only]
    return Paint(
        layer=layer,
        steps=_steps(told, news, layer, board.taken),
        incidents={country.iso2: country.incidents for country in told},
        new={country.iso2: country.new for country in told if country.new},
        spots=tuple(spot for spot in map(spot_of, news) if spot),
        selected=selected,
        cursor=spot_of(under) if under else None,
    )


def _steps(
    told: Iterable[CountryRow], news: Iterable[IncidentRow], layer: Layer, now: datetime
) -> dict[str, int]:
    if layer is Layer.WORST:
        return {country.iso2: 1 + _SEVERITIES.index(country.severity) for country in told}
    if layer is Layer.COUNT:
        return {country.iso2: sum(country.incidents >= least for least in _COUNTS) for country in told}
    latest: dict[str, datetime] = {}
    for row in news:
        for code in row.facts.affected:
            latest[code] = max(row.latest, latest.get(code, row.latest))
    ages = {
        country.iso2: now - latest.get(country.iso2, datetime.min.replace(tzinfo=now.tzinfo))
        for country in told
    }
    return {code: 1 + sum(age <= bound for bound in _AGES) for code, age in ages.items()}


def spot_of(row: IncidentRow) -> Spot | None:
    """Where an incident was; None when nothing finer than a country is known."""
    place = row.facts.place
    if place is None or place.lat is None or place.lon is None or place.precision is PlacePrecision.COUNTRY:
        return None
    return Spot(place.lat, place.lon, place.precision in _POINTS, row.facts.severity)
