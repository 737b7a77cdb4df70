"""Twenty processes on one database: dashboards in terminals, collectors, commands, cron jobs; lock errors must be none.

    python -m bench.many_at_once [--minutes 10] [--feeds 40]

Six dashboards (one of which comes and goes), four collectors, and ten slots in which commands and cron jobs run one after the other, reading and writing.
The process that fetches is killed now and then, so that another takes over. Prints who fetched and for how long, how long nobody
did, lock errors, other failures, and what `overflight verify` says at the end. Exits with 1 when a lock error, a failure or a
damaged database is found, or nobody took over.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

from bench.crowd import LOCKED, Crowd, Slot, Told
from tests.servers.loopback import LoopbackServer, Reply
from tui.store.sqlite import sqlite3

_PLACES = ("Lublin", "Vilnius", "Narva", "Tulcea", "Daugavpils", "Chelm", "Rzeszow", "Klaipeda")
_MICRO = 1_000_000
_LONGEST_TAKEOVER = 40.0
"""Seconds that are given, after all, for another process to fetch: longer than a lease."""

SLOTS: tuple[Slot, ...] = (
    *(Slot(f"dashboard {number}", ((),), keys=b"jjwkajuj?\x1b\x12", stays=1e9) for number in range(5)),
    Slot("dashboard that comes and goes", ((),), keys=b"jwj", stays=20),
    *(Slot(f"collector {number}", (("collect",),), stays=1e9) for number in range(3)),
    Slot("collector that comes and goes", (("collect",),), stays=30),
    Slot(
        "query", (("query", "--json"), ("query", "--stories", "drone"), ("query", "country:PL", "since:1d"))
    ),
    Slot("stats", (("stats", "--json"), ("handover", "--since", "1h"), ("alerts", "log"))),
    Slot(
        "export",
        (("export", "--format", "geojson"), ("export", "--format", "archive", "-o", "archive.jsonl")),
    ),
    Slot("tail", (("tail", "--all"),), stays=15),
    Slot("feeds", (("feeds", "list", "--json"), ("doctor",), ("verify",)), pause=2),
    Slot("notes", (("note", "{incident}", "seen"), ("tag", "{incident}", "mine"), ("star", "{incident}"))),
    Slot(
        "corrections",
        (
            ("corrections", "add", "outcome", "{incident}", "confirmed"),
            ("corrections", "add", "outcome", "{incident}", "attributed"),
            ("corrections", "check"),
        ),
    ),
    Slot("cron once", (("once", "--json"),), pause=3),
    Slot("cron once --all", (("once", "--all"),), pause=10),
    Slot("cron backup", (("backup",), ("reread", "--dry-run", "--json")), pause=5),
)
"""Twenty."""


@dataclass
class Fetching:
    """Who fetched when, as the lease says."""

    holders: list[tuple[float, int, str]] = field(default_factory=list)
    """Since when, process, what it is."""
    longest_gap: float = 0.0
    """Seconds in which nobody held a lease that was not over."""
    killed: int = 0
    after_kill: list[float] = field(default_factory=list)
    """Seconds from each kill until another process fetched."""

    @property
    def takeovers(self) -> int:
        """How often the process that fetches became another."""
        return max(0, len(self.holders) - 1)


def _titles(feed: int, poll: int) -> list[str]:
    """What a feed holds at its nth poll: one story more each time."""
    return [
        f"Two drones entered Polish airspace near {_PLACES[(feed + story) % len(_PLACES)]}, army says ({feed}.{story})"
        for story in range(poll + 1)
    ]


def _rss(titles: list[str], begun: datetime) -> bytes:
    items = "".join(
        f"<item><title>{title}</title><guid>{title}</guid>"
        f"<pubDate>{format_datetime(begun + timedelta(minutes=number))}</pubDate></item>"
        for number, title in enumerate(titles)
    )
    return f'<rss version="2.0"><channel><title>Feed</title>{items}</channel></rss>'.encode()


def prepare(home: Path, server: LoopbackServer, feeds: int) -> str:
    """Feeds that bring something new at every poll, a list that names them, a first round; the key of an incident."""
    begun = datetime.now(UTC) - timedelta(hours=2)
    tables = ['[settings]\ninterval = "5m"\n']
    for feed in range(feeds):
        bodies = [_rss(_titles(feed, poll), begun) for poll in range(30)]
        server.put_all(f"/{feed}", [Reply(body, etag=f'"{number}"') for number, body in enumerate(bodies)])
        tables.append(
            f'[[feed]]\nurl = "{server.url(f"/{feed}")}"\nname = "Feed {feed}"\nlang = "en"\ncountry = "PL"\n'
            f'publisher = "Publisher {feed}"\nkind = "national"\nallow_private = true\nevery = "5m"\n'
        )
    (home / "feeds.toml").write_text("\n".join(tables), encoding="utf-8")
    called(home, "once", "--all")
    found = json.loads(called(home, "query", "country:PL", "since:1d", "--json"))
    return str(found["incidents"][0]["id"])


def called(home: Path, *arguments: str) -> str:
    """What a command prints."""
    done = subprocess.run(
        [sys.executable, "-m", "tui", *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=home,
        env={
            **os.environ,
            "OVERFLIGHT_HOME": str(home),
            "PYTHONPATH": str(Path(__file__).resolve().parents[1]),
        },
    )
    return done.stdout


def watch(home: Path, seconds: float, kill_every: float) -> Fetching:
    """Look at the lease five times a second; kill who holds it now and then, once at least, and see who takes over."""
    seen, begun = Fetching(), time.monotonic()
    token, held, killed_at = "", begun, None
    next_kill = begun + kill_every
    with closing(
        sqlite3.connect(f"file:{home / 'overflight.db'}?mode=ro", uri=True, timeout=10)
    ) as connection:
        while (passed := (now := time.monotonic()) - begun) < seconds + _LONGEST_TAKEOVER:
            if passed > seconds and seen.killed and killed_at is None:
                break
            row = connection.execute("SELECT token, pid, until FROM lease WHERE name = 'fetch'").fetchone()
            if row is not None and row[2] > time.time() * _MICRO and _runs(row[1]):
                if row[0] != token:
                    token = row[0]
                    seen.holders.append((now - begun, row[1], _what(row[1])))
                    if killed_at is not None:
                        seen.after_kill.append(now - killed_at)
                        killed_at = None
                held = now
                if now > next_kill and (passed < seconds or not seen.killed):
                    next_kill = now + kill_every
                    with suppress(ProcessLookupError):
                        os.kill(row[1], signal.SIGKILL)
                        seen.killed += 1
                        killed_at = now
            if seen.holders:
                seen.longest_gap = max(seen.longest_gap, now - held)
            time.sleep(0.2)
    return seen


def _runs(pid: int) -> bool:
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0] != "Z"
    return False


def _what(pid: int) -> str:
    with suppress(OSError):
        words = Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0")
        return (
            "of a dashboard"
            if "--child" in words
            else next((word for word in ("collect", "once") if word in words), "?")
        )
    return "?"


def slots_for(incident: str) -> tuple[Slot, ...]:
    """The twenty, on an incident that is there."""
    return tuple(
        Slot(
            slot.name,
            tuple(tuple(word.format(incident=incident) for word in command) for command in slot.commands),
            slot.pause,
            slot.keys,
            slot.stays,
            slot.allowed,
        )
        for slot in SLOTS
    )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was found."""

    told: Told
    fetching: Fetching
    log_lines: tuple[str, ...]
    """Lines of the log that tell of a lock."""
    sound: bool
    """What `overflight verify` says."""
    asked: int
    """Requests that the server got."""
    stories: int

    @property
    def lock_errors(self) -> int:
        """In the output of processes, and in the log."""
        return len(self.told.lock_errors) + len(self.log_lines)

    @property
    def good(self) -> bool:
        """Whether everything held."""
        took_over = len(self.fetching.after_kill) == self.fetching.killed > 0
        return not self.lock_errors and not self.told.failures and self.sound and took_over


