"""S4: an hour of ten changes a second under the dashboard, with keys and resizes, in a real pty."""

import fcntl
import random
import statistics
import struct
import sys
import tempfile
import termios
import time
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from bench.board_50k import conclude, read_entry
from bench.keys_under_load import delay_of
from bench.soak.findings import Findings
from bench.soak.processes import held_by
from bench.soak.timed_loop import delays_in
from bench.start_and_idle import Dashboard
from tui.domain.codes import Origin
from tui.domain.feed import Feed, FeedState, FeedStatus
from tui.domain.incident import Assignment, Filing, GroupReason, IncidentSketch
from tui.pipeline.keeping import RoundResult
from tui.store.database import open_writer
from tui.store.save import StoreKeeper

_SECONDS, _SECONDS_SHORT = 3600.0, 30.0
_WARM, _WARM_SHORT = 120.0, 10.0
_CHANGE_SECONDS = 0.1
_KEY_SECONDS = 0.2
_RESIZE_SECONDS = 2.0
_FOLD_SECONDS = 60.0
_INCIDENTS = 400
_SIZES = ((120, 40), (80, 24), (200, 60), (100, 30), (40, 10))
_KEYS = (b"j", b"j", b"j", b"k", b"\r", b"j", b"\x1b", b"k", b"\t", b"j")
_LINE = "Seen over the border"
_FEED = "https://feed-0.example/rss"
_MOST_MS = 100.0
_TOLERANCE = 0.1


class Changes:
    """A new story each time, into one of some hundred incidents, stored as the collector would."""

    def __init__(self, database: Path) -> None:
        self._keeper = StoreKeeper(
            open_writer(database),
            conclude=conclude,
            line=lambda _: _LINE,
            origin=Origin.NEWS,
            reader_version="bench",
        )
        self._keeper.sync_feeds([Feed(_FEED, "Feed", country="PL")], datetime.now(UTC))
        self._chance = random.Random(4)
        self.made = 0

    def make(self) -> None:
        """One change."""
        at, read = datetime.now(UTC), read_entry(self.made, self._chance, _FEED)
        key = str(self.made if self.made < _INCIDENTS else self._chance.randrange(_INCIDENTS))
        filing = Filing(
            (
                Assignment(
                    read.entry.key, 0, key, self.made < _INCIDENTS, (GroupReason("state", "same", 1.0),)
                ),
            ),
            (IncidentSketch(key),),
        )
        state = FeedState(_FEED, FeedStatus.OK, last_attempt=at, last_ok=at)
        self._keeper.save_round(RoundResult(state, at, (read,), filing=filing))
        self.made += 1

    def fold(self) -> None:
        """As the collector does after its rounds."""
        self._keeper.checkpoint()

    def close(self) -> None:
        """Close the store."""
        self._keeper.close()


@dataclass
class Pressed:
    """What came of keys and resizes."""

    delays: list[float] = field(default_factory=list)
    """Milliseconds from a key to the first byte painted."""
    unanswered: int = 0
    resizes: int = 0
    memory: list[tuple[float, float]] = field(default_factory=list)
    """Seconds since the start, resident MB."""
    ended: bool = False


def _resize(dashboard: Dashboard, columns: int, rows: int) -> None:
    fcntl.ioctl(dashboard.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


def _press(dashboard: Dashboard, changes: Changes, seconds: float) -> Pressed:
    pressed, begun, folded = Pressed(), time.monotonic(), time.monotonic()
    next_change = next_key = next_resize = begun
    while (now := time.monotonic()) - begun < seconds and not pressed.ended:
        if now >= next_change:
            changes.make()
            next_change = max(next_change + _CHANGE_SECONDS, now - 1)
        if now >= next_key:
            _press_one(dashboard, pressed, now - begun)
            next_key = now + _KEY_SECONDS
        if now >= next_resize:
            _resize(dashboard, *_SIZES[pressed.resizes % len(_SIZES)])
            pressed.resizes += 1
            next_resize = now + _RESIZE_SECONDS
        if now - folded > _FOLD_SECONDS:
            changes.fold()
            folded = now
            print(f"s4: {now - begun:.0f} s, {pressed.memory[-1][1]:.0f} MB", file=sys.stderr, flush=True)
        dashboard.read(max(0.0, min(next_change, next_key, next_resize) - time.monotonic()))
    return pressed


def _press_one(dashboard: Dashboard, pressed: Pressed, at: float) -> None:
    try:
        delay = delay_of(dashboard, _KEYS[(len(pressed.delays) + pressed.unanswered) % len(_KEYS)])
        pressed.memory.append((at, held_by(dashboard.pid).resident_mb))
    except (OSError, KeyError):  # it has ended
        pressed.ended = True
        return
    if delay is None:
        pressed.unanswered += 1
    else:
        pressed.delays.append(delay * 1000)


def run(*, short: bool) -> Findings:
    """An hour, or half a minute."""
    findings = Findings("S4 screen", timed=not short, found=[])
    seconds, warm = (_SECONDS_SHORT, _WARM_SHORT) if short else (_SECONDS, _WARM)
    with tempfile.TemporaryDirectory(prefix="overflight-soak-") as folder:
        home = Path(folder)
        delays_file = home / "delays"
        with closing(Changes(home / "overflight.db")) as changes:
            for _ in range(_INCIDENTS):
                changes.make()
            dashboard = Dashboard(
                home, 120, 40, ["--no-fetch"], program=("-m", "bench.soak.timed_program", str(delays_file))
            )
            try:
                dashboard.read(30, until=_LINE.encode())
                dashboard.read(2)
                pressed = _press(dashboard, changes, seconds)
            finally:
                dashboard.stop()
            made = changes.made - _INCIDENTS
        late = delays_in(delays_file)
    early = [mb for at, mb in pressed.memory if warm <= at < warm + max(5, warm / 4)]
    last = [mb for at, mb in pressed.memory if at >= seconds * 0.9]
    before, after = statistics.median(early or [0.0]), statistics.median(last or [0.0])
    change = after / before - 1 if before else 1.0
    findings.tell(
        "changes, keys, resizes", f"{made}, {len(pressed.delays)}, {pressed.resizes} in {seconds:.0f} s"
    )
    findings.hold("the dashboard lives on", "ended" if pressed.ended else "alive", held=not pressed.ended)
    findings.hold(
        f"resident memory within ±10 % of that after {warm:.0f} s",
        f"{before:.1f} → {after:.1f} MB ({change:+.1%})",
        held=abs(change) <= _TOLERANCE,
    )
    findings.time("the interface's loop late by less than 100 ms at p99", late, held=late.p99 < _MOST_MS)
    delays = sorted(pressed.delays) or [9999.0]
    p50, p95, p99 = (delays[int(share * (len(delays) - 1))] for share in (0.5, 0.95, 0.99))
    findings.time(
        "key to paint below 100 ms at p95",
        f"p50 {p50:.0f} ms, p95 {p95:.0f} ms, p99 {p99:.0f} ms, {pressed.unanswered} without an answer in 2 s",
        held=p95 < _MOST_MS,
    )
    return findings
