"""Writing a file that others read: whole or not at all, and never through a link."""

import os
import stat
from pathlib import Path


class OutFileError(Exception):
    """The file cannot be written; says what, where and what next in one line."""


def write_whole(path: Path, content: bytes) -> None:
    """Put the content under its name at once; an ordinary file of that name is replaced.

    Raises:
        OutFileError: the name is a link, a folder or a device, or the disk does not take it; nothing was changed.
    """
    import secrets

    _refuse_what_is_no_file(path)
    unfinished = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        file = os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _mode(path))
        try:
            with os.fdopen(file, "wb") as out:
                out.write(content)
                out.flush()
                os.fsync(out.fileno())
            unfinished.replace(path)
        finally:
            unfinished.unlink(missing_ok=True)
    except OSError as error:
        raise OutFileError(
            f"The file cannot be written ({error.strerror}): {path}. "
            "What stood there is as it was; name a file in a folder you may write, or free some space."
        ) from error


def _refuse_what_is_no_file(path: Path) -> None:
    try:
        found = path.lstat()
    except OSError:
        return
    if stat.S_ISLNK(found.st_mode):
        raise OutFileError(f"{path} is a link and was not followed. Name the file itself: {path.resolve()}.")
    if not stat.S_ISREG(found.st_mode):
        raise OutFileError(f"{path} is no ordinary file. Name another, or write to standard output with `-`.")


def _mode(path: Path) -> int:
    """That of the file which is replaced, else for its owner alone."""
    try:
        return stat.S_IMODE(path.stat().st_mode)
    except OSError:
        return 0o600
