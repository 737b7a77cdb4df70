import pytest

from tests.work import work
from tui.reading.grouping.traits import place_names
from tui.reading.grouping.words import fold, stem, telling_words


@pytest.mark.parametrize(
    ("word", "folded"),
    [
        ("Rēzekne", "rezekne"),
        ("МиГ-31", "mig-31"),
        ("Łódź", "lodz"),
        ("Αιγαίο", "aigaio"),
        ("Galați", "galati"),
        ("Straße", "strasse"),
    ],
)
def test_one_name_has_one_spelling_across_scripts(word: str, folded: str) -> None:
    assert fold(word) == folded


def test_an_inflected_name_keeps_its_stem_and_a_number_stays_whole() -> None:
    assert stem("Vaindloost") == stem("Vaindloo")
    assert stem("1200m") == "1200m"


def test_names_and_numbers_tell_more_than_plain_words_and_common_words_tell_nothing() -> None:
    words = telling_words("Drones over Vaindloo for 12 minutes", "a tanker waited")

    assert words["vaindl"] == 2.0
    assert words["12"] == 2.0
    assert words["tanker"] == 1.0
    assert "drones" not in words


def test_ideographic_text_is_taken_in_pairs() -> None:
    assert "東引" in telling_words("東引靶場", "")


def test_place_parts_are_compared_without_their_generic_words() -> None:
    assert place_names("Chilia Veche, Tulcea county") == {"chilia veche", "tulcea"}
    assert place_names("Vilnius airport") == place_names("near Vilnius")
    assert place_names("off the coast") == frozenset()


def test_a_very_long_text_costs_no_more_than_a_long_one() -> None:
    short = work(lambda: telling_words("drone airport closed " * 1_000, "x" * 10_000))

    assert work(lambda: telling_words("drone airport closed " * 100_000, "x" * 1_000_000)) < 3 * short
