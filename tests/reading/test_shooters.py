"""Who shoots, meets or talks about an object is not who flew it."""

import pytest

from tests.reading.helpers import main_report


@pytest.mark.parametrize(
    ("title", "summary", "lang"),
    [
        ("Canada PM defends shooting down of unidentified object over Yukon by U.S. fighter jet", "", "en"),
        (
            "Pentagon memo says object shot down over Canada was a small balloon",
            "A memo was sent to senators.",
            "en",
        ),
        ("Senators demand answers from Biden after unidentified object shot down over Canada", "", "en"),
        ("Objects over Lake Huron, Canada were balloons, senator says", "", "en"),
        ("Amerykański myśliwiec zestrzelił niezidentyfikowany obiekt nad Kanadą", "", "pl"),
        ("Zestrzelono balon nad Litwą, przy granicy z Polską", "", "pl"),
    ],
)
def test_no_actor_is_named(title: str, summary: str, lang: str) -> None:
    assert main_report(title, summary, day="2023-02-13", lang=lang).actor == ()


@pytest.mark.parametrize(
    ("title", "affected", "actor", "responder"),
    [
        ("Drone enters Estonian airspace; a Portuguese F-16 destroyed it near Tartu", ("EE",), (), ("PT",)),
        ("Drone shot down over Estonia by Romanian F-16", ("EE",), (), ("RO",)),
        ("Chinese balloon shot down over Japan by U.S. fighter jet", ("JP",), ("CN",), ("US",)),
    ],
)
def test_the_one_that_shoots_answers(
    title: str, affected: tuple[str, ...], actor: tuple[str, ...], responder: tuple[str, ...]
) -> None:
    report = main_report(title)
    assert (report.affected, report.actor, report.responder) == (affected, actor, responder)


@pytest.mark.parametrize(
    ("title", "lang", "affected", "actor"),
    [
        ("China flew balloons over Japan", "en", ("JP",), ("CN",)),
        ("Drones drift into Lithuania from Belarus", "en", ("LT",), ("BY",)),
        ("India admits its missile entered Pakistani airspace by accident", "en", ("PK",), ("IN",)),
        ("Молдова заявила про порушення повітряного простору російським дроном", "uk", ("MD",), ("RU",)),
        ("Ungarn meldet ukrainische Drohne im eigenen Luftraum", "de", ("HU",), ("UA",)),
    ],
)
def test_the_owner_and_the_origin_act(
    title: str, lang: str, affected: tuple[str, ...], actor: tuple[str, ...]
) -> None:
    report = main_report(title, lang=lang, home="DE" if lang == "de" else None)
    assert (report.affected, report.actor) == (affected, actor)


def test_the_peoples_republic_is_not_taiwan() -> None:
    report = main_report("Balloon of the People's Republic of China enters Japanese airspace")
    assert "TW" not in (*report.affected, *report.actor)


def test_a_national_feed_that_names_no_state_speaks_of_its_own() -> None:
    title = "Droneobservasjon stengte lufthavnen: luftrommet ble stengt i 40 minutter"
    assert main_report(title, lang="nb", home="NO").affected == ("NO",)
    assert main_report(title, lang="nb", home="DK").affected == ()
    assert main_report("Airspace closed over drone at airport, flights halted", home="GB").affected == ()
