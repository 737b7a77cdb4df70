"""The queries that the interface waits for read indexes, never whole tables of what grows for ever."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.store.samples import NOON, a_story_round, an_entry, found
from tui.domain.board import BoardQuery
from tui.pipeline.keeping import PollRequest
from tui.store.load import StoreBoard
from tui.store.marks import StoreMarks
from tui.store.save import StoreKeeper
from tui.store.sqlite import sqlite3

GROWING = ("story", "entry", "report", "timeline", "story_version", "dropped_text", "incident_sketch")
"""Tables that a year fills; `incident` may be walked along an index of the rows that are shown."""


def statements_of(connection: sqlite3.Connection, action: Callable[[], object]) -> list[str]:
    """Every statement SQLite runs meanwhile, its parameters filled in."""
    found: list[str] = []
    connection.set_trace_callback(found.append)
    action()
    connection.set_trace_callback(None)
    return [
        text for text in found if text.lstrip().split()[0] in {"SELECT", "UPDATE", "DELETE", "INSERT", "WITH"}
    ]


def scans_of(connection: sqlite3.Connection, statements: list[str]) -> list[str]:
    """Steps of their plans that read a whole table."""
    steps = [row[3] for text in statements for row in connection.execute(f"EXPLAIN QUERY PLAN {text}")]
    return [step for step in steps if step.startswith("SCAN")]


def is_long(step: str) -> bool:
    return step.split()[1] in GROWING or step == "SCAN incident"


@pytest.mark.parametrize(
    "query",
    [
        BoardQuery(),
        BoardQuery(window=None),
        BoardQuery(country="PL"),
        BoardQuery(window=timedelta(days=30), limit=5),
    ],
    ids=["day", "ever", "country", "month"],
)
def test_a_board_reads_no_whole_table(keeper: StoreKeeper, board: StoreBoard, query: BoardQuery) -> None:
    keeper.save_round(a_story_round(1, "a"))
    connection = board.reader.connection
    statements = statements_of(connection, lambda: board.board(query, NOON))

    assert len(statements) >= 8
    assert not [step for step in scans_of(connection, statements) if is_long(step)]


def test_no_detail_reads_a_whole_table(keeper: StoreKeeper, board: StoreBoard) -> None:
    keeper.save_round(a_story_round(1, "a"))
    connection = board.reader.connection
    for action in (
        lambda: board.incident("a"),
        lambda: board.story(an_entry(1).key),
        lambda: found(board, "drones"),
        lambda: board.feeds(NOON),
        lambda: board.collector(NOON),
        board.stamp,
    ):
        statements = statements_of(connection, action)
        # The virtual table of the search index says SCAN for a lookup by MATCH.
        scans = [step for step in scans_of(connection, statements) if "VIRTUAL TABLE INDEX" not in step]
        assert not [step for step in scans if is_long(step)]


def test_no_write_reads_a_whole_table(keeper: StoreKeeper, marks: StoreMarks) -> None:
    keeper.save_round(a_story_round(1, "a"))
    connection = keeper.writer.connection
    for action in (
        lambda: keeper.save_round(a_story_round(2, "a", NOON + timedelta(hours=1))),
        lambda: keeper.known_hashes([an_entry(1).key]),
        lambda: keeper.filings([an_entry(1).key]),
        lambda: keeper.sketches(10),
        lambda: keeper.names_under([1, 2], [3], 10),
        lambda: keeper.sketches_of(["a", "b"]),
        keeper.take_requests,
        lambda: keeper.prune(NOON, timedelta(days=30)),
    ):
        assert not [step for step in scans_of(connection, statements_of(connection, action)) if is_long(step)]
    connection = marks.writer.connection
    for mark in (
        lambda: marks.mark_seen(["a"], NOON),
        lambda: marks.mark_unseen(["a"]),
        lambda: marks.set_watched("a", watched=True, at=NOON),
        lambda: marks.request(PollRequest("due"), NOON),
    ):
        assert not [step for step in scans_of(connection, statements_of(connection, mark)) if is_long(step)]


def test_the_check_finds_a_scan_where_there_is_one(keeper: StoreKeeper) -> None:
    connection = keeper.writer.connection
    found = scans_of(connection, ["SELECT * FROM story WHERE summary = 'x'"])
    assert [is_long(step) for step in found] == [True]
