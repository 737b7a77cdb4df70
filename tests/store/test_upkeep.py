"""Copied, looked through, put right: nothing that can be read is lost, and what was found is never deleted."""

import random
import stat
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.store.samples import FEED, NOON, keeper_on
from tests.store.saving_child import STORIES, numbered_round
from tui.domain.board import BoardQuery
from tui.store.acknowledged import note_path, read_note
from tui.store.backup import back_up_to, backup_name
from tui.store.database import check_pages, open_reader, open_writer
from tui.store.errors import StoreDamaged, StoreError
from tui.store.load import StoreBoard
from tui.store.opening import open_whole
from tui.store.place import file_system_of, warning_of_place
from tui.store.repair import Repaired, repair
from tui.store.save import StoreKeeper
from tui.store.sqlite import sqlite3
from tui.store.verify import verify

ROUNDS = 60
PAGE = 4096


def filled(path: Path, rounds: int = ROUNDS) -> bytes:
    """A store with stories, closed; its bytes."""
    keeper = keeper_on(path)
    for number in range(rounds):
        keeper.save_round(numbered_round(number))
    keeper.checkpoint()
    keeper.close()
    return path.read_bytes()


def stories(path: Path) -> int:
    board = StoreBoard(open_reader(path))
    try:
        return board.board(BoardQuery(), NOON).stories
    finally:
        board.close()


def require_sound(path: Path) -> None:
    assert [(check.name, check.problems) for check in verify(path) if not check.fine] == []


def test_a_backup_is_a_whole_store_of_one_moment_for_its_owner_alone(
    keeper: StoreKeeper, path: Path, tmp_path: Path
) -> None:
    for number in range(5):
        keeper.save_round(numbered_round(number))
    target = backup_name(path, NOON)
    size = back_up_to(path, target)

    keeper.save_round(numbered_round(6))
    assert size == target.stat().st_size
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert (stories(target), stories(path)) == (5 * STORIES, 6 * STORIES)
    require_sound(target)
    assert [file.name for file in target.parent.iterdir()] == [target.name]


def test_a_backup_never_replaces_a_file_nor_follows_a_link(
    keeper: StoreKeeper, path: Path, tmp_path: Path
) -> None:
    taken, link = tmp_path / "taken", tmp_path / "link"
    taken.write_text("a letter")
    link.symlink_to(tmp_path / "nowhere")
    for target in (taken, link):
        with pytest.raises(StoreError, match="of that name already"):
            back_up_to(path, target)
    assert taken.read_text() == "a letter"
    assert sorted(file.name for file in tmp_path.iterdir()) == ["home", "link", "taken"]


def test_a_backup_into_a_folder_that_is_none_is_told(keeper: StoreKeeper, path: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="cannot be made") as caught:
        back_up_to(path, tmp_path / "file" / "copy.db")
    assert caught.value.next_step.endswith(".")


def test_a_sound_store_is_found_sound_and_left_alone(path: Path) -> None:
    whole = filled(path)
    require_sound(path)
    assert repair(path, NOON) is None
    assert path.read_bytes() == whole


def zero_magic(whole: bytes) -> bytes:
    return bytes(16) + whole[16:]


