"""Feeds as rows: what needs a look first."""

from collections.abc import Callable
from datetime import datetime, timedelta, tzinfo

from tui.domain.feed import FeedRow, FeedStatus
from tui.domain.standing import Standing, standing, standing_said, unreached
from tui.ui.untrusted import Line, Span, cells, fit, hung
from tui.ui.virtual_list import Row
from tui.ui.wording import age, countdown, day_time, plural

SORTS = ("attention", "name", "country", "last good", "last news", "usual gap", "next poll", "yield")
ANY = "all"
_NO_NETWORK = "no network: no server was reached"
_LABEL = 11

_STATES = {
    "gone": ("✗", "bad"),
    "failing": ("✗", "bad"),
    "floods": ("≈", "warn"),
    "silent": ("◌", "warn"),
    "damaged": ("!", "warn"),
    "waiting": ("…", "muted"),
    "lively": ("✓", "ok"),
    "quiet": ("✓", "ok"),
    "ok": ("✓", "ok"),
    "off": ("–", "faint"),
}
"""Every state with its mark and ink, what needs a look first."""

SHOWN = (ANY, *_STATES)
"""What the list can be narrowed to."""


_BY_STATUS = {
    FeedStatus.DISABLED: "off",
    FeedStatus.GONE: "gone",
    FeedStatus.FAILING: "failing",
    FeedStatus.NEVER: "waiting",
}


def feed_state(row: FeedRow, now: datetime) -> str:
    """One word: how it answers, and when it answers well, what its silence means."""
    status = row.state.status if row.feed.enabled else FeedStatus.DISABLED
    if status in _BY_STATUS:
        return _BY_STATUS[status]
    if row.alone.floods:
        return "floods"
    meant = standing(row.state, now)
    if status is FeedStatus.DAMAGED and meant is not Standing.SILENT:
        return "damaged"
    return "ok" if meant is Standing.UNKNOWN else str(meant)


def feed_rows(feeds: tuple[FeedRow, ...], sort: str, shown: str, now: datetime) -> list[Row[FeedRow]]:
    """The feeds wanted in the order wanted."""
    order = list(_STATES)
    keys: dict[str, Callable[[FeedRow], tuple[float | str, ...]]] = {
        "attention": lambda row: (order.index(feed_state(row, now)), -row.state.failures),
        "name": lambda _row: (),
        "country": lambda row: (row.feed.country or "~",),
        "last good": lambda row: (_stamp(row.state.last_ok, 0.0),),
        "last news": lambda row: (_stamp(row.state.last_new, 0.0),),
        "usual gap": lambda row: (-(row.state.usual_gap or timedelta(0)).total_seconds(),),
        "next poll": lambda row: (_stamp(row.state.next_due, float("inf")),),
        "yield": lambda row: (-row.lately, -row.kept),
    }
    wanted = [row for row in feeds if shown in {ANY, feed_state(row, now)}]
    return [
        Row(row.feed.url, row)
        for row in sorted(wanted, key=lambda row: (*keys[sort](row), row.feed.name.casefold()))
    ]


def _stamp(moment: datetime | None, never: float) -> float:
    return moment.timestamp() if moment else never


def counts_line(feeds: tuple[FeedRow, ...], now: datetime, width: int) -> Line:
    """How many stand how, what needs a look first; as many of these as fit."""
    found = [feed_state(row, now) for row in feeds]
    spans: list[Span] = [("feeds ", "ink"), (f"{len(feeds)}", "muted")]
    for state, (mark, ink) in _STATES.items():
        piece: Span = (f"  {mark} {found.count(state)} {state}", ink)
        if state in found and cells((*spans, piece)) <= width:
            spans.append(piece)
    return tuple(spans)


def feed_heading(width: int) -> Line:
    """Names of the columns."""
    wide = width >= 100
    text = "  " + fit("state", 9) + fit("feed", _name(width)) + fit("cc", 3)
    text += f"{'lng':<4}{'good':>5} {'answer':>6} " if wide else ""
    text += f"{'news':>5} {'usual':>5} "
    text += f"{'next':>7} " if wide else ""
    text += f"{'30d':>4} "
    text += f"{'same':>5} {'http':>4} {'kept':>6} {'of entries':>10} " if width >= 160 else ""
    return ((fit(text + " problem", width), "faint"),)


def _name(width: int) -> int:
    return 28 if width >= 160 else 23 if width >= 100 else 20 if width >= 64 else 16


