"""What waits for each channel, and what became of what it told."""

from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any

from tui.domain.alerts import DIGEST_LINES, Alert, Batch, LeftOut, StoryLink, Trigger
from tui.domain.board import IncidentRow, Rung
from tui.domain.value import dataclass
from tui.store.database import Reader
from tui.store.sqlite import sqlite3
from tui.store.values import from_json, moment_of, moment_or_none, stamp_of

_MOST = 200
"""Alerts of one message; what is left goes in the next."""

_SHOWN = 20
"""Alerts that a board holds."""

_COUNTED = 1000

_COLUMNS = "alert.id, alert.at, alert.rule, alert.triggers, alert.text, alert.incident_row, alert.links"


@dataclass(frozen=True, slots=True)
class Queued:
    """What became of an alert on one channel."""

    channel: str
    state: str
    """pending, over_budget, sent, failed."""
    not_before: datetime
    ended: datetime | None


@dataclass(frozen=True, slots=True)
class Logged:
    """An alert of the log."""

    alert: Alert
    fate: str
    queued: tuple[Queued, ...]


@dataclass(frozen=True, slots=True)
class ChannelHealth:
    """A channel that failed last time."""

    attempts: int
    since: datetime
    next_try: datetime
    error: str


def batch_for(connection: sqlite3.Connection, channel: str, now: datetime, raised_before: datetime) -> Batch:
    """Everything that waits for a channel and whose time has come, of what was raised by then, oldest first."""
    alerts = [_alert_of(row) for row in _waiting(connection, channel, "pending", now, raised_before)]
    over = [_alert_of(row) for row in _waiting(connection, channel, "over_budget", now, raised_before)]
    by_rule: defaultdict[str, list[Alert]] = defaultdict(list)
    for alert in over:
        by_rule[alert.rule].append(alert)
    left_out = tuple(
        LeftOut(rule, len(several), tuple(alert.said for alert in several[:DIGEST_LINES]))
        for rule, several in by_rule.items()
    )
    return Batch(tuple(alert.id for alert in (*alerts, *over)), tuple(alerts), left_out)


def next_try_of(connection: sqlite3.Connection, channel: str) -> int:
    """Stamp before which a channel that failed is left alone."""
    row = connection.execute("SELECT next_try FROM alert_channel WHERE name = ?", (channel,)).fetchone()
    return int(row[0]) if row else 0


def load_rung(connection: sqlite3.Connection) -> tuple[Rung, ...]:
    """The latest alerts that a rule told, latest first."""
    rows = connection.execute(
        """
        SELECT id, at, rule, incident, incident_row ->> '$.line', text FROM alert WHERE fate = 'tell'
        ORDER BY id DESC LIMIT ?
        """,
        (_SHOWN,),
    )
    return tuple(
        Rung(number, moment_of(at), rule, incident, f"{line} ({text})" if line else text)
        for number, at, rule, incident, line, text in rows
    )


def count_rung(connection: sqlite3.Connection, now: datetime) -> int:
    """Alerts of the last 24 hours; a thousand at most are counted."""
    (found,) = connection.execute(
        "SELECT count(*) FROM (SELECT at FROM alert WHERE fate = 'tell' ORDER BY id DESC LIMIT ?) WHERE at >= ?",
        (_COUNTED, stamp_of(now - timedelta(days=1))),
    ).fetchone()
    return int(found)


def load_told(connection: sqlite3.Connection, since: datetime) -> tuple[tuple[Alert, ...], int]:
    """Alerts told since a moment, newest first, and how many more were counted and not told."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM alert WHERE at >= ? AND fate = 'tell' ORDER BY id DESC LIMIT ?",  # noqa: S608 - constants
        (stamp_of(since), _MOST),
    )
    (held,) = connection.execute(
        "SELECT count(*) FROM (SELECT at, fate FROM alert ORDER BY id DESC LIMIT ?) WHERE at >= ? AND fate <> 'tell'",
        (_COUNTED, stamp_of(since)),
    ).fetchone()
    return tuple(_alert_of(row) for row in rows), int(held)


def load_log(reader: Reader, limit: int) -> tuple[Logged, ...]:
    """The latest alerts, newest first."""
    with reader.snapshot() as connection:
        rows = connection.execute(
            f"SELECT {_COLUMNS}, fate FROM alert ORDER BY id DESC LIMIT ?",  # noqa: S608 - constants
            (limit,),
        ).fetchall()
        return tuple(Logged(_alert_of(row[:-1]), row[-1], _queued(connection, row[0])) for row in rows)


def load_health(reader: Reader) -> dict[str, ChannelHealth]:
    """Channels that failed last time, by name."""
    with reader.snapshot() as connection:
        rows = connection.execute("SELECT name, attempts, since, next_try, error FROM alert_channel")
        return {
            name: ChannelHealth(attempts, moment_of(since), moment_of(next_try), error)
            for name, attempts, since, next_try, error in rows
        }


def load_waiting(reader: Reader) -> dict[str, int]:
    """How many alerts wait for each channel."""
    with reader.snapshot() as connection:
        return dict(
            connection.execute(
                "SELECT channel, count(*) FROM alert_out WHERE state IN ('pending', 'over_budget') GROUP BY 1"
            ).fetchall()
        )


def _waiting(
    connection: sqlite3.Connection, channel: str, state: str, now: datetime, raised_before: datetime
) -> list[Any]:
    return connection.execute(
        f"""
        SELECT {_COLUMNS} FROM alert_out JOIN alert ON alert.id = alert_id
        WHERE channel = ? AND state = ? AND not_before <= ? AND alert.at <= ? ORDER BY alert.id LIMIT ?
        """,  # noqa: S608 - constants
        (channel, state, stamp_of(now), stamp_of(raised_before), _MOST if state == "pending" else 10 * _MOST),
    ).fetchall()


def _queued(connection: sqlite3.Connection, alert: int) -> tuple[Queued, ...]:
    rows = connection.execute(
        "SELECT channel, state, not_before, ended FROM alert_out WHERE alert_id = ? ORDER BY channel",
        (alert,),
    )
    return tuple(
        Queued(channel, state, moment_of(not_before), moment_or_none(ended))
        for channel, state, not_before, ended in rows
    )


def _alert_of(row: Any) -> Alert:  # noqa: ANN401 - a row of _COLUMNS
    number, at, rule, triggers, text, incident, links = row
    return Alert(
        id=number,
        at=moment_of(at),
        rule=rule,
        triggers=from_json(triggers, tuple[Trigger, ...]),
        text=text,
        row=from_json(incident, IncidentRow | None),  # type: ignore[arg-type]  # msgspec takes unions
        links=from_json(links, tuple[StoryLink, ...]),
    )
