"""The writing side of the store: one poll of one feed is one transaction, all of it or none."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from tui.domain.board import CollectorStatus
from tui.domain.codes import Origin
from tui.domain.constraints import NO_CONSTRAINTS
from tui.domain.entry import Entry
from tui.domain.feed import Feed, FeedState
from tui.domain.incident import IncidentFacts, IncidentSketch, ReportKey
from tui.domain.outcome import State, state_of
from tui.pipeline.corrected import Corrected, CorrectedMeanwhile
from tui.pipeline.keeping import Holder, Lease, PollRequest, RoundResult
from tui.pipeline.ports import Conclude, ReadEntry
from tui.store import (
    collecting,
    conclusions,
    correction_rows,
    feed_rows,
    incidents,
    settling,
    sketches,
)
from tui.store import entries as entry_rows
from tui.store.correction_rows import corrected_since
from tui.store.database import Writer
from tui.store.errors import told_plainly
from tui.store.generation import generation, raise_generation
from tui.store.incidents import ChangedStory
from tui.store.sqlite import sqlite3
from tui.store.values import plain, stamp_of

_PRUNED_AT_ONCE = 5000
"""Rows of one prune transaction, so that nobody waits long for the write lock."""


class StoreKeeper:
    """Fits `pipeline.keeping.Keeper`; called from one thread at a time."""

    def __init__(
        self,
        writer: Writer,
        *,
        conclude: Conclude,
        line: Callable[[IncidentFacts], str],
        origin: Origin,
        reader_version: str,
    ) -> None:
        self.writer = writer
        self._conclude = conclude
        self._line = line
        self._origin = origin
        self._reader_version = reader_version

    def sync_feeds(self, feeds: Sequence[Feed], at: datetime) -> None:
        """Make the feed table match the list; a removed feed keeps its history."""
        with self.writer.transaction(durable=False) as connection:
            feed_rows.sync_feeds(connection, feeds, at)

    def feed_states(self) -> Mapping[str, FeedState]:
        """State of every feed, by URL."""
        with told_plainly(self.writer.path):
            return feed_rows.load_states(self.writer.connection)

    def known_hashes(self, keys: Iterable[str]) -> Mapping[str, str]:
        """Text hash of each entry already stored, by key; RESTLESS for one that has changed often enough."""
        with told_plainly(self.writer.path):
            return entry_rows.known_hashes(self.writer.connection, keys)

    def renamed(self, feed: str, entries: Sequence[Entry]) -> Mapping[str, tuple[str, str]]:
        """Of these entries of a feed, those stored under another name: key to the stored key and its text hash."""
        with told_plainly(self.writer.path):
            return entry_rows.renamed(self.writer.connection, feed, entries)

    def yields(self, since: datetime) -> Mapping[str, int]:
        """How many stories told since then each feed brought, by URL; a feed without any is missing."""
        with told_plainly(self.writer.path):
            return feed_rows.yields(self.writer.connection, since)

    def filings(self, stories: Iterable[str]) -> Mapping[ReportKey, str]:
        """The incident that each report of these stories is stored in."""
        with told_plainly(self.writer.path):
            return incidents.load_filings(self.writer.connection, stories)

    def sketches(self, latest: int) -> tuple[IncidentSketch, ...]:
        """Sketches of so many incidents told last; of those told nowhere always: baselines, what was merged away."""
        with told_plainly(self.writer.path):
            return sketches.load_sketches(self.writer.connection, latest)

    def names_under(self, sure: Sequence[int], hints: Sequence[int], limit: int) -> Sequence[str]:
        """Incidents filed under one of the sure keys or two of the hints, those under most first, then the latest."""
        with told_plainly(self.writer.path):
            return sketches.names_under(self.writer.connection, sure, hints, limit)

    def sketches_of(self, incidents: Sequence[str]) -> Sequence[IncidentSketch]:
        """The sketches of those among these incidents that are stored."""
        with told_plainly(self.writer.path):
            return sketches.sketches_of(self.writer.connection, incidents)

    def put_away(self, sketches: Sequence[IncidentSketch]) -> None:
        """Nothing to do: what a grouping holds is stored."""

    def pinned(self, incident: str) -> bool:
        """Whether a person watches it or wrote beside it."""
        with told_plainly(self.writer.path):
            return incidents.is_pinned(self.writer.connection, incident)

    def corrections(self, since: int | None) -> Corrected:
        """What a person corrected, with the sketches that changed since that stamp; None: none of these."""
        with told_plainly(self.writer.path):
            return corrected_since(self.writer.connection, since)

    def save_round(self, result: RoundResult) -> int:
        """Store one poll, as `save_rounds` does."""
        return self.save_rounds((result,))

    def save_rounds(self, results: Sequence[RoundResult]) -> int:
        """Store polls: entries, then stories, their reports, the feeds' health; then the incidents these make, each once.

        The same polls again, as after a crash, change nothing. The generation rises when a story changed.

        Raises:
            CorrectedMeanwhile: a person corrected something since a filing was made, or watches or wrote beside an
                incident that it empties; nothing is stored.
        """
        arrived = [_each_once((*result.new, *result.revised)) for result in results]
        durable = any(
            state_of(read.reading.verdict) is not State.DROPPED for reads in arrived for read in reads
        )
        with self.writer.transaction(durable=durable) as connection:
            stamps = {result.corrections for result in results} - {None}
            if stamps and stamps != {correction_rows.stamp(connection)}:
                raise CorrectedMeanwhile
            emptied = {key for result in results if result.filing for key in result.filing.emptied}
            if any(incidents.is_pinned(connection, key) for key in emptied):
                raise CorrectedMeanwhile
            changed: list[tuple[RoundResult, list[ChangedStory]]] = []
            for result, reads in zip(results, arrived, strict=True):
                feed = feed_rows.feed_id(connection, result.state.url)
                filed = entry_rows.file_entries(connection, feed, reads, result.at, self._reader_version)
                stories = [ChangedStory(story, read.entry.key, read.reading.reports) for story, read in filed]
                entry_rows.touch(connection, result.seen, result.at)
                if stories:
                    changed.append((result, stories))
            feed_rows.save_states(connection, [result.state for result in results])
            if changed:
                self._file_incidents(connection, changed)
                raise_generation(connection)
            return generation(connection)

    def record_state(self, states: Sequence[FeedState]) -> None:
        """Store feed states alone; the generation stays."""
        with self.writer.transaction(durable=False) as connection:
            feed_rows.save_states(connection, states)

    def beat(self, status: CollectorStatus) -> None:
        """Store what the collector says of itself."""
        with self.writer.transaction(durable=False) as connection:
            collecting.save_status(connection, status)

    def take_requests(self) -> tuple[PollRequest, ...]:
        """Requests not yet carried out; each is given once."""
        with told_plainly(self.writer.path):
            if self.writer.connection.execute("SELECT 1 FROM request LIMIT 1").fetchone() is None:
                return ()  # asked every second: no write lock for nothing
        with self.writer.transaction(durable=False) as connection:
            return collecting.take_requests(connection)

    def acquire_lease(self, holder: Holder, now: datetime, ttl: timedelta) -> Lease:
        """Become, stay, or learn who is, the one process that fetches; it alone folds the log back."""
        with self.writer.transaction(durable=False) as connection:
            lease = collecting.acquire_lease(connection, holder, now, ttl)
        self.writer.connection.execute(f"PRAGMA wal_autocheckpoint = {1000 if lease.mine else 0}")
        return lease

    def release_lease(self, holder: Holder) -> None:
        """Let another process fetch."""
        with self.writer.transaction(durable=False) as connection:
            collecting.release_lease(connection, holder)

    def prune(self, now: datetime, keep_dropped: timedelta) -> int:
        """Forget the text of old dropped entries (their narrow rows stay); how many."""
        before = stamp_of(now - keep_dropped)
        total = 0
        while True:
            with self.writer.transaction(durable=False) as connection:
                pruned = connection.execute(
                    """
                    DELETE FROM dropped_text WHERE entry_id IN (
                        SELECT entry_id FROM dropped_text WHERE dropped_at < ? LIMIT ?
                    )
                    """,
                    (before, _PRUNED_AT_ONCE),
                ).rowcount
            total += pruned
            if pruned < _PRUNED_AT_ONCE:
                return total

    def checkpoint(self) -> None:
        """Fold the write-ahead log back into the file; a reader in the middle of a read delays it to the next."""
        with told_plainly(self.writer.path, writing=True):
            self.writer.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()

    def close(self) -> None:
        """Close the connection."""
        self.writer.close()

    def _file_incidents(
        self, connection: sqlite3.Connection, changed: Sequence[tuple[RoundResult, Sequence[ChangedStory]]]
    ) -> None:
        """Store the reports of every poll, then conclude each incident they touch."""
        constraints = correction_rows.load_constraints(connection)
        touched: dict[int, datetime] = {}
        for result, stories in changed:
            for incident in incidents.file_reports(
                connection, stories, result.filing, self._origin, result.at, constraints=constraints
            ):
                touched[incident] = max(touched.get(incident, result.at), result.at)
        filings = {id(result.filing): result for result, _ in changed if result.filing is not None}
        told_now = {
            (story.key, position)
            for _, stories in changed
            for story in stories
            for position in range(len(story.reports))
        }
        for result in filings.values():
            moved = incidents.move_reports(
                connection, result.filing, told_now, self._origin, result.at, constraints=constraints
            )
            for incident, at in moved.items():
                touched[incident] = max(touched.get(incident, at), at)
        for incident, at in sorted(touched.items()):
            conclusions.conclude_again(
                connection, incident, self._conclude, self._line, at, constraints=constraints
            )
        if constraints is not NO_CONSTRAINTS:
            told = [story.id for _, stories in changed for story in stories]
            settling.hide_stories(connection, told, constraints)
        for result in filings.values():
            if result.filing is not None:
                sketches.drop_sketches(connection, result.filing.emptied)
                sketches.save_sketches(connection, result.filing.sketches)


def _each_once(reads: Iterable[ReadEntry]) -> list[ReadEntry]:
    """The first of each key: a feed that gives two items one guid would else revise itself at every poll."""
    by_key: dict[str, ReadEntry] = {}
    for read in reads:
        by_key.setdefault(plain(read.entry.key), read)
    return list(by_key.values())
