"""The recorded world through the real fetcher, parser, reader, grouping and store, as the demo runs it."""

from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.replay.collecting import HandClock, collecting, look_at
from tui.pipeline.collector import collect_once
from tui.replay.server import ReplayServer, demo_feed_list
from tui.replay.world import World, load_world

START = datetime(2026, 3, 6, 7, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def world() -> World:
    text = (Path(__file__).parents[2] / "seeds" / "demo" / "world.jsonl").read_text(encoding="utf-8")
    return load_world(text)


async def test_the_board_fills_at_once_and_goes_on_as_the_days_pass(world: World, tmp_path: Path) -> None:
    path = tmp_path / "demo.db"
    clock = HandClock(START)
    with ReplayServer(world, START, clock=clock) as server:
        async with collecting(demo_feed_list(server), clock, path) as equipment:
            first = await collect_once(equipment, everything=True)
            at_start = look_at(path, clock.at)
            again = await collect_once(equipment, everything=True)
            for hour in range(6, 24 * 5, 6):
                clock.at = START + timedelta(hours=hour)
                await collect_once(equipment, everything=True)
    at_end = look_at(path, clock.at)

    assert first.summary.attempted == first.summary.answered == len(world.feeds)
    assert again.summary.new == again.summary.revised == 0
    assert at_start.board.total >= 10
    assert at_end.board.total >= at_start.board.total + 12
    assert at_end.board.entries == len(world.entries)
    assert len([row for row in at_end.board.countries if row.incidents]) >= 20
    corrected = [story for story in at_end.stories if story.versions]
    assert corrected, "the corrections of the recording were not seen"


async def test_reports_of_one_event_mostly_meet_in_one_incident(world: World, tmp_path: Path) -> None:
    path = tmp_path / "demo.db"
    clock = HandClock(START)
    with ReplayServer(world, START, clock=clock) as server:
        async with collecting(demo_feed_list(server), clock, path) as equipment:
            for hour in range(0, 24 * 5, 2):
                clock.at = START + timedelta(hours=hour)
                await collect_once(equipment, everything=True)
    seen = look_at(path, clock.at)

    truth = {(entry.feed, entry.title): entry.incident for entry in world.entries if entry.incident}
    truth |= {
        (entry.feed, edit.title): entry.incident
        for entry in world.entries
        if entry.incident
        for edit in entry.edits
    }
    slug_of = {feed.name: feed.slug for feed in world.feeds}
    mixed, scattered = 0, defaultdict(set)
    for incident in seen.incidents:
        slugs = Counter(truth.get((slug_of[story.feed], story.title)) for story in incident.stories)
        mixed += sum(slugs.values()) - max(slugs.values())
        for slug in slugs:
            scattered[slug].add(incident.row.key)
    assert mixed <= 0.1 * len(truth)
    whole = [slug for slug, keys in scattered.items() if slug and len(keys) == 1]
    assert len(whole) >= 0.6 * len(world.incidents), {k: v for k, v in scattered.items() if len(v) > 1}
