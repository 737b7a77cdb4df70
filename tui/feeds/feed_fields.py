"""The values of feeds.toml: what each may be, and how to put right what it is not."""

import base64
import re
from datetime import timedelta
from pathlib import Path
from urllib.parse import unquote, urlsplit, urlunsplit
from zoneinfo import ZoneInfo

from tui.reading.plain_text import LINK_LIMIT, plain_text, safe_link

SHORTEST_INTERVAL = timedelta(minutes=5)
LONGEST_INTERVAL = timedelta(days=30)
NAME_LIMIT = 100
_LONGEST_SELECTOR = 300

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
"""The smallest first."""
_DURATION = re.compile(r"(\d{1,6})\s?([smhd])", re.ASCII)
_SIZE = re.compile(r"(\d{1,6})\s?([KM]B)", re.ASCII)
_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)
_CONTACT = re.compile(r"(?:https?://|mailto:)?[A-Za-z0-9][A-Za-z0-9./_~%+@:-]{2,200}", re.ASCII)
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}", re.ASCII)
_COUNTRY = re.compile(r"[A-Z]{2}", re.ASCII)
_THEME = re.compile(r"[a-z0-9][a-z0-9-]{0,40}", re.ASCII)


class FieldError(Exception):
    """A value that cannot be used, and what to write instead."""

    def __init__(self, key: str, problem: str, fix: str) -> None:
        super().__init__(key, problem, fix)
        self.key = key
        self.problem = problem
        self.fix = fix


def duration(key: str, written: str, shortest: timedelta, longest: timedelta) -> timedelta:
    """A whole number and its unit, such as 15m."""
    match = _DURATION.fullmatch(written.strip())
    if match is None:
        raise FieldError(
            key, f"{shown(written)} is no duration", 'write a number and s, m, h or d, such as "15m"'
        )
    value = timedelta(**{_UNITS[match[2]]: int(match[1])})
    if not shortest <= value <= longest:
        raise FieldError(
            key,
            f"{shown(written)} is {'shorter' if value < shortest else 'longer'} than is allowed",
            f'write a duration from "{duration_text(shortest)}" to "{duration_text(longest)}"',
        )
    return value


def size(key: str, written: str) -> int:
    """Bytes of a size such as 5MB; a KB has 1,024 of them."""
    match = _SIZE.fullmatch(written.strip())
    value = int(match[1]) * (1024 if match[2] == "KB" else 1024 * 1024) if match else 0
    if not 1024 <= value <= 100 * 1024 * 1024:
        raise FieldError(
            key, f"{shown(written)} is no size", 'write a size from "1KB" to "100MB", such as "5MB"'
        )
    return value


def ca_file(key: str, written: str, folder: Path) -> str:
    """Path of a file of certificates, absolute; relative ones start at the folder of the list."""
    from ssl import SSLError, create_default_context  # noqa: PLC0415 - few lists name one

    path = (folder / Path(written).expanduser()).resolve()
    try:
        create_default_context(cafile=str(path))
    except FileNotFoundError:
        raise FieldError(
            key, f"there is no file {shown(written)}", "name a PEM file of certificates"
        ) from None
    except SSLError:
        raise FieldError(
            key, f"{shown(written)} holds no certificate", "name a PEM file of certificates"
        ) from None
    except OSError as problem:
        raise FieldError(
            key, f"{shown(written)} cannot be read: {problem.strerror}", "name a PEM file of certificates"
        ) from None
    return str(path)


def selector(key: str, written: str) -> None:
    """Raise FieldError for what is no CSS selector."""
    from tui.feeds.page import selector_problem  # noqa: PLC0415 - few lists have one

    problem = selector_problem(written) if len(written) <= _LONGEST_SELECTOR else "is too long"
    if problem:
        raise FieldError(key, f"{shown(written)} {problem}", 'write one such as "table.list tr"')


