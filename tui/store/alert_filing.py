"""One alert into the log and into the queue of every channel; runs inside the caller's transaction."""

from datetime import timedelta

from tui.domain.alerts import ALONE, AlertRule, AlertTime, Change, Decision, Fate, Past, StoryLink, decide
from tui.domain.board import IncidentRow
from tui.domain.value import dataclass
from tui.store.sqlite import sqlite3
from tui.store.values import from_json, moment_or_none, stamp_of, to_json


@dataclass(frozen=True, slots=True)
class Subject:
    """What an alert is about."""

    key: str = ""
    """Of the incident; empty: it is about states."""
    row: IncidentRow | None = None
    publisher: str | None = None
    """The only one that tells of it."""
    links: tuple[StoryLink, ...] = ()


def file_alert(
    connection: sqlite3.Connection,
    rule: AlertRule,
    subject: Subject,
    made: tuple[Change, ...],
    when: AlertTime,
) -> None:
    """File it; what happens while one on the same subject waits, or rests unqueued, is told with that."""
    text = "; ".join(change.text for change in made)
    triggers = [change.trigger for change in made]
    waiting = connection.execute(
        """
        SELECT id, text, triggers FROM alert WHERE incident = ?1 AND rule = ?2 AND fate = 'tell' AND (
            EXISTS (SELECT 1 FROM alert_out WHERE alert_id = id AND state = 'pending' AND not_before > ?3)
            OR at > ?4 AND NOT EXISTS (SELECT 1 FROM alert_out WHERE alert_id = id)
        ) ORDER BY id DESC
        """,
        (subject.key, rule.name, stamp_of(when.at), stamp_of(when.at - rule.cooldown)),
    ).fetchone()
    if waiting:
        number, said, earlier = waiting
        both = list(dict.fromkeys([*from_json(earlier, list[str]), *triggers]))
        connection.execute(
            "UPDATE alert SET text = ?, triggers = ?, incident_row = ?, links = ? WHERE id = ?",
            (f"{said}; {text}", to_json(both), to_json(subject.row), to_json(subject.links), number),
        )
        return
    decision = decide(rule, _past(connection, rule, subject, when), when, alone=subject.publisher is not None)
    (number,) = connection.execute(
        """
        INSERT INTO alert (at, rule, triggers, incident, text, fate, publisher, incident_row, links)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id
        """,
        (
            stamp_of(when.at),
            rule.name,
            to_json(triggers),
            subject.key,
            text,
            decision.fate,
            subject.publisher,
            to_json(subject.row),
            to_json(subject.links),
        ),
    ).fetchone()
    _queue(connection, number, rule, decision)


def _queue(connection: sqlite3.Connection, alert: int, rule: AlertRule, decision: Decision) -> None:
    state = "pending" if decision.fate is Fate.TELL else "over_budget"
    connection.executemany(
        "INSERT INTO alert_out (alert_id, channel, state, not_before) VALUES (?, ?, ?, ?)",
        [(alert, channel, state, stamp_of(decision.not_before)) for channel in rule.channels],
    )


def _past(connection: sqlite3.Connection, rule: AlertRule, subject: Subject, when: AlertTime) -> Past:
    (last,) = connection.execute(
        "SELECT max(at) FROM alert WHERE incident = ? AND rule = ? AND fate = 'tell'",
        (subject.key, rule.name),
    ).fetchone()
    (today,) = connection.execute(
        "SELECT count(*) FROM alert WHERE rule = ? AND at >= ? AND fate = 'tell'",
        (rule.name, stamp_of(when.day_began)),
    ).fetchone()
    (alone,) = connection.execute(
        "SELECT max(at) FROM alert WHERE rule = ? AND at >= ? AND publisher = ? AND fate = 'tell'",
        (rule.name, stamp_of(when.at - ALONE - timedelta(hours=1)), subject.publisher),
    ).fetchone()
    return Past(moment_or_none(last), today, moment_or_none(alone))
