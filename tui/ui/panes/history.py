"""The history of an incident as lines: its timeline, its claims side by side, how far the matter came."""

from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo
from itertools import zip_longest

from tui.domain.board import IncidentRow
from tui.domain.follow_up import days_open, outcome_at
from tui.domain.history import (
    RULE,
    Claim,
    ClaimField,
    Contradiction,
    LedgerStep,
    Outcome,
    TimelineEntry,
    TimelineKind,
)
from tui.ui.untrusted import Line, Span, cells, clip, fit, hung
from tui.ui.wording import clock_time, day, day_time, names, plural, words

MARKS: dict[TimelineKind, tuple[str, str, str]] = {
    TimelineKind.FIRST_REPORT: ("◌", "first", "acc"),
    TimelineKind.NEW_PUBLISHER: ("●", "told", "acc"),
    TimelineKind.EVENT: ("●", "event", "acc"),
    TimelineKind.COUNT: ("#", "count", "acc"),
    TimelineKind.RESPONSE: ("»", "reply", "acc"),
    TimelineKind.OFFICIAL_STATEMENT: ("§", "offic", "ok"),
    TimelineKind.DENIAL: ("×", "deny", "high"),
    TimelineKind.CORRECTION: ("×", "corr", "high"),
    TimelineKind.REVISION: ("≠", "edit", "high"),
    TimelineKind.FULL_TEXT: ("●", "page", "acc"),
    TimelineKind.CERTAINTY: ("▲", "sure", "high"),
    TimelineKind.OUTCOME: ("■", "end", "ok"),
}
"""One cell, a word of five at most, and the ink of each kind of entry."""

_SOURCE = 9
"""Cells of who says so, where a step has one line."""

_OBJECTS = {
    "BLN": "balloon",
    "DRN": "drone",
    "JET": "military jet",
    "MSL": "missile",
    "HEL": "helicopter",
    "CIV": "civilian plane",
}
_FIELDS = {
    ClaimField.COUNT: "how many",
    ClaimField.OBJECT: "what flew",
    ClaimField.ACTOR: "whose it was",
    ClaimField.VIOLATION: "whether it happened",
}
_COLUMN = 22
"""Cells below which versions stand below each other."""
_CLAIMS = 5
"""Claims of a version that are named; the rest is counted."""


def timeline_lines(
    entries: tuple[TimelineEntry, ...],
    width: int,
    zone: tzinfo | None,
    last: int | None = None,
) -> list[Line]:
    """Steps of its history, latest last: all of them in full with their days, or the `last` ones on a line each."""
    shown = entries[-last:] if last else entries
    lines: list[Line] = []
    before: str | None = None
    for at, entry in enumerate(shown):
        today = day(entry.at, zone)
        if last is None and today != before:
            lines.append(((today, "faint"),))
        before = today
        ink = "new" if at == len(shown) - 1 else "ink"
        lead = _lead(entry, zone, with_word=last is None and width >= 50)
        if last is not None:
            lead = (*lead, (fit(_source(entry), _SOURCE) + " ", "faint"))
            lines.append((*lead, (clip(entry.text, max(8, width - cells(lead))), ink)))
            continue
        told: list[Span] = [(f"{_source(entry)}: ", "faint"), (entry.text, ink)]
        lines += hung(lead, told, width)
    return lines


def _lead(entry: TimelineEntry, zone: tzinfo | None, *, with_word: bool) -> Line:
    """When, and of what kind."""
    mark, word, ink = MARKS[entry.kind]
    kind: Line = ((f"{mark} ", ink), (f"{word:<6}" if with_word else "", "faint"))
    return ((f"{clock_time(entry.at, zone)} ", "muted"), *kind)


def _source(entry: TimelineEntry) -> str:
    """Who says so; what the program concluded says that."""
    return "overflight" if entry.source == RULE else entry.source


