"""What a grouping holds is bounded; what it no longer holds is found again in its store."""

import tracemalloc
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

import pytest

from bench.group_load import stories
from tests.reading_grouping.given import START, a_report, place, told
from tui.domain.codes import Event
from tui.domain.constraints import constraints_of
from tui.domain.correction import Made, Move
from tui.domain.incident import Assignment, FiledReport
from tui.domain.recall import Recall
from tui.reading.grouping import Grouper
from tui.store.spill import Spill

KLEINE_BROGEL = place("Kleine-Brogel", 51.17, 5.47)


def assigned(grouper: Grouper, reports: Sequence[FiledReport]) -> list[Assignment]:
    found: list[Assignment] = []
    for report in reports:
        filing = grouper.assign([report])
        grouper.adopt(filing)
        found += filing.assignments
    return found


def many_others(first_day: int = 2, count: int = 40) -> list[FiledReport]:
    """Incidents that have nothing to do with any other, one every other day."""
    states = ("JP", "TW", "KR", "NO", "SE", "DK", "RO", "MD", "GR", "TR", "US", "CA", "IN", "PK")
    return [
        a_report(f"other {number}", affected=states[number % 14], actor="", after=first_day + 2 * number)
        for number in range(count)
    ]


def held_by(few: int, recall: Recall | None = None) -> Grouper:
    return Grouper(recall=recall, held=few)


LATE = {
    "an inquiry that names the place": a_report(
        "late", actor="", where=KLEINE_BROGEL, event=Event.ANALYSIS, after=120
    ),
    "a find that names it by its words": a_report(
        "late",
        actor="",
        event=Event.ANALYSIS,
        title="Kleine-Brogel Peutie Hellebaard sightings were a helicopter of Carabinier Wouters",
        after=120,
    ),
    "a story of that very day": a_report("late", actor="", where=KLEINE_BROGEL, when=told(10), after=30),
}


@pytest.mark.parametrize("late", LATE.values(), ids=LATE.keys())
def test_what_comes_late_finds_an_incident_that_left_the_memory(late: FiledReport) -> None:
    first = a_report(
        "first",
        actor="",
        where=KLEINE_BROGEL,
        when=told(10) if late.report.event_date else None,
        title="Kleine-Brogel Peutie Hellebaard Carabinier Wouters",
    )
    story = [first, *many_others(), late]
    with Spill() as spill:
        found = assigned(held_by(5, spill), story)
    all_held, forgetful = assigned(held_by(500), story), assigned(held_by(5), story)

    assert found[-1].incident == found[0].incident == all_held[-1].incident
    assert forgetful[-1].incident != forgetful[0].incident


def test_a_reworded_story_stays_in_an_incident_that_left_the_memory_and_adds_to_its_sketch() -> None:
    first, second = a_report("first", title="Alpha Bravo"), a_report("second")
    with Spill() as spill:
        grouper = held_by(5, spill)
        home = assigned(grouper, [first, second, *many_others()])[0].incident
        [again] = (
            filing := grouper.assign([replace(first, title="Charlie")], {("first", 0): home})
        ).assignments

    assert (again.incident, again.is_new) == (home, False)
    assert filing.sketches[0].stories == 2
    assert dict(filing.sketches[0].words).keys() >= {"alpha", "bravo"}


def test_what_a_person_puts_into_an_incident_that_left_the_memory_adds_to_its_sketch() -> None:
    with Spill() as spill:
        grouper = held_by(5, spill)
        home = assigned(grouper, [a_report("first"), *many_others()])[0].incident
        put_there = Move("moved", home)
        grouper.obey(constraints_of([Made(1, START, put_there)]))
        filing = grouper.assign([a_report("moved", affected="FI", after=90)])

    assert filing.assignments[0].incident == home
    assert filing.sketches[0].stories == 2
    assert filing.sketches[0].affected == ("PL", "FI")


def test_a_year_of_stories_is_grouped_alike_whether_all_is_held_or_a_tenth() -> None:
    year = list(islice(stories(20_000), 1_500))
    with Spill() as spill:
        few = assigned(held_by(100, spill), year)
        all_held = assigned(held_by(100_000), year)

    assert [(one.story, one.incident) for one in few] == [(one.story, one.incident) for one in all_held]


def grown_by(grouper: Grouper, year: Sequence[FiledReport]) -> int:
    """Bytes that the second half of the stories adds to what Python holds."""
    tracemalloc.start()
    try:
        assigned(grouper, year[: len(year) // 2])
        before, _ = tracemalloc.get_traced_memory()
        assigned(grouper, year[len(year) // 2 :])
        return tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()


def test_the_memory_does_not_grow_with_the_history() -> None:
    year = list(islice(stories(10_000), 1_200))
    assigned(held_by(50), year)  # fills what is remembered of words
    with Spill() as spill:
        few = grown_by(held_by(50, spill), year)
    assert few * 4 < grown_by(held_by(100_000), year)
