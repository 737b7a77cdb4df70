"""Readings that miss or swap a fact still find their incident; look-alikes still stay apart."""

from dataclasses import replace

import pytest

from tests.reading_grouping.given import a_report, place, told
from tui.domain.codes import Event, ObjectCode, Zone
from tui.domain.incident import Assignment, FiledReport
from tui.reading.grouping import Grouper

JET = ObjectCode.MILITARY_AIRCRAFT
BALLOON = ObjectCode.BALLOON


def assigned(reports: list[FiledReport]) -> list[Assignment]:
    grouper = Grouper()
    found: list[Assignment] = []
    for report in reports:
        filing = grouper.assign([report])
        grouper.adopt(filing)
        found += filing.assignments
    return found


def incidents(reports: list[FiledReport]) -> list[str]:
    return [assignment.incident for assignment in assigned(reports)]


@pytest.mark.parametrize("event", [Event.DENIAL, Event.PROTEST])
def test_an_answer_of_the_accused_read_as_an_event_over_its_own_land_joins_what_it_answers(
    event: Event,
) -> None:
    entry = a_report("a", affected="EE", actor="RU", what=JET)
    answer = a_report("b", affected="RU", actor="", what=JET, event=event, after=1)

    first, second = incidents([entry, answer])

    assert first == second


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(a_report("b", affected="RU", actor="", what=JET), id="an event of its own"),
        pytest.param(a_report("b", affected="RU", actor="", event=Event.DENIAL), id="another object"),
        pytest.param(
            a_report("b", affected="RU", actor="FI", what=JET, event=Event.DENIAL), id="another party"
        ),
        pytest.param(
            a_report("b", affected="RU", actor="", what=JET, event=Event.DENIAL, after=6), id="late"
        ),
    ],
)
def test_what_is_no_answer_to_it_stays_apart(answer: FiledReport) -> None:
    first, second = incidents([a_report("a", affected="EE", actor="RU", what=JET), answer])

    assert first != second


def test_a_bare_denial_that_fits_two_incidents_joins_neither() -> None:
    one, other, denial = assigned(
        [
            a_report("a", affected="EE", what=JET, where=place("Vaindloo")),
            a_report("b", affected="PL", what=JET, where=place("Petrobaltic")),
            a_report("c", affected="RU", actor="", what=JET, event=Event.DENIAL, after=1),
        ]
    )

    assert denial.incident not in {one.incident, other.incident}
    assert denial.nearest is not None
    assert denial.nearest.incident in {one.incident, other.incident}
    assert "so does another" in denial.nearest.why_not


def test_the_accused_state_named_among_the_affected_does_not_part_two_reports() -> None:
    downed = a_report("a", affected="SY", actor="TR", what=JET, event=Event.SHOOTDOWN)
    meeting = a_report("b", affected="TR SY", actor="", what=JET, event=Event.POLICY, after=1)

    first, second = incidents([downed, meeting])

    assert first == second


def test_a_balloon_watched_for_days_and_then_brought_down_elsewhere_is_one() -> None:
    seen = a_report("a", affected="US", actor="CN", what=BALLOON, where=place("Billings", 45.8, -108.5))
    downed = a_report(
        "b",
        affected="US",
        actor="CN",
        what=BALLOON,
        event=Event.SHOOTDOWN,
        where=place("Myrtle Beach", 33.7, -78.9),
        after=3,
    )

    first, second = incidents([seen, downed])

    assert first == second


def test_what_many_stories_tell_day_after_day_is_still_that_incident() -> None:
    first_night = [a_report(f"n{number}", after=number / 20) for number in range(16)]
    days_after = [a_report("later", after=2), a_report("last", after=3)]

    assert len(set(incidents([*first_night, *days_after]))) == 1


def test_days_after_a_widely_told_incident_a_day_or_a_site_of_its_own_is_another_one() -> None:
    first_night = [a_report(f"n{number}", where=place("Lublin", 51.2, 22.6)) for number in range(16)]
    own_day = a_report("own-day", when=told(13), after=3)
    own_site = a_report(
        "own-site",
        event=Event.AIRSPACE_CLOSURE,
        zone=Zone.AIRPORT,
        where=place("Gdansk", 54.4, 18.5),
        after=3,
    )

    *night, day, site = incidents([*first_night, own_day, own_site])

    assert day not in night
    assert site not in night


