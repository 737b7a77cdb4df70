"""The fields of the query language: what they are called, what they take, and which codes a value stands for."""

import unicodedata
from difflib import get_close_matches
from enum import StrEnum
from functools import cache

from tui.domain.codes import (
    EVENT_TAG,
    OBJECT_TAG,
    Event,
    IncidentCertainty,
    ObjectCode,
    Response,
    Severity,
    Zone,
)
from tui.domain.history import Outcome
from tui.domain.territories import TERRITORY_NAMES
from tui.domain.value import dataclass

NONE = "none"
"""The value that asks for what nobody told."""


class Takes(StrEnum):
    """What kind of value a field takes."""

    CODE = "code"
    STATE = "state"
    NAME = "name"
    NUMBER = "number"
    DAYS = "days"
    WEEKS = "weeks"
    MOMENT = "moment"
    CONDITION = "condition"


@dataclass(frozen=True, slots=True)
class QueryField:
    """One field; `values` are what the completion offers, in order."""

    name: str
    takes: Takes
    help: str
    example: str
    values: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


def _values(codes: type[StrEnum]) -> tuple[str, ...]:
    return tuple(str(code) for code in codes)


_OBJECT_WORDS = {
    "drone": ("uav", "loitering_munition"),
    "jet": ("military_aircraft",),
    "fighter": ("military_aircraft",),
    "plane": ("military_aircraft", "civil_aircraft", "light_aircraft"),
    "unknown": ("unidentified",),
}
CONDITIONS = (
    "new",
    "updated",
    "seen",
    "watched",
    "disputed",
    "baseline",
    "news",
    "followup",
    "noted",
    "tagged",
)

FIELDS = (
    QueryField(
        "country", Takes.STATE, "the affected state", "country:PL", aliases=("affected", "cc", "state")
    ),
    QueryField("actor", Takes.STATE, "whose object it was", "actor:RU"),
    QueryField("responder", Takes.STATE, "who answered", "responder:IT"),
    QueryField(
        "object",
        Takes.CODE,
        "what flew",
        "object:uav",
        (*dict.fromkeys(OBJECT_TAG.values()), *_values(ObjectCode), *_OBJECT_WORDS, NONE),
    ),
    QueryField(
        "event",
        Takes.CODE,
        "what happened",
        "event:violation",
        (*dict.fromkeys(EVENT_TAG.values()), *_values(Event), NONE),
    ),
    QueryField(
        "main_object", Takes.CODE, "what flew, the main one", "main_object:DRN", (*_values(ObjectCode), NONE)
    ),
    QueryField(
        "main_event", Takes.CODE, "what happened, the main event", "main_event:SHOT", (*_values(Event), NONE)
    ),
    QueryField("zone", Takes.CODE, "where it was not wanted", "zone:airport", (*_values(Zone), NONE)),
    QueryField("response", Takes.CODE, "what was done", "response:scramble", (*_values(Response), NONE)),
    QueryField("certainty", Takes.CODE, "how sure it is", "certainty:confirmed", _values(IncidentCertainty)),
    QueryField("outcome", Takes.CODE, "how it ended", "outcome:open", _values(Outcome)[:-1]),
    QueryField("severity", Takes.CODE, "how loudly it is shown", "severity:critical,high", _values(Severity)),
    QueryField("place", Takes.NAME, "the place named", "place:Rzeszów"),
    QueryField(
        "publisher", Takes.NAME, "who published a story of it", "publisher:Reuters", aliases=("source",)
    ),
    QueryField("tag", Takes.NAME, "a tag of yours", "tag:baltic"),
    QueryField("note", Takes.NAME, "words of your note", "note:verify"),
    QueryField("feed", Takes.NAME, "name or address of the feed", "feed:lrt.lt"),
    QueryField("lang", Takes.NAME, "language of a story", "lang:pl"),
    QueryField("date", Takes.DAYS, "when it happened", "date:2026-03-01..2026-03-31"),
    QueryField("week", Takes.WEEKS, "the ISO week it is counted in", "week:2026-W11", (NONE,)),
    QueryField("hour", Takes.NUMBER, "hour (UTC) of the first report", "hour:22"),
    QueryField("age", Takes.NUMBER, "days since the first report", "age:>=21"),
    QueryField("answer", Takes.NUMBER, "minutes from first report to answer", "answer:<=60"),
    QueryField("since", Takes.MOMENT, "in the news since", "since:7d"),
    QueryField("until", Takes.MOMENT, "not in the news since", "until:2026-03-01"),
    QueryField("revised", Takes.MOMENT, "what is said of it changed since", "revised:24h"),
    QueryField("first", Takes.MOMENT, "first seen since", "first:24h"),
    QueryField("publishers", Takes.NUMBER, "how many publishers", "publishers:>=3", aliases=("sources",)),
    QueryField("stories", Takes.NUMBER, "how many stories", "stories:>=5"),
    QueryField("count", Takes.NUMBER, "how many objects", "count:>=10"),
    QueryField("is", Takes.CONDITION, "how it stands with you", "is:new", CONDITIONS),
)
"""In the order in which help and completion list them."""


@cache
def fields_by_name() -> dict[str, QueryField]:
    """Every field under its name and its other names."""
    return {name: field for field in FIELDS for name in (field.name, *field.aliases)}


def codes_of(field: QueryField, value: str) -> tuple[str, ...] | None:
    """The codes a value stands for, an empty one for none told; None when there is no such value."""
    if field.takes is Takes.STATE:
        return _states(value)
    wanted = value.casefold().replace("-", "_")
    if wanted == NONE and NONE in field.values:
        return ("",)
    tags: dict[str, tuple[str, ...]] = {}
    if field.name in {"object", "main_object"}:
        tags = {**_by_tag({str(code): tag for code, tag in OBJECT_TAG.items()}), **_OBJECT_WORDS}
    if field.name in {"event", "main_event"}:
        tags = _by_tag({str(code): tag for code, tag in EVENT_TAG.items()})
    if wanted in tags:
        return tags[wanted]
    return (wanted,) if wanted in field.values else None


def near_values(field: QueryField, value: str) -> list[str]:
    """The value that was perhaps meant, in a list of one or none."""
    if field.takes is Takes.STATE:
        return [_names()[name] for name in get_close_matches(folded(value), _names(), 1, 0.7)]
    return get_close_matches(value, field.values, 1, 0.6)


def folded(text: str) -> str:
    """Letters without case and accents, to compare names by."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).replace("ł", "l")


def _by_tag(tags: dict[str, str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for code, tag in tags.items():
        found[tag.casefold()] = (*found.get(tag.casefold(), ()), code)
    return found


def _states(value: str) -> tuple[str, ...] | None:
    if value.casefold() == NONE:
        return ("",)
    if value.upper() in TERRITORY_NAMES:
        return (value.upper(),)
    iso2 = _names().get(folded(value))
    return (iso2,) if iso2 else None


@cache
def _names() -> dict[str, str]:
    spoken = {"turkey": "TR", "usa": "US", "uk": "GB", "britain": "GB", "czech republic": "CZ", "burma": "MM"}
    return {**{folded(name): iso2 for iso2, name in TERRITORY_NAMES.items()}, **spoken}
