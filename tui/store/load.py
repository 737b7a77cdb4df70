"""The reading side of the store, for the interface and the commands."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from threading import Lock
from typing import TYPE_CHECKING

from tui.domain.board import (
    Board,
    BoardQuery,
    CollectorStatus,
    Facets,
    Found,
    IncidentDetail,
    IncidentRow,
    StoryDetail,
    StoryHit,
    Telling,
)
from tui.domain.feed import FeedRow
from tui.domain.follow_up import UNRESOLVED_AFTER, OutcomeCounts
from tui.domain.query_tree import Part
from tui.domain.sources import SourceChain
from tui.domain.views import SavedView
from tui.domain.watch import Desk
from tui.pipeline.board_ports import StoreStamp
from tui.store.board import load_board, load_tellings, read_board
from tui.store.collecting import SILENT_AFTER, load_status
from tui.store.database import Reader
from tui.store.desk import load_desk
from tui.store.detail import ChainOf, load_feeds, load_incident, load_story
from tui.store.errors import told_plainly
from tui.store.outcomes import load_outcomes
from tui.store.sagas import LinkSagas
from tui.store.search import count_facets, search_incidents, search_stories
from tui.store.sqlite import sqlite3
from tui.store.views import load_views

if TYPE_CHECKING:
    from tui.domain.record import WeekCounts
    from tui.domain.statistics import Statistics


class StoreBoard:
    """Fits `pipeline.board_ports.BoardSource`; may be asked from any thread, one read at a time of each kind."""

    def __init__(
        self,
        reader: Reader,
        *,
        aside: Reader | None = None,
        interval: timedelta = timedelta(minutes=15),
        silent_after: timedelta = SILENT_AFTER,
        unresolved_after: timedelta = UNRESOLVED_AFTER,
        link_sagas: LinkSagas = lambda _sketches: (),
        chain_of: ChainOf = lambda _reports: SourceChain(),
    ) -> None:
        self.reader = reader
        self._aside = aside or reader
        """What counts over everything: another connection, so that nobody who asks for one thing waits for it."""
        self._interval = interval
        """What a feed without an interval of its own is polled at."""
        self._silent_after = silent_after
        """Age of the last heartbeat, by the clock in use, from which the collector counts as failed."""
        self._unresolved_after = unresolved_after
        self._link_sagas = link_sagas
        self._chain_of = chain_of
        self._lock = Lock()
        self._aside_lock = self._lock if aside is None else Lock()
        self._data_version = -1
        self._stamp = StoreStamp(0, 0)

    def stamp(self) -> StoreStamp:
        """Microseconds when nothing changed; the last answer again while another thread reads."""
        if not self._lock.acquire(blocking=False):
            return self._stamp
        try:
            self.reader.require_still_there()
            with told_plainly(self.reader.path):
                self._look_at_stamp(self.reader.connection)
            return self._stamp
        finally:
            self._lock.release()

    def board(self, query: BoardQuery, now: datetime) -> Board:
        """The whole picture in one read transaction."""
        with self._aside_lock, self._aside.snapshot() as connection:
            return load_board(connection, query, now, self._interval)

    def board_as_read(self, query: BoardQuery, now: datetime) -> Iterator[Board]:
        """The same in two parts, as soon as each is read: without what is counted by country, then whole."""
        with self._aside_lock, self._aside.snapshot() as connection:
            yield from read_board(connection, query, now, self._interval)

    def tellings(self) -> Mapping[str, tuple[Telling, ...]]:
        """When each story of each incident in the news came and was told."""
        with self._aside_lock, self._aside.snapshot() as connection:
            return load_tellings(connection)

    def collector(self, now: datetime) -> CollectorStatus:
        """What the process that fetches last said, and how its feeds stand."""
        with self._aside_lock, self._aside.snapshot() as connection:
            return load_status(connection, now, self._silent_after)

    def incident(self, key: str) -> IncidentDetail | None:
        """One incident with its history and stories."""
        with self._lock, self.reader.snapshot() as connection:
            return load_incident(connection, key, self._chain_of, self._link_sagas)

    def outcomes(self, now: datetime) -> tuple[OutcomeCounts, ...]:
        """How the incidents of each state ended, as of now."""
        with self._aside_lock, self._aside.snapshot() as connection:
            return load_outcomes(connection, now, self._unresolved_after)

    def story(self, key: str) -> StoryDetail | None:
        """One story with its reading."""
        with self._lock, self.reader.snapshot() as connection:
            return load_story(connection, key)

    def feeds(self, now: datetime) -> tuple[FeedRow, ...]:
        """Every feed with its state and its yield of the last 30 days."""
        with self._lock, self.reader.snapshot() as connection:
            return load_feeds(connection, now)

    def find_incidents(self, query: Part, now: datetime, limit: int = 200) -> Found[IncidentRow]:
        """Incidents of a query, last told first."""
        with self._lock, self.reader.snapshot() as connection:
            return search_incidents(connection, query, now, limit)

    def find_stories(self, query: Part, now: datetime, limit: int = 200) -> Found[StoryHit]:
        """Stories of a query, the best fit first."""
        with self._lock, self.reader.snapshot() as connection:
            return search_stories(connection, query, now, limit)

    def facets(self, query: Part, now: datetime) -> Facets:
        """What the incidents of a query have in common."""
        with self._aside_lock, self._aside.snapshot() as connection:
            return count_facets(connection, query, now)

    def statistics(self, now: datetime, weeks: int) -> "Statistics":
        """Everything that is counted over so many weeks; reading holds the store, counting does not."""
        from tui.domain.statistics import statistics_of  # noqa: PLC0415 -- the first board is read without it
        from tui.store.statistics import load_record  # noqa: PLC0415 -- as above

        with self._aside_lock, self._aside.snapshot() as connection:
            record = load_record(connection, now, self._interval, weeks, self._unresolved_after)
        return statistics_of(record)

    def this_week(self, now: datetime) -> "WeekCounts":
        """Incidents by state of the week under way, and of those before that say what is usual."""
        from tui.store.statistics import load_weeks  # noqa: PLC0415 -- as above

        with self._aside_lock, self._aside.snapshot() as connection:
            return load_weeks(connection, now, self._interval, 1)

    def views(self) -> tuple[SavedView, ...]:
        """The saved views, in order."""
        with self._lock, self.reader.snapshot() as connection:
            return load_views(connection)

    def desk(self, now: datetime) -> Desk:
        """Saved views with their counts, watched incidents, the alerts of a day."""
        with self._aside_lock, self._aside.snapshot() as connection:
            return load_desk(connection, now)

    def still_there(self) -> bool:
        """Whether the file was not moved, deleted or replaced."""
        return self.reader.still_there()

    def close(self) -> None:
        """Close the connections, after the reads that are under way."""
        with self._lock:
            self.reader.close()
        if self._aside is not self.reader:
            with self._aside_lock:
                self._aside.close()

    def _look_at_stamp(self, connection: sqlite3.Connection) -> None:
        (version,) = connection.execute("PRAGMA data_version").fetchone()
        if version == self._data_version:
            return
        counts = dict(
            connection.execute("SELECT name, value FROM meta WHERE name IN ('generation', 'beat')").fetchall()
        )
        self._stamp = StoreStamp(generation=counts["generation"], beat=counts["beat"])
        self._data_version = version
