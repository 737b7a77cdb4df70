"""Switch one feed of a feeds.toml off or on, or take it out, leaving every other byte of the file as its user wrote it."""

import contextlib
import os
import re
import tempfile
import tomllib
from collections.abc import Collection, Sequence
from io import StringIO
from pathlib import Path
from typing import Any

from tui.feeds.feed_file import FeedListError
from tui.feeds.feed_list import load_feed_list

_TABLE = re.compile(r"\s*\[\[\s*feed\s*\]\]\s*(#.*)?$")
_HEAD = re.compile(r"\s*\[")
_ENABLED = re.compile(r"\s*enabled\s*=")


class CannotSwitchError(Exception):
    """The file was left as it was; says which, why and what next."""


class NotListedError(CannotSwitchError):
    """The list names no such feed, and will not another time."""


def switch_feed(path: Path, url: str, *, on: bool) -> None:
    """Write `enabled` into the feed's table; raises CannotSwitchError, with the file as it was."""
    path = path.resolve()
    text, before = _read(path)
    at = _place_of(path, before, url)
    wanted = [*before["feed"]]
    wanted[at] = {**wanted[at], "enabled": on}
    _rewrite(path, _with_enabled(text, at, on=on), {**before, "feed": wanted})


def keep_feeds(path: Path, urls: Collection[str]) -> int:
    """Write `enabled = false` into every feed that is on and not among these; how many. Raises CannotSwitchError, with the file as it was."""
    path = path.resolve()
    text, before = _read(path)
    listed = load_feed_list(path).feeds
    tables = [dict(table) for table in before["feed"]]
    if len(listed) != len(tables):
        raise CannotSwitchError(f"{path} has more or fewer feeds than tables; switch them one by one")
    off = [at for at, feed in enumerate(listed) if feed.enabled and feed.url not in urls]
    changed: str | None = text
    for at in reversed(off):
        tables[at]["enabled"] = False
        changed = None if changed is None else _with_enabled(changed, at, on=False)
    _rewrite(path, changed, {**before, "feed": tables})
    return len(off)


def remove_feed(path: Path, url: str) -> None:
    """Take the feed's table out, with the comments inside it; raises CannotSwitchError, with the file as it was."""
    path = path.resolve()
    text, before = _read(path)
    at = _place_of(path, before, url)
    if len(before["feed"]) == 1:
        raise CannotSwitchError(
            f"it is the only feed of {path}, and a list without any cannot be used: add another first"
        )
    _rewrite(
        path, _without_table(text, at), {**before, "feed": [*before["feed"][:at], *before["feed"][at + 1 :]]}
    )


def _read(path: Path) -> tuple[str, dict[str, Any]]:
    try:
        text = path.read_bytes().decode("utf-8")
        return text, tomllib.loads(text)
    except (OSError, ValueError) as problem:
        raise CannotSwitchError(f"{path} cannot be read: {problem}; mend it by hand") from problem


def _place_of(path: Path, document: dict[str, Any], url: str) -> int:
    """Number of the feed's table; the address of a search is made from other keys, and a login is no part of one."""
    at = next((at for at, table in enumerate(document.get("feed", [])) if table.get("url") == url), None)
    if at is None:
        try:
            listed = load_feed_list(path).feeds
        except FeedListError as problem:
            raise CannotSwitchError(
                f"{path} names no feed of this address as far as it can be used ({problem}); mend it by hand"
            ) from problem
        at = next((at for at, feed in enumerate(listed) if feed.url == url), None)
    if at is None:
        raise NotListedError(
            f"{path} names no feed of this address; it may be written in another way there: edit it by hand"
        )
    return at


def _rewrite(path: Path, changed: str | None, wanted: dict[str, Any]) -> None:
    """Write the text when it says what is wanted and nothing else."""
    if changed is None or not _says(changed, wanted):
        raise CannotSwitchError(f"{path} is written in a way that cannot be changed safely; edit it by hand")
    try:
        _replace(path, changed)
    except OSError as problem:
        raise CannotSwitchError(
            f"{path} cannot be written: {problem.strerror or problem}; give yourself the right to, or free some space"
        ) from problem


def _split(text: str) -> list[str]:
    """The lines with their endings, as TOML counts them: a comment may hold what Unicode calls a line separator."""
    return list(StringIO(text, newline="\n"))


def _lines_of(lines: Sequence[str], at: int) -> tuple[int, int, int] | None:
    """Of the feed's table of that number its head, its last line that says something, and where the next begins.

    Comments and blank lines above the next table belong to that one.
    """
    heads = [number for number, line in enumerate(lines) if _TABLE.match(line.rstrip())]
    if at >= len(heads):
        return None
    start = heads[at]
    end = next((n for n in range(start + 1, len(lines)) if _HEAD.match(lines[n])), len(lines))
    last = max(n for n in range(start, end) if lines[n].strip() and not lines[n].lstrip().startswith("#"))
    return start, last, end


def _without_table(text: str, at: int) -> str | None:
    """The text without the table of that number; None when it is not found."""
    lines = _split(text)
    table = _lines_of(lines, at)
    if table is None:
        return None
    start, last, end = table
    following = next((n for n in range(last + 1, end) if not lines[n].strip()), end)
    return "".join([*lines[:start], *lines[following:]]).lstrip("\n")


def _with_enabled(text: str, at: int, *, on: bool) -> str | None:
    """The text with `enabled` in the table of that number; None when the table is not found."""
    lines = _split(text)
    table = _lines_of(lines, at)
    if table is None:
        return None
    start, last, end = table
    ending = "\r\n" if lines[start].endswith("\r\n") else "\n"
    line = f"enabled = {str(on).lower()}{ending}"
    old = next((n for n in range(start + 1, end) if _ENABLED.match(lines[n])), None)
    if old is not None:
        lines[old] = line
    else:
        if not lines[last].endswith("\n"):
            lines[last] += "\n"
        lines.insert(last + 1, line)
    return "".join(lines)


def _says(text: str, wanted: dict[str, Any]) -> bool:
    try:
        return tomllib.loads(text) == wanted
    except tomllib.TOMLDecodeError:
        return False


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
