import pytest

from tests.reading.helpers import main_report, read
from tests.work import work
from tui.domain.codes import PlacePrecision
from tui.reading import gazetteer


@pytest.mark.parametrize(
    ("title", "affected"),
    [
        ("Georgia says Russian helicopter violated its airspace near Tsitelubani", "GE"),
        ("Turkey scrambles F-16s after drone crosses into its airspace", "TR"),
        ("Jordan shoots down Iranian drones crossing its airspace", "JO"),
        ("Chad says drone from Sudan violated its airspace", "TD"),
        ("Niger accuses Mali of violating its airspace with a drone", "NE"),
        ("South Korea scrambles jets after North Korean drones cross the border", "KR"),
    ],
)
def test_states_whose_names_are_also_other_things(title: str, affected: str) -> None:
    assert main_report(title).affected[0] == affected


@pytest.mark.parametrize(
    "title",
    [
        "Michael Jordan and a drone show light up the arena",
        "Georgia Bulldogs' incursion into enemy territory pays off",
        "Thanksgiving turkey delivered by drone",
        "Tell us what drones mean to you",
    ],
)
def test_names_that_are_no_states_keep_nothing(title: str) -> None:
    assert not read(title).verdict.relevant


def test_us_in_small_letters_is_no_state() -> None:
    report = main_report("Poland says the drone that flew over us entered its airspace from Belarus")
    assert "US" not in (*report.affected, *report.actor)


def test_the_north_is_korea_only_beside_korea() -> None:
    assert "KP" not in main_report("Drones over airports in the North close Danish airspace").actor
    assert "KP" in main_report("South Korea says drones from the North crossed the border").actor


def test_a_place_gives_its_state_by_the_table() -> None:
    report = main_report("Chinese drone flies over Dongyin garrison")
    assert report.affected == ("TW",)
    assert report.place is not None
    assert (report.place.name, report.place.country, report.place.precision) == (
        "Dongyin",
        "TW",
        PlacePrecision.SETTLEMENT,
    )


def test_a_sea_has_no_state() -> None:
    place = next(gazetteer.place(n) for n in range(400) if gazetteer.place(n).name == "Baltic Sea")
    assert place.country is None


def test_every_place_is_on_the_globe_and_every_name_folded() -> None:
    names = gazetteer.names_of(frozenset({"en", "mul", "ru", "zh-Hant"}))
    assert len(names) > 2000
    for name in names:
        assert name.form == name.form.casefold().strip()
        if name.place >= 0:
            place = gazetteer.place(name.place)
            assert abs(place.lat or 0) <= 90
            assert abs(place.lon or 0) <= 180


def test_loading_the_names_is_a_few_calls_a_name() -> None:
    gazetteer._name_rows.cache_clear()
    names = gazetteer.names_of(frozenset({"mul"}))
    gazetteer._name_rows.cache_clear()
    assert work(lambda: gazetteer.name_starts("mul")) < 8 * len(names)


@pytest.mark.parametrize("lang", ["en", "mul", "ja", "uk"])
def test_the_names_that_begin_with_a_spelling_are_those_of_its_rows(lang: str) -> None:
    starts = gazetteer.name_starts(lang)
    names = gazetteer.names_of(frozenset({lang}))
    assert set(starts) == {name.form for name in names}
    for name in names:
        assert any(name in gazetteer.names_in(lang, row) for row in starts[name.form])


def test_polish_planes_are_not_samoa() -> None:
    report = main_report("Rosyjskie samoloty naruszyły przestrzeń powietrzną Litwy", lang="pl")
    assert report.affected == ("LT",)
    assert main_report("Drone violates airspace of Samoa").affected == ("WS",)


@pytest.mark.parametrize("wide", ["Latin America", "North America", "South America"])
def test_a_continent_is_no_place(wide: str) -> None:
    assert main_report(f"Chinese balloon drifts over {wide}").place is None
