"""The ports of the interface: the reading side of the store, and what a person leaves there."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from tui.domain.board import (
    Board,
    BoardQuery,
    CollectorStatus,
    Facets,
    Found,
    IncidentDetail,
    IncidentRow,
    StoryDetail,
    StoryHit,
    Telling,
)
from tui.domain.correction import Correction, Made
from tui.domain.feed import FeedRow
from tui.domain.follow_up import OutcomeCounts
from tui.domain.notes import Written
from tui.domain.query_tree import Part
from tui.domain.value import dataclass
from tui.domain.views import SavedView, ViewEdit
from tui.domain.watch import Desk
from tui.pipeline.keeping import PollRequest

if TYPE_CHECKING:
    from tui.domain.record import WeekCounts
    from tui.domain.statistics import Statistics


@dataclass(frozen=True, slots=True)
class StoreStamp:
    """What changed: compare two of these, cheaply, once a second."""

    generation: int
    """Rises with every stored change of incidents or stories."""
    beat: int
    """Rises with every heartbeat."""


class BoardSource(Protocol):
    """The reading side of the store, for the interface; its own read-only connection."""

    def stamp(self) -> StoreStamp:
        """Microseconds when nothing changed."""
        ...

    def board(self, query: BoardQuery, now: datetime) -> Board:
        """The whole picture in one read transaction."""
        ...

    def board_as_read(self, query: BoardQuery, now: datetime) -> Iterator[Board]:
        """The same as far as it is read: perhaps one that is not `counted` yet, then the whole one."""
        ...

    def tellings(self) -> Mapping[str, tuple[Telling, ...]]:
        """When each story of each incident in the news came and was told."""
        ...

    def collector(self, now: datetime) -> CollectorStatus:
        """How the fetching stands."""
        ...

    def incident(self, key: str) -> IncidentDetail | None:
        """One incident with its history and stories."""
        ...

    def outcomes(self, now: datetime) -> tuple[OutcomeCounts, ...]:
        """How the incidents of each state ended, as of now."""
        ...

    def story(self, key: str) -> StoryDetail | None:
        """One story with its reading."""
        ...

    def feeds(self, now: datetime) -> tuple[FeedRow, ...]:
        """Every feed with its state and its yield of the last 30 days."""
        ...

    def find_incidents(self, query: Part, now: datetime, limit: int) -> Found[IncidentRow]:
        """Incidents of a query, last told first."""
        ...

    def find_stories(self, query: Part, now: datetime, limit: int) -> Found[StoryHit]:
        """Stories of a query, the best fit first."""
        ...

    def facets(self, query: Part, now: datetime) -> Facets:
        """What the incidents of a query have in common."""
        ...

    def statistics(self, now: datetime, weeks: int) -> "Statistics":
        """Everything that is counted over so many ISO weeks, the one under way included."""
        ...

    def this_week(self, now: datetime) -> "WeekCounts":
        """Incidents by state of the week under way, and of those before that say what is usual."""
        ...

    def views(self) -> tuple[SavedView, ...]:
        """The saved views, in order."""
        ...

    def desk(self, now: datetime) -> Desk:
        """Saved views with their counts, watched incidents, the alerts of a day."""
        ...

    def close(self) -> None:
        """Close the connection."""
        ...


class Marks(Protocol):
    """What a person did; stored at once, synchronous=FULL."""

    def mark_seen(self, keys: Sequence[str], at: datetime) -> None:
        """The incidents were seen; moves the mark "since you last looked"."""
        ...

    def mark_unseen(self, keys: Sequence[str]) -> None:
        """Undo of the above."""
        ...

    def set_watched(self, key: str, *, watched: bool, at: datetime) -> None:
        """Star an incident, or take the star away."""
        ...

    def set_note(self, key: str, text: str, at: datetime, instead_of: str | None = None) -> Written:
        """Write the note of an incident, if it is still the one named; empty takes it away."""
        ...

    def set_tags(
        self, key: str, tags: Sequence[str], at: datetime, instead_of: Sequence[str] | None = None
    ) -> Written:
        """Give an incident these tags and no others, if it still has those named."""
        ...

    def edit_view(self, edit: ViewEdit, at: datetime) -> tuple[SavedView, ...]:
        """Change the list of saved views; the list after it. Raises `ViewError` when it cannot be changed so."""
        ...

    def set_looked(self, at: datetime) -> None:
        """The user looked at the board now."""
        ...

    def correct(self, correction: Correction, at: datetime, note: str = "") -> Made:
        """Store a correction with its effects; raises `CorrectionError` when it cannot be made."""
        ...

    def undo_correction(self, number: int, at: datetime) -> Made:
        """Take a correction back; raises `CorrectionError` when it cannot be."""
        ...

    def request(self, request: PollRequest, at: datetime) -> None:
        """Ask the collector for something."""
        ...

    def ask_full_text(self, key: str, at: datetime) -> None:
        """Ask the collector for the whole text of a story."""
        ...

    def remember(self, name: str, value: str) -> None:
        """Keep a choice of the interface, such as the theme."""
        ...

    def recall(self, name: str) -> str | None:
        """The choice kept under that name."""
        ...

    def close(self) -> None:
        """Close the connection."""
        ...
