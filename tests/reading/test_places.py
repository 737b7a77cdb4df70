"""Where: towns, regions, bases, seas; capitals only as cities; states only when nothing finer is named."""

import pytest

from tests.reading.helpers import main_report
from tests.work import work
from tui.domain.codes import PlacePrecision
from tui.reading import gazetteer


@pytest.mark.parametrize(
    ("title", "lang", "name"),
    [
        ("Russian drones enter Polish airspace near Włodawa", "en", "Wlodawa"),
        ("Dron naruszył polską przestrzeń powietrzną w województwie podkarpackim", "pl", "Subcarpathia"),
        ("Leaflet drones from the South fly over Pyongyang, North Korea says", "en", "Pyongyang"),
        ("Drone from Ukraine crashes in Zagreb after crossing into Croatia", "en", "Zagreb"),
        ("Drone violates airspace over northern Moldova", "en", "northern Moldova"),
        ("Jordan shoots down Iranian drones crossing its airspace", "en", "Jordan"),
        ("Des drones survolent la base de l'Île Longue", "fr", "Ile Longue"),
        ("Drones halt flights at Eindhoven airport a day after flights over Volkel", "en", "Eindhoven"),
        ("Russian jets enter Estonian airspace over Saaremaa", "en", "Saaremaa"),
    ],
)
def test_the_place_is_the_most_exact_one_named(title: str, lang: str, name: str) -> None:
    place = main_report(title, lang=lang).place
    assert place is not None
    assert place.name.startswith(name)


@pytest.mark.parametrize(
    "title",
    [
        "Tokyo protests to Beijing over balloon in Japanese airspace",
        "Ministry in Bucharest says drone entered Romanian airspace",
        "Warsaw summons Russian ambassador over airspace violation in Poland",
    ],
)
def test_a_capital_that_speaks_is_no_place(title: str) -> None:
    place = main_report(title).place
    assert place is not None
    assert place.precision is PlacePrecision.COUNTRY


def test_where_it_came_from_is_not_where_it_was() -> None:
    place = main_report("Jets flew from Kaliningrad into Lithuanian airspace near Kybartai").place
    assert place is not None
    assert place.name == "Kybartai"


def test_loading_the_places_is_a_few_calls_a_row() -> None:
    gazetteer._place_rows.cache_clear()
    calls = work(gazetteer._place_rows)
    assert calls < 12 * len(gazetteer._place_rows())


def test_seas_between_states_belong_to_none() -> None:
    names = {"Baltic Sea", "Black Sea", "Barents Sea", "Strait of Hormuz", "South China Sea"}
    rows = [gazetteer.place(n) for n in range(len(gazetteer._place_rows()))]
    assert {place.name for place in rows if place.name in names and place.country is None} >= names - {
        "Strait of Hormuz"
    }
