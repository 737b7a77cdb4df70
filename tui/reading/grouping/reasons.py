"""Reasons made once and shared: every comparison gives several, and most of them are the same few."""

from functools import lru_cache

from tui.domain.incident import GroupReason


@lru_cache(maxsize=2048)
def reason_of(reason: str, detail: str, weight: float) -> GroupReason:
    """The one reason of these words and this weight."""
    return GroupReason(reason, detail, weight)
