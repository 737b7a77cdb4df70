"""Who fetches, what it says of itself, and what it is asked; each function runs inside the caller's transaction."""

from datetime import datetime, timedelta

from tui.domain.board import CollectorStatus
from tui.pipeline.keeping import Holder, Lease, PollRequest
from tui.store.feed_rows import count_feeds
from tui.store.sqlite import sqlite3
from tui.store.values import moment_of, moment_or_none, plain, plain_or_none, stamp_of, stamp_or_none

SILENT_AFTER = timedelta(seconds=60)
"""A collector that says nothing for so long has died or hangs."""

_FETCH = "fetch"
_NOT_RUNNING = ("none", "failed")


def acquire_lease(connection: sqlite3.Connection, holder: Holder, now: datetime, ttl: timedelta) -> Lease:
    """Take the lease when it is free, ours or run out; else say whose it is.

    One that ends later than two terms from now was written by a clock that has since stepped back: run out too.
    """
    until = now + ttl
    connection.execute(
        """
        INSERT INTO lease (name, token, pid, host, until) VALUES (?1, ?2, ?3, ?4, ?5)
        ON CONFLICT (name) DO UPDATE
            SET token = excluded.token, pid = excluded.pid, host = excluded.host, until = excluded.until
            WHERE token = excluded.token OR until <= ?6 OR until > ?7
        """,
        (
            _FETCH,
            holder.token,
            holder.pid,
            holder.host,
            stamp_of(until),
            stamp_of(now),
            stamp_of(until + ttl),
        ),
    )
    token, pid, host, ends = connection.execute(
        "SELECT token, pid, host, until FROM lease WHERE name = ?",
        (_FETCH,),
    ).fetchone()
    return Lease(holder=Holder(pid, host, token), mine=token == holder.token, until=moment_of(ends))


def release_lease(connection: sqlite3.Connection, holder: Holder) -> None:
    """Let another process fetch, and say that none does; nothing when the lease is not ours."""
    released = connection.execute(
        "DELETE FROM lease WHERE name = ? AND token = ?", (_FETCH, holder.token)
    ).rowcount
    if released:
        # That the network was down stays true after the process that found it out has left.
        connection.execute("UPDATE collector SET state = 'none', detail = '' WHERE state <> 'offline'")
        connection.execute("UPDATE meta SET value = value + 1 WHERE name = 'beat'")


def save_status(connection: sqlite3.Connection, status: CollectorStatus) -> None:
    """Store what the collector says of itself, and count the beat."""
    connection.execute(
        """
        INSERT OR REPLACE INTO collector (id, pid, host, heartbeat, state, detail, last_poll, next_poll,
            round_done, round_total, list_problem)
        VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        (
            status.pid,
            plain(status.host),
            stamp_or_none(status.heartbeat),
            plain(status.state),
            plain(status.detail),
            stamp_or_none(status.last_poll),
            stamp_or_none(status.next_poll),
            status.round_done,
            status.round_total,
            plain(status.list_problem),
        ),
    )
    connection.execute("UPDATE meta SET value = value + 1 WHERE name = 'beat'")


def load_status(
    connection: sqlite3.Connection, now: datetime, silent_after: timedelta = SILENT_AFTER
) -> CollectorStatus:
    """What the collector last said, and how its feeds stand.

    One that fell silent is said to have failed, unless it gave its lease back: then it left in order.
    """
    feeds = count_feeds(connection, now)
    row = connection.execute(
        """
        SELECT pid, host, heartbeat, state, detail, last_poll, next_poll, round_done, round_total, list_problem
        FROM collector
        """,
    ).fetchone()
    if row is None:
        return CollectorStatus(feeds=feeds)
    pid, host, heartbeat, state, detail, last_poll, next_poll, done, total, list_problem = row
    heard = moment_or_none(heartbeat)
    silent = heard is None or now - heard > silent_after
    if silent and state not in _NOT_RUNNING and connection.execute("SELECT 1 FROM lease").fetchone():
        state, detail = "failed", "The process that fetches has fallen silent."
    return CollectorStatus(
        pid=pid,
        host=host,
        heartbeat=heard,
        state=state,
        detail=detail,
        last_poll=moment_or_none(last_poll),
        next_poll=moment_or_none(next_poll),
        round_done=done,
        round_total=total,
        feeds=feeds,
        list_problem=list_problem,
    )


def ask(connection: sqlite3.Connection, request: PollRequest, at: datetime) -> None:
    """Leave a request for the collector; asking twice is asking once."""
    feed = plain_or_none(request.feed)
    connection.execute("DELETE FROM request WHERE kind = ? AND feed IS ?", (request.kind, feed))
    connection.execute(
        "INSERT INTO request (at, kind, feed) VALUES (?, ?, ?)",
        (stamp_of(at), request.kind, feed),
    )


def take_requests(connection: sqlite3.Connection) -> tuple[PollRequest, ...]:
    """Every request left, in the order they were made; they are gone then."""
    rows = connection.execute("SELECT kind, feed FROM request ORDER BY id").fetchall()
    connection.execute("DELETE FROM request")
    return tuple(PollRequest(kind, feed) for kind, feed in rows)
