"""feeds.toml: every feed and the settings, checked; what is wrong is one message with file, line and fix."""

import os
import shlex
import stat
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec

from tui.domain.feed import (
    Feed,
    FeedKind,
    FeedList,
    OwnKey,
    PagePlan,
    QuietHours,
    Settings,
    TerminalNotice,
)
from tui.domain.full_text import FullTextWish
from tui.feeds import feed_fields as fields
from tui.feeds import secrets
from tui.feeds.alert_list import ALERT_TABLES, ALERTS_AS_WRITTEN, read_alerts
from tui.feeds.feed_file import FeedListError, Lines, read_document
from tui.feeds.problems import Problems
from tui.feeds.rule_list import RULE_TABLES, RULES_AS_WRITTEN, read_rules
from tui.feeds.search_address import SERVICE_NAMES, SearchService, search_address

__all__ = ["FeedListError", "load_feed_list", "write_user_copy"]

_TABLES = {"settings", "feed", "reading", "keys", *RULE_TABLES, *ALERT_TABLES}
_SEARCHED_EVERY = timedelta(hours=1)
_PARTS = ("title", "link", "date", "summary")
_HEADS = "[settings], [keys], [reading], [[feed]], " + " or ".join(
    f"[[{name}]]" for name in (*RULE_TABLES, *ALERT_TABLES)
)


class _WrittenFeed(msgspec.Struct, forbid_unknown_fields=True):
    """A [[feed]] table as it stands in the file."""

    name: str
    url: str | None = None
    lang: str | None = None
    country: str | None = None
    publisher: str | None = None
    kind: FeedKind = FeedKind.NATIONAL
    every: str | None = None
    max_size: str | None = None
    headers: dict[str, str] = {}
    params: dict[str, str] = {}
    auth: dict[str, str] = {}
    proxy: str | None = None
    ca_file: str | None = None
    selector: str | None = None
    parts: dict[str, str] = {}
    service: SearchService | None = None
    query: str | None = None
    region: str | None = None
    source: str | None = None
    enabled: bool = True
    allow_private: bool = False


class _WrittenQuietHours(msgspec.Struct, forbid_unknown_fields=True):
    start: str
    end: str


class _WrittenSettings(msgspec.Struct, forbid_unknown_fields=True):
    """The [settings] table as it stands in the file."""

    interval: str = "15m"
    concurrency: int = 64
    deadline: str = "30s"
    max_size: str = "10MB"
    keep_dropped: str = "30d"
    unresolved_after: str = "21d"
    quiet_hours: _WrittenQuietHours | None = None
    proxy: str | None = None
    ca_file: str | None = None
    contact: str | None = None
    time_zone: str = "UTC"
    theme: str = "night-watch"
    ascii: bool = False
    full_text: FullTextWish = FullTextWish.ASKED
    terminal: TerminalNotice = TerminalNotice.NONE
    mouse: bool = True


AS_WRITTEN: Mapping[str, type[msgspec.Struct]] = {
    "settings": _WrittenSettings,
    "feed": _WrittenFeed,
    **RULES_AS_WRITTEN,
    **ALERTS_AS_WRITTEN,
}
"""Each table but [keys] with what it may hold; the reference of feeds.toml is made of it."""


