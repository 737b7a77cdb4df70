"""Notes and tags go where the incident goes that they were written beside, and come back."""

from pathlib import Path

from tests.corrections.conftest import BALTIC, POLISH, Desk, collecting, told
from tests.store.samples import NOON
from tui.domain.board import IncidentRow
from tui.domain.correction import Merge
from tui.domain.query import parse_query
from tui.store.database import open_writer
from tui.store.marks import StoreMarks


def of(desk: Desk, key: str) -> IncidentRow:
    return desk.incident(key).row


def keys(desk: Desk, text: str) -> list[str]:
    found = desk.source.find_incidents(parse_query(text), NOON)  # type: ignore[arg-type]  # they are queries
    return [row.key for row in found.rows]


async def test_both_notes_are_shown_in_what_was_merged_and_each_is_its_own_again_after(
    path: Path, desk: Desk
) -> None:
    polish, baltic = told(1, POLISH), told(2, BALTIC)
    async with collecting(path) as collector:
        await collector.polls(polish, baltic)
        marks = StoreMarks(open_writer(path))
        kept, gone = desk.of(polish), desk.of(baltic)
        for key, word in ((kept, "polish"), (gone, "baltic")):
            marks.set_note(key, f"the {word} one", NOON)
            marks.set_tags(key, ("both", word), NOON)

        merger = desk.corrections.add(Merge(gone, kept), NOON)
        assert of(desk, kept).note == "the polish one · the baltic one"
        assert of(desk, kept).tags == ("baltic", "both", "polish")
        assert keys(desk, "tag:baltic") == keys(desk, "note:baltic") == [kept]

        desk.corrections.undo(merger.id, NOON)
        assert (of(desk, kept).note, of(desk, kept).tags) == ("the polish one", ("both", "polish"))
        assert (of(desk, gone).note, of(desk, gone).tags) == ("the baltic one", ("baltic", "both"))
        marks.close()


async def test_what_is_written_by_the_id_of_a_merged_incident_stands_where_that_is_shown(
    path: Path, desk: Desk
) -> None:
    polish, baltic = told(1, POLISH), told(2, BALTIC)
    async with collecting(path) as collector:
        await collector.polls(polish, baltic)
        marks = StoreMarks(open_writer(path))
        kept, gone = desk.of(polish), desk.of(baltic)
        marks.set_tags(gone, ("old",), NOON)
        desk.corrections.add(Merge(gone, kept), NOON)
        marks.set_note(gone, "by the old id", NOON)
        marks.set_tags(gone, ("old", "new"), NOON)
        assert (of(desk, kept).note, of(desk, kept).tags) == ("by the old id", ("new", "old"))
        marks.set_tags(kept, ("new",), NOON)
        assert of(desk, kept).tags == ("new",)
        marks.close()
