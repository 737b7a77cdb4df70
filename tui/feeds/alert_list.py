"""The alerts of feeds.toml: rules and channels, read and checked."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from enum import StrEnum
from typing import Any, TypeVar
from urllib.parse import urlsplit

import msgspec

from tui.domain.alerts import AlertPlan, AlertRule, Channel, ChannelKind, Digest, Trigger
from tui.domain.query import parse_query
from tui.domain.query_leaf import QueryProblem
from tui.feeds import feed_fields as fields
from tui.feeds import secrets
from tui.feeds.feed_fields import FieldError
from tui.feeds.problems import Problems

ALERT_TABLES = ("alert", "channel")

_LONGEST_ARGUMENT = 1_000
_LONGEST_PLUGIN = 60
_SHORTEST_COOLDOWN = timedelta(seconds=0)
_LONGEST_COOLDOWN = timedelta(days=30)
_MOST_A_DAY = 1_000
_Choice = TypeVar("_Choice", bound=StrEnum)
_KEYS = {
    ChannelKind.WEBHOOK: {"url", "secret"},
    ChannelKind.COMMAND: {"command"},
    ChannelKind.DESKTOP: set[str](),
    ChannelKind.APPRISE: {"url"},
    ChannelKind.PLUGIN: {"plugin", "options"},
}


class _WrittenChannel(msgspec.Struct, forbid_unknown_fields=True):
    """A [[channel]] table as it stands in the file."""

    name: str
    kind: str
    url: str | None = None
    secret: str | None = None
    command: list[str] | None = None
    plugin: str | None = None
    options: dict[str, str] | None = None
    digest: str = "none"
    always: bool = False


class _WrittenAlert(msgspec.Struct, forbid_unknown_fields=True):
    """An [[alert]] table."""

    name: str
    query: str = ""
    on: list[str] = msgspec.field(default_factory=lambda: ["new"])
    channels: list[str] = []
    cooldown: str = "1h"
    budget: int = 20
    enabled: bool = True


ALERTS_AS_WRITTEN: Mapping[str, type[msgspec.Struct]] = {"channel": _WrittenChannel, "alert": _WrittenAlert}
"""Each table with what it may hold."""


def read_alerts(document: Mapping[str, Any], problems: Problems, env: Mapping[str, str]) -> AlertPlan:
    """The plan of a document; what is wrong is noted."""
    channels: dict[str, Channel] = {}
    for at, table in enumerate(_tables(document, "channel", problems)):
        channel = problems.read("channel", at, table, _WrittenChannel, lambda written: _channel(written, env))
        if channel is not None and channel.name in channels:
            _twice(problems, "channel", at, channel.name)
        elif channel is not None:
            channels[channel.name] = channel
    rules: dict[str, AlertRule] = {}
    for at, table in enumerate(_tables(document, "alert", problems)):
        rule = problems.read("alert", at, table, _WrittenAlert, lambda written: _rule(written, channels))
        if rule is not None and rule.name in rules:
            _twice(problems, "alert", at, rule.name)
        elif rule is not None:
            rules[rule.name] = rule
    return AlertPlan(tuple(rules.values()), tuple(channels.values()))


def _tables(document: Mapping[str, Any], name: str, problems: Problems) -> list[object]:
    tables = document.get(name, [])
    if isinstance(tables, list):
        return tables
    problems.add(name, 0, "", f"[{name}] is one table", f"write [[{name}]] with two brackets")
    return []


def _twice(problems: Problems, table: str, at: int, name: str) -> None:
    problems.add(table, at, "name", "is another's name already", "give one of them another", name=name)


def _channel(written: _WrittenChannel, env: Mapping[str, str]) -> Channel:
    kind = _chosen("kind", ChannelKind, written.kind, "is no kind of channel")
    for key in ("url", "secret", "command", "plugin", "options"):
        if getattr(written, key) is not None and key not in _KEYS[kind]:
            raise FieldError(key, f"is nothing that a {kind} has", "take it out")
    return Channel(
        name=fields.label("name", written.name),
        kind=kind,
        url=_ADDRESSES[kind](written.url, env) if kind in _ADDRESSES else "",
        secret=secrets.value_of("secret", written.secret, env) if written.secret is not None else "",
        command=_command(written.command) if kind is ChannelKind.COMMAND else (),
        plugin=_plugin(written.plugin) if kind is ChannelKind.PLUGIN else "",
        options=tuple(
            (name, secrets.value_of("options", value, env)) for name, value in (written.options or {}).items()
        ),
        digest=_chosen("digest", Digest, written.digest, "is no digest"),
        always=written.always,
    )


def _chosen(key: str, choices: type[_Choice], written: str, wrong: str) -> _Choice:
    try:
        return choices(written)
    except ValueError:
        raise FieldError(key, f"{fields.shown(written)} {wrong}", f"write {_listed(choices)}") from None


def _plugin(written: str | None) -> str:
    if not written or not written.isascii() or not written.isprintable() or len(written) > _LONGEST_PLUGIN:
        raise FieldError(
            "plugin", "names no plug-in", "write the name of its entry point in overflight.channels"
        )
    return written


def _service(written: str | None, env: Mapping[str, str]) -> str:
    """An address as Apprise has it; whose it is Apprise alone knows."""
    value = secrets.value_of("url", written or "", env)
    scheme, found, rest = value.partition("://")
    if not found or not rest or not scheme.isalnum() or " " in value:
        raise FieldError("url", "is no address of Apprise", 'write one such as "ntfys://ntfy.sh/${TOPIC}"')
    return value


def _address(written: str | None, env: Mapping[str, str]) -> str:
    """An address may hold a secret, as a chat's webhooks do: no message shows it."""
    value = secrets.value_of("url", written or "", env)
    try:
        parts = urlsplit(value)
        known = parts.scheme in {"http", "https"} and parts.hostname and (parts.port or 1)
    except ValueError:
        known = False
    if not known or " " in value:
        raise FieldError(
            "url",
            "is no http or https address with a host",
            'write one such as "https://chat.example/${HOOK}"',
        )
    return value


