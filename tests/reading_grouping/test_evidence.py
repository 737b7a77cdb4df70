"""What speaks for and against joining, beyond agreement: who is told of, where, and when it was published."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pytest

from tests.reading_grouping.given import a_report, place, told
from tui.domain.codes import Event, ObjectCode, PlacePrecision, Zone
from tui.domain.incident import Assignment, FiledReport
from tui.domain.reading import Place
from tui.reading.grouping import Grouper

JET = ObjectCode.MILITARY_AIRCRAFT
BALLOON = ObjectCode.BALLOON


def assigned(reports: Sequence[FiledReport]) -> list[Assignment]:
    grouper = Grouper()
    found: list[Assignment] = []
    for report in reports:
        filing = grouper.assign([report])
        grouper.adopt(filing)
        found += filing.assignments
    return found


def one_incident(reports: Sequence[FiledReport]) -> bool:
    return all(mine.incident == next_.incident for mine, next_ in pairwise(assigned(reports)))


@pytest.mark.parametrize(
    "reports",
    [
        pytest.param(
            [
                a_report("a", affected="KP", actor="KR", when=told(4), after=0),
                a_report("b", affected="KP", actor="", event=Event.PROTEST, after=1),
            ],
            id="a protest against what was disclosed days after it happened",
        ),
        pytest.param(
            [a_report("a", when=told(8), after=0), a_report("b", after=0.3)],
            id="an undated story published with the one that tells the day",
        ),
        pytest.param(
            [
                a_report("a", affected="HR", actor=""),
                a_report("b", affected="UA", actor="HR", event=Event.DENIAL, after=1),
            ],
            id="a denial that names the state of the event as the other side",
        ),
        pytest.param(
            [
                a_report("a", affected="PK", actor="IR", what=None, event=Event.STRIKE, where=place("Panjgur")),
                a_report(
                    "b", affected="", actor="PK", what=None, event=Event.PROTEST, where=place("Panjgur"), after=0.2
                ),
            ],
            id="a protest whose author was read as the actor",
        ),
        pytest.param(
            [
                a_report("a", actor="UA", event=Event.STRIKE),
                a_report("b", actor="RU", event=Event.PROTEST, after=1),
            ],
            id="a protest to another state than the one that did it",
        ),
        pytest.param(
            [
                a_report(
                    "a", affected="CA", actor="", what=ObjectCode.UNIDENTIFIED, event=Event.SHOOTDOWN,
                    where=Place("Yukon", "CA", None, None, PlacePrecision.REGION),
                ),
                a_report(
                    "b", affected="CA", actor="", what=ObjectCode.UNIDENTIFIED, event=Event.SHOOTDOWN,
                    where=Place("Yukon", "CA", None, None, PlacePrecision.REGION), after=2,
                ),
            ],
            id="an unknown object downed over a named region, told again",
        ),
        pytest.param(
            [
                a_report("a", affected="IR", actor="US", event=Event.SHOOTDOWN),
                replace(
                    (answer := a_report("b", affected="IR", actor="US", event=Event.PROTEST, after=5)),
                    report=replace(answer.report, event=(Event.PROTEST, Event.VIOLATION)),
                ),
            ],
            id="a protest that tells of the entry as well",
        ),
    ],
)  # fmt: skip
def test_it_is_one_incident_whichever_of_the_two_comes_first(reports: list[FiledReport]) -> None:
    assert one_incident(reports)
    assert one_incident(reports[::-1])


@pytest.mark.parametrize(
    "reports",
    [
        pytest.param(
            [a_report("a", when=told(8), after=-1), a_report("b", after=1)],
            id="undated, and published two days after the story that tells the day",
        ),
        pytest.param(
            [
                a_report("a", affected="HR", actor="RS"),
                a_report("b", affected="UA", actor="HR", event=Event.DENIAL, after=1),
            ],
            id="a denial by neither party",
        ),
        pytest.param(
            [
                a_report(
                    "a", actor="", what=ObjectCode.UNIDENTIFIED, event=Event.SHOOTDOWN, where=place("Suwalki")
                ),
                a_report(
                    "b", actor="", what=ObjectCode.UNIDENTIFIED, event=Event.SHOOTDOWN, after=2
                ),
            ],
            id="an unknown object downed, with no place named",
        ),
    ],
)  # fmt: skip
def test_it_is_two_incidents_whichever_comes_first(reports: list[FiledReport]) -> None:
    assert not one_incident(reports)
    assert not one_incident(reports[::-1])


def test_a_place_that_few_stories_of_an_incident_name_parts_no_other_place_from_it() -> None:
    modlin, okecie = place("Warsaw Modlin Airport", 52.45, 20.65), place("Warsaw", 52.23, 21.01)
    closed = a_report("closed", event=Event.AIRSPACE_CLOSURE, zone=Zone.AIRPORT, where=modlin)
    also = a_report("also", event=Event.AIRSPACE_CLOSURE, zone=Zone.AIRPORT, where=okecie, after=0.4)
    nationwide = [a_report(f"n{number}", after=number / 50) for number in range(12)]

    assert not one_incident([closed, also])
    assert one_incident([*nationwide, closed, also])


def test_days_later_a_site_is_another_incident_than_one_that_is_hardly_about_sites() -> None:
    nationwide = [a_report(f"n{number}", after=number / 10) for number in range(16)]
    palace = a_report("palace", event=Event.SIGHTING, zone=Zone.CRITICAL_SITE, after=3)

    *before, at_site = assigned([*nationwide, palace])
    *_, still_told = assigned([*nationwide, a_report("more", event=Event.SIGHTING, after=3)])

    assert at_site.incident not in {one.incident for one in before}
    assert still_told.incident == before[0].incident


def test_of_two_incidents_that_fit_alike_the_more_widely_told_is_chosen() -> None:
    big = [a_report(f"b{number}", affected="EE", what=JET, after=number / 100) for number in range(8)]
    small = a_report("small", affected="PL", what=JET, after=0.1)
    bare = a_report("bare", affected="", what=JET, event=Event.DENIAL, after=0.4)

    for order in ([*big, small], [small, *big]):
        *_, denial = assigned([*order, bare])
        assert denial.incident in {one.incident for one in assigned(big)}


def test_where_something_was_said_parts_nothing() -> None:
    downed = a_report(
        "a", affected="US", actor="CN", what=JET, event=Event.SHOOTDOWN, where=place("Galveston", 29.3, -94.8)
    )
    abroad = Place("Beijing", "CN", 39.9, 116.4, PlacePrecision.SETTLEMENT)
    trip = a_report("b", affected="US", actor="CN", what=JET, where=abroad, after=1)
    at_home = replace(trip, report=replace(trip.report, place=replace(abroad, country="US")))

    assert one_incident([downed, trip])
    assert not one_incident([downed, at_home])
