"""The program's own collector as a run starts and kills it: its real parts, a clock that jumps, and a log of what it stored.

    python -m bench.soak.collector DATABASE FEEDS CLOCK STORED-LOG DELAYS POLLS-LOG

A key is in the first log only after the store has returned: it is acknowledged. The last two may be empty.
"""

import importlib
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Self, cast

from bench.soak.jump_clock import JumpClock
from bench.soak.noted import NotedFetcher, NotedKeeper, NotedParser, Polls
from bench.soak.processes import die_with_parent, wait_until
from bench.soak.timed_loop import time_loops
from tui.cli.collect import run_collector
from tui.cli.wiring import chosen_feed_list, equipment, log_to_file, prepare_store
from tui.pipeline.keeping import Keeper
from tui.pipeline.parse_child import ParseChild
from tui.pipeline.rhythm import Rhythm

_REPOSITORY = Path(__file__).resolve().parents[2]
_RHYTHM = Rhythm(
    spacing=timedelta(0),
    hand_pause=timedelta(0),
    resume_gap=None,
    tick=timedelta(seconds=0.02),
)
_PARTS = (
    "tui.alerts.deliver",
    "tui.feeds.feed_list",
    "tui.feeds.fetch",
    "tui.feeds.list_watch",
    "tui.pipeline.baseline",
    "tui.pipeline.collector",
    "tui.pipeline.parse_child",
    "tui.reading.conclude",
    "tui.reading.grouping",
    "tui.reading.line",
    "tui.reading.version",
    "tui.store.alerts",
    "tui.store.baseline",
    "tui.store.opening",
    "tui.store.save",
)


class Collector:
    """The process, as a run holds it."""

    def __init__(
        self,
        home: Path,
        *,
        database: Path | None = None,
        delays: Path | None = None,
        polls: Path | None = None,
        forked: bool = False,
    ) -> None:
        """With `forked` it is spared the loading of modules: for runs that start it a thousand times."""
        self.database, self.log = database or home / "overflight.db", home / "stored.log"
        self.log.touch()
        paths = (self.database, home / "feeds.toml", home / "clock", self.log, delays, polls)
        arguments = [str(path or "") for path in paths]
        self.pid = _fork(home, arguments) if forked else _start(home, arguments)
        self.status: int | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *args: object) -> None:
        self.kill()

    @property
    def lives(self) -> bool:
        """Whether it has not ended."""
        if self.status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.status = os.waitstatus_to_exitcode(status)
        return self.status is None

    def kill(self) -> None:
        """Without warning; returns when it is gone."""
        if self.lives:
            os.kill(self.pid, signal.SIGKILL)
            wait_until(lambda: not self.lives, 10, 0.002)

    def end(self, seconds: float = 30.0) -> int | None:
        """Ask it to end; its exit status, -9 when it had to be killed."""
        if self.lives:
            os.kill(self.pid, signal.SIGTERM)
        wait_until(lambda: not self.lives, seconds)
        self.kill()
        return self.status


def _start(home: Path, arguments: Sequence[str]) -> int:
    started = subprocess.Popen(
        [sys.executable, "-m", "bench.soak.collector", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=_REPOSITORY,
        env={**os.environ, "OVERFLIGHT_HOME": str(home)},
    )
    started.returncode = 0  # waited for by its number, here as after a fork
    return started.pid


def _fork(home: Path, arguments: Sequence[str]) -> int:
    """The same from here on, in a copy of this process, which must have one thread and no open database."""
    pid = os.fork()
    if pid:
        return pid
    status = 1
    try:
        nowhere = os.open(os.devnull, os.O_RDWR)
        for number in range(3):
            os.dup2(nowhere, number)
        os.environ["OVERFLIGHT_HOME"] = str(home)
        main(arguments)
        status = 0
    except BaseException:
        logging.getLogger(__name__).exception("the collector broke")
    finally:
        os._exit(status)


def load_parts() -> None:
    """Load what a collector is made of, so that a fork need not."""
    for module in _PARTS:
        importlib.import_module(module)


def main(paths: Sequence[str]) -> None:
    """Collect until killed, at the latest with the run that started it."""
    database, feeds, clock_file, log_file, delays, polls = paths
    die_with_parent()
    if delays:
        time_loops(Path(delays))
    clock, path = JumpClock(Path(clock_file)), Path(database)
    log_to_file()
    listed = chosen_feed_list(feeds)
    prepare_store(path, clock)
    log = os.open(log_file, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    parts = equipment(listed, path, clock, rhythm=_RHYTHM)
    open_keeper = parts.open_keeper
    noting = replace(parts, open_keeper=lambda: cast("Keeper", NotedKeeper(open_keeper(), log)))
    if polls:
        # One child whatever waits, so that its starts can be told from the bodies that cost it its life.
        noted, parser = Polls(Path(polls)), ParseChild()
        noting = replace(
            noting, fetcher=NotedFetcher(parts.fetcher, noted), parser=NotedParser(parser, noted)
        )
    run_collector(noting, child=False)


if __name__ == "__main__":
    main(sys.argv[1:])
