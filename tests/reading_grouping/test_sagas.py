"""Series of incidents, and stories that would join two."""

from datetime import date, timedelta

import pytest

from tests.reading_grouping.given import a_report, place, told
from tui.domain.codes import Event, ObjectCode
from tui.domain.incident import FiledReport, IncidentSketch
from tui.reading.grouping import Grouper
from tui.reading.grouping.sagas import saga_links

OCTOBER = date(2025, 10, 1)


def night(
    name: str,
    day: int,
    *,
    affected: str = "LT",
    actor: str = "BY",
    what: ObjectCode = ObjectCode.BALLOON,
) -> IncidentSketch:
    on = OCTOBER + timedelta(days=day)
    return IncidentSketch(
        name,
        affected=tuple(affected.split()),
        actor=tuple(actor.split()),
        object=(what,),
        first_day=on,
        last_day=on,
    )


def test_nights_of_one_series_are_a_chain_in_order_of_time() -> None:
    links = saga_links([night("c", 23), night("a", 4), night("b", 20)])

    assert [(link.earlier, link.later, link.days) for link in links] == [("a", "b", 16), ("b", "c", 3)]
    assert links[0].why == "BLN of BY over LT"


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(night("b", 5, affected="PL", what=ObjectCode.UAV), id="another state"),
        pytest.param(night("b", 5, actor="RU"), id="another actor"),
        pytest.param(night("b", 5, actor=""), id="no actor"),
        pytest.param(night("b", 5, what=ObjectCode.UAV), id="another object"),
        pytest.param(night("b", 5, what=ObjectCode.UNIDENTIFIED), id="an unknown object"),
        pytest.param(night("b", 90), id="long after"),
        pytest.param(IncidentSketch("b", ("LT",), ("BY",), (ObjectCode.BALLOON,)), id="no day"),
    ],
)
def test_what_differs_is_no_series(other: IncidentSketch) -> None:
    assert saga_links([night("a", 0), other]) == ()


def test_one_balloon_that_each_state_handled_by_itself_is_one_saga() -> None:
    over_canada = night("ca", 0, affected="CA", actor="CN")
    over_america = night("us", 2, affected="US", actor="CN")
    much_later = night("tw", 20, affected="TW", actor="CN")

    links = saga_links([over_canada, over_america, much_later])

    assert [(link.earlier, link.later) for link in links] == [("ca", "us")]


def test_incidents_with_several_states_in_common_are_linked_once() -> None:
    links = saga_links([night("a", 0, affected="EE LV"), night("b", 3, affected="LV EE")])

    assert len(links) == 1


def test_a_story_that_fits_two_incidents_joins_the_better_and_proposes_to_merge_the_other() -> None:
    grouper = Grouper()
    two = [
        a_report("a", where=place("Lublin"), when=told(10)),
        a_report("b", where=place("Krosno"), when=told(9), after=0.1),
    ]
    first, second = [_filed_alone(grouper, report) for report in two]
    filing = grouper.assign([a_report("c", event=Event.PROTEST, after=0.5)])

    [assignment] = filing.assignments
    assert first != second
    assert assignment.incident in {first, second}
    assert assignment.proposal is not None
    assert {assignment.incident, assignment.proposal.incident} == {first, second}
    assert [sketch.incident for sketch in filing.sketches] == [assignment.incident]


def test_no_merge_is_proposed_of_incidents_that_cannot_be_one() -> None:
    grouper = Grouper()
    jets = ObjectCode.MILITARY_AIRCRAFT
    _filed_alone(grouper, a_report("a", affected="EE", what=jets))
    _filed_alone(grouper, a_report("b", affected="PL", what=jets))

    [assignment] = grouper.assign([a_report("c", affected="EE PL", what=jets, after=0.5)]).assignments

    assert not assignment.is_new
    assert assignment.proposal is None


def test_no_merge_is_proposed_with_a_baseline() -> None:
    record = IncidentSketch(
        "b:pl-2025-09-krosno",
        affected=("PL",),
        actor=("RU",),
        object=(ObjectCode.UAV,),
        event=(Event.VIOLATION,),
        first_day=date(2025, 9, 10),
        last_day=date(2025, 9, 10),
        date_precision="day",
        places=(place("Krosno"),),
    )
    grouper = Grouper([record])
    _filed_alone(grouper, a_report("a", where=place("Lublin"), when=told(10)))
    look_back = a_report("b", event=Event.ANALYSIS, where=place("Krosno"), when=told(10), after=30)

    [assignment] = grouper.assign([look_back]).assignments

    assert assignment.incident == "b:pl-2025-09-krosno"
    assert assignment.proposal is None


def _filed_alone(grouper: Grouper, report: FiledReport) -> str:
    filing = grouper.assign([report])
    grouper.adopt(filing)
    return filing.assignments[0].incident
