"""A process that saves to a disk on which something goes wrong; started by `test_disk.py`.

Usage: python -m tests.faults.disk_child full|inodes|readonly|failing|slow PATH [flag file]
"""

import asyncio
import ctypes
import os
import sys
import time
from pathlib import Path

from tests.store.samples import keeper_on
from tests.store.saving_child import numbered_round, say
from tui.pipeline.ports import Grouping
from tui.pipeline.store_thread import StoreThread
from tui.store.backup import back_up_to
from tui.store.database import open_writer
from tui.store.errors import StoreError

_PRIVATE, _NO_EXEC = 1 << 18, 8
_REMOUNT, _READ_ONLY, _RECURSIVE = 32, 1, 16384


def mount(folder: Path, options: str, flags: int = _NO_EXEC) -> None:
    """A small disk in memory that this process alone sees; exit status 77 where that is not allowed."""
    libc = ctypes.CDLL(None, use_errno=True)
    if not flags & _REMOUNT:
        apart = (
            libc.unshare(0x00020000) == 0
            and libc.mount(b"none", b"/", None, _PRIVATE | _RECURSIVE, None) == 0
        )
        if not apart:
            sys.exit(77)
    if libc.mount(b"none", str(folder).encode(), b"tmpfs", flags, options.encode()) != 0:
        sys.exit(77)


def full(path: Path) -> None:
    """A disk of 3 MB that fills, then has room again."""
    mount(path.parent, "size=3m,mode=700")
    ballast = path.parent / "ballast"
    ballast.write_bytes(b"x" * 1_500_000)
    keeper = keeper_on(path)
    number = 0
    try:
        while True:
            keeper.save_round(numbered_round(number))
            number += 1
    except StoreError as error:
        say(error)
    say(number)
    ballast.unlink()
    keeper.save_round(numbered_round(number))
    count = keeper.writer.connection.execute("SELECT count(*) FROM entry").fetchone()[0]
    say(count)


def inodes(path: Path) -> None:
    """A disk that takes no more files: what is open goes on, what needs a file says so."""
    mount(path.parent, "size=20m,nr_inodes=12,mode=700")
    keeper = keeper_on(path)
    number = 0
    try:
        while True:
            (path.parent / f"file-{number}").touch()
            number += 1
    except OSError:
        pass
    keeper.save_round(numbered_round(0))
    say("saved")
    try:
        back_up_to(path, path.with_name("copy.db"))
    except StoreError as error:
        say(error)


def readonly(path: Path) -> None:
    """A disk that becomes read-only under a store that is open, and under one that is opened."""
    mount(path.parent, "size=20m,mode=700")
    keeper_on(path).save_round(numbered_round(0))
    keeper = keeper_on(path)
    keeper.close()
    mount(path.parent, "size=20m,mode=700", _REMOUNT | _READ_ONLY)
    try:
        open_writer(path)
    except StoreError as error:
        say(error)


def failing(path: Path, flag: Path) -> None:
    """A disk that gives EIO when what is written is to be kept, for a while."""
    keeper = keeper_on(path)
    keeper.save_round(numbered_round(0))
    flag.touch()
    try:
        keeper.save_round(numbered_round(1))
    except StoreError as error:
        say(error)
    flag.unlink()
    keeper.save_round(numbered_round(1))
    say(keeper.writer.connection.execute("SELECT count(*) FROM entry").fetchone()[0])


def _no_grouping(*_: object) -> Grouping:
    raise NotImplementedError


def slow(path: Path, flag: Path) -> None:
    """Every save waits a second for the disk; how many ticks of ten milliseconds the loop had meanwhile."""

    async def go() -> None:
        thread = await StoreThread(lambda: keeper_on(path), _no_grouping).__aenter__()
        await thread.ask(lambda keeper: keeper.save_rounds([numbered_round(0)]))
        ticks = 0

        async def tick() -> None:
            nonlocal ticks
            while True:
                await asyncio.sleep(0.01)
                ticks += 1

        ticking = asyncio.create_task(tick())
        flag.touch()  # noqa: ASYNC240 -- takes no time, and the loop is what is measured
        began = time.monotonic()
        await thread.ask(lambda keeper: keeper.save_rounds([numbered_round(1)]))
        took = time.monotonic() - began
        ticking.cancel()
        flag.unlink()  # noqa: ASYNC240 -- as above
        say(took)
        say(ticks)
        await thread.__aexit__(None, None, None)

    asyncio.run(go())


if __name__ == "__main__":
    kind, place, *flags = sys.argv[1:]
    os.umask(0o077)
    jobs = {"full": full, "inodes": inodes, "readonly": readonly, "failing": failing, "slow": slow}
    jobs[kind](Path(place), *map(Path, flags))  # type: ignore[operator]  # each takes what it is given
