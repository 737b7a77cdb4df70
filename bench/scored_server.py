"""A server that watches how it is asked: ten feeds, each with a habit of its own, and everything they were sent."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import partial
from types import TracebackType
from typing import Self

Now = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Heard:
    """One request, and what it was answered."""

    at: datetime
    path: str
    headers: dict[str, str]
    """By name in small letters."""
    status: int
    etag: str | None
    """As the answer gave it."""
    modified: str | None
    changed: bool
    """The feed had something that its last 200 had not."""

    @property
    def conditional(self) -> bool:
        """Whether it named what the client holds."""
        return "if-none-match" in self.headers or "if-modified-since" in self.headers


@dataclass
class Habit:
    """One feed on an origin of its own."""

    name: str
    answer: Callable[["Habit", str, dict[str, str], datetime], tuple[int, dict[str, str], bytes]]
    every: timedelta = timedelta(hours=6)
    """How often it brings an item."""
    start: datetime = datetime(2026, 3, 2, tzinfo=UTC)
    heard: list[Heard] = field(default_factory=list)
    port: int = 0

    @property
    def url(self) -> str:
        """Where it is asked for at first."""
        return f"http://127.0.0.1:{self.port}/feed"

    def edition(self, now: datetime) -> int:
        """How many items it has had."""
        return 20 + (now - self.start) // self.every

    def body(self, now: datetime, head: str = "") -> bytes:
        """The feed as it stands."""
        last = self.edition(now)
        items = "".join(
            f"<item><title>Item {number}</title><link>https://news.example/{number}</link><guid>{number}</guid>"
            f"<pubDate>{format_datetime(self.start + (number - 20) * self.every)}</pubDate></item>"
            for number in range(last, last - 20, -1)
        )
        return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Feed</title>{head}{items}</channel></rss>'.encode()

    def validators(self, now: datetime) -> dict[str, str]:
        """A weak ETag with odd letters, and a date."""
        edition = self.edition(now)
        modified = format_datetime(self.start + (edition - 20) * self.every, usegmt=True)
        return {"ETag": f'W/"ed:{edition}--gzip"', "Last-Modified": modified}

    def feed(
        self, headers: dict[str, str], now: datetime, head: str = ""
    ) -> tuple[int, dict[str, str], bytes]:
        """304 for who names this edition, else the feed."""
        given = self.validators(now)
        named = headers.get("if-none-match")
        same = (
            named == given["ETag"]
            if named is not None
            else headers.get("if-modified-since") == given["Last-Modified"]
        )
        return (304, given, b"") if same else (200, given, self.body(now, head))


def _plain(
    habit: Habit, _path: str, headers: dict[str, str], now: datetime
) -> tuple[int, dict[str, str], bytes]:
    status, given, body = habit.feed(headers, now)
    return status, {**given, "Set-Cookie": "who=you; Path=/"}, body


def _forgetful(
    habit: Habit, _path: str, headers: dict[str, str], now: datetime
) -> tuple[int, dict[str, str], bytes]:
    """Gives validators twice, then never again."""
    if len(habit.heard) < 2:
        return habit.feed(headers, now)
    return 200, {}, habit.body(now)


def _busy(status: int, wait: Callable[[datetime], str]) -> Callable[..., tuple[int, dict[str, str], bytes]]:
    def answer(
        habit: Habit, _path: str, headers: dict[str, str], now: datetime
    ) -> tuple[int, dict[str, str], bytes]:
        if len(habit.heard) % 12 == 3:
            return status, {"Retry-After": wait(now)}, b""
        return habit.feed(headers, now)

    return answer


def _gone(
    habit: Habit, _path: str, headers: dict[str, str], now: datetime
) -> tuple[int, dict[str, str], bytes]:
    return (410, {}, b"") if len(habit.heard) >= 3 else habit.feed(headers, now)


def _moved(status: int) -> Callable[..., tuple[int, dict[str, str], bytes]]:
    def answer(
        habit: Habit, path: str, headers: dict[str, str], now: datetime
    ) -> tuple[int, dict[str, str], bytes]:
        return (status, {"Location": "/new"}, b"") if path == "/feed" else habit.feed(headers, now)

    return answer


def _fresh(
    habit: Habit, _path: str, headers: dict[str, str], now: datetime
) -> tuple[int, dict[str, str], bytes]:
    status, given, body = habit.feed(headers, now)
    return status, {**given, "Cache-Control": "public, max-age=14400"}, body


def _asleep(
    habit: Habit, _path: str, headers: dict[str, str], now: datetime
) -> tuple[int, dict[str, str], bytes]:
    hours = "".join(f"<hour>{hour}</hour>" for hour in range(6))
    return habit.feed(headers, now, f"<ttl>60</ttl><skipHours>{hours}</skipHours>")


def _failing(status: int) -> Callable[..., tuple[int, dict[str, str], bytes]]:
    def answer(
        habit: Habit, _path: str, headers: dict[str, str], now: datetime
    ) -> tuple[int, dict[str, str], bytes]:
        return (status, {}, b"") if len(habit.heard) >= 3 else habit.feed(headers, now)

    return answer


def habits(start: datetime) -> dict[str, Habit]:
    """All of them, by name."""
    made = [
        Habit("plain", _plain),
        Habit("lively", _plain, every=timedelta(minutes=20)),
        Habit("forgetful", _forgetful, every=timedelta(minutes=1)),
        Habit("busy 429", _busy(429, lambda _: "7200")),
        Habit("busy 503", _busy(503, lambda now: format_datetime(now + timedelta(hours=3), usegmt=True))),
        Habit("gone", _gone),
        Habit("moved 301", _moved(301)),
        Habit("moved 302", _moved(302)),
        Habit("fresh", _fresh),
        Habit("asleep", _asleep),
        Habit("failing 500", _failing(500)),
        Habit("refusing 404", _failing(404)),
    ]
    for habit in made:
        habit.start = start
    return {habit.name: habit for habit in made}


class ScoredServer:
    """Serves every habit on a port of its own, by the clock it is given; use it in an `async with`."""

    def __init__(self, served: dict[str, Habit], now: Now) -> None:
        self._habits = served
        self._now = now
        self._servers: list[asyncio.Server] = []

    async def __aenter__(self) -> Self:
        """Listen."""
        for habit in self._habits.values():
            server = await asyncio.start_server(partial(self._serve, habit), "127.0.0.1", 0)
            habit.port = server.sockets[0].getsockname()[1]
            self._servers.append(server)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop."""
        for server in self._servers:
            server.close()

    async def _serve(self, habit: Habit, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                self._answer(habit, head.decode("latin-1"), writer)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    def _answer(self, habit: Habit, head: str, writer: asyncio.StreamWriter) -> None:
        first, *lines = head.strip().split("\r\n")
        headers = {
            name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)
        }
        path, now = first.split(" ")[1], self._now()
        status, given, body = habit.answer(habit, path, headers, now)
        full = [heard.at for heard in habit.heard if heard.status == 200]
        changed = not full or habit.edition(full[-1]) != habit.edition(now)
        habit.heard.append(
            Heard(now, path, headers, status, given.get("ETag"), given.get("Last-Modified"), changed)
        )
        date = {"Date": format_datetime(now, usegmt=True)}
        answer = {**date, **given, "Content-Type": "application/rss+xml", "Content-Length": str(len(body))}
        if status == 304:
            del answer["Content-Length"]
        told = "".join(f"{name}: {value}\r\n" for name, value in answer.items())
        writer.write(f"HTTP/1.1 {status} Answer\r\n{told}\r\n".encode("latin-1") + body)
