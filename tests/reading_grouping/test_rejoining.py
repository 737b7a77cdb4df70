"""A follow-up told before its event stands alone, and joins the event when enough is told of it."""

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import permutations

import pytest

from tests.reading_grouping.given import a_report, place, told
from tui.domain.codes import Event, ObjectCode
from tui.domain.constraints import constraints_of
from tui.domain.correction import Apart, Correction, Made, Merge, Move, NotIncursion, OtherActor, Target
from tui.domain.incident import Assignment, FiledReport, IncidentSketch
from tui.domain.recall import Forgetful
from tui.reading.grouping import Grouper

AT = datetime(2026, 5, 4, 12, tzinfo=UTC)


class Watched(Forgetful):
    """A store in which a person watches every incident."""

    def pinned(self, incident: str) -> bool:
        del incident
        return True


def order(story: str = "order", /, **given: object) -> FiledReport:
    """An order that names the accused alone: of its own it fits no single report of the event."""
    return a_report(story, **{"affected": "", "actor": "RU", "event": Event.POLICY, "after": 2, **given})  # type: ignore[arg-type]  # passed on


def event(story: str, /, **given: object) -> FiledReport:
    return a_report(story, **{"actor": "RU", **given})  # type: ignore[arg-type]  # passed on


def homes(grouper: Grouper, *polls: Sequence[FiledReport]) -> dict[str, Assignment]:
    """Where each story is at the end."""
    found: dict[str, Assignment] = {}
    for poll in polls:
        filing = grouper.assign(poll)
        grouper.adopt(filing)
        found |= {one.story: one for one in filing.assignments}
    return found


EVENTS = [event("a"), event("b", after=1.5)]


def test_an_order_told_first_joins_its_event_when_enough_is_told_of_it_and_says_so() -> None:
    grouper = Grouper()
    before = homes(grouper, [order()], [EVENTS[0]])
    assert before["order"].incident != before["a"].incident

    filing = grouper.assign([EVENTS[1]])
    grouper.adopt(filing)

    moved = next(one for one in filing.assignments if one.story == "order")
    assert moved.incident == before["a"].incident
    assert not moved.is_new
    assert moved.why[0].reason == "moved"
    assert filing.emptied == (before["order"].incident,)
    assert [sketch.stories for sketch in filing.sketches] == [3]


def test_where_the_order_ends_does_not_depend_on_when_it_came() -> None:
    for arrival in permutations([order(), *EVENTS]):
        ends = homes(Grouper(), *([one] for one in arrival))
        assert len({one.incident for one in ends.values()}) == 1


def test_nothing_joins_the_incident_that_was_left() -> None:
    grouper = Grouper()
    founded = homes(grouper, [order()])["order"].incident
    ends = homes(grouper, [EVENTS[0]], [EVENTS[1]], [order("again", after=2.2)])
    assert founded not in {one.incident for one in ends.values()}
    assert len({one.incident for one in ends.values()}) == 1


@pytest.mark.parametrize(
    "other",
    [
        {"event": Event.VIOLATION, "when": told(12)},
        {"actor": "BY"},
        {"what": ObjectCode.BALLOON},
        {"after": 60},
    ],
)
def test_what_tells_of_an_event_itself_or_of_another_one_stays_alone(other: dict[str, object]) -> None:
    ends = homes(Grouper(), [order(**other)], [EVENTS[0]], [EVENTS[1]])
    assert ends["order"].incident not in {ends["a"].incident, ends["b"].incident}


def test_an_answer_that_fits_two_events_joins_neither() -> None:
    lithuanian = [event(name, affected="LT", after=after) for name, after in (("c", 0.1), ("d", 1.6))]
    ends = homes(
        Grouper(),
        [order(affected="RU", actor="", event=Event.DENIAL)],
        [EVENTS[0]],
        [lithuanian[0]],
        [lithuanian[1], EVENTS[1]],
    )
    assert len({one.incident for one in ends.values()}) == 3


def corrected(*corrections: Correction) -> Grouper:
    grouper = Grouper()
    grouper.obey(constraints_of(Made(number, AT, one) for number, one in enumerate(corrections, 1)))
    return grouper


def test_what_a_person_touched_stays_where_it_is() -> None:
    alone = homes(Grouper(), [order()])["order"].incident
    elsewhere = homes(Grouper(), [event("x", affected="NO", after=-30)])["x"].incident
    of_story, of_incident = Target(story="order"), Target(incident=alone)
    for correction in (
        Move("order", alone),
        Apart(alone, elsewhere),
        Merge(alone, elsewhere),
        NotIncursion(of_story),
        OtherActor(of_story, ("RU",)),
        NotIncursion(of_incident),
    ):
        ends = homes(corrected(correction), [order()], [EVENTS[0]], [EVENTS[1]])
        assert ends["order"].incident == alone, correction


def test_what_a_person_watches_stays_where_it_is() -> None:
    ends = homes(Grouper(recall=Watched()), [order()], [EVENTS[0]], [EVENTS[1]])
    assert ends["order"].incident != ends["a"].incident


def test_two_incidents_of_several_stories_never_become_one() -> None:
    answers = [order(), order("again", after=2.1)]
    ends = homes(Grouper(), *([one] for one in (*answers, *EVENTS)))
    assert ends["order"].incident == ends["again"].incident != ends["a"].incident


def test_a_sketch_knows_its_report_while_it_is_the_only_one() -> None:
    def sketch(*reports: FiledReport) -> IncidentSketch:
        grouper = Grouper()
        for report in reports:
            filing = grouper.assign([report])
            grouper.adopt(filing)
        return filing.sketches[0]

    first = event("a", where=place("Rzeszow"))
    assert sketch(first).only == ("a", 0)
    assert sketch(first, event("b", where=place("Rzeszow"))).only is None
