"""Whether what is stored is what each correction says: looked up row by row, apart from the code that put it there."""

from enum import StrEnum

from tui.domain.constraints import Constraints, constraints_of, value_of
from tui.domain.correction import (
    Apart,
    FieldCorrection,
    Made,
    Merge,
    Move,
    NotIncursion,
    OtherActor,
    OtherAffected,
    OtherObject,
    SetOutcome,
    Split,
    Target,
)
from tui.domain.incident import IncidentFacts
from tui.domain.value import dataclass
from tui.store.correction_rows import load_made
from tui.store.sketches import sketches_of
from tui.store.sqlite import sqlite3
from tui.store.stories import HIDDEN_BY_PERSON
from tui.store.values import from_json, plain


class Standing(StrEnum):
    """How a correction stands."""

    HOLDS = "holds"
    BROKEN = "broken"
    SUPERSEDED = "superseded"
    """A later one of the same thing holds instead."""
    UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class Audited:
    """A correction with how it stands."""

    made: Made
    standing: Standing
    why: str = ""
    """What is not as it says."""


def audit(connection: sqlite3.Connection) -> tuple[Audited, ...]:
    """Every correction in the order they were made."""
    made = load_made(connection)
    constraints = constraints_of(made)
    return tuple(_audited(connection, one, constraints) for one in made)


def _audited(connection: sqlite3.Connection, made: Made, constraints: Constraints) -> Audited:
    if made.undone_at is not None:
        return Audited(made, Standing.UNDONE)
    if _superseded(made, constraints):
        return Audited(made, Standing.SUPERSEDED)
    why = _broken(connection, made, constraints)
    return Audited(made, Standing.BROKEN if why else Standing.HOLDS, why)


def _superseded(made: Made, constraints: Constraints) -> bool:
    """Whether a later correction says otherwise."""
    match made.correction:
        case Merge(incident, into):
            return constraints.shown(incident) != constraints.shown(into)
        case Apart(incident, other):
            return constraints.shown(incident) == constraints.shown(other)
        case Split(story, _, into, position) | Move(story, into, position):
            return constraints.placed.get((story, position)) != into
        case SetOutcome(incident):
            return _last(constraints.of_incidents.get(constraints.shown(incident), ()), made) is not made
        case NotIncursion():
            return False
        case OtherAffected(target) | OtherActor(target) | OtherObject(target):
            return _last(_of_target(target, constraints), made) is not made


def _of_target(target: Target, constraints: Constraints) -> tuple[Made, ...]:
    if target.story:
        return constraints.of_reports.get((target.story, target.position), ())
    return constraints.of_incidents.get(constraints.shown(target.incident or ""), ())


def _last(all_made: tuple[Made, ...], made: Made) -> Made | None:
    return next((one for one in reversed(all_made) if one.kind is made.kind), None)


def _broken(connection: sqlite3.Connection, made: Made, constraints: Constraints) -> str:
    """What is not as a standing correction says; empty when nothing is."""
    match made.correction:
        case Merge(incident):
            return _merged(connection, incident, constraints)
        case Apart():
            return ""  # that the two are not one is all it says, and looked at above
        case Split(story, _, into, position) | Move(story, into, position):
            return _placed(connection, (story, position), constraints.shown(into), constraints)
        case NotIncursion(target):
            return _hidden(connection, target, constraints)
        case SetOutcome(incident):
            return _told(connection, constraints.shown(incident), made)
        case _:
            return _said(connection, made.correction.target, made, constraints)


