"""The real collector over a real database, for tests that watch a whole way."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from tui.domain.board import Board, BoardQuery, IncidentDetail, StoryDetail
from tui.domain.codes import Origin
from tui.domain.feed import FeedList
from tui.feeds.fetch import HttpFetcher
from tui.pipeline.collector import Equipment, this_process
from tui.pipeline.parse_child import ParseChild
from tui.pipeline.rhythm import Rhythm
from tui.reading.conclude import conclude
from tui.reading.grouping import Grouper
from tui.reading.line import incident_line
from tui.store.database import open_reader, open_writer
from tui.store.load import StoreBoard
from tui.store.save import StoreKeeper


@dataclass
class HandClock:
    """A clock that the test turns."""

    at: datetime

    def now(self) -> datetime:
        return self.at

    def monotonic(self) -> float:
        return 0.0


@asynccontextmanager
async def collecting(feeds: FeedList, clock: HandClock, path: Path) -> AsyncIterator[Equipment]:
    """Everything that collecting needs, closed at the end."""
    equipment = Equipment(
        feeds=feeds,
        fetcher=HttpFetcher(feeds.settings, clock),
        parser=ParseChild(),
        open_keeper=lambda: StoreKeeper(
            open_writer(path),
            conclude=conclude,
            line=incident_line,
            origin=Origin.REPLAY,
            reader_version="test",
        ),
        make_grouping=Grouper,
        clock=clock,
        holder=this_process(),
        rhythm=Rhythm(spacing=timedelta(), hand_pause=timedelta(), resume_gap=None),
        chance=lambda: 0.0,
    )
    try:
        yield equipment
    finally:
        await equipment.fetcher.aclose()
        await equipment.parser.aclose()


@dataclass(frozen=True)
class Seen:
    """What stands in the database."""

    board: Board
    incidents: tuple[IncidentDetail, ...]
    stories: tuple[StoryDetail, ...]


def look_at(path: Path, now: datetime) -> Seen:
    """The whole board, with the details of each incident and story on it."""
    source = StoreBoard(open_reader(path))
    try:
        board = source.board(BoardQuery(window=None), now)
        incidents = tuple(filter(None, (source.incident(row.key) for row in board.incidents)))
        keys = dict.fromkeys(story.key for incident in incidents for story in incident.stories)
        return Seen(board, incidents, tuple(filter(None, map(source.story, keys))))
    finally:
        source.close()
