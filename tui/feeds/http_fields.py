"""What the header fields of an answer say, read strictly and bounded."""

import re
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

import httpx

from tui.domain.clock import utc
from tui.domain.feed import Validators

LONGEST_WAIT = timedelta(hours=24)
"""No server may silence a feed for longer."""
_LONGEST_VALIDATOR = 1024
_CLOCKS_DIFFER = timedelta(days=1)
_LONGEST_DATE = 64
_MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,10})")


def validators_of(response: httpx.Response, now: datetime) -> Validators:
    """ETag and Last-Modified byte for byte (as Latin-1); a nonsensical one is None.

    A date still to come never ends, and who says that the answer was stale when it was sent ("Expires: 0") makes
    validators up anew for each.
    """
    if response.headers.get("expires", "").strip() == "0":
        return Validators()
    modified = _opaque(response, b"last-modified")
    date = http_date(modified or "")
    return Validators(
        etag=_opaque(response, b"etag"),
        last_modified=modified if date is None or date <= now + _CLOCKS_DIFFER else None,
    )


def _opaque(response: httpx.Response, name: bytes) -> str | None:
    for key, value in response.headers.raw:
        if key.lower() == name:
            text = value.decode("latin-1")
            sane = 0 < len(text) <= _LONGEST_VALIDATOR and all(" " <= c != "\x7f" for c in text)
            return text if sane else None
    return None


def retry_after_of(response: httpx.Response, now: datetime) -> timedelta | None:
    """How long the server asks to be left alone, at most 24 hours; None when it does not say or is past."""
    raw = response.headers.get("retry-after", "").strip()
    if raw.isascii() and raw.isdigit():
        seconds = int(raw) if len(raw) <= 9 else int(LONGEST_WAIT.total_seconds())
        return min(timedelta(seconds=seconds), LONGEST_WAIT) or None
    until = http_date(raw)
    if until is None:
        return None
    wait = until - (http_date(response.headers.get("date", "")) or now)
    return min(wait, LONGEST_WAIT) if wait > timedelta(0) else None


def max_age_of(response: httpx.Response, now: datetime) -> timedelta | None:
    """How long the answer stays fresh, less the age it came with; None when it does not say.

    Of Cache-Control and Expires the first decides; at most 24 hours are believed.
    """
    control = response.headers.get("cache-control", "").lower()[:1000]
    if "no-cache" in control or "no-store" in control:
        return None
    found = _MAX_AGE.search(control)
    if found is None:
        return _until_expiry(response, now)
    age = response.headers.get("age", "0").strip()
    spent = int(age) if age.isascii() and age.isdigit() and len(age) <= 9 else 0
    fresh = timedelta(seconds=min(int(found[1]), int(LONGEST_WAIT.total_seconds())) - spent)
    return fresh if fresh > timedelta(0) else None


def _until_expiry(response: httpx.Response, now: datetime) -> timedelta | None:
    """Counted from the server's own clock."""
    until = http_date(response.headers.get("expires", "").strip())
    if until is None:
        return None
    fresh = until - (http_date(response.headers.get("date", "")) or now)
    return min(fresh, LONGEST_WAIT) if fresh > timedelta(0) else None


def http_date(raw: str) -> datetime | None:
    """An HTTP date in UTC, None when unreadable."""
    if not raw or len(raw) > _LONGEST_DATE:
        return None
    try:
        return utc(parsedate_to_datetime(raw))
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
