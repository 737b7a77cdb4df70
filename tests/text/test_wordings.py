"""What changed between two wordings."""

import time

import pytest

from tui.domain.wordings import MOST_WORDS, Change, Piece, changed

S, R, A = Change.SAME, Change.REMOVED, Change.ADDED


@pytest.mark.parametrize(
    ("before", "after", "pieces"),
    [
        ("Seven drones shot down", "Seven drones shot down", []),
        ("Seven  drones\nshot", "Seven drones shot", []),
        (
            "Seven drones shot down",
            "Four drones shot down",
            [(R, "Seven "), (A, "Four "), (S, "drones shot down")],
        ),
        ("Drone over Riga", "Drone seen over Riga", [(S, "Drone "), (A, "seen "), (S, "over Riga")]),
        (
            "Drone over Riga, army says",
            "Drone over Riga",
            [(S, "Drone over "), (R, "Riga, army says "), (A, "Riga")],
        ),
        ("", "Corrected", [(A, "Corrected")]),
        ("Retracted", "", [(R, "Retracted")]),
        ("気球が領空侵犯", "無人機が領空侵犯", [(R, "気球"), (A, "無人機"), (S, "が領空侵犯")]),
        ("Балони над Литвою", "Балони над Латвією", [(S, "Балони над "), (R, "Литвою "), (A, "Латвією")]),
    ],
)
def test_words_taken_out_and_put_in_stand_at_their_places(
    before: str, after: str, pieces: list[tuple[Change, str]]
) -> None:
    assert changed(before, after) == tuple(Piece(change, text) for change, text in pieces)


def test_what_is_not_removed_is_the_later_wording_and_what_is_not_added_the_earlier() -> None:
    before, after = "a b c d e f", "a x c e f g"
    pieces = changed(before, after)
    assert "".join(p.text for p in pieces if p.change is not R).split() == after.split()
    assert "".join(p.text for p in pieces if p.change is not A).split() == before.split()


def test_a_very_long_or_monotonous_text_is_compared_at_once() -> None:
    started = time.monotonic()
    pieces = changed("a " * 50_000, "a b " * 50_000)
    assert time.monotonic() - started < 5
    assert any(piece.change is A for piece in pieces)
    assert len("".join(piece.text for piece in pieces if piece.change is not R).split()) == 100_000
    assert MOST_WORDS < 1000
