"""What an export is made of: the incidents of a query, taken at one time."""

from datetime import datetime

from tui.domain.board import IncidentDetail, StoryDetail
from tui.domain.value import dataclass


@dataclass(frozen=True, slots=True)
class ExportedIncident:
    """An incident with the words of its stories, first told first."""

    detail: IncidentDetail
    stories: tuple[StoryDetail, ...] = ()

    @property
    def key(self) -> str:
        """Its id, which commands take."""
        return self.detail.row.key


@dataclass(frozen=True, slots=True)
class View:
    """What was asked for, and what was found."""

    query: str
    """As the program understood it; empty: everything."""
    taken: datetime
    incidents: tuple[ExportedIncident, ...]
    """Last told first."""
    total: int
    """How many the query finds; more than `incidents` holds when a limit was set."""
