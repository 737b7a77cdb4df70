"""The recorded feeds are served over a real socket, as they stood at the simulated time."""

import gzip
import http.client
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

import feedparser
import pytest

from tui.replay.clock import SimulatedClock, clock_written_as
from tui.replay.server import HEAD_START, ReplayServer, demo_feed_list, replay_clock
from tui.replay.world import World, load_world

START = datetime(2026, 3, 6, 7, 30, tzinfo=UTC)
EPOCH = datetime(2026, 3, 1, tzinfo=UTC)


@dataclass
class HandClock:
    """A clock that the test turns."""

    at: datetime

    def now(self) -> datetime:
        return self.at

    def monotonic(self) -> float:
        return 0.0


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


@pytest.fixture(scope="module")
def world() -> World:
    text = (Path(__file__).parents[2] / "seeds" / "demo" / "world.jsonl").read_text(encoding="utf-8")
    return load_world(text)


@pytest.fixture
def clock() -> HandClock:
    return HandClock(START)


@pytest.fixture
def server(world: World, clock: HandClock) -> Iterator[ReplayServer]:
    with ReplayServer(world, START, clock=clock) as running:
        yield running


def test_the_recording_starts_part_way_with_incidents_in_its_past(server: ReplayServer) -> None:
    assert server.epoch == EPOCH == datetime(2026, 3, 6, tzinfo=UTC) - HEAD_START
    past = {entry.incident for entry in server.world.entries if server.epoch + entry.at <= START}
    future = {entry.incident for entry in server.world.entries if server.epoch + entry.at > START}
    assert len(past - {None}) >= 10
    assert len(future - {None}) >= 15


def test_a_feed_holds_what_was_published_before_and_nothing_of_the_future(
    server: ReplayServer, clock: HandClock
) -> None:
    before = _entries(_get(server, "baltic-wire"))
    clock.at += timedelta(days=3)
    after = _entries(_get(server, "baltic-wire"))
    assert before
    assert len(after) > len(before)
    assert max(entry.published_parsed for entry in before) <= START.utctimetuple()


def test_nothing_new_is_a_304_by_etag_and_by_date(server: ReplayServer) -> None:
    first = _get(server, "kurier-buzanski")
    by_tag = _get(server, "kurier-buzanski", {"If-None-Match": first.headers["ETag"]})
    by_date = _get(server, "kurier-buzanski", {"If-Modified-Since": first.headers["Last-Modified"]})
    assert (first.status, by_tag.status, by_date.status) == (200, 304, 304)
    assert by_tag.body == b""
    assert by_tag.headers["ETag"] == first.headers["ETag"]


def test_a_new_entry_ends_the_304s(server: ReplayServer, clock: HandClock) -> None:
    first = _get(server, "kurier-buzanski")
    clock.at += timedelta(days=4)
    again = _get(
        server,
        "kurier-buzanski",
        {"If-None-Match": first.headers["ETag"], "If-Modified-Since": first.headers["Last-Modified"]},
    )
    assert again.status == 200
    assert again.headers["ETag"] != first.headers["ETag"]


def test_the_etag_decides_when_both_validators_are_sent(server: ReplayServer) -> None:
    first = _get(server, "elbwarte")
    answer = _get(
        server, "elbwarte", {"If-None-Match": '"other"', "If-Modified-Since": first.headers["Last-Modified"]}
    )
    assert answer.status == 200


def test_an_unreadable_date_is_answered_with_the_feed(server: ReplayServer) -> None:
    assert _get(server, "elbwarte", {"If-Modified-Since": "yesterday"}).status == 200


