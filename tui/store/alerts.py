"""Alerts: raised from what changed since the last look, kept until every channel has told them."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from tui.domain.alerts import (
    FRESH,
    OF_STATES,
    AlertPlan,
    AlertRule,
    AlertTime,
    Batch,
    Change,
    Channel,
    StoryLink,
    changes,
    told_by,
)
from tui.domain.board import IncidentRow
from tui.domain.incident import IncidentFacts
from tui.domain.value import dataclass
from tui.store.alert_filing import Subject, file_alert
from tui.store.alert_out import batch_for, next_try_of
from tui.store.alert_states import changed_states, file_states
from tui.store.database import Writer
from tui.store.errors import told_plainly
from tui.store.generation import raise_generation
from tui.store.incident_rows import ROW_COLUMNS, names_of_looked, row_of
from tui.store.query_sql import on_incidents
from tui.store.sqlite import sqlite3
from tui.store.values import from_json, moment_of, stamp_of, to_json

_BEGUN, _LOOKED_AT, _GENERATION = "alerts_begun", "alerts_looked", "alerts_generation"

_STATES_AT = "alerts_states_at"
_STATES_EVERY = timedelta(minutes=5)

_LATE = timedelta(days=1)
"""How far behind the last look a poll may be dated that was stored after it."""

_REMEMBERED = timedelta(days=60)
_TOO_OLD = timedelta(days=7)
"""What no channel took in this time is given up."""

_LOGGED = timedelta(days=365)
_LINKS = 3


@dataclass(frozen=True, slots=True)
class _Seen:
    """An incident that changed since the last look."""

    id: int
    row: IncidentRow
    before: IncidentFacts | None


class StoreAlerts:
    """Fits `pipeline.alerting.AlertBook`; called from one thread at a time."""

    def __init__(self, writer: Writer, interval: timedelta = timedelta(minutes=15)) -> None:
        self.writer = writer
        self._interval = interval
        """What a feed without an interval of its own is polled at."""

    def evaluate(self, plan: AlertPlan, when: AlertTime, *, may_begin: bool) -> int:
        """Raise the alerts of everything that changed since the last look; how many.

        One transaction with what is remembered of the incidents: a restart neither doubles nor loses one. The first look
        of all raises none, and waits until it `may_begin`.
        """
        with told_plainly(self.writer.path):
            begun = _value(self.writer.connection, _BEGUN)
            current = _value(self.writer.connection, "generation")
            if (begun is None and not may_begin) or current == _value(self.writer.connection, _GENERATION):
                return 0
        with self.writer.transaction(durable=True) as connection:
            raised = 0
            if begun is None:
                _begin(connection, when.at)
            else:
                found = _changed(connection, moment_of(begun))
                raised = sum(_raise(connection, rule, found, when) for rule in plan.rules if rule.enabled)
                _remember(connection, found)
            if raised:
                raise_generation(connection)
            _set(connection, _LOOKED_AT, stamp_of(when.at))
            _set(connection, _GENERATION, _value(connection, "generation") or 0)
        return raised

    def look_at_states(self, plan: AlertPlan, when: AlertTime) -> int:
        """Raise the alerts of states that went blind or have more than usual; how many. A few minutes apart, when asked for."""
        rules = [rule for rule in plan.rules if rule.enabled and OF_STATES & set(rule.on)]
        with told_plainly(self.writer.path):
            looked = _value(self.writer.connection, _STATES_AT)
        # A clock that was set back must not stop the looking.
        if not rules or (looked is not None and abs(when.at - moment_of(looked)) < _STATES_EVERY):
            return 0
        with self.writer.transaction(durable=True) as connection:
            changed = changed_states(connection, when.at, self._interval, first=looked is None)
            raised = sum(file_states(connection, rule, changed, when) for rule in rules)
            _set(connection, _STATES_AT, stamp_of(when.at))
            if raised:
                raise_generation(connection)
        return raised

    def rest(self) -> None:
        """No rule is in force: the first look after one is will raise nothing."""
        with told_plainly(self.writer.path):
            if _value(self.writer.connection, _BEGUN) is None:
                return
        with self.writer.transaction(durable=False) as connection:
            connection.execute("DELETE FROM meta WHERE name IN (?, ?, ?)", (_BEGUN, _GENERATION, _STATES_AT))
            connection.execute("DELETE FROM alert_seen")
            connection.execute("DELETE FROM alert_state")

    def prune(self, now: datetime) -> None:
        """Give up what waited too long, forget what is long past."""
        with self.writer.transaction(durable=False) as connection:
            connection.execute(
                """
                UPDATE alert_out SET state = 'failed', ended = ?
                WHERE state IN ('pending', 'over_budget') AND alert_id IN (SELECT id FROM alert WHERE at < ?)
                """,
                (stamp_of(now), stamp_of(now - _TOO_OLD)),
            )
            connection.execute("DELETE FROM alert WHERE at < ?", (stamp_of(now - _LOGGED),))
            connection.execute(
                "DELETE FROM alert_seen WHERE seen_revised < ?", (stamp_of(now - _REMEMBERED),)
            )

    def due(self, channels: Iterable[Channel], when: AlertTime) -> tuple[tuple[Channel, Batch], ...]:
        """What each channel has to tell now, all of it in one message; nothing in quiet hours, nor while it rests."""
        with told_plainly(self.writer.path):
            connection = self.writer.connection
            found = (
                (channel, batch_for(connection, channel.name, when.at, when.raised_before(channel.digest)))
                for channel in channels
                if (channel.always or not when.quiet)
                and next_try_of(connection, channel.name) <= stamp_of(when.at)
            )
            return tuple((channel, batch) for channel, batch in found if batch.ids)

    def sent(self, channel: str, batch: Batch, at: datetime) -> None:
        """The channel told the message."""
        with self.writer.transaction(durable=True) as connection:
            _end(connection, channel, batch, "sent", at)
            connection.execute("DELETE FROM alert_channel WHERE name = ?", (channel,))

    def attempts(self, channel: str) -> int:
        """How often in a row it has failed."""
        with told_plainly(self.writer.path):
            row = self.writer.connection.execute(
                "SELECT attempts FROM alert_channel WHERE name = ?", (channel,)
            ).fetchone()
            return int(row[0]) if row else 0

    def failed(
        self, channel: str, batch: Batch, error: str, at: datetime, next_try: datetime, *, give_up: bool
    ) -> None:
        """The channel did not; it rests until the next try, the message waits unless it is given up."""
        with self.writer.transaction(durable=True) as connection:
            if give_up:
                _end(connection, channel, batch, "failed", at)
            connection.execute(
                """
                INSERT INTO alert_channel (name, attempts, since, next_try, error) VALUES (?1, ?2, ?3, ?4, ?5)
                ON CONFLICT (name) DO UPDATE SET attempts = iif(?2, attempts + 1, 0), next_try = ?4, error = ?5
                """,
                (channel, 0 if give_up else 1, stamp_of(at), stamp_of(next_try), error[:300]),
            )

    def close(self) -> None:
        """Close the connection."""
        self.writer.close()


def forget_waiting(connection: sqlite3.Connection, at: datetime) -> None:
    """What waits for a channel is told by the store it was raised in, not by a copy of it; the copy begins anew."""
    connection.execute(
        "UPDATE alert_out SET state = 'failed', ended = ? WHERE state IN ('pending', 'over_budget')",
        (stamp_of(at),),
    )
    connection.execute(
        "DELETE FROM meta WHERE name IN (?, ?, ?, ?)", (_BEGUN, _GENERATION, _LOOKED_AT, _STATES_AT)
    )
    for table in ("alert_channel", "alert_seen", "alert_state"):
        connection.execute(f"DELETE FROM {table}")  # noqa: S608 - constants


def _begin(connection: sqlite3.Connection, at: datetime) -> None:
    """Remember what there is, and raise nothing for it."""
    _set(connection, _BEGUN, stamp_of(at))
    connection.execute("DELETE FROM alert_seen")
    connection.execute(
        """
        INSERT INTO alert_seen (incident_id, seen_revised, seen_facts)
        SELECT id, last_revised, facts FROM incident WHERE origin <> 'baseline' AND last_revised >= ?
        """,
        (stamp_of(at - _REMEMBERED),),
    )


def _changed(connection: sqlite3.Connection, begun: datetime) -> tuple[_Seen, ...]:
    """Incidents revised since they were last evaluated, oldest change first."""
    looked = moment_of(_value(connection, _LOOKED_AT) or 0)
    rows = connection.execute(
        f"""
        SELECT incident.id, seen_facts, {ROW_COLUMNS}
        FROM incident LEFT JOIN incident_mark ON incident_mark.incident_id = incident.id
            LEFT JOIN alert_seen ON alert_seen.incident_id = incident.id
        WHERE origin <> 'baseline' AND stories > 0 AND last_revised >= :since
            AND ifnull(seen_revised, -1) <> last_revised
        ORDER BY last_revised, incident.id
        """,  # noqa: S608 - constants
        names_of_looked(connection) | {"since": stamp_of(looked - _LATE)},
    ).fetchall()
    found = []
    for number, facts, *columns in rows:
        row = row_of(tuple(columns))
        # One from before the first look, of which nothing was remembered, has no change to tell.
        before = from_json(facts, IncidentFacts) if facts is not None else None
        known = before is not None or row.first_seen >= begun
        found.append(_Seen(number, row, before if known else row.facts))
    return tuple(found)


def _remember(connection: sqlite3.Connection, found: Sequence[_Seen]) -> None:
    connection.executemany(
        """
        INSERT OR REPLACE INTO alert_seen (incident_id, seen_revised, seen_facts)
        SELECT id, last_revised, facts FROM incident WHERE id = ?
        """,
        [(seen.id,) for seen in found],
    )


def _raise(connection: sqlite3.Connection, rule: AlertRule, found: Sequence[_Seen], when: AlertTime) -> int:
    """The alerts of one rule; how many."""
    told = {seen.id: (seen, made) for seen in found if (made := told_by(rule, _news(seen, when.at)))}
    if not told:
        return 0
    condition = on_incidents(rule.query, when.at)
    matching = connection.execute(
        f"SELECT id FROM incident WHERE id IN (SELECT value FROM json_each(:changed)) AND {condition.sql}",  # noqa: S608 - constants; what was typed is a parameter
        condition.names | names_of_looked(connection) | {"changed": to_json(list(told))},
    )
    asked = {number for (number,) in matching}
    for number, (seen, made) in told.items():
        if number in asked:
            subject = Subject(
                seen.row.key, seen.row, _only_publisher(connection, seen), _links(connection, seen.id)
            )
            file_alert(connection, rule, subject, made, when)
    return len(asked)


def _news(seen: _Seen, now: datetime) -> tuple[Change, ...]:
    """What happened to it; one that is new to us and old to the world is no news."""
    if seen.before is None and seen.row.latest < now - FRESH:
        return ()
    return changes(seen.before, seen.row.facts)


def _only_publisher(connection: sqlite3.Connection, seen: _Seen) -> str | None:
    if seen.row.publishers > 1:
        return None
    row = connection.execute(
        "SELECT story.publisher FROM report JOIN story ON story.id = report.story_id WHERE incident_id = ? LIMIT 1",
        (seen.id,),
    ).fetchone()
    return str(row[0]) if row else None


def _links(connection: sqlite3.Connection, incident: int) -> tuple[StoryLink, ...]:
    rows = connection.execute(
        """
        SELECT DISTINCT story.title, entry.url, story.publisher
        FROM report JOIN story ON story.id = report.story_id JOIN entry ON entry.id = story.id
        WHERE incident_id = ? ORDER BY story.id DESC LIMIT ?
        """,
        (incident, _LINKS),
    )
    return tuple(StoryLink(*row) for row in rows)


def _end(connection: sqlite3.Connection, channel: str, batch: Batch, state: str, at: datetime) -> None:
    connection.executemany(
        "UPDATE alert_out SET state = ?, ended = ? WHERE alert_id = ? AND channel = ?",
        [(state, stamp_of(at), number, channel) for number in batch.ids],
    )


def _value(connection: sqlite3.Connection, name: str) -> int | None:
    row: Any = connection.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
    return int(row[0]) if row else None


def _set(connection: sqlite3.Connection, name: str, value: int) -> None:
    connection.execute("INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)", (name, value))
