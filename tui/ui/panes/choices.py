"""What can be corrected of an incident or a story: each choice a key, what it asks for, and what it will do."""

from collections.abc import Callable
from datetime import datetime

from tui.domain.board import IncidentRow, OpenProposal, StoryDetail
from tui.domain.codes import ObjectCode
from tui.domain.correction import (
    Apart,
    Correction,
    Merge,
    NotIncursion,
    OtherActor,
    OtherAffected,
    OtherObject,
    SetOutcome,
    Split,
    Target,
    objects_of,
    outcome_of,
    split_key,
    states_of,
)
from tui.domain.reading import Report
from tui.domain.value import dataclass


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to correct."""

    key: str
    word: str
    does: str
    """What will happen, in a sentence."""
    make: Callable[[str], Correction]
    """Of what was typed; raises CorrectionError."""
    ask: str = ""
    """What to type; empty: nothing."""
    now: str = ""
    """What stands there."""


def of_incident(row: IncidentRow, proposals: tuple[OpenProposal, ...]) -> tuple[Choice, ...]:
    """Everything that can be said of an incident."""
    key, facts = row.key, row.facts
    choices = [
        Choice("n", "no incursion", "It is hidden, and whatever joins it later with it.", lambda _: NotIncursion(Target(incident=key))),
        *_facts(Target(incident=key), facts.affected, facts.actor, facts.object),
        Choice(
            "o",
            "outcome",
            "It stands in the ledger as yours; unfounded greys out, nothing is deleted.",
            lambda typed: SetOutcome(key, outcome_of(typed)),
            "open, confirmed, attributed, unfounded or unresolved",
        ),
    ]  # fmt: skip
    if proposals:
        other = proposals[0]
        choices += [
            Choice("m", f"the same as: {other.line}", "The two are shown as one, that one.", lambda _: Merge(key, other.incident)),
            Choice("k", f"another than: {other.line}", "The two stay two, and are never proposed again.", lambda _: Apart(key, other.incident)),
        ]  # fmt: skip
    return tuple(choices)


def of_story(
    story: str,
    incident: str,
    at: datetime,
    facts: tuple[tuple[str, ...], tuple[str, ...], tuple[ObjectCode, ...]],
) -> tuple[Choice, ...]:
    """Everything that can be said of a story; `facts` are the states affected, the actors and the objects of its main event."""
    return (
        Choice("n", "no incursion", "The story is hidden and leaves its incident.", lambda _: NotIncursion(Target(story=story))),
        *_facts(Target(story=story), *facts),
        Choice("s", "another incident", "It is split off and founds an incident of its own.", lambda _: Split(story, incident, split_key(story, None, at))),
    )  # fmt: skip


def of_detail(detail: StoryDetail, at: datetime) -> tuple[Choice, ...]:
    """The same, of a story as it was read."""
    main = detail.reading.reports[0] if detail.reading.reports else Report()
    incident = detail.incidents[0] if detail.incidents else ""
    choices = of_story(detail.row.key, incident, at, (main.affected, main.actor, main.object))
    return choices if incident else tuple(choice for choice in choices if choice.key != "s")


def _facts(
    target: Target, affected: tuple[str, ...], actor: tuple[str, ...], objects: tuple[ObjectCode, ...]
) -> tuple[Choice, ...]:
    holds = "It holds whatever is read later."
    return (
        Choice("c", "affected state", holds, lambda typed: OtherAffected(target, states_of(typed)), "codes such as PL,LT, or none", _told(affected)),
        Choice("r", "actor", holds, lambda typed: OtherActor(target, states_of(typed)), "codes such as RU, or none", _told(actor)),
        Choice("b", "object", holds, lambda typed: OtherObject(target, objects_of(typed)), "codes such as uav or balloon, or none", _told(objects)),
    )  # fmt: skip


def _told(values: tuple[str, ...]) -> str:
    return ",".join(values) or "none"
