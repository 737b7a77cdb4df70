"""Words of a query in a text, values put in and taken out, and what the box offers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.domain.query import parse_query
from tui.domain.query_leaf import QueryProblem
from tui.domain.query_tree import Part
from tui.domain.query_words import asks_for, completion, places_of, toggled, words_asked


def tree(text: str) -> Part:
    query = parse_query(text)
    assert not isinstance(query, QueryProblem)
    return query


def lit(query: str, text: str) -> list[str]:
    return [text[start:end] for start, end in places_of(words_asked(tree(query)), text)]


@pytest.mark.parametrize(
    ("query", "text", "found"),
    [
        ("drone", "Drones over Drammen; a hydrone is none", ["Drone"]),
        ("gdansk", "Lotnisko Gdańsk zamknięte", ["Gdańsk"]),
        ('"no-fly zone"', "A no-fly zone over the sea", ["no", "fly", "zone"]),
        ("drone -exercise", "Exercise with a drone", ["drone"]),
        ("drone OR balloon country:PL", "Balloon, drone", ["Balloon", "drone"]),
        ("無人機", "国籍不明の無人機が", ["無人機"]),
        ("strasse", "Die Straße gesperrt", ["Straße"]),
        ("dron drone", "Drones", ["Drone"]),
        ("\u00fc", "u\u0308ber", ["u\u0308"]),
    ],
)
def test_words_are_lit_where_they_begin(query: str, text: str, found: list[str]) -> None:
    assert lit(query, text) == found


@given(st.text(max_size=40), st.lists(st.text(min_size=1, max_size=4), max_size=3))
def test_places_lie_in_the_text_in_order_and_apart(text: str, words: list[str]) -> None:
    places = places_of(words, text)
    edges = [edge for place in places for edge in place]
    assert edges == sorted(edges)
    assert all(0 <= start < end <= len(text) for start, end in places)


@pytest.mark.parametrize(
    ("before", "field", "value", "after"),
    [
        ("", "country", "PL", "country:PL"),
        ("drone", "country", "PL", "drone country:PL"),
        ("drone country:PL", "country", "LT", "drone country:PL,LT"),
        ("drone country:PL,LT", "country", "PL", "drone country:LT"),
        ("drone country:PL", "country", "PL", "drone"),
        ("country:PL", "country", "PL", ""),
        ("a OR b", "object", "uav", "(a OR b) object:uav"),
    ],
)
def test_a_value_is_put_in_and_taken_out(before: str, field: str, value: str, after: str) -> None:
    changed = toggled(tree(before), field, value)
    assert str(changed) == after
    assert asks_for(changed, field, value) != asks_for(tree(before), field, value)


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("cou", "country:"),
        ("drone obj", "drone object:"),
        ("object:DR", "object:DRN"),
        ("object:dr", "object:drN"),
        ("object:DRN,ball", "object:DRN,balloon"),
        ("-is:wat", "-is:watched"),
        ("c", None),
        ("drone ", None),
        ("country:", None),
        ('"cou', None),
        ("zzz", None),
    ],
)
def test_the_box_offers_how_the_last_word_goes_on(typed: str, offered: str | None) -> None:
    assert completion(typed) == offered
    if offered and not offered.endswith(":"):
        assert not isinstance(parse_query(offered), QueryProblem)
