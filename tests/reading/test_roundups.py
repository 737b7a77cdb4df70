"""Stories that tell of several events, in our own words."""

from datetime import date
from pathlib import Path

from tests.reading.helpers import read
from tui.domain.codes import Certainty, Event, ObjectCode
from tui.domain.reading import Reading, Report


def of(reading: Reading, event: Event, state: str) -> Report:
    found = [r for r in reading.reports if event in r.event and state in r.affected]
    assert found, [(r.affected, r.event) for r in reading.reports]
    return found[0]


def test_a_baltic_week_gives_each_state_its_own_report() -> None:
    reading = read(
        "Russian drone crashes in Latvia as Baltic states count a week of incursions",
        "A Russian drone crashed near Rezekne on Monday, the Latvian army said. "
        "In Estonia, two Russian fighters violated Estonian airspace near Vaindloo in August. "
        "Lithuania closed Vilnius airport last month after smuggling balloons drifted in from Belarus. "
        "Moscow denied that its aircraft had left their route.",
        day="2025-09-25",
    )
    assert reading.reports[0].affected == ("LV",)
    assert of(reading, Event.CRASH, "LV").object == (ObjectCode.UAV,)
    estonia = of(reading, Event.VIOLATION, "EE")
    assert estonia.object == (ObjectCode.MILITARY_AIRCRAFT,)
    assert estonia.event_date is not None
    assert estonia.event_date.date == date(2025, 8, 1)
    lithuania = of(reading, Event.AIRSPACE_CLOSURE, "LT")
    assert lithuania.actor == ("BY",)
    assert any(r.event == (Event.DENIAL,) and r.certainty is Certainty.DENIED for r in reading.reports)


def test_a_law_and_the_events_behind_it_are_told_apart() -> None:
    reading = read(
        "Romania lets army shoot down drones that breach its airspace",
        "The new law allows soldiers to open fire on unmanned aircraft. "
        "A Russian drone crossed into Romania near Chilia Veche on Saturday. "
        "In 2023, fragments of a Russian drone were found at Plauru. "
        "Bucharest has protested each time.",
    )
    assert reading.reports[0].event == (Event.POLICY,)
    assert of(reading, Event.DEBRIS_FOUND, "RO").event_date is not None
    assert len(reading.reports) >= 3
    assert {state for report in reading.reports for state in report.affected} == {"RO"}


def test_an_ally_that_shares_what_it_knows_is_no_intruder() -> None:
    reading = read(
        "Washington shares intelligence with allies after balloon shot down",
        "The United States is sharing intelligence with dozens of countries about China's balloon programme. "
        "A U.S. fighter shot down a Chinese balloon off South Carolina on Feb. 4. "
        "Beijing said the craft was a civilian airship blown off course. "
        "Colombia said a balloon crossed its airspace a day later.",
        day="2023-02-10",
    )
    assert reading.reports[0].event == (Event.INTEL_SHARING,)
    assert of(reading, Event.SHOOTDOWN, "US").actor == ("CN",)
    assert any(Event.DENIAL in r.event for r in reading.reports)
    assert any("CO" in r.affected for r in reading.reports)


def test_old_and_new_events_over_one_state_have_their_own_dates() -> None:
    reading = read(
        "Chinese drone shot down over Kinmen islet",
        "Taiwan shot down a Chinese drone over an islet in Kinmen on Thursday. "
        "Last year, a Chinese helicopter crossed the median line of the Taiwan Strait. "
        "In 2020, a Chinese balloon crashed on Dongyin.",
        day="2022-09-02",
    )
    dates = {r.event_date.date.year for r in reading.reports if r.event_date}
    assert {2020, 2021, 2022} <= dates
    assert all(r.affected == ("TW",) for r in reading.reports)
    assert of(reading, Event.CRASH, "TW").object == (ObjectCode.BALLOON,)


def test_a_summit_report_keeps_the_airports_of_each_state() -> None:
    reading = read(
        "Drones shut Copenhagen airport",
        "Copenhagen airport was closed for four hours on Monday night after drones were seen over the runway. "
        "In Norway, Oslo airport stopped flights for three hours the same night after drones were reported. "
        "Germany said drones had closed Munich airport in October. "
        "NATO leaders met to discuss a drone wall.",
        day="2025-10-04",
    )
    assert reading.reports[0].affected == ("DK",)
    for state in ("DK", "NO", "DE"):
        assert of(reading, Event.AIRSPACE_CLOSURE, state)


def test_one_event_told_in_two_sentences_is_one_report() -> None:
    reading = read(
        "Russian drone crosses into Poland",
        "The drone entered Polish airspace near Lublin on Wednesday. It crashed in a field and nobody was hurt.",
    )
    assert len(reading.reports) == 1


def test_the_founding_article_gives_each_of_its_events(shared: Path) -> None:
    text = (shared / "data" / "external" / "founding_article.txt").read_text(encoding="utf-8")
    title, _, summary = text.partition("\n")
    reading = read(title, summary, day="2023-02-17")
    japan = of(reading, Event.VIOLATION, "JP")
    assert (japan.count, japan.certainty, japan.actor) == (3, Certainty.SUSPECTED, ("CN",))
    assert japan.event_date is not None
    assert japan.event_date.date.year == 2019
    assert of(reading, Event.SHOOTDOWN, "US").object == (ObjectCode.BALLOON,)
    remains = of(reading, Event.DEBRIS_FOUND, "TW")
    assert remains.place is not None
    assert remains.place.name == "Dongyin"
    shot = [r for r in reading.reports if Event.SHOOTDOWN in r.event and "TW" in r.affected]
    assert [(r.object, r.event_date.date if r.event_date else None) for r in shot] == [((ObjectCode.UAV,), date(2022, 8, 1))]
    propeller = [r for r in reading.reports if r.event_date and r.event_date.date == date(2022, 1, 1)]
    assert [r.affected for r in propeller] == [("TW",)]
    assert any(r.event == (Event.POLICY,) and "JP" in r.affected for r in reading.reports)
    assert any(r.event == (Event.INTEL_SHARING,) for r in reading.reports)
    assert any(r.event == (Event.DENIAL,) for r in reading.reports)
    assert {s for r in reading.reports for s in r.affected} == {"JP", "TW", "US"}
    assert {s for r in reading.reports for s in r.actor} == {"CN"}
