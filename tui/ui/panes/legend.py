"""What the codes, signs and words of the screens stand for, drawn from the same tables as the screens."""

from tui.domain.codes import (
    EVENT_TAG,
    FOLLOW_UP_EVENTS,
    OBJECT_GLYPH,
    OBJECT_TAG,
    IncidentCertainty,
    Severity,
    severity_of,
)
from tui.domain.coverage import RULE
from tui.ui.untrusted import Line, Span, fit, wrap
from tui.ui.wording import BARS, certainty_mark, words

_GROUNDS = {
    IncidentCertainty.CONFIRMED: "an official of the affected state, or the actor, states it as fact",
    IncidentCertainty.CORROBORATED: "two independent publishers, or an official who says probable",
    IncidentCertainty.CLAIMED: "one party or one publisher",
    IncidentCertainty.DISPUTED: "versions contradict each other",
    IncidentCertainty.UNFOUNDED: "withdrawn or explained away",
}
_MARKS: tuple[tuple[Span, str], ...] = (
    (("●", "new"), "new since you last looked"),
    (("↻", "acc"), "changed since you saw it"),
    (("★", "watch"), "you watch it"),
    (("B", "muted"), "baseline: a known incident of the past, not news"),
    (("≠", "warn"), "publishers differ on a fact"),
)
_AGES = (
    "Age is how long ago an incident was last in the news. The window counts incidents of which anything changed within "
    "it, so an old report that comes in late is in the window with its own age."
)
_COUNTED = "Incidents are counted, not stories; reactions to one are never counted as incidents of their own."


def legend_lines(width: int) -> list[Line]:
    """Events by severity, objects, certainty, marks, and how it is counted."""
    lines: list[Line] = [(("events, by severity", "strong"),)]
    for severity in Severity:
        for tag in dict.fromkeys(EVENT_TAG.values()):
            events = [event for event, known in EVENT_TAG.items() if known == tag]
            if severity_of(events[0]) is severity:
                follows = " · a reaction" if events[0] in FOLLOW_UP_EVENTS else ""
                lines.append(
                    (
                        (f" {BARS[severity]} ", str(severity)),
                        (f"{tag}  ", "key"),
                        (fit(str(severity), 10), "faint"),
                        (" or ".join(words(event) for event in events) + follows, "ink"),
                    )
                )
    lines += [(), (("objects", "strong"),)]
    for tag, glyph in OBJECT_GLYPH.items():
        named = ", ".join(words(code) for code, known in OBJECT_TAG.items() if known == tag)
        lines.append(((f" {glyph} ", "ink"), (f"{tag}   ", "key"), (named, "ink")))
    lines += [(), (("certainty", "strong"),)]
    for certainty, ground in _GROUNDS.items():
        lines.append(
            ((" ", "ink"), *certainty_mark(certainty), (f"  {fit(certainty, 14)}", "key"), (ground, "ink"))
        )
    lines += [(), (("marks of a row", "strong"),)]
    lines += [((" ", "ink"), mark, ("  ", "ink"), (said, "ink")) for mark, said in _MARKS]
    lines += [(), (("how it is counted", "strong"),)]
    for said in (_AGES, _COUNTED, RULE):
        lines += [((" ", "ink"), *line) for line in wrap([(said, "muted")], width - 1)]
    return lines
