"""What a person corrects: one type for each kind, checked when it is made, and never changed after."""

import hashlib
from datetime import datetime
from enum import StrEnum

from tui.domain.codes import ObjectCode
from tui.domain.history import Outcome
from tui.domain.territories import TERRITORY_NAMES
from tui.domain.value import dataclass

MOST_VALUES = 12
"""States or objects that one correction may name."""

LONGEST_NOTE = 500
"""Characters of a note."""


class Kind(StrEnum):
    """Names of the kinds, as stored and as the command line takes them."""

    MERGE = "merge"
    SPLIT = "split"
    MOVE = "move"
    APART = "apart"
    AFFECTED = "affected"
    ACTOR = "actor"
    OBJECT = "object"
    NOT_INCURSION = "not_incursion"
    OUTCOME = "outcome"


class CorrectionError(ValueError):
    """A correction that cannot be made: what is wrong and what to do instead, in plain words."""


@dataclass(frozen=True, slots=True)
class Merge:
    """Two incidents are one event: whatever is or comes to the first is shown in the second."""

    incident: str
    into: str

    def __post_init__(self) -> None:
        if self.incident == self.into:
            raise CorrectionError("An incident cannot be merged into itself; choose another one")


@dataclass(frozen=True, slots=True)
class Apart:
    """Two incidents are two events: never again proposed to be one."""

    incident: str
    other: str

    def __post_init__(self) -> None:
        if self.incident == self.other:
            raise CorrectionError("An incident cannot be kept apart from itself; choose another one")


@dataclass(frozen=True, slots=True)
class Split:
    """A story does not belong to its incident: it founds one of its own."""

    story: str
    incident: str
    """The one it is taken out of."""
    into: str
    """Key of the new one."""
    position: int | None = None
    """Which of its reports; None: all of them, however it is reworded."""


@dataclass(frozen=True, slots=True)
class Move:
    """A story belongs to another incident, however it is reworded."""

    story: str
    into: str
    position: int | None = None
    """As for a split."""


@dataclass(frozen=True, slots=True)
class Target:
    """What a fact is corrected of: an incident, or one report of a story. Exactly one is named."""

    incident: str | None = None
    story: str | None = None
    position: int = 0

    def __post_init__(self) -> None:
        if bool(self.incident) == bool(self.story):
            raise CorrectionError("A correction is of one thing; name either an incident or a story")


@dataclass(frozen=True, slots=True)
class OtherAffected:
    """Other states are affected, main first; none: it is not known which."""

    target: Target
    states: tuple[str, ...]

    def __post_init__(self) -> None:
        _check_states(self.states)


@dataclass(frozen=True, slots=True)
class OtherActor:
    """Other states are behind it, main first; none: it is not known who."""

    target: Target
    states: tuple[str, ...]

    def __post_init__(self) -> None:
        _check_states(self.states)


@dataclass(frozen=True, slots=True)
class OtherObject:
    """Something else flew, main first; none: it is not known what."""

    target: Target
    objects: tuple[ObjectCode, ...]

    def __post_init__(self) -> None:
        _check_number(self.objects)


@dataclass(frozen=True, slots=True)
class NotIncursion:
    """A story, or a whole incident with whatever will yet be told of it, is no incursion: hidden."""

    target: Target


@dataclass(frozen=True, slots=True)
class SetOutcome:
    """How an incident ended."""

    incident: str
    outcome: Outcome


FieldCorrection = OtherAffected | OtherActor | OtherObject
Correction = Merge | Apart | Split | Move | FieldCorrection | NotIncursion | SetOutcome

KIND_OF: dict[type[object], Kind] = {
    Merge: Kind.MERGE,
    Apart: Kind.APART,
    Split: Kind.SPLIT,
    Move: Kind.MOVE,
    OtherAffected: Kind.AFFECTED,
    OtherActor: Kind.ACTOR,
    OtherObject: Kind.OBJECT,
    NotIncursion: Kind.NOT_INCURSION,
    SetOutcome: Kind.OUTCOME,
}


@dataclass(frozen=True, slots=True)
class Made:
    """A correction as a person made it."""

    id: int
    """Rises in the order they were made: of two that contradict each other the later holds."""
    at: datetime
    correction: Correction
    note: str = ""
    undone_at: datetime | None = None

    @property
    def kind(self) -> Kind:
        """What it corrects."""
        return KIND_OF[type(self.correction)]


def split_key(story: str, position: int | None, at: datetime) -> str:
    """Name of the incident that a story split off at that moment founds; no report founds one of that name."""
    named = f"split\x00{story}\x00{position}\x00{at.isoformat()}".encode("utf-8", "surrogatepass")
    return "i" + hashlib.blake2b(named, digest_size=10).hexdigest()


def states_of(written: str) -> tuple[str, ...]:
    """State codes from "PL, LT"; "none" or nothing is none."""
    states = _listed(written.upper(), none="NONE")
    _check_states(states)
    return states


def objects_of(written: str) -> tuple[ObjectCode, ...]:
    """Object codes from "uav, balloon"; "none" or nothing is none."""
    chosen = _listed(written.lower(), none="none")
    known = {code.value: code for code in ObjectCode}
    for word in chosen:
        if word not in known:
            raise CorrectionError(f"{word[:30]!r} is no object; choose of {', '.join(known)}, or none")
    return tuple(known[word] for word in chosen)


def _listed(written: str, *, none: str) -> tuple[str, ...]:
    """The words between commas, semicolons and spaces, each once; `none` stands for no word."""
    words = (word.strip() for word in written.replace(";", ",").replace(" ", ",").split(","))
    return tuple(dict.fromkeys(word for word in words if word and word != none))


def outcome_of(written: str) -> Outcome:
    """An outcome by its name."""
    try:
        return Outcome(written.strip().lower())
    except ValueError:
        names = ", ".join(Outcome)
        raise CorrectionError(f"{written[:30]!r} is no outcome; choose of {names}") from None


def _check_states(states: tuple[str, ...]) -> None:
    _check_number(states)
    for state in states:
        if state not in TERRITORY_NAMES:
            raise CorrectionError(
                f"{state[:20]!r} is no state's code; write two letters such as PL, several with a comma, or none"
            )


def _check_number(values: tuple[str, ...]) -> None:
    if len(values) > MOST_VALUES:
        raise CorrectionError(f"{len(values)} values are too many; name {MOST_VALUES} at most")
    if len(set(values)) < len(values):
        raise CorrectionError("One value stands twice; name each once")
