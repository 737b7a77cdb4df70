"""Whether a correction can be made of what is stored, under the names that hold now; refusals in plain words."""

from dataclasses import replace

from tui.domain.constraints import Constraints
from tui.domain.correction import (
    Apart,
    Correction,
    CorrectionError,
    FieldCorrection,
    Merge,
    Move,
    NotIncursion,
    OtherObject,
    SetOutcome,
    Split,
    Target,
)
from tui.store.sqlite import sqlite3
from tui.store.values import plain

_BASELINE = "is a baseline incident, a record that comes with the program"


def checked(connection: sqlite3.Connection, correction: Correction, constraints: Constraints) -> Correction:
    """The correction, of incidents as they are shown now.

    Raises:
        CorrectionError: it names what is not stored, or says what holds already.
    """
    found: Correction
    match correction:
        case Merge(incident, into):
            other = _other(connection, incident, into, constraints)
            found = _merge(connection, Merge(_shown(connection, incident, constraints), other))
        case Apart(incident, into):
            other = _other(connection, incident, into, constraints)
            found = Apart(_shown(connection, incident, constraints), other)
        case Split():
            found = _split(connection, correction, constraints)
        case Move():
            found = _move(connection, correction, constraints)
        case SetOutcome():
            found = _outcome(connection, correction, constraints)
        case NotIncursion(target):
            found = _no_incursion(connection, target, constraints)
        case _:
            found = _fact(connection, correction, constraints)
    return found


def _outcome(connection: sqlite3.Connection, correction: SetOutcome, constraints: Constraints) -> SetOutcome:
    shown = _of_news(connection, correction.incident, constraints)
    if constraints.outcome(shown) is correction.outcome:
        raise CorrectionError(
            f"You have set the outcome of {shown} to {correction.outcome} already; nothing was changed"
        )
    return SetOutcome(shown, correction.outcome)


def _merge(connection: sqlite3.Connection, merge: Merge) -> Merge:
    (known,) = connection.execute(
        "SELECT baseline IS NOT NULL FROM incident WHERE key = ?", (plain(merge.incident),)
    ).fetchone()
    if known:
        raise CorrectionError(f"{merge.incident} {_BASELINE}; merge the other one into it")
    return merge


def _split(connection: sqlite3.Connection, split: Split, constraints: Constraints) -> Split:
    incident = _shown(connection, split.incident, constraints)
    if incident not in _shown_in(connection, split.story, split.position):
        raise CorrectionError(
            f"Story {split.story[:12]} is not in {incident}; take the ids that its screen or `explain` shows"
        )
    (others,) = connection.execute(
        """
        SELECT count(*) FROM report JOIN entry ON entry.id = story_id
        WHERE incident_id = (SELECT id FROM incident WHERE key = ?1)
            AND NOT (entry.key = ?2 AND (?3 IS NULL OR position = ?3))
        """,
        (plain(incident), plain(split.story), split.position),
    ).fetchone()
    if not others:
        raise CorrectionError(
            "It is the only story of its incident; there is nothing to split it from; choose another"
        )
    return replace(split, incident=incident)


def _move(connection: sqlite3.Connection, move: Move, constraints: Constraints) -> Move:
    into = _shown(connection, move.into, constraints)
    if _shown_in(connection, move.story, move.position) == {into}:
        raise CorrectionError(f"The story is in {into} already; nothing was changed")
    return replace(move, into=into)


def _fact(
    connection: sqlite3.Connection, correction: FieldCorrection, constraints: Constraints
) -> FieldCorrection:
    target = correction.target
    if target.story:
        _shown_in(connection, target.story, target.position)
        earlier = constraints.of_reports.get((target.story, target.position), ())
    else:
        target = Target(incident=_of_news(connection, target.incident or "", constraints))
        earlier = constraints.of_incidents.get(target.incident or "", ())
    of_kind = [one.correction for one in earlier if type(one.correction) is type(correction)]
    if of_kind and _values(of_kind[-1]) == _values(correction):
        raise CorrectionError("You have corrected it to this already; nothing was changed")
    return replace(correction, target=target)


def _values(correction: Correction) -> tuple[str, ...]:
    if isinstance(correction, OtherObject):
        return correction.objects
    return correction.states if isinstance(correction, FieldCorrection) else ()


def _no_incursion(connection: sqlite3.Connection, target: Target, constraints: Constraints) -> NotIncursion:
    if target.story:
        _story(connection, target.story)
        if constraints.drops(target.story):
            raise CorrectionError(
                "You have said already that this story is no incursion; nothing was changed"
            )
        return NotIncursion(Target(story=target.story))
    shown = _of_news(connection, target.incident or "", constraints)
    if constraints.hides(shown):
        raise CorrectionError(f"You have said already that {shown} is no incursion; nothing was changed")
    return NotIncursion(Target(incident=shown))


def _shown(connection: sqlite3.Connection, incident: str, constraints: Constraints) -> str:
    shown = constraints.shown(incident)
    if connection.execute("SELECT 1 FROM incident WHERE key = ?", (plain(shown),)).fetchone() is None:
        raise CorrectionError(
            f"There is no incident {incident[:30]!r}; take the id that its screen or `explain` shows"
        )
    return shown


def _other(connection: sqlite3.Connection, incident: str, other: str, constraints: Constraints) -> str:
    shown = _shown(connection, other, constraints)
    if shown == _shown(connection, incident, constraints):
        raise CorrectionError(f"{incident} and {other} are one incident already; undo their merger instead")
    return shown


def _of_news(connection: sqlite3.Connection, incident: str, constraints: Constraints) -> str:
    shown = _shown(connection, incident, constraints)
    (origin,) = connection.execute("SELECT origin FROM incident WHERE key = ?", (plain(shown),)).fetchone()
    if origin == "baseline":
        raise CorrectionError(f"{shown} {_BASELINE}; only incidents in the news can be corrected")
    return shown


def _story(connection: sqlite3.Connection, story: str) -> int:
    row = connection.execute(
        "SELECT story.id FROM story JOIN entry ON entry.id = story.id WHERE entry.key = ?", (plain(story),)
    ).fetchone()
    if row is None:
        raise CorrectionError(
            f"There is no story {story[:30]!r}; take the id that its screen or `explain` shows"
        )
    return int(row[0])


def _shown_in(connection: sqlite3.Connection, story: str, position: int | None) -> set[str]:
    """The incidents that a story's reports are shown in; at least one."""
    rows = connection.execute(
        """
        SELECT DISTINCT incident.key FROM report JOIN incident ON incident.id = incident_id
        WHERE story_id = ?1 AND (?2 IS NULL OR position = ?2)
        """,
        (_story(connection, story), position),
    ).fetchall()
    if not rows:
        which = "" if position is None else f", event {position + 1},"
        raise CorrectionError(f"Story {story[:12]}{which} is in no incident; choose one that is")
    return {key for (key,) in rows}
