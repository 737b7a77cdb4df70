from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reading_grouping.given import a_report, place, told, year
from tui.domain.codes import DatePrecision, Event, ObjectCode, PlacePrecision, Zone
from tui.domain.incident import Assignment, FiledReport, IncidentSketch
from tui.domain.reading import EventDate, Place, Report
from tui.reading.grouping import Grouper


def filed_one_by_one(reports: Sequence[FiledReport], grouper: Grouper | None = None) -> list[Assignment]:
    grouper = grouper or Grouper()
    found: list[Assignment] = []
    for report in reports:
        filing = grouper.assign([report])
        grouper.adopt(filing)
        found.extend(filing.assignments)
    return found


def incidents(reports: Sequence[FiledReport]) -> list[str]:
    return [assignment.incident for assignment in filed_one_by_one(reports)]


def test_the_first_report_founds_an_incident_and_says_so() -> None:
    [assignment] = filed_one_by_one([a_report()])

    assert assignment.is_new
    assert [why.reason for why in assignment.why] == ["new"]
    assert assignment.nearest is None


def test_two_publishers_telling_of_one_night_share_an_incident_and_the_reasons_are_named() -> None:
    _, second = filed_one_by_one([a_report("a"), a_report("b", publisher="Courier")])

    assert not second.is_new
    assert {why.reason for why in second.why} >= {"affected", "actor", "object", "time"}


def test_another_state_at_the_same_time_is_another_incident_and_the_near_miss_says_why() -> None:
    first, second = filed_one_by_one([a_report("a", affected="DK"), a_report("b", affected="NO")])

    assert first.incident != second.incident

    assert second.nearest is not None
    assert second.nearest.incident == first.incident
    assert "another state" in second.nearest.why_not


@pytest.mark.parametrize(
    ("second", "why_not"),
    [
        pytest.param(
            a_report("b", affected="JP", actor="CN", after=300), "another state", id="nothing alike"
        ),
        pytest.param(a_report("b", when=told(10), after=0), None, id="joined, nothing else held"),
        pytest.param(a_report("b", after=20), "days apart", id="another time"),
        pytest.param(a_report("b", affected="", actor="", what=None, after=90), "", id="nothing told"),
    ],
)
def test_every_assignment_names_the_nearest_incident_it_is_not_in(
    second: FiledReport, why_not: str | None
) -> None:
    one, two = filed_one_by_one([a_report("a"), second])

    if why_not is None:
        assert two.incident == one.incident
        assert two.nearest is None
    else:
        assert two.nearest is not None
        assert two.nearest.incident == one.incident != two.incident
        assert why_not in two.nearest.why_not


def test_a_revised_report_keeps_naming_the_nearest_incident_it_is_not_in() -> None:
    grouper = Grouper()
    first, _ = filed_one_by_one([a_report("a"), a_report("b", affected="RO")], grouper)

    [revised] = filed_one_by_one([a_report("b", affected="PL")], grouper)

    assert revised.nearest is not None
    assert revised.nearest.incident == first.incident
    assert revised.nearest.why_not == "the story is in another one already"


def test_the_opposite_direction_is_another_incident() -> None:
    there = a_report("a", affected="PL", actor="BY", what=ObjectCode.HELICOPTER)
    back = a_report("b", affected="BY", actor="PL", what=ObjectCode.HELICOPTER)

    first, second = incidents([there, back])

    assert first != second


def test_another_object_over_the_same_state_is_another_incident() -> None:
    drones, jets = incidents([a_report("a"), a_report("b", what=ObjectCode.MILITARY_AIRCRAFT)])

    assert drones != jets


def test_a_new_night_with_its_own_count_is_a_new_incident() -> None:
    first = a_report("a", affected="LT", what=ObjectCode.BALLOON, when=told(21), count=25)
    second = a_report("b", affected="LT", what=ObjectCode.BALLOON, when=told(22), count=60, after=1)

    one, two = filed_one_by_one([first, second])

    assert one.incident != two.incident
    assert two.nearest is not None
    assert two.nearest.incident == one.incident
    assert "own count" in two.nearest.why_not


