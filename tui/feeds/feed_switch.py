"""Switch one feed of a feeds.toml off or on, leaving every other byte of the file as its user wrote it."""

import contextlib
import os
import re
import tempfile
import tomllib
from pathlib import Path
from typing import Any

_TABLE = re.compile(r"\s*\[\[\s*feed\s*\]\]\s*(#.*)?$")
_HEAD = re.compile(r"\s*\[")
_ENABLED = re.compile(r"\s*enabled\s*=")


class CannotSwitchError(Exception):
    """The file was left as it was; says which, why and what next."""


def switch_feed(path: Path, url: str, *, on: bool) -> None:
    """Write `enabled` into the feed's table; raises CannotSwitchError, with the file as it was."""
    path = path.resolve()
    try:
        text = path.read_bytes().decode("utf-8")
        before = tomllib.loads(text)
    except (OSError, ValueError) as problem:
        raise CannotSwitchError(f"{path} cannot be read: {problem}") from problem
    at = next((at for at, table in enumerate(before.get("feed", [])) if table.get("url") == url), None)
    if at is None:
        raise CannotSwitchError(
            f"{path} names no feed of this address; it may be written in another way there"
        )
    changed = _with_enabled(text, at, on=on)
    if changed is None or not _only_that_differs(before, changed, at, on=on):
        raise CannotSwitchError(f"{path} is written in a way that cannot be changed safely; edit it by hand")
    try:
        _replace(path, changed)
    except OSError as problem:
        raise CannotSwitchError(f"{path} cannot be written: {problem.strerror or problem}") from problem


def _with_enabled(text: str, at: int, *, on: bool) -> str | None:
    """The text with `enabled` in the table of that number; None when the table is not found."""
    lines = text.splitlines(keepends=True)
    heads = [number for number, line in enumerate(lines) if _TABLE.match(line.rstrip())]
    if at >= len(heads):
        return None
    start = heads[at]
    end = next((n for n in range(start + 1, len(lines)) if _HEAD.match(lines[n])), len(lines))
    ending = "\r\n" if lines[start].endswith("\r\n") else "\n"
    line = f"enabled = {str(on).lower()}{ending}"
    old = next((n for n in range(start + 1, end) if _ENABLED.match(lines[n])), None)
    if old is not None:
        lines[old] = line
    else:
        last = max(n for n in range(start, end) if lines[n].strip() and not lines[n].lstrip().startswith("#"))
        if not lines[last].endswith("\n"):
            lines[last] += "\n"
        lines.insert(last + 1, line)
    return "".join(lines)


def _only_that_differs(before: dict[str, Any], changed: str, at: int, *, on: bool) -> bool:
    try:
        after = tomllib.loads(changed)
    except tomllib.TOMLDecodeError:
        return False
    wanted = {**before, "feed": [*before["feed"]]}
    wanted["feed"][at] = {**wanted["feed"][at], "enabled": on}
    return after == wanted


def _replace(path: Path, text: str) -> None:
    """Whole or not at all: a reader never sees half a list."""
    mode = path.stat().st_mode & 0o777
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode("utf-8"))
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(mode)
        Path(name).replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise
