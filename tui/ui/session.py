"""What the interface knows at one moment, apart from any widget."""

from collections.abc import Mapping
from dataclasses import field, replace
from datetime import UTC, datetime, timedelta, tzinfo

from tui.domain.board import Board, BoardQuery, CollectorStatus
from tui.domain.clock import Clock
from tui.domain.codes import Origin
from tui.domain.query_tree import EVERYTHING, Part
from tui.domain.tables import Cell
from tui.domain.value import dataclass
from tui.pipeline.gate import Gate
from tui.ui.actions import ACTIONS, Action
from tui.ui.active_keys import key_of
from tui.ui.background import Background
from tui.ui.faults import Faults
from tui.ui.liveness import Liveness, liveness, silence
from tui.ui.marking import Marking
from tui.ui.untrusted import clip
from tui.ui.wording import next_window

REPLAY_SILENT_AFTER = 20.0
"""Real seconds without a word from the process that serves and fetches a recording."""
REPLAY_WINDOW = timedelta(days=7)
"""A recorded day passes in a minute: a window of one would empty under the eyes."""


@dataclass(slots=True)
class Session:
    """The board on the screen, the one that waits while paused, and how the fetching stands."""

    gate: Gate
    clock: Clock
    background: Background
    marking: Marking
    faults: Faults
    """What broke in the interface of late."""
    zone: tzinfo | None
    """The user's zone; None shows UTC with its Z."""
    started: datetime
    actions: tuple[Action, ...] = ACTIONS
    """What can be done, with the user's own keys."""
    query: BoardQuery = field(default_factory=BoardQuery)
    board: Board | None = None
    status: CollectorStatus = field(default_factory=CollectorStatus)
    week: Mapping[str, Cell] = field(default_factory=dict)
    """By ISO2: the week under way beside what is usual."""
    paused: bool = False
    problem: str | None = None
    """Why the store could not be read, until it can be again."""
    collector_problem: str | None = None
    """Why the process that fetches had to be started again, or is no more."""
    heard: float = 0.0
    """Reading of the monotonic clock when the process that fetches was last heard, or the start."""
    came: datetime | None = None
    """When somebody had last looked before this session; what is marked in it does not move it."""
    chosen_window: timedelta | None = BoardQuery().window
    """The time window that a person chose, which a view leaves as it is."""
    _own: int | None = None
    """Number of our own process that fetches, the last time it was there."""
    _stored: Board | None = None
    """The last board as the store gave it."""
    _held: Board | None = None
    _held_settled: int = 0
    """Deeds that it holds."""
    """What arrived while paused."""

    @property
    def now(self) -> datetime:
        """The time, in UTC."""
        return self.clock.now()

    def key(self, action: str) -> str:
        """The key of an action, as a person reads it."""
        return key_of(action, self.actions)

    @property
    def liveness(self) -> Liveness:
        """The word of the top bar."""
        if self.problem and not self.gate.replay:
            return Liveness("TROUBLE", "alarm", chip=True)
        return liveness(
            self.status,
            self.now,
            started=self.started,
            replay=self.gate.replay,
            over=self.replay_over,
            paused=self.paused,
            fetches=self.gate.collecting is not None,
        )

    @property
    def silent(self) -> bool:
        """Whether nobody is heard to fetch."""
        return silence(self.status, self.now, self.started) is not None

    @property
    def replay_over(self) -> bool:
        """Whether the recording has come to its end: what stands now is all there was."""
        end = self.gate.replay_end
        return end is not None and self.now >= end

    @property
    def replay_silent(self) -> bool:
        """Whether the recording has stopped arriving; its clock runs fast, so real seconds decide."""
        silent = self.clock.monotonic() - self.heard > REPLAY_SILENT_AFTER
        return self.gate.replay and silent and not self.replay_over

    def hear(self, status: CollectorStatus) -> None:
        """The process that fetches said something."""
        own = self.gate.collecting
        if own is not None and own.pid is not None:
            self._own = own.pid
        if status.heartbeat != self.status.heartbeat:
            self.heard = self.clock.monotonic()
        self.status = status

    @property
    def fetcher(self) -> str:
        """Whose process fetches, when this dashboard would but another does; else empty."""
        status, own = self.status, self.gate.collecting
        if status.pid is None or self.silent or self.gate.replay:
            return ""
        if own is None or own.pid == status.pid:
            return ""
        return f"process {status.pid} on {status.host or 'this machine'} fetches"

    @property
    def own_fetches(self) -> bool:
        """Whether our own process, which may be dead by now, was the one last heard to fetch."""
        return self._own is not None and self._own == self.status.pid

    @property
    def past(self) -> bool:
        """Whether it looks at an earlier moment of what is stored."""
        return False

    @property
    def waiting(self) -> int:
        """Incidents that arrived while paused."""
        if self._held is None or self._stored is None:
            return 0
        known = {row.key for row in self._stored.incidents}
        return sum(row.key not in known for row in self._held.incidents if row.origin is not Origin.BASELINE)

    def take(self, board: Board, settled: int) -> bool:
        """A board came; whether the screen changes."""
        if board.query != self.query:
            return False
        before = self._stored
        if self.paused and before is not None and before.counted and before.query == board.query:
            self._held, self._held_settled = board, settled
            return False
        if before is None:
            self.came = board.looked
        elif not board.counted:
            # Until they are counted, the countries stand as they stood.
            board = replace(board, countries=before.countries, coverage=before.coverage)
        self.marking.settle(settled)
        self._stored = board
        self._held = None
        self.board = self.marking.over(board)
        return True

    def begin(self, board: Board) -> bool:
        """Start from a board that was read meanwhile; False when it is another than is shown."""
        taken = self.take(board, 0)
        if taken:
            self.background.know(board)
        return taken

    def remark(self) -> None:
        """Lay the marks over the board anew."""
        if self._stored is not None:
            self.board = self.marking.over(self._stored)

    def toggle_pause(self) -> None:
        """Hold new boards back, or let the last one in."""
        self.paused = not self.paused
        if not self.paused and self._held is not None:
            self._stored, self._held = self._held, None
            self.marking.settle(self._held_settled)
            self.remark()

    def widen(self) -> None:
        """The next time window, which holds until another is chosen; that of a view goes with the view."""
        self.query = replace(self.query, window=next_window(self.query.window))
        self.chosen_window = self.query.window
        self.look(anew=True)

    def narrow(self, asked: Part) -> None:
        """Show what a query asks for, and nothing else; can be undone."""
        told = clip(str(asked), 40)
        self.show(replace(self.query, filter=asked), f"filter {told}" if told else "no filter")

    def clear(self) -> bool:
        """Show everything again, in the window that was chosen before a view brought its own; whether that changes anything."""
        everything = replace(self.query, filter=EVERYTHING, window=self.chosen_window)
        changed = everything != self.query
        self.show(everything, "no filter")
        return changed

    def show(self, query: BoardQuery, saying: str) -> None:
        """Show another part of the store; can be undone."""
        before, chosen = self.query, self.chosen_window
        if query != before:
            self.marking.do(
                saying,
                lambda *_: self._ask_for(query, chosen),
                lambda *_: self._ask_for(before, chosen),
                self.now,
            )

    def _ask_for(self, query: BoardQuery, chosen: timedelta | None) -> None:
        self.query, self.chosen_window = query, chosen
        self.look(anew=True)

    def unusual(self, iso2: str) -> str:
        """What there is to say of a state with more than usual this week; else nothing."""
        cell = self.week.get(iso2)
        return cell.words if cell is not None and cell.unusual else ""

    def look(self, *, anew: bool = False, aging: bool = True) -> None:
        """Have the store read; `aging`: also when nothing changed for a while, since ages and windows move on."""
        self.background.look(self.query, anew=anew, aging=aging)


def new_session(
    gate: Gate,
    clock: Clock,
    background: Background,
    zone: tzinfo | None,
    actions: tuple[Action, ...] = ACTIONS,
) -> Session:
    """A session that has seen nothing yet."""
    query = BoardQuery(window=REPLAY_WINDOW) if gate.replay else BoardQuery()
    return Session(
        gate=gate,
        clock=clock,
        background=background,
        marking=Marking(background),
        faults=Faults(clock),
        zone=None if zone is UTC else zone,
        started=clock.now(),
        actions=actions,
        heard=clock.monotonic(),
        query=query,
        chosen_window=query.window,
    )
