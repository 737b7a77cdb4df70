"""What the comparison looks at, in one form for a report and for an incident."""

import re
from calendar import monthrange
from dataclasses import field
from datetime import date
from functools import lru_cache
from math import sqrt

from tui.domain.alliances import COMMON_SKIES
from tui.domain.codes import (
    FOLLOW_UP_EVENTS,
    OBJECT_TAG,
    Certainty,
    DatePrecision,
    Event,
    ObjectCode,
    PlacePrecision,
    Zone,
)
from tui.domain.incident import FiledReport, IncidentSketch
from tui.domain.reading import EventDate, Place, Report
from tui.domain.value import dataclass
from tui.reading.grouping.words import fold, telling_words

_PLACE_PARTS = re.compile(r"[;,/()]| and | near | off | of ")
_GENERIC = frozenset(
    [
        "airport",
        "international",
        "air",
        "base",
        "airbase",
        "naval",
        "nuclear",
        "plant",
        "region",
        "province",
        "county",
        "prefecture",
        "district",
        "state",
        "city",
        "town",
        "village",
        "island",
        "islands",
        "islet",
        "coast",
        "border",
        "north",
        "south",
        "east",
        "west",
        "northern",
        "southern",
        "eastern",
        "western",
        "northeast",
        "northwest",
        "southeast",
        "southwest",
        "central",
        "near",
        "off",
        "the",
        "of",
        "in",
        "across",
        "over",
        "airspace",
        "area",
        "sector",
        "military",
        "zone",
        "strait",
        "sea",
    ]
)
_RELATIONS = frozenset({"near", "off", "the", "of", "in", "across", "over"})
SITES = frozenset({Zone.AIRPORT, Zone.MILITARY_SITE, Zone.CRITICAL_SITE})
_REPLIES = frozenset({Event.DENIAL, Event.PROTEST})
_RETRACTIONS = frozenset({Certainty.DENIED, Certainty.UNFOUNDED})
_ENOUGH = 4
"""Stories of an incident from which it tells something that few of them name a place."""
_COMMON = frozenset(COMMON_SKIES.values())
_EXACT_PLACES = frozenset({PlacePrecision.POINT, PlacePrecision.SETTLEMENT, PlacePrecision.DISTRICT})


@dataclass(frozen=True, slots=True)
class Days:
    """First and last day of something."""

    first: date
    last: date

    def gap(self, other: "Days") -> int:
        """Days between the two, 0 when they touch; negative when this one is the earlier."""
        if self.first > other.last:
            return (self.first - other.last).days
        if self.last < other.first:
            return -(other.first - self.last).days
        return 0


@dataclass(frozen=True, slots=True)
class Spot:
    """A place as far as it can be compared."""

    names: frozenset[str]
    lat: float | None
    lon: float | None
    exact: bool
    """A town, a district or a point, not a region."""
    outside: bool
    """In a state that is not affected: where something was said, or came from."""


@dataclass(frozen=True, slots=True)
class Traits:
    """What of a report, or of an incident, is compared."""

    affected: tuple[str, ...]
    actor: tuple[str, ...]
    classes: frozenset[str]
    """Object tags (BLN, DRN, ...); UNK stands for any."""
    events: frozenset[Event]
    main_event: Event | None
    zones: frozenset[Zone]
    late: bool
    """May be told long after the event: a follow-up, a find of remains, a retraction, a closure in protest.

    An incident is so while nothing else is told of it.
    """
    retracted: bool
    """The text denies an earlier report or explains it away."""
    days: Days | None
    """Days of the event; of its first publication where no text tells them."""
    precision: DatePrecision | None
    """Of `days`; None when they were inferred from publication."""
    published: Days | None
    spots: tuple[Spot, ...]
    counts: frozenset[int]
    words: dict[str, float]
    length: float
    """Euclidean length of the word weights."""
    stories: int
    """Stories told of an incident; 0 for a report."""
    placed: float
    """Share of the stories that name a place; 1 while there are too few to tell, and for a report."""
    sited: float
    """The same for those about a site on the ground."""
    common: bool
    """Told of an alliance's skies and of none of its states: a debate, which may speak of several events."""
    told: bool = field(init=False)
    """A text tells the days of the event."""
    follow_up: bool = field(init=False)
    """Only protest, denial, policy, intelligence or analysis by its main event."""
    reply: bool = field(init=False)
    """What a party answers: a denial or a protest."""
    at_site: bool = field(init=False)
    """Tied to one site on the ground."""
    tally: bool = field(init=False)
    """A day's count of entries into a zone that is not sovereign."""

    def __post_init__(self) -> None:
        """Worked out once, as each of these is asked for in every comparison."""
        object.__setattr__(self, "told", self.precision is not None and self.days is not None)
        object.__setattr__(self, "follow_up", self.main_event in FOLLOW_UP_EVENTS)
        object.__setattr__(self, "reply", self.main_event in _REPLIES)
        object.__setattr__(self, "at_site", bool(self.zones & SITES))
        object.__setattr__(self, "tally", self.main_event is Event.ADIZ_ENTRY)


def moved(day: date, by: int) -> date:
    """The day so many days later, held within the calendar."""
    return date.fromordinal(min(max(day.toordinal() + by, 1), date.max.toordinal()))


