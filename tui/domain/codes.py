"""The codes of the codebook: what was seen, where, what happened, what was done, how sure."""

from enum import StrEnum


class ObjectCode(StrEnum):
    """What flies or flew (codebook section 2)."""

    BALLOON = "balloon"
    MILITARY_AIRCRAFT = "military_aircraft"
    HELICOPTER = "helicopter"
    UAV = "uav"
    LOITERING_MUNITION = "loitering_munition"
    CRUISE_MISSILE = "cruise_missile"
    BALLISTIC_MISSILE = "ballistic_missile"
    MISSILE = "missile"
    ROCKET = "rocket"
    DEBRIS = "debris"
    CIVIL_AIRCRAFT = "civil_aircraft"
    LIGHT_AIRCRAFT = "light_aircraft"
    SPACE_OBJECT = "space_object"
    UNIDENTIFIED = "unidentified"


class Zone(StrEnum):
    """Where it was not wanted (codebook section 3); legal weight falls down the list."""

    SOVEREIGN = "sovereign"
    NO_FLY_ZONE = "no_fly_zone"
    RESTRICTED = "restricted"
    SECURITY_ZONE = "security_zone"
    AIRPORT = "airport"
    MILITARY_SITE = "military_site"
    CRITICAL_SITE = "critical_site"
    MEDIAN_LINE = "median_line"
    ADIZ = "adiz"
    FIR = "fir"
    EEZ = "eez"
    DISPUTED = "disputed"
    INTERNATIONAL = "international"


class Event(StrEnum):
    """What happened (codebook section 4)."""

    VIOLATION = "violation"
    ADIZ_ENTRY = "adiz_entry"
    SIGHTING = "sighting"
    INTERCEPTION = "interception"
    SHOOTDOWN = "shootdown"
    CRASH = "crash"
    STRIKE = "strike"
    DEBRIS_FOUND = "debris_found"
    AIRSPACE_CLOSURE = "airspace_closure"
    PROTEST = "protest"
    DENIAL = "denial"
    POLICY = "policy"
    INTEL_SHARING = "intel_sharing"
    ANALYSIS = "analysis"
    EXERCISE = "exercise"


class Response(StrEnum):
    """What was done about it; an empty list means unknown, never none."""

    SCRAMBLE = "scramble"
    INTERCEPTION = "interception"
    ESCORT = "escort"
    WARNING_SHOTS = "warning_shots"
    SHOOTDOWN = "shootdown"
    JAMMING = "jamming"
    AIRPORT_CLOSED = "airport_closed"
    AIRSPACE_CLOSED = "airspace_closed"
    EVACUATION = "evacuation"
    PROTEST = "protest"
    CONSULTATION = "consultation"
    DEPLOYMENT = "deployment"
    MONITORED_ONLY = "monitored_only"
    NONE_REPORTED = "none_reported"


class Certainty(StrEnum):
    """How sure one story is (codebook section 6)."""

    CONFIRMED = "confirmed"
    SUSPECTED = "suspected"
    ALLEGED = "alleged"
    DISPUTED = "disputed"
    DENIED = "denied"
    UNFOUNDED = "unfounded"


class IncidentCertainty(StrEnum):
    """How sure an incident is, drawn from its stories (INTERFACES: certainty and outcome)."""

    CONFIRMED = "confirmed"
    CORROBORATED = "corroborated"
    CLAIMED = "claimed"
    DISPUTED = "disputed"
    UNFOUNDED = "unfounded"


class DatePrecision(StrEnum):
    """How exactly a date is known."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


class PlacePrecision(StrEnum):
    """How exactly a place is known."""

    POINT = "point"
    SETTLEMENT = "settlement"
    DISTRICT = "district"
    REGION = "region"
    COUNTRY = "country"


class Severity(StrEnum):
    """How loudly an incident is shown; worst first."""

    CRITICAL = "critical"
    HIGH = "high"
    ELEVATED = "elevated"
    ROUTINE = "routine"


class Origin(StrEnum):
    """Where an incident comes from; a baseline is never news, a replay never live."""

    NEWS = "news"
    BASELINE = "baseline"
    REPLAY = "replay"


_SEVERITY = {
    Event.SHOOTDOWN: Severity.CRITICAL,
    Event.STRIKE: Severity.CRITICAL,
    Event.DEBRIS_FOUND: Severity.CRITICAL,
    Event.CRASH: Severity.CRITICAL,
    Event.VIOLATION: Severity.HIGH,
    Event.AIRSPACE_CLOSURE: Severity.HIGH,
    Event.INTERCEPTION: Severity.ELEVATED,
    Event.SIGHTING: Severity.ELEVATED,
}

EVENT_TAG = {
    Event.SHOOTDOWN: "SHOT",
    Event.STRIKE: "STRK",
    Event.DEBRIS_FOUND: "DEBR",
    Event.CRASH: "CRSH",
    Event.VIOLATION: "VIOL",
    Event.AIRSPACE_CLOSURE: "CLSD",
    Event.INTERCEPTION: "INTC",
    Event.SIGHTING: "SGHT",
    Event.ADIZ_ENTRY: "ADIZ",
    Event.EXERCISE: "ADIZ",
    Event.PROTEST: "PROT",
    Event.DENIAL: "DENY",
    Event.POLICY: "POLI",
    Event.INTEL_SHARING: "INTL",
    Event.ANALYSIS: "ANLY",
}
"""The four-letter tag of each event on the screen."""

FOLLOW_UP_EVENTS = frozenset(
    {Event.PROTEST, Event.DENIAL, Event.POLICY, Event.INTEL_SHARING, Event.ANALYSIS},
)
"""Events that are about an incident; never counted as incidents of their own."""

OBJECT_TAG = {
    ObjectCode.BALLOON: "BLN",
    ObjectCode.UAV: "DRN",
    ObjectCode.LOITERING_MUNITION: "DRN",
    ObjectCode.MILITARY_AIRCRAFT: "JET",
    ObjectCode.MISSILE: "MSL",
    ObjectCode.CRUISE_MISSILE: "MSL",
    ObjectCode.BALLISTIC_MISSILE: "MSL",
    ObjectCode.ROCKET: "MSL",
    ObjectCode.SPACE_OBJECT: "MSL",
    ObjectCode.HELICOPTER: "HEL",
    ObjectCode.CIVIL_AIRCRAFT: "CIV",
    ObjectCode.LIGHT_AIRCRAFT: "CIV",
    ObjectCode.UNIDENTIFIED: "UNK",
    ObjectCode.DEBRIS: "UNK",
}
"""The three-letter tag of each object on the screen."""

OBJECT_GLYPH = {
    "BLN": "○",
    "DRN": "◊",
    "JET": "▲",
    "MSL": "►",
    "HEL": "+",
    "CIV": "✈",
    "UNK": "?",
}
"""One cell for each object tag."""


def severity_of(event: Event | None) -> Severity:
    """How loudly an event is shown; routine when none is known."""
    return _SEVERITY.get(event, Severity.ROUTINE) if event else Severity.ROUTINE
