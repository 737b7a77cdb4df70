"""Reports made for tests, with only what a test cares about."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from tui.domain.codes import (
    Certainty,
    DatePrecision,
    Event,
    ObjectCode,
    PlacePrecision,
    Response,
    Zone,
)
from tui.domain.incident import FiledReport, IncidentFacts
from tui.domain.reading import EventDate, Place, Report
from tui.reading.conclude import conclude

START = datetime(2025, 9, 10, 6, tzinfo=UTC)


def place(name: str, lat: float | None = None, lon: float | None = None) -> Place:
    return Place(name, None, lat, lon, PlacePrecision.SETTLEMENT)


def told(day: int, month: int = 9, year: int = 2025) -> EventDate:
    return EventDate(date(year, month, day), DatePrecision.DAY)


def year(number: int) -> EventDate:
    return EventDate(date(number, 1, 1), DatePrecision.YEAR)


def a_report(
    story: str = "s1",
    *,
    affected: str = "PL",
    actor: str = "RU",
    what: ObjectCode | None = ObjectCode.UAV,
    event: Event = Event.VIOLATION,
    zone: Zone | None = None,
    where: Place | None = None,
    when: EventDate | None = None,
    count: int | None = None,
    certainty: Certainty | None = None,
    response: tuple[Response, ...] = (),
    title: str = "",
    summary: str = "",
    publisher: str = "Gazette",
    after: float = 0,
    position: int = 0,
) -> FiledReport:
    """A filed report, `after` days behind 10 September 2025; states are parted by spaces."""
    published = START + timedelta(days=after)
    report = Report(
        affected=tuple(affected.split()),
        actor=tuple(actor.split()),
        object=(what,) if what else (),
        zone=(zone,) if zone else (),
        event=(event,),
        response=response,
        certainty=certainty,
        count=count,
        place=where,
        event_date=when,
    )
    return FiledReport(story, position, report, title, summary, published, published, publisher, "en")


def facts_of(reports: Sequence[FiledReport]) -> IncidentFacts:
    return conclude(reports).facts
