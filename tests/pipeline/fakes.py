"""Small stand-ins with the surface of the real ones, for the tests of the pipeline."""

import asyncio
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from tui.domain.board import CollectorStatus
from tui.domain.constraints import NO_CONSTRAINTS, Constraints
from tui.domain.entry import Entry, entry_key, text_hash
from tui.domain.feed import Feed, FeedState, Validators
from tui.domain.incident import Assignment, FiledReport, Filing, IncidentSketch, ReportKey
from tui.domain.reading import Reading, Report, Verdict
from tui.domain.recall import Recall
from tui.pipeline.corrected import Corrected
from tui.pipeline.keeping import Holder, Lease, PollRequest, RoundResult
from tui.pipeline.ports import Asked, FetchOutcome, Parsed, ParseFailed, ParseOutcome, ReadEntry

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


class HandClock:
    """Stands still until it is turned."""

    def __init__(self, start: datetime = NOON) -> None:
        self.time = start
        self.ticked = 0.0

    def now(self) -> datetime:
        return self.time

    def monotonic(self) -> float:
        return self.ticked

    def turn(self, by: timedelta) -> None:
        self.time += by
        self.ticked += by.total_seconds()


class RunningClock:
    """Starts at noon and goes with the machine, `speed` times as fast."""

    def __init__(self, speed: float = 1.0) -> None:
        self._begun = time.monotonic()
        self._speed = speed
        self.ahead = timedelta(0)

    def now(self) -> datetime:
        return NOON + timedelta(seconds=self.monotonic() * self._speed) + self.ahead

    def monotonic(self) -> float:
        return time.monotonic() - self._begun


class ScriptedFetcher:
    """Answers by URL from a list, the last answer for ever; an exception in the list is raised."""

    def __init__(self, answers: Mapping[str, Sequence[FetchOutcome | Exception]]) -> None:
        self._answers = {url: list(script) for url, script in answers.items()}
        self.asked: list[tuple[str, Validators]] = []
        self.forgot = 0
        """How often it was told that its connections are dead."""

    async def fetch(
        self,
        feed: Feed,
        validators: Validators,
        address: str | None = None,
        *,
        may_follow: Asked | None = None,
    ) -> FetchOutcome:
        self.asked.append((address or feed.url, validators))
        await asyncio.sleep(0)
        script = self._answers[feed.url]
        answer = script.pop(0) if len(script) > 1 else script[0]
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def forget_connections(self) -> None:
        self.forgot += 1

    async def aclose(self) -> None:
        pass


class LineParser:
    """Takes bodies of lines "guid|title|date"; a title with DRONE is relevant, NOT A FEED is none."""

    def __init__(self, read_at_once: int = 1000, *, reads_along: bool = False) -> None:
        self.read_at_once = read_at_once
        """Entries for which there is time in one poll."""
        self.reads_along = reads_along
        self.parsed = 0
        self.read_titles: list[str] = []
        self.expected = 0
        self.at_once = 0
        self.most_at_once = 0

    async def parse(
        self, feed: Feed, body: bytes, content_type: str, url: str, *, read_at: datetime | None = None
    ) -> ParseOutcome:
        self.at_once += 1
        self.most_at_once = max(self.at_once, self.most_at_once)
        await asyncio.sleep(0)
        self.at_once -= 1
        self.parsed += 1
        text = body.decode()
        if text == "BREAK":
            raise RuntimeError("a mistake of ours")
        if text.startswith("NOT A FEED"):
            return ParseFailed("This is not a feed but a web page; check its address in feeds.toml")
        read = [_read(feed, line) for line in text.splitlines() if "|" in line]
        damaged = "It was cut off; what could be read was kept" if "DAMAGED" in text else None
        return Parsed(
            tuple(one.entry for one in read),
            title="t",
            format="lines",
            damaged=damaged,
            readings=tuple(one.reading for one in read) if self.reads_along and read_at is not None else (),
        )

    async def read(self, feed: Feed, entries: Sequence[Entry], now: datetime) -> tuple[ReadEntry, ...]:
        await asyncio.sleep(0)
        done = entries[: self.read_at_once]
        self.read_titles += [one.title for one in done]
        return tuple(entry(feed.url, one.identity, one.title, one.published) for one in done)

    def expect(self, bodies: int) -> None:
        self.expected += bodies

    async def aclose(self) -> None:
        pass


def _read(feed: Feed, line: str) -> ReadEntry:
    guid, title, *date = line.split("|")
    published = datetime.fromisoformat(date[0]) if date else None
    return entry(feed.url, guid, title, published)


def entry(feed_url: str, guid: str, title: str, published: datetime | None = None) -> ReadEntry:
    """A read entry; relevant when its title says DRONE."""
    relevant = "DRONE" in title
    return ReadEntry(
        Entry(
            key=entry_key(feed_url, guid),
            feed_url=feed_url,
            identity=guid,
            url="",
            title=title,
            summary="",
            hash=text_hash(title, "", ""),
            published=published,
        ),
        Reading(
            Verdict(relevant, war_routine=False, score=float(relevant), threshold=0.5, lang="en"),
            (Report(affected=("PL",)),) if relevant else (),
        ),
    )


