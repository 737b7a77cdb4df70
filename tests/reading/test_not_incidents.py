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


@pytest.mark.parametrize(
    ("title", "lang"),
    [
        ("Drones έγραψαν το όνομα της πόλης πάνω από το λιμάνι του Πειραιά", "el"),
        ("Drones ζωγράφισαν ένα δελφίνι πάνω από το αεροδρόμιο", "el"),
        ("Drones spelled out a birthday wish above the harbour", "en"),
        ("Drohnen malten einen Leuchtturm über den Hafen", "de"),
        ("Des drones ont dessiné un phare au-dessus du port", "fr"),
        ("Drony namalowały latarnię morską nad portem", "pl"),
        ("Дрони намалювали маяк над портом", "uk"),
        ("Droonid joonistasid tuletorni sadama kohale", "et"),
        ("Dronene tegnet et fyr over havnen", "nb"),
        ("ドローンが描く灯台、港の上空に", "ja"),
        ("드론이 그린 등대, 항구 상공 수놓아", "ko"),
        ("无人机拼出灯塔图案，港口上空人潮涌动", "zh"),
    ],
)
def test_drones_that_write_or_draw_are_a_display_and_are_not_kept(title: str, lang: str) -> None:
    assert not read(title, day="2025-09-25", lang=lang).verdict.relevant


@pytest.mark.parametrize(
    ("title", "lang"),
    [
        ("Άγνωστα drones πάνω από το λιμάνι του Πειραιά, έκλεισε ο εναέριος χώρος", "el"),
        ("Unbekannte Drohnen über dem Hafen, Luftraum gesperrt", "de"),
        ("Nieznane drony nad portem, zamknięto przestrzeń powietrzną", "pl"),
    ],
)
def test_unknown_drones_over_the_same_harbour_are_kept(title: str, lang: str) -> None:
    assert read(title, day="2025-09-25", lang=lang).verdict.relevant
