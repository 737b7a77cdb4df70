"""What a person corrected, as the one process that files reports is told of it."""

from tui.domain.constraints import Constraints
from tui.domain.incident import IncidentSketch
from tui.domain.value import dataclass


class CorrectedMeanwhile(Exception):  # noqa: N818 - reads as what happened
    """A person corrected something after a filing was made: it is to be made again."""


@dataclass(frozen=True, slots=True)
class Corrected:
    """What a person corrected, for a grouping that holds incidents in memory."""

    stamp: int
    """How often something was corrected or taken back."""
    constraints: Constraints
    sketches: tuple[IncidentSketch, ...] = ()
    """Those drawn anew since the stamp that was asked for."""
    emptied: tuple[str, ...] = ()
    """Keys of incidents that no report lives in any more."""
