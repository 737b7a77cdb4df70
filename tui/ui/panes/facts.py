"""What is known of an incident, as lines: facts, why so certain, and its history."""

from datetime import datetime, timedelta, tzinfo

from tui.domain.board import IncidentDetail, IncidentRow
from tui.domain.codes import IncidentCertainty, Origin
from tui.domain.follow_up import ledger_at
from tui.domain.incident import IncidentFacts
from tui.ui.panes.history import contradiction_lines, ledger_lines, outcome_line, timeline_lines
from tui.ui.untrusted import Line, Span, cells, clip, fit, hung
from tui.ui.wording import (
    BARS,
    age,
    attribution,
    certainty_mark,
    clock_time,
    day,
    day_time,
    event_day,
    event_tag,
    main_event,
    names,
    object_glyph,
    plural,
    words,
)

_LABEL = 10


def title_line(row: IncidentRow) -> Line:
    """Its line with the bar of its severity, for a border."""
    baseline: Line = (("baseline · ", "muted"),) if row.origin is Origin.BASELINE else ()
    return ((BARS[row.facts.severity], str(row.facts.severity)), *baseline, (row.line, "new"))


def chips(row: IncidentRow, width: int) -> Line:
    """Event, object, certainty and how many told of it, as far as there is room."""
    spans = _kinds(row)
    if cells(spans) > width:
        spans = _kinds(row, brief=True)
    for told in _counts(row):
        if cells((*spans, told)) > width:
            break
        spans = (*spans, told)
    return spans


def _kinds(row: IncidentRow, *, brief: bool = False) -> Line:
    """Event, object, certainty; `brief`: its dots without the word."""
    facts = row.facts
    kind = words(facts.object[0]) if facts.object else "object unknown"
    spans: list[Span] = [
        (f" {event_tag(main_event(facts))} ", f"{facts.severity}-chip"),
        (" ", "ink"),
        (f" {object_glyph(facts.object)} {kind} ", "chip"),
        (" ", "ink"),
        *certainty_mark(facts.certainty),
        ("" if brief else f" {facts.certainty}", "ink"),
    ]
    if facts.disputed and facts.certainty is not IncidentCertainty.DISPUTED:
        spans.append((" ≠" if brief else " ≠ disputed", "high"))
    return tuple(spans)


def _counts(row: IncidentRow) -> Line:
    if row.origin is Origin.BASELINE:
        return (("  baseline, not news", "muted"),)
    return (
        (f"  {plural(row.stories, 'story', 'stories')}", "muted"),
        (f" · {plural(row.publishers, 'publisher')}", "muted"),
    )


def fact_lines(
    row: IncidentRow, width: int, now: datetime, zone: tzinfo | None, *, whole: bool = False
) -> list[Line]:
    """Where, who, when, what was done, what a person wrote; each on one line, or `whole` on as many as it takes."""
    facts = row.facts
    told = [("where", _where(facts), "ink"), _actor(facts)]
    told += _times(row, now, zone) if whole else [("when", _when(row, width - _LABEL, now, zone), "ink")]
    told.append(("response", _response(facts), "ink"))
    if facts.count is not None:
        told.append(("count", str(facts.count), "ink"))
    lines = [
        line
        for label, value, ink in told
        for line in (_long(label, value, width, ink) if whole else [_fact(label, value, ink, width)])
    ]
    return [
        *lines,
        *_corrected(facts, width, now, zone),
        *(_written(row, width) if whole else _written_short(row, width)),
    ]


def _written(row: IncidentRow, width: int) -> list[Line]:
    """What a person wrote beside it."""
    lines: list[Line] = []
    if row.tags:
        lines.append(_fact("tags", " ".join(f"#{tag}" for tag in row.tags), "watch", width))
    if row.note:
        lines += _long("note ¶", row.note, width)
    return lines


def _written_short(row: IncidentRow, width: int) -> list[Line]:
    told = [f"#{tag}" for tag in row.tags] + ([f"¶ {row.note}"] if row.note else [])
    return [_fact("yours", " ".join(told), "watch", width)] if told else []


def _corrected(facts: IncidentFacts, width: int, now: datetime, zone: tzinfo | None) -> list[Line]:
    """What a person says instead of what was read."""
    lines: list[Line] = []
    for one in facts.corrected:
        told = f"{words(one.fact)}{': ' if one.value else ''}{one.value} by you"
        when = f" · {day_time(one.at, zone, now)}"
        lines.append(
            ((fit("corrected", _LABEL), "warn"), (clip(f"✎ {told}{when}", max(1, width - _LABEL)), "ink"))
        )
    return lines


def _fact(label: str, value: str, ink: str, width: int) -> Line:
    return ((fit(label, _LABEL), "faint"), (clip(value, max(1, width - _LABEL)), ink))