def days_of(event_date: EventDate) -> Days:
    """The days that a date of that precision can mean."""
    day = event_date.date
    match event_date.precision:
        case DatePrecision.DAY:
            return Days(day, day)
        case DatePrecision.WEEK:
            return Days(moved(day, -3), moved(day, 6))
        case DatePrecision.MONTH:
            return Days(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))
        case DatePrecision.YEAR:
            return Days(date(day.year, 1, 1), date(day.year, 12, 31))


@lru_cache(maxsize=4096)
def place_names(name: str) -> frozenset[str]:
    """The parts of a place name that can be compared: "Chilia Veche, Tulcea" has two."""
    parts = set()
    for part in _PLACE_PARTS.split(f" {name} "):
        words = fold(part).replace("-", " ").split()
        kept = [word for word in words if word not in _GENERIC]
        # "East Sea" is a name though each of its words is a generic one; "the coast" is none.
        plain = [word for word in words if word not in _RELATIONS]
        if kept or len(plain) > 1:
            parts.add(" ".join(kept or plain))
    return frozenset(parts)


def spot_of(place: Place, affected: tuple[str, ...] = (), actor: tuple[str, ...] = ()) -> Spot | None:
    """A place that can be compared; None for a mere country or a name that says nothing."""
    if place.precision is PlacePrecision.COUNTRY:
        return None
    names = place_names(place.name)
    lat, lon = place.lat, place.lon
    if lat is None or lon is None or not (abs(lat) <= 90 and abs(lon) <= 360):
        lat = lon = None
    if not names and lat is None:
        return None
    outside = place.country not in (None, *affected) if affected else place.country in actor
    return Spot(names, lat, lon, place.precision in _EXACT_PLACES, outside)


def _spots(places: tuple[Place, ...], affected: tuple[str, ...], actor: tuple[str, ...]) -> tuple[Spot, ...]:
    found = (spot_of(place, affected, actor) for place in places)
    return tuple(spot for spot in found if spot is not None)


def object_classes(objects: tuple[ObjectCode, ...]) -> frozenset[str]:
    """Tags of the objects; debris beside another object adds nothing."""
    tags = {OBJECT_TAG[code] for code in objects}
    return frozenset(tags - {"UNK"}) if len(tags) > 1 else frozenset(tags)


def _is_late(report: Report) -> bool:
    main = report.event[0] if report.event else None
    if main in FOLLOW_UP_EVENTS or main is Event.DEBRIS_FOUND or report.certainty in _RETRACTIONS:
        return True
    closed_in_protest = main is Event.AIRSPACE_CLOSURE and Event.PROTEST in report.event
    return closed_in_protest and Event.VIOLATION not in report.event


def traits_of_report(filed: FiledReport) -> Traits:
    """A report in the compared form."""
    report = filed.report
    published = filed.published or filed.first_seen
    words = telling_words(filed.title, filed.summary)
    told = report.event_date
    common = _is_debate(report.affected, (report.place,) if report.place else ())
    seen = Days(published.date(), published.date()) if published else None
    return Traits(
        affected=report.affected,
        actor=report.actor,
        classes=object_classes(report.object),
        events=frozenset(report.event),
        main_event=report.event[0] if report.event else None,
        zones=frozenset(report.zone),
        late=common or _is_late(report),
        retracted=report.certainty in _RETRACTIONS,
        days=days_of(told) if told else seen,
        precision=told.precision if told else None,
        published=seen,
        spots=_spots((report.place,) if report.place else (), report.affected, report.actor),
        counts=frozenset({report.count} if report.count else ()),
        words=words,
        length=_length(words),
        stories=0,
        placed=1.0,
        sited=1.0,
        common=common,
    )


def traits_of_sketch(sketch: IncidentSketch) -> Traits:
    """An incident in the compared form."""
    words = dict(sketch.words)
    days = None
    if sketch.first_day and sketch.last_day:
        days = Days(sketch.first_day, sketch.last_day)
    published = None
    if sketch.first_published and sketch.last_published:
        published = Days(sketch.first_published.date(), sketch.last_published.date())
    primary = [event for event in sketch.event if event not in FOLLOW_UP_EVENTS]
    late = 0 < sketch.stories == sketch.late
    main = primary[0] if primary and not late else (sketch.event[0] if sketch.event else None)
    return Traits(
        affected=sketch.affected,
        actor=sketch.actor,
        classes=object_classes(sketch.object),
        events=frozenset(sketch.event),
        main_event=main,
        zones=frozenset(sketch.zone),
        late=late,
        retracted=False,
        days=days,
        precision=DatePrecision(sketch.date_precision) if sketch.date_precision else None,
        published=published,
        spots=_spots(sketch.places, sketch.affected, sketch.actor),
        counts=frozenset(sketch.counts),
        words=words,
        length=_length(words),
        stories=sketch.stories,
        placed=sketch.placed / sketch.stories if sketch.stories >= _ENOUGH else 1.0,
        sited=sketch.sited / sketch.stories if sketch.stories >= _ENOUGH else 1.0,
        common=_is_debate(sketch.affected, sketch.places),
    )


def is_common(place: Place) -> bool:
    """Whether it is an alliance's skies as a whole."""
    return place.country is None and place.name in _COMMON


def _is_debate(affected: tuple[str, ...], places: tuple[Place, ...]) -> bool:
    return not affected and any(map(is_common, places))


def _length(words: dict[str, float]) -> float:
    return sqrt(sum(weight * weight for weight in words.values()))