def run(home: Path, seconds: float, feeds: int, kill_every: float) -> Outcome:
    """Have the crowd work for so long, then look at what it left."""
    with LoopbackServer() as server:
        incident = prepare(home, server, feeds)
        with Crowd(home, slots_for(incident)).gathered() as told:
            fetching = watch(home, seconds, kill_every)
        asked = len(server.received)
    logs = [
        line for path in home.glob("*.log*") for line in path.read_bytes().splitlines() if LOCKED.search(line)
    ]
    document = json.loads(called(home, "verify", "--json"))
    stories = json.loads(called(home, "query", "--stories", "--json", "--limit", "1"))["total"]
    lines = tuple(line.decode("utf-8", "replace") for line in logs)
    return Outcome(told, fetching, lines, document["fine"], asked, stories)


def report(outcome: Outcome, seconds: float) -> str:
    """For a person."""
    told, fetching = outcome.told, outcome.fetching
    kinds = Counter(what for _, _, what in fetching.holders)
    waits = ", ".join(f"{wait:.1f}" for wait in fetching.after_kill) or "none"
    lines = [
        f"{len(SLOTS)} slots for {seconds:.0f} s, {told.most_running} processes of ours at once at most (with collectors of dashboards and parse children more)",
        f"{sum(told.runs.values())} processes ended: "
        + ", ".join(f"{name} {number}" for name, number in sorted(told.runs.items())),
        f"lock errors: {outcome.lock_errors} (must be 0)",
        f"other failures: {len(told.failures)} (must be 0)",
        f"who fetched: {', '.join(f'{number} x {what}' for what, number in kinds.items())}; {fetching.takeovers} takeovers",
        f"killed while fetching: {fetching.killed}; another fetched after (s): {waits}",
        f"longest time that nobody fetched: {fetching.longest_gap:.1f} s",
        f"{outcome.asked} requests, {outcome.stories} stories; the database is {'sound' if outcome.sound else 'DAMAGED'}",
    ]
    return "\n".join([*lines, *told.lock_errors[:10], *outcome.log_lines[:10], *told.failures[:10]])


def main() -> int:
    """Run it; the exit status."""
    said = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    said.add_argument("--minutes", type=float, default=10)
    said.add_argument("--feeds", type=int, default=40)
    said.add_argument("--kill-every", type=float, default=60, help="seconds")
    options = said.parse_args()
    with tempfile.TemporaryDirectory(prefix="overflight-bench-") as folder:
        outcome = run(Path(folder), options.minutes * 60, options.feeds, options.kill_every)
    print(report(outcome, options.minutes * 60))
    return 0 if outcome.good else 1


if __name__ == "__main__":
    sys.exit(main())
