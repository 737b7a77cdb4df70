"""The board as text and as JSON: the second front end, over the same store as the dashboard."""

import json
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from tui import __version__
from tui.domain.board import Board, CollectorStatus, IncidentRow
from tui.domain.codes import EVENT_TAG, OBJECT_TAG, IncidentCertainty, Origin
from tui.domain.coverage import Sight
from tui.exports.objects import incident_object

CERTAINTY_MARK = {
    IncidentCertainty.CONFIRMED: "●●●",
    IncidentCertainty.CORROBORATED: "●●○",
    IncidentCertainty.CLAIMED: "●○○",
    IncidentCertainty.DISPUTED: "◌◌◌",
    IncidentCertainty.UNFOUNDED: "---",
}
"""INTERFACES: one glyph row for each certainty of an incident."""

_BLIND_NAMED = 8


_HEADING = "   age  where  obj  evt   crt  src  incident"


def window_words(window: timedelta | None) -> str:
    """A window in words: "the last 24 hours"."""
    if window is None:
        return "all time"
    hours = int(window.total_seconds() // 3600)
    return f"the last {hours} hours" if hours < 72 else f"the last {hours // 24} days"


def age(then: datetime, now: datetime) -> str:
    """How long ago in at most five cells: 5m, 1h32, 3d."""
    minutes = max(0, int((now - then).total_seconds() // 60))
    if minutes < 60:
        return f"{minutes}m"
    if minutes < 24 * 60:
        return f"{minutes // 60}h{minutes % 60:02d}"
    return f"{minutes // (24 * 60)}d"


NOBODY_FETCHED = (
    "Nobody has fetched into this store yet: `overflight`, `overflight once` and `overflight collect` do."
)


def state_words(status: CollectorStatus) -> str:
    """What the process that fetches does, by the dashboard's word where there is none now."""
    return "no collector" if status.state == "none" else status.state


def feeds_words(status: CollectorStatus) -> str:
    """How the feeds stand, in one sentence."""
    counts = status.feeds
    total = counts.ok + counts.damaged + counts.failing + counts.waiting
    said = f"{counts.ok + counts.damaged} of {total} feeds answering"
    parts = [
        f"{number} {word}"
        for number, word in (
            (counts.failing, "failing"),
            (counts.damaged, "damaged"),
            (counts.waiting, "without an answer yet"),
            (counts.disabled, "switched off"),
        )
        if number
    ]
    return f"{said} ({', '.join(parts)})" if parts else said


def _watched_words(board: Board) -> list[str]:
    """Which states without incidents are quiet; of the others the zero says nothing."""
    silent = [row for row in board.countries if row.iso2 and not row.incidents]
    counts = Counter(row.coverage.sight for row in silent)
    blind = [row for row in silent if row.coverage.sight is Sight.BLIND]
    told = [
        f"{counts[Sight.WATCHED]} states quiet (their feeds answer)",
        f"{len(blind)} blind (fewer than half do)",
    ]
    if counts[Sight.WAITING]:
        told.append(f"{counts[Sight.WAITING]} unasked (no feed of theirs was asked yet)")
    told.append(f"{counts[Sight.UNCOVERED]} uncovered (no feed covers them)")
    lines = [f"Without incidents: {', '.join(told)}."]
    if blind:
        named = ", ".join(f"{row.iso2} {row.coverage.said}" for row in blind[:_BLIND_NAMED])
        more = f" and {len(blind) - _BLIND_NAMED} more" if len(blind) > _BLIND_NAMED else ""
        lines.append(f"Blind: {named}{more}.")
    return lines


def _table_line(row: IncidentRow, now: datetime) -> str:
    facts = row.facts
    countries = " ".join(facts.affected[:2]) or "--"
    kind = OBJECT_TAG[facts.object[0]] if facts.object else "UNK"
    tag = EVENT_TAG[facts.event[0]] if facts.event else "----"
    news = row.origin is not Origin.BASELINE
    since, sources = (age(row.latest, now), str(row.publishers)) if news else ("", "–")
    told = f"{row.line} (disputed)" if contradicted(row) else row.line
    return (
        f"{since:>6}  {countries:<5}  {kind}  {tag}  {CERTAINTY_MARK[facts.certainty]}  {sources:>3}  {told}"
    )


def contradicted(row: IncidentRow) -> bool:
    """Whether its sources contradict each other."""
    return bool(row.facts.disputed) or row.facts.certainty is IncidentCertainty.DISPUTED


def incident_table(rows: Sequence[IncidentRow], now: datetime, *, ids: bool = False) -> str:
    """Incidents as lines of a table, under a heading; with the ids that other commands take, where asked for."""
    return "\n".join([_HEADING, *(_table_line(row, now) + _behind(row, ids=ids) for row in rows)])


def _behind(row: IncidentRow, *, ids: bool) -> str:
    """That it is no news, and its id."""
    known = " (baseline)" if row.origin is Origin.BASELINE else ""
    return f"{known}  [{row.key}]" if ids else known


def board_table(board: Board, status: CollectorStatus) -> str:
    """The board as lines of a table; at most 40 news incidents and a count of the baseline."""
    news = [row for row in board.incidents if row.origin is not Origin.BASELINE]
    baseline = [row for row in board.incidents if row.origin is Origin.BASELINE]
    lines = [
        f"Overflight  {board.taken:%Y-%m-%d %H:%MZ}  {state_words(status).upper()}  {feeds_words(status)}"
    ]
    if not status.known:
        lines.append(NOBODY_FETCHED)
    lines.append(
        f"{board.total} incidents in {window_words(board.query.window)}, {board.stories} stories kept of {board.entries} seen"
    )
    lines.append("")
    if news:
        lines.append(incident_table(news[:40], board.taken))
        if len(news) > 40:
            lines.append(f"        … and {len(news) - 40} older ones")
    else:
        lines.append("No news incidents in this window.")
    lines.extend(["", *_watched_words(board)])
    lines.extend(["", f"Baseline: {len(baseline)} known incidents of the past, not news. The latest:"])
    lines.extend(_table_line(row, board.taken) for row in baseline[:10])
    return "\n".join(lines) + "\n"


def board_json(board: Board, status: CollectorStatus) -> str:
    """The board as one JSON document; times in ISO 8601 UTC, an unknown is null, never zero."""
    counts = status.feeds
    document = {
        "overflight": __version__,
        "taken": board.taken.isoformat(),
        "state": status.state,
        "last_poll": status.last_poll.isoformat() if status.last_poll else None,
        "window_hours": board.query.window.total_seconds() / 3600 if board.query.window else None,
        "feeds": {
            "ok": counts.ok,
            "damaged": counts.damaged,
            "failing": counts.failing,
            "waiting": counts.waiting,
            "disabled": counts.disabled,
        },
        "stories": board.stories,
        "entries": board.entries,
        "countries": [
            {
                "country": row.iso2 or None,
                "name": row.name,
                "incidents": row.incidents,
                "new": row.new,
                "baseline": row.baseline,
                "severity": row.severity,
                "feeds": row.coverage.feeds,
                "feeds_fresh": row.coverage.fresh,
                "feeds_by": row.coverage.by,
                "sight": row.coverage.sight if row.iso2 else None,
            }
            for row in board.countries
        ],
        "incidents": [incident_object(row) for row in board.incidents],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