def _command(written: list[str] | None) -> tuple[str, ...]:
    if not written or not written[0]:
        raise FieldError(
            "command", "names no program", 'write its words, such as ["/usr/local/bin/ring", "-l"]'
        )
    for word in written:
        if "\x00" in word or len(word) > _LONGEST_ARGUMENT:
            raise FieldError("command", "has a word that no program takes", "shorten it")
    return tuple(written)


def _rule(written: _WrittenAlert, channels: Mapping[str, Channel]) -> AlertRule:
    asked = parse_query(written.query)
    if isinstance(asked, QueryProblem):
        where = f"at character {asked.start + 1}, {fields.shown(written.query[asked.start : asked.end])}"
        raise FieldError("query", f"{where}: {asked.said}", asked.hint or "mend the query")
    for name in written.channels:
        if name not in channels:
            raise FieldError(
                "channels",
                f"{fields.shown(name)} is no [[channel]] of this file",
                f"write {', '.join(channels) or 'a [[channel]] table first'}",
            )
    if not written.on:
        raise FieldError("on", "is empty, so that nothing could ring", f"write {_listed(Trigger)}")
    triggers = (_chosen("on", Trigger, word, "is nothing that happens to an incident") for word in written.on)
    return AlertRule(
        name=fields.label("name", written.name),
        query=asked,
        on=tuple(dict.fromkeys(triggers)),
        channels=tuple(dict.fromkeys(written.channels)),
        cooldown=fields.duration("cooldown", written.cooldown, _SHORTEST_COOLDOWN, _LONGEST_COOLDOWN),
        budget=fields.number("budget", written.budget, 1, _MOST_A_DAY),
        enabled=written.enabled,
    )


def _listed(choices: type[StrEnum]) -> str:
    return ", ".join(f'"{value}"' for value in choices)


_ADDRESSES: dict[ChannelKind, Callable[[str | None, Mapping[str, str]], str]] = {
    ChannelKind.WEBHOOK: _address,
    ChannelKind.APPRISE: _service,
}
