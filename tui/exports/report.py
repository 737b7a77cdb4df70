"""Incidents as a report in Markdown, with a link to every story."""

from tui.domain.board import StoryRow
from tui.domain.codes import Origin
from tui.domain.territories import territory_name
from tui.exports.plain import certainty_words, codes_words, date_words, linkable, markdown, outcome_words
from tui.exports.view import ExportedIncident, View


def _link(story: StoryRow) -> str:
    title = markdown(story.title)
    return f"[{title}](<{linkable(story.url)}>)" if story.url else title


def _facts(exported: ExportedIncident) -> list[str]:
    row = exported.detail.row
    facts = row.facts
    date, place = facts.event_date, facts.place
    known = exported.detail.baseline if row.origin is Origin.BASELINE else None
    told = [
        ("Baseline", "a known incident of the past, not news" if row.origin is Origin.BASELINE else ""),
        ("What happened", known.description if known else ""),
        ("Affected", ", ".join(territory_name(code) for code in facts.affected)),
        ("Actor", ", ".join(territory_name(code) for code in facts.actor)),
        ("Object", codes_words(facts.object) + (f", {facts.count}" if facts.count is not None else "")),
        ("Event", codes_words(facts.event)),
        ("Response", codes_words(facts.response)),
        ("Date", f"{date_words(date)} ({codes_words([date.precision])})" if date else ""),
        ("Place", f"{place.name} ({place.precision})" if place else ""),
        ("Certainty", certainty_words(row)),
        ("Outcome", outcome_words(exported.detail)),
        ("Basis", known.basis if known else ""),
        ("Corrected by a person", ", ".join(f"{done.fact}: {done.value}" for done in facts.corrected)),
        ("Tags", ", ".join(row.tags)),
        ("Note", row.note),
    ]
    return [f"- **{name}:** {markdown(value)}" for name, value in told if value]


def _incident(exported: ExportedIncident) -> list[str]:
    detail = exported.detail
    mark = "Baseline: " if detail.row.origin is Origin.BASELINE else ""
    lines = [f"## {mark}{markdown(detail.row.line)}", "", f"`{detail.row.key}`", "", *_facts(exported), ""]
    for found in detail.history.contradictions:
        lines.append(f"Sources differ on {codes_words([found.field])}:")
        lines.append("")
        lines += [
            f"- {markdown(claim.value)}: {markdown(claim.source)}, {claim.at:%Y-%m-%d %H:%MZ}"
            for claim in found.claims
        ]
        lines.append("")
    if detail.timeline:
        lines += ["| When (UTC) | Source | What |", "|---|---|---|"]
        lines += [
            f"| {step.at:%Y-%m-%d %H:%M} | {markdown(step.source)} | {markdown(step.text)} |"
            for step in detail.timeline
        ]
        lines.append("")
    lines += [
        f"{number}. {markdown(story.publisher)}, {story.published or story.first_seen:%Y-%m-%d %H:%MZ}: {_link(story)}"
        for number, story in enumerate((told.row for told in exported.stories), 1)
    ]
    return [*lines, ""] if exported.stories else lines


def markdown_text(view: View) -> str:
    """The report."""
    asked = f"Incidents of {markdown(view.query)}" if view.query else "All incidents"
    head = [
        "# Airspace incursions",
        "",
        f"{asked}, taken {view.taken:%Y-%m-%d %H:%MZ}: {len(view.incidents)} of {view.total}.",
        "",
    ]
    body = [line for exported in view.incidents for line in _incident(exported)]
    return "\n".join([*head, *body]).rstrip() + "\n"
