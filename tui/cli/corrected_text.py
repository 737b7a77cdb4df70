"""What a person corrected of a story, beside what is explained of it."""

from collections.abc import Sequence

from tui.domain.constraints import said_of, value_of
from tui.domain.correction import Made


def corrected_text(made: Sequence[Made]) -> str:
    """What of a story a person says; nothing when nobody corrected it."""
    if not made:
        return ""
    lines = [f"   {said_of(one)}  ({one.at:%Y-%m-%d %H:%M}Z)" for one in made]
    return "\n".join(["", "", "9  What you corrected", *lines])


def corrected_json(made: Sequence[Made]) -> list[dict[str, object]]:
    """The same for a program."""
    return [{"kind": one.kind, "value": value_of(one), "at": one.at.isoformat()} for one in made]
