"""What a person may write beside an incident."""

import pytest

from tui.domain.notes import LONGEST_NOTE, LONGEST_TAG, MOST_TAGS, NoteError, note_of, tags_of


@pytest.mark.parametrize(
    ("typed", "tags"),
    [
        ("baltic airport", ("airport", "baltic")),
        ("#Baltic, #Łódź,,  verify-9", ("baltic", "łódź", "verify-9")),
        ("Łódź lodz", ("łódź",)),
        ("気球", ("気球",)),
        ("", ()),
    ],
)
def test_tags_are_small_letters_in_order_and_none_twice(typed: str, tags: tuple[str, ...]) -> None:
    assert tags_of(typed) == tags


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("what?", "'what\\?' is no tag"),
        ("#", "'#' is no tag"),
        ("a:b", "is no tag"),
        ("x" * (LONGEST_TAG + 1), "at most 30 characters"),
        (" ".join(f"t{number}" for number in range(MOST_TAGS + 1)), "at most 20 tags"),
    ],
)
def test_what_is_no_tag_is_refused_with_a_reason(typed: str, said: str) -> None:
    with pytest.raises(NoteError, match=said):
        tags_of(typed)


def test_a_note_is_one_line_of_bounded_length() -> None:
    assert note_of(" call \n them\t back ") == "call them back"
    with pytest.raises(NoteError, match="1,001"):
        note_of("x" * (LONGEST_NOTE + 1))