def test_daily_tallies_are_one_incident_a_day() -> None:
    def tally(day: int, count: int, story: str) -> FiledReport:
        return a_report(
            story,
            affected="TW",
            actor="CN",
            what=ObjectCode.MILITARY_AIRCRAFT,
            event=Event.ADIZ_ENTRY,
            zone=Zone.MEDIAN_LINE,
            count=count,
            after=day,
        )

    monday, monday_again, tuesday = incidents([tally(0, 12, "a"), tally(0, 12, "b"), tally(1, 31, "c")])

    assert monday == monday_again
    assert tuesday != monday


def test_drones_over_two_airports_of_one_state_on_one_day_are_two_incidents() -> None:
    def at(story: str, where: Place) -> FiledReport:
        return a_report(
            story, affected="BE", actor="", event=Event.AIRSPACE_CLOSURE, zone=Zone.AIRPORT, where=where
        )

    brussels, liege = incidents(
        [at("a", place("Brussels", 50.9, 4.48)), at("b", place("Liege", 50.64, 5.44))]
    )

    assert brussels != liege


def test_a_denial_days_later_belongs_to_what_it_denies() -> None:
    claim, denial = incidents(
        [a_report("a"), a_report("b", event=Event.DENIAL, after=3, title="Moscow rejects the claim")]
    )

    assert claim == denial


def test_an_inquiry_months_later_attaches_when_it_names_the_place() -> None:
    closure = a_report(
        "a",
        affected="GB",
        actor="",
        event=Event.AIRSPACE_CLOSURE,
        where=place("Gatwick"),
        title="Gatwick closed as drones fly over the runway",
    )
    inquiry = a_report(
        "b",
        affected="GB",
        actor="",
        event=Event.ANALYSIS,
        where=place("Gatwick"),
        title="Gatwick drone hunt ends without charges",
        after=280,
    )
    unnamed = a_report("c", affected="GB", actor="", event=Event.ANALYSIS, title="A look back", after=280)

    first, named, lost = incidents([closure, inquiry, unnamed])

    assert named == first
    assert lost != first


def test_a_shoot_down_of_a_balloon_told_again_weeks_later_is_no_second_one() -> None:
    def downed(story: str, after: float) -> FiledReport:
        return a_report(
            story, affected="US", actor="CN", what=ObjectCode.BALLOON, event=Event.SHOOTDOWN, after=after
        )

    first, again, next_year = incidents([downed("a", 0), downed("b", 9), downed("c", 365)])

    assert again == first
    assert next_year != first


def test_drones_shot_down_nine_days_apart_are_two_incidents() -> None:
    first, second = incidents(
        [a_report("a", event=Event.SHOOTDOWN), a_report("b", event=Event.SHOOTDOWN, after=9)]
    )

    assert first != second


def test_remains_found_months_later_at_the_same_place_are_of_something_else() -> None:
    def found(story: str, after: float) -> FiledReport:
        return a_report(
            story, affected="TW", actor="CN", event=Event.DEBRIS_FOUND, where=place("Matsu"), after=after
        )

    first, soon, late = incidents([found("a", 0), found("b", 2), found("c", 88)])

    assert soon == first
    assert late != first


def test_a_story_without_a_state_joins_nothing_by_object_and_day_alone() -> None:
    named, bare, linked = incidents(
        [
            a_report("a", affected="DK", actor="", title="Kastrup stands still"),
            a_report("b", affected="", actor="", title="Experts puzzled"),
            a_report("c", affected="", actor="", title="Kastrup stands still for hours"),
        ]
    )

    assert bare != named
    assert linked == named


def test_a_follow_up_that_comes_first_is_joined_by_what_it_is_about() -> None:
    protest = a_report("a", event=Event.PROTEST, after=1)
    entry = a_report("b", after=0)

    first, second = incidents([protest, entry])

    assert first == second


