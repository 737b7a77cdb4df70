"""Names of states as languages write them: grown together with a craft, behind it, or inside an ordinary word."""

import pytest

from tests.reading.helpers import any_report
from tui.reading.folding import fold_quick
from tui.reading.matching import matcher


@pytest.mark.parametrize(
    ("lang", "title", "affected", "actor"),
    [
        ("en", "US spy balloon violated Cuban airspace, Havana says", "CU", "US"),
        ("en", "Polish airspace violated twice by Russian drones", "PL", "RU"),
        ("en", "Danish F-16s tracked Russian drone in Danish airspace", "DK", "RU"),
        ("sv", "Ryssdrönare kränkte Polens luftrum", "PL", "RU"),
        ("fi", "Venäläishävittäjä loukkasi Viron ilmatilaa", "EE", "RU"),
        ("it", "Lettonia, drone russo viola lo spazio aereo", "LV", "RU"),
        ("he", "מטוסים רוסיים חדרו למרחב האווירי של פולין", "PL", "RU"),
        ("ar", "بولندا تسقط طائرة روسية اخترقت مجالها الجوي", "PL", "RU"),
        ("tr", "Rus savaş uçakları Polonya hava sahasını ihlal etti", "PL", "RU"),
        ("lt", "Į Latviją iš Baltarusijos įskrido dronas", "LV", "BY"),
        ("et", "Leedu õhuruumi lendas Vene droon", "LT", "RU"),
        ("ja", "中国軍機が沖縄沖で領空侵犯", "JP", "CN"),
        ("zh-Hant", "俄軍機闖獨島領空 南韓戰機示警", "KR", "RU"),
        ("ru", "Российский Су-27 нарушил воздушное пространство Финляндии", "FI", "RU"),
    ],
)
def test_whose_craft_and_whose_skies(lang: str, title: str, affected: str, actor: str) -> None:
    report = any_report(title, lang=lang)
    assert report.affected == (affected,)
    assert report.actor == (actor,)


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("fi", "Puolustusvoimat kertoi oman drooninsa olleen kiinni virologin autossa"),
        ("et", "Poolt ja taandus"),
        ("fr", "Un drone dans le malin brouillard"),
        ("es", "Los drones no dan miedo"),
        ("pt", "O drone não irá voar"),
        ("nl", "Drone vs vogel"),
        ("uk", "Дані про дрон і палац"),
        ("ru", "Индикатор дрона, палата"),
        ("pl", "Pałac, komora i kongres balonów, niemal połączenia"),
        ("nb", "Paraglider og indirekte indikasjon"),
        ("en", "A drone above us"),
    ],
)
def test_ordinary_words_hold_no_state(lang: str, words: str) -> None:
    marks = matcher(lang).find(fold_quick(words))
    spared = {"oman", "ira", "vs", "us"}  # told from states by their small letters
    folded = fold_quick(words)
    assert [folded[m.start : m.end] for m in marks if m.concept[0] == "g"] in (
        [],
        *([word] for word in spared),
    )


@pytest.mark.parametrize(
    ("lang", "title"),
    [("en", "Teach us to fly a drone"), ("fi", "Hän lensi oman droonin yli"), ("pt", "O drone ira voar")],
)
def test_names_in_small_letters_are_words(lang: str, title: str) -> None:
    report = any_report(title, lang=lang)
    assert (*report.affected, *report.actor) == ()