def _merged(connection: sqlite3.Connection, incident: str, constraints: Constraints) -> str:
    """No report may be shown in what was merged away, and each that the grouping put there is in the other."""
    into = constraints.shown(incident)
    rows = connection.execute(
        """
        SELECT entry.key, report.position, shown.key FROM report JOIN entry ON entry.id = report.story_id
            JOIN incident shown ON shown.id = report.incident_id
            LEFT JOIN incident machine ON machine.id = report.machine_id
        WHERE shown.key = ?1 OR machine.key = ?1
        """,
        (plain(incident),),
    )
    for story, position, shown in rows.fetchall():
        chosen = constraints.home(story, position)
        if shown != (constraints.shown(chosen) if chosen else into):
            return f"story {story[:12]} is shown in {shown}"
    return ""


def _placed(
    connection: sqlite3.Connection, place: tuple[str, int | None], into: str, constraints: Constraints
) -> str:
    story, position = place
    rows = connection.execute(
        """
        SELECT report.position, incident.key FROM report JOIN entry ON entry.id = story_id
            LEFT JOIN incident ON incident.id = incident_id
        WHERE entry.key = ?1 AND (?2 IS NULL OR report.position = ?2)
        """,
        (plain(story), position),
    )
    for at, shown in rows.fetchall():
        chosen = constraints.shown(constraints.home(story, at) or into)
        if shown != chosen and not constraints.drops(story):
            return f"story {story[:12]} is shown in {shown or 'no incident'}"
    return ""


def _hidden(connection: sqlite3.Connection, target: Target, constraints: Constraints) -> str:
    if target.story:
        row = connection.execute(
            """
            SELECT hidden, EXISTS (SELECT 1 FROM report WHERE story_id = story.id AND incident_id IS NOT NULL)
            FROM story JOIN entry ON entry.id = story.id WHERE entry.key = ?
            """,
            (plain(target.story),),
        ).fetchone()
        if row and (not row[0] & HIDDEN_BY_PERSON or row[1]):
            return "the story is shown"
        return ""
    shown = constraints.shown(target.incident or "")
    (stories,) = connection.execute("SELECT stories FROM incident WHERE key = ?", (plain(shown),)).fetchone()
    return f"{shown} is shown" if stories else ""


def _told(connection: sqlite3.Connection, incident: str, made: Made) -> str:
    """The stored facts of an incident with stories say what the correction says, and that a person said it."""
    row = connection.execute(
        "SELECT facts, stories FROM incident WHERE key = ?", (plain(incident),)
    ).fetchone()
    if row is None or not row[1]:
        return ""
    facts = from_json(row[0], IncidentFacts)
    said = {one.fact: one.value for one in facts.corrected}
    if said.get(str(made.kind)) != value_of(made):
        return f"{incident} does not say that you corrected it"
    if isinstance(made.correction, FieldCorrection):
        values = " ".join(getattr(facts, str(made.kind))) or "none"
        if values != value_of(made):
            return f"{incident} says {values}"
    return ""


def _said(connection: sqlite3.Connection, target: Target, made: Made, constraints: Constraints) -> str:
    if target.story:
        return _remembered(connection, target, made, constraints)
    return _told(connection, constraints.shown(target.incident or ""), made)


def _remembered(connection: sqlite3.Connection, target: Target, made: Made, constraints: Constraints) -> str:
    """What was corrected of one report stands in the sketch of its home, by which later stories are filed."""
    story, position = plain(target.story or ""), target.position
    row = connection.execute(
        """
        SELECT incident.key FROM report JOIN entry ON entry.id = story_id LEFT JOIN incident ON incident.id = COALESCE(machine_id, incident_id)
        WHERE entry.key = ? AND report.position = ?
        """,
        (story, position),
    ).fetchone()
    home = constraints.home(target.story or "", position) or (row[0] if row else None)
    if home is None or constraints.drops(target.story or ""):
        return ""
    values = set(value_of(made).split()) - {"none"}
    for sketch in sketches_of(connection, [home]):
        # An affected state that others name as the one behind it stands among those.
        known = {*map(str, sketch.object), *sketch.affected, *sketch.actor}
        if missing := sorted(values - known):
            return f"{home} does not know {' '.join(missing)} of story {story[:12]}"
    return ""
