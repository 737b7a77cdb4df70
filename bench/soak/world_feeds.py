"""The made-up feeds behind the soak's server: what each shows, and the truth of what was served and acknowledged."""

import bisect
import gzip
import html
import random
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from bench.feed_farm import made_title, made_words

SHOWN = 30
"""Items that a feed shows."""

_HEAD = '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Made up</title>'
_OK_TYPE = "application/rss+xml"


@dataclass
class MadeFeed:
    """One feed, the newest item first, and what a client has been told."""

    number: int
    brought: Callable[[], int]
    """How many items there have been by now."""
    served: int = 0
    """So many items stood in answers that were sent whole."""
    acknowledged: int = 0
    """So many the client showed to hold, by a condition that names the answer."""
    asked: int = 0
    unchanged: int = 0
    last_asked: float | None = None
    longest_gap: float = 0.0
    """Seconds by the world's clock between two requests."""
    shortest_gap: float = float("inf")
    _made: int = 0
    _items: deque[str] = field(default_factory=lambda: deque(maxlen=SHOWN))

    def take(self, at: float) -> None:
        """A request came."""
        if self.last_asked is not None:
            self.longest_gap = max(self.longest_gap, at - self.last_asked)
            self.shortest_gap = min(self.shortest_gap, at - self.last_asked)
        self.last_asked = at
        self.asked += 1

    def body(self, items: int, at: float) -> bytes:
        """With so many items brought."""
        while self._made < items:
            self._items.appendleft(_item(self.number, self._made, at))
            self._made += 1
        return (_HEAD + "".join(self._items) + "</channel></rss>").encode()

    def answer(self, head: str, at: float) -> bytes:
        """200, or 304 for who holds it all."""
        self.take(at)
        held = held_version(head)
        if held is not None:
            self.acknowledged = max(self.acknowledged, held)
        items = self.brought()
        if held == items:
            self.unchanged += 1
            return f'HTTP/1.1 304 Not Modified\r\nETag: "{items}"\r\n\r\n'.encode()
        self.served = max(self.served, items)
        return reply(self.body(items, at), f'ETag: "{items}"\r\n')

    def truth(self) -> dict[str, Any]:
        """What the harness compares the store with."""
        return {
            "number": self.number,
            "served": self.served,
            "acknowledged": self.acknowledged,
            "asked": self.asked,
            "unchanged": self.unchanged,
            "longest_gap": self.longest_gap,
            "shortest_gap": self.shortest_gap if self.asked > 1 else 0.0,
        }


def held_version(head: str) -> int | None:
    """The number in If-None-Match."""
    said = head.partition("if-none-match:")[2].partition("\r\n")[0].strip().strip('"')
    return int(said) if said.isdigit() else None


def by_clock(number: int, start: float, hours: float, seconds: Callable[[], float]) -> Callable[[], int]:
    """Items come by chance, one in so many hours on average, for a fortnight."""
    chance = random.Random(number)
    times, at = [start - 60.0] * SHOWN, start
    while at < start + 14 * 86400:
        at += chance.expovariate(1 / (hours * 3600))
        times.append(at)
    return lambda: bisect.bisect_right(times, seconds())


class ByAcknowledgement:
    """New items come only once the client has shown to hold the ones before, so none can leave the feed unseen."""

    def __init__(self, each: int) -> None:
        self._each = each
        self._items = SHOWN
        self.still = False
        self.feed: MadeFeed | None = None

    def __call__(self) -> int:
        """How many there are now."""
        if self.feed is not None and self.feed.acknowledged >= self._items and not self.still:
            self._items += self._each
        return self._items


def _item(number: int, item: int, at: float) -> str:
    chance = random.Random(number * 1_000_003 + item)
    guid = f"{number}-{item}"
    date = format_datetime(datetime.fromtimestamp(int(at), UTC))
    text = html.escape(f"<p>{made_words(chance, 45)}</p>", quote=False)
    return (
        f"<item><title>{html.escape(made_title(chance, number, item))}</title><link>https://news.example/{guid}</link>"
        f'<guid isPermaLink="false">{guid}</guid><pubDate>{date}</pubDate><description>{text}</description></item>'
    )


def reply(body: bytes, headers: str = "", status: str = "200 OK") -> bytes:
    """A whole answer; a feed's body is packed."""
    packed = gzip.compress(body, 1)
    head = (
        f"HTTP/1.1 {status}\r\n{headers}Content-Type: {_OK_TYPE}\r\nContent-Encoding: gzip\r\n"
        f"Content-Length: {len(packed)}\r\n\r\n"
    )
    return head.encode() + packed


_PAGE = b"<!doctype html><title>Sign in</title><p>Please sign in.</p>"
_PLAIN = {
    "500": b"HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n",
    "404": b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",
    "429": b"HTTP/1.1 429 Too Many Requests\r\nRetry-After: 1800\r\nContent-Length: 0\r\n\r\n",
    "short": b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\nConnection: close\r\n\r\n<rss><channel>",
    "garbage": random.Random(2).randbytes(512),
    "page": b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%b"
    % (len(_PAGE), _PAGE),
}
FAILING = (*("flap", *_PLAIN) * 3, "silent")
"""Ways to fail; a flapping one is well now and then, a silent one never answers, so there are few of it."""


def failing(kind: str, feed: MadeFeed, head: str, at: float) -> bytes | None:
    """What such a feed answers; None: nothing at all. Hour by hour a flapping one is well again."""
    if kind == "flap" and int(at // 3600) % 2:
        return feed.answer(head, at)
    feed.take(at)
    return None if kind == "silent" else _PLAIN.get(kind, _PLAIN["500"])


class Corpus:
    """The bodies that strangers might send, one after the other."""

    def __init__(self, folder: Path | None) -> None:
        files = sorted(folder.iterdir()) if folder is not None and folder.is_dir() else []
        self._bodies = [file.read_bytes() for file in files] or [b"<rss>" * 20_000, b"\x00" * 5000, b"{}"]

    def answer(self, feed: MadeFeed, at: float) -> bytes:
        """Another one at each request, each feed from a place of its own."""
        feed.take(at)
        return reply(self._bodies[(feed.asked + 7 * feed.number) % len(self._bodies)])
