from dataclasses import replace
from pathlib import Path

import pytest

from bench.scoring.datasets import real_positives
from tui.reading.folding import fold_quick
from tui.reading.language import known_language, read_language
from tui.reading.reader import read_story
from tui.reading.recall_gate import gate

SAMPLES = [
    ("Drones were seen over the airport on Friday", "en"),
    ("Drönare sågs över flygplatsen i natt och polisen utreder", "sv"),
    ("Dron spadł na pole w pobliżu granicy, podało wojsko", "pl"),
    ("Беспилотник нарушил воздушное пространство страны", "ru"),
    ("Безпілотник порушив повітряний простір країни", "uk"),
    ("Drohnen über dem Flughafen: Der Betrieb ist eingestellt und die Polizei ermittelt", "de"),
    ("無人機が領空に侵入した", "ja"),
    ("无人机侵入领空，军方发现", "zh-Hans"),
    ("無人機侵入領空，軍方發現", "zh-Hant"),
    ("드론이 영공을 침범했다", "ko"),
    ("Τουρκικά αεροσκάφη παραβίασαν τον εναέριο χώρο", "el"),
    ("اخترقت طائرة مسيرة أجواء البلاد", "ar"),
    ("پهپاد وارد حریم هوایی کشور شد", "fa"),
    ("רחפן חדר למרחב האווירי", "he"),
]


@pytest.mark.parametrize(("text", "lang"), SAMPLES)
@pytest.mark.parametrize("declared", [None, "right", "en"])
def test_the_text_decides_against_a_wrong_or_missing_declaration(
    text: str, lang: str, declared: str | None
) -> None:
    tag = lang if declared == "right" else declared
    assert read_language(text, fold_quick(text), tag) == lang


ENGLISH_HEADLINES = [
    "Mystery drones over Norwegian oil fields",
    "More drones sighted near Danish barracks",
    "Latvia bans hobby drones near its border",
    "Drones shut Hamburg airport",
    "Drone crashes in Moldova",
    "Finland scrambles jets amid drone alarm",
]


@pytest.mark.parametrize("title", ENGLISH_HEADLINES)
@pytest.mark.parametrize("declared", [None, "xx", "sv", "de"])
def test_a_short_english_headline_is_english_whatever_is_declared(title: str, declared: str | None) -> None:
    assert read_language(title, fold_quick(title), declared, gate().languages) == "en"


@pytest.mark.parametrize(
    ("title", "lang"),
    [
        ("Drones boven Duitsland", "nl"),
        ("Droner over Tyskland", "nb"),
        ("Drönare över Tyskland", "sv"),
        ("Drohnen nahe Deutschland", "de"),
    ],
)
def test_a_state_is_named_in_the_language_of_the_text(title: str, lang: str) -> None:
    assert read_language(title, fold_quick(title), None, gate().languages) == lang


def test_no_labelled_english_headline_is_lost_for_want_of_a_declared_language(shared: Path) -> None:
    items = [item for item in real_positives(shared / "data") if item.text.lang == "en"]
    declared = [item.text.title for item in items if read_story(item.text).verdict.relevant]
    bare = [item.text.title for item in items if read_story(replace(item.text, lang=None)).verdict.relevant]

    assert len(bare) >= 0.99 * len(declared)


@pytest.mark.parametrize("lang", ["pl", "sv", "zh"])
def test_no_labelled_headline_is_lost_when_its_feed_calls_itself_english(shared: Path, lang: str) -> None:
    items = [item for item in real_positives(shared / "data") if item.text.lang == lang]
    right = sum(read_story(item.text).verdict.relevant for item in items)
    wrong = sum(read_story(replace(item.text, lang="en")).verdict.relevant for item in items)

    assert wrong >= 0.99 * right > 0


@pytest.mark.parametrize(
    ("tag", "ours"),
    [
        ("en-GB", "en"),
        ("no", "nb"),
        ("zh", "zh-Hans"),
        ("zh_TW", "zh-Hant"),
        ("iw", "he"),
        ("xx", None),
        (None, None),
        ("", None),
    ],
)
def test_declared_tags_map_to_ours(tag: str | None, ours: str | None) -> None:
    assert known_language(tag) == ours
