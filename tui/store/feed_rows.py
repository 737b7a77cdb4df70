"""Feeds and their health as rows; each function runs inside the caller's transaction."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from tui.domain.board import FeedCounts
from tui.domain.feed import Feed, FeedState, FeedStatus, Validators, Wishes
from tui.store.flooding import floods
from tui.store.sqlite import sqlite3
from tui.store.values import from_json, moment_or_none, plain, plain_or_none, stamp_of, stamp_or_none, to_json

_MICROSECOND = timedelta(microseconds=1)
LATELY = timedelta(days=30)
"""Over which a feed's yield is counted."""

STATE_COLUMNS = """
    feed.url, status, etag, last_modified, body_hash, last_attempt, last_answer, last_ok, last_new, next_due,
    failures, problem, moved_to, moved_times, moved_since, address, wishes, usual_gap, last_full, read_by,
    last_status, last_bytes, polls, unchanged
"""
"""What `state_of_row` takes, in its order."""


def sync_feeds(connection: sqlite3.Connection, feeds: Sequence[Feed], at: datetime) -> None:
    """Make the table match the list; a removed feed keeps its history."""
    stamp = stamp_of(at)
    connection.executemany(
        """
        INSERT INTO feed (url, name, country, enabled, added_at, settings) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (url) DO UPDATE SET name = excluded.name, country = excluded.country,
            enabled = excluded.enabled, settings = excluded.settings, removed_at = NULL
        """,
        [_feed_values(feed, stamp) for feed in feeds],
    )
    listed = to_json([plain(feed.url) for feed in feeds])
    connection.execute(
        """
        UPDATE feed SET removed_at = ?
        WHERE removed_at IS NULL AND url NOT IN (SELECT value FROM json_each(?))
        """,
        (stamp, listed),
    )


def feed_id(connection: sqlite3.Connection, url: str) -> int:
    """The feed's row; made when the list was not synced first."""
    known = connection.execute("SELECT id FROM feed WHERE url = ?", (plain(url),)).fetchone()
    if known is None:
        known = connection.execute(
            """
            INSERT INTO feed (url, name, country, enabled, added_at, settings) VALUES (?, ?, ?, ?, ?, ?)
            RETURNING id
            """,
            _feed_values(Feed(url=url, name=url), None),
        ).fetchone()
    return int(known[0])


def save_states(connection: sqlite3.Connection, states: Iterable[FeedState]) -> None:
    """Store the health of feeds."""
    connection.executemany(
        """
        INSERT OR REPLACE INTO feed_state (feed_id, status, etag, last_modified, body_hash, last_attempt,
            last_answer, last_ok, last_new, next_due, failures, problem, moved_to, moved_times, moved_since,
            address, wishes, usual_gap, last_full, read_by, last_status, last_bytes, polls, unchanged)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        [
            (
                feed_id(connection, state.url),
                state.status,
                plain_or_none(state.validators.etag),
                plain_or_none(state.validators.last_modified),
                state.body_hash,
                stamp_or_none(state.last_attempt),
                stamp_or_none(state.last_answer),
                stamp_or_none(state.last_ok),
                stamp_or_none(state.last_new),
                stamp_or_none(state.next_due),
                state.failures,
                plain_or_none(state.problem),
                plain_or_none(state.moved_to),
                state.moved_times,
                stamp_or_none(state.moved_since),
                plain_or_none(state.address),
                to_json(state.wishes) if state.wishes != Wishes() else None,
                None if state.usual_gap is None else state.usual_gap // _MICROSECOND,
                stamp_or_none(state.last_full),
                state.read_by,
                state.last_status,
                state.last_bytes,
                state.polls,
                state.unchanged,
            )
            for state in states
        ],
    )


def load_states(connection: sqlite3.Connection) -> Mapping[str, FeedState]:
    """State of every feed, by URL."""
    rows = connection.execute(
        f"SELECT {STATE_COLUMNS} FROM feed LEFT JOIN feed_state ON feed_id = feed.id",  # noqa: S608 - a constant
    )
    return {row[0]: state_of_row(row) for row in rows}


def yields(connection: sqlite3.Connection, since: datetime) -> Mapping[str, int]:
    """How many shown stories told since then each feed brought, by URL; a feed without any is missing."""
    rows = connection.execute(
        """
        SELECT feed.url, count(*) FROM story
            JOIN entry ON entry.id = story.id JOIN feed ON feed.id = entry.feed_id
        WHERE story.effective >= ? AND NOT hidden GROUP BY feed.id
        """,
        (stamp_of(since),),
    )
    return dict(rows.fetchall())


def state_of_row(row: tuple[Any, ...]) -> FeedState:
    """The state that a row of STATE_COLUMNS holds; NEVER for a feed not yet polled."""
    url, status, etag, last_modified, body_hash, attempt, answer, ok, new, due, failures, problem, *habits = (
        row
    )
    moved_to, moved_times, moved_since, address, wishes, usual_gap, last_full, read_by, *upkeep = habits
    last_status, last_bytes, polls, unchanged = upkeep
    if status is None:
        return FeedState(url=url)
    return FeedState(
        url=url,
        status=FeedStatus(status),
        validators=Validators(etag, last_modified),
        body_hash=body_hash,
        last_attempt=moment_or_none(attempt),
        last_answer=moment_or_none(answer),
        last_ok=moment_or_none(ok),
        last_new=moment_or_none(new),
        next_due=moment_or_none(due),
        failures=failures,
        problem=problem,
        moved_to=moved_to,
        moved_times=moved_times,
        moved_since=moment_or_none(moved_since),
        address=address,
        wishes=Wishes() if wishes is None else from_json(wishes, Wishes),
        usual_gap=None if usual_gap is None else usual_gap * _MICROSECOND,
        last_full=moment_or_none(last_full),
        read_by=read_by,
        last_status=last_status,
        last_bytes=last_bytes,
        polls=polls,
        unchanged=unchanged,
    )


def count_feeds(connection: sqlite3.Connection, now: datetime) -> FeedCounts:
    """How the feeds of the list stand."""
    counts: Counter[str] = Counter()
    asked: list[int] = []
    for status, enabled, number, attempt in connection.execute(
        """
        SELECT ifnull(status, 'never'), enabled, count(*), max(last_attempt) FROM feed LEFT JOIN feed_state ON feed_id = feed.id
        WHERE removed_at IS NULL GROUP BY 1, 2
        """,
    ):
        counts[FeedStatus.DISABLED if not enabled else status] += number
        asked += [] if attempt is None else [attempt]
    return FeedCounts(
        ok=counts[FeedStatus.OK],
        damaged=counts[FeedStatus.DAMAGED],
        failing=counts[FeedStatus.FAILING] + counts[FeedStatus.GONE],
        waiting=counts[FeedStatus.NEVER],
        disabled=counts[FeedStatus.DISABLED],
        flooding=len(floods(connection, now)),
        asked=moment_or_none(max(asked, default=None)),
    )


def _feed_values(feed: Feed, stamp: int | None) -> tuple[str, str, str | None, bool, int | None, str]:
    return (
        plain(feed.url),
        plain(feed.name),
        plain_or_none(feed.country),
        feed.enabled,
        stamp,
        to_json(feed.without_secrets()),
    )
