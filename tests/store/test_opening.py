"""Opening a file: made, checked, brought up to date, or refused in one clear sentence."""

import os
import stat
import subprocess
import sys
from pathlib import Path
from threading import Timer

import pytest
from sqlite_utils import Database, Migrations

from tests.store.samples import NOON, a_story_round, keeper_on
from tests.store.test_faults import ROOT
from tui.domain.board import BoardQuery
from tui.domain.feed import FeedStatus, Wishes
from tui.store.database import open_reader, open_writer
from tui.store.errors import StoreDamaged, StoreError, StoreGone, StoreNewer
from tui.store.load import StoreBoard
from tui.store.migrations import APPLICATION_ID, SCHEMA_VERSION, migrate, steps, version_of
from tui.store.sqlite import sqlite3


def one_step_more() -> Migrations:
    """Ours and one that a later version might bring."""
    migrations = steps()

    @migrations()
    def a_later_step(database: Database) -> None:
        database.conn.execute("ALTER TABLE incident ADD COLUMN note TEXT")

    return migrations


def require_clear(error: StoreError, path: Path) -> None:
    """What, where, what next: one line, no traceback of SQLite's."""
    assert str(path) in str(error)
    assert "\n" not in str(error)
    assert error.next_step.endswith(".")


def test_a_new_file_has_the_present_schema_and_belongs_to_its_owner_alone(path: Path) -> None:
    writer = open_writer(path)
    assert version_of(writer.connection) == SCHEMA_VERSION == len(steps()._migrations)
    assert writer.connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert writer.connection.execute("PRAGMA foreign_keys").fetchone() == (1,)
    assert writer.copy_before_migration is None
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    for file in path.parent.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file
    writer.close()


def test_opening_again_changes_nothing(path: Path) -> None:
    keeper = keeper_on(path)
    keeper.save_round(a_story_round(1, "a"))
    keeper.close()
    again = keeper_on(path)
    assert again.writer.connection.execute("SELECT count(*) FROM story").fetchone() == (1,)
    assert again.writer.connection.execute("SELECT count(*) FROM _sqlite_migrations").fetchone() == (
        SCHEMA_VERSION,
    )
    again.close()
    assert sorted(file.name for file in path.parent.iterdir()) == [path.name, f"{path.name}-stored"]


def test_an_older_file_is_copied_before_it_is_migrated(path: Path) -> None:
    keeper = keeper_on(path)
    keeper.save_round(a_story_round(1, "a"))
    connection = keeper.writer.connection

    copies = []
    for _ in range(2):
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        copies.append(migrate(connection, path, one_step_more(), known=SCHEMA_VERSION + 1))
        assert version_of(connection) == SCHEMA_VERSION + 1
    assert connection.execute("SELECT key, note FROM incident").fetchone() == ("a", None)
    keeper.close()

    assert copies[0] != copies[1]
    assert copies[0] is not None
    assert stat.S_IMODE(copies[0].stat().st_mode) == 0o600
    board = StoreBoard(open_reader(copies[0]))
    assert board.board(BoardQuery(), NOON).stories == 1
    board.close()


def test_a_file_of_the_first_schema_is_brought_up_to_date_and_keeps_what_it_holds(path: Path) -> None:
    path.parent.mkdir(mode=0o700)
    first = sqlite3.connect(path, isolation_level=None)
    steps().apply(Database(first), stop_before="feed_habits")
    first.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    first.execute("PRAGMA user_version = 1")
    first.execute("INSERT INTO feed (url, name, settings) VALUES ('https://feed.example/rss', 'a', '{}')")
    first.execute("INSERT INTO feed_state (feed_id, status, etag) VALUES (1, 'ok', 'W/\"1\"')")
    first.close()

    keeper = keeper_on(path)
    state = keeper.feed_states()["https://feed.example/rss"]
    keeper.close()
    assert (state.status, state.validators.etag, state.wishes) == (FeedStatus.OK, 'W/"1"', Wishes())


