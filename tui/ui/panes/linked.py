"""The other incidents of a series as rows."""

from tui.domain.board import LinkedIncident
from tui.ui.untrusted import Line, fit
from tui.ui.virtual_list import Row
from tui.ui.wording import certainty_mark, event_day, event_tag, main_event


def draw_linked(row: Row[LinkedIncident], width: int) -> Line:
    """How many days before or after, its day, tag, line and certainty."""
    linked = row.item
    if linked is None:
        return ()
    facts = linked.row.facts
    far = "same day" if not linked.days else f"{abs(linked.days)}d {'later' if linked.days > 0 else 'before'}"
    room = width - 1 - 12 - 5 - 5
    return (
        (" ", "ink"),
        (fit(far, 12), "muted"),
        (f"{event_tag(main_event(facts))} ", f"{facts.severity}-tag"),
        (fit(linked.row.line or event_day(facts.event_date), room - 1) + " ", "ink"),
        *certainty_mark(facts.certainty),
        ("≠ " if facts.disputed else "  ", "high"),
    )