def test_gzip_is_sent_only_when_asked_for(server: ReplayServer) -> None:
    plain = _get(server, "hokushin")
    packed = _get(server, "hokushin", {"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body
    assert len(packed.body) < len(plain.body)


def test_a_correction_replaces_the_headline_later(server: ReplayServer, clock: HandClock) -> None:
    edited = next(entry for entry in server.world.entries if entry.edits)
    clock.at = server.epoch + edited.at + timedelta(minutes=1)
    before = {entry.link: entry.title for entry in _entries(_get(server, edited.feed))}
    clock.at = server.epoch + edited.edits[0].at
    after = {entry.link: entry.title for entry in _entries(_get(server, edited.feed))}
    link = next(link for link, title in before.items() if title == edited.title)
    assert after[link] == edited.edits[0].title != edited.title


@pytest.mark.parametrize(
    "slug", ["nankai-asa", "liedao-chao", "dongnyeok", "podilska-khvylia", "proini-pnoi"]
)
def test_old_encodings_are_sent_as_such_and_come_back_whole(
    server: ReplayServer, world: World, slug: str
) -> None:
    feed = world.feed(slug)
    assert feed is not None
    answer = _get(server, slug)
    assert f"charset={feed.encoding}" in answer.headers["Content-Type"]
    titles = {entry.title for entry in world.entries if entry.feed == slug}
    assert titles >= {entry.title for entry in _entries(answer)} != set()
    with pytest.raises(UnicodeDecodeError):
        answer.body.decode("utf-8")


def test_an_unknown_feed_is_a_404(server: ReplayServer) -> None:
    assert _get(server, "no-such-feed").status == 404


def test_the_feed_list_points_at_the_server_and_polls_every_few_real_seconds(server: ReplayServer) -> None:
    feed_list = demo_feed_list(server)
    assert len(feed_list.feeds) == len(server.world.feeds)
    for feed in feed_list.feeds:
        assert feed.allow_private
        assert feed.url.startswith("http://127.0.0.1:")
        assert feed.every is not None
        assert feed.every >= timedelta(minutes=5)
        assert 2 <= feed.every.total_seconds() / server.speed <= 10


def test_simulated_time_runs_at_the_chosen_speed_and_stops_at_the_end() -> None:
    ticks = [100.0]
    clock = SimulatedClock(START, 60.0, 100.0, START + timedelta(hours=1), ticking=lambda: ticks[0])
    assert clock.now() == START
    ticks[0] = 130.0
    assert clock.now() == START + timedelta(minutes=30)
    assert clock.monotonic() == 130.0
    ticks[0] = 500.0
    assert clock.now() == START + timedelta(hours=1)


def test_a_clock_written_down_shows_the_same_time_in_another_process() -> None:
    clock = SimulatedClock(START, 1440.0, time.monotonic() - 5, START + timedelta(days=5))
    copy = clock_written_as(clock.written())
    assert copy == clock
    endless = SimulatedClock(START, 2.0, 1.0)
    assert clock_written_as(endless.written()) == endless


def test_the_clock_of_a_replay_stops_when_every_feed_was_polled_after_the_last_change(world: World) -> None:
    with ReplayServer(world, START) as running:
        every = demo_feed_list(running).settings.interval
    clock = replay_clock(world, START)
    assert clock.end is not None
    assert EPOCH + world.length + 2 * every <= clock.end <= EPOCH + world.length + 4 * every
    assert clock.start == START


def test_without_a_clock_given_the_server_runs_from_the_start_on(world: World) -> None:
    with ReplayServer(world, START, speed=86_400.0) as running:
        assert running.clock.now() >= START
        assert _get(running, "baltic-wire").status == 200


def _get(server: ReplayServer, slug: str, headers: dict[str, str] | None = None) -> Answer:
    address = urlsplit(server.url(slug))
    connection = http.client.HTTPConnection(str(address.hostname), address.port or 0, timeout=5)
    try:
        connection.request("GET", address.path, headers=headers or {})
        response = connection.getresponse()
        return Answer(response.status, dict(response.getheaders()), response.read())
    finally:
        connection.close()


def _entries(answer: Answer) -> list[feedparser.FeedParserDict]:
    entries: list[feedparser.FeedParserDict] = feedparser.parse(
        BytesIO(answer.body), response_headers={"content-type": answer.headers["Content-Type"]}
    ).entries
    return entries
