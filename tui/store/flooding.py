"""Which feeds open many incidents alone; runs inside the caller's transaction."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from tui.domain.flooding import MOST_ALONE, Alone
from tui.store.sqlite import sqlite3
from tui.store.values import stamp_of

_DAY = timedelta(days=1)
_MONTH_DAYS = 30

_OPENED_ALONE = """
    FROM story JOIN entry ON entry.id = story.id JOIN report ON report.story_id = story.id
        JOIN incident ON incident.id = report.incident_id
    WHERE story.effective >= ? AND story.effective < ? AND NOT story.hidden AND report.is_new
        AND incident.publishers = 1
"""
"""Told in a span of time; by publication, so that the backlog of a feed that is new to us is no flood."""


def floods(connection: sqlite3.Connection, now: datetime) -> Mapping[str, Alone]:
    """The feeds that flood, by URL; what is usual is counted for those alone that had many today."""
    day, month = now - _DAY, now - (_MONTH_DAYS + 1) * _DAY
    many = connection.execute(
        f"SELECT entry.feed_id, count(*) {_OPENED_ALONE} GROUP BY entry.feed_id HAVING count(*) > ?",
        (stamp_of(day), stamp_of(now + _DAY), MOST_ALONE),
    ).fetchall()
    found = {}
    for feed_id, today in many:
        (before,) = connection.execute(
            f"SELECT count(*) {_OPENED_ALONE} AND entry.feed_id = ?",
            (stamp_of(month), stamp_of(day), feed_id),
        ).fetchone()
        alone = Alone(today, before / _MONTH_DAYS)
        if alone.floods:
            (url,) = connection.execute("SELECT url FROM feed WHERE id = ?", (feed_id,)).fetchone()
            found[url] = alone
    return found
