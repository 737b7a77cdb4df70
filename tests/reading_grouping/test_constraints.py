"""What a person corrected binds the grouping: must join, must not join."""

from collections.abc import Sequence
from datetime import UTC, datetime

from tests.reading_grouping.given import a_report, place, told
from tui.domain.codes import Event, ObjectCode
from tui.domain.constraints import constraints_of
from tui.domain.correction import Apart, Correction, Made, Merge, Move, NotIncursion, OtherAffected, Target
from tui.domain.incident import Assignment, FiledReport
from tui.reading.grouping import Grouper

AT = datetime(2026, 5, 4, 12, tzinfo=UTC)
BALLOON = ObjectCode.BALLOON


def bound(grouper: Grouper, *corrections: Correction) -> None:
    grouper.obey(constraints_of(Made(number, AT, one) for number, one in enumerate(corrections, 1)))


def filed(grouper: Grouper, reports: Sequence[FiledReport]) -> list[Assignment]:
    filing = grouper.assign(reports)
    grouper.adopt(filing)
    return list(filing.assignments)


def test_a_story_goes_where_a_person_put_it_whatever_it_says_and_however_it_is_reworded() -> None:
    grouper = Grouper()
    [elsewhere] = filed(grouper, [a_report("a", affected="LT", actor="BY", what=BALLOON)])
    bound(grouper, Move("s", elsewhere.incident))
    for event in (Event.VIOLATION, Event.SHOOTDOWN):
        [moved] = filed(grouper, [a_report("s", event=event)])
        assert moved.incident == elsewhere.incident
        assert [why.reason for why in moved.why] == ["correction"]


def test_what_fits_an_incident_that_was_merged_still_finds_it() -> None:
    grouper = Grouper()
    [baltic], [polish] = (
        filed(grouper, [a_report("a", affected="LT", actor="BY", what=BALLOON, when=told(10))]),
        filed(grouper, [a_report("b", when=told(2))]),
    )
    bound(grouper, Merge(baltic.incident, polish.incident))
    [late] = filed(grouper, [a_report("c", affected="LT", actor="BY", what=BALLOON, when=told(10), after=1)])
    assert late.incident == baltic.incident
    assert not late.is_new
    assert late.proposal is None


def test_two_incidents_that_a_person_kept_apart_are_not_proposed_to_be_one() -> None:
    def proposed(*corrections: Correction) -> bool:
        grouper = Grouper()
        two = [
            filed(grouper, [a_report("a", where=place("Lublin"), when=told(10))])[0].incident,
            filed(grouper, [a_report("b", where=place("Krosno"), when=told(9), after=0.1)])[0].incident,
        ]
        bound(grouper, *(type(one)(*two) for one in corrections if isinstance(one, Apart | Merge)))
        [third] = filed(grouper, [a_report("c", event=Event.PROTEST, after=0.5)])
        return third.proposal is not None

    assert proposed()
    assert not proposed(Apart("1", "2"))
    assert not proposed(Merge("1", "2"))


def test_a_story_that_is_no_incursion_adds_nothing_to_what_is_known_of_an_incident() -> None:
    grouper = Grouper()
    bound(grouper, NotIncursion(Target(story="s")))
    filing = grouper.assign([a_report("s")])
    assert filing.sketches == ()
    assert len(filing.assignments) == 1


def test_a_report_is_filed_by_what_a_person_says_it_reads() -> None:
    grouper = Grouper()
    [polish] = filed(grouper, [a_report("a", affected="PL")])
    bound(grouper, OtherAffected(Target(story="s"), ("LT",)))
    [other] = filed(grouper, [a_report("s", affected="PL", after=0.1)])
    assert other.incident != polish.incident
