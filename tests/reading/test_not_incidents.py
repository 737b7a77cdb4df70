"""Ordinary news whose words look like an incident's."""

import pytest

from tests.reading.helpers import read


@pytest.mark.parametrize(
    ("title", "lang"),
    [
        ("Ministry weighs buying a fleet of surveillance balloons: will invest in spy balloons", "en"),
        ("Government probe finds jet contract was overpriced, Georgia official says", "en"),
        ("Allies discuss fighter jets for Ukraine as border fighting goes on", "en"),
        ("Rodzina królewska lata prywatnymi samolotami", "pl"),
    ],
)
def test_purchases_inquiries_and_trips_are_not_kept(title: str, lang: str) -> None:
    assert not read(title, day="2023-02-13", lang=lang).verdict.relevant


@pytest.mark.parametrize(
    ("title", "lang"),
    [
        ("Φαντασμαγορικό θέαμα με drones φώτισε τον ουρανό της Πάτρας", "el"),
        ("Σόου φωτός με drones πάνω από το λιμάνι του Βόλου", "el"),
        ("Ljusshow med hundra drönare över hamnen i Göteborg", "sv"),
        ("Світлове шоу з дронів над Львовом", "uk"),
        ("Dronų šou virš Kauno", "lt"),
        ("Işık gösterisi: 300 dron İzmir semalarında", "tr"),
        ("Drone light show over Gdynia harbour", "en"),
    ],
)
def test_light_shows_of_drones_are_not_kept(title: str, lang: str) -> None:
    assert not read(title, day="2025-09-25", lang=lang).verdict.relevant
