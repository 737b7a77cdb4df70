"""The incidents of a board as rows: what is new first, what was seen, and apart from both the baseline."""

from collections.abc import Callable
from datetime import datetime, tzinfo

from tui.domain.board import Board, CollectorStatus, IncidentRow
from tui.domain.codes import IncidentCertainty, Origin, Severity
from tui.domain.query_tree import EVERYTHING
from tui.ui.untrusted import Line, Span, cells, clip, fit
from tui.ui.virtual_list import Row
from tui.ui.wording import (
    BARS,
    age,
    certainty_mark,
    clock_time,
    day_time,
    event_tag,
    main_event,
    object_glyph,
    object_tag,
    window_name,
)

_DISPUTED = " disputed"
_WIDE = 84
"""Columns of width from which objects are spelt."""


def incidents_of(board: Board, country: str | None) -> list[IncidentRow]:
    """The incidents of one country, of none named (""), or of all (None)."""
    if country is None:
        return list(board.incidents)
    return [
        row
        for row in board.incidents
        if (country in row.facts.affected if country else not row.facts.affected)
    ]


def incident_rows(
    board: Board,
    *,
    country: str | None,
    sort: str,
    now: datetime,
    zone: tzinfo | None,
    why_empty: str,
    separators: bool = True,
    backwards: bool = False,
) -> list[Row[IncidentRow]]:
    """Rows and separators of a list; the baseline stands below its own separator whatever the window."""
    chosen = incidents_of(board, country)
    news = sorted((row for row in chosen if row.origin is not Origin.BASELINE), key=_order(sort))
    if backwards:
        news.reverse()
    baseline = [row for row in chosen if row.origin is Origin.BASELINE]
    rows: list[Row[IncidentRow]] = []
    if not news:
        rows.append(_separator(why_empty, "faint"))
    elif separators and sort == "age" and not backwards:
        rows += _sections(news, board.looked, now, zone)
    else:
        rows += [Row(row.key, row) for row in news]
    if baseline:
        rows.append(_separator("baseline · known incidents, not news", "faint"))
        rows += [Row(row.key, row) for row in baseline]
    return rows


def _sections(
    news: list[IncidentRow],
    looked: datetime | None,
    now: datetime,
    zone: tzinfo | None,
) -> list[Row[IncidentRow]]:
    """The seen ones begin after the last new one, so that marking one seen moves no row."""
    last_new = max((at for at, row in enumerate(news) if row.new), default=-1)
    new = sum(row.new for row in news)
    rows: list[Row[IncidentRow]] = []
    since = (
        f" since you last looked at {_moment(looked, now, zone)} ({age(now - looked)} ago)" if looked else ""
    )
    if new:
        rows.append(_separator(f"▲ {new} new{since}", "key", "rule"))
    for at, row in enumerate(news):
        if new and at == last_new + 1:
            rows.append(
                _separator(f"seen before {_moment(looked, now, zone)}" if looked else "seen before", "faint")
            )
        rows.append(Row(row.key, row))
    return rows


def _moment(moment: datetime | None, now: datetime, zone: tzinfo | None) -> str:
    if moment is None:
        return ""
    near = (now - moment).total_seconds() < 20 * 3600
    return clock_time(moment, zone) if near else day_time(moment, zone, now)


def _separator(text: str, ink: str, rule: str = "edge") -> Row[IncidentRow]:
    return Row(None, None, (("──", rule), (f" {text} ", ink)))


def _order(sort: str) -> Callable[[IncidentRow], tuple[float | str, ...]]:
    severities, certainties = list(Severity), list(IncidentCertainty)

    def by(row: IncidentRow) -> tuple[float | str, ...]:
        latest = -row.latest.timestamp()
        if sort == "severity":
            return (severities.index(row.facts.severity), latest)
        if sort == "certainty":
            return (certainties.index(row.facts.certainty), latest)
        if sort == "sources":
            return (-row.publishers, latest)
        if sort == "country":
            return (row.facts.affected[0] if row.facts.affected else "~", latest)
        return (latest,)

    return by