def test_a_migration_that_fails_leaves_the_old_schema(path: Path) -> None:
    writer = open_writer(path)
    migrations = one_step_more()

    @migrations()
    def a_broken_step(database: Database) -> None:
        database.conn.execute("CREATE TABLE half (x)")
        raise RuntimeError("power cut")

    with pytest.raises(RuntimeError, match="power cut"):
        migrate(writer.connection, path, migrations, known=SCHEMA_VERSION + 2)
    assert version_of(writer.connection) == SCHEMA_VERSION
    columns = [row[1] for row in writer.connection.execute("PRAGMA table_info(incident)")]
    assert "note" not in columns
    assert not writer.connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'half'").fetchone()
    assert not writer.connection.in_transaction
    writer.close()


def test_a_newer_file_is_refused_and_left_as_it_is(path: Path) -> None:
    writer = open_writer(path)
    writer.connection.execute("PRAGMA user_version = 99")
    writer.close()
    before = path.read_bytes()
    for opened in (open_writer, open_reader):
        with pytest.raises(StoreNewer, match="schema 99") as caught:
            opened(path)
        require_clear(caught.value, path)
    assert path.read_bytes() == before


def test_a_reader_does_not_migrate(path: Path) -> None:
    writer = open_writer(path)
    writer.connection.execute("PRAGMA user_version = 0")
    writer.close()
    with pytest.raises(StoreError, match="older version") as caught:
        open_reader(path)
    require_clear(caught.value, path)


def test_another_programs_database_is_left_alone(path: Path) -> None:
    path.parent.mkdir()
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE theirs (x)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="another program") as caught:
        open_writer(path)
    require_clear(caught.value, path)
    assert path.read_bytes() == before


def test_a_reader_of_a_file_that_is_not_there_makes_none(path: Path) -> None:
    with pytest.raises(StoreError, match="no database yet") as caught:
        open_reader(path)
    require_clear(caught.value, path)
    assert not path.exists()


@pytest.mark.parametrize("opened", [open_writer, open_reader])
@pytest.mark.parametrize("kind", ["folder", "pipe"])
def test_a_path_that_is_no_file_is_refused(path: Path, opened: type, kind: str) -> None:
    path.parent.mkdir()
    if kind == "folder":
        path.mkdir()
    else:
        os.mkfifo(path)
    with pytest.raises(StoreError, match="path of the database is") as caught:
        opened(path)
    require_clear(caught.value, path)