def load_feed_list(path: Path, env: Mapping[str, str] = os.environ) -> FeedList:
    """The feeds and settings of a file; raises FeedListError for the first thing wrong in it."""
    document, text = read_document(path)
    problems = Problems(str(path), Lines(text))
    for name in document:
        if name not in _TABLES:
            problems.add("", 0, name, "is no table of a feed list", f"write {_HEADS}")
    settings = problems.read(
        "settings",
        0,
        document.get("settings", {}),
        _WrittenSettings,
        lambda written: _settings(written, path.parent, env),
    )
    tables = document.get("feed", [])
    if not isinstance(tables, list):
        problems.add("feed", 0, "", "is one table", "write [[feed]] with two brackets")
        tables = []
    read = (
        problems.read("feed", at, table, _WrittenFeed, lambda written: _feed(written, path.parent, env))
        for at, table in enumerate(tables)
    )
    feeds = tuple(feed for feed in read if feed is not None)
    if len(feeds) == len(tables):
        _find_doubles(feeds, problems)
    if not tables and not problems.found:
        problems.add(
            "", 0, "", "names no feed", "add a [[feed]] table, or start from `overflight feeds edit`"
        )
    own_rules = read_rules(path, document, problems, feeds)
    keys = _own_keys(document.get("keys", {}), problems)
    alerts = read_alerts(document, problems, env)
    problems.raise_first()
    warnings = (*_warnings(path, (document.get("settings", {}), *tables)), *own_rules.warnings)
    authorities = {feed.ca_file for feed in feeds} | {settings.ca_file if settings else None}
    files = tuple(str(file) for file in (path, own_rules.file, *authorities) if file is not None)
    return FeedList(feeds, settings or Settings(), str(path), warnings, own_rules.rules, keys, alerts, files)


def _own_keys(written: object, problems: Problems) -> tuple[OwnKey, ...]:
    """The [keys] table: an action and its key, or a list of keys."""
    if not isinstance(written, dict):
        problems.add("keys", 0, "", "is no table", 'write [keys], then lines such as search = "ctrl+f"')
        return ()
    found = []
    for action, keys in written.items():
        listed = [keys] if isinstance(keys, str) else keys
        if not isinstance(listed, list) or not listed or not all(isinstance(k, str) and k for k in listed):
            problems.add(
                "keys", 0, action, "is no key", 'write one in quotes, or a list of them: ["ctrl+f", "f3"]'
            )
            continue
        found.append(OwnKey(str(action), tuple(listed), problems.lines.of_key("keys", 0, str(action))))
    return tuple(found)


def _find_doubles(feeds: Sequence[Feed], problems: Problems) -> None:
    seen: dict[str, int] = {}
    for index, feed in enumerate(feeds):
        first = seen.setdefault(feed.url, index)
        if first != index:
            where = problems.lines.of_table("feed", first)
            problem = (
                f"this address is already the feed's of line {where}"
                if where
                else "this address is there twice"
            )
            problems.add("feed", index, "url", problem, "take one of the two out")


def _feed(written: _WrittenFeed, folder: Path, env: Mapping[str, str]) -> Feed:
    language = fields.language("lang", written.lang) if written.lang is not None else None
    url, login = fields.address("url", _address(written, language))
    headers = [secrets.header("headers", name, value, env) for name, value in written.headers.items()]
    if written.auth:
        login = secrets.authorization("auth", written.auth, env)
    if login:
        headers.append(("Authorization", login))
    name = fields.label("name", written.name)
    return Feed(
        url=url,
        name=name,
        lang=language,
        country=fields.country("country", written.country) if written.country is not None else None,
        publisher=_publisher(written, name),
        kind=written.kind,
        every=_every(written),
        max_size=fields.size("max_size", written.max_size) if written.max_size is not None else None,
        headers=tuple(headers),
        params=tuple(secrets.param("params", name, value, env) for name, value in written.params.items()),
        proxy=secrets.proxy("proxy", written.proxy, env) if written.proxy is not None else None,
        ca_file=fields.ca_file("ca_file", written.ca_file, folder) if written.ca_file is not None else None,
        page=_page(written),
        source=fields.label("source", written.source) if written.source is not None else "",
        enabled=written.enabled,
        allow_private=written.allow_private,
    )


def _publisher(written: _WrittenFeed, name: str) -> str:
    """As written, else the service that is searched, else the feed's own name."""
    if written.publisher is not None:
        return fields.label("publisher", written.publisher)
    return SERVICE_NAMES.get(written.service, name) if written.service else name


