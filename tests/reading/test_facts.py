from datetime import date

import pytest

from tests.reading.helpers import main_report
from tui.domain.codes import Certainty, DatePrecision, Event, ObjectCode, Response, Zone


@pytest.mark.parametrize(
    ("title", "affected", "actor"),
    [
        ("Russian drones fly over Poland", ("PL",), ("RU",)),
        ("Estonia summons Russian envoy after jets enter its airspace", ("EE",), ("RU",)),
        ("Chinese balloon drifts into Japanese airspace", ("JP",), ("CN",)),
        ("Balloons from Belarus close Vilnius airport", ("LT",), ("BY",)),
        ("North Korea sends a ballistic missile flying over Japan", ("JP",), ("KP",)),
        ("Romania says a Russian drone has entered its airspace", ("RO",), ("RU",)),
        ("Russian drones crash in Estonia and Latvia", ("EE", "LV"), ("RU",)),
        ("Turkish jet shot down by Syria after entering Syrian airspace", ("SY",), ("TR",)),
    ],
)
def test_who_is_affected_and_who_did_it(
    title: str, affected: tuple[str, ...], actor: tuple[str, ...]
) -> None:
    report = main_report(title, day="2012-06-23")
    assert (report.affected, report.actor) == (affected, actor)


def test_allied_interceptors_answer_and_are_neither_affected_nor_actor() -> None:
    report = main_report(
        "Three Russian fighters enter Estonian airspace", "Italian F-35s scrambled to intercept the jets."
    )
    assert report.affected == ("EE",)
    assert report.actor == ("RU",)
    assert "IT" in report.responder


def test_our_airspace_is_that_of_the_feed() -> None:
    assert main_report("Unknown drones violated our airspace, minister says", home="NO").affected == ("NO",)


def test_our_airspace_without_a_feed_is_that_of_a_language_with_one_home() -> None:
    assert main_report("İHA hava sahamızı ihlal etti", lang="tr").affected == ("TR",)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Chinese spy balloon enters Japanese airspace", ObjectCode.BALLOON),
        ("Russian helicopter violates Estonian airspace", ObjectCode.HELICOPTER),
        ("Cruise missile enters Polish airspace", ObjectCode.CRUISE_MISSILE),
        ("Romania scrambles F-16s as drone crosses border", ObjectCode.UAV),
        ("Russian bombers enter Swedish airspace", ObjectCode.MILITARY_AIRCRAFT),
    ],
)
def test_the_object_is_what_came_not_what_went_up(title: str, expected: ObjectCode) -> None:
    assert main_report(title).object == (expected,)


@pytest.mark.parametrize(
    ("title", "event"),
    [
        ("Taiwan shoots down drone over Kinmen", Event.SHOOTDOWN),
        ("Drones close Copenhagen airport", Event.AIRSPACE_CLOSURE),
        ("Poland summons Russian ambassador over airspace violation", Event.PROTEST),
        ("Moscow denies its jets violated Estonian airspace", Event.DENIAL),
        ("Japan scrambles fighters against Russian bombers", Event.INTERCEPTION),
        ("Chinese warplanes enter Taiwan's air defence identification zone", Event.ADIZ_ENTRY),
        ("Wreckage of Russian drone found in Moldova", Event.DEBRIS_FOUND),
    ],
)
def test_the_main_event_is_the_headlines(title: str, event: Event) -> None:
    assert main_report(title).event[0] is event


def test_what_may_be_shot_down_was_not() -> None:
    report = main_report("Lithuania allows army to shoot down drones that violate its airspace")
    assert Event.SHOOTDOWN not in report.event
    assert Event.POLICY in report.event


def test_no_breach_is_no_violation() -> None:
    report = main_report(
        "Russian bombers approach Alaska",
        "NORAD sent fighters and said the aircraft did not enter U.S. airspace.",
    )
    assert Event.VIOLATION not in report.event


def test_what_was_done_is_told_apart_from_what_happened() -> None:
    report = main_report(
        "Drone closes Oslo airport", "Fighters were scrambled and residents told to take shelter."
    )
    assert {Response.AIRPORT_CLOSED, Response.SCRAMBLE, Response.EVACUATION} <= set(report.response)
    assert main_report("Russian drone enters Polish airspace").response == ()


