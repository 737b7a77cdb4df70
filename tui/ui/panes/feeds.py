"""Feeds as rows: what needs a look first."""

from datetime import datetime

from tui.domain.board import FeedCounts
from tui.domain.feed import FeedRow, FeedStatus
from tui.ui.untrusted import Line, Span, fit
from tui.ui.virtual_list import Row
from tui.ui.wording import age, countdown

SORTS = ("attention", "name", "country", "answer", "kept")

_GLYPHS = {
    FeedStatus.OK: ("✓", "ok", "ok"),
    FeedStatus.DAMAGED: ("!", "warn", "damaged"),
    FeedStatus.FAILING: ("✗", "bad", "failing"),
    FeedStatus.GONE: ("✗", "bad", "gone"),
    FeedStatus.NEVER: ("…", "muted", "waiting"),
    FeedStatus.DISABLED: ("–", "faint", "off"),
}
_ATTENTION = (
    FeedStatus.GONE,
    FeedStatus.FAILING,
    FeedStatus.DAMAGED,
    FeedStatus.NEVER,
    FeedStatus.OK,
    FeedStatus.DISABLED,
)


def feed_rows(feeds: tuple[FeedRow, ...], sort: str) -> list[Row[FeedRow]]:
    """Every feed in the order wanted."""

    def by(row: FeedRow) -> tuple[float | str, ...]:
        name = row.feed.name.casefold()
        if sort == "name":
            return (name,)
        if sort == "country":
            return (row.feed.country or "~", name)
        if sort == "answer":
            return (row.state.last_answer.timestamp() if row.state.last_answer else 0.0, name)
        if sort == "kept":
            return (-row.kept, -row.entries, name)
        return (_ATTENTION.index(row.state.status), -row.state.failures, name)

    return [Row(row.feed.url, row) for row in sorted(feeds, key=by)]


def count_feeds(feeds: tuple[FeedRow, ...]) -> FeedCounts:
    """How many stand how."""
    found = [row.state.status for row in feeds]
    return FeedCounts(
        ok=found.count(FeedStatus.OK),
        damaged=found.count(FeedStatus.DAMAGED),
        failing=found.count(FeedStatus.FAILING) + found.count(FeedStatus.GONE),
        waiting=found.count(FeedStatus.NEVER),
        disabled=found.count(FeedStatus.DISABLED),
    )


def feed_heading(width: int) -> Line:
    """Names of the columns."""
    wide = width >= 100
    text = "  " + fit("state", 9) + fit("feed", 24 if wide else 20) + fit("cc", 3)
    text += fit("lng", 4) if wide else ""
    text += f"{'answer':>7} " + (f"{'entries':>8} {'kept':>6} {'next':>7}  " if wide else f"{'kept':>5}  ")
    return ((fit(text + "problem", width), "faint"),)


def draw_feed(row: Row[FeedRow], width: int, now: datetime) -> Line:
    """State, name, country, language, last answer, entries, kept, next poll, problem."""
    feed = row.item
    if feed is None:
        return ()
    wide = width >= 100
    glyph, ink, word = _GLYPHS[feed.state.status]
    answer = age(now - feed.state.last_answer) if feed.state.last_answer else "never"
    spans: list[Span] = [
        (f"{glyph} ", ink),
        (fit(word, 9), ink),
        (fit(feed.feed.name, (24 if wide else 20) - 1) + " ", "ink"),
        (f"{feed.feed.country or '··':<3}", "muted"),
    ]
    if wide:
        spans.append((fit(feed.feed.lang or "··", 3) + " ", "faint"))
    spans.append((f"{answer:>7} ", "muted"))
    if wide:
        due = countdown(feed.state.next_due - now) if feed.state.next_due else "–"
        spans.append((f"{feed.entries:>8} {feed.kept:>6} {due:>7}  ", "muted"))
    else:
        spans.append((f"{feed.kept:>5}  ", "muted"))
    problem = feed.state.problem or ""
    if feed.state.failures > 1:
        problem = f"{feed.state.failures}× {problem}"
    if feed.state.moved_to:
        problem = f"moved to {feed.state.moved_to} {problem}"
    spans.append((problem, "bad" if feed.state.status in {FeedStatus.FAILING, FeedStatus.GONE} else "warn"))
    return tuple(spans)
