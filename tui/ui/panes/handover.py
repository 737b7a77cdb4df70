"""What one shift hands the next as rows under headings, and what happened to the one under the cursor."""

from datetime import datetime, timedelta, tzinfo

from tui.domain.feed import FeedRow
from tui.domain.handover import HEADINGS, Change, HandedOver, Handover, NewlyBlind, since_looked
from tui.domain.territories import territory_name
from tui.domain.value import dataclass
from tui.ui.panes.facts import chips, fact_lines
from tui.ui.panes.feeds import feed_lines
from tui.ui.panes.history import contradiction_lines, timeline_lines
from tui.ui.panes.incidents import draw_incident
from tui.ui.untrusted import Line, Span, fit, wrap
from tui.ui.virtual_list import Row
from tui.ui.wording import age, plural

Item = HandedOver | NewlyBlind | FeedRow
"""An incident, a state that nobody watches any more, or a feed that fails now."""

STATE, FEED = "state ", "feed "
"""What the keys of states and of feeds begin with; that of an incident is its own."""

_INKS = {
    Change.NEW: "key",
    Change.RESOLVED: "ok",
    Change.CONTRADICTED: "high",
    Change.REVISED: "acc",
}


@dataclass(frozen=True, slots=True)
class Shift:
    """How far back a handover begins."""

    name: str
    back: timedelta | None
    """None: when somebody last looked."""
    came: bool = False
    """The last look before this session, whatever was marked in it."""


SHIFTS = (
    Shift("you last looked", None),
    Shift("you looked before this session", None, came=True),
    Shift("8h", timedelta(hours=8)),
    Shift("12h", timedelta(hours=12)),
    Shift("24h", timedelta(hours=24)),
    Shift("3d", timedelta(days=3)),
    Shift("7d", timedelta(days=7)),
)


@dataclass(frozen=True, slots=True)
class Looks:
    """When somebody last looked: as the store says, and before this session; None: never."""

    last: datetime | None = None
    came: datetime | None = None

    def of(self, shift: Shift) -> datetime | None:
        """The one that a shift without a span begins with."""
        return self.came if shift.came else self.last


def next_shift(shift: Shift, looks: Looks) -> Shift:
    """Another beginning; that of this session only where it is another than the last look."""
    offered = [one for one in SHIFTS if not one.came or one == shift or looks.came not in (None, looks.last)]
    return offered[(offered.index(shift) + 1) % len(offered)]


def beginning(shift: Shift, looks: Looks, now: datetime) -> datetime:
    """The moment from which on a shift is told; always in the past."""
    return since_looked(looks.of(shift), now) if shift.back is None else now - shift.back


def handover_rows(shift: Handover) -> list[Row[Item]]:
    """The incidents under what happened to them, then states gone blind and feeds that fail."""
    rows: list[Row[Item]] = []
    for change in Change:
        items = shift.of(change)
        if items:
            rows.append(_heading(f"{HEADINGS[change].lower()} {len(items)}", _INKS[change]))
            rows += [Row(item.detail.row.key, item) for item in items]
    if shift.blind:
        rows.append(_heading(f"newly blind {len(shift.blind)}", "bad"))
        rows += [Row(STATE + state.iso2, state) for state in shift.blind]
    if shift.failing:
        rows.append(_heading(f"feeds that fail now {len(shift.failing)}", "warn"))
        rows += [Row(FEED + row.feed.url, row) for row in shift.failing]
    if not rows:
        rows.append(_heading("nothing changed" if shift.answered else "nothing could be seen", "faint"))
    return rows


def _heading(text: str, ink: str) -> Row[Item]:
    return Row(None, None, (("──", "rule"), (f" {text} ", ink)))


def draw_handed_over(row: Row[Item], width: int, now: datetime) -> Line:
    """An incident as every list draws it; a state with how many of its feeds answer; a feed with its problem."""
    match row.item:
        case HandedOver() as item:
            return draw_incident(Row(row.key, item.detail.row), width, now, countries=True)
        case NewlyBlind() as state:
            return (
                ("◌ ", "bad"),
                (fit(f"{state.iso2} {territory_name(state.iso2)}", 26) + " ", "strong"),
                (f"{state.now.said}; before: {state.before.said}", "muted"),
            )
        case FeedRow() as feed:
            return (
                ("✗ ", "bad"),
                (fit(feed.feed.name, 26) + " ", "strong"),
                (feed.state.problem or "does not answer", "muted"),
            )
        case None:
            return ()


def counts_line(shift: Handover, now: datetime) -> Line:
    """Since when, and how much of each."""
    spans: list[Span] = [("handover ", "ink"), (f"{age(now - shift.since)} ", "muted")]
    spans += [(f" {len(items)} {change} ", _INKS[change]) for change in Change if (items := shift.of(change))]
    if shift.blind:
        spans.append((f" {len(shift.blind)} newly blind ", "bad"))
    if shift.failing:
        spans.append((f" {plural(len(shift.failing), 'feed')} failing ", "warn"))
    if shift.unseen:
        spans.append((f" {shift.answered}/{shift.feeds} feeds answered ", "bad"))
    return tuple(spans)


def item_lines(item: Item, width: int, now: datetime, zone: tzinfo | None) -> list[Line]:
    """What happened in the shift, and the facts as they are now."""
    match item:
        case HandedOver(change, detail, steps):
            row = detail.row
            lines = [chips(row, width)]
            if change is Change.CONTRADICTED:
                lines += contradiction_lines(detail.history.contradictions, width, zone)
            if steps:
                lines += [((f"{change} in this shift:", _INKS[change]),)]
                lines += timeline_lines(steps, width, zone)
            return [*lines, (), *fact_lines(row, width, now, zone)]
        case NewlyBlind(iso2, before, seen):
            said = (
                f"{territory_name(iso2)} was watched ({before.said}) when the shift began and is not now ({seen.said}). "
                "That nothing is told of it means nothing until its feeds answer again."
            )
            return wrap([(said, "ink")], width)
        case FeedRow():
            return feed_lines(item, width, now, zone)
