"""Killed, crowded, full, moved: nothing acknowledged is lost, nothing is stored twice."""

import random
import sqlite3 as other_sqlite
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from threading import Event as Signal
from threading import Thread

import pytest

from tests.store.samples import NOON, a_round, a_story_round, an_entry, keeper_on, kept
from tests.store.saving_child import STORIES, numbered_round
from tui.domain.board import BoardQuery
from tui.pipeline.keeping import Holder, StoreUnableError
from tui.pipeline.rhythm import Rhythm
from tui.store.database import BUSY_SECONDS, PATIENT_SECONDS, check_pages, open_reader, open_writer
from tui.store.errors import StoreBusy, StoreGone
from tui.store.load import StoreBoard
from tui.store.migrations import SCHEMA_VERSION
from tui.store.save import StoreKeeper

ROOT = Path(__file__).resolve().parents[2]
DAY = BoardQuery()
MINUTE = timedelta(minutes=1)


def child(*words: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.store.saving_child", *map(str, words)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


def lines_of(process: subprocess.Popen[str]) -> list[str]:
    assert process.stdout is not None
    return process.stdout.read().splitlines()


def require_whole(keeper: StoreKeeper) -> None:
    """Pages, foreign keys and the search index all agree."""
    connection = keeper.writer.connection
    check_pages(connection, keeper.writer.path)
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.execute("INSERT INTO story_fts (story_fts, rank) VALUES ('integrity-check', 1)")


def counts(keeper: StoreKeeper) -> tuple[int, ...]:
    return tuple(
        keeper.writer.connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        for table in ("entry", "story", "report", "incident")
    )


@pytest.mark.parametrize("seed", range(4))
def test_a_killed_process_loses_nothing_it_acknowledged_and_doubles_nothing(path: Path, seed: int) -> None:
    with child("loop", path) as process:
        assert process.stdout is not None
        acknowledged = -1
        for _ in range(random.Random(seed).randrange(1, 40)):
            acknowledged = int(process.stdout.readline())
        process.kill()
        acknowledged = max([acknowledged, *(int(line) for line in lines_of(process))])

    keeper = keeper_on(path)
    require_whole(keeper)
    entries, *others = counts(keeper)
    assert entries >= (acknowledged + 1) * STORIES
    assert entries % STORIES == 0
    assert others == [entries, entries, entries // STORIES * 2]
    for number in range(acknowledged + 3):
        keeper.save_round(numbered_round(number))
    assert counts(keeper)[0] == max(entries, (acknowledged + 3) * STORIES)
    require_whole(keeper)
    keeper.close()


def test_a_process_killed_in_the_middle_of_a_save_leaves_none_of_it(path: Path) -> None:
    with child("stuck", path) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "inside\n"
        process.kill()

    keeper = keeper_on(path)
    assert counts(keeper) == (5, 5, 5, 2)
    keeper.save_round(numbered_round(1))
    assert counts(keeper) == (10, 10, 10, 4)
    require_whole(keeper)
    keeper.close()


def test_a_process_killed_in_the_middle_of_a_migration_leaves_the_old_schema_and_a_whole_copy(
    path: Path,
) -> None:
    keeper = keeper_on(path)
    keeper.save_round(numbered_round(0))
    keeper.close()
    with child("migrating", path) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "inside\n"
        process.kill()

    for file in (path, path.with_name(f"{path.name}.schema-{SCHEMA_VERSION}.1")):
        left = keeper_on(file)
        assert counts(left) == (5, 5, 5, 2)
        require_whole(left)
        assert "note" not in [row[1] for row in left.writer.connection.execute("PRAGMA table_info(incident)")]
        left.close()


def test_a_full_disk_is_told_and_the_next_save_works_when_there_is_room(path: Path) -> None:
    with child("full", path) as process:
        told, number, after = lines_of(process)
    assert process.returncode == 0

    assert "no room left" in told
    assert after == "stored"
    keeper = keeper_on(path)
    assert counts(keeper)[0] == (int(number) + 1) * STORIES
    require_whole(keeper)
    keeper.close()


def test_a_full_disk_leaves_the_store_readable(path: Path) -> None:
    with child("full", path) as process:
        assert process.stdout is not None
        assert "no room left" in process.stdout.readline()
        process.kill()
    board = StoreBoard(open_reader(path))
    assert board.board(DAY, NOON).stories % STORIES == 0
    board.close()


def test_several_processes_may_write_at_once(keeper: StoreKeeper, path: Path) -> None:
    writers = [child("share", path, first, 15) for first in (0, 100, 200)]
    for writer in writers:
        with writer:
            assert lines_of(writer) == []
        assert writer.returncode == 0

    assert counts(keeper)[:3] == (3 * 15 * STORIES,) * 3
    require_whole(keeper)


def test_a_reader_sees_whole_rounds_only(keeper: StoreKeeper, board: StoreBoard) -> None:
    done = Signal()

    def write() -> None:
        for number in range(60):
            keeper.save_round(numbered_round(number))
        done.set()

    thread = Thread(target=write)
    thread.start()
    seen = []
    while not done.is_set():
        shown = board.board(DAY, NOON)
        assert shown.stories == shown.entries == sum(row.stories for row in shown.incidents)
        assert shown.stories == shown.generation * STORIES
        seen.append(shown.generation)
    thread.join()
    assert seen == sorted(seen)
    assert board.stamp().generation == 60


def test_a_writer_that_waits_too_long_says_so(keeper: StoreKeeper, path: Path) -> None:
    other = open_writer(path)
    keeper.writer.connection.execute("PRAGMA busy_timeout = 20")
    with other.transaction(durable=False), pytest.raises(StoreBusy, match="busy"):
        keeper.save_round(a_story_round(1, "a"))
    assert keeper.save_round(a_story_round(1, "a")) == 1
    other.close()


def test_who_fetches_waits_longer_for_another_process_than_a_person_would(path: Path) -> None:
    waits = []
    for patience in (BUSY_SECONDS, PATIENT_SECONDS):
        writer = open_writer(path, patience=patience)
        waits.append(writer.connection.execute("PRAGMA busy_timeout").fetchone()[0])
        writer.close()
    assert waits == [5000, 15000]
    assert timedelta(seconds=PATIENT_SECONDS) < Rhythm().lease


def test_a_busy_store_is_no_fault_of_the_poll() -> None:
    assert issubclass(StoreBusy, StoreUnableError)


def test_a_reader_reads_on_while_another_process_writes(keeper: StoreKeeper, board: StoreBoard) -> None:
    with keeper.writer.transaction(durable=False) as connection:
        connection.execute("DELETE FROM feed_state")
        assert board.board(DAY, NOON).generation == 0


def test_a_failure_half_way_leaves_no_open_transaction(keeper: StoreKeeper) -> None:
    def interrupt() -> None:
        with keeper.writer.transaction(durable=False) as connection:
            connection.execute("UPDATE meta SET value = 99")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupt()
    assert keeper.save_round(a_story_round(1, "a")) == 1


@pytest.mark.parametrize("fate", ["deleted", "moved", "replaced"])
def test_a_file_that_goes_away_under_us_is_noticed(
    keeper: StoreKeeper, board: StoreBoard, path: Path, fate: str
) -> None:
    assert keeper.writer.still_there()
    assert board.still_there()
    if fate == "deleted":
        path.unlink()
    else:
        path.rename(path.with_name("elsewhere.db"))
    if fate == "replaced":
        other_sqlite.connect(path).close()
        path.touch()

    assert not keeper.writer.still_there()
    assert not board.still_there()
    with pytest.raises(StoreGone, match="moved, deleted or replaced"):
        keeper.save_round(a_story_round(1, "a"))
    with pytest.raises(StoreGone):
        board.stamp()


def test_the_log_stays_small_however_much_is_written(keeper: StoreKeeper, path: Path) -> None:
    keeper.acquire_lease(Holder(1, "desk", "mine"), NOON, MINUTE)
    log = path.with_name(f"{path.name}-wal")
    for number in range(300):
        keeper.save_round(numbered_round(number))
    assert log.stat().st_size < 16 * 1024 * 1024
    keeper.checkpoint()
    assert log.stat().st_size == 0


def test_a_board_that_stays_open_and_is_read_on_does_not_make_the_log_grow(
    keeper: StoreKeeper, board: StoreBoard, path: Path
) -> None:
    keeper.acquire_lease(Holder(1, "desk", "mine"), NOON, MINUTE)
    for number in range(300):
        keeper.save_round(numbered_round(number))
        if number % 10 == 0:
            board.board(DAY, NOON)
    assert path.with_name(f"{path.name}-wal").stat().st_size < 16 * 1024 * 1024
    keeper.checkpoint()
    assert path.with_name(f"{path.name}-wal").stat().st_size == 0, "no read was left open"


def test_one_holder_has_the_lease_until_it_runs_out(keeper: StoreKeeper) -> None:
    first, second = Holder(1, "desk", "first"), Holder(1, "desk", "second")
    taken = keeper.acquire_lease(first, NOON, MINUTE)
    assert (taken.mine, taken.until) == (True, NOON + MINUTE)
    refused = keeper.acquire_lease(second, NOON + MINUTE / 2, MINUTE)
    assert (refused.mine, refused.holder, refused.until) == (False, first, NOON + MINUTE)
    assert keeper.acquire_lease(first, NOON + MINUTE / 2, MINUTE).until == NOON + MINUTE * 1.5
    assert keeper.acquire_lease(second, NOON + MINUTE * 1.5, MINUTE).mine
    assert not keeper.acquire_lease(first, NOON + MINUTE * 2, MINUTE).mine


def test_a_released_lease_is_free_and_only_its_holder_can_release_it(keeper: StoreKeeper) -> None:
    first, second = Holder(1, "desk", "first"), Holder(2, "desk", "second")
    keeper.acquire_lease(first, NOON, MINUTE)
    keeper.release_lease(second)
    assert not keeper.acquire_lease(second, NOON, MINUTE).mine
    keeper.release_lease(first)
    assert keeper.acquire_lease(second, NOON, MINUTE).mine


def test_a_lease_of_a_clock_that_stepped_back_is_taken_over(keeper: StoreKeeper) -> None:
    keeper.acquire_lease(Holder(1, "desk", "dead"), NOON + timedelta(days=2), MINUTE)
    assert keeper.acquire_lease(Holder(2, "desk", "alive"), NOON, MINUTE).mine


def test_two_processes_that_take_the_lease_at_once_do_not_both_get_it(
    keeper: StoreKeeper, path: Path
) -> None:
    others = [keeper_on(path) for _ in range(6)]
    results: list[bool] = []

    def take(number: int) -> None:
        holder = Holder(number, "desk", str(number))
        results.append(others[number].acquire_lease(holder, NOON, MINUTE).mine)

    threads = [Thread(target=take, args=(number,)) for number in range(len(others))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == [False] * 5 + [True]
    for other in others:
        other.close()


def test_a_kept_round_waits_for_the_disk_and_a_dropped_one_does_not(keeper: StoreKeeper) -> None:
    keeper.save_round(a_round(kept(an_entry(1))))
    assert keeper.writer.connection.execute("PRAGMA synchronous").fetchone() == (2,)
    keeper.save_round(a_round(seen=["x"]))
    assert keeper.writer.connection.execute("PRAGMA synchronous").fetchone() == (1,)
