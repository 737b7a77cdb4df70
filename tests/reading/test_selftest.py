"""The labelled cases that are shipped, and how they are scored."""

import json
from collections.abc import Callable

import pytest

from tui.domain.codes import Certainty, Event, ObjectCode, PlacePrecision
from tui.domain.entry import StoryText
from tui.domain.reading import Place, Reading, Report, Verdict
from tui.reading.reader import read_story
from tui.reading.selftest.cases import CaseError, read_cases, shipped_cases
from tui.reading.selftest.labels import confusion
from tui.reading.selftest.measure import Outcome, expectation, labels_read, measured, shortfalls, values


def lines(*cases: dict[str, object]) -> str:
    return "\n".join(json.dumps(case, ensure_ascii=False) for case in cases) + "\n"


def answering(**by_id: Reading) -> Callable[[StoryText], Reading]:
    return lambda text: by_id[text.id]


def kept(*reports: Report) -> Reading:
    return Reading(Verdict(relevant=True, war_routine=False, score=1.0, threshold=0.0, lang="en"), reports)


def dropped(*, war_routine: bool = False) -> Reading:
    return Reading(Verdict(relevant=False, war_routine=war_routine, score=-1.0, threshold=0.0, lang="en"))


DRONE = Report(
    affected=("PL", "RO"),
    object=(ObjectCode.UAV,),
    event=(Event.VIOLATION, Event.PROTEST),
    certainty=Certainty.CONFIRMED,
    place=Place("Rzeszow", "PL", None, None, PlacePrecision.SETTLEMENT),
)


def outcome() -> Outcome:
    cases = read_cases(
        lines(
            {"id": "a", "title": "x", "relevant": True, "lang": "en", "affected": ["PL"], "event": ["violation"],
             "certainty": "suspected", "place": "Rzeszów region", "object": ["uav"]},
            {"id": "b", "title": "x", "relevant": True, "lang": "pl", "affected": ["PL"]},
            {"id": "c", "title": "x", "relevant": False, "lang": "pl"},
            {"id": "d", "title": "x", "relevant": False, "lang": "pl", "war_routine": True},
        )
    )  # fmt: skip
    return measured(cases, answering(a=kept(DRONE), b=dropped(), c=kept(DRONE), d=dropped(war_routine=True)))


def test_precision_recall_and_confusion_are_counted_by_hand() -> None:
    found = outcome()
    told = {one.field: one for one in found.measures}
    relevance = told["relevance"]
    assert (relevance.tally.hits, relevance.tally.false, relevance.tally.missed) == (1, 1, 1)
    assert relevance.exact == 0.5
    assert set(relevance.confused) == {
        ("kept", "kept", 1), ("kept", "dropped", 1), ("dropped", "kept", 1), ("dropped", "dropped", 1),
    }  # fmt: skip
    affected = told["affected"]
    assert affected.stories == 2
    assert (affected.tally.hits, affected.tally.false, affected.tally.missed) == (1, 1, 1)
    assert set(affected.confused) == {("", "RO", 1), ("PL", "", 1)}
    assert told["certainty"].confused == (("suspected", "confirmed", 1),)
    assert told["main event"].exact == 1.0
    assert told["place"].exact == 1.0
    assert "actor" not in told
    assert "count" not in told


def test_every_language_is_scored_apart() -> None:
    found = outcome()
    assert list(found.by_language) == ["pl", "en"]
    polish = {one.field: one for one in found.by_language["pl"]}
    assert polish["relevance"].stories == 3
    assert polish["relevance"].tally.recall == 0.0
    assert "object" not in polish


def test_every_story_read_otherwise_is_told_with_what_was_read() -> None:
    told = {(miss.case.text.id, miss.field): (set(miss.right), set(miss.found)) for miss in outcome().misses}
    assert told == {
        ("a", "affected"): ({"PL"}, {"PL", "RO"}),
        ("a", "event"): ({"violation"}, {"violation", "protest"}),
        ("a", "certainty"): ({"suspected"}, {"confirmed"}),
        ("b", "relevance"): ({"kept"}, {"dropped"}),
        ("c", "relevance"): ({"dropped"}, {"kept"}),
    }


def test_confusion_pairs_what_was_missed_with_what_was_read() -> None:
    pairs = [
        (frozenset("b"), frozenset("a")),
        (frozenset("ab"), frozenset("a")),
        (frozenset(), frozenset("a")),
    ]
    assert confusion(pairs) == {("a", "b"): 1, ("", "b"): 1, ("a", ""): 1}


def test_a_reader_that_got_worse_falls_short_and_this_one_does_not() -> None:
    assert shortfalls(measured(shipped_cases(), read_story)) == ()
    worse = measured(shipped_cases(), lambda _: dropped())
    assert {short.measure for short in shortfalls(worse)} == set(expectation())


def test_every_expectation_names_a_measure_that_there_is() -> None:
    assert set(expectation()) <= set(values(measured(shipped_cases()[:40], read_story)))


def test_the_shipped_cases_are_many_and_say_what_they_must() -> None:
    cases = shipped_cases()
    assert len(cases) >= 500
    assert sum(case.relevant for case in cases) >= 300
    assert len({case.text.lang for case in cases}) >= 20
    assert all(case.label("event") for case in cases if case.relevant)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ('{"id": "a", "title": "x"}', "relevant"),
        ('{"id": "a", "title": "x", "relevant": "yes"}', "relevant: Expected `bool`"),
        ('{"id": "a", "title": " ", "relevant": true}', "title: is empty"),
        ('{"id": "a", "title": "x", "relevant": true, "object": ["drone"]}', "object"),
        (
            '{"id": "a", "title": "x", "relevant": true, "affected": ["POL"]}',
            "affected: 'POL' is no state's code",
        ),
        (
            '{"id": "a", "title": "x", "relevant": true, "published": "soon"}',
            "published: 'soon' is no ISO date",
        ),
        ('{"id": "a", "title": "x", "relevant": true, "colour": 1}', "colour"),
        ("{", "truncated"),
        ("[1]", "Expected `object`"),
    ],
)
def test_a_line_that_is_no_case_is_named_with_its_number_and_field(line: str, problem: str) -> None:
    with pytest.raises(CaseError, match=r"^line 3: ") as caught:
        read_cases(f'{{"id": "fine", "title": "x", "relevant": false}}\n# a remark\n{line}\n')
    assert problem in str(caught.value)


def test_an_id_that_stands_twice_is_named() -> None:
    with pytest.raises(CaseError, match="line 2: the id 'a' stands twice"):
        read_cases(
            lines({"id": "a", "title": "x", "relevant": False}, {"id": "a", "title": "y", "relevant": False})
        )


def test_an_answer_of_read_may_stand_as_a_case() -> None:
    (case,) = read_cases(
        lines({"id": "a", "title": "x", "relevant": True, "count": 3, "response": ["scramble"],
               "place": {"name": "Rzeszow", "country": "PL"}, "event_date": {"date": "2025-09-10", "precision": "day"}})
    )  # fmt: skip
    assert case.label("count") == frozenset({"3"})
    assert case.label("event date") == frozenset({"2025-09-10"})
    assert labels_read(kept(DRONE), "place", case.label("place") or frozenset()) == {"Rzeszow"}
