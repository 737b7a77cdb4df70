"""What is watched, as rows: saved views with their counts, starred incidents with what happened, alerts that were told."""

from datetime import datetime, tzinfo

from tui.domain.alerts import OF_STATES, Alert, AlertPlan, AlertRule, Trigger
from tui.domain.history import TimelineEntry
from tui.domain.query_leaf import QueryProblem
from tui.domain.value import dataclass
from tui.domain.views import SavedView, ViewCount, same_query
from tui.domain.watch import AlertStanding, Desk, WatchedIncident
from tui.ui.panes.incidents import draw_incident
from tui.ui.untrusted import Line, Span, cells, clip, fit, hung, wrap
from tui.ui.virtual_list import Row
from tui.ui.wording import BARS, clock_time, day_time, plural, window_name

_STEPS = 3
"""Of an incident's timeline that are told under it, the latest."""

_LABEL = 10
_ROOMY = 54
"""Columns from which names stand whole."""


@dataclass(frozen=True, slots=True)
class ViewLine:
    """A line of a view: 0 is its name with its counts, 1 its query, 2 the space below."""

    count: ViewCount
    line: int = 0


@dataclass(frozen=True, slots=True)
class WatchedLine:
    """A line of a watched incident: itself, or something that happened to it."""

    watched: WatchedIncident
    step: TimelineEntry | None = None
    quiet: bool = False
    """The line that says that nothing happened."""


@dataclass(frozen=True, slots=True)
class AlertLine:
    """A line of an alert: 0 is what it is about, 1 what happened."""

    alert: Alert
    line: int = 0


def view_rows(counts: tuple[ViewCount, ...], lines: int) -> list[Row[ViewLine]]:
    """Each view on so many lines: one, two, or two and a space."""
    return [
        Row(count.view.name if not line else None, ViewLine(count, line))
        for count in counts
        for line in range(lines)
    ]


def draw_view(row: Row[ViewLine], width: int, plan: AlertPlan, *, alone: bool) -> Line:
    """A view's name, how many it finds, how many of them are new, its alert rule; `alone`: its query too, on one line."""
    if row.item is None:
        return ()
    count = row.item.count
    view = count.view
    if row.item.line == 1:
        return (("    ", "faint"), (clip(_asked(view), max(1, width - 4)), _query_ink(view)))
    if row.item.line:
        return ((" ", "ink"),)
    digit = str(view.position) if view.position else "0"
    name = 24 if width >= _ROOMY else 16
    found = f"{count.incidents:,}" if count.incidents is not None else "?" if _unread(view) else ""
    spans: list[Span] = [
        (f" {digit:>2} ", "key"),
        (fit(view.name, name - 1) + " ", "strong"),
        (f"{found:>6}", "muted"),
        (f"{f'+{count.new}' if count.new else '':>5}  ", "new"),
    ]
    rule = rule_of(plan, view)
    room = width - cells(spans)
    if rule is not None:
        mark: Span = ("♪ ", "watch" if rule.enabled else "faint")
        spans += [mark] if alone else [mark, (clip(_rule_said(rule), max(1, room - 2)), "muted")]
    elif alone:
        spans.append(("  ", "ink"))
    if alone:
        spans.append((clip(_asked(view), max(1, room - 2)), _query_ink(view)))
    return tuple(spans)


def _asked(view: SavedView) -> str:
    problem = view.query
    if isinstance(problem, QueryProblem):
        return f"cannot be read: {problem.said}"
    return f"{view.text or 'no filter'} · {window_name(view.window)}"


def _unread(view: SavedView) -> bool:
    return isinstance(view.query, QueryProblem)


def _query_ink(view: SavedView) -> str:
    return "warn" if _unread(view) else "faint"


def rule_of(plan: AlertPlan, view: SavedView) -> AlertRule | None:
    """The alert rule that asks for the same as a view, one in force first."""
    asked = view.query
    if isinstance(asked, QueryProblem):
        return None
    same = [
        rule for rule in plan.rules if same_query(rule.query, asked) and not OF_STATES.issuperset(rule.on)
    ]
    return next((rule for rule in same if rule.enabled), same[0] if same else None)


def _rule_said(rule: AlertRule) -> str:
    if not rule.enabled:
        return "off"
    on = ", ".join(trigger.replace("_", " ") for trigger in rule.on)
    return f"{on} → {', '.join(rule.channels) or 'screen'}"


