"""The recorded world: feeds, their entries in order of time, and which incident each tells of."""

import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from itertools import chain
from typing import Any

from tui.domain.feed import FeedKind
from tui.domain.value import dataclass

SHOWN = 25
"""Entries that a feed holds at once, unless it says otherwise."""


@dataclass(frozen=True, slots=True)
class RecordedFeed:
    """A feed of the recording, as its publisher would send it."""

    slug: str
    name: str
    publisher: str
    lang: str
    country: str | None
    kind: FeedKind
    site: str
    """Home page; under .example, so that no link leads anywhere."""
    format: str = "rss20"
    """rss20 or atom10."""
    encoding: str = "utf-8"
    """Of the bytes it sends."""
    html: bool = False
    """Whether summaries are wrapped in HTML."""
    shown: int = SHOWN


@dataclass(frozen=True, slots=True)
class Edit:
    """A later wording."""

    at: timedelta
    title: str
    summary: str


@dataclass(frozen=True, slots=True)
class RecordedEntry:
    """One item; times are counted from the first midnight of the recording."""

    id: str
    feed: str
    at: timedelta
    title: str
    summary: str
    incident: str | None = None
    """What it truly tells of; None: ordinary news. Never sent."""
    lookalike: bool = False
    """Ordinary news with words of our trade in it. Never sent."""
    link: str = ""
    """Where it stands; empty: a page of the feed's own site."""
    edits: tuple[Edit, ...] = ()

    def wording(self, passed: timedelta) -> Edit:
        """Title and summary as they stood then."""
        current = Edit(self.at, self.title, self.summary)
        for edit in self.edits:
            if edit.at <= passed:
                current = edit
        return current


@dataclass(frozen=True, slots=True)
class RecordedIncident:
    """What truly happened in the recording, for tests to compare with."""

    slug: str
    affected: tuple[str, ...]
    actor: tuple[str, ...]
    object: tuple[str, ...]
    event: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class World:
    """The whole recording; `world_of` makes one."""

    feeds: tuple[RecordedFeed, ...]
    incidents: tuple[RecordedIncident, ...]
    entries_of: Mapping[str, tuple[RecordedEntry, ...]]
    """Entries of each feed by its slug, oldest first."""

    @property
    def entries(self) -> tuple[RecordedEntry, ...]:
        """Every entry, feed after feed."""
        return tuple(chain.from_iterable(self.entries_of.values()))

    @property
    def length(self) -> timedelta:
        """From the first midnight to just after the last change."""
        moments = [entry.at for entry in self.entries]
        moments += [edit.at for entry in self.entries for edit in entry.edits]
        return max(moments, default=timedelta()) + timedelta(minutes=30)

    def feed(self, slug: str) -> RecordedFeed | None:
        """The feed of that slug."""
        return next((feed for feed in self.feeds if feed.slug == slug), None)

    def standing(self, feed: RecordedFeed, epoch: datetime, at: datetime) -> tuple[RecordedEntry, ...]:
        """Entries that the feed holds at that moment, newest first."""
        entries = self.entries_of.get(feed.slug, ())
        published = bisect_right(entries, at - epoch, key=lambda entry: entry.at)
        return tuple(reversed(entries[max(0, published - feed.shown) : published]))


def world_of(
    feeds: Iterable[RecordedFeed],
    entries: Iterable[RecordedEntry],
    incidents: Iterable[RecordedIncident] = (),
) -> World:
    """A recording of these, put in order of time."""
    entries_of = defaultdict(list)
    for entry in sorted(entries, key=lambda entry: entry.at):
        entries_of[entry.feed].append(entry)
    return World(tuple(feeds), tuple(incidents), {slug: tuple(held) for slug, held in entries_of.items()})


def load_world(text: str) -> World:
    """The recording from its JSON lines; a line that does not fit is an error of ours and raises."""
    feeds: list[RecordedFeed] = []
    incidents: list[RecordedIncident] = []
    entries: list[RecordedEntry] = []
    for line in text.splitlines():
        record = json.loads(line)
        kind = record.pop("record")
        if kind == "feed":
            feeds.append(RecordedFeed(**record | {"kind": FeedKind(record["kind"])}))
        elif kind == "incident":
            incidents.append(_incident(record))
        else:
            entries.append(_entry(record))
    return world_of(feeds, entries, incidents)


def _incident(record: Mapping[str, Any]) -> RecordedIncident:
    return RecordedIncident(
        slug=record["slug"],
        affected=tuple(record["affected"]),
        actor=tuple(record["actor"]),
        object=tuple(record["object"]),
        event=tuple(record["event"]),
    )


def _entry(record: Mapping[str, Any]) -> RecordedEntry:
    edits = tuple(
        Edit(timedelta(minutes=edit["minute"]), edit["title"], edit["summary"])
        for edit in record.get("edits", ())
    )
    return RecordedEntry(
        id=record["id"],
        feed=record["feed"],
        at=timedelta(minutes=record["minute"]),
        title=record["title"],
        summary=record["summary"],
        incident=record.get("incident"),
        lookalike=record.get("lookalike", False),
        edits=edits,
    )
