"""What a person corrected, beside what is explained: of an incident, and of each of its stories."""

from collections.abc import Sequence

from tui.domain.constraints import said_of, value_of
from tui.domain.correction import Made
from tui.store.stored import StoredIncident


def incident_text(found: StoredIncident) -> str:
    """Which incident it is, and what of it a person says."""
    lines = []
    if found.asked != found.shown:
        lines.append(
            f"Incident {found.asked} was merged by you into {found.shown}; its stories are told here."
        )
    lines.append(f"Incident {found.shown}: {found.line}")
    for one in found.corrected:
        value = f": {one.value}" if one.value else ""
        lines.append(f"  corrected by you  {one.fact}{value}  ({one.at:%Y-%m-%d %H:%M}Z)")
    return "\n".join(lines)


def incident_json(found: StoredIncident) -> dict[str, object]:
    """The same for a program; `merged_into` is null when it stands."""
    return {
        "id": found.asked,
        "merged_into": found.shown if found.shown != found.asked else None,
        "line": found.line,
        "corrected": [
            {"fact": one.fact, "value": one.value, "at": one.at.isoformat()} for one in found.corrected
        ],
    }


def corrected_text(made: Sequence[Made]) -> str:
    """What of a story a person says; nothing when nobody corrected it."""
    if not made:
        return ""
    lines = [f"   {said_of(one)}  ({one.at:%Y-%m-%d %H:%M}Z)" for one in made]
    return "\n".join(["", "", "9  What you corrected", *lines])


def corrected_json(made: Sequence[Made]) -> list[dict[str, object]]:
    """The same for a program."""
    return [{"kind": one.kind, "value": value_of(one), "at": one.at.isoformat()} for one in made]
