"""Merge, split and move: done at once, obeyed by a collector that runs on, and taken back whole."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.corrections.conftest import BALTIC, HOUR, NORDIC, POLISH, Desk, collecting, on, told
from tests.reread.conftest import rows
from tests.store.samples import NOON
from tui.domain.codes import Event
from tui.domain.correction import Apart, Correction, CorrectionError, Made, Merge, Move, Split, split_key
from tui.pipeline.ports import ReadEntry
from tui.store.database import open_writer
from tui.store.marks import StoreMarks

LATER = NOON + 24 * HOUR
STANDING = ("incident", "report", "incident_country", "incident_sketch", "story", "incident_mark")


def standing(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """All that a correction may move, but for incidents that a split leaves behind empty."""
    found = {table: list(rows(path, table)) for table in STANDING}
    emptied = {
        row[0]
        for row in rows(path, "incident", "id, key, stories")
        if str(row[1]).startswith("i") and not row[2]
    }
    for table in ("incident", "incident_mark"):
        found[table] = [row for row in found[table] if row[0] not in emptied]
    return found


def split_off(read: ReadEntry, incident: str) -> Split:
    return Split(read.entry.key, incident, split_key(read.entry.key, None, LATER))


async def test_a_merged_incident_opens_as_the_other_and_later_stories_of_either_go_there(
    path: Path, desk: Desk
) -> None:
    polish, baltic, late, other = told(1, POLISH), told(2, BALTIC), told(3, BALTIC), told(4, POLISH)
    async with collecting(path) as collector:
        await collector.polls(polish, baltic)
        kept, gone = desk.of(polish), desk.of(baltic)
        assert kept != gone
        desk.corrections.add(Merge(gone, kept), LATER)
        assert desk.shown == {kept: {polish.entry.key, baltic.entry.key}}
        assert desk.incident(gone).row.key == kept

        await collector.polls(late, other)
        assert desk.of(late) == desk.of(other) == kept
        assert len(desk.board.incidents) == 1
        assert desk.board.incidents[0].stories == 4
    async with collecting(path) as started_anew:
        await started_anew.polls(told(5, BALTIC))
        assert len(desk.board.incidents) == 1


async def test_a_merger_undone_leaves_everything_as_it_was_and_later_stories_where_they_fit(
    path: Path, desk: Desk
) -> None:
    polish, baltic, late = told(1, POLISH), told(2, BALTIC), told(3, BALTIC)
    marks = StoreMarks(open_writer(path))
    async with collecting(path) as collector:
        await collector.polls(polish, baltic)
        kept, gone = desk.of(polish), desk.of(baltic)
        marks.set_watched(gone, watched=True, at=NOON)
        before = standing(path)
        merger = desk.corrections.add(Merge(gone, kept), LATER)
        assert desk.incident(kept).row.watched
        assert standing(path) != before
        desk.corrections.undo(merger.id, LATER)
        assert standing(path) == before

        desk.corrections.add(Merge(gone, kept), LATER)
        await collector.polls(late)
        assert desk.of(late) == kept
        desk.corrections.undo(merger.id + 1, LATER)
        assert desk.shown == {kept: {polish.entry.key}, gone: {baltic.entry.key, late.entry.key}}
    marks.close()


async def test_a_story_split_off_stays_so_however_it_is_reworded(path: Path, desk: Desk) -> None:
    first, second = told(1, POLISH), told(2, POLISH)
    async with collecting(path) as collector:
        await collector.polls(first, second)
        whole = desk.of(first)
        assert desk.of(second) == whole
        before = standing(path)
        split = desk.corrections.add(split_off(first, whole), LATER)
        assert desk.of(first) != whole
        assert not desk.incident(desk.of(first)).row.new

        reworded = replace(
            told(1, replace(POLISH, event=(Event.SHOOTDOWN,))),
            entry=replace(first.entry, title="Drones shot down", hash="1" * 32),
        )
        await collector.polls(revised=[reworded])
        assert desk.of(first) != whole
        assert desk.incident(desk.of(first)).row.facts.event == (Event.SHOOTDOWN,)
        assert "correction" in {entry.kind for entry in desk.incident(desk.of(first)).timeline}
        desk.corrections.undo(split.id, LATER)
        assert desk.shown == {whole: {first.entry.key, second.entry.key}}

        desk.corrections.add(split_off(second, whole), LATER)
        desk.corrections.undo(split.id + 1, LATER)
        assert [row[0] for row in standing(path)["incident"]] == [row[0] for row in before["incident"]]


async def test_a_story_moved_stays_where_a_person_put_it_and_goes_back_when_undone(
    path: Path, desk: Desk
) -> None:
    polish, baltic, stray = told(1, POLISH), told(2, BALTIC), told(3, BALTIC)
    async with collecting(path) as collector:
        await collector.polls(polish, baltic, stray)
        before = standing(path)
        move = desk.corrections.add(Move(stray.entry.key, desk.of(polish)), LATER)
        assert desk.of(stray) == desk.of(polish) != desk.of(baltic)
        await collector.polls(
            revised=[replace(stray, entry=replace(stray.entry, title="New words", hash="2" * 32))]
        )
        assert desk.of(stray) == desk.of(polish)
    desk.corrections.undo(move.id, LATER)
    assert desk.of(stray) == desk.of(baltic)
    assert {row[0] for row in standing(path)["report"]} == {row[0] for row in before["report"]}


async def test_corrections_undone_in_any_order_leave_what_the_machine_made(path: Path, desk: Desk) -> None:
    polish, baltic, nordic, second = told(1, POLISH), told(2, BALTIC), told(3, NORDIC), told(4, POLISH)
    async with collecting(path) as collector:
        await collector.polls(polish, baltic, nordic, second)
    before = standing(path)
    made = [
        desk.corrections.add(Merge(desk.of(baltic), desk.of(polish)), LATER),
        desk.corrections.add(split_off(second, desk.of(polish)), LATER),
        desk.corrections.add(Merge(desk.of(polish), desk.of(nordic)), LATER),
        desk.corrections.add(Move(baltic.entry.key, desk.of(second)), LATER),
    ]
    assert desk.shown == {
        desk.of(nordic): {polish.entry.key, nordic.entry.key},
        desk.of(second): {second.entry.key, baltic.entry.key},
    }
    for one in (made[2], made[0], made[3], made[1]):
        desk.corrections.undo(one.id, LATER)
    assert standing(path)["report"] == before["report"]
    assert standing(path)["incident_sketch"] == before["incident_sketch"]
    assert standing(path)["incident"] == before["incident"]


async def test_what_cannot_be_corrected_is_refused_and_changes_nothing(path: Path, desk: Desk) -> None:
    polish, baltic = told(1, POLISH), told(2, BALTIC)
    async with collecting(path) as collector:
        await collector.polls(polish, baltic)
    one, other = desk.of(polish), desk.of(baltic)
    before = standing(path), list(rows(path, "correction"))
    nothing_stands: tuple[tuple[Correction, str], ...] = (
        (Merge("i" + "0" * 20, one), "no incident"),
        (Merge(one, "nonsense"), "no incident 'nonsense'"),
        (split_off(polish, one), "only story"),
        (split_off(polish, other), "is not in"),
        (Move(polish.entry.key, one), "already"),
        (Move("0" * 32, one), "no story"),
    )
    for refused, words in nothing_stands:
        with pytest.raises(CorrectionError, match=words):
            desk.corrections.add(refused, LATER)
    with pytest.raises(CorrectionError, match="no correction 7"):
        desk.corrections.undo(7, LATER)
    assert (standing(path), list(rows(path, "correction"))) == before
    merger = desk.corrections.add(Merge(one, other), LATER, "seen by  hand\n")
    assert merger.note == "seen by hand"
    decided: tuple[Correction, ...] = (Merge(one, other), Apart(other, one))
    for refused in decided:
        with pytest.raises(CorrectionError, match="one incident already"):
            desk.corrections.add(refused, LATER)
    desk.corrections.undo(merger.id, LATER)
    with pytest.raises(CorrectionError, match="taken back"):
        desk.corrections.undo(merger.id, LATER)


async def test_a_correction_between_filing_and_storing_is_obeyed_by_filing_again(
    path: Path, desk: Desk
) -> None:
    polish, baltic, late = told(1, POLISH), told(2, BALTIC), told(3, BALTIC)
    async with collecting(path) as collector:
        await collector.polls(polish, baltic)
        kept, gone = desk.of(polish), desk.of(baltic)
        grouping = collector.store._grouping
        assert grouping is not None
        assign, corrected = grouping.assign, list[Made]()

        def assign_and_correct(*arguments: object) -> object:
            filing = assign(*arguments)  # type: ignore[arg-type]  # as it was called
            if not corrected:
                corrected.append(desk.corrections.add(Merge(gone, kept), LATER))
            return filing

        grouping.assign = assign_and_correct  # type: ignore[method-assign,assignment]  # the moment that matters
        await collector.polls(late)
        assert corrected
        assert desk.of(late) == kept
        assert len(desk.board.incidents) == 1


async def test_an_event_of_another_day_alone_in_its_incident_still_merges(path: Path, desk: Desk) -> None:
    early, late = told(1, POLISH), told(2, replace(POLISH, event_date=on(1), affected=("RO",)))
    async with collecting(path) as collector:
        await collector.polls(early, late)
        desk.corrections.add(Merge(desk.of(late), desk.of(early)), LATER)
        assert desk.board.incidents[0].publishers == 2
