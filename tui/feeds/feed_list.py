"""feeds.toml: every feed and the settings, checked; what is wrong is one message with file, line and fix."""

import os
import re
import shlex
import stat
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec

from tui.domain.feed import Feed, FeedKind, FeedList, QuietHours, Settings
from tui.feeds import feed_fields as fields
from tui.feeds.feed_fields import FieldError
from tui.feeds.feed_file import FeedListError, Lines, read_document

__all__ = ["FeedListError", "load_feed_list", "write_user_copy"]

_KINDS = ", ".join(FeedKind)
_UNKNOWN_KEY = re.compile(r"unknown field `([^`]*)`")
_MISSING_KEY = re.compile(r"missing required field `([^`]*)`")
_WRONG_TYPE = re.compile(r"Expected `([^`]*)`, got `([^`]*)`")
_TYPES = {
    "str": "text in quotes",
    "int": "a whole number",
    "float": "a number with a fraction",
    "bool": "true or false",
    "object": "a table",
    "array": "a list",
}
_EXAMPLES = {
    "every": 'a duration in quotes, such as "15m"',
    "interval": 'a duration in quotes, such as "15m"',
    "deadline": 'a duration in quotes, such as "30s"',
    "keep_dropped": 'a duration in quotes, such as "30d"',
    "max_size": 'a size in quotes, such as "5MB"',
    "headers": 'a table, such as { "X-Api-Key" = "${NEWS_KEY}" }',
}
_PATH = re.compile(r" - at `(?:key in )?\$\.?([^`.\[]*)[^`]*`$")


class _WrittenFeed(msgspec.Struct, forbid_unknown_fields=True):
    """A [[feed]] table as it stands in the file."""

    url: str
    name: str
    lang: str | None = None
    country: str | None = None
    publisher: str | None = None
    kind: FeedKind = FeedKind.NATIONAL
    every: str | None = None
    max_size: str | None = None
    headers: dict[str, str] = {}
    enabled: bool = True
    allow_private: bool = False


class _WrittenQuietHours(msgspec.Struct, forbid_unknown_fields=True):
    start: str
    end: str


class _WrittenSettings(msgspec.Struct, forbid_unknown_fields=True):
    """The [settings] table as it stands in the file."""

    interval: str = "15m"
    concurrency: int = 20
    deadline: str = "30s"
    max_size: str = "10MB"
    keep_dropped: str = "30d"
    quiet_hours: _WrittenQuietHours | None = None
    time_zone: str = "UTC"
    theme: str = "night-watch"


def load_feed_list(path: Path, env: Mapping[str, str] = os.environ) -> FeedList:
    """The feeds and settings of a file; raises FeedListError for the first thing wrong in it."""
    document, text = read_document(path)
    problems = _Problems(str(path), Lines(text))
    for name in document:
        if name not in {"feed", "settings"}:
            problems.add("", 0, name, "is no table of a feed list", "write [settings] or [[feed]]")
    settings = problems.settings(document.get("settings", {}))
    tables = document.get("feed", [])
    if not isinstance(tables, list):
        problems.add("feed", 0, "", "is one table", "write [[feed]] with two brackets")
        tables = []
    feeds = [feed for at, table in enumerate(tables) if (feed := problems.feed(at, table, env))]
    problems.find_doubles(tables, feeds)
    if not tables and not problems.found:
        problems.add(
            "", 0, "", "names no feed", "add a [[feed]] table, or start from `overflight feeds edit`"
        )
    problems.raise_first()
    return FeedList(tuple(feeds), settings, str(path), _warnings(path, tables))


class _Problems:
    """Collects what is wrong, so that the first can be told together with how many there are."""

    def __init__(self, path: str, lines: Lines) -> None:
        self._path = path
        self._lines = lines
        self.found: list[FeedListError] = []

    def add(self, table: str, index: int, key: str, problem: str, fix: str) -> None:
        line = self._lines.of_key(table, index, key)
        if not table and key:
            line = self._lines.of_table(key) or line
        self.found.append(FeedListError(self._path, line, key, problem, fix))

    def raise_first(self) -> None:
        if self.found:
            first = min(self.found, key=lambda problem: problem.line or 0)
            raise FeedListError(
                first.path, first.line, first.key, first.problem, first.fix, more=len(self.found) - 1
            )

    def settings(self, table: object) -> Settings:
        try:
            written = msgspec.convert(table, _WrittenSettings)
            return _settings(written)
        except msgspec.ValidationError as problem:
            self.add("settings", 0, *_in_words(str(problem)))
        except FieldError as problem:
            self.add("settings", 0, problem.key, problem.problem, problem.fix)
        return Settings()

    def feed(self, index: int, table: object, env: Mapping[str, str]) -> Feed | None:
        try:
            return _feed(msgspec.convert(table, _WrittenFeed), env)
        except msgspec.ValidationError as problem:
            self.add("feed", index, *_in_words(str(problem)))
        except FieldError as problem:
            self.add("feed", index, problem.key, problem.problem, problem.fix)
        return None

    def find_doubles(self, tables: list[Any], feeds: list[Feed]) -> None:
        if len(tables) != len(feeds):
            return
        seen: dict[str, int] = {}
        for index, feed in enumerate(feeds):
            first = seen.setdefault(feed.url, index)
            if first != index:
                where = self._lines.of_table("feed", first)
                problem = (
                    f"this address is already the feed's of line {where}"
                    if where
                    else "this address is there twice"
                )
                self.add("feed", index, "url", problem, "take one of the two out")