def test_a_file_where_the_folder_should_be_is_refused(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file")
    path = tmp_path / "home" / "overflight.db"
    for opened in (open_writer, open_reader):
        with pytest.raises(StoreError) as caught:
            opened(path)
        require_clear(caught.value, path)


def test_a_link_to_nowhere_is_refused(path: Path) -> None:
    path.parent.mkdir()
    path.symlink_to("gone/overflight.db")
    with pytest.raises(StoreError) as caught:
        open_writer(path)
    require_clear(caught.value, path)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make another user's file")
def test_a_link_to_another_users_file_is_refused(path: Path) -> None:
    path.parent.mkdir()
    target = path.with_name("theirs.db")
    target.touch()
    os.chown(target, 12345, 12345)
    path.symlink_to(target)
    with pytest.raises(StoreError, match="another user") as caught:
        open_writer(path)
    require_clear(caught.value, path)


def test_a_folder_that_anyone_may_write_is_refused(path: Path) -> None:
    path.parent.mkdir()
    path.parent.chmod(0o777)
    with pytest.raises(StoreError, match="Anyone may replace") as caught:
        open_writer(path)
    require_clear(caught.value, path.parent)


@pytest.mark.parametrize("kind", ["text", "header", "page", "truncated"])
def test_a_damaged_file_is_told_and_left_as_it_is(path: Path, kind: str) -> None:
    keeper = keeper_on(path)
    for number in range(50):
        keeper.save_round(a_story_round(number, f"a{number}"))
    keeper.close()
    whole = path.read_bytes()
    page = 4096
    broken = {
        "text": b"Dear diary, " * 1000,
        "header": b"\x00" * 16 + whole[16:],
        "page": whole[: 8 * page] + b"\xff" * (12 * page) + whole[20 * page :],
        "truncated": whole[: len(whole) // 2],
    }[kind]
    path.write_bytes(broken)

    with pytest.raises(StoreDamaged) as caught:
        open_writer(path)
    require_clear(caught.value, path)
    assert path.read_bytes() == broken


def test_an_empty_file_becomes_a_store(path: Path) -> None:
    path.parent.mkdir()
    path.touch()
    writer = open_writer(path)
    assert version_of(writer.connection) == SCHEMA_VERSION
    writer.close()


@pytest.mark.parametrize("locked", ["file", "folder"])
def test_a_place_we_may_not_write_is_told(path: Path, locked: str) -> None:
    """Root may write anywhere, so the opening is done by another user."""
    keeper_on(path).close()
    program = f"import tui.store.database as d\ntry:\n    d.open_writer(__import__('pathlib').Path({str(path)!r}))\n"
    program += "except d.StoreError as error:\n    print(error)\n"
    as_nobody = "import os\nif os.geteuid() == 0:\n    os.setgid(65534); os.setuid(65534)\n"
    if os.geteuid() == 0:
        for place in (path, path.parent):
            os.chown(place, 65534, 65534)
    for folder in (path.parent.parent, path.parent.parent.parent, path.parent.parent.parent.parent):
        folder.chmod(folder.stat().st_mode | 0o711)
    (path if locked == "file" else path.parent).chmod(0o400 if locked == "file" else 0o500)
    done = subprocess.run(
        # Everything is imported while we still may read it.
        [sys.executable, "-c", f"import tui.store.database, tui.store.migrations\n{as_nobody}{program}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    path.parent.chmod(0o700)

    assert done.stderr == ""
    assert str(path) in done.stdout
    assert "cannot be" in done.stdout
    assert done.stdout.count("\n") == 1


def test_a_reader_cannot_write(path: Path) -> None:
    keeper_on(path).close()
    reader = open_reader(path)
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        reader.connection.execute("DELETE FROM meta")
    reader.close()


def test_a_reader_opens_while_a_writer_has_not_folded_its_log_back(path: Path) -> None:
    keeper = keeper_on(path)
    keeper.save_round(a_story_round(1, "a"))
    assert path.with_name(f"{path.name}-wal").stat().st_size > 0
    board = StoreBoard(open_reader(path))
    assert board.board(BoardQuery(), NOON).total == 1
    board.close()
    keeper.close()


def test_two_processes_may_make_the_file_at_once(path: Path) -> None:
    path.parent.mkdir(mode=0o700)
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.store.saving_child", "share", str(path), str(first), "2"],
            cwd=ROOT,
        )
        for first in (0, 100, 200, 300)
    ]
    assert [process.wait() for process in processes] == [0] * 4
    writer = open_writer(path)
    assert writer.connection.execute("SELECT count(*) FROM feed").fetchone() == (4,)
    writer.close()


def test_opening_waits_for_a_process_that_holds_the_file_before_its_log_is_on(path: Path) -> None:
    path.parent.mkdir(mode=0o700)
    holding = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    holding.execute("PRAGMA user_version = 0")
    holding.execute("BEGIN IMMEDIATE")
    holding.execute("SELECT count(*) FROM sqlite_master").fetchone()
    done = Timer(0.3, lambda: holding.execute("ROLLBACK"))
    done.start()
    writer = open_writer(path)
    assert version_of(writer.connection) == SCHEMA_VERSION
    done.join()
    writer.close()
    holding.close()


def test_what_ran_on_a_store_that_was_taken_away_begins_no_other(path: Path) -> None:
    with pytest.raises(StoreGone):
        open_writer(path, make=False)
    assert not path.exists()
