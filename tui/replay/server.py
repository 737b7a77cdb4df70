"""A real HTTP server on loopback that serves the recorded feeds as of the simulated time."""

import gzip
import hashlib
import threading
from datetime import UTC, datetime, time, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self

from tui.domain.clock import Clock
from tui.domain.feed import Feed, FeedList, Settings
from tui.replay.clock import SimulatedClock, start_clock
from tui.replay.world import RecordedFeed, World
from tui.replay.xml import content_type, feed_xml, last_change

DEFAULT_SPEED = 1440.0
"""One simulated day a minute: what remains of the recording passes in some five minutes."""

HEAD_START = timedelta(days=5)
"""How much of the recording lies in the past when it starts, so that the board is not empty."""

POLL_SECONDS = 5.0
"""Real seconds between two polls of one feed."""

_SHORTEST_INTERVAL = timedelta(minutes=5)


class ReplayServer:
    """Serves /feed/<slug> on 127.0.0.1; use it in a `with`, which starts and stops it."""

    def __init__(
        self,
        world: World,
        start: datetime,
        speed: float = DEFAULT_SPEED,
        *,
        epoch: datetime | None = None,
        clock: Clock | None = None,
    ) -> None:
        self.world = world
        self.speed = speed
        self.epoch = epoch or _epoch(start)
        """The first midnight of the recording, in simulated time."""
        self.clock: Clock = clock or start_clock(start, speed, _end(world, self.epoch, speed))
        self._http = _Server(self)
        self._thread = threading.Thread(
            target=self._http.serve_forever, args=(0.05,), name="replay", daemon=True
        )

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join(timeout=2)

    def url(self, slug: str) -> str:
        """Where a feed is served."""
        return f"http://127.0.0.1:{self._http.server_port}/feed/{slug}"


def replay_clock(world: World, start: datetime, speed: float = DEFAULT_SPEED) -> SimulatedClock:
    """A clock that shows `start` now and stops when the recording is over, so that its last board stands."""
    return start_clock(start, speed, _end(world, _epoch(start), speed))


def _end(world: World, epoch: datetime, speed: float) -> datetime:
    """After the last change, and late enough that every feed is polled once more."""
    return epoch + world.length + 3 * _interval(speed)


def _interval(speed: float) -> timedelta:
    """A few real seconds, in simulated time."""
    return max(_SHORTEST_INTERVAL, timedelta(seconds=POLL_SECONDS * speed))


def _epoch(start: datetime) -> datetime:
    """The first midnight of a recording that is watched from `start` on."""
    return datetime.combine(start.astimezone(UTC).date(), time(), UTC) - HEAD_START


def demo_feed_list(server: ReplayServer) -> FeedList:
    """Every feed of the recording, polled every few real seconds; the interval is in simulated time."""
    every = _interval(server.speed)
    feeds = tuple(_feed(server, recorded, every) for recorded in server.world.feeds)
    return FeedList(feeds=feeds, settings=Settings(interval=every, concurrency=8), path="the recorded world")


def _feed(server: ReplayServer, recorded: RecordedFeed, every: timedelta) -> Feed:
    return Feed(
        url=server.url(recorded.slug),
        name=recorded.name,
        lang=recorded.lang,
        country=recorded.country,
        publisher=recorded.publisher,
        kind=recorded.kind,
        every=every,
        allow_private=True,
    )


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, replay: ReplayServer) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.replay = replay


class _Handler(BaseHTTPRequestHandler):
    """One connection; kept alive until it has been silent for a while."""

    protocol_version = "HTTP/1.1"
    timeout = 30
    server: _Server

    def do_GET(self) -> None:
        """Answer with the feed as it stands now, or with 304 when the client holds it."""
        replay = self.server.replay
        feed = replay.world.feed(self.path.removeprefix("/feed/"))
        if feed is None:
            self.send_error(404, "No such feed in the recording")
            return
        now = replay.clock.now()
        body = feed_xml(replay.world, feed, replay.epoch, now)
        etag = '"' + hashlib.blake2b(body, digest_size=12).hexdigest() + '"'
        changed = last_change(replay.world, feed, replay.epoch, now)
        if self._holds(etag, changed):
            self.send_response(304)
            self._validators(etag, changed)
            self.end_headers()
            return
        self.send_response(200)
        self._validators(etag, changed)
        self.send_header("Content-Type", content_type(feed))
        if "gzip" in self.headers.get("Accept-Encoding", ""):
            body = gzip.compress(body, mtime=0)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it
        """Stay silent: the terminal belongs to the dashboard."""

    def _validators(self, etag: str, changed: datetime) -> None:
        self.send_header("ETag", etag)
        self.send_header("Last-Modified", format_datetime(changed, usegmt=True))
        self.send_header("Vary", "Accept-Encoding")

    def _holds(self, etag: str, changed: datetime) -> bool:
        """Whether the client's validators match; the ETag decides when both are given (RFC 9110)."""
        given = self.headers.get("If-None-Match")
        if given is not None:
            return etag in (tag.strip().removeprefix("W/") for tag in given.split(","))
        since = self.headers.get("If-Modified-Since")
        if since is None:
            return False
        try:
            return changed <= parsedate_to_datetime(since)
        except (TypeError, ValueError):
            return False
