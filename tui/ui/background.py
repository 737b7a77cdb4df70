"""The interface's way to the store: a thread for what is asked, for what is counted, and for what a person did."""

from collections.abc import Callable
from datetime import datetime, timedelta

from textual.message import Message
from textual.message_pump import MessagePump

from tui.domain.board import Board, BoardQuery, Facets
from tui.domain.clock import Clock
from tui.domain.correction import CorrectionError, Made
from tui.domain.notes import Written
from tui.domain.query_tree import Part
from tui.domain.views import ViewEdit, ViewError
from tui.pipeline.board_ports import BoardSource, Marks, StoreStamp
from tui.pipeline.gate import Gate, Switched
from tui.pipeline.heap import trim_heap
from tui.ui.faults import FETCHED, STORING, Broke, cure_first, log_fault
from tui.ui.lane import Lane
from tui.ui.messages import (
    Answered,
    BoardRead,
    CollectorRead,
    Corrected,
    DeedAnswered,
    DeskRead,
    FacetsRead,
    FeedsRead,
    FileSaved,
    HandoverRead,
    HistoryRead,
    HitsRead,
    IncidentRead,
    Kept,
    NotCorrected,
    OutsideDone,
    ReadFailed,
    ReadWorked,
    RowsRead,
    StatisticsRead,
    StoryRead,
    WeekRead,
)
from tui.ui.untrusted import clip

_HITS = 200
_HISTORY = 20_000
_ROWS = 2000
_HANDED_OVER = 1000
_RETAKE = timedelta(seconds=60)
_NOT_WRITTEN = {
    Written.GONE: "this incident is no longer in the store: nothing was written; go back to the list",
    Written.OVERTAKEN: "somebody else changed it meanwhile: look what it says now; nothing was written",
}
_FOR_A_SCREEN = "reading the store for this screen"
_RESTARTS_AN_HOUR = 5
_PAUSE_SECONDS = 2
"""Before the second start, doubled with each further one."""
_ROOM_SECONDS = 15.0
"""Between two questions whether the store takes anything, while nothing is heard of a collector that runs."""


