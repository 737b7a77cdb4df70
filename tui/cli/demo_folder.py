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
_OURS = b"the world of an overflight demo; the next demo removes this folder once its process is gone\n"
"""Stands in the lock of each: a folder is ours by what it says, never by its name."""
_YOUNG = timedelta(minutes=1)
"""A collector whose demo was killed while it started makes the folder anew before it notices, and ends."""


@contextlib.contextmanager
def demo_folder(now: datetime) -> Iterator[Path]:
    """A folder for one demo, locked while its process lives; those of dead ones are taken away first."""
    _sweep(Path(tempfile.gettempdir()), now)
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
    lock = _locked(folder / _LOCK)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)


def _locked(path: Path) -> int:
    """Locked before it says whose it is, so that no other demo sweeps it; where nothing can be locked it is swept by nobody."""
    lock = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
    with contextlib.suppress(OSError):
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    os.write(lock, _OURS)
    return lock


def _sweep(place: Path, now: datetime) -> None:
    for folder in place.glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError):  # it lives, it is another user's, or it is no demo's at all
            found = folder.lstat()
            if stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid():
                _sweep_one(folder, now)


def _sweep_one(folder: Path, now: datetime) -> None:
    """Take it away when it is ours and the process that locked it is gone."""
    lock = os.open(folder / _LOCK, os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        found = os.fstat(lock)
        old = now.timestamp() - found.st_mtime >= _YOUNG.total_seconds()
        if old and stat.S_ISREG(found.st_mode) and os.read(lock, len(_OURS) + 1) == _OURS:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            # Its collector may outlive it by a second, and finds nothing to write into under another name.
            shutil.rmtree(folder.rename(f"{folder}.gone"), ignore_errors=True)
    finally:
        os.close(lock)
