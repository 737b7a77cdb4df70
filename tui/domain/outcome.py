"""What became of an entry."""

from enum import StrEnum

from tui.domain.reading import Verdict


class State(StrEnum):
    """Where an entry stands; war routine is stored and hidden."""

    KEPT = "kept"
    DROPPED = "dropped"
    WAR_ROUTINE = "war_routine"


def state_of(verdict: Verdict) -> State:
    """Where a verdict puts its entry."""
    if verdict.relevant:
        return State.KEPT
    return State.WAR_ROUTINE if verdict.war_routine else State.DROPPED
