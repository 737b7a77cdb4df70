"""S7: a terminal that does not read, and one that comes and goes through tmux; the polls go on."""

import fcntl
import os
import pty
import select
import shutil
import signal
import struct
import sys
import tempfile
import termios
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from bench.five_thousand import asked_once, deal_out
from bench.keys_under_load import delay_of
from bench.soak.findings import Findings
from bench.soak.processes import wait_until
from bench.soak.world import Plan, World, feed_list
from bench.start_and_idle import REPOSITORY, Dashboard
from tests.e2e.terminal import Tmux

_FEEDS = 60
_INTERVAL = 300.0
"""The shortest that a feed may have: five minutes."""
_ALLOWED = 0.1
_SPREAD = 0.05
_RESIZES_A_STALL = 12
"""Each draws the whole screen, so that the terminal's buffer is full in the first moments of a stall."""


@dataclass(frozen=True, slots=True)
class _Size:
    stalls: int
    stalled: float
    window: float
    """Seconds over which the first polls under a stall fall due."""
    late: float
    """Seconds that such a poll may come after its time."""
    attaches: int


_FULL = _Size(stalls=50, stalled=60.0, window=_INTERVAL, late=_ALLOWED * _INTERVAL, attaches=50)
_SHORT = _Size(stalls=2, stalled=9.0, window=5.0, late=6.0, attaches=3)


def _resize(terminal: int, columns: int, rows: int) -> None:
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


def _stall(dashboard: Dashboard, seconds: float) -> bool:
    """Read nothing for so long while the screen is drawn again and again; whether the terminal was really full."""
    for number in range(_RESIZES_A_STALL):
        _resize(dashboard.terminal, 120 + number % 2 * 20, 40 + number % 2 * 10)
        time.sleep(seconds / _RESIZES_A_STALL)
    (waiting,) = struct.unpack("i", fcntl.ioctl(dashboard.terminal, termios.FIONREAD, b"\0" * 4))
    return bool(waiting > 0)


def _attach(tmux: str, socket: Path, seconds: float) -> bool:
    """One client for so long; whether it was shown anything."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.environ.update(TERM="xterm-256color", LANG="C.UTF-8")
        os.execv(tmux, [tmux, "-S", str(socket), "attach"])
    _resize(terminal, 120, 40)
    shown, end = 0, time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        if select.select([terminal], [], [], left)[0]:
            try:
                shown += len(os.read(terminal, 65536))
            except OSError:
                break
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGHUP)  # as when the window is closed
    os.close(terminal)
    os.waitpid(pid, 0)
    return shown > 500


def _come_and_go(home: Path, size: _Size) -> str:
    """Attach and detach again and again; what went wrong, if anything."""
    tmux = shutil.which("tmux")
    if tmux is None:
        return "tmux is not installed"
    with Tmux(tmux, home, 120, 40) as terminal:
        command = [sys.executable, "-m", "tui", "--feeds", str(home / "feeds.toml")]
        terminal.start(
            command, {"OVERFLIGHT_HOME": str(home), "COLORTERM": "truecolor", "PYTHONPATH": str(REPOSITORY)}
        )
        terminal.wait(lambda screen: "INCIDENTS" in screen.upper(), "the monitor", 60)
        blank = sum(not _attach(tmux, home / "tmux.sock", 1.0) for _ in range(size.attaches))
        screen = terminal.screen()
        if "ended with" in screen or "INCIDENTS" not in screen.upper():
            return "the dashboard is gone"
        terminal.keys("C-q")
        wait_until(lambda: "ended with" in terminal.screen(), 20)
        if "ended with 0" not in terminal.screen():
            return "the dashboard does not end on ^Q"
    return f"{blank} clients were shown nothing" if blank else ""


def _take_in(home: Path) -> None:
    dashboard = Dashboard(home, 120, 40, ["--feeds", str(home / "feeds.toml")])
    try:
        wait_until(lambda: dashboard.read(0.5) is None or asked_once(home) == _FEEDS, 120)
        dashboard.read(2)
    finally:
        dashboard.stop()


def run(*, short: bool) -> Findings:
    """Fifty stalls of a minute and fifty clients, or a few."""
    findings = Findings("S7 terminal", timed=not short, found=[])
    size = _SHORT if short else _FULL
    with (
        tempfile.TemporaryDirectory(prefix="overflight-soak-") as folder,
        World(Plan(_FEEDS, origins=_FEEDS)) as world,
    ):
        home = Path(folder)
        (home / "feeds.toml").write_text(feed_list(world, every="5m"))
        _take_in(home)
        due = deal_out(home, time.time() + 6, size.window)
        dashboard = Dashboard(home, 120, 40, ["--feeds", str(home / "feeds.toml")])
        try:
            dashboard.read(30, until=b"known incidents")
            full = answered = 0
            begun = time.monotonic()
            for number in range(size.stalls):
                full += _stall(dashboard, size.stalled)
                dashboard.read(1.0)
                answered += delay_of(dashboard, b"j") is not None
                print(
                    f"s7: {number + 1} stalls, {time.monotonic() - begun:.0f} s", file=sys.stderr, flush=True
                )
            stalled = time.time()
            truth = world.truth()
        finally:
            dashboard.stop()
        missed = [
            world.urls.index(url)
            for url, at in due.items()
            if at + size.late < stalled and (truth[world.urls.index(url)]["last_asked"] or 0) < at - 1
        ]
        longest = max(one["longest_gap"] for one in truth)
        trouble = _come_and_go(home, size)
    findings.tell("stalls", f"{size.stalls} of {size.stalled:.0f} s, the terminal full in {full} of them")
    findings.hold(
        "0 missed polls while the terminal does not read",
        f"{sum(one['asked'] for one in truth)} polls of {_FEEDS} feeds, {len(missed)} missed, longest gap {longest:.0f} s",
        held=not missed and (short or longest <= _INTERVAL * (1 + _SPREAD + _ALLOWED)),
    )
    findings.hold(
        "a key is answered after each stall", f"{answered} of {size.stalls}", held=answered == size.stalls
    )
    findings.hold(
        "the dashboard outlives clients that come and go",
        trouble or f"{size.attaches} clients of tmux",
        held=not trouble or trouble == "tmux is not installed",
    )
    return findings