def contact(key: str, written: str) -> str:
    """A page or an address of mail by which a publisher can reach the user."""
    if not _CONTACT.fullmatch(written):
        raise FieldError(
            key,
            f"{shown(written)} is no way to reach anybody",
            'write a page or an address, such as "https://me.example/" or "me@mail.example"',
        )
    return written


def number(key: str, value: int, lowest: int, highest: int) -> int:
    """A whole number in its bounds."""
    if not lowest <= value <= highest:
        raise FieldError(key, f"{value:.6g} is out of bounds", f"write a number from {lowest} to {highest}")
    return value


def clock_time(key: str, written: str) -> str:
    """A time of day, 00:00 to 23:59."""
    if not _CLOCK.fullmatch(written):
        raise FieldError(key, f"{shown(written)} is no time of day", 'write it as "22:00"')
    return written


def time_zone(key: str, written: str) -> str:
    """A zone that this machine knows."""
    try:
        ZoneInfo(written)
    except (KeyError, ValueError, OSError):  # unknown, a path, a folder of zones
        raise FieldError(
            key,
            f"{shown(written)} is no time zone known here",
            'write one such as "Europe/Vilnius" or "UTC"',
        ) from None
    return written


def theme(key: str, written: str) -> str:
    """A name such as night-watch; which themes there are the interface knows."""
    return _matching(key, written, _THEME, "is no theme's name", 'write a name such as "night-watch"')


def language(key: str, written: str) -> str:
    """A language tag such as pl or zh-Hant."""
    return _matching(key, written, _LANGUAGE, "is no language tag", 'write one such as "pl" or "zh-Hant"')


def country(key: str, written: str) -> str:
    """ISO 3166-1 alpha-2."""
    return _matching(key, written, _COUNTRY, "is no country code", 'write two capitals such as "PL"')


def label(key: str, written: str) -> str:
    """A name that can be shown as it is written."""
    if not written.strip():
        raise FieldError(key, "is empty", "write a name that a person would know it by")
    if len(written) > NAME_LIMIT:
        raise FieldError(key, f"is longer than {NAME_LIMIT} characters", "shorten it")
    if plain_text(written, NAME_LIMIT) != written:
        raise FieldError(
            key,
            "holds characters that cannot be shown on one line",
            "write plain text without controls or tags",
        )
    return written


def address(key: str, written: str) -> tuple[str, str | None]:
    """The address without userinfo, and the Authorization header that the userinfo stood for."""
    scheme = urlsplit(written).scheme if len(written) <= LINK_LIMIT and "[" not in written else ""
    if scheme and scheme not in {"http", "https"}:
        raise FieldError(
            key, f"{shown(scheme)} is no scheme that feeds are fetched by", "write an http or https address"
        )
    if "${" in written:
        raise FieldError(
            key, "an address takes no variables", "put the secret into params or headers, as ${NAME}"
        )
    if not safe_link(written) or written != written.strip():
        raise FieldError(
            key, "is no http or https address with a host", "write it like https://news.example/rss.xml"
        )
    parts = urlsplit(written)
    if "@" not in parts.netloc:
        return written, None
    user, _, host = parts.netloc.rpartition("@")
    name, _, password = user.partition(":")
    login = base64.b64encode(f"{unquote(name)}:{unquote(password)}".encode()).decode()
    return urlunsplit(parts._replace(netloc=host)), f"Basic {login}"


def _matching(key: str, written: str, pattern: re.Pattern[str], problem: str, fix: str) -> str:
    if not pattern.fullmatch(written):
        raise FieldError(key, f"{shown(written)} {problem}", fix)
    return written


def shown(written: str) -> str:
    """What somebody wrote, safe to quote in a message."""
    return f'"{plain_text(written, 60)}"'


def duration_text(value: timedelta) -> str:
    """A duration as `duration` takes it, in the largest unit of which it is a whole number."""
    unit = next((unit for unit in reversed(_UNITS) if not value % timedelta(**{_UNITS[unit]: 1})), "s")
    return f"{value // timedelta(**{_UNITS[unit]: 1})}{unit}"
