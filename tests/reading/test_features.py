"""Features that carry the codebook's rules, each shown by stories that differ in one thing."""

import pytest

from tests.reading.helpers import read
from tests.work import work


def told(title: str, summary: str = "", day: str = "2025-09-25", lang: str = "en") -> dict[str, float]:
    return {why.reason: why.weight for why in read(title, summary, day, lang).verdict.why}


@pytest.mark.parametrize(
    ("title", "lang"),
    [
        ("Russian strikes on Ukraine kill six as missile falls in Poland", "en"),
        ("Drone crashes in Romania during Russian attack on Ukraine", "en"),
        ("Missile strikes kill nine in Kyiv; drone lands in Moldova", "en"),
        ("Rosyjski dron spadł w Rumunii podczas ataku na Ukrainę", "pl"),
        ("Russische Drohne stürzt in Polen ab nach Angriff auf die Ukraine", "de"),
    ],
)
def test_a_third_state_touched_outweighs_the_blows_of_the_war_beside_it(title: str, lang: str) -> None:
    reading = read(title, lang=lang)

    assert reading.verdict.relevant, reading.verdict.why
    assert not reading.verdict.war_routine


@pytest.mark.parametrize(
    "title",
    [
        "Russian strikes on Ukraine kill six in Odesa",
        "Drone crashes into flats in Kharkiv during Russian attack",
        "Ukrainian drones hit depot in Russia, four hurt",
    ],
)
def test_without_a_third_state_the_same_blows_stay_out(title: str) -> None:
    assert not read(title).verdict.relevant


def test_the_airspace_named_beside_a_violation_speaks_for_a_story() -> None:
    assert told("NATO warns Moscow over airspace violations")["violation of airspace"] > 0
    assert "violation of airspace" not in told("Watchdog finds violations of the law by drone firm")


def test_an_incident_is_known_by_the_place_it_is_named_after() -> None:
    assert (
        told("What the Rezekne drone teaches the army", day="2024-09-12")[
            "named after a place, a state at peace"
        ]
        > 0
    )


@pytest.mark.parametrize(
    "title",
    [
        "Fighters intercept light plane near president's home in Florida",
        "Airspace over Texas city closed without a word of explanation",
        "Seoul protests after Russian bombers fly into its zone",
        "Russian drone came down in Latvian forest",
        "Missile from the North flies over Japan, people told to shelter",
    ],
)
def test_what_happened_is_kept(title: str) -> None:
    verdict = read(title).verdict

    assert verdict.relevant, verdict.why


@pytest.mark.parametrize(
    "title",
    [
        "Air force jet crashes in field in Florida, pilot ejects",
        "Airspace over Texas city closed after power failure at control centre",
        "Warship sails past disputed shoal, Beijing protests",
        "Latvian firm sells drones to Ukraine",
        "North tests two missiles that fall into the sea",
        "Police fear planned drone attack on stadium",
        "Suicide bombers attack embassy in Kabul",
    ],
)
def test_its_look_alike_is_dropped(title: str) -> None:
    verdict = read(title).verdict

    assert not verdict.relevant, verdict.why


def test_a_state_that_is_at_war_with_the_shooter_is_no_state_at_peace() -> None:
    title = "American destroyer shoots down Iranian drones"

    assert "drone and a state at peace" not in told(title, day="2026-03-10")


@pytest.mark.parametrize(
    "words",
    ["drone in Poland ", "violates airspace ", "drone near Poland near airport ", "missile hit Poland "],
)
def test_the_work_on_words_repeated_without_end_grows_no_faster_than_they(words: str) -> None:
    read(words, words)
    once = work(lambda: read(words * 45, words * 400))

    assert work(lambda: read(words * 90, words * 800)) < 2.5 * once + 10_000
