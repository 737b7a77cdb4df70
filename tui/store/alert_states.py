"""States that went blind, and weeks that became unusual, since the last look; runs inside the caller's transaction."""

from datetime import datetime, timedelta

from tui.domain.alerts import AlertRule, AlertTime, StateChange, Trigger, told_states
from tui.domain.coverage import Sight
from tui.domain.statistics import this_week
from tui.domain.territories import territory_name
from tui.store.alert_filing import Subject, file_alert
from tui.store.coverage import load_coverage
from tui.store.sqlite import sqlite3
from tui.store.statistics import load_weeks
from tui.store.values import moment_or_none, stamp_or_none

BLIND_FOR = timedelta(minutes=15)
"""A state is told of as blind when it has been for so long: after a sleep of the machine all feeds are old for a while."""


def changed_states(
    connection: sqlite3.Connection, now: datetime, interval: timedelta, *, first: bool
) -> tuple[StateChange, ...]:
    """What happened to states since the last look, each thing once; the first look only remembers."""
    return (
        *_gone_blind(connection, now, interval, first=first),
        *_unusual(connection, now, interval, first=first),
    )


def file_states(
    connection: sqlite3.Connection, rule: AlertRule, changed: tuple[StateChange, ...], when: AlertTime
) -> int:
    """One alert for all that a rule tells of states, so that a dead network is one and not two hundred; how many."""
    made = told_states(rule, changed)
    if made:
        file_alert(connection, rule, Subject(), made, when)
    return 1 if made else 0


def _gone_blind(
    connection: sqlite3.Connection, now: datetime, interval: timedelta, *, first: bool
) -> list[StateChange]:
    known = {
        iso2: (moment_or_none(since), bool(told))
        for iso2, since, told in connection.execute("SELECT iso2, blind_since, blind_told FROM alert_state")
    }
    found = []
    for iso2, coverage in sorted(load_coverage(connection, now, interval).items()):
        since, told = known.get(iso2, (None, False))
        if coverage.sight is Sight.WATCHED:
            since, told = None, False
        elif coverage.sight is Sight.BLIND:
            since = since or now
            # One that was never seen watching has not gone blind.
            told = told or first or iso2 not in known
            if not told and now - since >= BLIND_FOR:
                told = True
                text = f"{territory_name(iso2)} went blind: {coverage.said}"
                found.append(StateChange(Trigger.STATE_BLIND, iso2, text))
        connection.execute(
            """
            INSERT INTO alert_state (iso2, blind_since, blind_told) VALUES (?1, ?2, ?3)
            ON CONFLICT (iso2) DO UPDATE SET blind_since = ?2, blind_told = ?3
            """,
            (iso2, stamp_or_none(since), told),
        )
    return found


def _unusual(
    connection: sqlite3.Connection, now: datetime, interval: timedelta, *, first: bool
) -> list[StateChange]:
    """More than usual in the week under way; once a week."""
    weeks = load_weeks(connection, now, interval, 1)
    monday = weeks.weeks[-1].isoformat()
    told = dict(connection.execute("SELECT iso2, unusual_week FROM alert_state").fetchall())
    found = []
    for iso2, cell in sorted(this_week(weeks).items()):
        if not cell.unusual or told.get(iso2) == monday:
            continue
        connection.execute(
            """
            INSERT INTO alert_state (iso2, blind_told, unusual_week) VALUES (?1, 0, ?2)
            ON CONFLICT (iso2) DO UPDATE SET unusual_week = ?2
            """,
            (iso2, monday),
        )
        if not first:
            found.append(StateChange(Trigger.STATE_UNUSUAL, iso2, f"{territory_name(iso2)}: {cell.words}"))
    return found