def _feed(written: _WrittenFeed, env: Mapping[str, str]) -> Feed:
    url, login = fields.address("url", written.url)
    headers = [fields.header("headers", name, value, env) for name, value in written.headers.items()]
    if login:
        headers.append(("Authorization", login))
    name = fields.label("name", written.name)
    return Feed(
        url=url,
        name=name,
        lang=fields.language("lang", written.lang) if written.lang is not None else None,
        country=fields.country("country", written.country) if written.country is not None else None,
        publisher=fields.label("publisher", written.publisher) if written.publisher is not None else name,
        kind=written.kind,
        every=_interval("every", written.every) if written.every is not None else None,
        max_size=fields.size("max_size", written.max_size) if written.max_size is not None else None,
        headers=tuple(headers),
        enabled=written.enabled,
        allow_private=written.allow_private,
    )


def _settings(written: _WrittenSettings) -> Settings:
    quiet = written.quiet_hours
    return Settings(
        interval=_interval("interval", written.interval),
        concurrency=fields.number("concurrency", written.concurrency, 1, 256),
        deadline=fields.duration("deadline", written.deadline, timedelta(seconds=1), timedelta(minutes=5)),
        max_size=fields.size("max_size", written.max_size),
        keep_dropped=fields.duration(
            "keep_dropped", written.keep_dropped, timedelta(days=1), timedelta(days=3650)
        ),
        quiet_hours=QuietHours(fields.clock_time("start", quiet.start), fields.clock_time("end", quiet.end))
        if quiet
        else QuietHours(),
        time_zone=fields.time_zone("time_zone", written.time_zone),
        theme=fields.theme("theme", written.theme),
    )


def _interval(key: str, written: str) -> timedelta:
    return fields.duration(key, written, fields.SHORTEST_INTERVAL, fields.LONGEST_INTERVAL)


def _in_words(problem: str) -> tuple[str, str, str]:
    """Key, problem and fix of what the validator says."""
    unknown = _UNKNOWN_KEY.search(problem)
    if unknown:
        return unknown[1], "is no key that is known here", "mend its spelling, or take the line out"
    missing = _MISSING_KEY.search(problem)
    if missing:
        return missing[1], "is missing", f'add a line such as {missing[1]} = "…" to this table'
    at = _PATH.search(problem)
    key = at[1] if at else ""
    if key == "kind":
        return key, "is no kind of feed", f"write one of {_KINDS}"
    types = _WRONG_TYPE.search(problem)
    if types:
        wanted, got = (_TYPES.get(name.split(" ")[0], name) for name in types.groups())
        return key, f"is {got} where {wanted} is wanted", f"write {_EXAMPLES.get(key, wanted)}"
    return key, _PATH.sub("", problem).replace("`", ""), "see the comment at the head of the shipped file"


def _warnings(path: Path, tables: list[dict[str, Any]]) -> tuple[str, ...]:
    secret = any(
        "@" in urlsplit(table["url"]).netloc
        or any(fields.is_secret(name, value) for name, value in table.get("headers", {}).items())
        for table in tables
    )
    if not secret or not path.stat().st_mode & stat.S_IROTH:
        return ()
    return (
        f"{path} holds a password and everyone on this machine may read it; run: chmod 600 {shlex.quote(str(path))}",
    )


def write_user_copy(shipped: Path, target: Path) -> bool:
    """Give the user a feeds.toml to edit; False when there is one already, which is never overwritten."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    content = shipped.read_bytes()
    try:
        copy = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return False
    try:
        with os.fdopen(copy, "wb") as file:
            file.write(content)
    except OSError:  # a full disk must not leave half a list behind
        target.unlink(missing_ok=True)
        raise
    return True
