"""The baseline: known incidents of the past as facts, from the shipped file to the domain."""

import calendar
from datetime import date

import msgspec

from tui.domain.codes import (
    DatePrecision,
    Event,
    IncidentCertainty,
    ObjectCode,
    PlacePrecision,
    Response,
    Zone,
)
from tui.domain.incident import BaselineIncident, IncidentFacts, IncidentSketch
from tui.domain.reading import EventDate, Place
from tui.domain.territories import TERRITORY_NAMES

FROM_MEMORY = "memory"
"""The basis of an incident for which no source address is held."""

KEY_PREFIX = "b:"
"""Baseline keys can never meet the key of a news incident."""


class BaselineError(ValueError):
    """A line of the baseline file that cannot be taken as a fact: where, and what is wrong."""

    def __init__(self, line: int, problem: str) -> None:
        super().__init__(f"baseline line {line}: {problem}")
        self.line = line
        """Counted from 1."""
        self.problem = problem


class _PlaceLine(msgspec.Struct, forbid_unknown_fields=True):
    """Where, as the file writes it."""

    name: str
    precision: PlacePrecision
    country: str | None = None
    lat: float | None = None
    lon: float | None = None


class _Line(msgspec.Struct, forbid_unknown_fields=True):
    """One incident as the file writes it; a list left out is empty, a value left out unknown."""

    slug: str
    date: str
    """2023-02-14, 2023-02 or 2023: written as exactly as it is known."""
    affected: tuple[str, ...]
    object: tuple[ObjectCode, ...]
    zone: tuple[Zone, ...]
    event: tuple[Event, ...]
    certainty: IncidentCertainty
    ground: str
    place: _PlaceLine
    description: str
    outcome: str
    basis: str
    actor: tuple[str, ...] = ()
    responder: tuple[str, ...] = ()
    response: tuple[Response, ...] = ()
    count: int | None = None
    disputed: tuple[str, ...] = ()
    uncertain: tuple[str, ...] = ()


_DECODER = msgspec.json.Decoder(_Line)

_FACTS = frozenset(IncidentFacts.__dataclass_fields__) | {"outcome"}


def load_baseline(text: str) -> tuple[BaselineIncident, ...]:
    """Every incident of a baseline file, in its order; `BaselineError` names the first bad line."""
    incidents: dict[str, BaselineIncident] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        incident = _incident(number, line)
        if incident.key in incidents:
            raise BaselineError(number, f"the slug {incident.key.removeprefix(KEY_PREFIX)!r} stands twice")
        incidents[incident.key] = incident
    return tuple(incidents.values())


def baseline_sketch(incident: BaselineIncident) -> IncidentSketch:
    """What the grouping may remember of a baseline incident, so that a late follow-up finds it."""
    facts = incident.facts
    first, last = _days(facts.event_date)
    return IncidentSketch(
        incident=incident.key,
        affected=facts.affected,
        actor=facts.actor,
        object=facts.object,
        event=facts.event,
        zone=facts.zone,
        first_day=first,
        last_day=last,
        date_precision=facts.event_date.precision.value if facts.event_date else None,
        counts=() if facts.count is None else (facts.count,),
        places=() if facts.place is None else (facts.place,),
    )


def _incident(number: int, line: str) -> BaselineIncident:
    try:
        found = _DECODER.decode(line)
    except msgspec.DecodeError as error:
        raise BaselineError(number, str(error)) from error
    for iso2 in (*found.affected, *found.actor, *found.responder, found.place.country):
        if iso2 is not None and iso2 not in TERRITORY_NAMES:
            raise BaselineError(number, f"{iso2!r} is no state's code")
    for fact in (*found.disputed, *found.uncertain):
        if fact not in _FACTS:
            raise BaselineError(number, f"{fact!r} is no fact of an incident")
    return BaselineIncident(
        key=KEY_PREFIX + found.slug,
        facts=_facts(found, _event_date(number, found.date)),
        description=found.description,
        outcome=found.outcome,
        basis=found.basis,
        certain=found.basis != FROM_MEMORY,
        uncertain=found.uncertain,
    )


def _facts(found: _Line, when: EventDate) -> IncidentFacts:
    place = found.place
    return IncidentFacts(
        affected=found.affected,
        actor=found.actor,
        responder=found.responder,
        object=found.object,
        zone=found.zone,
        event=found.event,
        response=found.response,
        certainty=found.certainty,
        ground=found.ground,
        count=found.count,
        place=Place(place.name, place.country, place.lat, place.lon, place.precision),
        event_date=when,
        disputed=found.disputed,
    )


def _event_date(number: int, written: str) -> EventDate:
    """The date, as precise as it was written; a month or a year stands for its first day."""
    by_length = {10: DatePrecision.DAY, 7: DatePrecision.MONTH, 4: DatePrecision.YEAR}
    precision = by_length.get(len(written))
    if precision is None:
        raise BaselineError(number, f"{written!r} is not a date such as 2023-02-14, 2023-02 or 2023")
    try:
        return EventDate(date.fromisoformat((written + "-01-01")[:10]), precision)
    except ValueError as error:
        raise BaselineError(number, f"{written!r} is no date: {error}") from error


def _days(when: EventDate | None) -> tuple[date | None, date | None]:
    """First and last day that the date may mean."""
    if when is None:
        return None, None
    first = when.date
    if when.precision is DatePrecision.MONTH:
        return first, first.replace(day=calendar.monthrange(first.year, first.month)[1])
    if when.precision is DatePrecision.YEAR:
        return first, date(first.year, 12, 31)
    return first, first