def _every(written: _WrittenFeed) -> timedelta | None:
    """As written, else that of a search; None: that of the settings."""
    if written.every is not None:
        return _interval("every", written.every)
    return _SEARCHED_EVERY if written.service else None


def _address(written: _WrittenFeed, language: str | None) -> str:
    """As written, else that of the search."""
    if written.service is None:
        for key in ("query", "region"):
            if getattr(written, key) is not None:
                raise fields.FieldError(
                    key, "belongs to a search at a service", 'write service = "google-news" or "gdelt"'
                )
        if written.url is None:
            raise fields.FieldError("url", "is missing", 'add a line such as url = "…" to this table')
        return written.url
    if written.kind is not FeedKind.SEARCH:
        raise fields.FieldError("service", "belongs to a search", 'write kind = "search"')
    if written.url is not None:
        raise fields.FieldError("url", "is made from service and query", "take one of them out")
    region = fields.country("region", written.region) if written.region is not None else None
    return search_address(written.service, written.query or "", language, region)


def _page(written: _WrittenFeed) -> PagePlan | None:
    if (written.kind is FeedKind.PAGE) != (written.selector is not None):
        raise fields.FieldError(
            "selector" if written.selector else "kind",
            "a page needs a selector, and nothing else has one",
            'write kind = "page" and selector = "table tr", or neither',
        )
    if written.selector is None:
        if written.parts:
            raise fields.FieldError("parts", "belongs to a page alone", "take it out")
        return None
    for name in written.parts:
        if name not in _PARTS:
            raise fields.FieldError(
                "parts", f"{fields.shown(name)} is no part of an item", f"write {', '.join(_PARTS)}"
            )
    if written.enabled:  # what is switched off need not cost every start the loading of the library
        for key, selector in (
            ("selector", written.selector),
            *(("parts", part) for part in written.parts.values()),
        ):
            fields.selector(key, selector)
    return PagePlan(written.selector, **written.parts)


def _settings(written: _WrittenSettings, folder: Path, env: Mapping[str, str]) -> Settings:
    quiet = written.quiet_hours
    return Settings(
        interval=_interval("interval", written.interval),
        concurrency=fields.number("concurrency", written.concurrency, 1, 256),
        deadline=fields.duration("deadline", written.deadline, timedelta(seconds=1), timedelta(minutes=5)),
        max_size=fields.size("max_size", written.max_size),
        keep_dropped=fields.duration(
            "keep_dropped", written.keep_dropped, timedelta(days=1), timedelta(days=3650)
        ),
        unresolved_after=fields.duration(
            "unresolved_after", written.unresolved_after, timedelta(days=1), timedelta(days=3650)
        ),
        quiet_hours=QuietHours(fields.clock_time("start", quiet.start), fields.clock_time("end", quiet.end))
        if quiet
        else QuietHours(),
        proxy=secrets.proxy("proxy", written.proxy, env) if written.proxy is not None else None,
        ca_file=fields.ca_file("ca_file", written.ca_file, folder) if written.ca_file is not None else None,
        contact=fields.contact("contact", written.contact) if written.contact is not None else None,
        time_zone=fields.time_zone("time_zone", written.time_zone),
        theme=fields.theme("theme", written.theme),
        ascii_only=written.ascii,
        full_text=written.full_text,
        terminal=written.terminal,
        mouse=written.mouse,
    )


def _interval(key: str, written: str) -> timedelta:
    return fields.duration(key, written, fields.SHORTEST_INTERVAL, fields.LONGEST_INTERVAL)


def _warnings(path: Path, tables: Iterable[dict[str, Any]]) -> tuple[str, ...]:
    secret = any(secrets.secrets_stand_in(table) for table in tables)
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
    except OSError as error:  # a full disk names no file, and must not leave half a list behind
        target.unlink(missing_ok=True)
        error.filename = error.filename or str(target)
        raise
    return True
