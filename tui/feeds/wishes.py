"""When and how often a feed asks to be polled: ttl, sy:updatePeriod, skipHours, skipDays."""

import re
from datetime import timedelta
from typing import Any

from tui.domain.feed import Wishes

_LONGEST_TTL = timedelta(days=7)
_HEAD = 64 * 1024
_LONGEST_LIST = 4_000
_UPDATE_PERIODS = {
    "hourly": timedelta(hours=1),
    "daily": timedelta(days=1),
    "weekly": timedelta(weeks=1),
    "monthly": timedelta(days=30),
    "yearly": timedelta(days=365),
}
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_HOUR = re.compile(r"<hour>\s{0,20}(\d{1,2})\s{0,20}</hour>")
_DAY = re.compile(r"<day>\s{0,20}([a-z]{6,9})\s{0,20}</day>")


def wishes_of(channel: Any, text: str) -> Wishes:  # noqa: ANN401 # feedparser has no types
    """What the head of a feed asks for; `text` is the document, since the parser keeps only the last of a list."""
    # Few feeds have such a list, and making bytes small is many times as fast as making letters small.
    packed = text[:_HEAD].encode("utf-8", "replace").lower()
    head = packed.decode() if b"<skip" in packed else ""
    hours = {int(hour) % 24 for hour in _HOUR.findall(_inside(head, "skiphours")) if int(hour) <= 24}
    days = {_DAYS.index(day) for day in _DAY.findall(_inside(head, "skipdays")) if day in _DAYS}
    # Who skips everything means nothing by it.
    return Wishes(
        ttl=_ttl(channel),
        skip_hours=tuple(sorted(hours)) if len(hours) < 24 else (),
        skip_days=tuple(sorted(days)) if len(days) < 7 else (),
    )


def _inside(head: str, name: str) -> str:
    start = head.find(f"<{name}>")
    end = head.find(f"</{name}>", start)
    return head[start : min(end, start + _LONGEST_LIST)] if 0 <= start < end else ""


def _ttl(channel: Any) -> timedelta | None:  # noqa: ANN401 # as above
    minutes = _string(channel.get("ttl")).strip()
    if minutes.isascii() and minutes.isdigit() and int(minutes[:6]) > 0:
        return min(timedelta(minutes=int(minutes[:6])), _LONGEST_TTL)
    period = _UPDATE_PERIODS.get(_string(channel.get("sy_updateperiod")).strip().lower())
    if period is None:
        return None
    written = _string(channel.get("sy_updatefrequency")).strip()
    frequency = int(written) if written.isascii() and written.isdigit() and len(written) < 5 else 1
    return min(period / max(frequency, 1), _LONGEST_TTL)


def _string(value: object) -> str:
    return value if isinstance(value, str) else ""
