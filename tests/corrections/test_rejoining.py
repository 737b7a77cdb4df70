"""A lone follow-up that joins its event later: what the store, the board, alerts and rereading make of it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.corrections.conftest import LISTED, WRITING, Desk, a_keeper, collecting, told
from tests.store.samples import NOON, a_report, dropped, kept
from tui.domain.alerts import AlertPlan, AlertRule, AlertTime, Trigger
from tui.domain.codes import Event, ObjectCode
from tui.domain.correction import Move, OtherActor, Target
from tui.domain.entry import text_hash
from tui.domain.incident import IncidentSketch
from tui.domain.query_tree import EVERYTHING
from tui.domain.recall import HELD
from tui.pipeline.intake import reports_of
from tui.pipeline.keeping import RoundResult
from tui.pipeline.ports import ReadEntry
from tui.pipeline.reread import Task, reread
from tui.reading.grouping import Grouper
from tui.store.alerts import StoreAlerts
from tui.store.database import open_writer
from tui.store.marks import StoreMarks
from tui.store.reread import StoreShelf
from tui.store.save import StoreKeeper
from tui.store.spill import Spill

DAY = 24 * 60
"""Stories are told so many minutes after noon as their number says."""


def titled(minutes: int, title: str, **report: object) -> ReadEntry:
    read = told(minutes, a_report(**report), title=title)
    return replace(read, entry=replace(read.entry, summary=""))


SIGHTED = titled(1, "Drones over the east")
AGAIN = titled(DAY + 600, "More of them at night")
DENIED = titled(
    2 * DAY - 300,
    "Moscow bans flights near the border and says it was not involved",
    affected=(),
    event=(Event.POLICY, Event.DENIAL),
)
"""No bare denial, which would join the first sighting at once."""
LATER = NOON + timedelta(days=2)
"""When all of it is there to be polled, in whatever order."""


async def collect(path: Path, *polls: ReadEntry, hours: int = 0) -> None:
    """Each in a poll of its own, by a collector that starts anew for it."""
    for at, poll in enumerate(polls):
        async with collecting(path) as collector:
            collector.at = LATER + timedelta(hours=hours + at)
            await collector.polls(poll)


async def test_the_denial_moves_and_its_old_incident_is_shown_no_more(path: Path, desk: Desk) -> None:
    await collect(path, DENIED, SIGHTED)
    alone, event = desk.of(DENIED), desk.of(SIGHTED)
    assert alone != event

    await collect(path, AGAIN, hours=2)

    assert desk.shown == {event: {SIGHTED.entry.key, AGAIN.entry.key, DENIED.entry.key}}
    kinds = [step.kind for step in desk.incident(event).timeline]
    assert "event" in kinds
    left = desk.incident(alone)
    assert (left.row.stories, left.stories) == (0, ())
    assert left.timeline[-1].text == f"moved to {event}"
    moved = next(one for one in desk.incident(event).assignments if one.story == DENIED.entry.key)
    assert (moved.is_new, moved.why[0].reason) == (False, "moved")


async def test_after_a_restart_nothing_remembers_the_incident_that_was_left(path: Path, desk: Desk) -> None:
    await collect(path, DENIED, SIGHTED, AGAIN)
    keeper = a_keeper(path)
    (sketch,) = keeper.sketches(HELD)
    assert (sketch.incident, sketch.stories, sketch.late) == (desk.of(SIGHTED), 3, 1)
    keeper.close()


@pytest.mark.parametrize("pinned", ["starred", "noted", "tagged", "corrected"])
async def test_what_a_person_touched_stays(path: Path, desk: Desk, pinned: str) -> None:
    await collect(path, DENIED, SIGHTED)
    alone = desk.of(DENIED)
    marks = StoreMarks(open_writer(path))
    match pinned:
        case "starred":
            marks.set_watched(alone, watched=True, at=NOON)
        case "noted":
            marks.set_note(alone, "mine", NOON)
        case "tagged":
            marks.set_tags(alone, ("mine",), NOON)
        case _:
            desk.corrections.add(OtherActor(Target(story=DENIED.entry.key), ("RU", "BY")), NOON)
    marks.close()

    await collect(path, AGAIN, hours=2)

    assert desk.of(DENIED) == alone != desk.of(AGAIN)


async def test_a_correction_after_the_move_is_obeyed_and_undone(path: Path, desk: Desk) -> None:
    await collect(path, DENIED, SIGHTED, AGAIN)
    event = desk.of(SIGHTED)
    elsewhere = told(3 * DAY, a_report(affected=("NO",), actor=()), title="A drone over Bergen")
    await collect(path, elsewhere, hours=30)
    made = desk.corrections.add(Move(DENIED.entry.key, desk.of(elsewhere)), NOON)
    assert desk.of(DENIED) == desk.of(elsewhere)
    desk.corrections.undo(made.id, NOON)
    assert desk.of(DENIED) == event


async def test_the_move_itself_rings_no_alert(path: Path) -> None:
    rule = AlertRule("all", EVERYTHING, (Trigger.NEW,), ())
    book = StoreAlerts(open_writer(path))

    def look(hours: int) -> int:
        at = LATER + timedelta(hours=hours)
        when = AlertTime(at, LATER, LATER + timedelta(days=1))
        return book.evaluate(AlertPlan((rule,)), when, may_begin=True)

    look(0)
    await collect(path, DENIED, SIGHTED)
    assert look(2) == 1  # of the denial; what was sighted two days ago is no news
    await collect(path, AGAIN, hours=2)
    assert look(4) == 0
    book.close()


def reworded(read: ReadEntry, title: str) -> ReadEntry:
    entry = read.entry
    return replace(read, entry=replace(entry, title=title, hash=text_hash(title, "", entry.url)))


async def test_a_story_that_moves_while_its_revision_tells_of_nothing_moves_in_the_database_too(
    path: Path, desk: Desk
) -> None:
    async with collecting(path) as collector:
        collector.at = LATER
        await collector.polls(DENIED)
        await collector.polls(SIGHTED)
        alone, event = desk.of(DENIED), desk.of(SIGHTED)
        await collector.polls(AGAIN, revised=[dropped(reworded(DENIED, "Football results").entry)])
    (sketch,) = sketches_of(path)
    assert (sketch.incident, sketch.stories) == (event, 3)
    assert desk.shown == {event: {SIGHTED.entry.key, AGAIN.entry.key, DENIED.entry.key}}
    assert desk.incident(alone).timeline[-1].text == f"moved to {event}"


async def test_a_report_that_a_revision_took_back_makes_no_incident_grow(path: Path, desk: Desk) -> None:
    elsewhere = a_report(affected=("NO",), actor=(), object=(ObjectCode.BALLOON,))
    both = replace(DENIED, reading=kept(DENIED.entry, elsewhere, *DENIED.reading.reports).reading)
    one = kept(reworded(DENIED, "A balloon over the north").entry, elsewhere)
    async with collecting(path) as collector:
        collector.at = LATER
        await collector.polls(both)
        await collector.polls(SIGHTED)
        assert len(desk.shown) == 3
        await collector.polls(revised=[one])
        assert len(desk.shown) == len(sketches_of(path)) == 2
        await collector.polls(AGAIN)
    assert {sketch.incident: sketch.stories for sketch in sketches_of(path)} == {
        incident: len(stories) for incident, stories in desk.shown.items()
    }


async def test_a_star_set_while_a_filing_is_stored_holds_the_story(
    path: Path, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await collect(path, DENIED, SIGHTED)
    alone = desk.of(DENIED)
    stored = StoreKeeper.save_rounds
    tries: list[bool] = []

    def starred_meanwhile(keeper: StoreKeeper, results: Sequence[RoundResult]) -> int:
        tries.append(any(result.filing and result.filing.emptied for result in results))
        if len(tries) == 1:
            marks = StoreMarks(open_writer(path))
            marks.set_watched(alone, watched=True, at=NOON)
            marks.close()
        return stored(keeper, results)

    monkeypatch.setattr(StoreKeeper, "save_rounds", starred_meanwhile)
    await collect(path, AGAIN, hours=2)

    assert tries == [True, False]
    assert desk.of(DENIED) == alone != desk.of(AGAIN)


async def test_rereading_moves_a_story_as_of_its_own_time_whatever_else_is_read_with_it(
    path: Path, desk: Desk
) -> None:
    month_later = titled(30 * DAY, "A balloon", affected=("NO",), actor=(), object=(ObjectCode.BALLOON,))
    await collect(path, DENIED, SIGHTED, dropped(AGAIN.entry))
    await collect(path, month_later, hours=30 * 24)
    alone, event = desk.of(DENIED), desk.of(SIGHTED)
    readings = {read.entry.key: read.reading for read in (DENIED, SIGHTED, AGAIN, month_later)}
    writer = open_writer(path)
    task = Task(lambda story: readings[story.id], "another", {})
    reread(StoreShelf(writer, WRITING), task, Grouper, lambda _: None)
    writer.close()

    assert desk.of(DENIED) == event
    moved = desk.incident(alone).timeline[-1]
    assert moved.text == f"moved to {event}"
    soon = LATER + timedelta(days=1)
    assert moved.at < soon
    assert desk.incident(event).row.last_revised < soon


async def test_without_a_database_nothing_stays_in_an_incident_that_was_emptied() -> None:
    with Spill() as spill:
        grouper = Grouper((), spill, held=2)
        for read in (DENIED, SIGHTED, AGAIN):
            filing = grouper.assign(reports_of([read], LISTED, LATER))
            grouper.adopt(filing)
        (emptied,) = filing.emptied
        for number in range(3):
            other = told(
                number * 90 * DAY, a_report(affected=("NO",), actor=(), object=(ObjectCode.BALLOON,))
            )
            grouper.adopt(grouper.assign(reports_of([other], LISTED, LATER + timedelta(days=90 * number))))
        far = replace(DENIED.entry, published=LATER + timedelta(days=300))
        again = grouper.assign(
            reports_of([kept(far, *DENIED.reading.reports)], LISTED, LATER + timedelta(days=300)),
            {(DENIED.entry.key, 0): emptied},
        )
    (assignment,) = again.assignments
    assert assignment.why[0].reason != "revision"


def sketches_of(path: Path) -> tuple[IncidentSketch, ...]:
    keeper = a_keeper(path)
    found = keeper.sketches(HELD)
    keeper.close()
    return found
