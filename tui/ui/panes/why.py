"""Why a story was matched, what was read from it, and why it stands with its incident."""

from tui.domain.board import StoryDetail
from tui.domain.constraints import said_of
from tui.domain.incident import Assignment
from tui.domain.reading import Reading, Reason, Report
from tui.ui.panes.stories import score
from tui.ui.panes.story_text import fact_ink, numbers
from tui.ui.untrusted import Line, clip, fit, hung
from tui.ui.wording import event_day, event_tag, names, story_certainty, superscript, words

_BAR = 12
_ID = 12
"""Digits of a story's id that tell it from every other."""


def why_lines(detail: StoryDetail, width: int) -> list[Line]:
    """The whole panel."""
    reading = detail.reading
    return [
        *_score_lines(reading, width),
        *_missing_lines(reading, width),
        *_report_lines(reading, width),
        *_corrected_lines(detail, width),
        *_grouping_lines(detail, width),
        *_sibling_lines(detail, width),
        (),
        ((clip(f"overflight explain {detail.row.key[:_ID]}", width), "faint"),),
    ]


def _score_lines(reading: Reading, width: int) -> list[Line]:
    verdict = reading.verdict
    lines: list[Line] = [
        (
            ("why matched  ", "faint"),
            (score(verdict.score), "ok-strong" if verdict.relevant else "bad"),
            (f" / threshold {score(verdict.threshold)} · in {verdict.lang}", "muted"),
        ),
        (),
    ]
    by_rule: dict[str, list[Reason]] = {}
    for reason in verdict.why:
        if reason.words or reason.weight:
            by_rule.setdefault(reason.reason, []).append(reason)
    weights = {rule: sum(reason.weight for reason in reasons) for rule, reasons in by_rule.items()}
    top = max(map(abs, weights.values()), default=1) or 1
    for rule in sorted(weights, key=lambda rule: -weights[rule]):
        lines += _rule_lines(rule, weights[rule], by_rule[rule], top, width)
    return lines


def _rule_lines(rule: str, weight: float, reasons: list[Reason], top: float, width: int) -> list[Line]:
    """Weight, bar and name of a rule; below it the words that it was read from."""
    filled = min(_BAR, round(abs(weight) / top * _BAR))
    ink = "ok" if weight > 0 else "bad" if weight < 0 else "muted"
    sign = "+" if weight > 0 else "−" if weight < 0 else " "
    found = " … ".join(dict.fromkeys(reason.words for reason in reasons))
    lines: list[Line] = [
        (
            (f"{sign + score(abs(weight)):>5} ", ink),
            ("━" * filled, ink),
            ("─" * (_BAR - filled), "edge"),
            (f" {clip(words(rule), max(4, width - _BAR - 8))}", "ink"),
        ),
    ]
    return lines + hung([(" " * 6, "faint")], [(found, "muted")], width)


def _missing_lines(reading: Reading, width: int) -> list[Line]:
    missing = [reason for reason in reading.verdict.why if not reason.words and not reason.weight]
    if not missing:
        return []
    lines: list[Line] = [(), (("what was missing", "faint"),)]
    for reason in missing:
        lines += hung([(" – ", "muted")], [(words(reason.reason), "muted")], width)
    return lines


def _report_lines(reading: Reading, width: int) -> list[Line]:
    number = numbers(reading)
    lines: list[Line] = []
    for at, report in enumerate(reading.reports):
        several = f" · event {at + 1} of {len(reading.reports)}" if len(reading.reports) > 1 else ""
        lines += [(), ((f"extracted{several}", "faint"),)]
        for fact, value in _facts(report):
            mark = superscript(number[fact]) if fact in number else " "
            ink = fact_ink(fact) if fact in number else "muted"
            lead = ((f"{mark:<2}", "key"), (fit(_label(fact), 10), _plain(ink)), (" ", "ink"))
            lines += hung(lead, [(value, "ink")], width)
    return lines


def _facts(report: Report) -> list[tuple[str, str]]:
    found = [
        ("object", ", ".join(words(code) for code in report.object)),
        ("event", ", ".join(f"{event_tag(code)} {words(code)}" for code in report.event)),
        ("affected", names(report.affected)),
        ("actor", names(report.actor)),
        ("zone", ", ".join(words(code) for code in report.zone)),
        ("place", f"{report.place.name} ({report.place.precision})" if report.place else ""),
        ("event_date", event_day(report.event_date) if report.event_date else ""),
        ("count", str(report.count) if report.count is not None else ""),
        ("response", ", ".join(words(code) for code in report.response)),
        ("responder", names(report.responder)),
        ("certainty", story_certainty(report.certainty)),
    ]
    return [
        (fact, value or "unknown")
        for fact, value in found
        if value or fact in {"affected", "actor", "object"}
    ]


def _label(fact: str) -> str:
    return "date" if fact == "event_date" else fact


def _plain(ink: str) -> str:
    """The ink of a fact's name: its colour without its background."""
    return ink.replace("fact-", "name-") if ink.startswith("fact-") else ink


def _corrected_lines(detail: StoryDetail, width: int) -> list[Line]:
    """What a person says instead of what was read."""
    if not detail.corrected:
        return []
    lines: list[Line] = [(), (("corrected by you", "warn"),)]
    for made in detail.corrected:
        told = [(f"{said_of(made)} ", "ink"), (f"{made.at:%d %b %H:%M}Z", "muted")]
        lines += hung([(" ✎ ", "warn")], told, width)
    return lines


def _grouping_lines(detail: StoryDetail, width: int) -> list[Line]:
    lines: list[Line] = []
    for assignment in detail.assignments:
        lines += [(), (("why in this incident", "faint"),), *assignment_lines(assignment, width)]
    return lines


def assignment_lines(assignment: Assignment, width: int) -> list[Line]:
    """What spoke for joining, and the nearest incident that it did not join."""
    lines: list[Line] = []
    if assignment.is_new:
        lines.append((("the first report of it", "ink"),))
    for reason in assignment.why:
        sign = "+" if reason.weight >= 0 else "−"
        told = f"{words(reason.reason)}: {reason.detail}" if reason.detail else words(reason.reason)
        weight = (f"{sign + score(abs(reason.weight)):>5} ", "ok" if reason.weight >= 0 else "bad")
        lines += hung([weight], [(told, "ink")], width)
    if assignment.nearest is not None:
        told = f"not {assignment.nearest.incident}: {assignment.nearest.why_not}"
        lines += hung([(" ≠ ", "muted")], [(told, "muted")], width)
    return lines


def _sibling_lines(detail: StoryDetail, width: int) -> list[Line]:
    if not detail.siblings:
        return []
    lines: list[Line] = [(), (("same incident", "faint"),)]
    for number, story in enumerate(detail.siblings[:12], 2):
        publisher = fit(story.publisher or story.feed, 11)
        key = str(number) if number <= 9 else " "
        lines.append(
            ((f"{key} ", "key"), (f"{publisher} ", "acc"), (clip(story.title, max(4, width - 14)), "muted"))
        )
    if len(detail.siblings) > 12:
        lines.append(((f"  and {len(detail.siblings) - 12} more", "faint"),))
    return lines
