from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.domain.codes import DatePrecision, Event, ObjectCode, PlacePrecision, Response, Zone
from tui.domain.incident import IncidentFacts
from tui.domain.reading import EventDate, Place
from tui.reading.line import LIMIT, incident_line


def facts(
    event: Event | None,
    what: ObjectCode | None = None,
    *,
    affected: str = "",
    actor: str = "",
    count: int | None = None,
    place: str = "",
    zone: Zone | None = None,
    response: Response | None = None,
    responder: str = "",
    precision: PlacePrecision = PlacePrecision.SETTLEMENT,
    when: EventDate | None = None,
) -> IncidentFacts:
    return IncidentFacts(
        affected=tuple(affected.split()),
        actor=tuple(actor.split()),
        responder=tuple(responder.split()),
        object=(what,) if what else (),
        zone=(zone,) if zone else (),
        event=(event,) if event else (),
        response=(response,) if response else (),
        count=count,
        place=Place(place, None, None, None, precision) if place else None,
        event_date=when,
    )


def day(year: int, month: int, number: int, precision: DatePrecision = DatePrecision.DAY) -> EventDate:
    return EventDate(date(year, month, number), precision)


E, Z = Event, Zone

ROWS = [
    (
        facts(
            E.AIRSPACE_CLOSURE,
            ObjectCode.UAV,
            affected="DK",
            place="Copenhagen",
            zone=Z.AIRPORT,
            when=day(2025, 9, 22),
        ),
        "Drones close Copenhagen airport · 22 Sep",
    ),
    (
        facts(
            E.VIOLATION,
            ObjectCode.BALLOON,
            affected="JP",
            actor="CN",
            count=1,
            when=day(2020, 6, 17, DatePrecision.MONTH),
        ),
        "Chinese balloon over Japan · Jun 2020",
    ),
    (
        facts(
            E.VIOLATION,
            ObjectCode.MILITARY_AIRCRAFT,
            affected="EE",
            actor="RU",
            count=3,
            place="Vaindloo",
            when=day(2025, 9, 19),
        ),
        "3 Russian jets violate Estonian airspace near Vaindloo · 19 Sep",
    ),
    (
        facts(
            E.VIOLATION,
            ObjectCode.MILITARY_AIRCRAFT,
            affected="SE",
            actor="RU",
            count=4,
            place="east of Gotland",
        ),
        "4 Russian jets violate Swedish airspace east of Gotland",
    ),
    (
        facts(E.VIOLATION, ObjectCode.MILITARY_AIRCRAFT, affected="SE", count=1),
        "Military jet violates Swedish airspace",
    ),
    (
        facts(E.VIOLATION, ObjectCode.UAV, affected="PL", actor="RU", count=19),
        "19 Russian drones violate Polish airspace",
    ),
    (
        facts(E.VIOLATION, ObjectCode.MILITARY_AIRCRAFT, affected="DK SE", actor="RU", count=1),
        "Russian jet violates airspace of Denmark and Sweden",
    ),
    (
        facts(
            E.VIOLATION,
            ObjectCode.LIGHT_AIRCRAFT,
            affected="US",
            count=1,
            zone=Z.RESTRICTED,
            place="White House",
        ),
        "Light aircraft breaches restricted airspace near the White House",
    ),
    (
        facts(E.ADIZ_ENTRY, ObjectCode.MILITARY_AIRCRAFT, affected="KR", actor="CN RU", count=9, zone=Z.ADIZ),
        "9 Chinese jets enter South Korean air defence zone",
    ),
    (
        facts(
            E.ADIZ_ENTRY,
            ObjectCode.MILITARY_AIRCRAFT,
            affected="TW",
            actor="CN",
            count=31,
            zone=Z.MEDIAN_LINE,
        ),
        "31 Chinese jets cross the Taiwan Strait median line",
    ),
    (
        facts(E.ADIZ_ENTRY, ObjectCode.UAV, affected="GR", actor="TR", zone=Z.FIR),
        "Turkish drones enter Greek flight information region",
    ),
    (
        facts(E.ADIZ_ENTRY, ObjectCode.UAV, affected="JP", actor="CN", count=1, place="Yonaguni"),
        "Chinese drone flies near Yonaguni",
    ),
    (
        facts(E.SIGHTING, ObjectCode.UAV, affected="BE", place="Kleine-Brogel"),
        "Drones seen over Kleine-Brogel, Belgium",
    ),
    (
        facts(E.SIGHTING, ObjectCode.UAV, affected="FR", zone=Z.MILITARY_SITE),
        "Drones seen over French military site",
    ),
    (
        facts(
            E.INTERCEPTION,
            ObjectCode.UAV,
            affected="RO",
            actor="RU",
            count=1,
            place="Tulcea",
            response=Response.SCRAMBLE,
        ),
        "Romania scrambles jets over Russian drone near Tulcea",
    ),
    (
        facts(
            E.INTERCEPTION,
            ObjectCode.MILITARY_AIRCRAFT,
            affected="EE",
            actor="RU",
            responder="IT",
            response=Response.SCRAMBLE,
        ),
        "Italy scrambles jets over Russian jets",
    ),
    (
        facts(E.INTERCEPTION, ObjectCode.MILITARY_AIRCRAFT, affected="US", actor="RU", count=2),
        "2 Russian jets intercepted near the United States",
    ),
    (
        facts(
            E.SHOOTDOWN,
            ObjectCode.BALLOON,
            affected="US",
            actor="CN",
            count=1,
            place="off Myrtle Beach, Carolina",
        ),
        "Chinese balloon shot down off Myrtle Beach, United States",
    ),
    (
        facts(E.SHOOTDOWN, ObjectCode.UNIDENTIFIED, affected="CA", count=1, place="Yukon"),
        "Unidentified object shot down over Yukon, Canada",
    ),
    (
        facts(E.SHOOTDOWN, ObjectCode.UNIDENTIFIED, affected="US", actor="CN", count=1),
        "Chinese object shot down over the United States",
    ),
    (
        facts(E.CRASH, ObjectCode.UAV, affected="LV", actor="RU", count=1, place="Rezekne"),
        "Russian drone crashes in Rezekne, Latvia",
    ),
    (
        facts(E.CRASH, ObjectCode.MISSILE, affected="PL", place="Przewodow"),
        "Missile crashes in Przewodow, Poland",
    ),
    (
        facts(E.STRIKE, ObjectCode.UAV, affected="TD", actor="SD", count=1, place="Tine"),
        "Sudanese drone hits Tine",
    ),
    (facts(E.STRIKE, None, affected="QA", actor="IR"), "Iranian aircraft hits Qatar"),
    (
        facts(E.DEBRIS_FOUND, ObjectCode.BALLOON, affected="TW", actor="CN", place="Dongyin"),
        "Remains of Chinese balloon found in Dongyin, Taiwan",
    ),
    (
        facts(E.DEBRIS_FOUND, ObjectCode.DEBRIS, affected="RO", place="Plauru"),
        "Debris found in Plauru, Romania",
    ),
    (facts(E.AIRSPACE_CLOSURE, None, affected="NE"), "Niger closes airspace"),
    (
        facts(E.AIRSPACE_CLOSURE, ObjectCode.BALLOON, affected="PL", actor="BY", count=4),
        "4 Belarusian balloons close Polish airspace",
    ),
    (
        facts(E.AIRSPACE_CLOSURE, ObjectCode.UAV, affected="DE", place="Munich Airport", zone=Z.AIRPORT),
        "Drones close Munich Airport",
    ),
    (
        facts(E.PROTEST, ObjectCode.BALLOON, affected="LT", actor="BY", count=40),
        "Lithuania protests to Belarus over balloons",
    ),
    (facts(E.PROTEST, ObjectCode.UAV, actor="RU"), "Protest over Russian drones"),
    (
        facts(E.DENIAL, ObjectCode.MILITARY_AIRCRAFT, affected="EE", actor="RU"),
        "Russia denies violating Estonian airspace",
    ),
    (
        facts(E.DENIAL, ObjectCode.UAV, affected="PL", count=1),
        "Claim of drone over Poland denied",
    ),
    (facts(E.POLICY, ObjectCode.UAV, affected="LT"), "Lithuania weighs measures against drones"),
    (
        facts(E.INTEL_SHARING, ObjectCode.BALLOON, affected="JP TW", actor="CN", count=3),
        "Intelligence shared on Chinese balloons over Japan and Taiwan",
    ),
    (
        facts(E.ANALYSIS, ObjectCode.BALLOON, affected="JP", actor="CN", count=3),
        "Analysis: 3 Chinese balloons over Japan",
    ),
    (
        facts(E.EXERCISE, ObjectCode.MILITARY_AIRCRAFT, affected="EE", actor="RU"),
        "Russian jets in exercise near Estonia",
    ),
    (facts(None, ObjectCode.UAV, affected="PH"), "Drones over the Philippines"),
    (facts(None), "Airspace incident"),
    (
        facts(E.SIGHTING, ObjectCode.UAV, affected="DK", when=day(2025, 9, 22, DatePrecision.WEEK)),
        "Drones seen over Denmark · week of 22 Sep",
    ),
    (
        facts(
            E.SIGHTING, ObjectCode.BALLOON, affected="JP", count=1, when=day(2019, 1, 1, DatePrecision.YEAR)
        ),
        "Balloon seen over Japan · 2019",
    ),
    (
        facts(E.CRASH, ObjectCode.UAV, affected="HR HU RO SK", count=1),
        "Drone crashes in Croatia and 3 other states",
    ),
]


