"""Facts given from outside, as a line of `overflight group` may carry them, laid over our own reading."""

import datetime as dt
from dataclasses import replace
from typing import TypeVar

import msgspec

from tui.domain.codes import (
    Certainty,
    DatePrecision,
    Event,
    ObjectCode,
    PlacePrecision,
    Response,
    Zone,
)
from tui.domain.reading import EventDate, Place, Reading, Report

_COARSE = {"drone": ObjectCode.UAV, "aircraft": ObjectCode.MILITARY_AIRCRAFT}
"""Coarse object words of labelled sets that are no codes."""

_Given = TypeVar("_Given")


class PlaceLabel(msgspec.Struct):
    """A place as `overflight read` writes it."""

    name: str
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: PlacePrecision = PlacePrecision.SETTLEMENT


class DateLabel(msgspec.Struct):
    """A date as `overflight read` writes it."""

    date: dt.date
    precision: DatePrecision = DatePrecision.DAY


class Labels(msgspec.Struct, omit_defaults=True):
    """The facts of one report; UNSET: not given, our own reading stands."""

    affected: list[str] | msgspec.UnsetType = msgspec.UNSET
    actor: list[str] | msgspec.UnsetType = msgspec.UNSET
    responder: list[str] | msgspec.UnsetType = msgspec.UNSET
    object: list[str] | msgspec.UnsetType = msgspec.UNSET
    zone: list[Zone] | msgspec.UnsetType = msgspec.UNSET
    event: list[Event] | msgspec.UnsetType = msgspec.UNSET
    response: list[Response] | msgspec.UnsetType = msgspec.UNSET
    certainty: Certainty | msgspec.UnsetType | None = msgspec.UNSET
    count: int | msgspec.UnsetType | None = msgspec.UNSET
    place: PlaceLabel | str | msgspec.UnsetType | None = msgspec.UNSET
    event_date: DateLabel | dt.date | msgspec.UnsetType | None = msgspec.UNSET


class StoryLabels(Labels, omit_defaults=True):
    """What a line may say of a whole story."""

    relevant: bool | msgspec.UnsetType = msgspec.UNSET
    war_routine: bool | msgspec.UnsetType = msgspec.UNSET
    reports: list[Labels] | msgspec.UnsetType = msgspec.UNSET


def overlaid(labels: StoryLabels, own: Reading) -> tuple[Report, ...]:
    """The reports of a story with what was given laid over our own; none when it is not relevant.

    Given facts that only a relevant story has make it relevant unless `relevant` says otherwise; given
    `reports` replace all of ours; other given facts make the story one report.
    """
    if not _relevant(labels, own):
        return ()
    if not isinstance(labels.reports, msgspec.UnsetType) and labels.reports:
        return tuple(report_with(given, Report()) for given in labels.reports)
    reports = own.reports or (Report(),)
    if not _gives_facts(labels):
        return reports
    return (report_with(labels, reports[0]),)


def _relevant(labels: StoryLabels, own: Reading) -> bool:
    if not isinstance(labels.relevant, msgspec.UnsetType):
        return labels.relevant
    told = (labels.reports, labels.event, labels.object, labels.affected)
    return own.verdict.relevant or any(not isinstance(given, msgspec.UnsetType) and given for given in told)


def _gives_facts(labels: Labels) -> bool:
    return any(getattr(labels, name) is not msgspec.UNSET for name in Labels.__struct_fields__)


def report_with(labels: Labels, own: Report) -> Report:
    """One report with the given facts in place of its own."""
    affected = tuple(_given(labels.affected, own.affected))
    objects = [_object_code(word) for word in _given(labels.object, own.object)]
    return replace(
        own,
        affected=affected,
        actor=tuple(_given(labels.actor, own.actor)),
        responder=tuple(_given(labels.responder, own.responder)),
        object=tuple(dict.fromkeys(objects)),
        zone=tuple(_given(labels.zone, own.zone)),
        event=tuple(_given(labels.event, own.event)),
        response=tuple(_given(labels.response, own.response)),
        certainty=_given(labels.certainty, own.certainty),
        count=_given(labels.count, own.count),
        place=_place(labels.place, own.place, affected),
        event_date=_event_date(labels.event_date, own.event_date),
    )


def _given(label: _Given | msgspec.UnsetType, own: _Given) -> _Given:
    return own if isinstance(label, msgspec.UnsetType) else label


def _object_code(word: str) -> ObjectCode:
    """A code, a coarse word of the labelled sets, or else something unidentified."""
    try:
        return ObjectCode(word)
    except ValueError:
        return _COARSE.get(word, ObjectCode.UNIDENTIFIED)


def _place(
    label: PlaceLabel | str | msgspec.UnsetType | None, own: Place | None, affected: tuple[str, ...]
) -> Place | None:
    if isinstance(label, msgspec.UnsetType):
        return own
    if isinstance(label, str):
        country = affected[0] if affected else None
        return Place(label, country, None, None, PlacePrecision.SETTLEMENT) if label.strip() else None
    if label is None:
        return None
    return Place(label.name, label.country, label.lat, label.lon, label.precision)


def _event_date(
    label: DateLabel | dt.date | msgspec.UnsetType | None, own: EventDate | None
) -> EventDate | None:
    if isinstance(label, msgspec.UnsetType):
        return own
    if isinstance(label, DateLabel):
        return EventDate(label.date, label.precision)
    return EventDate(label, DatePrecision.DAY) if label else None
