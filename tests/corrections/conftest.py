"""A store with the real grouping and the real conclusions, filled as the collector fills it."""

from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from tests.store.samples import FEED, NOON, a_report, a_round, an_entry, kept
from tui.domain.board import Board, BoardQuery, IncidentDetail
from tui.domain.codes import DatePrecision, ObjectCode, Origin
from tui.domain.feed import Feed
from tui.domain.reading import EventDate, Report
from tui.pipeline.intake import reports_of
from tui.pipeline.ports import ReadEntry
from tui.pipeline.store_thread import StoreThread
from tui.reading.conclude import conclude
from tui.reading.grouping import Grouper, sketch_anew
from tui.reading.line import incident_line
from tui.store.corrections import StoreCorrections
from tui.store.database import open_reader, open_writer
from tui.store.load import StoreBoard
from tui.store.save import StoreKeeper
from tui.store.settling import Writing

LISTED = Feed(FEED, "Example", country="PL", publisher="Example News")
WRITING = Writing(conclude, incident_line, sketch_anew)
HOUR = timedelta(hours=1)


def on(day: int) -> EventDate:
    return EventDate(date(2026, 5, day), DatePrecision.DAY)


POLISH = a_report(event_date=on(3))
BALTIC = a_report(affected=("LT",), actor=("BY",), object=(ObjectCode.BALLOON,), event_date=on(1))
NORDIC = a_report(affected=("NO",), actor=(), object=(ObjectCode.MILITARY_AIRCRAFT,), event_date=on(2))


def a_keeper(path: Path) -> StoreKeeper:
    return StoreKeeper(
        open_writer(path), conclude=conclude, line=incident_line, origin=Origin.NEWS, reader_version="test"
    )


def told(number: int, *reports: Report, title: str | None = None, publisher: str = "") -> ReadEntry:
    entry = an_entry(number, title=title, publisher=publisher or f"Paper {number}")
    return kept(replace(entry, published=NOON + timedelta(minutes=number)), *reports)


@dataclass
class Collector:
    """The writing thread of a collector that runs on, and the polls it takes in."""

    store: StoreThread
    at: datetime = NOON

    async def polls(self, *new: ReadEntry, revised: Sequence[ReadEntry] = ()) -> None:
        self.at += HOUR
        result = replace(a_round(at=self.at), new=new, revised=tuple(revised))
        await self.store.keep(result, reports_of((*new, *revised), LISTED, self.at))


@asynccontextmanager
async def collecting(path: Path) -> AsyncIterator[Collector]:
    async with StoreThread(lambda: a_keeper(path), Grouper) as store:
        await store.ask(lambda keeper: keeper.sync_feeds([LISTED], NOON))
        await store.load_incidents()
        yield Collector(store)


@dataclass
class Desk:
    """Where a person corrects, and looks."""

    corrections: StoreCorrections
    source: StoreBoard

    @property
    def board(self) -> Board:
        return self.source.board(BoardQuery(window=None), NOON + 48 * HOUR)

    @property
    def shown(self) -> dict[str, set[str]]:
        """Incidents on the board with the keys of their stories."""
        return {
            row.key: {story.key for story in self.incident(row.key).stories} for row in self.board.incidents
        }

    def found(self, words: str) -> int:
        """How many stories that are shown hold these words one after the other in their headline."""
        (number,) = self.source.reader.connection.execute(
            "SELECT count(*) FROM story WHERE NOT hidden AND instr(title, ?)", (words,)
        ).fetchone()
        return int(number)

    def incident(self, key: str) -> IncidentDetail:
        detail = self.source.incident(key)
        assert detail is not None
        return detail

    def of(self, read: ReadEntry) -> str:
        """The incident that a story is shown in."""
        detail = self.source.story(read.entry.key)
        assert detail is not None
        (incident,) = detail.incidents
        return incident


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "overflight.db"


@pytest.fixture
def desk(path: Path) -> Iterator[Desk]:
    writer = open_writer(path)
    reader = open_reader(path)
    yield Desk(StoreCorrections(writer, lambda: WRITING), StoreBoard(reader))
    reader.close()
    writer.close()
