"""Many made-up feeds on a few loopback ports, served by a process of its own that ends by itself.

`Farm(...)` starts it; `farm.urls` are the feeds; `farm.say("deaf")` makes the servers ignore conditions,
`farm.say("redated")` gives every item another date, `farm.say("")` undoes both.
"""

import asyncio
import gzip
import hashlib
import html
import json
import random
import subprocess
import sys
import threading
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Self

from bench.answering import Answering

_LONGEST_SECONDS = 1800
_REPOSITORY = Path(__file__).resolve().parent.parent
_PLACES = (
    "Lublin",
    "Vilnius",
    "Narva",
    "Tulcea",
    "Daugavpils",
    "Chelm",
    "Rzeszow",
    "Klaipeda",
    "Galati",
    "Turku",
)
_INCURSIONS = (
    "Two drones entered Polish airspace near {place}, army says",
    "Fighter jets scrambled after unidentified drone violates airspace near {place}",
    "Airport of {place} closed for an hour after drone sighting",
    "Balloon crosses the border and is shot down close to {place}",
)
_SYLLABLES = (
    "ka",
    "lo",
    "mi",
    "ren",
    "tas",
    "vor",
    "del",
    "sun",
    "bri",
    "ont",
    "eli",
    "gar",
    "pu",
    "wex",
    "hol",
    "ny",
)


class Farm:
    """The process, as the benchmark holds it; use it in a `with`."""

    def __init__(self, feeds: int, items: int, servers: int, latency: float) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bench.feed_farm", str(feeds), str(items), str(servers), str(latency)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=_REPOSITORY,
        )
        self.pid = self._process.pid

    def __enter__(self) -> Self:
        assert self._process.stdout is not None
        told = json.loads(self._process.stdout.readline())
        self.urls: list[str] = told["urls"]
        self.megabytes: float = told["megabytes"]
        return self

    def __exit__(self, *args: object) -> None:
        self._process.terminate()
        self._process.communicate()

    def say(self, mode: str) -> None:
        """Change how every server behaves; returns when it has."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(mode + "\n")
        self._process.stdin.flush()
        self._process.stdout.readline()


class _Feeds:
    """The bodies, packed once."""

    def __init__(self, feeds: int, items: int) -> None:
        self.mode = ""
        self._stories = [_stories(number, items) for number in range(feeds)]
        self._packed: dict[tuple[int, bool], tuple[bytes, str]] = {}
        self.bytes = sum(len(_rss(stories, timedelta(0))) for stories in self._stories)
        for number in range(feeds):
            self.packed(number)

    def packed(self, number: int) -> tuple[bytes, str]:
        """Body and ETag."""
        key = (number, self.mode == "redated")
        if key not in self._packed:
            body = _rss(self._stories[number], timedelta(hours=1) if key[1] else timedelta(0))
            tag = hashlib.blake2b(body, digest_size=8).hexdigest()
            self._packed[key] = (gzip.compress(body, 6), f'"{tag}"')
        return self._packed[key]

    def answer(self, number: int, head: str) -> bytes:
        """304 to who has it, unless the servers are deaf to conditions."""
        body, tag = self.packed(number)
        if self.mode != "deaf" and f"if-none-match: {tag}" in head:
            return f"HTTP/1.1 304 Not Modified\r\nETag: {tag}\r\n\r\n".encode()
        said = (
            f"HTTP/1.1 200 OK\r\nETag: {tag}\r\nContent-Type: application/rss+xml\r\n"
            f"Content-Encoding: gzip\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        return said.encode() + body


def _stories(number: int, items: int) -> list[tuple[str, str, str]]:
    chance = random.Random(number)
    return [
        (f"{number}-{item}", made_title(chance, number, item), made_words(chance, 45))
        for item in range(items)
    ]


def made_title(chance: random.Random, number: int, item: int) -> str:
    """A headline that names its feed and item; one in fifty tells of an incursion."""
    if chance.random() < 0.02:
        return chance.choice(_INCURSIONS).format(place=chance.choice(_PLACES))
    return f"{made_words(chance, 9)} {number}.{item}"


def made_words(chance: random.Random, count: int) -> str:
    """Words of no language."""
    made = ("".join(chance.choices(_SYLLABLES, k=chance.randint(1, 4))) for _ in range(count))
    return " ".join(made).capitalize()


def _rss(stories: list[tuple[str, str, str]], later: timedelta) -> bytes:
    now = datetime(2026, 3, 1, 12, tzinfo=UTC) + later
    told = []
    for place, (guid, title, text) in enumerate(stories):
        date = format_datetime(now - timedelta(minutes=20 * place))
        body = html.escape(f"<p>{text}</p><p><a href='https://news.example/{guid}'>More</a></p>", quote=False)
        told.append(
            f"<item><title>{html.escape(title)}</title><link>https://news.example/{guid}</link>"
            f'<guid isPermaLink="false">{guid}</guid><pubDate>{date}</pubDate>'
            f"<category>News</category><description>{body}</description></item>"
        )
    head = '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Made up</title>'
    return (head + "".join(told) + "</channel></rss>").encode()


async def _serve(count: int, items: int, servers: int, latency: float) -> None:
    feeds = _Feeds(count, items)
    loop = asyncio.get_running_loop()
    ports = []

    def wait(number: int) -> float:
        return latency * (0.3 + 1.4 * random.Random(number).random())

    for _ in range(servers):
        server = await loop.create_server(lambda: Answering(feeds.answer, wait), "127.0.0.1", 0)
        ports.append(server.sockets[0].getsockname()[1])
    urls = [f"http://127.0.0.1:{ports[number % servers]}/{number}" for number in range(count)]
    print(json.dumps({"urls": urls, "megabytes": feeds.bytes / 1e6}), flush=True)
    ended = asyncio.Event()

    def listen() -> None:
        for line in sys.stdin:
            feeds.mode = line.strip()
            if feeds.mode == "redated":
                for number in range(count):
                    feeds.packed(number)
            print("yes", flush=True)
        loop.call_soon_threadsafe(ended.set)

    threading.Thread(target=listen, daemon=True).start()
    with suppress(TimeoutError):
        await asyncio.wait_for(ended.wait(), _LONGEST_SECONDS)


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4])))