def test_after_a_pause_the_same_state_and_object_are_another_incident() -> None:
    first_night = [a_report(f"n{number}") for number in range(16)]

    *night, later = incidents([*first_night, a_report("later", after=4)])

    assert later not in night


BELGIAN_SITE = place("Kleine-Brogel", 51.17, 5.47)


@pytest.mark.parametrize(
    "reports",
    [
        pytest.param(
            [a_report("a"), a_report("b", event=Event.PROTEST, after=7)], id="a protest a week later"
        ),
        pytest.param(
            [
                a_report("a", actor="", where=BELGIAN_SITE),
                a_report("b", actor="", where=BELGIAN_SITE, event=Event.ANALYSIS, after=280),
            ],
            id="an inquiry months later",
        ),
        pytest.param(
            [
                a_report("a", where=BELGIAN_SITE),
                a_report("b", where=BELGIAN_SITE, event=Event.DEBRIS_FOUND, after=8),
            ],
            id="remains found a week later",
        ),
        pytest.param(
            [
                a_report("a", affected="US", actor="CN", what=BALLOON),
                a_report("b", affected="US", actor="CN", what=BALLOON, event=Event.SHOOTDOWN, after=3),
            ],
            id="a balloon downed",
        ),
        pytest.param(
            [
                a_report("a", event=Event.DEBRIS_FOUND, where=BELGIAN_SITE),
                a_report("b", event=Event.DEBRIS_FOUND, where=BELGIAN_SITE, after=3),
            ],
            id="remains told again",
        ),
    ],
)
def test_which_of_the_two_arrives_first_does_not_matter(reports: list[FiledReport]) -> None:
    assert len(set(incidents(reports))) == 1
    assert len(set(incidents(reports[::-1]))) == 1


def test_a_protest_well_before_the_first_story_of_an_event_is_about_another_one() -> None:
    first, second = incidents([a_report("a", event=Event.PROTEST), a_report("b", after=12)])

    assert first != second


def test_a_denial_months_later_needs_more_than_the_place_to_be_about_it() -> None:
    first, second = incidents(
        [
            a_report("a", where=BELGIAN_SITE),
            a_report("b", where=BELGIAN_SITE, event=Event.DENIAL, after=78),
        ]
    )

    assert first != second


def test_airspace_closed_in_protest_is_about_what_went_before() -> None:
    downed = a_report("a", affected="DZ", actor="ML", event=Event.SHOOTDOWN)
    closure = a_report("b", affected="DZ", actor="ML", event=Event.AIRSPACE_CLOSURE, after=7)
    reprisal = replace(closure, report=replace(closure.report, event=(Event.AIRSPACE_CLOSURE, Event.PROTEST)))

    assert len(set(incidents([downed, reprisal]))) == 1
    assert len(set(incidents([downed, closure]))) == 2


def test_an_answer_that_comes_first_is_found_by_the_event_whatever_state_it_was_read_over() -> None:
    entry = a_report("a", affected="EE", actor="RU", what=JET)
    answer = a_report("b", affected="RU", actor="", what=JET, event=Event.DENIAL, after=1)
    more = a_report("c", affected="EE", actor="", what=JET, after=0.2)

    assert len(set(incidents([answer, entry, more]))) == 1


def test_the_land_of_the_accused_is_not_among_the_affected_of_what_it_answers() -> None:
    entry = a_report("a", affected="EE", actor="RU", what=JET)
    answer = a_report("b", affected="RU", actor="", what=JET, event=Event.DENIAL, after=1)

    for order in ([entry, answer], [answer, entry]):
        grouper = Grouper()
        for report in order:
            filing = grouper.assign([report])
            grouper.adopt(filing)
        assert filing.sketches[0].affected == ("EE",)


def test_tallies_that_tell_their_days_are_one_incident_a_day_whatever_zone_was_read() -> None:
    def tally(story: str, day: int, zone: Zone) -> FiledReport:
        return a_report(
            story,
            affected="TW",
            actor="CN",
            what=JET,
            event=Event.ADIZ_ENTRY,
            zone=zone,
            when=told(10 + day),
            where=place("Taiwan Strait"),
            after=day,
        )

    monday, again, tuesday = incidents(
        [
            tally("a", 0, Zone.SOVEREIGN),
            tally("b", 0, Zone.MEDIAN_LINE),
            tally("c", 1, Zone.SOVEREIGN),
        ]
    )

    assert monday == again
    assert tuesday != monday
