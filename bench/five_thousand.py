"""5,000 feeds at a ten-minute rhythm with the dashboard open: is every poll on time, does the screen stay quick, how much memory.

    python -m bench.five_thousand [--feeds 5000] [--seconds 120]

A short stretch of the real thing at its real rate: every feed is taken in once, the next polls are dealt out over ten minutes
as they are after a day of running, and for `seconds` the dashboard runs in a pty with its collector and parse child. Late is a
poll that comes more than a tenth of the interval after it was due. The delay of the collector's loop and of the interface is
seen from outside: a key every 200 ms, until the first byte drawn. Exits with 1 when a target is missed.
"""

import argparse
import random
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from bench.feed_farm import Farm
from bench.keys_under_load import delay_of, feeds_toml
from bench.measured_process import memory_of
from bench.record import record
from bench.start_and_idle import Dashboard

_INTERVAL = 600.0
_TOLERANCE = 0.1
_TAKING_IN_SECONDS = 300.0
_MOST_MB = 400.0
_MOST_DELAY_MS = 100.0
_MICRO = 1_000_000


def _take_in(home: Path, listed: Path, wanted: int) -> float:
    """Seconds until every feed has been asked once, with the dashboard open."""
    begun = time.monotonic()
    dashboard = Dashboard(home, 120, 40, ["--feeds", str(listed)])
    while time.monotonic() - begun < _TAKING_IN_SECONDS and _asked(home) < wanted:
        dashboard.read(1.0)
    dashboard.stop()
    return time.monotonic() - begun


def _asked(home: Path) -> int:
    if not (home / "overflight.db").exists():
        return 0
    with closing(sqlite3.connect(f"file:{home / 'overflight.db'}?mode=ro", uri=True)) as connection:
        try:
            (asked,) = connection.execute(
                "SELECT count(*) FROM feed_state WHERE last_ok IS NOT NULL"
            ).fetchone()
        except sqlite3.OperationalError:
            return 0  # the tables are not made yet
    return int(asked)


def _deal_out(home: Path, begin: float) -> dict[str, float]:
    """Next polls spread over one interval from `begin` on; when each feed is due."""
    chance = random.Random(1)
    with closing(sqlite3.connect(home / "overflight.db")) as connection, connection:
        urls = [url for (url,) in connection.execute("SELECT url FROM feed WHERE removed_at IS NULL")]
        due = {url: begin + chance.random() * _INTERVAL for url in urls}
        connection.executemany(
            "UPDATE feed_state SET next_due = ? WHERE feed_id = (SELECT id FROM feed WHERE url = ?)",
            [(int(at * _MICRO), url) for url, at in due.items()],
        )
    return due


def _last_asked(home: Path) -> dict[str, float]:
    with closing(sqlite3.connect(f"file:{home / 'overflight.db'}?mode=ro", uri=True)) as connection:
        rows = connection.execute("SELECT url, last_attempt FROM feed JOIN feed_state ON feed_id = feed.id")
        return {url: at / _MICRO for url, at in rows if at is not None}


def _press_keys(dashboard: Dashboard, seconds: float) -> tuple[list[float], float]:
    """Milliseconds from key to first byte, and the most memory of all processes together."""
    delays: list[float] = []
    most, begun, keys = 0.0, time.monotonic(), 0
    while time.monotonic() - begun < seconds:
        delay = delay_of(dashboard, b"j" if keys % 20 < 10 else b"k")
        delays.append(2000.0 if delay is None else delay * 1000)
        dashboard.read(0.2)
        keys += 1
        if keys % 10 == 0:
            most = max(most, memory_of(dashboard.pid))
    return sorted(delays), most


def main() -> int:
    """Run it; the exit status."""
    said = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    said.add_argument("--feeds", type=int, default=5000)
    said.add_argument("--items", type=int, default=10)
    said.add_argument("--seconds", type=float, default=120)
    options = said.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="overflight-bench-") as folder,
        Farm(options.feeds, options.items, servers=800, latency=0.175) as farm,
    ):
        home = Path(folder)
        listed = home / "farm.toml"
        listed.write_text(
            '[settings]\ninterval = "10m"\n'
            + feeds_toml(farm).replace("allow_private", 'every = "10m"\nallow_private')
        )
        taken = _take_in(home, listed, options.feeds)
        print(f"{options.feeds} feeds taken in, with the dashboard open, in {taken:.0f} s")
        begin = time.time() + 8
        due = _deal_out(home, begin)
        dashboard = Dashboard(home, 120, 40, ["--feeds", str(listed)])
        dashboard.read(begin - time.time())
        delays, most = _press_keys(dashboard, options.seconds)
        end = time.time()
        asked = _last_asked(home)
        dashboard.stop()
    allowed = _INTERVAL * _TOLERANCE
    waited = [
        min(asked[url], end) - at if asked.get(url, 0) >= at else end - at
        for url, at in due.items()
        if at < end
    ]
    on_time = [late for late in waited if late <= allowed]
    waited.sort()
    p99 = delays[int(0.99 * (len(delays) - 1))]
    print(
        f"{len(waited)} polls due in {options.seconds:.0f} s: {len(on_time)} within {allowed:.0f} s, "
        f"late p50 {waited[len(waited) // 2]:.1f} s, p99 {waited[int(0.99 * (len(waited) - 1))]:.1f} s, most {waited[-1]:.1f} s\n"
        f"{len(delays)} keys: p50 {delays[len(delays) // 2]:.1f} ms, p99 {p99:.1f} ms (at most {_MOST_DELAY_MS:.0f})\n"
        f"memory of interface, collector and parse child {most:.0f} MB (at most {_MOST_MB:.0f})"
    )
    record("5000 on time", len(on_time) / len(waited))
    record("5000 memory", most)
    record("5000 keys p99", p99)
    return int(len(on_time) < len(waited) or p99 > _MOST_DELAY_MS or most > _MOST_MB)


if __name__ == "__main__":
    sys.exit(main())
