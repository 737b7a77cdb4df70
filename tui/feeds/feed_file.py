"""feeds.toml as a file: read, decoded, parsed as TOML, with line numbers for what is wrong in it."""

import re
import stat
import tomllib
from pathlib import Path
from typing import Any

from tui.reading.plain_text import plain_text

_LARGEST_FILE = 8 * 1024 * 1024
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_AT_LINE = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)")
_TABLE = re.compile(r"\s*\[\[?\s*([A-Za-z0-9_.\"' -]+?)\s*\]\]?\s*(?:#.*)?")


class FeedListError(Exception):
    """A feed list that cannot be used; its text is one message that names the place and the fix."""

    def __init__(
        self, path: str, line: int | None, key: str, problem: str, fix: str, *, more: int = 0
    ) -> None:
        super().__init__(path, line, key, problem, fix, more)
        self.path = path
        self.line = line
        self.key = key
        self.problem = problem
        self.fix = fix
        self.more = more
        """How many further problems the file has."""

    def __str__(self) -> str:
        place = f"{self.path}, line {self.line}" if self.line else self.path
        key = f"{self.key}: " if self.key else ""
        more = f" ({self.more} more after this one)" if self.more else ""
        return plain_text(f"{place}: {key}{self.problem}; {self.fix}{more}", 1_000)


def read_document(path: Path) -> tuple[dict[str, Any], str]:
    """The parsed TOML and its text; raises FeedListError."""
    text = _decoded(path, _bytes_of(path))
    try:
        return tomllib.loads(text), text
    except tomllib.TOMLDecodeError as problem:
        at = _AT_LINE.search(str(problem))
        line = int(at[1]) if at and at[1] else text.rstrip("\n").count("\n") + 1
        reason = _AT_LINE.sub("", str(problem))
        raise FeedListError(
            str(path),
            line,
            "",
            f"this file is not written in TOML, the language of a list of feeds: {reason}",
            "mend this line, or name a feeds.toml with --feeds",
        ) from None
    except RecursionError:
        raise FeedListError(
            str(path), None, "", "nests brackets too deeply", "write each feed as a [[feed]] table"
        ) from None
    except ValueError:  # a number of thousands of digits
        raise FeedListError(
            str(path), None, "", "holds a number too long to read", "look for it and shorten it"
        ) from None


def _bytes_of(path: Path) -> bytes:
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise FeedListError(str(path), None, "", "is a folder", "name the feeds.toml in it")
        if not stat.S_ISREG(status.st_mode):
            raise FeedListError(str(path), None, "", "is not a plain file", "name a feeds.toml")
        if status.st_size > _LARGEST_FILE:
            raise FeedListError(str(path), None, "", "is larger than 8 MB", "name a feeds.toml")
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise FeedListError(
            str(path),
            None,
            "",
            "there is no such file",
            "make one with `overflight feeds edit`, or name another",
        ) from None
    except PermissionError:
        raise FeedListError(
            str(path), None, "", "may not be read by you", "give yourself the right to, with chmod u+r"
        ) from None
    except OSError as problem:
        raise FeedListError(
            str(path), None, "", f"cannot be read: {problem.strerror}", "check the disk and the name"
        ) from None


def _decoded(path: Path, content: bytes) -> str:
    if content.startswith(_BYTE_ORDER_MARK):
        raise FeedListError(
            str(path), 1, "", "begins with a byte order mark", "save it as UTF-8 without one (no BOM)"
        )
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as problem:
        line = content.count(b"\n", 0, problem.start) + 1
        raise FeedListError(str(path), line, "", "is not UTF-8", "save the file as UTF-8") from None


class Lines:
    """Where the tables and keys of a TOML text stand, as far as can be told without parsing it again."""

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")  # no other separator begins a line of TOML
        self._tables = [
            (number, match[1].replace('"', "").replace("'", "").replace(" ", ""))
            for number, line in enumerate(self._lines, 1)
            if line.lstrip().startswith("[") and (match := _TABLE.fullmatch(line))
        ]

    def of_table(self, name: str, index: int = 0) -> int | None:
        """Line of the index-th header of that name."""
        found = [number for number, table in self._tables if table == name]
        return found[index] if index < len(found) else None

    def of_key(self, name: str, index: int, key: str) -> int | None:
        """Line of a key in the index-th table of that name; of the table when the key is not found."""
        start = self.of_table(name, index) if name else 0
        if start is None or not key:
            return start or None
        end = next((number for number, _ in self._tables if number > start), len(self._lines) + 1)
        written = re.compile(rf"\s*[\"']?{re.escape(key)}[\"']?\s*[=.]")
        inside = (number for number in range(start + 1, end) if written.match(self._lines[number - 1]))
        return next(inside, start or None)