def test_zones_are_named() -> None:
    assert Zone.AIRPORT in main_report("Drones seen over Munich airport").zone
    assert Zone.ADIZ in main_report("Chinese jets enter Taiwan's air defence identification zone").zone
    assert Zone.SOVEREIGN in main_report("Russian jet violates Estonian airspace").zone


@pytest.mark.parametrize(
    ("title", "certainty"),
    [
        ("Russian jet violates Estonian airspace, ministry confirms", Certainty.CONFIRMED),
        ("Suspected Russian drone violates Latvian airspace", Certainty.SUSPECTED),
        ("Moscow denies its jets violated Estonian airspace", Certainty.DENIED),
        ("Drones seen over Munich airport", Certainty.SUSPECTED),
        ("Poland says Russian jet crossed border; Moscow rejects claim", Certainty.DISPUTED),
    ],
)
def test_how_sure_a_story_is(title: str, certainty: Certainty) -> None:
    assert main_report(title).certainty is certainty


@pytest.mark.parametrize(
    ("title", "lang", "count"),
    [
        ("Three Russian drones enter Polish airspace", "en", 3),
        ("19 Russian drones enter Polish airspace", "en", 19),
        ("About 40 balloons from Belarus enter Lithuanian airspace", "en", 40),
        ("Dozens of Russian drones enter Polish airspace", "en", None),
        ("Russian drone flew 12 minutes in Polish airspace", "en", None),
        ("Taiwan counts 12 sorties by Chinese warplanes in its air defence identification zone", "en", None),
        ("Fyra ryska stridsflygplan kränkte svenskt luftrum", "sv", 4),
        ("Dwa rosyjskie śmigłowce naruszyły polską przestrzeń powietrzną", "pl", 2),
        ("북한 무인기 5대 영공 침범", "ko", 5),
        ("12架次共機逾越海峽中線", "zh-Hant", None),
    ],
)
def test_how_many_there_were(title: str, lang: str, count: int | None) -> None:
    assert main_report(title, lang=lang).count == count


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("on Feb. 14", (date(2023, 2, 14), DatePrecision.DAY)),
        ("on 14 February 2022", (date(2022, 2, 14), DatePrecision.DAY)),
        ("on Tuesday", (date(2023, 2, 14), DatePrecision.DAY)),
        ("overnight", (date(2023, 2, 17), DatePrecision.DAY)),
        ("last year", (date(2022, 1, 1), DatePrecision.YEAR)),
        ("last August", (date(2022, 8, 1), DatePrecision.MONTH)),
        ("last month", (date(2023, 1, 1), DatePrecision.MONTH)),
        ("between 2019 to 2021", (date(2019, 1, 1), DatePrecision.YEAR)),
        ("three years ago", (date(2020, 1, 1), DatePrecision.YEAR)),
        ("in December", (date(2022, 12, 1), DatePrecision.MONTH)),
        ("at dawn", None),
    ],
)
def test_when_it_happened_is_told_from_the_day_of_publication(
    words: str, expected: tuple[date, DatePrecision] | None
) -> None:
    report = main_report(f"Chinese balloon entered Japanese airspace {words}", day="2023-02-17")
    told = (report.event_date.date, report.event_date.precision) if report.event_date else None
    assert told == expected


@pytest.mark.parametrize(
    ("title", "lang", "day"),
    [
        ("14 lutego dron naruszył polską przestrzeń powietrzną", "pl", date(2023, 2, 14)),
        ("Am 14. Februar verletzte ein russischer Jet den Luftraum über Estland", "de", date(2023, 2, 14)),
        ("2月14日、中国の無人機が日本の領空を侵犯", "ja", date(2023, 2, 14)),
        ("El 14 de febrero un dron ruso violó el espacio aéreo de Polonia", "es", date(2023, 2, 14)),
    ],
)
def test_dates_are_read_in_other_languages(title: str, lang: str, day: date) -> None:
    report = main_report(title, day="2023-02-17", lang=lang)
    assert report.event_date is not None
    assert report.event_date.date == day


def test_a_date_of_the_saying_gives_way_to_one_of_the_event() -> None:
    report = main_report(
        "Japan announced on Feb. 14 that Chinese balloons entered its airspace in 2020", day="2023-02-17"
    )
    assert report.event_date is not None
    assert report.event_date.date.year == 2020
