"""Python values to column values and back; nothing a feed sends may break a save.

Moments are whole microseconds since 1970 in UTC, so that SQLite can sort and slice them.
"""

import math
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import msgspec

from tui.domain.clock import utc

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_LARGEST = 2**63 - 1

T = TypeVar("T")


def stamp_of(moment: datetime) -> int:
    """Microseconds since 1970, UTC."""
    try:
        return (utc(moment) - _EPOCH) // _MICROSECOND
    except OverflowError:  # year 1 or 9999 in a zone that would carry it over the edge
        return (moment.replace(tzinfo=UTC) - _EPOCH) // _MICROSECOND


def stamp_or_none(moment: datetime | None) -> int | None:
    """As `stamp_of`; None stays None."""
    return None if moment is None else stamp_of(moment)


def moment_of(stamp: int) -> datetime:
    """The moment of a stored stamp, in UTC."""
    return _EPOCH + stamp * _MICROSECOND


def moment_or_none(stamp: int | None) -> datetime | None:
    """As `moment_of`; None stays None."""
    return None if stamp is None else moment_of(stamp)


def plain(text: str) -> str:
    """Text that SQLite and JSON can hold: no NUL, no lone surrogate (each becomes U+FFFD)."""
    if "\x00" not in text:
        if text.isascii():
            return text
        try:
            text.encode()
        except UnicodeEncodeError:
            pass
        else:
            return text
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return whole.replace("\x00", "\ufffd")


def plain_or_none(text: str | None) -> str | None:
    """As `plain`; None stays None."""
    return None if text is None else plain(text)


def finite(number: float) -> float:
    """The number; 0 when it is none or without end."""
    return number if math.isfinite(number) else 0.0


def to_json(value: object) -> str:
    """JSON of a domain value; text and numbers that JSON or SQLite cannot hold are made holdable."""
    try:
        return msgspec.json.encode(value).decode()
    except ValueError:  # a lone surrogate, or an integer of thousands of digits
        return msgspec.json.encode(_holdable(msgspec.to_builtins(value))).decode()


def from_json(text: str, kind: type[T]) -> T:
    """The domain value a column holds."""
    return msgspec.json.decode(text, type=kind)


def _holdable(value: object) -> object:
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return max(-_LARGEST, min(_LARGEST, value))
    if isinstance(value, float):
        return finite(value)
    if isinstance(value, dict):
        return {plain(str(key)): _holdable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_holdable(item) for item in value]
    return value
