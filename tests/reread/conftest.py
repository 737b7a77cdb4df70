"""The recorded world, collected once into a real database; each test gets a copy of the file."""

import asyncio
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from tests.replay.collecting import HandClock, collecting
from tui.domain.codes import Origin
from tui.domain.feed import FeedList
from tui.domain.rules import Rules
from tui.pipeline.collector import collect_once
from tui.pipeline.reread import Summary, Task, look, reread
from tui.reading.conclude import conclude
from tui.reading.grouping import Grouper, sketch_anew
from tui.reading.line import incident_line
from tui.reading.reader import read_story
from tui.reading.version import reader_version
from tui.replay.server import ReplayServer, demo_feed_list
from tui.replay.world import load_world
from tui.store.database import open_reader, open_writer
from tui.store.reread import StoreShelf
from tui.store.settling import Writing

START = datetime(2026, 3, 6, 7, 30, tzinfo=UTC)
WRITING = Writing(conclude, incident_line, sketch_anew, Origin.REPLAY)


@dataclass(frozen=True)
class Collected:
    path: Path
    feeds: FeedList


@pytest.fixture(scope="session")
def collected_once(tmp_path_factory: pytest.TempPathFactory) -> Collected:
    """Everything of the recorded world up to its sixth day, in two polls."""
    text = (Path(__file__).parents[2] / "seeds" / "demo" / "world.jsonl").read_text(encoding="utf-8")
    path = tmp_path_factory.mktemp("reread") / "world.db"
    world = load_world(text)

    async def collect() -> FeedList:
        clock = HandClock(START)
        with ReplayServer(world, START, clock=clock) as server:
            feeds = demo_feed_list(server)
            async with collecting(feeds, clock, path) as equipment:
                for clock.at in (START, START + timedelta(hours=30)):
                    await collect_once(equipment, everything=True)
        return feeds

    return Collected(path, asyncio.run(collect()))


@pytest.fixture
def collected(collected_once: Collected, tmp_path: Path) -> Collected:
    writer = open_writer(collected_once.path)
    writer.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    writer.close()
    copy = tmp_path / "copy.db"
    shutil.copy(collected_once.path, copy)
    return Collected(copy, collected_once.feeds)


def task(collected: Collected, rules: Rules | None = None, *, everything: bool = False) -> Task:
    return Task(
        read=partial(read_story, rules=rules),
        version=reader_version(rules),
        feeds={feed.url: feed for feed in collected.feeds.feeds},
        everything=everything,
    )


def look_over(collected: Collected, rules: Rules | None = None) -> Summary:
    reader = open_reader(collected.path)
    try:
        return look(StoreShelf(reader), task(collected, rules), lambda _: None)
    finally:
        reader.close()


def read_over(
    collected: Collected, rules: Rules | None = None, *, everything: bool = False, writing: Writing = WRITING
) -> Summary:
    writer = open_writer(collected.path)
    try:
        return reread(
            StoreShelf(writer, writing),
            task(collected, rules, everything=everything),
            Grouper,
            lambda _: None,
        )
    finally:
        writer.close()


def rows(path: Path, table: str, columns: str = "*", order: str = "1") -> Sequence[tuple[object, ...]]:
    reader = open_reader(path)
    try:
        return reader.connection.execute(f"SELECT {columns} FROM {table} ORDER BY {order}").fetchall()
    finally:
        reader.close()