class Background:
    """Reads and writes for the interface; never blocks its caller, never raises into it."""

    def __init__(self, gate: Gate, clock: Clock, app: MessagePump) -> None:
        self._gate = gate
        self._clock = clock
        self._app = app
        self._reading = Lane("overflight-reads")
        self._counting = Lane("overflight-counts")
        self._writing = Lane("overflight-marks")
        self._outside = Lane("overflight-outside")
        self._linking = Lane("overflight-links")
        self._looking = False
        self._opening = False
        self._closed = False
        self._failed = False
        self._stamp = StoreStamp(generation=-1, beat=-1)
        self._taken_at: float | None = None
        self._week_at: float | None = None
        self._query: BoardQuery | None = None
        self._wanted: Part | None = None
        self._asked = 0
        self._stored = 0
        self._restarts: list[float] = []
        self._room_asked = float("-inf")

    def look(self, query: BoardQuery, *, anew: bool = False, aging: bool = True) -> None:
        """Read what changed since the last look; a look under way is never restarted, only followed."""
        if self._looking and not anew:
            return
        self._looking = True
        self._counting.submit(lambda: self._try(lambda: self._look(query, anew=anew, aging=aging)))

    def know(self, board: Board) -> None:
        """A board was read before this began: it is not read again until something changed."""
        self._stamp = StoreStamp(generation=board.generation, beat=-1)
        self._query = board.query
        self._taken_at = self._clock.monotonic()

    def _look(self, query: BoardQuery, *, anew: bool, aging: bool) -> None:
        try:
            source = self._gate.source
            stamp = source.stamp()
            now = self._clock.now()
            aged = aging and self._aged(self._taken_at)
            if stamp.generation != self._stamp.generation or anew or aged or query != self._query:
                # What somebody asked to see comes as soon as the list can be drawn.
                other = query != self._query and self._query is not None
                settled = self._stored
                for board in source.board_as_read(query, now) if other else (source.board(query, now),):
                    self._post(BoardRead(board, settled), self._app)
                self._taken_at = self._clock.monotonic()
                self._query = query
            if stamp.beat != self._stamp.beat or anew or aged:
                self._post(CollectorRead(source.collector(now)), self._app)
            if aging and self._aged(self._week_at):
                self._look_at_week(now)
            self._stamp = stamp
        finally:
            self._looking = False

    def _look_at_week(self, now: datetime) -> None:
        """What is unusual in the week under way: it changes slowly, and is counted over half a year."""
        self._week_at = self._clock.monotonic()
        self._counting.submit(lambda: self._try(lambda: self._count_week(now)))

    def _aged(self, taken: float | None) -> bool:
        return taken is None or self._clock.monotonic() - taken >= _RETAKE.total_seconds()

    def _count_week(self, now: datetime) -> None:
        from tui.domain.statistics import this_week  # noqa: PLC0415 -- as above

        at, self._week_at = self._week_at, None  # one that fails is counted again at the next look
        self._post(WeekRead(this_week(self._gate.source.this_week(now))), self._app)
        self._week_at = at

    def incident(self, key: str, asker: MessagePump) -> None:
        """Read one incident for a screen."""
        self._read(lambda source: IncidentRead(key, source.incident(key)), asker)

    def story(self, key: str, asker: MessagePump) -> None:
        """Read one story for a screen."""
        self._read(lambda source: StoryRead(key, source.story(key)), asker)

    def feeds(self, asker: MessagePump) -> None:
        """Read the state of every feed for a screen."""
        self._read(lambda source: FeedsRead(source.feeds(self._clock.now())), asker)

    def history(self, asker: MessagePump) -> None:
        """Read everything stored as one board."""
        everything = BoardQuery(window=None, limit=_HISTORY)
        self._count(
            lambda source: HistoryRead(source.board(everything, self._clock.now()), source.tellings()), asker
        )

    def handover(self, since: datetime, asker: MessagePump) -> None:
        """Read what changed since a moment, for a screen."""
        from tui.pipeline.handing_over import load_handover  # noqa: PLC0415 -- not needed for the first picture

        self._read(
            lambda source: HandoverRead(load_handover(source, since, self._clock.now(), _HANDED_OVER)), asker
        )

    def save(self, name: str, text: str, asker: MessagePump) -> None:
        """Write a file of the user's; the answer comes as a message."""
        save = self._gate.save
        if save is None:
            return

        def job() -> None:
            found = save(name, text)
            self._post(FileSaved(found.done, found.said), asker)

        self._writing.submit(lambda: self._do(job, "writing the file"))

    def switch_feed(self, url: str, *, on: bool, said: str = "") -> int | None:
        """Write into the list whether a feed is polled; its number, as that of a mark. What came of it is told after `said`."""
        switch = self._gate.switch_feed
        return None if switch is None else self.mark(lambda _: switch(url, on=on), said)

    def open_link(self, url: str, asker: MessagePump) -> None:
        """Hand a link to the browser; what came of it comes as a message."""

        def job() -> None:
            try:
                refused = self._gate.browser.open(url)
            finally:
                self._opening = False
            said = f"opened {clip(url, 100)}" if refused is None else refused.reason
            self._post(OutsideDone(refused is None, said), asker)

        if self._opening:
            self._post(OutsideDone(done=False, said="one link at a time; press again in a moment"), asker)
            return
        self._opening = True
        self._linking.submit(lambda: self._do(job, "opening the link"))

    def outside(self, do: Callable[[], Switched], asker: MessagePump, about: str = "") -> None:
        """Something beyond the store that takes its time; what became of it comes as a message."""

        def job() -> None:
            found = do()
            self._post(OutsideDone(found.done, found.said, about), asker)

        self._outside.submit(lambda: self._try(job))

    def search(self, query: Part, asker: MessagePump) -> None:
        """Find stories, then count what their incidents have in common; what was asked before is no longer wanted."""
        self._wanted = query

        def find() -> None:
            if self._wanted is not query:
                return
            source, now = self._gate.source, self._clock.now()
            self._post(HitsRead(query, source.find_stories(query, now, _HITS)), asker)
            self._counting.submit(lambda: self._do(count, _FOR_A_SCREEN))

        def count() -> None:
            if self._wanted is query:
                self._post(FacetsRead(query, self._gate.source.facets(query, self._clock.now())), asker)
                trim_heap()

        self._reading.submit(lambda: self._do(find, _FOR_A_SCREEN))

    def count(self, query: Part, asker: MessagePump) -> None:
        """Count the incidents of a query; what they have in common would take many times as long."""
        self._read(
            lambda source: FacetsRead(
                query, Facets(source.find_incidents(query, self._clock.now(), 0).total, ())
            ),
            asker,
        )

    def rows(self, query: Part, asker: MessagePump) -> None:
        """The incidents of a query for a screen."""
        self._read(
            lambda source: RowsRead(query, source.find_incidents(query, self._clock.now(), _ROWS)), asker
        )

    def desk(self, asker: MessagePump) -> None:
        """Everything that is watched, for a screen."""
        self._count(
            lambda source: DeskRead(source.desk(self._clock.now()), self._gate.alerting()),
            asker,
        )

    def edit_view(self, edit: ViewEdit, at: datetime, said: str = "") -> int:
        """Change the list of saved views; one that cannot be changed so is told of, `said` once it is."""
        return self.mark(lambda marks: marks.edit_view(edit, at), said)

    def statistics(self, weeks: int, asker: MessagePump) -> None:
        """Everything that is counted over so many weeks, for a screen."""
        self._count(lambda source: StatisticsRead(source.statistics(self._clock.now(), weeks)), asker)

    def _read(self, ask: Callable[[BoardSource], Message], asker: MessagePump) -> None:
        """One thing that somebody asked for."""
        self._answer(self._reading, ask, asker)

    def _count(self, ask: Callable[[BoardSource], Message], asker: MessagePump) -> None:
        """What goes over everything stored: nobody who asks for one thing waits for it, and it leaves no memory behind."""
        self._answer(self._counting, ask, asker)
        self._counting.submit(trim_heap)

    def _answer(self, lane: Lane, ask: Callable[[BoardSource], Message], asker: MessagePump) -> None:
        lane.submit(lambda: self._do(lambda: self._post(ask(self._gate.source), asker), _FOR_A_SCREEN))

    def mark(self, do: Callable[[Marks], object], said: str = "") -> int:
        """Store what a person did; its number, which a later `DeedAnswered` has. `said` is told once it is stored."""
        self._asked += 1
        self._writing.submit(lambda: self._do(lambda: self._mark(do, said), STORING))
        return self._asked

    def _mark(self, do: Callable[[Marks], object], said: str) -> None:
        answer = Answered.FAILED
        try:
            found = do(self._gate.marks)
            answer, refused = _answer_of(found)
            if refused is not None:
                self._post(NotCorrected(refused), self._app)
            elif isinstance(found, Made):
                self._post(Corrected(found), self._app)
            elif told := " · ".join(filter(None, (said, found.said if isinstance(found, Switched) else ""))):
                self._post(Kept(told), self._app)
        except (CorrectionError, ViewError) as problem:
            answer = Answered.REFUSED
            self._post(NotCorrected(str(problem)), self._app)
        finally:
            self._stored += 1
            self._post(DeedAnswered(self._stored, answer), self._app)

    def correct(self, do: Callable[[Marks], Made]) -> int:
        """Store a correction, or take one back; the answer comes as a message to the app."""
        return self.mark(do)

    def tend_collecting(self, *, silent: bool, mine: bool = False) -> str | None:
        """Start the process that fetches when it is not running; what to say when it keeps dying.

        One that ended while somebody is heard to fetch is not missed: another process has the lease.
        """
        try:
            return self._tend(silent=silent, mine=mine)
        except Exception as problem:  # noqa: BLE001 -- as for the store: the screen must outlive it
            log_fault("watching the collector", problem)
            return f"the collector cannot be watched: {clip(str(problem) or type(problem).__name__, 200)}; start overflight again"

    def _tend(self, *, silent: bool, mine: bool) -> str | None:
        collecting = self._gate.collecting
        if collecting is None:
            return None
        if collecting.alive():
            if silent:
                self._ask_for_room()
            return None
        if self._restarts and not silent and not mine:
            return None
        now = self._clock.monotonic()
        self._restarts = [at for at in self._restarts if now - at < 3600]
        if len(self._restarts) > _RESTARTS_AN_HOUR:
            return f"the collector ended {len(self._restarts)} times within the hour: {collecting.last_words()}; start overflight again"
        if self._restarts and now - self._restarts[-1] < _PAUSE_SECONDS << len(self._restarts):
            return f"the collector ended: {collecting.last_words() or 'no reason given'}; it is started again"
        self._restarts.append(now)
        self._writing.submit(lambda: self._do(collecting.start, "starting the collector"))
        return None

    def _ask_for_room(self) -> None:
        """Why is nothing heard of a collector that runs? A disk that takes no word of ours takes none of its."""
        now = self._clock.monotonic()
        if now - self._room_asked < _ROOM_SECONDS:
            return
        self._room_asked = now
        self._writing.submit(
            lambda: self._do(lambda: self._gate.marks.remember("room", "asked for"), FETCHED)
        )

    def close(self) -> None:
        """Store what is still queued, for two seconds at most, and say nothing more."""
        self._closed = True
        self._writing.close(2.0)
        self._reading.close(0.0)
        self._counting.close(0.0)
        self._outside.close(0.0)
        self._linking.close(0.0)

    def _do(self, job: Callable[[], None], what: str = STORING) -> None:
        """A failure of what is done once is said for a while, or until the like of it worked."""
        try:
            job()
        except Exception as problem:  # noqa: BLE001 -- as below
            self._post(Broke(what, problem), self._app)

    def _try(self, job: Callable[[], None]) -> None:
        """A failure of the store is told, whatever it is: the screen must outlive it."""
        try:
            job()
        except Exception as problem:  # noqa: BLE001 -- the adapters behind the ports raise what their libraries raise
            if not self._failed:
                log_fault("reading or writing the store", problem)
            self._failed = True
            self._post(ReadFailed(cure_first(problem), clip(str(problem), 500)), self._app)
        else:
            if self._failed:
                self._failed = False
                self._post(ReadWorked(), self._app)

    def _post(self, message: Message, to: MessagePump) -> None:
        if not self._closed:
            to.post_message(message)


def _answer_of(found: object) -> tuple[Answered, str | None]:
    """What became of a deed, and why it was not stored when it was not."""
    if isinstance(found, Switched) and not found.done:
        return Answered.REFUSED if found.never else Answered.FAILED, found.said
    refused = _NOT_WRITTEN.get(found) if isinstance(found, Written) else None
    return Answered.STORED if refused is None else Answered.REFUSED, refused
