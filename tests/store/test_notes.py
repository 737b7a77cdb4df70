"""Notes and tags in a store."""

from tests.store.samples import NOON, a_round, a_story_round, an_entry, filed, kept
from tui.domain.board import BoardQuery, IncidentRow
from tui.domain.notes import Written
from tui.store.load import StoreBoard
from tui.store.marks import StoreMarks
from tui.store.save import StoreKeeper


def row(board: StoreBoard) -> IncidentRow:
    (found,) = board.board(BoardQuery(), NOON).incidents
    return found


def test_a_note_and_tags_stand_on_the_row_and_are_taken_away_again(
    keeper: StoreKeeper, board: StoreBoard, marks: StoreMarks
) -> None:
    keeper.save_round(a_story_round(1, "a"))
    assert marks.set_note("a", "call <them>; it's \x00 & so", NOON) is Written.DONE
    assert marks.set_tags("a", ("verify", "baltic"), NOON) is Written.DONE
    assert row(board).note == "call <them>; it's \ufffd & so"
    assert row(board).tags == ("baltic", "verify")
    detail = board.incident("a")
    assert detail is not None
    assert detail.row == row(board)

    marks.set_note("a", "another", NOON)
    marks.set_tags("a", ("baltic",), NOON)
    assert (row(board).note, row(board).tags) == ("another", ("baltic",))
    marks.set_note("a", "", NOON)
    marks.set_tags("a", (), NOON)
    assert (row(board).note, row(board).tags) == ("", ())


def test_an_incident_that_does_not_exist_is_told_of(marks: StoreMarks, keeper: StoreKeeper) -> None:
    assert marks.set_note("gone", "x", NOON) is Written.GONE
    assert marks.set_tags("\ud800", ("x",), NOON) is Written.GONE


def test_another_poll_of_the_incident_keeps_both(
    keeper: StoreKeeper, board: StoreBoard, marks: StoreMarks
) -> None:
    keeper.save_round(a_story_round(1, "a"))
    marks.set_note("a", "kept", NOON)
    marks.set_tags("a", ("kept",), NOON)
    keeper.save_round(a_story_round(2, "a"))
    assert (row(board).stories, row(board).note, row(board).tags) == (2, "kept", ("kept",))


def test_taking_a_note_back_leaves_what_another_wrote_since(
    keeper: StoreKeeper, board: StoreBoard, marks: StoreMarks
) -> None:
    read = kept(an_entry(1))
    keeper.save_round(a_round(read, filing=filed(read, "one")))
    assert marks.set_note("one", "mine", NOON, "") is Written.DONE
    assert marks.set_note("one", "theirs", NOON) is Written.DONE
    assert marks.set_note("one", "", NOON, "mine") is Written.OVERTAKEN
    row = next(row for row in board.board(BoardQuery(window=None), NOON).incidents if row.key == "one")
    assert row.note == "theirs"


def test_taking_tags_back_leaves_what_another_gave_since(
    keeper: StoreKeeper, board: StoreBoard, marks: StoreMarks
) -> None:
    keeper.save_round(a_story_round(1, "a"))
    assert marks.set_tags("a", ("mine",), NOON, ()) is Written.DONE
    assert marks.set_tags("a", ("mine", "theirs"), NOON, ("Mine",)) is Written.DONE
    assert marks.set_tags("a", (), NOON, ("mine",)) is Written.OVERTAKEN
    assert row(board).tags == ("mine", "theirs")
    assert marks.set_tags("a", (), NOON, ("theirs", "mine")) is Written.DONE
    assert row(board).tags == ()
