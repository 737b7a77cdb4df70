"""What a person corrects, stored with all its effects in one transaction, and taken back the same way."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

from tui.domain.constraints import Constraints, incidents_named
from tui.domain.correction import Apart, Correction, CorrectionError, Made, Merge, Split
from tui.domain.value import dataclass
from tui.store import correction_rows, settling
from tui.store.correction_checks import checked
from tui.store.database import Writer
from tui.store.generation import raise_generation
from tui.store.notes import follow_merges
from tui.store.proposals import settle_proposals
from tui.store.settling import Writing
from tui.store.sqlite import sqlite3
from tui.store.values import from_json, plain, stamp_of, to_json


@dataclass(frozen=True, slots=True)
class _Marks:
    """Marks and age of an incident, as a correction found or left them."""

    last_revised: int
    seen_at: int | None
    unseen: int
    watched_at: int | None


_Before = dict[str, tuple[_Marks, _Marks]]
"""By key, before and after."""


class StoreCorrections:
    """Corrects what is stored; shares a writing connection, of one thread at a time."""

    def __init__(self, writer: Writer, make_writing: Callable[[], Writing]) -> None:
        self._writer = writer
        self._make_writing = make_writing
        """Called when first needed: the reading is no small thing to load."""
        self._writing: Writing | None = None

    def add(self, correction: Correction, at: datetime, note: str = "") -> Made:
        """Store a correction and do what it says.

        Raises:
            CorrectionError: it cannot be made, and why; nothing is changed.
        """
        with self._writer.transaction(durable=True) as connection:
            before = correction_rows.load_constraints(connection)
            made = correction_rows.insert(connection, checked(connection, correction, before), at, note)
            if isinstance(made.correction, Split):
                _open_split(connection, made.correction, at)
            keys = _marked(connection, made, before)
            stood = _standing(connection, keys)
            after = correction_rows.load_constraints(connection)
            settling.settle(connection, before, after, self._made_with)
            follow_merges(connection, after)
            _join_marks(connection, made.correction)
            now = _standing(connection, keys)
            changed: _Before = {key: (stood[key], now[key]) for key in stood if stood[key] != now[key]}
            correction_rows.keep_before(connection, made.id, changed)
            settle_proposals(connection, _decided(made.correction), at)
            _announce(connection)
        return made

    def undo(self, number: int, at: datetime) -> Made:
        """Take a correction back; everything stands as before it, but for what came since.

        Raises:
            CorrectionError: there is none of that number, or it was taken back before.
        """
        with self._writer.transaction(durable=True) as connection:
            made = correction_rows.load_one(connection, number)
            if made is None:
                raise CorrectionError(
                    f"There is no correction {number}; `overflight corrections list` has them all"
                )
            if made.undone_at is not None:
                raise CorrectionError(
                    f"Correction {number} was taken back at {made.undone_at:%Y-%m-%d %H:%M} already; nothing was changed"
                )
            before = correction_rows.load_constraints(connection)
            correction_rows.mark_undone(connection, number, at)
            after = correction_rows.load_constraints(connection)
            settling.settle(connection, before, after, self._made_with)
            follow_merges(connection, after)
            _restore(connection, number)
            settle_proposals(connection, _decided(made.correction), None)
            _announce(connection)
        return replace(made, undone_at=at)

    @property
    def _made_with(self) -> Writing:
        self._writing = self._writing or self._make_writing()
        return self._writing


def _announce(connection: sqlite3.Connection) -> None:
    correction_rows.raise_stamp(connection)
    raise_generation(connection)


def _decided(correction: Correction) -> list[tuple[str, str]]:
    """The pair of incidents that a correction decides on."""
    match correction:
        case Merge(incident, other) | Apart(incident, other):
            return [(incident, other)]
        case _:
            return []


def _open_split(connection: sqlite3.Connection, split: Split, at: datetime) -> None:
    """The new incident, as old and as seen as the one it comes from: a person who splits has seen it."""
    connection.execute(
        """
        INSERT INTO incident (key, origin, first_seen, last_revised, certainty, line, facts)
        SELECT ?, origin, first_seen, 0, certainty, '', facts FROM incident WHERE key = ?
        """,
        (plain(split.into), plain(split.incident)),
    )
    connection.execute(
        "INSERT INTO incident_mark (incident_id, seen_at) SELECT id, ? FROM incident WHERE key = ?",
        (stamp_of(at), plain(split.into)),
    )


def _marked(connection: sqlite3.Connection, made: Made, constraints: Constraints) -> frozenset[str]:
    """Incidents whose marks and age a correction may touch."""
    named = incidents_named(made)
    _, story, _ = correction_rows.about(made.correction)
    rows = connection.execute(
        """
        SELECT DISTINCT incident.key FROM report JOIN incident ON incident.id = incident_id
            JOIN entry ON entry.id = story_id WHERE entry.key = ?
        """,
        (plain(story or ""),),
    )
    return frozenset({*named, *map(constraints.shown, named), *(key for (key,) in rows)})


def _standing(connection: sqlite3.Connection, keys: Iterable[str]) -> dict[str, _Marks]:
    rows = connection.execute(
        """
        SELECT key, last_revised, seen_at, ifnull(unseen, 0), watched_at
        FROM incident LEFT JOIN incident_mark ON incident_id = id
        WHERE key IN (SELECT value FROM json_each(?))
        """,
        (to_json([plain(key) for key in sorted(keys)]),),
    )
    return {key: _Marks(*rest) for key, *rest in rows}


def _join_marks(connection: sqlite3.Connection, correction: Correction) -> None:
    """What was watched stays watched in what it was merged into."""
    if isinstance(correction, Merge):
        connection.execute(
            """
            INSERT INTO incident_mark (incident_id, watched_at)
            SELECT target.id, mark.watched_at FROM incident target, incident source
                JOIN incident_mark mark ON mark.incident_id = source.id
            WHERE target.key = ?1 AND source.key = ?2 AND mark.watched_at IS NOT NULL
            ON CONFLICT (incident_id) DO UPDATE SET watched_at = coalesce(watched_at, excluded.watched_at)
            """,
            (plain(correction.into), plain(correction.incident)),
        )


def _restore(connection: sqlite3.Connection, number: int) -> None:
    """Marks and ages as they were, where nothing has changed them since."""
    kept = correction_rows.load_before(connection, number)
    changed = {} if kept is None else from_json(kept, _Before)
    now = _standing(connection, changed)
    for key, (was, became) in changed.items():
        is_now = now[key]
        if is_now.last_revised == became.last_revised != was.last_revised:
            connection.execute(
                "UPDATE incident SET last_revised = ? WHERE key = ?", (was.last_revised, plain(key))
            )
        if is_now.watched_at == became.watched_at != was.watched_at:
            connection.execute(
                """
                UPDATE incident_mark SET watched_at = ?
                WHERE incident_id = (SELECT id FROM incident WHERE key = ?)
                """,
                (was.watched_at, plain(key)),
            )
    connection.execute(
        "DELETE FROM incident_mark WHERE seen_at IS NULL AND NOT unseen AND watched_at IS NULL"
    )
