"""Text, numbers and dates that a stranger may send are stored, and none breaks a save."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis.strategies import characters, datetimes, text, timezones

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
from tui.domain.incident import Conclusion, FiledReport
from tui.store.database import open_writer
from tui.store.load import StoreBoard
from tui.store.save import StoreKeeper
from tui.store.values import from_json, moment_of, plain, stamp_of, to_json

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

    def conclude(reports: Sequence[FiledReport]) -> Conclusion:
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


@settings(deadline=None)
@given(text(alphabet=characters(codec="utf-8")))
def test_text_without_a_nul_or_a_lone_surrogate_is_kept_as_it_is(told: str) -> None:
    assert plain(told) == told.replace("\x00", "\ufffd")


@settings(deadline=None)
@given(text(alphabet=characters(categories=("Cs", "L", "Cc"))))
def test_any_text_becomes_text_that_can_be_stored(told: str) -> None:
    stored = plain(told)
    assert stored.encode().decode() == stored
    assert "\x00" not in stored
    assert plain(stored) == stored
    assert len(from_json(to_json((told,)), tuple[str, ...])[0].encode()) >= len(told)


@settings(deadline=None)
@given(datetimes(timezones=timezones(), min_value=datetime(1900, 1, 1), max_value=datetime(2200, 1, 1)))  # noqa: DTZ001 - Hypothesis adds the zone
def test_a_moment_comes_back_to_the_microsecond(moment: datetime) -> None:
    assert moment_of(stamp_of(moment)) == moment.astimezone(UTC)


@settings(deadline=None)
@given(datetimes(timezones=timezones()))
def test_no_moment_is_too_early_or_too_late(moment: datetime) -> None:
    assert moment_of(stamp_of(moment)).tzinfo == UTC
