"""The stored entries taken off the shelf to be read again, and put back with what was read."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime

from tui.domain.constraints import NO_CONSTRAINTS
from tui.domain.incident import Filing, IncidentSketch, ReportKey
from tui.domain.outcome import State
from tui.domain.reading import Reading
from tui.domain.value import dataclass
from tui.pipeline.corrected import Corrected
from tui.pipeline.ports import ReadEntry
from tui.pipeline.reread import EarlierText, PageText, Reread, StoredEntry
from tui.store import conclusions, correction_rows, incidents, settling, sketches
from tui.store.database import OpenFile, Writer
from tui.store.entries import with_finite_numbers
from tui.store.errors import told_plainly
from tui.store.generation import raise_generation
from tui.store.incidents import ChangedStory
from tui.store.settling import Writing
from tui.store.sqlite import sqlite3
from tui.store.stored import STORED_COLUMNS, STORED_TABLES, stored_entry_of
from tui.store.stories import insert_story
from tui.store.values import from_json, moment_of, plain, to_json

_PENDING = f"""
    SELECT {STORED_COLUMNS} FROM {STORED_TABLES}
    WHERE entry.id > :after AND (:version IS NULL OR entry.reader_version <> :version)
        AND (story.id IS NOT NULL OR dropped.entry_id IS NOT NULL)
    ORDER BY entry.id LIMIT :limit
