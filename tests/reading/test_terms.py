import pytest
from tui.reading.folding import fold
from tui.reading.matching import Matcher
from tui.reading.terms import TermError, all_terms, parse_term, term_languages

EXPECTED = {
    "en", "ja", "zh-Hant", "zh-Hans", "ko", "ru", "uk", "pl", "et", "lt", "lv", "fi", "sv", "nb", "da", "de", "nl",
    "fr", "es", "pt", "it", "ro", "el", "tr", "ar", "he", "fa",
}  # fmt: skip


def found(term: str, text: str, lang: str = "en") -> list[str]:
    folded = fold(text)
    marks = Matcher([parse_term("o.uav", lang, term)], []).find(folded.text)
    return [folded.text[mark.start : mark.end] for mark in marks]


def test_every_project_language_has_a_term_file() -> None:
    assert set(term_languages()) == EXPECTED


@pytest.mark.parametrize("lang", sorted(EXPECTED))
def test_a_language_names_drones_balloons_airspace_and_crossing(lang: str) -> None:
    concepts = {term.concept for term in all_terms() if term.lang == lang}
    assert {"o.uav", "o.balloon", "o.mil", "z.airspace", "z.airport", "a.violate", "a.enter", "a.down", "a.protest"} <= concepts


def test_a_term_stands_at_word_edges_only() -> None:
    assert found("drone", "drone drones hydrone") == ["drone"]


def test_a_star_takes_any_ending() -> None:
    assert found("drone*", "the drones' owner") == ["drones"]


def test_a_star_before_takes_any_beginning() -> None:
    assert found("*drohne", "die Angriffsdrohne", "de") == ["drohne"]


def test_a_lone_star_spans_up_to_three_words() -> None:
    term = "violated * airspace"
    assert found(term, "violated airspace")
    assert found(term, "violated the country's eastern airspace")
    assert not found(term, "violated the country's entire eastern airspace")


def test_scripts_without_spaces_match_inside_a_run() -> None:
    assert found("无人机", "一架无人机侵入", "zh-Hans") == ["无人机"]


def test_words_written_together_in_hebrew_are_no_obstacle() -> None:
    assert found("רחפן", "והרחפן", "he") == ["רחפן"]


def test_a_term_without_letters_is_an_error_that_names_itself() -> None:
    with pytest.raises(TermError, match="o.uav"):
        parse_term("o.uav", "en", "* *")
