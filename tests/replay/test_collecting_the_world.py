"""The recorded world through the real fetcher, parser, reader, grouping and store, as the demo runs it."""

import asyncio
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.replay.collecting import HandClock, Seen, collecting, look_at
from tui.domain.history import TimelineKind
from tui.pipeline.collector import collect_once
from tui.pipeline.rounds import RoundSummary
from tui.replay.server import ReplayServer, demo_feed_list
from tui.replay.world import World, load_world

START = datetime(2026, 3, 6, 7, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Watched:
    """What five days of polls brought."""

    world: World
    first: RoundSummary
    again: RoundSummary
    at_start: Seen
    at_end: Seen


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Watched:
    text = (Path(__file__).parents[2] / "seeds" / "demo" / "world.jsonl").read_text(encoding="utf-8")
    return asyncio.run(_watch(load_world(text), tmp_path_factory.mktemp("demo") / "demo.db"))


async def _watch(world: World, path: Path) -> Watched:
    """Poll every feed at the start, once more, and then through the days."""
    clock = HandClock(START)
    with ReplayServer(world, START, clock=clock) as server:
        async with collecting(demo_feed_list(server), clock, path) as equipment:
            first = (await collect_once(equipment, everything=True)).summary
            at_start = look_at(path, clock.at)
            again = (await collect_once(equipment, everything=True)).summary
            edits = [server.epoch + edit.at for entry in world.entries for edit in entry.edits]
            steps = {START + timedelta(hours=hour) for hour in range(10, 24 * 5, 10)}
            steps |= {moment - timedelta(minutes=1) for moment in edits if moment > START}
            for clock.at in sorted({*steps, server.epoch + world.length}):
                await collect_once(equipment, everything=True)
    return Watched(world, first, again, at_start, look_at(path, clock.at))


def test_every_feed_answers_and_asking_again_brings_nothing(watched: Watched) -> None:
    assert watched.first.attempted == watched.first.answered == len(watched.world.feeds)
    assert watched.again.new == watched.again.revised == 0
    assert watched.again.unchanged == len(watched.world.feeds)


def test_the_board_has_incidents_at_once_and_many_more_later(watched: Watched) -> None:
    assert watched.at_start.board.total >= 10
    assert watched.at_end.board.total >= watched.at_start.board.total + 12
    assert len([row for row in watched.at_end.board.countries if row.incidents]) >= 20


def test_every_entry_of_the_recording_is_seen_once(watched: Watched) -> None:
    assert watched.at_end.board.entries == len(watched.world.entries)


def test_a_correction_is_kept_as_a_version(watched: Watched) -> None:
    corrected = [story for story in watched.at_end.stories if story.versions]
    titles = {edit.title for entry in watched.world.entries for edit in entry.edits}
    assert len(corrected) >= 4
    assert {story.row.title for story in corrected} <= titles


def test_the_histories_show_a_changed_wording_and_a_correction_by_its_publisher(watched: Watched) -> None:
    kinds = Counter(entry.kind for incident in watched.at_end.incidents for entry in incident.timeline)
    assert kinds[TimelineKind.REVISION] >= 1, kinds
    assert kinds[TimelineKind.CORRECTION] >= 1, kinds


def test_reports_of_one_event_mostly_meet_and_those_of_two_mostly_do_not(watched: Watched) -> None:
    truth = {entry.id: entry.incident for entry in watched.world.entries}
    mixed, keys_of = 0, defaultdict(set)
    for incident in watched.at_end.incidents:
        slugs = Counter(truth[story.url.rpartition("/")[2]] for story in incident.stories)
        mixed += slugs.total() - max(slugs.values())
        for slug in slugs:
            keys_of[slug].add(incident.row.key)
    whole = [slug for slug, keys in keys_of.items() if slug and len(keys) == 1]
    kept = sum(len(incident.stories) for incident in watched.at_end.incidents)
    assert mixed <= 0.1 * kept, f"{mixed} of {kept} stories stand among those of another event"
    assert len(whole) >= 0.6 * len(keys_of), {slug: len(keys) for slug, keys in keys_of.items()}
