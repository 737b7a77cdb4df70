"""A feed that makes up incidents: it rings once, confirms nothing, and is marked as one that floods."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from tests.alerts.given import a_rule
from tests.alerts.test_the_whole_way import _closed, _parts, _rss
from tests.pipeline.fakes import RunningClock
from tests.servers.loopback import LoopbackServer
from tests.store.samples import FEED, NOON, a_round, an_entry, filed, keeper_on, kept, together
from tests.ui.fakes import feeds as some_feeds
from tui.domain.board import Board, BoardQuery, FeedCounts
from tui.domain.codes import IncidentCertainty
from tui.domain.feed import FeedRow
from tui.domain.flooding import MOST_ALONE, Alone
from tui.pipeline.collector import collect_once
from tui.store.database import open_reader
from tui.store.load import StoreBoard
from tui.ui.panes.feeds import feed_state, problem_of

MANY = 500


def seen(path: Path, clock: RunningClock) -> tuple[tuple[FeedRow, ...], FeedCounts, Board]:
    board = StoreBoard(open_reader(path))
    try:
        now = clock.now()
        return board.feeds(now), board.collector(now).feeds, board.board(BoardQuery(), now)
    finally:
        board.close()


async def test_five_hundred_made_up_incidents_of_one_feed_ring_once_confirm_nothing_and_mark_the_feed(
    tmp_path: Path,
) -> None:
    clock, path = RunningClock(), tmp_path / "o.db"
    with LoopbackServer() as server:
        server.put("/hook", status=204)
        for titles in (["A drone"], [f"Drone swarm closes airport {number}" for number in range(MANY)]):
            server.put("/feed", _rss(*titles))
            parts = _parts(server, path, a_rule(), clock)
            try:
                await collect_once(parts, everything=True)
            finally:
                await _closed(parts)
        rung = [alert for told in server.asked("/hook") for alert in json.loads(told.body)["alerts"]]
    rows, counts, board = seen(path, clock)
    assert len(rung) == 1
    assert len(board.incidents) > MANY
    assert {row.facts.certainty for row in board.incidents} == {IncidentCertainty.CLAIMED}
    assert counts.flooding == 1
    assert [row.alone for row in rows] == [Alone(MANY + 1, 0.0)]
    assert "501 incidents in 24 hours that nobody else tells of" in rows[0].alone.said


def a_day(path: Path, ago: int, number: int, *, others: bool = False) -> None:
    """On a day so long ago a feed opens so many incidents alone, or with another publisher beside it."""
    keeper = keeper_on(path)
    at = NOON - timedelta(days=ago, hours=1)
    fresh = range(ago * 1000, ago * 1000 + number)
    reads = [kept(an_entry(entry, published=at)) for entry in fresh]
    keeper.save_round(
        a_round(*reads, filing=together(*(filed(read, read.entry.key) for read in reads)), at=at)
    )
    if others:
        told = [kept(an_entry(entry + 500, published=at, publisher="Other")) for entry in fresh]
        joined = together(*(filed(two, one.entry.key) for one, two in zip(reads, told, strict=True)))
        keeper.save_round(a_round(*told, filing=joined, at=at))
    keeper.close()


def flooding(path: Path) -> dict[str, Alone]:
    board = StoreBoard(open_reader(path))
    try:
        return {row.feed.url: row.alone for row in board.feeds(NOON) if row.alone.floods}
    finally:
        board.close()


def test_many_for_a_feed_that_always_tells_many_are_no_flood(tmp_path: Path) -> None:
    path = tmp_path / "home" / "o.db"
    for ago in range(1, 31):
        a_day(path, ago, 5)
    a_day(path, 0, 49)
    assert flooding(path) == {}
    keeper = keeper_on(path)
    reads = [kept(an_entry(entry)) for entry in range(900, 903)]
    keeper.save_round(a_round(*reads, filing=together(*(filed(read, read.entry.key) for read in reads))))
    keeper.close()
    assert list(flooding(path)) == [FEED]


def test_what_others_tell_too_is_no_flood_nor_is_an_old_backlog_or_a_handful(tmp_path: Path) -> None:
    path = tmp_path / "home" / "o.db"
    a_day(path, 0, MOST_ALONE)
    a_day(path, 3, 300)
    assert flooding(path) == {}
    other = tmp_path / "home" / "p.db"
    a_day(other, 0, 100, others=True)
    assert flooding(other) == {}


def test_a_feed_that_floods_says_so_with_the_rule_in_the_table_of_feeds() -> None:
    row = replace(some_feeds()[0], alone=Alone(120, 2.0))
    assert feed_state(row, NOON) == "floods"
    assert "120 incidents in 24 hours that nobody else tells of, 2.0 a day is usual" in problem_of(row)
    assert "ring once" in problem_of(row)
