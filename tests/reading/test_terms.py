import pytest

from tests.work import work
from tui.reading.data_file import data_text
from tui.reading.folding import fold
from tui.reading.matching import matcher_of
from tui.reading.terms import (
    ANY_LANGUAGE,
    TermError,
    TermFile,
    all_terms,
    longest_piece,
    may_open,
    parse_term,
    term_file,
    term_languages,
)

EXPECTED = {
    "en", "ja", "zh-Hant", "zh-Hans", "ko", "ru", "uk", "pl", "et", "lt", "lv", "fi", "sv", "nb", "da", "de", "nl",
    "fr", "es", "pt", "it", "ro", "el", "tr", "ar", "he", "fa",
}  # fmt: skip


def found(term: str, text: str, lang: str = "en") -> list[str]:
    folded = fold(text)
    marks = matcher_of([parse_term("o.uav", lang, term)]).find(folded.text)
    return [folded.text[mark.start : mark.end] for mark in marks]


def test_every_project_language_has_a_term_file() -> None:
    assert set(term_languages()) == EXPECTED


@pytest.mark.parametrize("lang", sorted(EXPECTED))
def test_a_language_names_drones_balloons_airspace_and_crossing(lang: str) -> None:
    concepts = {term.concept for term in all_terms() if term.lang == lang}
    assert {
        "o.uav",
        "o.balloon",
        "o.mil",
        "z.airspace",
        "z.airport",
        "a.violate",
        "a.enter",
        "a.down",
        "a.protest",
    } <= concepts


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
    with pytest.raises(TermError, match=r"of o\.uav has no letters"):
        parse_term("o.uav", "en", "* *")


@pytest.mark.parametrize("lang", sorted({*EXPECTED, ANY_LANGUAGE}))
def test_what_a_file_is_searched_by_are_the_parts_of_its_terms(lang: str) -> None:
    file = term_file(lang)
    starts, anchors = file.starts(), file.anchors()
    terms = list(file.terms())
    assert set(starts) == {term.pieces[0].text for term in terms}
    assert set(anchors) == {longest_piece(term).text for term in terms if may_open(term.concept)}
    for term in terms:
        assert term in file.terms(starts[term.pieces[0].text]), term


FILE = """# concept\tterms
o.uav\tDrone | kamikaze * Drohne*|*kopter
a.enter\tfliegt *|ein * in * Luftraum
"""


def test_a_file_written_with_spaces_and_stars_is_read_as_its_terms() -> None:
    file = TermFile("de", FILE)
    assert [term.source for term in file.terms()] == [
        "Drone", "kamikaze * Drohne*", "*kopter", "fliegt *", "ein * in * Luftraum"
    ]  # fmt: skip
    assert file.starts() == {"drone": (1,), "kamikaze": (1,), "kopter": (1,), "fliegt": (2,), "ein": (2,)}
    assert file.anchors() == {"drone": (1,), "kamikaze": (1,), "kopter": (1,)}


@pytest.mark.parametrize("row", ["o.uav drone", "\tdrone"])
def test_a_row_that_is_no_concept_and_terms_is_an_error_that_names_its_line(row: str) -> None:
    with pytest.raises(TermError, match=r"lexicon/de\.tsv line 2"):
        TermFile("de", f"# a remark\n{row}\n")


def test_a_term_of_stars_alone_is_an_error() -> None:
    with pytest.raises(TermError, match="has no letters"):
        TermFile("de", "o.uav\tdrone|* *\n").starts()


def test_loading_a_file_is_a_few_calls_a_term() -> None:
    text = data_text("lexicon/pl.tsv")
    terms = sum(1 for _ in TermFile("pl", text).terms())
    assert work(lambda: TermFile("pl", text).starts()) < 5 * terms
