"""The facts of an incident: by majority of its independent publishers, louder when title-led."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from tui.domain.codes import (
    FOLLOW_UP_EVENTS,
    OBJECT_TAG,
    DatePrecision,
    Event,
    ObjectCode,
    PlacePrecision,
    Severity,
    severity_of,
)
from tui.domain.incident import FiledReport, IncidentFacts
from tui.domain.reading import EventDate, Place, Report
from tui.reading.history.turns import told_at
from tui.reading.sources import Source

_KEPT = 0.25
"""Share of the strongest value's support below which a value is a slip of one text."""
_LEADS = 0.5
"""Share of the strongest main event's support from which a graver one leads."""
_COUNTED = 0.15
"""Share of the publishers that must give a count."""
_FROM_TITLE = 0.5
_FIRST_NAMED = 0.5

_Value = TypeVar("_Value")

_EXACT_DATES = (DatePrecision.DAY, DatePrecision.WEEK, DatePrecision.MONTH, DatePrecision.YEAR)
_LONG_AGO = {DatePrecision.DAY: 30, DatePrecision.WEEK: 37, DatePrecision.MONTH: 61, DatePrecision.YEAR: 366}
"""Days from a date, as exact as it is told, after which telling of it is looking back."""
_EXACT_PLACES = (
    PlacePrecision.POINT,
    PlacePrecision.SETTLEMENT,
    PlacePrecision.DISTRICT,
    PlacePrecision.REGION,
    PlacePrecision.COUNTRY,
)


def facts_of(sources: Sequence[Source]) -> IncidentFacts:
    """Facts over all sources, given in order of time; without certainty, disputes and outcome."""
    first = first_hand(sources)
    events = _events(sources)
    of_main_event = tuple(source for source in first if source.filed.report.event[:1] == events[:1])
    affected, actor = _roles(sources)
    objects = _supported(first, "object", lambda filed: filed.report.object)
    return IncidentFacts(
        affected=affected,
        actor=actor,
        responder=_supported(sources, "responder", lambda filed: filed.report.responder),
        object=objects,
        zone=_supported(first, "zone", lambda filed: filed.report.zone),
        event=events,
        response=_supported(sources, "response", lambda filed: filed.report.response),
        count=_count(_of_kind(first, objects)),
        place=_place(of_main_event) or _place(first),
        event_date=_event_date(of_main_event) or _event_date(first),
    )


def first_hand(sources: Sequence[Source]) -> tuple[Source, ...]:
    """Those that tell of the event itself; all, when each is a follow-up."""
    return tuple(source for source in sources if not is_follow_up(source.filed.report)) or tuple(sources)


def is_follow_up(report: Report) -> bool:
    """Whether it is mainly about what came after the event."""
    return bool(report.event) and report.event[0] in FOLLOW_UP_EVENTS


def _votes(
    sources: Iterable[Source], fact: str, values_of: Callable[[FiledReport], Sequence[_Value]]
) -> dict[_Value, float]:
    """Support of each value; every independent source has one voice for it, louder when title-led."""
    voices: dict[tuple[str, _Value], float] = {}
    for source in sources:
        values = values_of(source.filed)
        if not values:
            continue
        spans = source.filed.report.spans
        in_title = {span.value for span in spans if span.fact == fact and span.field == "title"}
        for rank, value in enumerate(values):
            voice = 1.0 + (_FROM_TITLE if str(value) in in_title else 0.0)
            voice += _FIRST_NAMED if rank == 0 else 0.0
            key = (source.key, value)
            voices[key] = max(voices.get(key, 0.0), voice)
    support: dict[_Value, float] = {}
    for (_, value), voice in voices.items():
        support[value] = support.get(value, 0.0) + voice
    return support


def _supported(
    sources: Sequence[Source], fact: str, values_of: Callable[[FiledReport], Sequence[_Value]]
) -> tuple[_Value, ...]:
    """Values by support, the strongest first; slips of one text among many are left out."""
    support = _votes(sources, fact, values_of)
    ranked = sorted(support, key=lambda value: -support[value])
    return tuple(value for value in ranked if support[value] >= _KEPT * support[ranked[0]])


