"""The parts an incident's line is made of: who flew, where, and when, in plain English."""

from collections.abc import Sequence
from datetime import date

from tui.domain.codes import DatePrecision, Event, ObjectCode, PlacePrecision
from tui.domain.demonyms import demonym
from tui.domain.incident import IncidentFacts
from tui.domain.reading import EventDate, Place
from tui.domain.territories import territory_name

_PLACE_LIMIT = 36

_NOUNS = {
    ObjectCode.BALLOON: ("balloon", "balloons"),
    ObjectCode.MILITARY_AIRCRAFT: ("military jet", "military jets"),
    ObjectCode.HELICOPTER: ("helicopter", "helicopters"),
    ObjectCode.UAV: ("drone", "drones"),
    ObjectCode.LOITERING_MUNITION: ("attack drone", "attack drones"),
    ObjectCode.CRUISE_MISSILE: ("cruise missile", "cruise missiles"),
    ObjectCode.BALLISTIC_MISSILE: ("ballistic missile", "ballistic missiles"),
    ObjectCode.MISSILE: ("missile", "missiles"),
    ObjectCode.ROCKET: ("rocket", "rockets"),
    ObjectCode.CIVIL_AIRCRAFT: ("civilian plane", "civilian planes"),
    ObjectCode.LIGHT_AIRCRAFT: ("light aircraft", "light aircraft"),
    ObjectCode.SPACE_OBJECT: ("space object", "space objects"),
    ObjectCode.UNIDENTIFIED: ("unidentified object", "unidentified objects"),
    ObjectCode.DEBRIS: ("debris", "debris"),
}
_OWNED_NOUNS = {
    ObjectCode.MILITARY_AIRCRAFT: ("jet", "jets"),
    ObjectCode.UNIDENTIFIED: ("object", "objects"),
}
"""Shorter nouns behind the name of the owner: "Russian jets", "Chinese object"."""
_OFTEN_MANY = frozenset(
    {
        ObjectCode.UAV,
        ObjectCode.MILITARY_AIRCRAFT,
        ObjectCode.LOITERING_MUNITION,
        ObjectCode.BALLISTIC_MISSILE,
        ObjectCode.ROCKET,
    }
)
"""Objects spoken of in the plural when their number is not known."""
_SINGLE_EVENTS = frozenset({Event.SHOOTDOWN, Event.CRASH, Event.DEBRIS_FOUND})
_WITH_THE = frozenset(
    {"AE", "BS", "CD", "CF", "CG", "DO", "FK", "GB", "GM", "KM", "KY", "MH", "MV", "NL", "PH"}
)
_ALSO_WITH_THE = frozenset({"SB", "SC", "TC", "US", "VA", "VG", "VI"})
_SEA_WORDS = frozenset(
    {
        "sea",
        "strait",
        "islands",
        "channel",
        "peninsula",
        "gulf",
        "delta",
        "aegean",
        "baltic",
        "ocean",
        "house",
    }
)
_PREPOSITIONS = frozenset({"off", "near", "across", "over", "in", "around", "between", "along"})
_RELATIONS = _PREPOSITIONS | frozenset(
    [
        "north",
        "south",
        "east",
        "west",
        "northeast",
        "northwest",
        "southeast",
        "southwest",
        "northern",
        "southern",
        "eastern",
        "western",
        "central",
    ],
)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def country(iso2: str) -> str:
    """Name of a state as it stands inside a sentence: "Japan", "the United States"."""
    name = territory_name(iso2)
    takes_the = iso2 in _WITH_THE or iso2 in _ALSO_WITH_THE
    return f"the {name}" if takes_the and not name.casefold().startswith("the ") else name


def countries(codes: Sequence[str]) -> str:
    """Several states in one phrase; more than three are counted."""
    if len(codes) > 3:
        return f"{country(codes[0])} and {len(codes) - 1} other states"
    names = [country(code) for code in codes]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def noun(code: ObjectCode) -> str:
    """One object in a word or two: "drone", "military jet"."""
    return _NOUNS[code][0]


def is_plural(facts: IncidentFacts) -> bool:
    """Whether the object is spoken of in the plural."""
    if facts.count is not None:
        return facts.count != 1
    main = facts.object[0] if facts.object else None
    if facts.event and facts.event[0] in _SINGLE_EVENTS:
        return False
    return main in _OFTEN_MANY


def flyers(facts: IncidentFacts, *, owned: bool = True, counted: bool = True) -> str:
    """Who flew: "3 Russian jets", "Chinese balloon", "drones"; empty when no object is known."""
    if not facts.object:
        return ""
    main = facts.object[0]
    nouns = _NOUNS[main]
    owner = demonym(facts.actor[0]) if owned and facts.actor else ""
    if owner:
        nouns = _OWNED_NOUNS.get(main, nouns)
    plural = is_plural(facts)
    number = str(facts.count) if counted and plural and facts.count and main is not ObjectCode.DEBRIS else ""
    return " ".join(part for part in (number, owner, nouns[plural]) if part)


def place_name(place: Place | None) -> str:
    """Name of a place, bounded; empty for none and for a mere country."""
    if place is None or place.precision is PlacePrecision.COUNTRY:
        return ""
    first = place.name.split(";")[0].split(" / ")[0].split(",")[0]
    name = " ".join("".join(letter if letter.isprintable() else " " for letter in first).split())
    if len(name) > _PLACE_LIMIT:
        name = name[:_PLACE_LIMIT].rsplit(" ", 1)[0]
    words = name.casefold().split()
    if not words:
        return ""
    named_sea = words[-1] in _SEA_WORDS or words[0] in {"gulf", "strait", "bay", "sea"} or "of" in words[1:2]
    if named_sea and words[0] not in _RELATIONS and words[0] != "the":
        return f"the {name}"
    return name


def at(preposition: str, name: str) -> str:
    """Preposition and name: near Vaindloo; a name with a relation of its own (off Latakia) stands alone."""
    if not name:
        return ""
    words = name.casefold().split()
    if words[0] in _PREPOSITIONS or (words[0] in _RELATIONS and words[1:2] == ["of"]):
        return name[0].lower() + name[1:]
    return f"{preposition} {name}"


def where(facts: IncidentFacts, preposition: str) -> str:
    """The place and its state with the preposition, else the affected states, else nothing."""
    name = place_name(facts.place)
    if name:
        state = _state_of(facts)
        named_already = not state or state in name or name.startswith("the ")
        return at(preposition, name if named_already else f"{name}, {state}")
    return f"{preposition} {countries(facts.affected)}" if facts.affected else ""


def _state_of(facts: IncidentFacts) -> str:
    """Name of the state the place lies in; empty for a region of no one state, or when several are affected."""
    place = facts.place
    if place is None or len(facts.affected) != 1:
        return ""
    if place.country:
        return territory_name(place.country)
    return "" if place.precision is PlacePrecision.REGION else territory_name(facts.affected[0])


def when(event_date: EventDate | None, today: date | None = None) -> str:
    """The date as exactly as it is known: "22 Sep", "week of 22 Sep", "Jun 2020", "2019".

    A day is given its year when that is not the year of `today`.
    """
    if event_date is None:
        return ""
    day = event_date.date
    month = _MONTHS[day.month - 1]
    year = f" {day.year}" if today is not None and day.year != today.year else ""
    match event_date.precision:
        case DatePrecision.DAY:
            return f"{day.day} {month}{year}"
        case DatePrecision.WEEK:
            return f"week of {day.day} {month}{year}"
        case DatePrecision.MONTH:
            return f"{month} {day.year}"
        case DatePrecision.YEAR:
            return str(day.year)
