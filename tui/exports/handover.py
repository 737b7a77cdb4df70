"""A handover as a page of Markdown with links, as lines for a terminal, and as JSON."""

import json
from collections.abc import Iterator

from tui import __version__
from tui.domain.handover import HEADINGS, RULE, Change, HandedOver, Handover
from tui.domain.history import TimelineEntry
from tui.domain.territories import territory_name
from tui.exports.objects import incident_object, moment
from tui.exports.plain import certainty_words, linkable, markdown, told_by

SCHEMA = "overflight-handover/1"
_LINKS = 3
"""Stories of an incident that are linked, latest first."""


def _span(shift: Handover) -> str:
    return f"{shift.since:%Y-%m-%d %H:%MZ} to {shift.until:%Y-%m-%d %H:%MZ}"


def _counts(shift: Handover) -> str:
    parts = [f"{len(shift.of(change))} {change}" for change in Change]
    changes = ", ".join([*parts, f"{len(shift.blind)} newly blind"])
    if not shift.feeds:
        return f"{changes}; no feed was asked"
    return f"{changes}; {shift.answered} of {shift.feeds} {'feed' if shift.feeds == 1 else 'feeds'} answered"


def _troubles(shift: Handover) -> Iterator[str]:
    for state in shift.blind:
        yield f"{territory_name(state.iso2)}: blind, {state.now.said} (before: {state.before.said})"
    for row in shift.failing:
        yield f"{row.feed.name}: {row.state.problem or 'does not answer'}"


def handover_text(shift: Handover) -> str:
    """For a terminal; no markup."""
    lines = [f"Handover, {_span(shift)}", _counts(shift)]
    if shift.said:
        lines += ["", shift.said]
    for change in Change:
        items = shift.of(change)
        if items:
            lines += ["", f"{HEADINGS[change]} ({len(items)})"]
        for item in items:
            row = item.detail.row
            lines.append(f"  {' '.join(row.facts.affected) or '--'}  {row.line}  [{row.key}]")
            lines.append(f"      {certainty_words(row)}; {told_by(row)}")
            lines += [f"      {step.at:%d %b %H:%MZ}  {step.source}: {step.text}" for step in _told(item)]
    troubles = list(_troubles(shift))
    if troubles:
        lines += ["", "Newly blind or failing", *(f"  {trouble}" for trouble in troubles)]
    return "\n".join(lines) + "\n"


def _told(item: HandedOver) -> tuple[TimelineEntry, ...]:
    return item.steps if item.change is not Change.NEW else ()


def handover_markdown(shift: Handover) -> str:
    """For a page, a mail or a chat."""
    lines = ["# Handover", "", f"{_span(shift)}: {_counts(shift)}.", ""]
    if shift.said:
        lines += [shift.said, ""]
    for change in Change:
        items = shift.of(change)
        if items:
            lines += [f"## {HEADINGS[change]}", ""]
        for item in items:
            row = item.detail.row
            lines.append(
                f"- **{markdown(row.line)}** ({markdown(' '.join(row.facts.affected) or 'no state')})"
            )
            lines.append(f"  {markdown(certainty_words(row))}; {told_by(row)}. `{row.key}`")
            lines += [
                f"  - {step.at:%d %b %H:%MZ} {markdown(step.source)}: {markdown(step.text)}"
                for step in _told(item)
            ]
            lines += [
                f"  - {markdown(story.publisher)}: [{markdown(story.title)}](<{linkable(story.url)}>)"
                for story in item.detail.stories[:_LINKS]
                if story.url
            ]
        if items:
            lines.append("")
    troubles = list(_troubles(shift))
    if troubles:
        lines += ["## Newly blind or failing", "", *(f"- {markdown(trouble)}" for trouble in troubles), ""]
    lines += [f"*{markdown(RULE)}*"]
    return "\n".join(lines) + "\n"


def handover_json(shift: Handover) -> str:
    """For a program."""
    document = {
        "schema": SCHEMA,
        "overflight": __version__,
        "since": moment(shift.since),
        "until": moment(shift.until),
        "feeds": {"enabled": shift.feeds, "answered": shift.answered},
        "unseen": shift.unseen or None,
        **{
            change.value: [
                {
                    **incident_object(item.detail.row),
                    "steps": [
                        {"at": moment(step.at), "kind": step.kind, "source": step.source, "text": step.text}
                        for step in item.steps
                    ],
                    "links": [story.url for story in item.detail.stories if story.url],
                }
                for item in shift.of(change)
            ]
            for change in Change
        },
        "blind": [
            {"country": state.iso2, "before": state.before.said, "now": state.now.said}
            for state in shift.blind
        ],
        "failing": [
            {"feed": row.feed.url, "name": row.feed.name, "problem": row.state.problem}
            for row in shift.failing
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
