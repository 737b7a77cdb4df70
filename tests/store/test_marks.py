"""What a person saw, starred, chose and asked for."""

from datetime import timedelta

import pytest

from tests.store.samples import FEED, NOON, a_story_round
from tui.domain.board import BoardQuery
from tui.pipeline.keeping import PollRequest
from tui.store.load import StoreBoard
from tui.store.marks import StoreMarks
from tui.store.save import StoreKeeper

DAY = BoardQuery()
HOUR = timedelta(hours=1)


def flags(board: StoreBoard) -> dict[str, tuple[bool, bool]]:
    return {row.key: (row.new, row.updated) for row in board.board(BoardQuery(window=None), NOON).incidents}


def test_everything_is_new_until_it_is_seen(
    keeper: StoreKeeper, board: StoreBoard, marks: StoreMarks
) -> None:
    keeper.save_round(a_story_round(1, "a", NOON - 2 * HOUR))
    keeper.save_round(a_story_round(2, "b", NOON - HOUR))
    assert flags(board) == {"a": (True, False), "b": (True, False)}

    marks.mark_seen(["b"], NOON)
    assert flags(board) == {"a": (True, False), "b": (False, False)}
    assert board.board(DAY, NOON).new == 1


def test_seeing_one_incident_does_not_swallow_an_older_one(
    keeper: StoreKeeper,
    board: StoreBoard,
    marks: StoreMarks,
) -> None:
    keeper.save_round(a_story_round(1, "a", NOON - 2 * HOUR))
    keeper.save_round(a_story_round(2, "b", NOON - HOUR))

    marks.mark_seen(["b"], NOON)
    looked = board.board(DAY, NOON).looked
    assert looked is not None
    assert looked < NOON - 2 * HOUR
    marks.mark_seen(["a"], NOON)
    assert board.board(DAY, NOON).looked == NOON


def test_undoing_makes_it_new_again_wherever_the_mark_stands(
    keeper: StoreKeeper,
    board: StoreBoard,
    marks: StoreMarks,
) -> None:
    keeper.save_round(a_story_round(1, "a", NOON - HOUR))
    marks.mark_seen(["a"], NOON)
    marks.mark_unseen(["a"])
    assert flags(board) == {"a": (True, False)}
    marks.mark_seen(["a"], NOON)
    assert flags(board) == {"a": (False, False)}


def test_looking_makes_the_old_old_and_never_moves_back(
    keeper: StoreKeeper,
    board: StoreBoard,
    marks: StoreMarks,
) -> None:
    keeper.save_round(a_story_round(1, "a", NOON - 2 * HOUR))
    marks.set_looked(NOON - HOUR)
    marks.set_looked(NOON - 9 * HOUR)
    keeper.save_round(a_story_round(2, "b", NOON))

    assert flags(board) == {"a": (False, False), "b": (True, False)}
    assert board.board(DAY, NOON).looked == NOON - HOUR


@pytest.mark.parametrize("by_mark", [True, False], ids=["seen", "looked"])
def test_news_of_a_known_incident_is_an_update(
    keeper: StoreKeeper,
    board: StoreBoard,
    marks: StoreMarks,
    *,
    by_mark: bool,
) -> None:
    keeper.save_round(a_story_round(1, "a", NOON - 2 * HOUR))
    if by_mark:
        marks.mark_seen(["a"], NOON - HOUR)
    else:
        marks.set_looked(NOON - HOUR)
    keeper.save_round(a_story_round(2, "a", NOON))

    assert flags(board) == {"a": (False, True)}
    marks.mark_seen(["a"], NOON)
    assert flags(board) == {"a": (False, False)}


def test_a_star_is_kept_and_taken_away(keeper: StoreKeeper, board: StoreBoard, marks: StoreMarks) -> None:
    keeper.save_round(a_story_round(1, "a"))
    marks.set_watched("a", watched=True, at=NOON)
    detail = board.incident("a")
    assert detail is not None
    assert detail.row.watched
    assert detail.row.new
    marks.set_watched("a", watched=False, at=NOON)
    assert not board.board(DAY, NOON).incidents[0].watched


def test_marks_on_incidents_that_do_not_exist_change_nothing(board: StoreBoard, marks: StoreMarks) -> None:
    marks.mark_seen(["gone", "\ud800"], NOON)
    marks.mark_unseen([])
    marks.set_watched("gone", watched=True, at=NOON)
    assert board.board(DAY, NOON).incidents == ()


def test_choices_of_the_interface_are_remembered(marks: StoreMarks) -> None:
    assert marks.recall("theme") is None
    marks.remember("theme", "paper")
    marks.remember("generation", "nonsense")
    assert (marks.recall("theme"), marks.recall("generation")) == ("paper", "nonsense")


def test_requests_are_given_once_and_asking_twice_is_asking_once(
    keeper: StoreKeeper, marks: StoreMarks
) -> None:
    for request in (PollRequest("due"), PollRequest("feed", FEED), PollRequest("due")):
        marks.request(request, NOON)

    assert keeper.take_requests() == (PollRequest("feed", FEED), PollRequest("due"))
    assert keeper.take_requests() == ()
