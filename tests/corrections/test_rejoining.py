"""A lone follow-up that joins its event later: what the store, the board, alerts and rereading make of it."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.corrections.conftest import Desk, a_keeper, collecting, told
from tests.store.samples import NOON, a_report
from tui.domain.alerts import AlertPlan, AlertRule, AlertTime, Trigger
from tui.domain.codes import Event
from tui.domain.correction import Move, OtherActor, Target
from tui.domain.query_tree import EVERYTHING
from tui.domain.recall import HELD
from tui.pipeline.ports import ReadEntry
from tui.store.alerts import StoreAlerts
from tui.store.database import open_writer
from tui.store.marks import StoreMarks

DAY = 24 * 60
"""Stories are told so many minutes after noon as their number says."""


def titled(minutes: int, title: str, **report: object) -> ReadEntry:
    read = told(minutes, a_report(**report), title=title)
    return replace(read, entry=replace(read.entry, summary=""))


SIGHTED = titled(1, "Drones over the east")
AGAIN = titled(DAY + 600, "More of them at night")
DENIED = titled(2 * DAY - 300, "Moscow says it was not involved", affected=(), event=(Event.DENIAL,))
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
    assert "denial" in kinds
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
