"""Requests of a simulated day for feeds of mixed rhythm, beside a fixed interval of 15 minutes, and what is missed.

    python -m bench.requests_a_day [--feeds 200]

The feeds bring something every ten minutes to every three days, by chance and by the time of day; one in ten has no validators.
The real rounds, states and rhythm poll them on a simulated clock: a day to learn, then a day that counts. Told are the requests,
items that had left their feed before it was asked, and items seen later than one interval: 15 minutes, or the usual gap of
their feed when that is longer. Exits with 1 when an item was lost, was seen later than the longest interval that is ever kept (an
hour), or more than half of the requests were sent.
"""

import argparse
import asyncio
import bisect
import random
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench.record import record
from bench.simulated import SimulatedClock, poll_until
from tui.domain.codes import Origin
from tui.domain.entry import Entry, entry_key, text_hash
from tui.domain.feed import Feed, FeedList, Settings, Validators
from tui.domain.reading import Reading, Verdict
from tui.pipeline.collector import Equipment, open_rounds, this_process
from tui.pipeline.ports import (
    Asked,
    Fetched,
    FetchFailed,
    FetchOutcome,
    NotModified,
    Parsed,
    ParseOutcome,
    ReadEntry,
)
from tui.pipeline.rhythm import Rhythm
from tui.pipeline.store_thread import StoreThread
from tui.reading.conclude import conclude
from tui.reading.grouping import Grouper
from tui.reading.line import incident_line
from tui.store.database import open_writer
from tui.store.save import StoreKeeper

_START = datetime(2026, 3, 2, tzinfo=UTC)
_LEARNING = timedelta(days=1)
_DAY = timedelta(days=1)
_FIXED = timedelta(minutes=15)
_SHOWN = 30
"""Items that a feed shows."""
_LONGEST = timedelta(minutes=64)
_SLACK = 1.06
"""Polls are spread by a twentieth of their interval."""
_AT_NIGHT, _BY_DAY = 0.3, 1.25
_NOTHING = Reading(Verdict(relevant=False, war_routine=False, score=0.0, threshold=1.0, lang="en", why=()))


@dataclass
class Publisher:
    """One feed: when it brought what, and when our client came to see it."""

    url: str
    gap: timedelta
    times: list[datetime]
    silent_about_changes: bool
    """It gives no validators."""
    seen: int = 0
    requests: int = 0
    lost: int = 0
    late: int = 0
    delays: list[timedelta] = field(default_factory=list)

    @property
    def interval(self) -> timedelta:
        """Within which an item is to be seen."""
        least = timedelta(hours=1) if self.silent_about_changes else _FIXED
        return max(least, self.gap) * _SLACK

    def asked(self, now: datetime, *, counts: bool) -> int:
        """Take a request; how many items there have been."""
        brought = bisect.bisect_right(self.times, now)
        if counts:
            self.requests += 1
            self.lost += max(0, brought - self.seen - _SHOWN)
            new = [now - time for time in self.times[max(self.seen, brought - _SHOWN) : brought]]
            self.late += sum(delay > self.interval for delay in new)
            self.delays += new
        self.seen = brought
        return brought


def publishers(count: int) -> list[Publisher]:
    """Their usual gaps from ten minutes to three days, evenly by order of magnitude."""
    made = []
    for number in range(count):
        chance = random.Random(number)
        gap = timedelta(minutes=10 * 432 ** ((number + 0.5) / count))
        times = _times(chance, gap)
        made.append(Publisher(f"https://news{number}.example/rss", gap, times, number % 10 == 9))
    return made


def _times(chance: random.Random, gap: timedelta) -> list[datetime]:
    """By chance, fewer at night; some weeks back, so that a feed is full at the start."""
    at, end = _START - gap * _SHOWN, _START + _LEARNING + _DAY
    times = []
    while at < end:
        share = _AT_NIGHT if at.hour < 6 else _BY_DAY
        at += gap * chance.expovariate(1) / share
        times.append(at.replace(microsecond=0))
    return times


