"""Saved views in a store, and what they count."""

from datetime import timedelta

import pytest

from tests.store.samples import NOON, a_report, a_story_round
from tui.domain.query import parse_query
from tui.domain.views import SavedView, ViewEdit, ViewError
from tui.store.load import StoreBoard
from tui.store.marks import StoreMarks
from tui.store.save import StoreKeeper

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def save(marks: StoreMarks, name: str, text: str = "", window: timedelta | None = None) -> SavedView:
    (*_, last) = marks.edit_view(ViewEdit(None, SavedView(name, text, window)), NOON)
    return last


def counts(board: StoreBoard) -> dict[str, tuple[int | None, int]]:
    return {count.view.name: (count.incidents, count.new) for count in board.desk(NOON).views}


def test_views_are_kept_with_query_window_and_sort_and_stand_on_the_board(
    board: StoreBoard, marks: StoreMarks
) -> None:
    view = SavedView("Polish drones", "country:PL object:uav", DAY, "sources")
    (kept,) = marks.edit_view(ViewEdit(None, view), NOON)
    assert (kept.text, kept.window, kept.sort, kept.position) == ("country:PL object:uav", DAY, "sources", 1)
    assert [found.made for found in board.views()] == [NOON]
    from tui.domain.board import BoardQuery

    assert board.board(BoardQuery(), NOON).views == board.views()


def test_a_view_counts_what_its_list_lists_and_what_is_new_of_it(
    keeper: StoreKeeper, board: StoreBoard, marks: StoreMarks
) -> None:
    keeper.save_round(a_story_round(1, "old", NOON - 30 * HOUR))
    keeper.save_round(a_story_round(2, "pl", NOON - 2 * HOUR))
    keeper.save_round(a_story_round(3, "lt", NOON - HOUR, a_report(affected=("LT",))))
    save(marks, "all")
    save(marks, "day", "", DAY)
    save(marks, "baltic", "country:LT,LV", DAY)
    save(marks, "nothing", "country:JP")
    assert counts(board) == {"all": (3, 3), "day": (2, 2), "baltic": (1, 1), "nothing": (0, 0)}

    marks.mark_seen(["lt"], NOON)
    assert counts(board)["baltic"] == (1, 0)
    for view in board.views():
        listed = view.listed
        assert board.find_incidents(listed, NOON).total == counts(board)[view.name][0]  # type: ignore[arg-type]  # they are queries


def test_a_view_that_this_version_cannot_read_is_kept_and_not_counted(
    board: StoreBoard, marks: StoreMarks
) -> None:
    save(marks, "good")
    with marks.writer.transaction(durable=True) as connection:
        connection.execute("UPDATE saved_view SET query = 'colour:red'")
    assert counts(board) == {"good": (None, 0)}


def test_a_refused_edit_changes_nothing(board: StoreBoard, marks: StoreMarks) -> None:
    save(marks, "one")
    with pytest.raises(ViewError, match="already"):
        save(marks, "ONE")
    assert [view.name for view in board.views()] == ["one"]


def test_the_desk_tells_what_happened_to_a_watched_incident_since_it_was_seen(
    keeper: StoreKeeper, board: StoreBoard, marks: StoreMarks
) -> None:
    keeper.save_round(a_story_round(1, "a", NOON - 3 * HOUR))
    keeper.save_round(a_story_round(2, "b", NOON - 3 * HOUR))
    keeper.save_round(a_story_round(3, "c", NOON - 3 * HOUR))
    for key in ("a", "b"):
        marks.set_watched(key, watched=True, at=NOON)
    marks.mark_seen(["a", "b", "c"], NOON - 2 * HOUR)
    assert [(one.row.key, one.steps) for one in board.desk(NOON).watched] == [("b", ()), ("a", ())]

    keeper.save_round(a_story_round(4, "a", NOON - HOUR))
    first, second = board.desk(NOON).watched
    assert (first.row.key, first.since) == ("a", NOON - 2 * HOUR)
    assert [step.text for step in first.steps] == ["Report 1"]
    assert (second.row.key, second.steps) == ("b", ())


def test_a_watch_and_a_tag_make_views_too(keeper: StoreKeeper, board: StoreBoard, marks: StoreMarks) -> None:
    for number, key in enumerate("abc"):
        keeper.save_round(a_story_round(number, key, NOON - HOUR))
    marks.set_watched("a", watched=True, at=NOON)
    marks.set_tags("b", ("łódź", "verify"), NOON)
    marks.set_note("c", "Ask Łukasz", NOON)
    for text, keys in (
        ("is:watched", {"a"}),
        ("tag:Lodz", {"b"}),
        ("tag:#łódź", {"b"}),
        ("tag:lod", set()),
        ("tag:verify,other", {"b"}),
        ("note:lukasz", {"c"}),
        ("is:noted", {"c"}),
        ("is:tagged -is:noted", {"b"}),
        ("-tag:verify -note:ask", {"a"}),
    ):
        found = board.find_incidents(parse_query(text), NOON)  # type: ignore[arg-type]  # they are queries
        assert {row.key for row in found.rows} == keys, text
