"""The frame of every screen as lines: top bar, KPI row, status bar, key bar."""

from datetime import datetime

from tui.domain.board import CollectorStatus
from tui.ui.session import Session
from tui.ui.untrusted import Line, Span, cells, clip
from tui.ui.wording import (
    clock_time,
    countdown,
    day_time,
    short_age,
    window_name,
)

_SMALLEST = (60, 16)
_SEPARATOR: Span = ("│ ", "edge")


def top_bar(session: Session, crumbs: tuple[str, ...], width: int) -> Line:
    """Who we are, where we are, and whether it is live."""
    now = session.now
    live = session.liveness
    right: list[Span] = []
    if width >= 100:
        right += [("window ", "faint"), (f"{window_name(session.query.window)} ", "strong"), _SEPARATOR]
    if session.paused and live.word == "PAUSED" and session.waiting:
        right.append((f"{session.waiting} waiting ", "amber"))
    right.append((f" {live.word} ", live.ink) if live.chip else (f"● {live.word} ", live.ink))
    if session.paused and live.word != "PAUSED":
        right.append((f" PAUSED {session.waiting} waiting " if session.waiting else " PAUSED ", "amber"))
    right.append((f" {clock_time(now, session.zone)} ", "strong"))
    if width >= 100:
        right.append((f"{_next_poll(session):<15}", "faint"))
    left: list[Span] = [(" ▲ OVERFLIGHT ", "app"), (" ", "muted")]
    room = width - cells(left) - cells(right) - 1
    left += _crumbs(crumbs, room)
    gap = max(1, width - cells(left) - cells(right))
    return (*left, (" " * gap, "muted"), *right)


def _crumbs(crumbs: tuple[str, ...], room: int) -> list[Span]:
    """The last crumbs that fit; the last one always stands."""
    shown = list(crumbs)
    while len(shown) > 1 and cells([(" › ".join(shown), "")]) > room:
        del shown[0]
    spans: list[Span] = []
    for crumb in shown[:-1]:
        spans += [(crumb, "muted"), (" › ", "faint")]
    return [*spans, (clip(shown[-1], max(1, room - cells(spans))), "strong")]


def crumbs_behind(bar: Line, cell: int) -> int:
    """How many crumbs of a top bar come after the one at a cell; none when there is no crumb."""
    at, found, behind = 0, False, 0
    for text, ink in bar[2:]:
        crumb = (text, ink)
        if found:
            behind += text == " › "
        elif at + cells(bar[:2]) <= cell < at + cells(bar[:2]) + cells((crumb,)):
            found = bool(text.strip()) and text != " › "
        at += cells((crumb,))
    return behind


def _next_poll(session: Session) -> str:
    status = session.status
    if status.state == "polling":
        return f" poll {status.round_done}/{status.round_total}"
    if status.next_poll is None:
        return ""
    return f" next poll {countdown(status.next_poll - session.now)}"


def lately(session: Session, moment: datetime) -> str:
    """The time alone when it is less than a day ago, else with its day."""
    near = (session.now - moment).total_seconds() < 20 * 3600
    return clock_time(moment, session.zone) if near else day_time(moment, session.zone, session.now)


def status_bar(session: Session, width: int) -> Line:
    """How the feeds stand and how old the news is; the same on every screen, as much of it as fits."""
    status, board = session.status, session.board
    if session.past and not session.faults.said:
        key = session.key("live")
        return ((" REPLAY ", "amber-chip"), (f" of what is stored here · {key} goes back to now ", "ink"))
    groups = _troubles(session, width)
    groups.append(_feeds(status) if status.known else [(" feeds … ", "faint")])
    if status.known and not _in_vain(status):
        groups.append([_SEPARATOR, *_poll(status, session)])
    if session.faults.named:
        groups.append([_SEPARATOR, (f"✗ {session.faults.named} ", "bad")])
    if board is not None and board.alerts:
        groups.append([_SEPARATOR, (f"alerts {board.alerts} ", "amber")])
    if board is not None:
        groups.append([_SEPARATOR, (f"stories {board.stories:,} ", "muted")])
        groups.append([_SEPARATOR, (f"entries {board.entries:,} ", "muted")])
    if session.fetcher:
        groups.append([_SEPARATOR, (f"{clip(session.fetcher, 60)} ", "muted")])
    if status.detail and status.state not in {"idle", "polling"}:
        groups.append([_SEPARATOR, (f"{status.detail} ", "muted")])
    spans: list[Span] = []
    for group in groups:
        if spans and cells(spans) + cells(group) > width:
            break
        spans += group
    return tuple(spans)