def why_no_news(  # noqa: PLR0917 -- what a sentence is made of
    board: Board,
    status: CollectorStatus,
    word: str,
    country: str | None = None,
    wider: str = "t",
    clear: str = "F",
) -> str:
    """What a list without news says of itself, naming the keys that help; of one state, whether it is quiet or blind."""
    if country and board.stories:
        return f"no incident · {board.covered(country).verdict} · {wider} widens · {word}"
    feeds = status.feeds
    answered = feeds.ok + feeds.damaged
    if board.stories == 0:
        asked = f" · {answered} of {feeds.polled} feeds answered" if status.known else ""
        return f"no news yet{asked} · {word}"
    if board.query.filter != EVERYTHING:
        widens = "" if board.query.window is None else f" · {wider} widens"
        return f"no incident matches {clip(str(board.query.filter), 40)} · {clear} clears{widens} · {word}"
    if board.query.window is None:
        return f"no incidents in the news · {word}"
    return f"no incident in the news of the last {window_name(board.query.window)} · {wider} widens · {word}"


def incident_heading(width: int, *, countries: bool, sort: str, backwards: bool = False) -> Line:
    """Names of the columns."""
    wide = width >= _WIDE

    def mark(name: str, column: str) -> str:
        return f"{name}{'↑' if backwards else '↓'}" if column == sort else name

    left = "   " + fit(mark("age", "age"), 6 if wide else 5)
    left += fit(mark("cc", "country"), 3) if countries else ""
    left += fit("obj" if wide else "o", 6 if wide else 2) + fit(mark("evt", "severity"), 5)
    right = f"{mark('crt', 'certainty'):<4}{mark('src', 'sources'):>3} "
    return ((fit(left + "incident", width - len(right)) + right, "faint"),)


def draw_incident(row: Row[IncidentRow], width: int, now: datetime, *, countries: bool) -> Line:
    """One row: bar, new, age, country, object, event, line, certainty, sources."""
    incident = row.item
    if incident is None:
        return ()
    wide = width >= _WIDE
    facts = incident.facts
    baseline = incident.origin is Origin.BASELINE
    quiet = baseline or incident.follow_up_only
    severity = facts.severity
    lead = "faint" if baseline else "new" if incident.new else "muted"
    spans: list[Span] = [
        (BARS[severity], "faint" if baseline else str(severity)),
        ("B " if baseline else "● " if incident.new else "↻ " if incident.updated else "  ", lead),
        (fit(_age(incident, now, wide=wide), 6 if wide else 5), "strong" if incident.new else "muted"),
    ]
    if countries:
        code = facts.affected[0] if facts.affected else "··"
        spans.append((f"{code:<3}", "strong" if incident.new else "faint" if baseline else "seen-strong"))
    glyph = object_glyph(facts.object)
    told = f"{glyph} {object_tag(facts.object)}" if wide else glyph
    spans.append((fit(told, 6 if wide else 2), "ink" if incident.new else "muted"))
    tag_ink = "muted" if quiet else f"{severity}-tag"
    spans += [(event_tag(main_event(facts)), tag_ink), (" ", "ink")]
    marks = "★ " * incident.watched + "¶ " * bool(incident.note)
    spans.append((marks, "watch"))
    used = 3 + (6 if wide else 5) + (3 if countries else 0) + (6 if wide else 2) + 5
    room = width - used - len(marks) - 8
    tags = clip(" ".join(f"#{tag}" for tag in incident.tags), room // 4) if wide else ""
    if tags:
        tags = f" {tags}"
        room -= cells([(tags, "")])
    contradicted = bool(facts.disputed) or facts.certainty is IncidentCertainty.DISPUTED
    told = fit(incident.line, room - 1 - len(_DISPUTED) * contradicted)
    spans.append((told, _line_ink(incident, quiet=quiet)))
    if contradicted:
        spans.append((_DISPUTED, "high"))
    spans += [(tags, "watch"), (" ", "ink")]
    spans += [*certainty_mark(facts.certainty), ("≠" if facts.disputed else " ", "high")]
    spans.append((f"{incident.publishers:>3} " if not baseline else "  – ", "muted"))
    return tuple(spans)


def _line_ink(incident: IncidentRow, *, quiet: bool) -> str:
    if incident.facts.certainty is IncidentCertainty.UNFOUNDED:
        return "gone"
    if incident.new:
        return "new"
    if quiet:
        return "muted"
    return "ink" if incident.updated else "seen"


def _age(incident: IncidentRow, now: datetime, *, wide: bool) -> str:
    if incident.origin is not Origin.BASELINE:
        return age(now - incident.latest)
    when = incident.facts.event_date
    if when is None:
        return "–"
    return f"{when.date:%b%y}" if wide else f"{when.date:%Y}"
