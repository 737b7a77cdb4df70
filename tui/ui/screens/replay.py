"""The monitor of an earlier moment: what is stored, as it came in, at any speed, under a bar of time."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from textual import on
from textual.timer import Timer
from textual.widget import Widget

from tui.domain.board import Board, IncidentDetail, Telling
from tui.domain.codes import Origin
from tui.domain.value import dataclass
from tui.ui.actions import MAP, REPLAY, bindings
from tui.ui.marking import Marking
from tui.ui.messages import HistoryRead
from tui.ui.panes.pane import Pane
from tui.ui.past import board_at, detail_at, seen_by_slice
from tui.ui.screens.monitor import Monitor
from tui.ui.session import REPLAY_WINDOW, Session
from tui.ui.sheet import Sheet
from tui.ui.untrusted import Line
from tui.ui.wording import clock_time, day, day_time, next_window, plural, sparkline, window_name

SPEEDS = (60, 600, 3600, 6 * 3600, 24 * 3600)
"""Stored seconds in a real one."""
_STEP = 0.5
_EDGE = timedelta(minutes=1)
_MOST_AHEAD = timedelta(days=1)
"""Of what is to come where it opens."""


@dataclass(slots=True)
class PastClock:
    """Shows the moment that is looked at."""

    at: datetime
    real: Session

    def now(self) -> datetime:
        """The moment."""
        return self.at

    def monotonic(self) -> float:
        """Real seconds: waiting belongs to the machine."""
        return self.real.clock.monotonic()


class PastSession(Session):
    """A session that never reads the store: its board is worked out from one read once."""

    @property
    def past(self) -> bool:
        """It does."""
        return True

    def look(self, *, anew: bool = False, aging: bool = True) -> None:
        """Nothing stored later changes the past."""


def past_session(of: Session, clock: PastClock) -> PastSession:
    """A session of the past beside that of now: no marks of it are stored."""
    return PastSession(
        gate=replace(of.gate, replay=True, replay_end=None, collecting=None),
        clock=clock,
        background=of.background,
        marking=Marking(of.background),
        faults=of.faults,
        zone=of.zone,
        started=of.started,
        actions=of.actions,
        query=replace(of.query, window=of.query.window or REPLAY_WINDOW),
        chosen_window=of.chosen_window or REPLAY_WINDOW,
        status=replace(of.status, next_poll=None, state="idle"),
        heard=clock.monotonic(),
    )


class Replay(Monitor, inherit_bindings=False):
    """The monitor over a bar of time; amber, and marked REPLAY in the top bar."""

    CONTEXT = REPLAY
    BINDINGS = bindings(REPLAY)

    def __init__(self, session: Session, *, hours_back: int = 0) -> None:
        self._clock = PastClock(session.now - timedelta(hours=hours_back), session)
        super().__init__(past_session(session, self._clock))
        self._now = session.now
        self._placed = hours_back > 0
        """Whether a moment was asked for; else it opens where something is still to come."""
        self._moments: list[datetime] = []
        """When each incident was first seen, in order."""
        self._whole: Board | None = None
        self._tellings: Mapping[str, tuple[Telling, ...]] = {}
        self._speed = 2
        self._playing: Timer | None = None

    @property
    def crumbs(self) -> tuple[str, ...]:
        """Monitor › replay › the moment."""
        return ("monitor", "replay", day_time(self._clock.at, self.session.zone, self._now))

    @property
    def contexts(self) -> tuple[str, ...]:
        """As on the monitor."""
        return (MAP, REPLAY) if self.is_mounted and self.map.has_focus else (REPLAY,)

    def body(self) -> Iterable[Widget]:
        """The monitor, and the bar of time below it."""
        yield from super().body()
        self.bar = Sheet(id="bar-of-time", focusable=False)
        yield Pane(self.bar, id="scrub")

    def on_mount(self) -> None:
        """Everything stored is read once."""
        super().on_mount()
        self.session.background.history(self)

    @on(HistoryRead)
    def _history_read(self, message: HistoryRead) -> None:
        if self.stands:
            self._whole, rows = message.board, message.board.incidents
            self._tellings = message.tellings
            self._moments = sorted(row.first_seen for row in rows if row.origin is not Origin.BASELINE)
            self._go(self._clock.at if self._placed else self._opening)
            self._placed = True

    @property
    def detail(self) -> IncidentDetail | None:
        """History and stories as far as they were there."""
        found, at = super().detail, self._clock.at
        return None if found is None else detail_at(found, at)

    @property
    def _start(self) -> datetime:
        """Where the bar begins: the first incident that was seen."""
        return (self._moments[0] if self._moments else self._now - timedelta(days=1)) - _EDGE

    @property
    def _opening(self) -> datetime:
        """Before the last third of the incidents, and at most a day before the last: so many are seen to come."""
        moments = self._moments
        if not moments:
            return self._now
        return max(moments[len(moments) * 2 // 3], moments[-1] - _MOST_AHEAD) - _EDGE

    def _go(self, to: datetime) -> None:
        if self._whole is None:
            return
        self._clock.at = max(self._start, min(self._now, to))
        self.session.board = board_at(self._whole, self._clock.at, self.session.query.window, self._tellings)
        self.show_frame()
        self.show_board()

    def show_board(self) -> None:
        """The monitor of the moment, and where on the bar it is."""
        super().show_board()
        if self._whole is None:
            return
        pane = self.query_one("#scrub", Pane)
        sign = "▶" if self._playing else "‖"
        moment = day_time(self._clock.at, self.session.zone, self._now)
        pane.head(((f"{sign} replay ×{SPEEDS[self._speed]:,}  {moment}", "amber"),))
        moments = self._moments
        known = bisect_right(moments, self._clock.at)
        ahead = len(moments) - known
        over = (
            f" · {self.session.key('play')} plays from the beginning" if moments and not self._playing else ""
        )
        told = f", {ahead} to come" if ahead else over
        pane.foot(((f"{plural(known, 'incident')} so far{told} · facts as known now", "faint"),))
        self.bar.show(self._bar_lines)

    def _bar_lines(self, width: int) -> list[Line]:
        whole, start, width = self._whole, self._start, max(10, width)
        if whole is None:
            return []
        bars = sparkline(seen_by_slice(whole, start, self._now, width))
        place = min(width - 1, int((self._clock.at - start) / max(self._now - start, _EDGE) * width))
        return [
            ((bars[:place], "amber"), ("┃", "strong"), (bars[place + 1 :], "faint")),
            ((self._scale_of_time(start, width), "faint"),),
        ]

    def _scale_of_time(self, start: datetime, width: int) -> str:
        """Names of the days under the bar, or of hours when it is shorter than two of them."""
        length, zone = max(self._now - start, _EDGE), self.session.zone
        step = timedelta(days=1) if length > timedelta(days=2) else timedelta(hours=3)
        moment = start.astimezone(zone or UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        scale = [" "] * width
        while (moment := moment + step) < self._now:
            at = int((moment - start) / length * width)
            words = day(moment, zone, self._now) if step.days else clock_time(moment, zone)
            free = at >= 0 and at + len(words) < width and not "".join(scale[max(0, at - 1) : at]).strip()
            if free:
                scale[at : at + len(words)] = words
        return "".join(scale)

    # Keys.

    def action_play(self) -> None:
        """Let it run, or hold it."""
        if self._playing is not None:
            self._hold()
        elif self._clock.at >= self._now:
            self._go(self._start)
            self._playing = self.set_interval(_STEP, lambda: self.call_later(self._run_on))
        else:
            self._playing = self.set_interval(_STEP, lambda: self.call_later(self._run_on))
        self.show_board()

    def _hold(self) -> None:
        if self._playing is not None:
            self._playing.stop()
            self._playing = None

    def _run_on(self) -> None:
        if self._playing is None:
            return
        self._go(self._clock.at + timedelta(seconds=SPEEDS[self._speed] * _STEP))
        if self._clock.at >= self._now:
            self._hold()
            self.say(f"this is now, {clock_time(self._now, self.session.zone)}: the replay is over")
            self.show_board()

    def action_speed(self, by: int) -> None:
        """Slower or faster."""
        self._speed = max(0, min(len(SPEEDS) - 1, self._speed + by))
        self.show_board()

    def action_jump(self, hours: int) -> None:
        """So many hours on, or back."""
        self._go(self._clock.at + timedelta(hours=hours))

    def action_next_incident(self, by: int) -> None:
        """To when the next incident was first seen, or the one before."""
        moments = sorted(set(self._moments))
        if by > 0:
            ahead = [moment for moment in moments if moment > self._clock.at]
            if not ahead:
                self.say("no incident after this moment: here is now")
            self._go(ahead[0] if ahead else self._now)
        else:
            behind = [moment for moment in moments if moment < self._clock.at]
            if not behind:
                self.say("no incident before this moment")
            self._go(behind[-1] if behind else self._start)

    def action_window(self) -> None:
        """The next time window, before the moment."""
        self.session.query = replace(self.session.query, window=next_window(self.session.query.window))
        self.say(f"window {window_name(self.session.query.window)}")
        self._go(self._clock.at)

    def action_back(self) -> None:
        """Back to now."""
        self.action_live()

    def action_live(self) -> None:
        """Back to the monitor of now."""
        self._hold()
        self.app.pop_screen()