@pytest.mark.parametrize(("given_facts", "line"), ROWS, ids=[line for _, line in ROWS])
def test_the_line_reads_as_english(given_facts: IncidentFacts, line: str) -> None:
    assert incident_line(given_facts) == line


def test_a_day_of_another_year_is_given_its_year_when_today_is_known() -> None:
    old = facts(E.CRASH, ObjectCode.UAV, affected="HR", when=day(2022, 3, 10))

    assert incident_line(old, date(2026, 1, 5)) == "Drone crashes in Croatia · 10 Mar 2022"
    assert incident_line(old, date(2022, 3, 12)) == "Drone crashes in Croatia · 10 Mar"


def test_a_place_is_given_the_state_it_lies_in_and_a_region_of_many_states_none() -> None:
    yukon = IncidentFacts(
        affected=("CA",),
        object=(ObjectCode.BALLOON,),
        event=(E.SHOOTDOWN,),
        place=Place("Alaska", "US", None, None, PlacePrecision.REGION),
    )
    nowhere = replace(yukon, place=Place("Latin America", None, None, None, PlacePrecision.REGION))

    assert incident_line(yukon) == "Balloon shot down over Alaska, United States"
    assert incident_line(nowhere) == "Balloon shot down over Latin America"


@pytest.mark.parametrize("entry", [E.VIOLATION, E.SIGHTING, E.ADIZ_ENTRY])
def test_the_number_that_came_in_is_not_said_to_be_shot_down(entry: Event) -> None:
    shot = facts(E.SHOOTDOWN, ObjectCode.UAV, affected="PL", actor="RU", count=21, place="Lublin")
    both = replace(shot, event=(E.SHOOTDOWN, entry))
    assert incident_line(shot) == "21 Russian drones shot down over Lublin, Poland"
    assert incident_line(both) == "Russian drones shot down over Lublin, Poland · 21 in all"
    assert incident_line(replace(both, count=1)) == "Russian drone shot down over Lublin, Poland"
    assert incident_line(replace(both, count=None)) == "Russian drone shot down over Lublin, Poland"
    dated = replace(both, event_date=day(2025, 9, 10))
    assert incident_line(dated) == "Russian drones shot down over Lublin, Poland · 21 in all · 10 Sep"


