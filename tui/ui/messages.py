"""What happened off the event loop, told to the screens."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING

from textual.message import Message

from tui.domain.board import (
    Board,
    CollectorStatus,
    Facets,
    Found,
    IncidentDetail,
    IncidentRow,
    StoryDetail,
    StoryHit,
    Telling,
)
from tui.domain.correction import Made
from tui.domain.feed import FeedRow
from tui.domain.query_tree import Part
from tui.domain.tables import Cell
from tui.domain.value import dataclass
from tui.domain.watch import AlertStanding, Desk

if TYPE_CHECKING:
    from tui.domain.handover import Handover
    from tui.domain.statistics import Statistics


class Answered(StrEnum):
    """What became of something a person did."""

    STORED = "stored"
    REFUSED = "refused"
    """It cannot be done so, now or later."""
    FAILED = "failed"
    """The store could not take it; it may another time."""


@dataclass
class BoardRead(Message, bubble=False):
    """A new picture of the store."""

    board: Board
    settled: int
    """How many deeds were answered when the picture was taken."""


@dataclass
class HistoryRead(Message, bubble=False):
    """Everything that is stored, for a look at the past."""

    board: Board
    tellings: Mapping[str, tuple[Telling, ...]]
    """When each story of each incident came and was told."""


@dataclass
class CollectorRead(Message, bubble=False):
    """What the process that fetches last said of itself."""

    status: CollectorStatus


@dataclass
class IncidentRead(Message, bubble=False):
    """One incident, as it was asked for."""

    key: str
    detail: IncidentDetail | None
    """None when the store has no such incident."""


@dataclass
class StoryRead(Message, bubble=False):
    """One story, as it was asked for."""

    key: str
    detail: StoryDetail | None
    """None when the store has no such story."""


@dataclass
class FeedsRead(Message, bubble=False):
    """Every feed with its state."""

    feeds: tuple[FeedRow, ...]


@dataclass
class OutsideDone(Message, bubble=False):
    """What became of something beyond the store: a file, a feed that was added."""

    done: bool
    said: str
    about: str = ""
    """What was asked for: the address of a feed."""


@dataclass
class HandoverRead(Message, bubble=False):
    """What changed since the moment asked for."""

    handover: "Handover"


@dataclass
class FileSaved(Message, bubble=False):
    """A file was written, or could not be."""

    done: bool
    said: str
    """In plain words."""


@dataclass
class HitsRead(Message, bubble=False):
    """The first stories of a query."""

    query: Part
    found: Found[StoryHit]


@dataclass
class FacetsRead(Message, bubble=False):
    """What the incidents of a query have in common."""

    query: Part
    facets: Facets


@dataclass
class RowsRead(Message, bubble=False):
    """The first incidents of a query."""

    query: Part
    found: Found[IncidentRow]


@dataclass
class StatisticsRead(Message, bubble=False):
    """Everything that is counted over the weeks asked for."""

    statistics: "Statistics"


@dataclass
class WeekRead(Message, bubble=False):
    """The week under way beside what is usual, by ISO2."""

    week: Mapping[str, Cell]


@dataclass
class DeskRead(Message, bubble=False):
    """Everything that is watched, and who is told of what."""

    desk: Desk
    alerting: AlertStanding


@dataclass
class Corrected(Message, bubble=False):
    """A correction was stored, or taken back."""

    made: Made


@dataclass
class NotCorrected(Message, bubble=False):
    """A correction, or a change of a view, could not be made or taken back, and why, in plain words."""

    reason: str


@dataclass
class Kept(Message, bubble=False):
    """Something a person did is stored."""

    said: str
    """In plain words."""


@dataclass
class ReadFailed(Message, bubble=False):
    """The store could not be read or written; shown in the status bar."""

    problem: str
    """In plain words, what to do first."""
    whole: str = ""
    """All of it, as it is told once."""


@dataclass
class ReadWorked(Message, bubble=False):
    """The store answered again after a failure."""


@dataclass
class DeedAnswered(Message, bubble=False):
    """What a person did is stored, or was not."""

    count: int
    """How many deeds were answered since the start; the number of this one."""
    answer: Answered
    """What became of it."""