class _World:
    """Fits `ports.Fetcher` and `ports.Parser`: answers from the publishers by the simulated clock."""

    def __init__(self, made: Sequence[Publisher], clock: SimulatedClock) -> None:
        self._publishers = {publisher.url: publisher for publisher in made}
        self._clock = clock

    async def fetch(
        self,
        feed: Feed,
        validators: Validators,
        address: str | None = None,  # noqa: ARG002 - nobody moves here
        *,
        may_follow: Asked | None = None,  # noqa: ARG002 - as above
    ) -> FetchOutcome:
        """304 while nothing new was brought."""
        now, publisher = self._clock.now(), self._publishers[feed.url]
        brought = publisher.asked(now, counts=now >= _START + _LEARNING)
        given = Validators() if publisher.silent_about_changes else Validators(etag=f'"{brought}"')
        if validators == given != Validators():
            return NotModified(given)
        if not brought:
            return FetchFailed("Nothing yet")
        return Fetched(f"{brought}".encode(), "text/plain", given, feed.url)

    async def parse(
        self,
        feed: Feed,
        body: bytes,
        content_type: str,  # noqa: ARG002 - as above
        url: str,  # noqa: ARG002 - as above
        *,
        read_at: datetime | None = None,  # noqa: ARG002 - as above
    ) -> ParseOutcome:
        """The items that the feed shows."""
        brought, times = int(body), self._publishers[feed.url].times
        shown = range(max(0, brought - _SHOWN), brought)
        return Parsed(tuple(_entry(feed, number, times[number]) for number in shown), feed.name, "rss20")

    async def read(self, feed: Feed, entries: Sequence[Entry], now: datetime) -> tuple[ReadEntry, ...]:  # noqa: ARG002 - as above
        """Nothing of it is kept."""
        return tuple(ReadEntry(entry, _NOTHING) for entry in entries)

    async def forget_connections(self) -> None:
        """Nothing is open."""

    def expect(self, bodies: int) -> None:
        """Nothing takes time to start."""

    async def aclose(self) -> None:
        """Nothing is open."""


def _entry(feed: Feed, number: int, published: datetime) -> Entry:
    title = f"Story {number}"
    return Entry(
        key=entry_key(feed.url, str(number)),
        feed_url=feed.url,
        identity=str(number),
        url="",
        title=title,
        summary="",
        hash=text_hash(title, "", ""),
        published=published,
        published_raw="",
        zone_assumed=False,
        publisher=feed.name,
        lang="en",
    )


async def poll_a_day(made: Sequence[Publisher], folder: Path) -> None:
    """A day to learn and a day that counts, of every publisher."""
    clock = SimulatedClock(_START)
    world = _World(made, clock)
    feeds = tuple(Feed(publisher.url, publisher.url) for publisher in made)
    equipment = Equipment(
        feeds=FeedList(feeds, Settings(), "bench"),
        fetcher=world,
        parser=world,
        open_keeper=lambda: StoreKeeper(
            open_writer(folder / "day.db"),
            conclude=conclude,
            line=incident_line,
            origin=Origin.NEWS,
            reader_version="bench",
        ),
        make_grouping=Grouper,
        clock=clock,
        holder=this_process(),
        rhythm=Rhythm(spacing=timedelta(0)),
        chance=random.Random(1).random,
    )
    async with StoreThread(equipment.open_keeper, equipment.make_grouping) as store:
        rounds = await open_rounds(store, equipment)
        await poll_until(rounds, feeds, clock, _START + _LEARNING + _DAY)


def main() -> int:
    """Run it; the exit status."""
    said = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    said.add_argument("--feeds", type=int, default=200)
    options = said.parse_args()
    made = publishers(options.feeds)
    with tempfile.TemporaryDirectory(prefix="overflight-bench-") as folder:
        asyncio.run(poll_a_day(made, Path(folder)))
    requests = sum(publisher.requests for publisher in made)
    fixed = options.feeds * (_DAY // _FIXED)
    delays = sorted(delay for publisher in made for delay in publisher.delays)
    lost, late = (sum(getattr(publisher, name) for publisher in made) for name in ("lost", "late"))
    print(
        f"{options.feeds} feeds: {requests} requests a day, every 15 minutes {fixed}: ratio {requests / fixed:.3f} (at most 0.5)\n"
        f"{len(delays)} items; {lost} had left their feed, {late} seen later than the usual gap of their feed; "
        f"delay p50 {delays[len(delays) // 2]}, longest {delays[-1]}"
    )
    record("requests", requests / fixed)
    return int(bool(lost) or delays[-1] > _LONGEST or requests > fixed / 2)


if __name__ == "__main__":
    sys.exit(main())