"""  # noqa: S608 - constants


@dataclass(frozen=True, slots=True)
class Amount:
    """How much there is to read, in entries."""

    waiting: int
    """With a text, and of another version."""
    done: int
    """With a text, read by this version."""
    textless: int
    """Dropped so long ago that their text is gone; only their rows are left."""


class StoreShelf:
    """Fits `pipeline.reread.Shelf`; without `writing` it can only be looked at."""

    def __init__(self, file: OpenFile, writing: Writing | None = None) -> None:
        self._file = file
        self._writing = writing
        self._touched: dict[int, datetime] = {}
        """Incidents to be concluded, and as of when."""
        self._constraints = NO_CONSTRAINTS
        """What a person corrected, as of the transaction under way."""

    def amount(self, version: str) -> Amount:
        """How much there is to read, and how much cannot be."""
        with told_plainly(self._file.path):
            waiting, done, textless = self._file.connection.execute(
                """
                SELECT ifnull(sum(text AND stale), 0), ifnull(sum(text AND NOT stale), 0), ifnull(sum(NOT text), 0)
                FROM (
                    SELECT reader_version <> ? AS stale,
                        EXISTS (SELECT 1 FROM story WHERE story.id = entry.id)
                        OR EXISTS (SELECT 1 FROM dropped_text WHERE entry_id = entry.id) AS text
                    FROM entry
                )
                """,
                (version,),
            ).fetchone()
        return Amount(waiting, done, textless)

    def pending(self, version: str | None, after: int, limit: int) -> Sequence[StoredEntry]:
        """Entries with a text and a higher id, of another version than the one named, or all, by id."""
        with told_plainly(self._file.path):
            rows = self._file.connection.execute(
                _PENDING, {"version": version, "after": after, "limit": limit}
            )
            return [stored_entry_of(row) for row in rows]

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of it or none; the incidents touched are concluded and sketched anew at its end."""
        self._touched = {}
        with self._writer.transaction(durable=True) as connection:
            self._constraints = correction_rows.load_constraints(connection)
            yield
            self._conclude(connection)

    def sketches(self, latest: int) -> tuple[IncidentSketch, ...]:
        """Sketches of so many incidents told last; of those told nowhere always: baselines, what was merged away."""
        with told_plainly(self._file.path):
            return sketches.load_sketches(self._file.connection, latest)

    def names_under(self, sure: Sequence[int], hints: Sequence[int], limit: int) -> Sequence[str]:
        """Incidents filed under one of the sure keys or two of the hints, those under most first, then the latest."""
        with told_plainly(self._file.path):
            return sketches.names_under(self._file.connection, sure, hints, limit)

    def sketches_of(self, incidents: Sequence[str]) -> Sequence[IncidentSketch]:
        """The sketches of those among these incidents that are stored."""
        with told_plainly(self._file.path):
            return sketches.sketches_of(self._file.connection, incidents)

    def put_away(self, sketches: Sequence[IncidentSketch]) -> None:
        """Nothing to do: what a grouping holds is stored."""

    def pinned(self, incident: str) -> bool:
        """Whether a person watches it or wrote beside it."""
        with told_plainly(self._file.path):
            return incidents.is_pinned(self._file.connection, incident)

    def corrections(self) -> Corrected:
        """What a person corrected, without the sketches."""
        with told_plainly(self._file.path):
            return correction_rows.corrected_since(self._file.connection, None)

    def filings(self, stories: Sequence[str]) -> Mapping[ReportKey, str]:
        """The incident that each report of these stories is stored in."""
        return incidents.load_filings(self._file.connection, stories)

    def take_out(self, gone: Sequence[Reread]) -> None:
        """Take stories out of their incidents."""
        connection = self._file.connection
        for one in gone:
            self._touch_all(one.stored)
            connection.execute("DELETE FROM report WHERE story_id = ?", (one.stored.id,))
        self._conclude(connection)

    def put(self, changed: Sequence[Reread], filing: Filing | None, version: str) -> None:
        """Store new readings, and file the reports of what is kept."""
        connection, told = self._file.connection, False
        for one in changed:
            self._put_entry(connection, one, version)
            if not (one.differs or one.moved):
                self._touch_all(one.stored)
                continue
            told = told or one.stored.visible or one.after is not State.DROPPED
            self._put_story(connection, one, version)
            if one.after is not State.DROPPED:
                self._file_reports(connection, one, filing)
            if self._constraints is not NO_CONSTRAINTS:
                settling.hide_stories(connection, [one.stored.id], self._constraints)
        if changed:
            filed = {
                (one.stored.entry.key, position)
                for one in changed
                if one.after is State.KEPT and (one.differs or one.moved)
                for position in range(len(one.reading.reports))
            }
            moved = incidents.move_reports(
                connection, filing, filed, self._made_with.origin, None, constraints=self._constraints
            )
            for incident, at in moved.items():
                self._touch(incident, at)
        if told:
            raise_generation(connection)

    def earlier(self, stories: Sequence[StoredEntry]) -> Sequence[EarlierText]:
        """Wordings of these stories that were replaced, those whose reading is stored."""
        by_id = {one.id: one for one in stories}
        rows = self._file.connection.execute(
            """
            SELECT id, story_id, title, summary, seen, reading FROM story_version
            WHERE reading IS NOT NULL AND story_id IN (SELECT value FROM json_each(?)) ORDER BY id
            """,
            (to_json(list(by_id)),),
        )
        return [
            EarlierText(number, by_id[story], title, summary, moment_of(seen), from_json(reading, Reading))
            for number, story, title, summary, seen, reading in rows
        ]

    def put_earlier(self, changed: Sequence[tuple[EarlierText, Reading]]) -> None:
        """Store new readings of earlier wordings; their incidents are concluded anew."""
        connection = self._file.connection
        for wording, reading in changed:
            connection.execute(
                "UPDATE story_version SET reading = ? WHERE id = ?",
                (to_json(with_finite_numbers(reading)), wording.id),
            )
            self._touch_all(wording.stored)

    def pages(self, stories: Sequence[StoredEntry]) -> Sequence[PageText]:
        """Whole texts of these stories, those that were read."""
        by_id = {one.id: one for one in stories}
        rows = self._file.connection.execute(
            """
            SELECT story_id, text, reading FROM full_text
            WHERE reading IS NOT NULL AND story_id IN (SELECT value FROM json_each(?)) ORDER BY story_id
            """,
            (to_json(list(by_id)),),
        )
        return [PageText(by_id[story], text, from_json(reading, Reading)) for story, text, reading in rows]

    def put_pages(self, changed: Sequence[tuple[PageText, Reading]]) -> None:
        """Store new readings of whole texts; their incidents are concluded anew."""
        for page, reading in changed:
            self._file.connection.execute(
                "UPDATE full_text SET reading = ? WHERE story_id = ?",
                (to_json(with_finite_numbers(reading)), page.stored.id),
            )
            self._touch_all(page.stored)

    def _put_entry(self, connection: sqlite3.Connection, one: Reread, version: str) -> None:
        verdict = one.reading.verdict
        connection.execute(
            """
            UPDATE entry SET state = ?, score = ?, threshold = ?, lang = ?, reader_version = ?, why = ?
            WHERE id = ?
            """,
            (
                one.after,
                verdict.score,
                verdict.threshold,
                plain(verdict.lang),
                version,
                to_json(verdict.why),
                one.stored.id,
            ),
        )
        connection.execute("UPDATE story SET reader_version = ? WHERE id = ?", (version, one.stored.id))

    def _put_story(self, connection: sqlite3.Connection, one: Reread, version: str) -> None:
        """The story with its reading; one that is dropped is hidden, its text stays."""
        stored, reading = one.stored, with_finite_numbers(one.reading)
        known = connection.execute("SELECT hidden FROM story WHERE id = ?", (stored.id,)).fetchone()
        visible = one.after is State.KEPT or (stored.visible and not one.moved)
        if known is None and one.after is State.DROPPED:
            return
        if known is None:
            read = ReadEntry(stored.entry, reading)
            insert_story(connection, stored.id, read, stored.first_seen, version, hidden=not visible)
            connection.execute("DELETE FROM dropped_text WHERE entry_id = ?", (stored.id,))
        else:
            verdict = reading.verdict
            connection.execute(
                "UPDATE story SET hidden = ?, lang = ?, score = ?, threshold = ?, reading = ? WHERE id = ?",
                (
                    not visible,
                    plain(verdict.lang),
                    verdict.score,
                    verdict.threshold,
                    to_json(reading),
                    stored.id,
                ),
            )
        if visible is not stored.visible:
            connection.execute(
                "UPDATE feed SET kept = kept + ? WHERE id = (SELECT feed_id FROM entry WHERE id = ?)",
                (1 if visible else -1, stored.id),
            )

    def _file_reports(self, connection: sqlite3.Connection, one: Reread, filing: Filing | None) -> None:
        stored = one.stored
        story = ChangedStory(stored.id, stored.entry.key, one.reading.reports)
        touched = incidents.file_reports(
            connection,
            [story],
            filing if one.after is State.KEPT else None,
            self._made_with.origin,
            stored.first_seen,
            constraints=self._constraints,
        )
        for incident in touched:
            self._touch(incident, stored.read_at)

    def _touch_all(self, stored: StoredEntry) -> None:
        """Other rules may conclude something else of the same reading."""
        for incident in incidents.incidents_of(self._file.connection, stored.id):
            self._touch(incident, stored.read_at)

    def _touch(self, incident: int, at: datetime) -> None:
        self._touched[incident] = max(at, self._touched.get(incident, at))

    def _conclude(self, connection: sqlite3.Connection) -> None:
        """Say anew what is known of every incident touched, as of when its stories were told: nothing is made new."""
        made = self._made_with
        touched, self._touched = self._touched, {}
        changed = False
        for incident, at in sorted(touched.items()):
            changed |= conclusions.conclude_again(
                connection, incident, made.conclude, made.line, at, constraints=self._constraints
            )
            (key,) = connection.execute("SELECT key FROM incident WHERE id = ?", (incident,)).fetchone()
            for home in self._constraints.homes(key):
                settling.sketch_home(connection, home, made, self._constraints)
        if changed:
            raise_generation(connection)

    @property
    def _writer(self) -> Writer:
        if not isinstance(self._file, Writer):
            raise TypeError("this shelf is only to be looked at")
        return self._file

    @property
    def _made_with(self) -> Writing:
        if self._writing is None:
            raise TypeError("this shelf is only to be looked at")
        return self._writing