def test_a_follow_up_about_nothing_known_founds_an_incident_of_its_own() -> None:
    [assignment] = filed_one_by_one([a_report(event=Event.POLICY)])

    assert assignment.is_new


def test_one_object_over_three_states_is_one_incident() -> None:
    whole = a_report("a", affected="HR HU RO", actor="", title="Drone falls on Zagreb", where=place("Zagreb"))
    part = a_report("b", affected="HU", actor="", title="How the Zagreb drone passed", where=place("Zagreb"))

    first, second = incidents([whole, part])

    assert first == second


def test_first_hand_reports_of_one_story_never_share_an_incident() -> None:
    story = [a_report("a", position=0), a_report("a", position=1)]

    filing = Grouper().assign(story)

    assert len({assignment.incident for assignment in filing.assignments}) == 2


def test_the_order_within_a_batch_changes_nothing() -> None:
    batch = [
        a_report("a"),
        a_report("b", event=Event.PROTEST, after=1),
        a_report("c", affected="RO"),
        a_report("d", count=19, after=0.2),
    ]
    answers = {
        tuple(sorted((one.story, one.incident) for one in Grouper().assign(order).assignments))
        for order in permutations(batch)
    }

    assert len(answers) == 1


def test_assigning_takes_nothing_over_until_adopted() -> None:
    grouper = Grouper()

    before = grouper.assign([a_report("a")])
    again = grouper.assign([a_report("b")])
    grouper.adopt(before)
    after = grouper.assign([a_report("b")])

    assert again.assignments[0].is_new
    assert not after.assignments[0].is_new
    assert after.assignments[0].incident == before.assignments[0].incident


def test_a_revised_story_stays_in_its_incident() -> None:
    grouper = Grouper()
    first, second = filed_one_by_one([a_report("a"), a_report("b", affected="RO")], grouper)

    [revised] = filed_one_by_one([a_report("b", affected="PL")], grouper)

    assert first.incident != second.incident
    assert revised.incident == second.incident
    assert grouper.assign([a_report("b")]).sketches[0].stories == 1


def test_a_grouper_started_from_stored_sketches_answers_as_the_one_that_ran_on() -> None:
    ran_on = Grouper()
    filing = ran_on.assign([a_report("a", where=place("Lublin")), a_report("b", affected="RO")])
    ran_on.adopt(filing)
    started = Grouper(filing.sketches)
    late = [a_report("c", after=1), a_report("d", affected="RO", event=Event.DENIAL, after=2)]

    assert started.assign(late).assignments == ran_on.assign(late).assignments


def test_a_story_that_tells_of_many_events_is_filed_under_each_of_them() -> None:
    """As the founding story does: old balloons, a shoot-down, remains, drones, a rule, shared intelligence."""
    japan = a_report("f", affected="JP", actor="CN", what=ObjectCode.BALLOON, when=year(2019), position=0)
    story = [
        japan,
        a_report("f", affected="US", actor="CN", what=ObjectCode.BALLOON, event=Event.SHOOTDOWN, position=1),
        a_report(
            "f", affected="TW", actor="CN", what=ObjectCode.BALLOON, event=Event.DEBRIS_FOUND, position=2
        ),
        a_report(
            "f", affected="TW", actor="CN", what=ObjectCode.CIVIL_AIRCRAFT, when=told(15, 2), position=3
        ),
        a_report("f", affected="TW", actor="CN", when=told(1, 8, 2022), position=4),
        a_report("f", affected="JP", actor="CN", what=ObjectCode.BALLOON, event=Event.POLICY, position=5),
        a_report("f", affected="US", actor="CN", what=ObjectCode.BALLOON, event=Event.DENIAL, position=6),
    ]

    filing = Grouper().assign(story)

    by_position = {one.position: one.incident for one in filing.assignments}
    assert len({by_position[position] for position in range(5)}) == 5
    assert by_position[5] == by_position[0]
    assert by_position[6] == by_position[1]


