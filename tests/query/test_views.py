"""Saved views as values: how a list of them is changed, and turned back."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.cli.test_refusals import GOOD
from tui.domain.query import parse_query
from tui.domain.query_leaf import QueryProblem
from tui.domain.query_tree import Part
from tui.domain.views import (
    LONGEST_NAME,
    SavedView,
    ViewEdit,
    ViewError,
    alert_toml,
    checked,
    edited,
    find_view,
    same_query,
)
from tui.feeds.feed_list import load_feed_list

DAY = timedelta(days=1)


def a_view(name: str, text: str = "", position: int = 0) -> SavedView:
    return SavedView(name, text, DAY, position=position)


def after(*edits: ViewEdit, views: tuple[SavedView, ...] = ()) -> tuple[SavedView, ...]:
    for edit in edits:
        views = edited(views, edit)
    return views


THREE = after(*(ViewEdit(None, a_view(name)) for name in ("one", "two", "three")))


def names(views: tuple[SavedView, ...]) -> list[tuple[int, str]]:
    return [(view.position, view.name) for view in views]


def test_views_are_numbered_in_the_order_they_were_made() -> None:
    assert names(THREE) == [(1, "one"), (2, "two"), (3, "three")]


@pytest.mark.parametrize(
    "edit",
    [
        ViewEdit(None, a_view("four", "country:PL", 2)),
        ViewEdit(THREE[1], None),
        ViewEdit(THREE[2], a_view("three", position=1)),
        ViewEdit(THREE[0], a_view("uno", "is:new", 1)),
    ],
    ids=["made", "deleted", "moved", "renamed"],
)
def test_every_edit_turned_round_takes_itself_back(edit: ViewEdit) -> None:
    changed = edited(THREE, edit)
    assert changed != THREE
    assert edited(changed, edit.turned) == THREE
    assert edit.said.startswith("view ")


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (ViewEdit(None, a_view("ONE")), "named 'ONE' already"),
        (ViewEdit(a_view("gone"), None), "no view 'gone' any more"),
        (ViewEdit(a_view("2"), None), "no view '2' any more"),
        (ViewEdit(None, a_view("  ")), "needs a name"),
        (ViewEdit(None, a_view("x" * (LONGEST_NAME + 1))), "at most 40 characters"),
        (ViewEdit(None, a_view("x", "country:Polnd")), "At character 9: Polnd is no state that we know"),
        (ViewEdit(None, SavedView("x", "", None, "colour")), "no sort 'colour'"),
    ],
)
def test_what_cannot_be_kept_says_why_and_changes_nothing(edit: ViewEdit, said: str) -> None:
    with pytest.raises(ViewError, match=said):
        edited(THREE, edit)


def test_a_view_is_found_by_its_name_case_aside_and_by_its_number() -> None:
    assert find_view(THREE, " TWO ") == THREE[1]
    assert find_view(THREE, "3") == THREE[2]
    assert find_view(THREE, "4") is None
    assert find_view((*THREE, a_view("3", position=4)), "3") == a_view("3", position=4)


def test_a_query_of_another_version_is_kept_and_called_a_problem() -> None:
    assert isinstance(a_view("old", "colour:red").query, QueryProblem)
    assert isinstance(a_view("old", "colour:red").listed, QueryProblem)


def test_what_lists_a_view_is_in_the_news_and_inside_its_window() -> None:
    assert str(a_view("x", "country:PL OR country:LT").listed) == (
        "(country:PL OR country:LT) is:news revised:24h"
    )
    assert str(SavedView("x", "", None).listed) == "is:news"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("country:PL,LT object:uav", "object:uav country:LT,PL", True),
        ("cc:Poland", "country:PL", True),
        ("a OR b", "b OR a", True),
        ("a b", "a OR b", False),
        ("-country:PL,LT", "-country:LT,PL", True),
        ("-(object:uav country:PL)", "-(country:PL object:uav)", True),
        ("is:new,watched", "is:watched,new", True),
        ("-country:PL", "country:PL", False),
        ("country:PL", "country:PL is:new", False),
        ("", "", True),
    ],
)
def test_two_queries_are_the_same_whatever_the_order_of_their_parts(
    one: str, other: str, *, same: bool
) -> None:
    assert same_query(asked(one), asked(other)) is same


def asked(text: str) -> Part:
    query = parse_query(text)
    assert not isinstance(query, QueryProblem)
    return query


def test_an_alert_rule_of_a_view_reads_back_whatever_its_name(tmp_path: Path) -> None:
    view = checked(a_view('Balts "and" \\ ünïcode', '"no-fly \u202ezone" country:LT a\x9bb c\U000e0041'))
    assert alert_toml(view).replace("\n", "").isprintable()
    file = tmp_path / "feeds.toml"
    file.write_text(f"{GOOD}\n{alert_toml(view)}\n", encoding="utf-8")
    (rule,) = load_feed_list(file).alerts.rules
    assert rule.name == view.name
    assert same_query(rule.query, asked(view.text))