def watched_rows(desk: Desk, *, short: bool) -> list[Row[WatchedLine]]:
    """Each watched incident over what happened to it since it was seen; on a short screen the last of it alone."""
    rows: list[Row[WatchedLine]] = []
    for one in desk.watched:
        rows.append(Row(one.row.key, WatchedLine(one)))
        steps = one.steps[-1 if short else -_STEPS :]
        rows += [Row(None, WatchedLine(one, step)) for step in steps]
        if not steps and not short:
            rows.append(Row(None, WatchedLine(one, quiet=True)))
    return rows


def draw_watched(row: Row[WatchedLine], width: int, now: datetime, zone: tzinfo | None) -> Line:
    """The incident as in any list, or a step of its timeline under it."""
    if row.item is None:
        return ()
    watched, step = row.item.watched, row.item.step
    if step is not None:
        when = _lately(step.at, now, zone)
        return (
            (f"      {when} ", "acc"),
            (clip(f"{step.source}: {step.text}", max(1, width - 8 - len(when))), "ink"),
        )
    if row.item.quiet:
        since = f" since {_lately(watched.since, now, zone)}" if watched.since else " yet"
        return ((f"      nothing happened{since}", "faint"),)
    return draw_incident(Row(row.key, watched.row), width, now, countries=True)


def _lately(moment: datetime, now: datetime, zone: tzinfo | None) -> str:
    near = (now - moment).total_seconds() < 20 * 3600
    return clock_time(moment, zone) if near else day_time(moment, zone, now)


def alert_rows(desk: Desk, *, short: bool) -> list[Row[AlertLine]]:
    """The alerts of the day, latest first: what it is about, over what happened to it."""
    return [
        Row(str(alert.id) if not line else None, AlertLine(alert, line))
        for alert in desk.log
        for line in range(1 if short or _only_new(alert) else 2)
    ]


def _only_new(alert: Alert) -> bool:
    return alert.triggers == (Trigger.NEW,)


def draw_alert(row: Row[AlertLine], width: int, now: datetime, zone: tzinfo | None, *, alone: bool) -> Line:
    """When, how grave, which rule, and what was told; `alone`: on one line with what happened."""
    if row.item is None:
        return ()
    alert, incident = row.item.alert, row.item.alert.row
    when = _lately(alert.at, now, zone)
    severity = incident.facts.severity if incident else None
    code = incident.facts.affected[0] if incident and incident.facts.affected else "··"
    spans: list[Span] = [
        (f"{when} ", "muted"),
        (BARS[severity] if severity else " ", str(severity) if severity else "faint"),
        (" ", "ink"),
        (fit(alert.rule, max(8, min(18, width // 3))) + " ", "acc"),
        (f"{code:<3}", "seen-strong"),
    ]
    room = max(1, width - cells(spans))
    if incident is None:  # of states: what happened is all there is to tell
        told = [cut[0][0] if cut else "" for cut in wrap([(alert.text, "ink")], room)] if not alone else []
        first, rest = (told[0], " ".join(told[1:])) if told else (alert.text, "")
    else:
        first = incident.line if not alone or _only_new(alert) else f"{alert.text} · {incident.line}"
        rest = alert.text
    if row.item.line:
        indent = cells(spans) if incident is None else len(when) + 3
        return ((" " * indent, "ink"), (clip(rest, max(1, width - indent)), "muted"))
    return (*spans, (clip(first, room), "ink"))


def delivery_lines(standing: AlertStanding, desk: Desk, width: int, zone: tzinfo | None) -> list[Line]:
    """How many rules there are, how each channel stands, and when nothing is told."""
    plan = standing.plan
    on = sum(rule.enabled for rule in plan.rules)
    off = f", {len(plan.rules) - on} off" if on < len(plan.rules) else ""
    rules = f"{plural(on, 'rule')} in force{off}" if plan.rules else "no [[alert]] in feeds.toml"
    held = f" · {desk.held} more counted, not told one by one" if desk.held else ""
    failing = {one.name: one for one in desk.failing}
    lines = _told("rules", rules + held, "ink", width)
    for channel in plan.channels:
        bad = failing.get(channel.name)
        if bad is None:
            lines += _told("", f"✓ {channel.name}, {channel.kind}", "ok", width)
        else:
            since = clock_time(bad.since, zone)
            lines += _told("", f"✗ {channel.name}, {channel.kind}, since {since}: {bad.error}", "bad", width)
    quiet = f"quiet {standing.quiet} · " if standing.quiet else ""
    return lines + _told("", f"{quiet}the screen rings once a minute at most", "muted", width)


def _told(label: str, text: str, ink: str, width: int) -> list[Line]:
    return hung([(fit(label, _LABEL), "faint")], [(text, ink)], width)
