"""Killed in a backup or in a repair: what has a name is whole, and the store is the old one or the new one."""

import random
import subprocess
import time
from pathlib import Path

import pytest

from tests.store.samples import NOON
from tests.store.saving_child import STORIES
from tests.store.test_faults import child
from tests.store.test_upkeep import ROUNDS, filled, looks_sound, noise, require_sound, stories
from tui.store.repair import Repaired, repair


def killed_after(process: subprocess.Popen[str], seconds: float) -> None:
    time.sleep(seconds)
    process.kill()
    process.wait()


@pytest.mark.parametrize("seed", range(3))
def test_a_backup_that_is_killed_leaves_whole_copies_alone_and_the_store_as_it_was(
    path: Path, seed: int
) -> None:
    before = filled(path)
    with child("backing", path) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "0\n"
        killed_after(process, random.Random(seed).uniform(0, 0.3))
    copies = sorted(path.parent.glob("copy-*.db"))
    assert copies
    for copy in copies:
        require_sound(copy)
        assert stories(copy) == ROUNDS * STORIES
    assert path.read_bytes() == before
    require_sound(path)


@pytest.mark.parametrize("seed", range(6))
def test_a_repair_that_is_killed_leaves_the_damaged_store_or_the_new_one_and_is_taken_up_again(
    path: Path, seed: int
) -> None:
    filled(path)
    broken = noise(seed)(path.read_bytes())
    path.write_bytes(broken)
    with child("repairing", path) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "begun\n"
        killed_after(process, random.Random(seed).uniform(0, 1.2))
    if path.read_bytes() == broken:
        assert not looks_sound(path)
        assert isinstance(repair(path, NOON), Repaired)
    require_sound(path)
    assert any(aside.read_bytes() == broken for aside in path.parent.glob(f"{path.name}.damaged-*"))
    assert stories(path) >= ROUNDS * STORIES // 2
