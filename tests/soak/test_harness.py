"""The harness itself: its table, its clock, and that it sees what is lost, doubled and left behind."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bench.soak.findings import Findings, all_held, as_json, from_json, table
from bench.soak.jump_clock import JumpClock
from bench.soak.processes import held_by
from bench.soak.stored import compare, missing_keys
from bench.soak.timed_loop import delays_in
from tests.pipeline.fakes import NOON
from tests.store.samples import keeper_on
from tui.domain.entry import Entry, entry_key, text_hash
from tui.domain.feed import FeedState
from tui.domain.reading import Reading, Verdict
from tui.pipeline.keeping import RoundResult
from tui.pipeline.ports import ReadEntry

URL = "https://feed.example/rss"


def test_a_time_is_held_to_in_the_full_form_and_only_told_in_the_short_one() -> None:
    full, short = (Findings("S", timed=timed, found=[]) for timed in (True, False))
    for findings in (full, short):
        findings.time("below 100 ms", "200 ms", held=False)
        findings.tell("kills", 8)
    assert not all_held(full.found)
    assert all_held(short.found)
    assert "NOT HELD" in table(full.found)
    assert from_json(as_json(full.found)) == full.found


def test_the_clock_runs_and_jumps_for_everybody_who_reads_its_file(tmp_path: Path) -> None:
    start = datetime(2026, 3, 2, tzinfo=UTC)
    mine = JumpClock.made(tmp_path / "clock", start)
    theirs = JumpClock(tmp_path / "clock")
    before = theirs.monotonic()
    mine.jump(timedelta(hours=1))
    assert timedelta(0) <= theirs.now() - start - timedelta(hours=1) < timedelta(minutes=1)
    assert theirs.monotonic() - before >= 3600
    mine.jump_to(start.timestamp())
    assert theirs.now() > start + timedelta(hours=1)


def _store(path: Path, *items: int, link_of: int | None = None) -> None:
    keeper = keeper_on(path)
    reads = []
    for item in items:
        identity, title = f"0-{item}", f"Headline {item}"
        url = f"https://news.example/0-{item if link_of is None else link_of}"
        entry = Entry(
            key=entry_key(URL, identity),
            feed_url=URL,
            identity=identity,
            url=url,
            title=title,
            summary="",
            hash=text_hash(title, "", url),
            published=NOON,
            publisher="P",
        )
        verdict = Verdict(relevant=False, war_routine=False, score=0.0, threshold=1.0, lang="en", why=())
        reads.append(ReadEntry(entry, Reading(verdict)))
    keeper.save_round(RoundResult(FeedState(URL), NOON, new=tuple(reads)))
    keeper.close()


def test_an_entry_that_is_missing_and_one_that_is_there_twice_are_seen(tmp_path: Path) -> None:
    path = tmp_path / "overflight.db"
    _store(path, 0, 1, 2)
    truth = [{"number": 0, "served": 3, "acknowledged": 2}]
    assert (compare(path, [URL], truth).lost, compare(path, [URL], truth).doubled) == (0, 0)
    assert compare(path, [URL], [{"number": 0, "served": 4}]).lost == 1
    assert missing_keys(path, [entry_key(URL, "0-1"), entry_key(URL, "0-9")]) == 1
    _store(path, 7, link_of=2)
    assert compare(path, [URL], truth).doubled == 1


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks at processes through /proc")
def test_a_process_and_what_it_started_are_seen_and_ended() -> None:
    program = (
        "import os, subprocess, sys; from bench.soak.processes import adopt_orphans, children_of, end_family; "
        "adopt_orphans(); sleep = [sys.executable, '-c', 'import time; time.sleep(60)']; "
        "subprocess.Popen(sleep); subprocess.Popen(['sh', '-c', 'sleep 60 & exit']).wait(); "
        "print(len(children_of(os.getpid()))); end_family(); print(len(children_of(os.getpid())))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.split() == ["2", "0"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks at processes through /proc")
def test_what_a_process_holds_is_read_from_the_system() -> None:
    program = "print('here', flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        held = held_by(process.pid)
        process.kill()
    assert held.resident_mb > 1
    assert held.threads == 1
    assert held.sockets == 0


def test_a_loop_that_is_held_up_counts_as_late(tmp_path: Path) -> None:
    program = (
        "import asyncio, sys, time; from pathlib import Path; from bench.soak.timed_loop import time_loops; "
        "time_loops(Path(sys.argv[1]))\n"
        "async def busy():\n    await asyncio.sleep(0.05)\n    time.sleep(0.3)\n    await asyncio.sleep(0.05)\n"
        "asyncio.run(busy())"
    )
    subprocess.run([sys.executable, "-c", program, str(tmp_path / "delays")], timeout=60, check=True)
    assert delays_in(tmp_path / "delays").most >= 250


def test_an_unknown_run_is_refused_with_those_there_are() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bench.soak", "s99"], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 2
    assert "s1" in done.stderr