def _where(facts: IncidentFacts) -> str:
    place = facts.place.name if facts.place else ""
    state = names(facts.affected) or "no state named"
    zone = f" · {', '.join(words(zone) for zone in facts.zone)}" if facts.zone else ""
    return (f"{place}, {state}" if place and place != state else state) + zone


def _actor(facts: IncidentFacts) -> tuple[str, str, str]:
    if not facts.actor:
        return "actor", "unknown", "muted"
    return "actor", f"{names(facts.actor)}  ({attribution(facts)})", "actor"


def _day(row: IncidentRow, now: datetime) -> str:
    return event_day(row.facts.event_date, now) if row.facts.event_date else "day not told"


def _when(row: IncidentRow, room: int, now: datetime, zone: tzinfo | None) -> str:
    """The day it happened and when it was told, as precisely as there is room; its age is that of the lists."""
    if row.origin is Origin.BASELINE:
        return _day(row, now)
    moments, ago = _span(row.earliest, row.latest, now, zone), f"{age(now - row.latest)} ago"
    said = (f"in the news {moments} ({ago})", f"in the news {ago}", f"news {ago}")
    fits = (told for told in said if cells([(f"{_day(row, now)} · {told}", "")]) <= room)
    return f"{_day(row, now)} · {next(fits, said[-1])}"


def _times(row: IncidentRow, now: datetime, zone: tzinfo | None) -> list[tuple[str, str, str]]:
    """When it happened, was in the news by publication, and came in here: three times, which need not be near."""
    happened = ("when", _day(row, now), "ink")
    if row.origin is Origin.BASELINE:
        return [happened]
    told = f"{_span(row.earliest, row.latest, now, zone)} ({age(now - row.latest)} ago)"
    came = _span(row.first_seen, row.last_revised, now, zone).replace(" → ", ", last changed ")
    return [happened, ("in news", told, "ink"), ("came in", came, "ink")]


def _span(first: datetime, last: datetime, now: datetime, zone: tzinfo | None) -> str:
    """From a moment to another, with their days where they are not today."""
    today = day(now, zone)
    told = clock_time(first, zone) if day(first, zone) == today else day_time(first, zone, now)
    if last == first:
        return told
    same = day(last, zone) == day(first, zone)
    return f"{told} → {clock_time(last, zone) if same else day_time(last, zone, now)}"


def _response(facts: IncidentFacts) -> str:
    if not facts.response:
        return "unknown"
    by = f" by {names(facts.responder)}" if facts.responder else ""
    return " · ".join(words(code) for code in facts.response) + by


def incident_lines(
    detail: IncidentDetail, width: int, now: datetime, zone: tzinfo | None, after: timedelta
) -> list[Line]:
    """Everything on the left of the incident screen; `after` so long without an outcome it is unresolved."""
    row, facts = detail.row, detail.row.facts
    title = "gone" if facts.certainty is IncidentCertainty.UNFOUNDED else "new"
    bar = (f"{BARS[facts.severity]} ", str(facts.severity))
    lines = hung([bar], [(row.line, title)], width)
    whole = (*_kinds(row), *_counts(row))
    lines += [whole] if cells(whole) <= width else [_kinds(row), _counts(row)]
    lines += [(), *fact_lines(row, width, now, zone, whole=True)]
    if len(facts.event) > 1:
        lines += _long("events", " · ".join(words(event) for event in facts.event), width)
    if row.origin is not Origin.BASELINE:
        lines.append(((fit("outcome", _LABEL), "faint"), *outcome_line(row, now, after)))
    lines += _long("why cert", facts.ground or "no ground recorded", width)
    lines += contradiction_lines(detail.history.contradictions, width, zone)
    if detail.baseline is not None:
        lines += _baseline(detail, width)
    if detail.history.ledger:
        steps = ledger_at(detail.history.ledger, facts.outcome, row.earliest, now, after)
        lines += [(), (("how far it came", "faint"),), *ledger_lines(steps, width, now, zone)]
    if detail.timeline:
        lines += [(), (("timeline", "faint"),), *timeline_lines(detail.timeline, width, zone)]
    return lines


def _baseline(detail: IncidentDetail, width: int) -> list[Line]:
    known = detail.baseline
    if known is None:
        return []
    lines: list[Line] = [()]
    lines += _long("baseline", known.description, width)
    lines += _long("outcome", known.outcome or "–", width)
    lines += _long("basis", known.basis or "–", width)
    if not known.certain or known.uncertain:
        doubt = ", ".join(words(name) for name in known.uncertain) or "written from memory"
        lines += _long("uncertain", doubt, width)
    return lines


def _long(label: str, text: str, width: int, ink: str = "ink") -> list[Line]:
    return hung([(fit(label, _LABEL), "faint")], [(text, ink)], width)
