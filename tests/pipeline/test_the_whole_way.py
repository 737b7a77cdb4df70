"""From a server on loopback to a file and back to the board, with the real parts throughout."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.pipeline.fakes import NOON, RunningClock
from tests.servers.loopback import LoopbackServer, Reply
from tui.domain.board import BoardQuery, CollectorStatus
from tui.domain.codes import Origin
from tui.domain.feed import Feed, FeedKind, FeedList, FeedStatus, PagePlan, Settings
from tui.domain.query import parse_query
from tui.domain.query_leaf import QueryProblem
from tui.feeds.fetch import HttpFetcher
from tui.pipeline.collector import Collected, Equipment, collect_for_ever, collect_once, this_process
from tui.pipeline.keeping import PollRequest
from tui.pipeline.parse_child import ChildLimits, ParseChild
from tui.pipeline.rhythm import Rhythm
from tui.reading.conclude import conclude
from tui.reading.grouping import Grouper
from tui.reading.line import incident_line
from tui.store.database import open_reader, open_writer
from tui.store.load import StoreBoard
from tui.store.marks import StoreMarks
from tui.store.save import StoreKeeper

RHYTHM = Rhythm(
    hand_pause=timedelta(0),
    spacing=timedelta(0),
    tick=timedelta(milliseconds=20),
    idle_beat=timedelta(milliseconds=100),
    resume_gap=None,
)


def _rss(*items: tuple[str, str]) -> bytes:
    told = "".join(
        f'<item><guid isPermaLink="false">{guid}</guid><title>{title}</title></item>' for guid, title in items
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>t</title>{told}</channel></rss>'.encode()


@asynccontextmanager
async def _equipment(
    path: Path, feeds: list[Feed], clock: RunningClock, parser: ParseChild | None = None
) -> AsyncIterator[Equipment]:
    settings = Settings(deadline=timedelta(seconds=5))

    def open_keeper() -> StoreKeeper:
        return StoreKeeper(
            open_writer(path),
            conclude=conclude,
            line=incident_line,
            origin=Origin.NEWS,
            reader_version="test",
        )

    fetcher, parser = HttpFetcher(settings, clock), parser or ParseChild("tests.pipeline.reader:read_story")
    await parser.start()
    try:
        yield Equipment(
            feeds=FeedList(tuple(feeds), settings, "feeds.toml"),
            fetcher=fetcher,
            parser=parser,
            open_keeper=open_keeper,
            make_grouping=Grouper,
            clock=clock,
            holder=this_process(),
            rhythm=RHYTHM,
            chance=lambda: 0.0,
        )
    finally:
        await fetcher.aclose()
        await parser.aclose()


async def _once(
    path: Path, feeds: list[Feed], clock: RunningClock, parser: ParseChild | None = None
) -> Collected:
    async with _equipment(path, feeds, clock, parser) as equipment:
        return await collect_once(equipment, everything=True)


def _feeds(server: LoopbackServer, *paths: str) -> list[Feed]:
    return [
        Feed(server.url(path), path, publisher=f"Press {path}", country="PL", allow_private=True)
        for path in paths
    ]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "home" / "overflight.db"


async def test_a_story_travels_from_the_feed_to_the_board(server: LoopbackServer, path: Path) -> None:
    server.put("/a", _rss(("1", "Drone over Lublin"), ("2", "Cat on a tree")), etag='"1"', packed=True)
    collected = await _once(path, _feeds(server, "/a"), RunningClock())
    assert (collected.summary.new, collected.summary.kept) == (2, 1)
    board = StoreBoard(open_reader(path))
    try:
        (row,) = board.board(BoardQuery(window=None), NOON).incidents
        assert row.facts.affected == ("PL",)
        detail = board.incident(row.key)
        assert detail is not None
        assert [story.title for story in detail.stories] == ["Drone over Lublin"]
        (feed,) = board.feeds(NOON)
        assert (feed.state.status, feed.entries, feed.kept) == (FeedStatus.OK, 2, 1)
    finally:
        board.close()


async def test_fetched_again_after_a_restart_nothing_is_added_and_validators_are_remembered(
    server: LoopbackServer, path: Path
) -> None:
    server.put("/a", _rss(("1", "Drone over Lublin")), etag='"1"')
    server.put("/b", _rss(("1", "Drone over Lublin")))
    feeds = _feeds(server, "/a", "/b")
    clock = RunningClock()
    first = await _once(path, feeds, clock)
    again = await _once(path, feeds, clock)
    server.put("/b", _rss(("1", "Drone over Lublin"), ("2", "A second drone")))
    third = await _once(path, feeds, clock)
    assert [one.summary.new for one in (first, again, third)] == [2, 0, 1]
    assert [one.summary.unchanged for one in (first, again, third)] == [0, 2, 1]
    assert server.asked("/a")[-1].header("if-none-match") == '"1"'


async def test_a_guid_that_a_second_item_comes_to_share_makes_no_story_twice(
    server: LoopbackServer, path: Path
) -> None:
    first, second = ("1", "Drone over Lublin"), ("1", "Cat on a tree")
    found = []
    for items in ((first,), (second, first), (second,), (first, second), (first,)):
        server.put("/a", _rss(*items))
        found.append(await _once(path, _feeds(server, "/a"), RunningClock()))
    assert [one.summary.new for one in found] == [1, 1, 0, 0, 0]
    assert [one.summary.revised for one in found] == [0, 0, 0, 0, 0]


def _linked(*items: tuple[str, str, str, str], told: str = "Seen at dusk") -> bytes:
    """Items of guid, link, title and date; no date when it is empty."""
    written = "".join(
        f"<item><guid isPermaLink='false'>{guid}</guid><link>{link}</link><title>{title}</title>"
        f"<description>{told}</description>{f'<pubDate>{date}</pubDate>' if date else ''}</item>"
        for guid, link, title, date in items
    )
    return f"<rss version='2.0'><channel><title>t</title>{written}</channel></rss>".encode()


_MORNING, _EVENING = "Mon, 04 May 2026 06:00:00 GMT", "Mon, 04 May 2026 18:00:00 GMT"


@pytest.mark.parametrize("date", [_MORNING, ""])
async def test_a_feed_that_names_its_items_anew_at_every_poll_lists_no_story_twice(
    server: LoopbackServer, path: Path, date: str
) -> None:
    found = []
    for poll, told in enumerate(("Seen at dusk", "Seen at dusk", "Seen at dawn", "Seen at dawn")):
        items = (
            (f"d{poll}", "https://a.example/drone", "Drone over Lublin", date),
            (f"c{poll}", "https://a.example/cat", "Cat on a tree", date),
        )
        server.put("/a", _linked(*items, told=told))
        found.append(await _once(path, _feeds(server, "/a"), RunningClock()))
    assert [one.summary.new for one in found] == [2, 0, 0, 0]
    assert [one.summary.revised for one in found] == [0, 0, 2, 0]
    board = StoreBoard(open_reader(path))
    try:
        (row,) = board.board(BoardQuery(window=None), NOON).incidents
        assert row.stories == 1
    finally:
        board.close()


async def test_alerts_of_one_headline_that_lead_to_one_page_are_each_a_story(
    server: LoopbackServer, path: Path
) -> None:
    def alert(guid: str, date: str) -> tuple[str, str, str, str]:
        return (guid, "https://a.example/map", "Drone alert for Lublin", date)

    found = []
    for items in (
        (alert("1", _MORNING),),
        (alert("2", _EVENING),),  # the first has left the feed
        (alert("4", ""), alert("3", "")),
        (alert("5", ""), alert("4", "")),  # what is still named as before is another one
    ):
        server.put("/a", _linked(*items))
        found.append(await _once(path, _feeds(server, "/a"), RunningClock()))
    assert [one.summary.new for one in found] == [1, 1, 2, 1]
    assert [one.summary.revised for one in found] == [0, 0, 0, 0]


async def test_a_feed_that_takes_the_guid_of_another_feeds_story_changes_nothing_there(
    server: LoopbackServer, path: Path
) -> None:
    server.put("/a", _rss(("1", "Drone over Lublin")))
    server.put("/b", _rss(("1", "All clear, there was no drone")))
    found = await _once(path, _feeds(server, "/a", "/b"), RunningClock())
    assert (found.summary.new, found.summary.revised) == (2, 0)
    board = StoreBoard(open_reader(path))
    try:
        query = parse_query("drone")
        assert not isinstance(query, QueryProblem)
        hits = [hit.story for hit in board.find_stories(query, NOON).rows]
        assert {(story.title, story.versions) for story in hits} >= {("Drone over Lublin", 1)}
    finally:
        board.close()


async def test_three_hundred_long_relevant_stories_of_one_feed_are_all_stored(
    server: LoopbackServer, path: Path
) -> None:
    told = "Russian drones violated Polish airspace near Rzeszow on Tuesday night and were shot down. " * 40
    items = "".join(
        f"<item><guid>g{number}</guid><title>Russian drones over Poland, {number}</title>"
        f"<description>{told}</description></item>"
        for number in range(300)
    )
    server.put("/a", f'<rss version="2.0"><channel><title>t</title>{items}</channel></rss>'.encode())
    feeds = _feeds(server, "/a")
    collected = await _once(path, feeds, RunningClock(), ParseChild())
    assert (collected.summary.new, collected.summary.kept, collected.summary.failed) == (300, 300, 0)
    board = StoreBoard(open_reader(path))
    try:
        (feed,) = board.feeds(NOON)
        assert (feed.state.status, feed.entries, feed.kept) == (FeedStatus.OK, 300, 300)
    finally:
        board.close()


async def test_an_entry_that_hangs_the_reader_leaves_a_row_and_takes_no_other_with_it(
    server: LoopbackServer, path: Path
) -> None:
    server.put("/a", _rss(("1", "Drone over Lublin"), ("2", "sleep"), ("3", "A second drone")))
    parser = ParseChild("tests.parse.child_readers:obeying", ChildLimits(entry_wall=1.0))
    collected = await _once(path, _feeds(server, "/a"), RunningClock(), parser)
    assert (collected.summary.new, collected.summary.kept, collected.summary.failed) == (3, 2, 0)


async def test_an_edit_keeps_the_old_wording(server: LoopbackServer, path: Path) -> None:
    clock = RunningClock()
    for title in ("Drone seen", "Drone shot down"):
        server.put("/a", _rss(("1", title)))
        await _once(path, _feeds(server, "/a"), clock)
    board = StoreBoard(open_reader(path))
    try:
        (row,) = board.board(BoardQuery(window=None), NOON).incidents
        detail = board.incident(row.key)
        assert detail is not None
        story = board.story(detail.stories[0].key)
        assert story is not None
        assert story.row.title == "Drone shot down"
        assert [version.title for version in story.versions] == ["Drone seen"]
    finally:
        board.close()


async def test_the_nasty_and_the_broken_are_states_while_the_good_are_stored(
    server: LoopbackServer, path: Path
) -> None:
    server.put("/good", _rss(("1", "Drone")))
    server.put("/page", b"<!doctype html><html><body>Log in</body></html>")
    server.put("/gone", status=410)
    server.put("/cut", _rss(("1", "Drone over Chelm"), ("2", "Another"))[:-40])
    server.put("/path", b"/etc/hostname")
    paths = ["/page", "/gone", "/cut", "/path", "/missing", "/good"]
    await _once(path, _feeds(server, *paths), RunningClock())
    board = StoreBoard(open_reader(path))
    try:
        rows = {row.feed.name: row.state for row in board.feeds(NOON)}
    finally:
        board.close()
    assert {name: state.status.value for name, state in rows.items()} == {
        "/page": "failing",
        "/gone": "gone",
        "/cut": "damaged",
        "/path": "failing",
        "/missing": "failing",
        "/good": "ok",
    }
    assert all(state.problem for name, state in rows.items() if name != "/good")


async def test_other_bytes_under_an_old_etag_are_read(server: LoopbackServer, path: Path) -> None:
    # A server that answers whole whatever it is asked, and forgets to change its ETag.
    server.put_all(
        "/a",
        [
            Reply(_rss(("1", "Drone")), headers={"ETag": '"1"'}),
            Reply(_rss(("1", "Drone"), ("2", "Drone again")), headers={"ETag": '"1"'}),
        ],
    )
    clock = RunningClock()
    rounds = [(await _once(path, _feeds(server, "/a"), clock)).summary for _ in range(3)]
    assert [one.new for one in rounds] == [1, 1, 0]
    assert rounds[2].unchanged == 1


async def test_a_relative_link_is_relative_to_the_content_location(
    server: LoopbackServer, path: Path
) -> None:
    item = "<item><guid isPermaLink='false'>1</guid><title>Drone</title><link>story/1</link></item>"
    body = f'<rss version="2.0"><channel><title>t</title>{item}</channel></rss>'.encode()
    server.put("/a", body, headers={"Content-Location": "/elsewhere/rss.xml"})
    await _once(path, _feeds(server, "/a"), RunningClock())
    board = StoreBoard(open_reader(path))
    try:
        [incident] = board.board(BoardQuery(), NOON).incidents
        detail = board.incident(incident.key)
        assert detail is not None
        assert [story.url for story in detail.stories] == [server.url("/elsewhere/story/1")]
    finally:
        board.close()


async def test_a_story_found_by_a_search_too_is_one_source_of_one_incident(
    server: LoopbackServer, path: Path
) -> None:
    title = "Drone seen over the border of Poland"
    server.put("/direct", _rss(("1", title)))
    found = (
        f"<item><guid>g</guid><title>{title} - Press Direct</title><link>https://search.example/r/1</link>"
        "<source url='https://direct.example'>Press Direct</source></item>"
    )
    server.put("/search", f'<rss version="2.0"><channel><title>t</title>{found}</channel></rss>'.encode())
    direct, search = (
        replace(feed, publisher=publisher, kind=kind)
        for feed, publisher, kind in zip(
            _feeds(server, "/direct", "/search"),
            ("Press Direct", "Search"),
            (FeedKind.NATIONAL, FeedKind.SEARCH),
            strict=True,
        )
    )
    clock = RunningClock()
    await _once(path, [direct, search], clock)
    board = StoreBoard(open_reader(path))
    try:
        [incident] = board.board(BoardQuery(), clock.now()).incidents
        assert (incident.stories, incident.publishers) == (2, 1)
        detail = board.incident(incident.key)
        assert detail is not None
        assert {story.url for story in detail.stories} >= {"https://search.example/r/1"}
    finally:
        board.close()


async def test_a_page_without_a_feed_goes_the_same_way_and_is_not_read_twice(
    server: LoopbackServer, path: Path
) -> None:
    def page(*tallies: tuple[str, str]) -> bytes:
        rows = "".join(f"<li><b>{day}</b> <a href='/{day}'>{words}</a></li>" for day, words in tallies)
        return f"<!doctype html><title>t</title><ul>{rows}</ul>".encode()

    first = ("2026-02-28", "Drone tally: 4")
    server.put_all(
        "/list",
        [
            Reply(page(first), etag='"1"', headers={"Content-Type": "text/html"}),
            Reply(page(("2026-03-01", "Drone tally: 5"), ("2026-02-28", "Drone tally: 6")), etag='"2"'),
            Reply(b"<!doctype html><p>We have a new site!</p>"),
        ],
    )
    plan = PagePlan("li", date="b")
    feeds = [replace(feed, kind=FeedKind.PAGE, page=plan) for feed in _feeds(server, "/list")]
    clock = RunningClock()
    summaries = [(await _once(path, feeds, clock)).summary for _ in range(3)]
    assert [(one.new, one.revised, one.failed) for one in summaries] == [(1, 0, 0), (1, 1, 0), (0, 0, 1)]
    assert (server.asked("/list")[0].header("accept") or "").startswith("text/html")
    assert server.asked("/list")[1].header("if-none-match") == '"1"'
    board = StoreBoard(open_reader(path))
    try:
        [row] = board.feeds(clock.now())
    finally:
        board.close()
    assert row.state.status is FeedStatus.FAILING
    assert "the selector 'li' finds nothing" in (row.state.problem or "")
    assert row.feed.page == plan


async def test_a_running_collector_is_seen_and_obeys_through_the_file(
    server: LoopbackServer, path: Path
) -> None:
    server.put_all("/a", [Reply(_rss(("1", "Drone"))), Reply(_rss(("1", "Drone"), ("2", "Drone again")))])
    feeds, stop = _feeds(server, "/a"), asyncio.Event()
    clock = RunningClock()
    open_writer(path).close()  # the file is there before anyone looks into it
    async with _equipment(path, feeds, clock) as equipment:
        running = asyncio.create_task(collect_for_ever(equipment, stop))
        try:
            board, marks = StoreBoard(open_reader(path)), StoreMarks(open_writer(path))
            try:
                await _until(lambda: _status(board, clock).state == "idle")
                before = board.stamp()
                marks.request(PollRequest("feed", feeds[0].url), clock.now())
                await _until(lambda: board.stamp().generation > before.generation)
                status = _status(board, clock)
                assert status.pid == equipment.holder.pid
                assert status.heartbeat is not None
                marks.request(PollRequest("pause"), clock.now())
                await _until(lambda: _status(board, clock).state == "paused")
            finally:
                stop.set()
                await asyncio.wait_for(running, 5)
            assert _status(board, clock).state == "none"
        finally:
            board.close()
            marks.close()


def _status(board: StoreBoard, clock: RunningClock) -> CollectorStatus:
    return board.collector(clock.now())


async def _until(condition: Callable[[], Any]) -> None:
    async with asyncio.timeout(20):
        while not condition():  # noqa: ASYNC110 - what is waited for is in a file
            await asyncio.sleep(0.02)
