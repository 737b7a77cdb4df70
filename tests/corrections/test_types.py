"""What a person may correct, what is refused in plain words, and what all that stands asks for."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.domain.codes import IncidentCertainty, ObjectCode
from tui.domain.constraints import NO_CONSTRAINTS, constraints_of
from tui.domain.correction import (
    Apart,
    Correction,
    CorrectionError,
    Made,
    Merge,
    Move,
    NotIncursion,
    OtherActor,
    OtherAffected,
    OtherObject,
    SetOutcome,
    Split,
    Target,
    objects_of,
    outcome_of,
    split_key,
    states_of,
)
from tui.domain.history import Outcome
from tui.domain.incident import Conclusion, IncidentFacts

AT = datetime(2026, 5, 4, 12, tzinfo=UTC)
A, B, C = (Target(incident=key) for key in "abc")


def made(*corrections: Correction) -> list[Made]:
    """Each an hour after the one before."""
    return [Made(number, AT + timedelta(hours=number), one) for number, one in enumerate(corrections, 1)]


@pytest.mark.parametrize(
    ("refused", "words"),
    [
        (lambda: Merge("a", "a"), "into itself"),
        (lambda: Apart("a", "a"), "from itself"),
        (Target, "either an incident or a story"),
        (lambda: Target("a", "s"), "either an incident or a story"),
        (lambda: OtherAffected(A, ("Poland",)), "'Poland' is no state's code"),
        (lambda: OtherActor(A, ("RU", "RU")), "stands twice"),
        (lambda: OtherAffected(A, tuple("ABCDEFGHIJKLM")), "too many"),
        (lambda: states_of("PL, XX9"), "'XX9' is no state's code"),
        (lambda: objects_of("saucer"), "'saucer' is no object; choose of balloon"),
        (lambda: outcome_of("done"), "'done' is no outcome; choose of open, confirmed"),
    ],
)
def test_what_cannot_be_is_refused_saying_what_to_do(refused: Callable[[], object], words: str) -> None:
    with pytest.raises(CorrectionError, match=words):
        refused()


def test_values_are_read_as_a_person_writes_them() -> None:
    assert states_of(" pl, lt PL") == ("PL", "LT")
    assert states_of("none") == states_of("") == ()
    assert objects_of("UAV, balloon") == (ObjectCode.UAV, ObjectCode.BALLOON)
    assert outcome_of(" Unfounded ") is Outcome.UNFOUNDED


def test_a_split_names_an_incident_that_no_report_founds_and_no_other_split() -> None:
    names = {
        split_key("s", position, AT + timedelta(seconds=late)) for position in (None, 0, 1) for late in (0, 1)
    }
    assert len(names) == 6
    assert all(len(name) == 21 and name.startswith("i") for name in names)


def test_mergers_are_followed_to_the_end_and_what_is_undone_asks_for_nothing() -> None:
    found = constraints_of(made(Merge("a", "b"), Merge("b", "c")))
    assert {key: found.shown(key) for key in "abcd"} == {"a": "c", "b": "c", "c": "c", "d": "d"}
    assert set(found.homes("c")) == {"a", "b", "c"}
    first, second = made(Merge("a", "b"), Merge("b", "c"))
    found = constraints_of([replace(first, undone_at=AT), second])
    assert (found.shown("a"), found.shown("b")) == ("a", "c")


def test_of_two_mergers_that_contradict_each_other_the_later_holds() -> None:
    found = constraints_of(made(Merge("a", "b"), Merge("b", "a")))
    assert (found.shown("a"), found.shown("b")) == ("a", "a")


def test_a_whole_story_placed_anew_forgets_where_its_reports_were_put_before() -> None:
    found = constraints_of(made(Split("s", "a", "x", 1), Move("s", "b")))
    assert [found.home("s", position) for position in (0, 1, 2)] == ["b", "b", "b"]
    found = constraints_of(made(Move("s", "b"), Split("s", "b", "x", 1)))
    assert [found.home("s", position) for position in (0, 1)] == ["b", "x"]


def test_two_that_are_two_stay_two_under_other_names() -> None:
    found = constraints_of(made(Apart("a", "b"), Merge("a", "c")))
    assert found.keeps_apart("c", "b")
    assert found.keeps_apart("b", "a")
    assert not found.keeps_apart("b", "d")


def test_what_is_said_of_an_incident_holds_over_what_was_said_of_one_merged_into_it() -> None:
    found = constraints_of(
        made(OtherActor(B, ("RU",)), OtherActor(A, ("BY",)), OtherAffected(A, ("LT",)), Merge("a", "b"))
    )
    read = IncidentFacts(affected=("PL",), actor=("UA",), disputed=("actor", "count"))
    facts = found.told("b", Conclusion(read)).facts
    assert (facts.affected, facts.actor, facts.disputed) == (("LT",), ("RU",), ("count",))
    assert {one.fact: one.value for one in facts.corrected} == {"affected": "LT", "actor": "RU"}
    assert found.told("d", Conclusion(read)) == Conclusion(read)


def test_an_outcome_brings_its_certainty_and_an_empty_list_is_a_correction_too() -> None:
    found = constraints_of(made(SetOutcome("a", Outcome.UNFOUNDED), OtherObject(A, ())))
    facts = found.told("a", Conclusion(IncidentFacts(object=(ObjectCode.UAV,)))).facts
    assert facts.certainty is IncidentCertainty.UNFOUNDED
    assert facts.object == ()
    assert [(one.fact, one.value) for one in facts.corrected] == [
        ("outcome", "unfounded"),
        ("object", "none"),
    ]
    assert found.outcome("a") is Outcome.UNFOUNDED


def test_an_incident_that_is_none_hides_what_it_is_merged_with() -> None:
    found = constraints_of(made(NotIncursion(A), Merge("a", "b"), NotIncursion(Target(story="s"))))
    assert found.hides("a")
    assert found.hides("b")
    assert not found.hides("c")
    assert found.drops("s")


_KEYS = st.sampled_from("abcde")
_PAIRS = st.tuples(_KEYS, _KEYS).filter(lambda two: two[0] != two[1])


@given(st.lists(_PAIRS, max_size=12))
def test_however_incidents_are_merged_every_way_ends_and_ends_at_one_that_is_shown(
    pairs: list[tuple[str, str]],
) -> None:
    found = constraints_of(made(*(Merge(*two) for two in pairs)))
    assert all(found.shown(found.shown(key)) == found.shown(key) for key in "abcde")
    if pairs:
        assert found.shown(pairs[-1][0]) == found.shown(pairs[-1][1])
    else:
        assert found is NO_CONSTRAINTS
