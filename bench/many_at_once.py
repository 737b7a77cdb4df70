"""Twenty processes on one database: dashboards that are typed at, collectors, commands one after the other, cron.

    python -m bench.many_at_once [--minutes 10] [--processes 20]

A fifth are dashboards, half of which fetch; a fifth collectors; a tail and a watched export; the rest run commands
without a pause. Counts what any of them says of a lock, every traceback and every exit status 2, and at the end
asks `overflight verify`. Exit status 1 when there was any.
"""

import argparse
import itertools
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from bench.feed_farm import Farm
from bench.start_and_idle import Dashboard

TROUBLE = re.compile(
    r"is locked|busy writing|SQLITE_BUSY|SQLITE_LOCKED|Traceback|malformed|disk image|ended \d+ times"
)
KEYS = (
    b"j",
    b"k",
    b"a",
    b"w",
    b"u",
    b"\r",
    b"\x1b",
    b"n",
    b"N",
    b"t",
    b"H",
    b"B",
    b"q",
    b"S",
    b"r",
    b"/drone\x1b",
)
COMMANDS = (
    ("once", "--json"),
    ("query", "drone", "--json"),
    ("query", "--stories", "country:PL"),
    ("stats", "--json"),
    ("feeds", "list", "--json"),
    ("handover", "--since", "8h", "--format", "json"),
    ("export", "--format", "geojson"),
    ("export", "--format", "archive"),
    ("corrections", "check"),
    ("verify", "--json"),
    ("alerts", "log"),
)
ENDS = 120.0
"""Seconds that a process may take to end."""


@dataclass
class Tally:
    """What was counted, by all threads."""

    commands: Counter[str] = field(default_factory=Counter)
    trouble: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def ran(self, name: str) -> None:
        """A command ended as it should."""
        with self.lock:
            self.commands[name] += 1

    def hear(self, who: str, said: str) -> None:
        """Note what is no good in what a process said."""
        found = TROUBLE.search(said)
        if found:
            with self.lock:
                self.trouble.append(f"{who}: {said[max(0, found.start() - 200) : found.end() + 2500]!r}")


