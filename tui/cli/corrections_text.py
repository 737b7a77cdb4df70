"""Corrections as lines, as JSON, and as cases of `overflight selftest`."""

import json
from collections.abc import Sequence
from typing import Any

from tui.domain.constraints import said_of, value_of
from tui.domain.correction import Apart as _Apart
from tui.domain.correction import Made, Merge, Move, SetOutcome, Split
from tui.store.correction_audit import Audited, Standing
from tui.store.correction_cases import LabelledStory
from tui.ui.untrusted import clip, safe

_ID = 12
"""Digits of a story's id that tell it from every other."""


def said_of_made(made: Made) -> str:
    """What a correction says, and of what."""
    incident, story = _about(made)
    about = (
        f"story {story[:_ID]}: "
        if story
        else f"{incident}: "
        if not isinstance(made.correction, Merge)
        else ""
    )
    return safe(about + said_of(made))


def audited_text(found: Sequence[Audited]) -> str:
    """A line for each: number, when, how it stands, what it says, the note."""
    lines = []
    for one in found:
        note = f"  ({clip(one.made.note, 80)})" if one.made.note else ""
        why = f"  !! {clip(one.why, 100)}" if one.standing is Standing.BROKEN else ""
        lines.append(
            f"{one.made.id:>4}  {one.made.at:%Y-%m-%d %H:%MZ}  {one.standing:<10}  {said_of_made(one.made)}{note}{why}"
        )
    return "\n".join(lines) + "\n"


def held(found: Sequence[Audited]) -> str:
    """How many of those that ask for something hold, and how many a later one replaced."""
    replaced = sum(one.standing is Standing.SUPERSEDED for one in found)
    holding = sum(one.standing is Standing.HOLDS for one in found)
    apart = f"; {replaced} superseded by a later one" if replaced else ""
    return f"{holding} of {len(found) - replaced} corrections hold{apart}"


def audited_json(one: Audited) -> dict[str, Any]:
    """The same for a program."""
    made = one.made
    incident, story = _about(made)
    return {
        "id": made.id,
        "at": made.at.isoformat(),
        "by": "human",
        "kind": str(made.kind),
        "incident": incident,
        "story": story,
        "value": value_of(made),
        "note": made.note,
        "standing": str(one.standing),
        "why": one.why,
        "undone_at": made.undone_at.isoformat() if made.undone_at else None,
    }


def case_line(story: LabelledStory) -> str:
    """A line for the file of cases."""
    entry, stored = story.stored.entry, story.stored
    case: dict[str, Any] = {
        "id": entry.key,
        "title": entry.title,
        "summary": entry.summary,
        "published": entry.published.isoformat() if entry.published else None,
        "lang": entry.lang,
        "feed_country": stored.feed.country,
        "publisher": stored.publisher or None,
        "relevant": story.relevant,
    }
    if story.relevant:
        case |= {name: list(values) for name, values in story.labels.items()}
    return json.dumps({name: value for name, value in case.items() if value is not None}, ensure_ascii=False)


def _about(made: Made) -> tuple[str | None, str | None]:
    match made.correction:
        case Merge(incident) | _Apart(incident) | SetOutcome(incident):
            return incident, None
        case Split(story) | Move(story):
            return None, story
        case _:
            return made.correction.target.incident, made.correction.target.story
