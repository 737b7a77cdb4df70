import re

import pytest

from tui.reading.folding import CALM, fold, fold_quick


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("DRONE", "drone"),
        ("İHA Hava Sahası", "iha hava sahasi"),
        ("Łódź", "lodz"),
        ("Überflüge", "uberfluge"),
        ("ﾄﾞﾛｰﾝ", "ドローン"),
        ("مُسَيَّرة", "مسيره"),
        ("حریم هوایی", "حريم هوايي"),
        ("лётчик", "летчик"),
        ("Kyiv’s “drone”", 'kyiv\'s "drone"'),
        ("air\u200bspace", "airspace"),
        ("ｄｒｏｎｅ", "drone"),
        ("가나", "가나"),
    ],
)
def test_one_spelling_for_matching(text: str, folded: str) -> None:
    assert fold(text).text == folded
    assert fold_quick(text) == folded


@pytest.mark.parametrize(
    "text", ["Łódź – drön", "ﾄﾞﾛｰﾝ侵入", "straße über", "e\u0301tat drone", "اخترق\u200cت مسيّرة"]
)
def test_every_folded_letter_leads_back_into_the_text(text: str) -> None:
    folded = fold(text)
    for at in range(len(folded.text)):
        start, end = folded.span(at, at + 1)
        assert 0 <= start < end <= len(text)


def test_a_span_covers_the_marks_of_its_last_letter() -> None:
    text = "caf\u0065\u0301 drone"
    folded = fold(text)
    start, end = folded.span(0, 4)
    assert text[start:end] == "caf\u0065\u0301"


def test_a_span_in_a_text_with_expanding_letters_gives_the_very_words() -> None:
    text = "Straße: Drohne über Köln"
    folded = fold(text)
    at = folded.text.index("drohne")
    start, end = folded.span(at, at + len("drohne"))
    assert text[start:end] == "Drohne"


def test_a_calm_letter_folds_to_its_small_one_wherever_it_stands() -> None:
    calm = re.compile(f"[{CALM}]").fullmatch
    letters = [char for char in map(chr, range(0x110000)) if calm(char)]
    assert len(letters) > 30_000
    assert [char for char in letters if fold(f"é{char}ж").text != f"e{char.lower()}ж"] == []


@pytest.mark.parametrize("text", ["ΟΔΟΣ ΟΔΟΣ", "ТРЕВОГА ЙОД", "Σ", "ᎠᎡ жук", "١٢ ДРОН\n`І`", "ÀÉÎÕÜÇÑŠŽĄĘĐ ŁØ ж"])  # fmt: skip
def test_many_letters_at_once_fold_as_each_by_itself(text: str) -> None:
    each = "".join(fold(f"ж{char}").text[1:] for char in text)
    assert fold_quick(text) == each
    assert fold(text).text == each