def draw_feed(row: Row[FeedRow], width: int, now: datetime, retry: datetime | None = None) -> Line:
    """State, name, country; when it last was good, answered, brought news; its usual gap; next poll; yield; problem.

    Offline nothing is asked before `retry`.
    """
    feed = row.item
    if feed is None:
        return ()
    wide, state, name = width >= 100, feed.state, _name(width)
    word = feed_state(feed, now)
    mark, ink = _STATES[word]
    spans: list[Span] = [
        (f"{mark} ", ink),
        (fit(word, 9), ink),
        (fit(feed.feed.name, name - 1) + " ", "ink"),
        (f"{feed.feed.country or '··':<3}", "muted"),
    ]
    if wide:
        spans.append((fit(feed.feed.lang or "··", 3) + " ", "faint"))
        spans.append((f"{_ago(state.last_ok, now):>5} {_ago(state.last_answer, now):>6} ", "muted"))
    spans.append((f"{_ago(state.last_new, now):>5} ", "warn" if word == "silent" else "muted"))
    spans.append((f"{age(state.usual_gap) if state.usual_gap else '–':>5} ", "muted"))
    if wide:
        due = _due(feed, retry)
        said = "–" if due is None else countdown(due - now) if due > now else "due"
        spans.append((f"{said:>7} ", "muted"))
    spans.append((f"{feed.lately:>4} ", "ink" if feed.lately else "faint"))
    if width >= 160:
        share = state.unchanged_share
        same = "–" if share is None else f"{share:.0%}"
        spans.append(
            (f"{same:>5} {state.last_status or '–':>4} {feed.kept:>6,} {feed.entries:>10,} ", "muted")
        )
    spans.append((f" {problem_of(feed)}", "bad" if word in {"failing", "gone"} else "warn"))
    return tuple(spans)


def _due(feed: FeedRow, retry: datetime | None) -> datetime | None:
    """When it is asked next, offline not before `retry`; None: never."""
    due = feed.state.next_due
    if due is None or not feed.feed.enabled or feed.state.status is FeedStatus.GONE:
        return None
    return max(due, retry) if retry else due


def problem_of(feed: FeedRow) -> str:
    """What went wrong of late, how often in a row; empty when nothing did."""
    problem = feed.state.problem or ""
    if not problem and unreached(feed.state):
        problem = _NO_NETWORK
    if feed.state.failures > 1:
        problem = f"{feed.state.failures}× {problem}"
    if feed.state.moved_to:
        problem = f"moved to {feed.state.moved_to} {problem}"
    if feed.alone.floods:
        problem = f"{feed.alone.said} {problem}".strip()
    return problem


def _ago(moment: datetime | None, now: datetime) -> str:
    return age(now - moment) if moment else "–"


def list_lines(problem: str, width: int) -> list[Line]:
    """What is wrong with the list of feeds, whole; the status bar has room for its beginning alone."""
    if not problem:
        return []
    return hung([(f"{'the list':<{_LABEL}}", "faint")], [(problem, "warn")], width)


def feed_lines(
    row: FeedRow, width: int, now: datetime, zone: tzinfo | None, retry: datetime | None = None
) -> list[Line]:
    """Everything known of one feed; offline nothing is asked before `retry`."""
    feed, state = row.feed, row.state

    def at(moment: datetime | None) -> str:
        return day_time(moment, zone, now) if moment else "never"

    due = _due(row, retry)
    told = (
        f"last good {at(state.last_ok)} · last answer {at(state.last_answer)} · "
        f"last new entry {at(state.last_new)} · next poll {'due now' if due and due <= now else at(due)}"
    )
    share = state.unchanged_share
    answers = [f"HTTP {state.last_status}"] if state.last_status else []
    answers += [f"{state.last_bytes:,} bytes"] if state.last_bytes is not None else []
    answers += [f"{share:.0%} of polls brought nothing new"] if share is not None else []
    mark, ink = _STATES[feed_state(row, now)]
    lines: list[Line] = []
    for label, text, colour in (
        ("standing", f"{mark} {standing_said(state, now)}", ink),
        ("problem", problem_of(row) or "none", "warn" if problem_of(row) else "ink"),
        (
            "yield",
            f"{plural(row.lately, 'story', 'stories')} in 30 days · {row.kept:,} kept of {row.entries:,} entries ever",
            "ink",
        ),
        ("times", told, "ink"),
        ("answers", " · ".join(answers) or "none yet", "ink"),
        # What stands behind the ? may be a key.
        ("address", feed.url.split("?")[0] + ("?…" if "?" in feed.url else ""), "acc"),
        ("publisher", f"{feed.publisher or '–'} · {feed.kind}", "ink"),
    ):
        lines += hung([(f"{label:<{_LABEL}}", "faint")], [(text, colour)], width)
    return lines