def _roles(sources: Sequence[Source]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Affected states and actors; a state told in both roles has the one more voices give it."""
    affected = _supported(sources, "affected", lambda filed: filed.report.affected)
    actor = _supported(sources, "actor", lambda filed: filed.report.actor)
    suffers = _votes(sources, "affected", lambda filed: filed.report.affected)
    acts = _votes(sources, "actor", lambda filed: filed.report.actor)
    both = set(affected) & set(actor)
    acting = {state for state in both if acts[state] > suffers[state]}
    if acting >= set(affected):
        acting = set()
    return (
        tuple(state for state in affected if state not in acting),
        tuple(state for state in actor if state not in both - acting),
    )


def _events(sources: Sequence[Source]) -> tuple[Event, ...]:
    """First-hand events before follow-ups; the gravest of those that most stories are mainly about leads."""
    ranked = _supported(sources, "event", lambda filed: filed.report.event)
    mainly = _votes(sources, "event", lambda filed: filed.report.event[:1])
    happened = [event for event in mainly if event not in FOLLOW_UP_EVENTS]
    if not happened:
        happened = [event for event in ranked if event not in FOLLOW_UP_EVENTS][:1]
    if not happened:
        return ranked
    strongest = max(mainly.get(event, 0.0) for event in happened)
    led = [event for event in happened if mainly.get(event, 0.0) >= _LEADS * strongest]
    grave = list(Severity)
    main = min(led, key=lambda event: (grave.index(severity_of(event)), -mainly.get(event, 0.0)))
    after = sorted(
        (event for event in ranked if event is not main), key=lambda event: event in FOLLOW_UP_EVENTS
    )
    return (main, *after)


def _count(sources: Sequence[Source]) -> int | None:
    """The count most publishers give, each by its latest word; of equals, the latest.

    A count that hardly anyone gives is a number from the background of a few texts.
    """
    given = list(_latest_counts(sources).values())
    if not given:
        return None
    best = max(given, key=lambda count: (given.count(count), given.index(count)))
    publishers = len({source.key for source in sources})
    return best if given.count(best) >= _COUNTED * publishers else None


def _of_kind(sources: Sequence[Source], objects: Sequence[ObjectCode]) -> Sequence[Source]:
    """The reports that are about the main object: what others count is something else."""
    if not objects:
        return sources
    return [
        source
        for source in sources
        if not source.filed.report.object
        or OBJECT_TAG[source.filed.report.object[0]] == OBJECT_TAG[objects[0]]
    ]


def _latest_counts(sources: Sequence[Source]) -> dict[str, int]:
    """The last count that each independent source gives."""
    latest: dict[str, int] = {}
    for source in sources:
        count = source.filed.report.count
        if count is not None:
            latest.pop(source.key, None)
            latest[source.key] = count
    return latest


def _place(sources: Sequence[Source]) -> Place | None:
    """The place named by most publishers, each more exact one counting a little more."""
    named = _votes(sources, "place", lambda filed: (filed.report.place.name,) if filed.report.place else ())
    places = [source.filed.report.place for source in sources if source.filed.report.place]
    # A state is said by whoever knows no place in it: it never outvotes one.
    places = [place for place in places if place.precision is not PlacePrecision.COUNTRY] or places
    if not places:
        return None

    def worth(place: Place) -> tuple[float, bool]:
        exact = (len(_EXACT_PLACES) - _EXACT_PLACES.index(place.precision)) * 0.4
        return named[place.name] + exact, place.lat is not None

    return max(places, key=worth)


def _event_date(sources: Sequence[Source]) -> EventDate | None:
    """The date most publishers tell, of the best precision that more than a few tell.

    Dates long before the telling are those of an old affair looked back on: they stand when as many
    publishers tell such a date as tell a recent one, else they are background.
    """
    dated = [source for source in sources if source.filed.report.event_date]
    old = [source for source in dated if _looks_back(source.filed)]
    recent = [source for source in dated if not _looks_back(source.filed)]
    kept = recent if len(_keys(recent)) >= len(_keys(old)) else old
    support = _votes(
        kept, "event_date", lambda filed: (filed.report.event_date,) if filed.report.event_date else ()
    )
    if not support:
        return None
    floor = _KEPT * max(support.values())
    best = min((date.precision for date in support if support[date] >= floor), key=_EXACT_DATES.index)
    exact = [date for date in support if date.precision is best]
    return max(exact, key=lambda date: (support[date], -date.date.toordinal()))


def _looks_back(filed: FiledReport) -> bool:
    """Whether it dates its event long before it was told."""
    at, when = told_at(filed), filed.report.event_date
    return at is not None and when is not None and (at.date() - when.date).days > _LONG_AGO[when.precision]


def _keys(sources: Sequence[Source]) -> set[str]:
    return {source.key for source in sources}
