"""What came in, and not what went up against it, what was fired, or what stood by."""

import pytest

from tests.reading.helpers import main_report
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
