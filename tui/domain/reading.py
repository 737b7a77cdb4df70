"""What was read out of a story, each part with the words it was read from."""

import datetime as dt
from dataclasses import field
from typing import Literal

from tui.domain.codes import (
    Certainty,
    DatePrecision,
    Event,
    ObjectCode,
    PlacePrecision,
    Response,
    Zone,
)
from tui.domain.value import dataclass

TextField = Literal["title", "summary"]


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that spoke for or against a story."""

    reason: str
    """The named feature, or what was missing."""
    words: str
    """The words as they stand in the cleaned text; empty when something was missing."""
    field: TextField
    start: int
    """First code point in the cleaned field."""
    end: int
    """One past the last code point; equal to start when something was missing."""
    weight: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """Kept or dropped, the score, and every reason."""

    relevant: bool
    war_routine: bool
    """Would be relevant but for the war filter: stored, hidden, countable."""
    score: float
    threshold: float
    lang: str
    """The language it was read in."""
    why: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """The words one fact was read from."""

    fact: str
    """Field of the report: affected, actor, object, zone, event, response, count, ..."""
    value: str
    """The code or value that was read."""
    field: TextField
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Place:
    """The most specific named place; lat and lon in degrees, None when unknown."""

    name: str
    country: str | None
    lat: float | None
    lon: float | None
    precision: PlacePrecision


@dataclass(frozen=True, slots=True)
class EventDate:
    """When it happened, with how exactly that is known."""

    date: dt.date
    precision: DatePrecision


@dataclass(frozen=True, slots=True)
class Report:
    """What one story says about one event."""

    affected: tuple[str, ...] = ()
    """ISO 3166-1 alpha-2 (XK Kosovo, PS Palestine), main first; likewise the next two."""
    actor: tuple[str, ...] = ()
    responder: tuple[str, ...] = ()
    object: tuple[ObjectCode, ...] = ()
    zone: tuple[Zone, ...] = ()
    event: tuple[Event, ...] = ()
    response: tuple[Response, ...] = ()
    """Empty: unknown, which is not none."""
    certainty: Certainty | None = None
    count: int | None = None
    place: Place | None = None
    event_date: EventDate | None = None
    spans: tuple[Span, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Reading:
    """A verdict and, for a kept story, its reports; `reports[0]` is the main one."""

    verdict: Verdict
    reports: tuple[Report, ...] = ()
