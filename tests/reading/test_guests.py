"""Guests who guard another state's skies from its bases answer for it: what they meet is not over their own land."""

import pytest

from tests.reading.helpers import any_report

GUESTS = [
    (
        "en",
        "Portuguese F-16s scrambled from Amari to escort Russian bomber",
        "Pilots saw it over the sea.",
        "EE",
        "PT",
    ),
    (
        "en",
        "Spanish fighters take off from Siauliai to intercept Russian aircraft",
        "It was an Il-20.",
        "LT",
        "ES",
    ),
    ("fr", "Des Rafale français décollent de Siauliai pour intercepter un avion russe", "", "LT", "FR"),
    ("es", "Cazas españoles despegan de Siauliai para interceptar un avión ruso", "", "LT", "ES"),
    ("it", "Eurofighter italiani decollano da Amari per intercettare un aereo russo", "", "EE", "IT"),
]


@pytest.mark.parametrize(("lang", "title", "summary", "host", "guest"), GUESTS)
def test_the_host_is_affected_and_the_guest_answers(
    lang: str, title: str, summary: str, host: str, guest: str
) -> None:
    report = any_report(title, summary, lang=lang)
    assert report.affected == (host,)
    assert report.responder == (guest,)
    assert report.actor == ("RU",)


@pytest.mark.parametrize(
    ("title", "affected"),
    [
        ("Portuguese F-16s scrambled from Beja to escort Russian bomber", "PT"),
        ("Norwegian F-35s scrambled from Orland to intercept Russian bombers", "NO"),
        ("Swedish Gripen fighters intercept Russian aircraft near Kaliningrad", "SE"),
    ],
)
def test_a_start_at_home_or_a_place_of_the_intruder_changes_nothing(title: str, affected: str) -> None:
    assert any_report(title).affected == (affected,)