BASELINE = IncidentSketch(
    incident="b:jp-2020-06-sendai-balloon",
    affected=("JP",),
    actor=("CN",),
    object=(ObjectCode.BALLOON,),
    event=(Event.VIOLATION,),
    first_day=date(2020, 6, 17),
    last_day=date(2020, 6, 17),
    date_precision="day",
    places=(Place("Sendai", "JP", 38.27, 140.87, PlacePrecision.SETTLEMENT),),
)


def look_back(where: str, day: EventDate | None) -> FiledReport:
    return a_report(
        "a",
        affected="JP",
        actor="CN",
        what=ObjectCode.BALLOON,
        event=Event.ANALYSIS,
        where=place(where),
        when=day,
    )


def test_a_look_back_that_names_day_and_place_joins_the_baseline_and_leaves_it_as_it_was() -> None:
    filing = Grouper([BASELINE]).assign([look_back("Sendai", told(17, 6, 2020))])

    assert filing.assignments[0].incident == BASELINE.incident
    assert filing.sketches == ()


def test_news_never_joins_a_baseline_without_both_day_and_place() -> None:
    grouper = Grouper([BASELINE])
    undated = look_back("Sendai", None)
    elsewhere = look_back("Kagoshima", told(17, 6, 2020))
    of_the_day = replace(look_back("Sendai", told(17, 6, 2020)), published=datetime(2020, 6, 18, tzinfo=UTC))

    for report in (undated, elsewhere, of_the_day):
        assert grouper.assign([report]).assignments[0].incident != BASELINE.incident


def test_a_sketch_stays_bounded_however_many_stories_join() -> None:
    grouper = Grouper()
    for number in range(120):
        words = " ".join(f"Word{number}x{place}" for place in range(30))
        report = a_report(f"s{number}", title=words, where=place(f"Town{number}"), count=number + 2)
        filing = grouper.assign([replace(report, report=replace(report.report, count=None))])
        grouper.adopt(filing)

    assert all(len(sketch.words) <= 64 and len(sketch.places) <= 8 for sketch in filing.sketches)


codes = st.sampled_from(["PL", "RU", "UA", "LT", "BY"])
dates = st.dates(date(1, 1, 1), date(9999, 12, 31))
reports = st.builds(
    Report,
    affected=st.lists(codes, max_size=3).map(tuple),
    actor=st.lists(codes, max_size=2).map(tuple),
    object=st.lists(st.sampled_from(list(ObjectCode)), max_size=3).map(tuple),
    zone=st.lists(st.sampled_from(list(Zone)), max_size=2).map(tuple),
    event=st.lists(st.sampled_from(list(Event)), max_size=3).map(tuple),
    count=st.none() | st.integers(),
    place=st.none()
    | st.builds(
        Place,
        st.text(max_size=30),
        st.none() | codes,
        st.none() | st.floats(allow_nan=True),
        st.none() | st.floats(allow_nan=True),
        st.sampled_from(list(PlacePrecision)),
    ),
    event_date=st.none() | st.builds(EventDate, dates, st.sampled_from(list(DatePrecision))),
)
stories = st.builds(
    FiledReport,
    story=st.text(max_size=4),
    position=st.integers(0, 3),
    report=reports,
    title=st.text(max_size=60),
    summary=st.text(max_size=60),
    published=st.none() | st.datetimes(timezones=st.just(UTC)),
    first_seen=st.none() | st.datetimes(timezones=st.just(UTC)),
    publisher=st.text(max_size=5),
    lang=st.just("en"),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(stories, max_size=6, unique_by=lambda filed: (filed.story, filed.position)), st.randoms())
def test_no_report_makes_it_raise_and_no_order_changes_the_answer(
    batch: list[FiledReport], random: object
) -> None:
    shuffled = list(batch)
    random.shuffle(shuffled)  # type: ignore[attr-defined] # hypothesis types its randoms as objects

    filing = Grouper().assign(batch)

    assert len(filing.assignments) == len(batch)
    assert set(Grouper().assign(shuffled).assignments) == set(filing.assignments)