class Desk:
    """One database with everything that is to run on it."""

    def __init__(self, home: Path, urls: list[str], seconds: float) -> None:
        self.home, self.tally = home, Tally()
        self.end = time.monotonic() + seconds
        self.list = home / "feeds.toml"
        tables = (
            f'[[feed]]\nurl = "{url}"\nname = "Feed {number}"\nlang = "en"\ncountry = "PL"\npublisher = "P{number}"\n'
            f'kind = "national"\nallow_private = true\nevery = "5m"\n'
            for number, url in enumerate(urls)
        )
        rule = '[[alert]]\nname = "all"\non = ["new", "count_revised", "outcome_set"]\nbudget = 1000\n'
        self.list.write_text(rule + "\n".join(tables), encoding="utf-8")
        self.env = {**os.environ, "OVERFLIGHT_HOME": str(home), "PYTHONUNBUFFERED": "1"}

    @property
    def over(self) -> bool:
        """Whether the time is up."""
        return time.monotonic() > self.end

    def start(self, *arguments: str, out: IO[bytes] | int = subprocess.PIPE) -> subprocess.Popen[bytes]:
        """A program of ours on this database."""
        return subprocess.Popen(
            [sys.executable, "-m", "tui", "--feeds", str(self.list), *arguments],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            env=self.env,
        )

    def command_after_command(self, seed: int) -> None:
        """Commands without a pause, each of which must end well."""
        chosen = itertools.cycle(random.Random(seed).sample(COMMANDS, len(COMMANDS)))
        while not self.over:
            arguments = next(chosen)
            name = " ".join(arguments)
            process = self.start(*arguments)
            written, _ = process.communicate(timeout=300)
            said = written.decode("utf-8", "replace")
            if process.returncode not in {0, 1}:
                with self.tally.lock:
                    self.tally.trouble.append(f"{name} ended with {process.returncode}: {said[-300:]!r}")
            elif not name.startswith(("export", "query")):  # what feeds say is in those
                self.tally.hear(name, said)
            self.tally.ran(arguments[0])

    def for_the_whole_time(self, *arguments: str) -> None:
        """A program that ends when it is told to; what it says goes to a file, for a pipe that nobody reads would stop it."""
        with tempfile.TemporaryFile() as out:
            process = self.start(*arguments, out=out)
            while not self.over and process.poll() is None:
                time.sleep(0.2)
            if process.poll() is not None and not self.over:
                self.tally.trouble.append(f"{arguments[0]} ended by itself with {process.returncode}")
            process.terminate()
            try:
                process.wait(ENDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
                self.tally.trouble.append(f"{arguments[0]} did not end within {ENDS:g} s")
            out.seek(0)
            if arguments[0] == "collect":  # what feeds say is in the others
                self.tally.hear(arguments[0], out.read().decode("utf-8", "replace"))
        self.tally.ran(arguments[0])

    def dashboard(self, seed: int, *arguments: str) -> None:
        """One that is typed at, started again when the keys ended it."""
        chance = random.Random(seed)
        while not self.over:
            shown = Dashboard(self.home, 120, 40, ["--feeds", str(self.list), *arguments])
            said = shown.read(min(20.0, max(1.0, self.end - time.monotonic())), until=b"incidents")
            try:
                while not self.over:
                    os.write(shown.terminal, chance.choice(KEYS))
                    said = (said + shown.read(chance.uniform(0.1, 0.6)))[-100_000:]
                    self.tally.hear("dashboard", said.decode("utf-8", "replace"))
            except OSError:
                pass  # q twice
            finally:
                self._end(shown)
            self.tally.ran("dashboard")

    def _end(self, shown: Dashboard) -> None:
        """Ask it to end, and read on what it writes: one whose terminal reads nothing waits for it."""
        os.kill(shown.pid, signal.SIGTERM)
        last = time.monotonic() + ENDS
        while not os.waitpid(shown.pid, os.WNOHANG)[0]:
            shown.read(0.2)
            if time.monotonic() > last:
                os.kill(shown.pid, signal.SIGKILL)
                os.waitpid(shown.pid, 0)
                self.tally.trouble.append(f"a dashboard did not end within {ENDS:g} s")
                break
        os.close(shown.terminal)


def run(seconds: float, processes: int, feeds: int = 12) -> Tally:
    """All of them for so long; what was counted."""
    with tempfile.TemporaryDirectory() as folder, Farm(feeds, 30, 2, 0.05) as farm:
        desk = Desk(Path(folder), farm.urls, seconds)
        fifth = max(1, processes // 5)
        work = [
            *(
                threading.Thread(
                    target=desk.dashboard, args=(number, *(("--no-fetch",) if number % 2 else ()))
                )
                for number in range(fifth)
            ),
            *(threading.Thread(target=desk.for_the_whole_time, args=("collect",)) for _ in range(fifth)),
            threading.Thread(target=desk.for_the_whole_time, args=("tail",)),
            threading.Thread(
                target=desk.for_the_whole_time,
                args=("export", "--format", "atom", "--watch", "-o", str(Path(folder) / "feed.xml")),
            ),
        ]
        work += [
            threading.Thread(target=desk.command_after_command, args=(number,))
            for number in range(max(1, processes - len(work)))
        ]
        desk.start("once").communicate()  # cron made the store; that two may make it at once is another test
        desk.end = time.monotonic() + seconds
        for thread in work:
            thread.start()
        for thread in work:
            thread.join()
        for log in Path(folder).rglob("overflight.log*"):
            desk.tally.hear("the log", log.read_text(encoding="utf-8", errors="replace"))
        last = desk.start("verify", "--json")
        found, _ = last.communicate(timeout=300)
        if last.returncode:
            desk.tally.trouble.append(f"verify: {found[-2000:]!r}")
        stored = desk.start("query", "--json", "drone")
        stored.communicate(timeout=60)
        if stored.returncode:
            desk.tally.trouble.append("nothing was stored")
    return desk.tally


def main() -> int:
    """Run it and print what was counted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--processes", type=int, default=20)
    chosen = parser.parse_args()
    tally = run(chosen.minutes * 60, chosen.processes)
    print(f"{chosen.processes} processes for {chosen.minutes:g} min: {sum(tally.commands.values())} runs")
    for name, count in tally.commands.most_common():
        print(f"  {count:5} {name}")
    print(f"{len(tally.trouble)} of them in trouble")
    for trouble in tally.trouble[:20]:
        print(f"  {trouble}")
    return 1 if tally.trouble else 0


if __name__ == "__main__":
    sys.exit(main())
