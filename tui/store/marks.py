"""What a person did: stored at once, and on the disk before it is believed."""

from collections.abc import Callable, Sequence
from datetime import datetime

from tui.domain.correction import Correction, Made
from tui.domain.notes import Written
from tui.domain.views import SavedView, ViewEdit
from tui.pipeline.keeping import PollRequest
from tui.store import collecting, notes
from tui.store.corrections import StoreCorrections
from tui.store.database import Writer
from tui.store.errors import told_plainly
from tui.store.full_texts import ask_for
from tui.store.generation import raise_generation
from tui.store.settling import Writing
from tui.store.sqlite import sqlite3
from tui.store.values import plain, stamp_of, to_json
from tui.store.views import edit_views


class StoreMarks:
    """Fits `pipeline.board_ports.Marks`; its own writing connection, of one thread at a time."""

    def __init__(self, writer: Writer, make_writing: Callable[[], Writing] | None = None) -> None:
        self.writer = writer
        self._corrections = StoreCorrections(writer, make_writing or _nothing_to_write_with)

    def correct(self, correction: Correction, at: datetime, note: str = "") -> Made:
        """Store a correction with its effects; raises CorrectionError when it cannot be made."""
        return self._corrections.add(correction, at, note)

    def undo_correction(self, number: int, at: datetime) -> Made:
        """Take a correction back; raises CorrectionError when it cannot be."""
        return self._corrections.undo(number, at)

    def mark_seen(self, keys: Sequence[str], at: datetime) -> None:
        """The incidents were seen; the mark "since you last looked" moves up to the oldest not yet seen."""
        with self.writer.transaction(durable=True) as connection:
            connection.execute(
                """
                INSERT INTO incident_mark (incident_id, seen_at)
                SELECT id, ? FROM incident WHERE key IN (SELECT value FROM json_each(?))
                ON CONFLICT (incident_id) DO UPDATE SET seen_at = excluded.seen_at, unseen = 0
                """,
                (stamp_of(at), _list_of(keys)),
            )
            _advance_looked(connection, stamp_of(at))
            raise_generation(connection)

    def mark_unseen(self, keys: Sequence[str]) -> None:
        """Undo of the above; the incidents are new again wherever the mark stands."""
        with self.writer.transaction(durable=True) as connection:
            connection.execute(
                """
                INSERT INTO incident_mark (incident_id, unseen)
                SELECT id, 1 FROM incident WHERE key IN (SELECT value FROM json_each(?))
                ON CONFLICT (incident_id) DO UPDATE SET seen_at = NULL, unseen = 1
                """,
                (_list_of(keys),),
            )
            raise_generation(connection)

    def set_watched(self, key: str, *, watched: bool, at: datetime) -> None:
        """Star an incident, or take the star away."""
        with self.writer.transaction(durable=True) as connection:
            connection.execute(
                """
                INSERT INTO incident_mark (incident_id, watched_at) SELECT id, ? FROM incident WHERE key = ?
                ON CONFLICT (incident_id) DO UPDATE SET watched_at = excluded.watched_at
                """,
                (stamp_of(at) if watched else None, plain(key)),
            )
            raise_generation(connection)

    def set_note(self, key: str, text: str, at: datetime, instead_of: str | None = None) -> Written:
        """Write the note of an incident, a merged one's where it is shown, if it is still `instead_of`; empty takes it away."""
        with self.writer.transaction(durable=True) as connection:
            written = notes.set_note(connection, key, text, at, instead_of)
            raise_generation(connection)
        return written

    def set_tags(
        self, key: str, tags: Sequence[str], at: datetime, instead_of: Sequence[str] | None = None
    ) -> Written:
        """Give an incident these tags and no others, if it still has `instead_of`."""
        with self.writer.transaction(durable=True) as connection:
            written = notes.set_tags(connection, key, tags, at, instead_of)
            raise_generation(connection)
        return written

    def edit_view(self, edit: ViewEdit, at: datetime) -> tuple[SavedView, ...]:
        """Change the list of saved views; the list after it. Raises ViewError when it cannot be changed so."""
        with self.writer.transaction(durable=True) as connection:
            views = edit_views(connection, edit, at)
            raise_generation(connection)
        return views

    def set_looked(self, at: datetime) -> None:
        """The user looked at the board now: what was there before is no longer new."""
        with self.writer.transaction(durable=True) as connection:
            _set_looked(connection, stamp_of(at))
            raise_generation(connection)

    def request(self, request: PollRequest, at: datetime) -> None:
        """Ask the collector for something."""
        with self.writer.transaction(durable=True) as connection:
            collecting.ask(connection, request, at)

    def ask_full_text(self, key: str, at: datetime) -> None:
        """Ask the collector for the whole text of a story."""
        with self.writer.transaction(durable=True) as connection:
            ask_for(connection, key, at)

    def remember(self, name: str, value: str) -> None:
        """Keep a choice of the interface, such as the theme."""
        with self.writer.transaction(durable=True) as connection:
            connection.execute(
                "INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)",
                (_choice(name), plain(value)),
            )

    def recall(self, name: str) -> str | None:
        """The choice kept under that name."""
        with told_plainly(self.writer.path):
            row = self.writer.connection.execute(
                "SELECT value FROM meta WHERE name = ?",
                (_choice(name),),
            ).fetchone()
        return None if row is None else str(row[0])

    def close(self) -> None:
        """Close the connection."""
        self.writer.close()


def _nothing_to_write_with() -> Writing:
    raise TypeError("these marks were opened without what corrections need")


def _advance_looked(connection: sqlite3.Connection, stamp: int) -> None:
    """Move the mark to now, or to just before the oldest incident that is still new: nothing is seen unasked."""
    oldest = connection.execute(
        """
        SELECT first_seen FROM incident LEFT JOIN incident_mark ON incident_id = id
        WHERE origin <> 'baseline' AND stories > 0 AND seen_at IS NULL
            AND first_seen > coalesce((SELECT value FROM meta WHERE name = 'looked'), -9223372036854775808)
        ORDER BY first_seen LIMIT 1
        """,
    ).fetchone()
    _set_looked(connection, stamp if oldest is None else min(stamp, oldest[0] - 1))


def _set_looked(connection: sqlite3.Connection, stamp: int) -> None:
    connection.execute(
        """
        INSERT INTO meta (name, value) VALUES ('looked', ?)
        ON CONFLICT (name) DO UPDATE SET value = max(value, excluded.value)
        """,
        (stamp,),
    )


def _choice(name: str) -> str:
    """Choices live apart from the store's own names."""
    return f"ui.{plain(name)}"


def _list_of(keys: Sequence[str]) -> str:
    return to_json([plain(key) for key in keys])
