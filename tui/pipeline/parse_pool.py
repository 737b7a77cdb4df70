"""Parse children for as much work as there is: one on an ordinary day, another while many bodies wait."""

import asyncio
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from tui.domain.entry import Entry
from tui.domain.feed import Feed
from tui.pipeline.ports import ParseOutcome, Parser, ReadEntry

_MOST = 2
"""Children at once: each takes memory of its own, and the collector needs a processor too."""
_WORTH_ANOTHER = 6
"""So many requests at each child are worth the second that another takes to start."""
_IDLE_SECONDS = 60.0
"""A child beyond the first that did nothing for so long is ended."""


@dataclass(slots=True, eq=False)
class _Worker:
    child: Parser
    asked: int = 0
    """Requests that it works on or that wait for it."""
    used: float = field(default_factory=time.monotonic)


class ParsePool:
    """Fits `ports.Parser`: each request goes to the child with the fewest."""

    def __init__(
        self, make: Callable[[], Parser], most: int | None = None, idle: float = _IDLE_SECONDS
    ) -> None:
        """`make`: a child that starts with its first request; `most`: by default as many as processors, two at most."""
        self._make = make
        self._most = most or min(_MOST, os.cpu_count() or 1)
        self._idle = idle
        self._workers = [_Worker(make())]
        self._tasks: set[asyncio.Task[None]] = set()

    async def parse(
        self, feed: Feed, body: bytes, content_type: str, url: str, *, read_at: datetime | None = None
    ) -> ParseOutcome:
        """As the child does."""
        with self._worker() as child:
            return await child.parse(feed, body, content_type, url, read_at=read_at)

    async def read(self, feed: Feed, entries: Sequence[Entry], now: datetime) -> tuple[ReadEntry, ...]:
        """As the child does."""
        with self._worker() as child:
            return await child.read(feed, entries, now)

    def expect(self, bodies: int) -> None:
        """Start as many children as so many bodies are worth, before the first of them is there."""
        wanted = min(self._most, -(-bodies // _WORTH_ANOTHER))
        while len(self._workers) < wanted:
            self._workers.append(_Worker(self._make()))
        for worker in self._workers[:wanted]:
            worker.child.expect(bodies)

    async def aclose(self) -> None:
        """End every child."""
        await asyncio.gather(*(worker.child.aclose() for worker in self._workers), *self._tasks)

    @contextmanager
    def _worker(self) -> Iterator[Parser]:
        self._end_idle()
        worker = min(self._workers, key=lambda one: one.asked)
        if worker.asked >= _WORTH_ANOTHER and len(self._workers) < self._most:
            worker = _Worker(self._make())
            self._workers.append(worker)
        worker.asked += 1
        try:
            yield worker.child
        finally:
            worker.asked -= 1
            worker.used = time.monotonic()

    def _end_idle(self) -> None:
        for worker in self._workers[1:]:
            if not worker.asked and time.monotonic() - worker.used > self._idle:
                self._workers.remove(worker)
                ending = asyncio.create_task(worker.child.aclose())
                self._tasks.add(ending)
                ending.add_done_callback(self._tasks.discard)
