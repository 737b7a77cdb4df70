"""The recorded world through the real reader: ordinary news is dropped, incidents are kept and filed.

The world was written before the reader was, and is never changed to please it.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tui.domain.entry import StoryText
from tui.domain.reading import Reading
from tui.reading.reader import read_story
from tui.replay.world import RecordedEntry, RecordedFeed, RecordedIncident, World, load_world

EPOCH = datetime(2026, 3, 1, tzinfo=UTC)


@dataclass(frozen=True)
class ReadEntry:
    entry: RecordedEntry
    feed: RecordedFeed
    reading: Reading


@pytest.fixture(scope="module")
def world() -> World:
    text = (Path(__file__).parents[2] / "seeds" / "demo" / "world.jsonl").read_text(encoding="utf-8")
    return load_world(text)


@pytest.fixture(scope="module")
def read_entries(world: World) -> list[ReadEntry]:
    feeds = {feed.slug: feed for feed in world.feeds}
    return [ReadEntry(entry, feeds[entry.feed], _read(entry, feeds[entry.feed])) for entry in world.entries]


def test_most_ordinary_news_is_dropped(read_entries: list[ReadEntry]) -> None:
    ordinary = [read for read in read_entries if read.entry.incident is None]
    kept = [read for read in ordinary if read.reading.verdict.relevant]
    assert len(kept) <= 0.10 * len(ordinary), _listed("wrongly kept", kept, ordinary)


def test_most_reports_of_incidents_are_kept(read_entries: list[ReadEntry]) -> None:
    telling = [read for read in read_entries if read.entry.incident is not None]
    missed = [read for read in telling if not read.reading.verdict.relevant]
    assert len(missed) <= 0.15 * len(telling), _listed("missed", missed, telling)


def test_most_kept_reports_name_the_right_state(world: World, read_entries: list[ReadEntry]) -> None:
    truth = {incident.slug: incident for incident in world.incidents}
    kept = {
        read: truth[read.entry.incident]
        for read in read_entries
        if read.entry.incident is not None and read.reading.verdict.relevant
    }
    wrong = [read for read, incident in kept.items() if not _names_it(read.reading, incident)]
    assert len(wrong) <= 0.20 * len(kept), _listed("filed under another state", wrong, list(kept))


def _listed(what: str, found: list[ReadEntry], among: list[ReadEntry]) -> str:
    lines = [f"{what}: {len(found)} of {len(among)}"]
    lines += [f"  {read.feed.lang} {read.entry.title}" for read in found]
    return "\n".join(lines)


def _names_it(reading: Reading, incident: RecordedIncident) -> bool:
    return any(set(report.affected) & set(incident.affected) for report in reading.reports)


def _read(entry: RecordedEntry, feed: RecordedFeed) -> Reading:
    return read_story(
        StoryText(
            id=entry.id,
            title=entry.title,
            summary=entry.summary,
            published=EPOCH + entry.at,
            lang=feed.lang,
            feed_country=feed.country,
            publisher=feed.publisher,
        )
    )
