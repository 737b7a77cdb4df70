import pytest
from tui.reading.folding import fold_quick
from tui.reading.language import known_language, read_language

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
def test_the_text_decides_against_a_wrong_or_missing_declaration(text: str, lang: str, declared: str | None) -> None:
    tag = lang if declared == "right" else declared
    assert read_language(text, fold_quick(text), tag) == lang


@pytest.mark.parametrize(
    ("tag", "ours"),
    [("en-GB", "en"), ("no", "nb"), ("zh", "zh-Hans"), ("zh_TW", "zh-Hant"), ("iw", "he"), ("xx", None), (None, None), ("", None)],
)
def test_declared_tags_map_to_ours(tag: str | None, ours: str | None) -> None:
    assert known_language(tag) == ours
