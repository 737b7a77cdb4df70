"""The soak's server: many made-up feeds on loopback ports, some failing, some hostile, in a process that ends by itself.

with World(Plan(good=40)) as world:
    world.urls[number]  # the feed of that number
    world.truth()       # what was served, asked and acknowledged, feed by feed
    world.stand_still() # nothing new from now on
"""

import asyncio
import json
import random
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

from bench.answering import Answering
from bench.soak.jump_clock import JumpClock
from bench.soak.world_feeds import FAILING, SHOWN, ByAcknowledgement, Corpus, MadeFeed, by_clock, failing

_LONGEST_SECONDS = 6 * 3600.0
_REPOSITORY = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Plan:
    """What the server is to be."""

    good: int
    failing: int = 0
    nasty: int = 0
    origins: int = 40
    """Ports of the good feeds; every other feed has one of its own."""
    each: int = 2
    """Items that come once the ones before are acknowledged."""
    hours: float = 0.0
    """Instead: items come by the clock, one in so many hours on average."""
    clock: str = ""
    """File of a JumpClock; empty: real time."""
    latency: tuple[float, float] = (0.0, 0.0)
    """Seconds before an answer, by chance between the two."""
    corpus: str = ""
    """Folder of hostile bodies."""

    @property
    def feeds(self) -> int:
        """All of them; the good come first, then the failing, then the nasty."""
        return self.good + self.failing + self.nasty


class World:
    """The process, as a run holds it; use it in a `with`."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bench.soak.world", json.dumps(asdict(plan))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=_REPOSITORY,
        )
        self.pid = self._process.pid

    def __enter__(self) -> Self:
        assert self._process.stdout is not None
        self.urls: list[str] = json.loads(self._process.stdout.readline())
        return self

    def __exit__(self, *args: object) -> None:
        self._process.kill()
        self._process.communicate()

    def truth(self) -> list[dict[str, Any]]:
        """Of every feed, by number."""
        found: list[dict[str, Any]] = json.loads(self._command("truth"))
        return found

    def stand_still(self) -> None:
        """Nothing new comes from now on, where items come by acknowledgement."""
        self._command("still")

    def _command(self, line: str) -> str:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()
        return self._process.stdout.readline()


class _Feeds:
    """What all ports share."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.seconds: Callable[[], float] = JumpClock(Path(plan.clock)).seconds if plan.clock else time.time
        self._corpus = Corpus(Path(plan.corpus) if plan.corpus else None)
        self._growing: list[ByAcknowledgement] = []
        start = self.seconds()
        self.feeds = [self._made(number, start) for number in range(plan.feeds)]

    def _made(self, number: int, start: float) -> MadeFeed:
        if self.plan.hours:
            return MadeFeed(number, by_clock(number, start, self.plan.hours, self.seconds))
        growing = ByAcknowledgement(self.plan.each)
        growing.feed = MadeFeed(number, growing)
        self._growing.append(growing)
        return growing.feed

    def answer(self, number: int, head: str) -> bytes | None:
        feed, at, bad = self.feeds[number], self.seconds(), number - self.plan.good
        if bad < 0:
            return feed.answer(head, at)
        if bad < self.plan.failing:
            return failing(FAILING[bad % len(FAILING)], feed, head, at)
        return self._corpus.answer(feed, at)

    def stand_still(self) -> None:
        for growing in self._growing:
            growing.still = True

    def truth(self) -> str:
        return json.dumps([feed.truth() for feed in self.feeds])


async def _serve(plan: Plan) -> None:
    feeds = _Feeds(plan)
    loop = asyncio.get_running_loop()
    ports = []

    def wait(_number: int) -> float:
        return random.uniform(*plan.latency)

    for _ in range(plan.origins + plan.failing + plan.nasty):
        server = await loop.create_server(lambda: Answering(feeds.answer, wait), "127.0.0.1", 0)
        ports.append(server.sockets[0].getsockname()[1])
    places = [number % plan.origins for number in range(plan.good)]
    places += range(plan.origins, len(ports))
    urls = [f"http://127.0.0.1:{ports[place]}/{number}" for number, place in enumerate(places)]
    print(json.dumps(urls), flush=True)
    ended = asyncio.Event()

    def listen() -> None:
        for line in sys.stdin:
            if line.strip() == "still":
                loop.call_soon_threadsafe(feeds.stand_still)
            print(feeds.truth() if line.strip() == "truth" else "yes", flush=True)
        loop.call_soon_threadsafe(ended.set)

    threading.Thread(target=listen, daemon=True).start()
    with suppress(TimeoutError):
        await asyncio.wait_for(ended.wait(), _LONGEST_SECONDS)


def feed_list(world: World, every: str = "15m", settings: str = "") -> str:
    """The world's feeds as a feeds.toml."""
    tables = (
        f'[[feed]]\nurl = "{url}"\nname = "Feed {number}"\nlang = "en"\ncountry = "PL"\n'
        f'publisher = "Publisher {number}"\nkind = "national"\nevery = "{every}"\nallow_private = true\n'
        for number, url in enumerate(world.urls)
    )
    return "\n".join((f"[settings]\n{settings}\n", *tables))


__all__ = ["SHOWN", "Plan", "World", "feed_list"]

if __name__ == "__main__":
    given = json.loads(sys.argv[1])
    asyncio.run(_serve(Plan(**{**given, "latency": tuple(given["latency"])})))