def _feeds(status: CollectorStatus) -> list[Span]:
    """How many answer and how many do not."""
    feeds = status.feeds
    flood = f"≈{feeds.flooding} {'floods' if feeds.flooding == 1 else 'flood'} " if feeds.flooding else ""
    return [
        (" feeds ", "faint"),
        (f"✓{feeds.ok} ", "ok"),
        (f"!{feeds.damaged} ", "warn" if feeds.damaged else "muted"),
        (f"✗{feeds.failing} ", "bad" if feeds.failing else "muted"),
        (f"…{feeds.waiting} " if feeds.waiting else "", "muted"),
        (flood, "warn"),
    ]


def _troubles(session: Session, width: int) -> list[list[Span]]:
    """What must be known before anything else."""
    status = session.status
    groups: list[list[Span]] = []
    problem = session.problem or session.faults.said or session.collector_problem
    if problem:
        groups.append([(f" ✗ {clip(problem, max(20, width - 4))} ", "bad")])
    if status.list_problem:
        groups.append([(f" ! {clip(status.list_problem, max(20, width - 4))} ", "warn")])
    if session.replay_over:
        groups.append([(" the recording is over: this is how it ended ", "amber")])
    if session.replay_silent:
        groups.append([(" ✗ the recording has stopped arriving: its collector is silent ", "bad")])
    if status.state == "offline":
        groups += _offline(session)
    return groups


def _offline(session: Session) -> list[list[Span]]:
    """When it was tried in vain and is tried again, and how old what is shown is."""
    status = session.status
    asked = _in_vain(status)
    tried = f" asked {short_age(session.now - asked)} ago, no server was reached ·" if asked else ""
    held = f" showing stored data up to {lately(session, status.last_poll)} ·" if status.last_poll else ""
    retry = f" retry in {countdown(status.next_poll - session.now)} ·" if status.next_poll else ""
    first: list[Span] = [(" OFFLINE ", "amber-chip"), (f"{tried or held}{retry}", "ink")]
    return [first, [(held, "ink")]] if tried and held else [first]


def _in_vain(status: CollectorStatus) -> datetime | None:
    """Offline: when the feeds were last asked, if nothing has answered since."""
    asked, last = status.feeds.asked, status.last_poll
    return asked if status.state == "offline" and asked and (last is None or last < asked) else None


def _poll(status: CollectorStatus, session: Session) -> list[Span]:
    if status.state == "polling" and status.round_total:
        first = (
            "first poll" if status.feeds.ok + status.feeds.failing + status.feeds.damaged < 1 else "polling"
        )
        return [(f"{first} {status.round_done}/{status.round_total} feeds ", "acc")]
    if status.last_poll is None:
        return [("not polled yet ", "muted")]
    return [(f"poll {short_age(session.now - status.last_poll)} ago ", "muted")]


def key_line(keys: tuple[tuple[str, str], ...], width: int, help_key: str = "?", palette: str = "^p") -> Line:
    """Keys of the screen on the left, help and, where there is one, the palette always on the right."""
    tail: list[Span] = [(help_key, "key"), (" help  " if palette else " help ", "muted")]
    if palette:
        tail += [(palette, "key"), (" palette ", "muted")]
    spans: list[Span] = [(" ", "muted")]
    for key, word in keys:
        piece: list[Span] = [(key, "key"), (f" {word}  ", "muted")]
        if cells(spans) + cells(piece) + cells(tail) > width:
            break
        spans += piece
    gap = max(0, width - cells(spans) - cells(tail))
    return (*spans, (" " * gap, "muted"), *tail)


def is_too_small(width: int, height: int) -> bool:
    """Whether there is no room for any screen."""
    return width < _SMALLEST[0] or height < _SMALLEST[1]


def too_small(width: int, height: int) -> Line:
    """The one line of a screen that is too small for anything else."""
    said = (f"needs 60×16, have {width}×{height}", f"{width}×{height} of 60×16", "too small", "<60×16")
    return ((next((words for words in said if len(words) <= width), "▲"), "ink"),)