def test_a_place_with_a_relation_of_its_own_stands_small_inside_the_line() -> None:
    told = facts(E.SHOOTDOWN, ObjectCode.UNIDENTIFIED, affected="US", place="Off Deadhorse, Alaska")
    assert "shot down off Deadhorse" in incident_line(told)


def test_a_long_place_is_shortened_before_anything_else_is_lost() -> None:
    long = facts(E.VIOLATION, ObjectCode.UAV, affected="LT", actor="BY", count=2, place="Very " * 30)

    line = incident_line(long)

    assert len(line) <= LIMIT
    assert line.startswith("2 Belarusian drones violate Lithuanian airspace")


@pytest.mark.parametrize("event", [None, *Event])
def test_every_combination_of_known_and_unknown_reads_whole(event: Event | None) -> None:
    for what, affected, actor, place, count, zone in product(
        [None, *ObjectCode], ["", "LT", "US CA"], ["", "RU"], ["", "Vilnius"], [None, 1, 7], [None, *Zone]
    ):
        line = incident_line(
            facts(event, what, affected=affected, actor=actor, place=place, count=count, zone=zone)
        )
        assert 0 < len(line) <= LIMIT
        assert "  " not in line
        assert line == line.strip()
        assert line[0].isupper() or line[0].isdigit()
        assert not line.endswith((" over", " near", " in", " of", " to", " the"))


any_facts = st.builds(
    IncidentFacts,
    affected=st.lists(st.sampled_from(["PL", "US", "XK", "ZZ", ""]), max_size=5).map(tuple),
    actor=st.lists(st.sampled_from(["RU", "CN", "??"]), max_size=3).map(tuple),
    responder=st.lists(st.sampled_from(["IT", "PL"]), max_size=2).map(tuple),
    object=st.lists(st.sampled_from(list(ObjectCode)), max_size=3).map(tuple),
    zone=st.lists(st.sampled_from(list(Zone)), max_size=3).map(tuple),
    event=st.lists(st.sampled_from(list(Event)), max_size=3).map(tuple),
    response=st.lists(st.sampled_from(list(Response)), max_size=3).map(tuple),
    count=st.none() | st.integers(),
    place=st.none()
    | st.builds(
        Place,
        st.text(max_size=200),
        st.none(),
        st.none(),
        st.none(),
        st.sampled_from(list(PlacePrecision)),
    ),
    event_date=st.none() | st.builds(EventDate, st.dates(), st.sampled_from(list(DatePrecision))),
)


@settings(max_examples=300, deadline=None)
@given(any_facts)
def test_no_facts_make_it_raise_run_long_or_come_out_empty(given_facts: IncidentFacts) -> None:
    line = incident_line(given_facts)

    assert 0 < len(line) <= LIMIT
    assert "  " not in line
    assert line.isprintable()
