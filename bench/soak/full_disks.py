"""S6: the disk of the database full and free again, cycle after cycle, under the running collector."""

import errno
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

from bench.soak.collector import Collector
from bench.soak.findings import Findings
from bench.soak.jump_clock import JumpClock
from bench.soak.processes import wait_until
from bench.soak.stored import Heard, compare, missing_keys, problems_of
from bench.soak.world import Plan, World, feed_list

_CYCLES, _CYCLES_SHORT = 20, 2
_FEEDS = 24
_DISK_MB = 48
_FULL_SECONDS = 6.0
_RESUME_SECONDS = 60.0
_LONGEST_SECONDS = 150.0
_BETWEEN = timedelta(minutes=20)
_BEGIN = datetime(2026, 3, 2, tzinfo=UTC)


class Disk(Protocol):
    """Where the database lies; may be filled."""

    kind: str
    folder: Path

    def fill(self, collector: Collector) -> None:
        """Nothing more fits."""
        ...

    def free(self, collector: Collector) -> None:
        """There is room again."""
        ...


class SmallDisk:
    """A tmpfs, filled with a file beside the database."""

    kind = f"a tmpfs of {_DISK_MB} MB"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._ballast = folder / "ballast"

    def fill(self, collector: Collector) -> None:  # noqa: ARG002 - as the other disk
        """To the last byte."""
        with self._ballast.open("ab", buffering=0) as file:
            for size in (1 << 20, 1 << 12, 1):
                with suppress(OSError):
                    while True:
                        file.write(bytes(size))

    def free(self, collector: Collector) -> None:  # noqa: ARG002 - as the other disk
        """Take the file away."""
        self._ballast.unlink()


class LimitedFiles:
    """Without the right to mount: the process may write into no file any more (RLIMIT_FSIZE)."""

    kind = "RLIMIT_FSIZE, as mounting is not allowed here"

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def fill(self, collector: Collector) -> None:
        """Every write beyond the first byte of a file fails."""
        self._limit(collector, 1)

    def free(self, collector: Collector) -> None:
        """No limit."""
        self._limit(collector, resource.RLIM_INFINITY)

    def _limit(self, collector: Collector, most: int) -> None:
        _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.prlimit(collector.pid, resource.RLIMIT_FSIZE, (most, hard))


@contextmanager
def small_disk(home: Path) -> Iterator[Disk]:
    """A disk of its own where that is allowed, else the nearest to it."""
    folder = home / "disk"
    folder.mkdir(mode=0o700)
    command = ["mount", "-t", "tmpfs", "-o", f"size={_DISK_MB}m,mode=0700", "tmpfs", str(folder)]
    try:
        mounted = subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError as error:
        if error.errno != errno.ENOENT:
            raise
        mounted = False
    try:
        yield SmallDisk(folder) if mounted else LimitedFiles(folder)
    finally:
        if mounted:
            subprocess.run(["umount", "-l", str(folder)], capture_output=True, check=False)


class _Cycles:
    def __init__(self, home: Path, collector: Collector, disk: Disk, clock: JumpClock, heard: Heard) -> None:
        self._home = home
        self._collector = collector
        self._disk = disk
        self._clock = clock
        self._heard = heard
        self.resumed: list[float] = []
        self.told = 0
        self.trouble: list[str] = []

    def one(self, number: int) -> None:
        """Full for some seconds, then free until something is stored."""
        said = self._said()
        self._disk.fill(self._collector)
        self._clock.jump(_BETWEEN)
        time.sleep(_FULL_SECONDS)
        self.told += self._said() > said
        before = self._collector.log.stat().st_size
        self._disk.free(self._collector)
        begun = time.monotonic()
        stored = wait_until(
            lambda: self._collector.log.stat().st_size > before or not self._collector.lives, _LONGEST_SECONDS
        )
        self.resumed.append(time.monotonic() - begun)
        if not stored or not self._collector.lives:
            self.trouble.append(f"cycle {number}: nothing stored, exit status {self._collector.status}")
        wait_until(lambda: self._heard.last()[0] == "idle", 60)

    def _said(self) -> int:
        """How often the log of the program names a disk that takes nothing."""
        log = self._home / "overflight.log"
        return log.read_text(errors="replace").count("The disk does not take") if log.exists() else 0


def run(*, short: bool) -> Findings:
    """Twenty cycles, or two."""
    findings = Findings("S6 disk", timed=not short, found=[])
    cycles = _CYCLES_SHORT if short else _CYCLES
    with tempfile.TemporaryDirectory(prefix="overflight-soak-") as folder, small_disk(Path(folder)) as disk:
        home = Path(folder)
        clock = JumpClock.made(home / "clock", _BEGIN)
        with World(Plan(_FEEDS, origins=_FEEDS, clock=str(home / "clock"))) as world:
            (home / "feeds.toml").write_text(feed_list(world))
            with Collector(home, database=disk.folder / "overflight.db") as collector:
                wait_until(lambda: collector.log.stat().st_size or not collector.lives, 60)
                with closing(Heard(collector.database)) as heard:
                    wait_until(lambda: heard.last()[0] == "idle", 60)
                    running = _Cycles(home, collector, disk, clock, heard)
                    for number in range(cycles):
                        running.one(number)
                        print(
                            f"s6: cycle {number + 1}, resumed in {running.resumed[-1]:.1f} s",
                            file=sys.stderr,
                            flush=True,
                        )
                    world.stand_still()
                    before = [one["unchanged"] for one in world.truth()]

                    def settled() -> bool:
                        clock.jump(timedelta(minutes=5))
                        time.sleep(0.5)
                        return all(
                            one["unchanged"] > then for one, then in zip(world.truth(), before, strict=True)
                        )

                    whole = wait_until(settled, 120)
                status = collector.end()
            truth, database = world.truth(), disk.folder / "overflight.db"
            compared = compare(database, world.urls, truth)
            logged = (home / "stored.log").read_text().split()
            missing, problems = missing_keys(database, logged), problems_of(database)
    findings.tell("cycles", f"{cycles} on {disk.kind}")
    findings.hold(
        "0 lost, 0 doubled",
        f"{sum(one['served'] for one in truth)} served, {compared.stored} stored, {compared.lost} lost, {compared.doubled} doubled; "
        f"{len(logged)} acknowledged, {missing} of them missing",
        held=whole and compared.lost == compared.doubled == missing == 0,
    )
    findings.hold(
        "it goes on by itself, and ends when told to",
        running.trouble or status,
        held=not running.trouble and status == 0,
    )
    findings.time(
        "stores again within 60 s of there being room",
        f"slowest {max(running.resumed):.1f} s, usual {sorted(running.resumed)[cycles // 2]:.1f} s",
        held=max(running.resumed) <= _RESUME_SECONDS,
    )
    findings.hold(
        "the log says that the disk is full", f"after {running.told} of {cycles}", held=running.told == cycles
    )
    findings.hold("the store is whole", problems[:3] or "whole", held=not problems)
    return findings
