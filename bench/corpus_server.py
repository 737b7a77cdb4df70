"""Serves the made-up corpus on loopback as the web would: many origins, latency, gzip, validators; counts what it is asked.

`CorpusServer(...)` starts it as a process that ends by itself; `say("deaf")` makes it ignore conditions, `say("")` undoes
that; `told()` gives the requests since it was last asked.
"""

import asyncio
import gzip
import hashlib
import json
import random
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.answering import Answering
from bench.corpus import MadeFeed, made_feed

_LONGEST_SECONDS = 7200
_MODIFIED = "Sun, 01 Mar 2026 12:00:00 GMT"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a client sent since the last look."""

    requests: int
    conditional: int
    not_modified: int
    megabytes: float


class CorpusServer:
    """The process, as the benchmark holds it; use it in a `with`."""

    def __init__(self, feeds: int, origins: int, latency: tuple[float, float]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, str(Path(__file__)), str(feeds), str(origins), *map(str, latency)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

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
        """Change how every origin behaves; returns when it has."""
        self._command(f"mode {mode}")

    def told(self) -> Asked:
        """What was asked since this was last called."""
        return Asked(**json.loads(self._command("count")))

    def _command(self, line: str) -> str:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()
        return self._process.stdout.readline()


@dataclass(frozen=True, slots=True)
class _Served:
    plain: bytes
    packed: bytes
    unchanged: bytes
    tag: str
    latency: float


def _served(made: MadeFeed, latency: float) -> _Served:
    tag = '"' + hashlib.blake2b(made.body, digest_size=8).hexdigest() + '"'
    validators = f"ETag: {tag}\r\nLast-Modified: {_MODIFIED}\r\n"

    def answer(body: bytes, encoding: str) -> bytes:
        head = f"HTTP/1.1 200 OK\r\n{validators}Content-Type: {made.content_type}\r\n{encoding}Content-Length: {len(body)}\r\n\r\n"
        return head.encode() + body

    return _Served(
        plain=answer(made.body, ""),
        packed=answer(gzip.compress(made.body, 6), "Content-Encoding: gzip\r\n"),
        unchanged=f"HTTP/1.1 304 Not Modified\r\n{validators}\r\n".encode(),
        tag=tag,
        latency=latency,
    )


class _Origins:
    """What all listening ports share."""

    def __init__(self, feeds: int, latency: tuple[float, float]) -> None:
        made = [made_feed(number) for number in range(feeds)]
        self.bytes = sum(len(feed.body) for feed in made)
        self.feeds = [
            _served(feed, random.Random(number).uniform(*latency)) for number, feed in enumerate(made)
        ]
        self.mode = ""
        self.asked = {"requests": 0, "conditional": 0, "not_modified": 0}
        self.sent = 0

    def count(self) -> str:
        said = json.dumps({**self.asked, "megabytes": self.sent / 1e6})
        self.asked, self.sent = dict.fromkeys(self.asked, 0), 0
        return said

    def answer(self, number: int, head: str) -> bytes:
        feed = self.feeds[number]
        self.asked["requests"] += 1
        conditional = "if-none-match:" in head or "if-modified-since:" in head
        self.asked["conditional"] += conditional
        same = (
            f"if-none-match: {feed.tag}" in head
            if "if-none-match:" in head
            else _MODIFIED.lower() in head.partition("if-modified-since:")[2].partition("\r\n")[0]
        )
        if conditional and same and self.mode != "deaf":
            self.asked["not_modified"] += 1
            return feed.unchanged
        body = feed.packed if "gzip" in head else feed.plain
        self.sent += len(body)
        return body


async def _serve(count: int, ports: int, latency: tuple[float, float]) -> None:
    origins = _Origins(count, latency)
    loop = asyncio.get_running_loop()
    listening = []

    def wait(number: int) -> float:
        return origins.feeds[number].latency

    for _ in range(ports):
        server = await loop.create_server(lambda: Answering(origins.answer, wait), "127.0.0.1", 0, backlog=64)
        listening.append(server.sockets[0].getsockname()[1])
    urls = [f"http://127.0.0.1:{listening[number % ports]}/{number}" for number in range(count)]
    print(json.dumps({"urls": urls, "megabytes": origins.bytes / 1e6}), flush=True)
    ended = asyncio.Event()

    def listen() -> None:
        for line in sys.stdin:
            command, _, argument = line.strip().partition(" ")
            if command == "mode":
                origins.mode = argument
            print(origins.count() if command == "count" else "yes", flush=True)
        loop.call_soon_threadsafe(ended.set)

    threading.Thread(target=listen, daemon=True).start()
    with suppress(TimeoutError):
        await asyncio.wait_for(ended.wait(), _LONGEST_SECONDS)


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1]), int(sys.argv[2]), (float(sys.argv[3]), float(sys.argv[4]))))
