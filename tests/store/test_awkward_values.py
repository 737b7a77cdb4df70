"""Text, numbers and dates that a stranger may send are stored, and none breaks a save."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from tests.store.samples import (
    NOON,
    a_report,
    a_round,
    an_entry,
    conclude_simply,
    filed,
    kept,
    line_simply,
)
from tui.domain.board import BoardQuery
from tui.domain.codes import Origin
from tui.domain.entry import text_hash
from tui.domain.incident import FiledReport, IncidentFacts, TimelineEntry
from tui.store.database import open_writer
from tui.store.load import StoreBoard
from tui.store.save import StoreKeeper
from tui.store.values import stamp_of

DAY = BoardQuery()


@pytest.mark.parametrize(
    "nasty", ["\ud800", "a\x00b", "\U0010ffff", "'; DROP TABLE entry; --", "\u202e", "x" * 100_000]
)
def test_awkward_text_is_stored_and_read_back(keeper: StoreKeeper, board: StoreBoard, nasty: str) -> None:
    entry = an_entry(1, title=nasty, summary=nasty, identity=nasty, published_raw=nasty, publisher=nasty)
    read = kept(entry, a_report(affected=(nasty,), count=2**70))
    keeper.save_round(a_round(read, filing=filed(read, nasty)))

    story = board.story(entry.key)
    assert story is not None
    assert "\x00" not in story.row.title
    assert story.row.title.encode()
    assert len(board.board(DAY, NOON).incidents) == 1


def test_a_score_that_is_no_number_is_stored_as_nothing(keeper: StoreKeeper, board: StoreBoard) -> None:
    read = kept(an_entry(1))
    odd = replace(read.reading.verdict, score=float("nan"), threshold=float("inf"))
    keeper.save_round(a_round(replace(read, reading=replace(read.reading, verdict=odd))))

    story = board.story(read.entry.key)
    assert story is not None
    assert (story.row.score, story.reading.verdict.threshold) == (0.0, 0.0)


def test_a_date_at_the_edge_of_time_is_stored(keeper: StoreKeeper, board: StoreBoard) -> None:
    edge = NOON.replace(year=9999, month=12, day=31)
    read = kept(an_entry(1, published=edge))
    keeper.save_round(a_round(read, filing=filed(read, "night-1")))

    story = board.story(read.entry.key)
    assert story is not None
    assert story.row.published == edge
    assert text_hash(story.row.title, story.summary, story.row.url) == read.entry.hash


@pytest.mark.parametrize("year", [1970, 2027, 9999])
def test_a_date_that_cannot_be_is_kept_but_orders_nothing(path: Path, year: int) -> None:
    given: list[FiledReport] = []

    def conclude(reports: Sequence[FiledReport]) -> tuple[IncidentFacts, tuple[TimelineEntry, ...]]:
        given.extend(reports)
        return conclude_simply(reports)

    keeper = StoreKeeper(
        open_writer(path), conclude=conclude, line=line_simply, origin=Origin.NEWS, reader_version="test"
    )
    told = NOON.replace(year=year)
    read = kept(an_entry(1, published=told))
    keeper.save_round(a_round(read, filing=filed(read, "night-1")))

    row = keeper.writer.connection.execute("SELECT published, effective, first_seen FROM story").fetchone()
    assert row == (stamp_of(told), stamp_of(NOON), stamp_of(NOON))
    assert [(filed_report.published, filed_report.first_seen) for filed_report in given] == [(None, NOON)]
    keeper.close()
