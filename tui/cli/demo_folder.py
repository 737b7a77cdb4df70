"""The temporary folder of a recorded world: gone when its demo ends, and swept by the next one when that was killed."""

import contextlib
import fcntl
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

_PREFIX = "overflight-demo-"
_LOCK = "lock"
_LEFT_FOR = timedelta(days=1)
"""After so long without a change a folder without a lock, of an earlier version, is nobody's."""


@contextlib.contextmanager
def demo_folder(now: datetime) -> Iterator[Path]:
    """A folder for one demo, locked while its process lives; those of dead ones are taken away first."""
    _sweep(Path(tempfile.gettempdir()), now)
    folder, lock = _claimed()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)


def _claimed() -> tuple[Path, int]:
    """A new folder and its lock; another demo that swept it before it was locked costs another try."""
    while True:
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
        lock = os.open(folder / _LOCK, os.O_CREAT | os.O_RDWR, 0o600)
        fcntl.flock(lock, fcntl.LOCK_EX)
        if folder.is_dir() and (folder / _LOCK).exists():
            return folder, lock
        os.close(lock)


def _sweep(place: Path, now: datetime) -> None:
    for folder in place.glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError):
            found = folder.lstat()
            if stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid():
                _sweep_one(folder, now)


def _sweep_one(folder: Path, now: datetime) -> None:
    """Take it away when the process that locked it is gone."""
    try:
        lock = os.open(folder / _LOCK, os.O_RDWR | os.O_NOFOLLOW)
    except FileNotFoundError:
        if now.timestamp() - _last_change(folder) > _LEFT_FOR.total_seconds():
            shutil.rmtree(folder, ignore_errors=True)
        return
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)  # BlockingIOError: it lives
        shutil.rmtree(folder, ignore_errors=True)
    finally:
        os.close(lock)


def _last_change(folder: Path) -> float:
    return max(one.lstat().st_mtime for one in (folder, *folder.iterdir()))
