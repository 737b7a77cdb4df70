"""Real news of February 2023, served day by day: what the founding article tells stands on the board.

Some feeds of the stream only, so that this takes a minute; `scripts/replay_stream.py run` takes them all.
"""

import asyncio
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from scripts.stream_world import stream_file, stream_world
from tests.replay.collecting import HandClock, Seen, collecting, look_at
from tui.domain.board import IncidentDetail
from tui.domain.codes import Event, ObjectCode
from tui.pipeline.collector import collect_once
from tui.replay.server import ReplayServer, demo_feed_list
from tui.replay.world import World, world_of

FEEDS = {
    "abcnews-com",
    "bbc",
    "aljazeera",
    "npr",
    "skynews",
    "nytimes-com-services-xml-rss-nyt-world",
    "c-world",
}
FIRST, LAST = date(2023, 2, 1), date(2023, 2, 18)


@pytest.fixture(scope="module")
def world(shared: Path) -> World:
    path = stream_file(shared)
    if not path.exists():
        pytest.skip(f"the stream is not at {path}: set OVERFLIGHT_SHARED")
    whole, _ = stream_world(path, FIRST, LAST)
    feeds = [feed for feed in whole.feeds if any(part in feed.slug for part in FEEDS)]
    return world_of(feeds, [entry for feed in feeds for entry in whole.entries_of[feed.slug]])


@pytest.fixture(scope="module")
def seen(world: World, shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Seen:
    return asyncio.run(_watch(world, shared, tmp_path_factory.mktemp("stream") / "stream.db"))


async def _watch(world: World, shared: Path, path: Path) -> Seen:
    _, epoch = stream_world(stream_file(shared), FIRST, FIRST)
    clock = HandClock(epoch)
    with ReplayServer(world, epoch, epoch=epoch, clock=clock) as server:
        async with collecting(demo_feed_list(server), clock, path) as equipment:
            for day in range(1, (LAST - FIRST).days + 2):
                clock.at = epoch + timedelta(days=day, seconds=-1)
                await collect_once(equipment, everything=True)
    return look_at(path, clock.at)


def test_every_entry_of_the_stream_is_stored_once(world: World, seen: Seen) -> None:
    assert seen.board.entries == len({(entry.feed, entry.link) for entry in world.entries})


def test_the_balloon_over_the_united_states_is_there_with_its_shootdown(seen: Seen) -> None:
    balloon = [
        incident
        for incident in _of(seen, "US")
        if ObjectCode.BALLOON in incident.row.facts.object and "CN" in incident.row.facts.actor
    ]
    assert max(incident.row.publishers for incident in balloon) >= 3
    assert any(Event.SHOOTDOWN in incident.row.facts.event for incident in balloon)


def test_the_objects_of_the_tenth_to_twelfth_are_there_in_two_countries(seen: Seen) -> None:
    for iso2 in ("US", "CA"):
        assert any(
            ObjectCode.UNIDENTIFIED in incident.row.facts.object
            and Event.SHOOTDOWN in incident.row.facts.event
            for incident in _of(seen, iso2)
        ), iso2


@pytest.mark.parametrize("iso2", ["JP", "TW"])
def test_the_japanese_and_taiwanese_balloons_are_there(seen: Seen, iso2: str) -> None:
    assert any(
        ObjectCode.BALLOON in incident.row.facts.object and incident.row.facts.actor[:1] == ("CN",)
        for incident in _of(seen, iso2)
    )


def _of(seen: Seen, iso2: str) -> Iterator[IncidentDetail]:
    return (incident for incident in seen.incidents if iso2 in incident.row.facts.affected)
