"""The collector's parts with a note of what each did: the ports stay the same, a line is written after each answer."""

import json
import os
import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from tui.domain.entry import Entry
from tui.domain.feed import Feed, Validators
from tui.pipeline.keeping import Keeper, RoundResult
from tui.pipeline.parse_child import ParseChild
from tui.pipeline.ports import Asked, Fetcher, FetchFailed, FetchOutcome, ParseFailed, ParseOutcome, ReadEntry

_KILLED = "given up; asked again later"
"""How a parse that cost the child its life is told."""


class NotedKeeper:
    """Fits `Keeper`; the keys of a round are noted once the store has returned: they are acknowledged."""

    def __init__(self, keeper: Keeper, log: int) -> None:
        self._keeper = keeper
        self._log = log

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever a keeper has
        return getattr(self._keeper, name)

    def save_rounds(self, results: Sequence[RoundResult]) -> int:
        """Store, then note."""
        generation = self._keeper.save_rounds(results)
        keys = [read.entry.key for result in results for read in (*result.new, *result.revised)]
        if keys:
            os.write(self._log, ("\n".join(keys) + "\n").encode())
        return generation


class Polls:
    """One line of JSON for each fetch and each parse."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    def note(self, kind: str, feed: Feed, begun: float, **said: object) -> None:
        """What was done, for how many seconds, and what came of it."""
        line = {
            "kind": kind,
            "url": feed.url,
            "seconds": time.monotonic() - begun,
            "at": time.monotonic(),
            **said,
        }
        os.write(self._file, (json.dumps(line) + "\n").encode())


class NotedFetcher:
    """Fits `Fetcher`."""

    def __init__(self, fetcher: Fetcher, polls: Polls) -> None:
        self._fetcher = fetcher
        self._polls = polls

    async def fetch(
        self,
        feed: Feed,
        validators: Validators,
        address: str | None = None,
        *,
        may_follow: Asked | None = None,
    ) -> FetchOutcome:
        """Fetch, then note."""
        begun = time.monotonic()
        outcome = await self._fetcher.fetch(feed, validators, address, may_follow=may_follow)
        failed = outcome.reason if isinstance(outcome, FetchFailed) else ""
        self._polls.note("fetch", feed, begun, outcome=type(outcome).__name__, failed=failed)
        return outcome

    async def forget_connections(self) -> None:
        """As it is."""
        await self._fetcher.forget_connections()

    async def aclose(self) -> None:
        """As it is."""
        await self._fetcher.aclose()


class NotedParser:
    """Fits `Parser`; with each parse how many children were started so far, and whether it cost one its life."""

    def __init__(self, parser: ParseChild, polls: Polls) -> None:
        self._parser = parser
        self._polls = polls

    async def parse(
        self, feed: Feed, body: bytes, content_type: str, url: str, *, read_at: datetime | None = None
    ) -> ParseOutcome:
        """Parse, then note."""
        begun = time.monotonic()
        outcome = await self._parser.parse(feed, body, content_type, url, read_at=read_at)
        failed = outcome.reason if isinstance(outcome, ParseFailed) else ""
        self._polls.note(
            "parse", feed, begun, failed=failed, killed=_KILLED in failed, starts=self._parser.starts
        )
        return outcome

    async def read(self, feed: Feed, entries: Sequence[Entry], now: datetime) -> tuple[ReadEntry, ...]:
        """Read, then note how many could not be."""
        begun = time.monotonic()
        read = await self._parser.read(feed, entries, now)
        unread = sum(
            reason.reason.startswith("could not be read")
            for one in read
            for reason in one.reading.verdict.why
        )
        self._polls.note("read", feed, begun, entries=len(entries), unread=unread, starts=self._parser.starts)
        return read

    def expect(self, bodies: int) -> None:
        """As it is."""
        self._parser.expect(bodies)

    async def aclose(self) -> None:
        """As it is."""
        await self._parser.aclose()
