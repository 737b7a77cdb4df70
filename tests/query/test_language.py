"""The query language: what a text asks for, what is wrong with it and where."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.domain.query import DEEPEST, LONGEST_QUERY, MOST_TERMS, parse_query
from tui.domain.query_fields import FIELDS, Takes, fields_by_name
from tui.domain.query_leaf import QueryProblem
from tui.domain.query_tree import All, AnyOf, Between, Days, Is, Named, Not, OneOf, Part, Told, Weeks, Words
from tui.domain.weeks import monday_of


def tree(text: str) -> Part:
    query = parse_query(text)
    assert not isinstance(query, QueryProblem), query.pointed(text)
    return query


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("", All()),
        ("   ", All()),
        ("drone", Words("drone")),
        ('"no-fly zone"', Words("no-fly zone", phrase=True)),
        ('"still typing', Words("still typing", phrase=True)),
        ("a b", All((Words("a"), Words("b")))),
        ("a AND b", All((Words("a"), Words("b")))),
        ("a OR b c", AnyOf((Words("a"), All((Words("b"), Words("c")))))),
        ("a | b", AnyOf((Words("a"), Words("b")))),
        ("(a OR b) c", All((AnyOf((Words("a"), Words("b"))), Words("c")))),
        ("(a OR b", AnyOf((Words("a"), Words("b")))),
        ("-a", Not(Words("a"))),
        ("NOT a", Not(Words("a"))),
        ("-(a b)", Not(All((Words("a"), Words("b"))))),
        ("GPS-jamming", Words("GPS-jamming")),
        ("a - b", All((Words("a"), Words("b")))),
        ("or and not", All((Words("or"), Words("and"), Words("not")))),
        ("country:pl", OneOf("country", ("PL",), ("pl",))),
        ("cc:Poland", OneOf("country", ("PL",), ("Poland",))),
        ('country:"South Korea",JP', OneOf("country", ("KR", "JP"), ("South Korea", "JP"))),
        ("country:turkiye", OneOf("country", ("TR",), ("turkiye",))),
        ("country:none", OneOf("country", ("",), ("none",))),
        ("object:DRN", OneOf("object", ("uav", "loitering_munition"), ("DRN",))),
        (
            "object:drone,balloon",
            OneOf("object", ("uav", "loitering_munition", "balloon"), ("drone", "balloon")),
        ),
        ("event:VIOL", OneOf("event", ("violation",), ("VIOL",))),
        ("zone:no-fly-zone", OneOf("zone", ("no_fly_zone",), ("no-fly-zone",))),
        ("publisher:reuters", Named("publisher", ("reuters",))),
        ("source:reuters", Named("publisher", ("reuters",))),
        ("publishers:>=3", Between("publishers", 3, None)),
        ("sources:>3", Between("publishers", 4, None)),
        ("count:<3", Between("count", None, 2)),
        ("count:3..5", Between("count", 3, 5)),
        ("count:>2..<6", Between("count", 3, 5)),
        ("count:<1", Between("count", None, 0)),
        ("date:2026-01..<2026-03", Days(date(2026, 1, 1), date(2026, 2, 28))),
        ("stories:2", Between("stories", 2, 2)),
        ("since:7d", Told("since", timedelta(days=7), None)),
        ("since:90m", Told("since", timedelta(minutes=90), None)),
        ("until:2026-03-01", Told("until", None, datetime(2026, 3, 1, tzinfo=UTC))),
        ("date:2026-02", Days(date(2026, 2, 1), date(2026, 2, 28))),
        ("date:2024-02-28..2024-02", Days(date(2024, 2, 28), date(2024, 2, 29))),
        ("date:2026", Days(date(2026, 1, 1), date(2026, 12, 31))),
        ("date:>2026-02", Days(date(2026, 3, 1), None)),
        ("date:<2026-02", Days(None, date(2026, 1, 31))),
        ("week:2026-W11", Weeks(date(2026, 3, 9), date(2026, 3, 9))),
        ("week:2025-W52..2026-w02", Weeks(date(2025, 12, 22), date(2026, 1, 5))),
        ("week:>2026-W11", Weeks(date(2026, 3, 16), None)),
        ("week:<2026-W11", Weeks(None, date(2026, 3, 2))),
        ("week:none", Weeks(None, None)),
        ("hour:22", Between("hour", 22, 22)),
        ("revised:24h", Told("revised", timedelta(hours=24), None)),
        ("first:2d", Told("first", timedelta(days=2), None)),
        ("outcome:open", OneOf("outcome", ("open",), ("open",))),
        ("main_object:DRN", OneOf("main_object", ("uav", "loitering_munition"), ("DRN",))),
        ("main_event:none", OneOf("main_event", ("",), ("none",))),
        ("is:new,watched", Is(("new", "watched"))),
        ("https://news.example/a:b", Words("https://news.example/a:b")),
    ],
)
def test_a_text_is_read_as_its_tree(text: str, asked: Part) -> None:
    assert tree(text) == asked


@pytest.mark.parametrize(
    ("text", "start", "end", "said"),
    [
        ("drone AND", 6, 9, "something is missing after AND"),
        ("drone OR", 6, 8, "something is missing after OR"),
        ("OR drone", 0, 2, "OR stands between two things"),
        ("a)", 1, 2, "closes nothing"),
        ("()", 1, 2, "closes nothing"),
        ("a (", 2, 3, "something is missing"),
        ("contry:PL", 0, 7, "no field contry:"),
        ("a country:Polnd", 10, 15, "no state"),
        ("country:", 8, 9, "wants a value"),
        ("country:PL,", 11, 12, "wants a value"),
        ("object:blimp", 7, 12, "no value of object:"),
        ("is:old", 3, 6, "no value of is:"),
        ("publishers:many", 11, 15, "no number"),
        *(
            (f"-{field}:<0", len(field) + 2, len(field) + 4, "is never below 0")
            for field in ("publishers", "stories", "count", "age", "hour", "answer")
        ),
        ("baltic age:..<0", 11, 15, "is never below 0"),
        ("count:>9999999999", 6, 17, "is never so large"),
        ("count:>>1", 6, 9, "no number"),
        ("count:<<3", 6, 9, "no number"),
        ("count:><3", 6, 9, "no number"),
        ("count:>=>3", 6, 10, "no number"),
        ("count:<3..5", 6, 11, "no number"),
        ("date:>>2026-02", 5, 14, "no date"),
        ("week:<<2026-W11", 5, 15, "no week"),
        ("publishers:1,2", 13, 14, "takes one value"),
        ("date:2026-13", 5, 12, "no date"),
        ("date:tomorrow", 5, 13, "no date"),
        ("date:99999-01", 5, 13, "no date"),
        ("week:12", 5, 7, "no week"),
        ("week:2026-W54", 5, 13, "no week"),
        ("week:2026-W12..2026-W11", 5, 23, "begins after its end"),
        ("since:soon", 6, 10, "no span and no date"),
        ("*", 0, 1, "no word"),
        (" - ", 0, 3, "no word"),
        ("count:5..2", 6, 10, "begins after its end"),
        ("count:..", 6, 8, "wants a bound"),
        ("count:>=", 6, 8, "wants a bound"),
        ("date:..", 5, 7, "wants a bound"),
        ("week:<=", 5, 7, "wants a bound"),
        ("date:2026-03..2026-02", 5, 21, "begins after its end"),
        ("a " * MOST_TERMS + "a", MOST_TERMS * 2, MOST_TERMS * 2 + 1, "at most"),
        ("(" * (DEEPEST + 1) + "a", DEEPEST, DEEPEST + 1, "brackets within each other"),
        ("x" * (LONGEST_QUERY + 1), LONGEST_QUERY, LONGEST_QUERY + 1, "characters"),
    ],
)
def test_an_error_points_at_the_characters_it_is_about(text: str, start: int, end: int, said: str) -> None:
    query = parse_query(text)
    assert isinstance(query, QueryProblem)
    assert (query.start, query.end) == (start, end)
    assert said in query.said
    assert query.hint


def test_what_was_perhaps_meant_is_offered() -> None:
    def hint(text: str) -> str:
        query = parse_query(text)
        assert isinstance(query, QueryProblem)
        return query.hint

    assert hint("contry:PL") == "did you mean country:?"
    assert hint("country:Polnd") == "did you mean PL?"
    assert hint("object:baloon") == "did you mean balloon?"
    assert hint("Re: drone") == 'to find the words, write "Re: …"'


def test_every_example_of_the_help_is_a_query() -> None:
    for field in FIELDS:
        assert not isinstance(parse_query(field.example), QueryProblem), field.example
        for value in field.values:
            assert not isinstance(parse_query(f"{field.name}:{value}"), QueryProblem), (field.name, value)


_WORD = st.text("abcśßжنق無飛0", min_size=1, max_size=6)
_LEAVES = st.one_of(
    st.builds(Words, _WORD),
    st.builds(Words, st.text("abc (),:-|OR", min_size=1).map(str.strip).filter(lambda t: any(map(str.isalnum, t))), st.just(value=True)),
    st.builds(lambda text: Named("place", (text, "a,b (c)")), _WORD),
    st.sampled_from(["country:PL,none", "object:DRN", "event:SHOT,denial", "is:new", "severity:high"]).map(tree),
    st.builds(lambda least, more: Between("stories", least, least + more), st.integers(0, 99), st.integers(0, 9)),
    st.builds(lambda least: Between("count", least, None), st.integers(0, 10**8)),
    st.builds(lambda first, more: Days(first, first + timedelta(more)), st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.integers(0, 99)),
    st.builds(lambda first, more: Weeks(monday_of(first), monday_of(first + timedelta(more))), st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.integers(0, 99)),
    st.just(Weeks(None, None)),
    st.builds(lambda last: Days(None, last), st.dates(date(1900, 1, 1))),
    st.builds(lambda minutes: Told("since", timedelta(minutes=minutes), None), st.integers(0, 10**5)),
    st.builds(lambda at: Told("until", None, at.replace(tzinfo=UTC)), st.datetimes(datetime(1990, 1, 1))),  # noqa: DTZ001 - made aware above
)  # fmt: skip
_TREES = st.recursive(
    _LEAVES,
    lambda parts: st.one_of(
        st.builds(Not, parts),
        st.builds(All, st.lists(parts, min_size=2, max_size=3).map(tuple)),
        st.builds(AnyOf, st.lists(parts, min_size=2, max_size=3).map(tuple)),
    ),
    max_leaves=8,
)


@given(_TREES)
def test_a_tree_written_out_reads_back_to_itself(query: Part) -> None:
    again = parse_query(str(query))
    if isinstance(again, QueryProblem):  # deeper or longer than a person may write
        assert "at most" in again.said or "more than" in again.said
    else:
        assert again == query


@given(st.text(max_size=60) | st.text('ab:()"|-, <>=.', max_size=40))
def test_any_text_is_a_query_or_a_problem_inside_it(text: str) -> None:
    query = parse_query(text)
    if isinstance(query, QueryProblem):
        assert 0 <= query.start <= len(text)
        assert query.start < query.end
        assert text in query.pointed(text)
    else:
        assert not isinstance(parse_query(str(query)), QueryProblem)


def test_names_of_fields_are_told_apart() -> None:
    assert len(fields_by_name()) == sum(1 + len(field.aliases) for field in FIELDS)
    assert {field.takes for field in FIELDS} == set(Takes)