def cut_in_half(whole: bytes) -> bytes:
    return whole[: len(whole) // 2]


def root_of_stories(whole: bytes) -> int:
    """Place in the file, in pages."""
    with tempfile.NamedTemporaryFile() as file:
        Path(file.name).write_bytes(whole)
        connection = sqlite3.connect(f"file:{file.name}?immutable=1", uri=True)
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'story'").fetchone()
        connection.close()
    return int(page) - 1


def noise(seed: int) -> Callable[[bytes], bytes]:
    def spoil(whole: bytes) -> bytes:
        rng, spoilt = random.Random(seed), bytearray(whole)
        # Without the page that names all others of its stories a file has none.
        root = root_of_stories(whole)
        for page in rng.sample([page for page in range(1, len(whole) // PAGE) if page != root], 4):
            spoilt[page * PAGE : (page + 1) * PAGE] = rng.randbytes(PAGE)
        return bytes(spoilt)

    return spoil


@pytest.mark.parametrize(
    ("spoil", "least"),
    [(zero_magic, 1.0), (cut_in_half, 0.2), *((noise(seed), 0.5) for seed in range(6))],
    ids=["first word", "cut", *(f"noise {seed}" for seed in range(6))],
)
def test_a_damaged_store_is_kept_aside_and_read_as_far_as_it_can_be(
    path: Path, spoil: Callable[[bytes], bytes], least: float
) -> None:
    broken = spoil(filled(path))
    path.write_bytes(broken)
    assert not looks_sound(path)

    done = repair(path, NOON)

    assert isinstance(done, Repaired)
    assert done.aside.read_bytes() == broken
    require_sound(path)
    saved = done.rows("story")
    assert least * ROUNDS * STORIES <= saved <= ROUNDS * STORIES
    if saved < ROUNDS * STORIES:
        assert done.partial
    keeper = keeper_on(path)
    state = keeper.feed_states().get(FEED)
    assert state is None or state.body_hash is None
    for number in range(ROUNDS):  # the feeds bring again what was lost, and nothing twice
        keeper.save_round(numbered_round(number))
    keeper.close()
    assert stories(path) == ROUNDS * STORIES
    require_sound(path)
    leftovers = [
        file.name for file in path.parent.iterdir() if "-reading" in file.name or ".salv" in file.name
    ]
    assert leftovers == []


def looks_sound(path: Path) -> bool:
    try:
        return all(check.fine for check in verify(path))
    except StoreDamaged:
        return False


def test_a_search_index_that_disagrees_is_made_anew_in_place(path: Path) -> None:
    filled(path, 3)
    writer = open_writer(path)
    writer.connection.execute("INSERT INTO story_fts (story_fts) VALUES ('delete-all')")
    writer.close()
    (ailing,) = [check for check in verify(path) if not check.fine]
    assert ailing.index == "story_fts"

    done = repair(path, NOON)

    assert done is not None
    assert done.indexes == ("story_fts",)
    require_sound(path)
    assert stories(path) == stories(done.aside) == 3 * STORIES


def test_a_row_whose_parent_is_gone_is_found_and_the_rest_kept(path: Path) -> None:
    filled(path, 3)
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("DELETE FROM incident WHERE id = (SELECT min(incident_id) FROM report)")
    connection.close()
    assert [check.name for check in verify(path) if not check.fine][:1] == ["every reference between rows"]

    done = repair(path, NOON)

    assert done is not None
    assert "report" in done.partial
    require_sound(path)


def test_a_file_that_never_was_a_database_is_left_alone(path: Path) -> None:
    path.parent.mkdir()
    path.write_text("Dear diary, " * 1000)
    with pytest.raises(StoreDamaged, match="no database"):
        repair(path, NOON)
    with pytest.raises(StoreDamaged, match="no database"):
        open_whole(path, NOON)
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_program_that_starts_on_a_damaged_store_puts_it_right_and_says_so(path: Path) -> None:
    path.write_bytes(noise(1)(filled(path)))
    writer, (said, *_) = open_whole(path, NOON)
    check_pages(writer.connection, path)
    writer.close()
    assert "was damaged" in said
    assert str(path.parent) in said
    writer, nothing = open_whole(path, NOON)
    writer.close()
    assert nothing == ()


def test_what_was_acknowledged_and_is_gone_is_told_and_fetched_again(path: Path) -> None:
    keeper = keeper_on(path)
    for number in range(3):
        keeper.save_round(numbered_round(number))
    keeper.checkpoint()
    before = path.read_bytes()
    for number in range(3, 8):
        keeper.save_round(numbered_round(number))
    noted = read_note(path)
    keeper.close()
    path.write_bytes(before)  # as after a log that was deleted, or spoilt at its first byte

    writer, (said,) = open_whole(path, NOON)
    assert writer.missing == 5
    assert said.startswith("5 stored changes are missing")
    (left,) = writer.connection.execute(
        "SELECT count(*) FROM feed_state WHERE body_hash IS NOT NULL"
    ).fetchone()
    assert left == 0
    writer.close()
    assert read_note(path) == noted
    assert open_whole(path, NOON)[1] == ()


def test_a_log_with_one_wrong_byte_is_noticed(path: Path, tmp_path: Path) -> None:
    keeper = keeper_on(path)
    keeper.save_round(numbered_round(0))
    keeper.checkpoint()
    for number in range(1, 6):
        keeper.save_round(numbered_round(number))
    copy = tmp_path / "copy" / path.name
    copy.parent.mkdir(mode=0o700)
    for ending in ("", "-wal", "-stored"):
        part = path.with_name(f"{path.name}{ending}")
        copy.with_name(part.name).write_bytes(part.read_bytes())
    keeper.close()
    log = copy.with_name(f"{copy.name}-wal")
    spoilt = bytearray(log.read_bytes())
    spoilt[200] ^= 1
    log.write_bytes(spoilt)

    problems = [problem for check in verify(copy) for problem in check.problems]
    assert problems == ["5 changes were stored and are gone; start Overflight, and every feed is read anew"]
    writer = open_writer(copy)
    assert writer.missing == 5
    writer.close()


def test_a_new_store_in_the_place_of_a_deleted_one_misses_nothing(path: Path) -> None:
    filled(path, 3)
    path.unlink()
    assert note_path(path).exists()
    writer = open_writer(path)
    assert writer.missing == 0
    writer.close()


def test_a_note_that_cannot_be_read_or_written_stops_nothing(path: Path) -> None:
    filled(path, 1)
    note_path(path).unlink()
    note_path(path).symlink_to(path.with_name("elsewhere"))
    filled(path, 2)
    assert not path.with_name("elsewhere").exists()
    assert stories(path) == 2 * STORIES


MOUNTS = """/dev/sda1 / ext4 rw 0 0
server:/home /home nfs4 rw 0 0
/dev/sdb1 /home/ann/local\\040disk xfs rw 0 0
//nas/all /mnt/nas cifs rw 0 0
"""


@pytest.mark.parametrize(
    ("place", "kind", "warned"),
    [
        ("/var/lib/overflight.db", "ext4", False),
        ("/home/ann/overflight.db", "nfs4", True),
        ("/home/ann/local disk/overflight.db", "xfs", False),
        ("/homes/ann/overflight.db", "ext4", False),
        ("/mnt/nas/overflight.db", "cifs", True),
    ],
)
def test_a_store_on_another_machines_disk_is_warned_of(place: str, kind: str, *, warned: bool) -> None:
    assert file_system_of(Path(place), MOUNTS) == kind
    assert bool(warning_of_place(Path(place), MOUNTS)) is warned