class EachItsOwn:
    """A grouping that makes every report an incident, and counts the filings that were never taken over."""

    def __init__(self, sketches: Sequence[IncidentSketch] = (), recall: Recall | None = None) -> None:
        self.adopted: list[Filing] = []
        self.pending: Filing | None = None
        self.abandoned = 0

    def assign(self, batch: Sequence[FiledReport], filed: Mapping[ReportKey, str]) -> Filing:
        self.abandoned += self.pending is not None
        self.pending = Filing(
            tuple(
                Assignment(report.story, report.position, f"i-{report.story}", is_new=True, why=())
                for report in batch
            ),
            tuple(IncidentSketch(f"i-{report.story}") for report in batch),
        )
        return self.pending

    def obey(
        self,
        constraints: Constraints,
        sketches: Iterable[IncidentSketch] = (),
        emptied: Iterable[str] = (),
    ) -> None:
        self.obeyed = constraints

    def adopt(self, filing: Filing) -> None:
        assert filing is self.pending
        self.pending = None
        self.adopted.append(filing)


@dataclass
class MemoryKeeper:
    """A keeper that forgets nothing but by `close`; shared between openings like a file would be."""

    feeds: tuple[Feed, ...] = ()
    states: dict[str, FeedState] = field(default_factory=dict)
    hashes: dict[str, str] = field(default_factory=dict)
    versions: dict[str, list[str]] = field(default_factory=dict)
    """Titles of each entry, oldest first."""
    saved: list[RoundResult] = field(default_factory=list)
    beats: list[CollectorStatus] = field(default_factory=list)
    requests: list[PollRequest] = field(default_factory=list)
    yielded: dict[str, int] = field(default_factory=dict)
    lease: Lease | None = None
    pruned: int = 0
    checkpoints: int = 0
    closed: int = 0
    broken: Callable[[str], None] = lambda call: None
    """Raises for the calls that are to fail."""

    def sync_feeds(self, feeds: Sequence[Feed], at: datetime) -> None:
        self.broken("sync_feeds")
        self.feeds = tuple(feeds)

    def feed_states(self) -> Mapping[str, FeedState]:
        return dict(self.states)

    def known_hashes(self, keys: Iterable[str]) -> Mapping[str, str]:
        self.broken("known_hashes")
        return {key: self.hashes[key] for key in keys if key in self.hashes}

    def renamed(self, feed: str, entries: Sequence[Entry]) -> Mapping[str, tuple[str, str]]:
        return {}

    def yields(self, since: datetime) -> Mapping[str, int]:
        return dict(self.yielded)

    def filings(self, stories: Iterable[str]) -> Mapping[ReportKey, str]:
        return {}

    def sketches(self, latest: int) -> tuple[IncidentSketch, ...]:
        return ()

    def names_under(self, sure: Sequence[int], hints: Sequence[int], limit: int) -> Sequence[str]:
        return ()

    def sketches_of(self, incidents: Sequence[str]) -> Sequence[IncidentSketch]:
        return ()

    def put_away(self, sketches: Sequence[IncidentSketch]) -> None:
        pass

    def pinned(self, incident: str) -> bool:
        return False

    def corrections(self, since: int | None) -> Corrected:
        return Corrected(0, NO_CONSTRAINTS)

    def save_rounds(self, results: Sequence[RoundResult]) -> int:
        before = dict(self.states), dict(self.hashes), {**self.versions}, list(self.saved)
        try:
            for result in results:
                self.save_round(result)
        except BaseException:
            self.states, self.hashes, self.versions, self.saved = before
            raise
        return len(self.saved)

    def save_round(self, result: RoundResult) -> int:
        self.broken("save_round")
        for read in result.new:
            assert read.entry.key not in self.hashes, "a story was stored as new twice"
        for read in (*result.new, *result.revised):
            self.hashes[read.entry.key] = read.entry.hash
            self.versions.setdefault(read.entry.key, []).append(read.entry.title)
        self.states[result.state.url] = result.state
        self.saved.append(result)
        return len(self.saved)

    def record_state(self, states: Sequence[FeedState]) -> None:
        self.broken("record_state")
        self.states |= {state.url: state for state in states}

    def beat(self, status: CollectorStatus) -> None:
        self.broken("beat")
        self.beats.append(status)

    def take_requests(self) -> tuple[PollRequest, ...]:
        self.broken("take_requests")
        taken, self.requests = tuple(self.requests), []
        return taken

    def acquire_lease(self, holder: Holder, now: datetime, ttl: timedelta) -> Lease:
        if self.lease is None or self.lease.holder == holder or self.lease.until < now:
            self.lease = Lease(holder, mine=True, until=now + ttl)
            return self.lease
        return Lease(self.lease.holder, mine=False, until=self.lease.until)

    def release_lease(self, holder: Holder) -> None:
        if self.lease is not None and self.lease.holder == holder:
            self.lease = None

    def prune(self, now: datetime, keep_dropped: timedelta) -> int:
        self.pruned += 1
        return 0

    def checkpoint(self) -> None:
        self.checkpoints += 1

    def close(self) -> None:
        self.closed += 1