def contradiction_lines(found: Sequence[Contradiction], width: int, zone: tzinfo | None) -> list[Line]:
    """Each field that the sources differ on, its versions side by side where there is room."""
    lines: list[Line] = []
    for one in found:
        lines += [(), (("sources differ on ", "faint"), (_FIELDS[one.field], "high"))]
        sides = [
            _side(one.field, value, [claim for claim in one.claims if claim.value == value], zone)
            for value in one.values
        ]
        room = (width - 3 * (len(sides) - 1)) // len(sides)
        lines += _columns(sides, room) if room >= _COLUMN else _below_each_other(sides, width)
    return lines


def _side(field: ClaimField, value: str, claims: list[Claim], zone: tzinfo | None) -> list[Line]:
    """One version: what it says, and who says it, whose word, and when."""
    told_by = plural(len({claim.source for claim in claims}), "source")
    lines: list[Line] = [((_version(field, value), "new"), (f"  {told_by}", "muted"))]
    for claim in claims[:_CLAIMS]:
        when = f"{day(claim.at, zone).rpartition(' ')[0]} {clock_time(claim.at, zone)}"
        lines.append(((f"{when} ", "muted"), (claim.source, "acc")))
        if claim.voice:
            lines.append(((f"  {claim.voice}", "muted"),))
    if len(claims) > _CLAIMS:
        lines.append(((f"and {len(claims) - _CLAIMS} more", "faint"),))
    return lines


def _version(field: ClaimField, value: str) -> str:
    match field:
        case ClaimField.COUNT:
            return value
        case ClaimField.OBJECT:
            return ", ".join(_OBJECTS.get(tag, "unidentified") for tag in value.split())
        case ClaimField.ACTOR:
            return names(tuple(value.split()))
        case ClaimField.VIOLATION:
            return "denied" if value == "denied" else "told as fact or claim"


def _columns(sides: list[list[Line]], room: int) -> list[Line]:
    rows = zip_longest(*sides, fillvalue=())
    return [_beside([_cut(line, room) for line in row], room) for row in rows]


def _beside(row: list[Line], room: int) -> Line:
    spans: list[Span] = []
    for at, line in enumerate(row):
        if at:
            spans.append((" │ ", "edge"))
        spans += [*line, (" " * max(0, room - cells(line)), "ink")]
    return tuple(spans)


def _below_each_other(sides: list[list[Line]], width: int) -> list[Line]:
    return [
        _cut(((" " if not at else "   ", "ink"), *line), width)
        for side in sides
        for at, line in enumerate(side)
    ]


def _cut(line: Line, room: int) -> Line:
    """The line in so many cells, its last words clipped."""
    spans: list[Span] = []
    left = room
    for text, ink in line:
        told = clip(text, left) if left > 0 else ""
        spans.append((told, ink))
        left -= cells([(told, ink)])
    return tuple(spans)


def outcome_line(row: IncidentRow, now: datetime, after: timedelta) -> Line:
    """How it ended, or for how long it has not."""
    days = days_open(row.earliest, now)
    match outcome_at(row.facts.outcome, row.earliest, now, after):
        case Outcome.UNRESOLVED:
            return (("unresolved", "high"), (f" · {plural(days, 'day')}, no outcome", "muted"))
        case Outcome.OPEN:
            left = f" · {plural(days, 'day')}, unresolved after {after.days}"
            return (("open", "ink"), (left, "muted"))
        case outcome:
            return ((str(outcome), "ok"),)


def ledger_lines(steps: Sequence[LedgerStep], width: int, now: datetime, zone: tzinfo | None) -> list[Line]:
    """How far the matter came, each step with its ground."""
    lines: list[Line] = []
    for step in steps:
        lead: Line = (
            (f"{day_time(step.at, zone, now):<14}", "muted"),
            (fit(words(step.stage), 19) if width >= 60 else f"{words(step.stage)}: ", "ink"),
        )
        lines += hung(lead, [(step.ground, "muted")], width)
    return lines
