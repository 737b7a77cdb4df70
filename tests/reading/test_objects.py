"""What came in, and not what went up against it, what was fired, or what stood by."""

import pytest

from tests.reading.helpers import any_report, main_report, read
from tui.domain.codes import ObjectCode as Code


@pytest.mark.parametrize(
    ("title", "lang", "expected"),
    [
        ("Su-35 fighter enters Estonian airspace", "en", Code.MILITARY_AIRCRAFT),
        ("Tu-95 bombers violate Japanese airspace", "en", Code.MILITARY_AIRCRAFT),
        ("Ka-52 violates Polish airspace near the Belarusian border", "en", Code.HELICOPTER),
        ("Orlan-10 enters Romanian airspace", "en", Code.UAV),
        ("Gerbera from Belarus crashes in Lithuania after violating its airspace", "en", Code.UAV),
        ("Kh-101 enters Polish airspace during Russian attack", "en", Code.CRUISE_MISSILE),
        ("Rosyjski Su-27 naruszył polską przestrzeń powietrzną", "pl", Code.MILITARY_AIRCRAFT),
        ("Су-35 нарушил воздушное пространство Эстонии", "ru", Code.MILITARY_AIRCRAFT),
        ("解放軍殲-16進入台灣防空識別區", "zh-Hant", Code.MILITARY_AIRCRAFT),
        ("Russisk Mi-8 krenket norsk luftrom", "nb", Code.HELICOPTER),
    ],
)
def test_types_have_their_class_in_every_language(title: str, lang: str, expected: Code) -> None:
    assert main_report(title, lang=lang).object == (expected,)


@pytest.mark.parametrize(
    ("title", "summary", "expected"),
    [
        ("Turkey scrambles six F-16 fighter jets after Syrian helicopters near its border", "", (Code.HELICOPTER,)),
        ("Drone shot down over Estonia by allied fighter", "", (Code.UAV,)),
        ("U.S. fighter shoots down Chinese balloon off the coast", "An F-22 fired a single missile at it.", (Code.BALLOON,)),
        ("Chinese warplanes enter Taiwan's air defence zone", "It deployed missile systems in response.", (Code.MILITARY_AIRCRAFT,)),
        ("Japan scrambles jets to meet Russian bombers near its airspace", "", (Code.MILITARY_AIRCRAFT,)),
        ("Russian fighter collides with American drone over Black Sea", "", (Code.MILITARY_AIRCRAFT, Code.UAV)),
        ("Indian warplanes fire missiles into Pakistan, which says its airspace was violated", "", (Code.MILITARY_AIRCRAFT,)),
        ("Jets and helicopters from Myanmar violate Bangladesh airspace", "", (Code.MILITARY_AIRCRAFT, Code.HELICOPTER)),
    ],
)  # fmt: skip
def test_who_answers_and_what_is_fired_are_no_objects(
    title: str, summary: str, expected: tuple[Code, ...]
) -> None:
    assert set(main_report(title, summary).object) == set(expected)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Kamikaze drone crosses into Moldova's airspace", {Code.UAV, Code.LOITERING_MUNITION}),
        ("Russian Shahed enters Romanian airspace", {Code.LOITERING_MUNITION}),
        ("Drone parts found in Romania after Russian raid near the border", {Code.UAV}),
        ("North Korea fires missile over Japan, crossing its airspace", {Code.BALLISTIC_MISSILE}),
        ("Russian missile enters Polish airspace and spent three minutes there", {Code.CRUISE_MISSILE}),
        ("Missile violates Polish airspace and falls near village", {Code.MISSILE}),
    ],
)
def test_vague_words_become_exact_where_the_text_allows(title: str, expected: set[Code]) -> None:
    report = main_report(title)
    assert set(report.object) - {Code.DEBRIS} == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Norway says Russia violated its airspace over Finnmark", (Code.MILITARY_AIRCRAFT,)),
        ("Colombia accuses Venezuela of violating its airspace", (Code.MILITARY_AIRCRAFT,)),
        ("Romania says Russia violated its airspace", (Code.UAV,)),
    ],
)
def test_a_breach_that_names_no_craft_is_read_as_the_usual_one(
    title: str, expected: tuple[Code, ...]
) -> None:
    assert main_report(title).object == expected


@pytest.mark.parametrize(
    ("title", "summary", "lang", "expected"),
    [
        ("Light aircraft violates Finnish airspace", "", "en", Code.CIVIL_AIRCRAFT),
        ("Leichtflugzeug verletzt polnischen Luftraum", "", "de", Code.CIVIL_AIRCRAFT),
        ("Lekki samolot z Białorusi naruszył polską przestrzeń powietrzną", "", "pl", Code.CIVIL_AIRCRAFT),
        ("Легкомоторный самолет нарушил воздушное пространство Эстонии", "", "ru", Code.CIVIL_AIRCRAFT),
        ("中國輕型飛機闖入台灣空域", "", "zh-Hant", Code.CIVIL_AIRCRAFT),
        ("Gyrocopter violates Polish airspace", "", "en", Code.LIGHT_AIRCRAFT),
    ],
)
def test_a_light_aeroplane_is_civil_and_a_gyrocopter_is_light(
    title: str, summary: str, lang: str, expected: Code
) -> None:
    assert any_report(title, summary, lang=lang).object == (expected,)


@pytest.mark.parametrize(
    ("title", "summary", "expected"),
    [
        ("Lithuania asks Russia about unidentified object", "Radar followed what the army thinks was a cruise missile.", {Code.CRUISE_MISSILE}),
        ("Cyprus counts five airspace violations by Turkish drone", "An ATR-72 patrol plane also broke flight rules, the guard said.", {Code.UAV, Code.MILITARY_AIRCRAFT}),
        ("Moldova shows footage of a jet shooting down its drone", "Chisinau blamed Russia.", {Code.UAV, Code.MILITARY_AIRCRAFT}),
        ("Suspected drone over Texas border town was a party balloon, officials say", "The airspace was closed for hours.", {Code.UAV, Code.BALLOON}),
        ("Russian missile breached Moldovan airspace, Chisinau says", "", {Code.CRUISE_MISSILE}),
        ("Oman summons envoy of Yemen over airspace breach", "The flight path endangered airliners, it said.", set()),
        ("Bolivia accuses Peru of violating its border by air", "", {Code.MILITARY_AIRCRAFT}),
    ],
)  # fmt: skip
def test_the_summary_settles_what_the_title_leaves_open(
    title: str, summary: str, expected: set[Code]
) -> None:
    reports = read(title, summary).reports or (any_report(title, summary),)
    assert {code for report in reports for code in report.object} == expected
