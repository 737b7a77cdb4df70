"""In which order the reports of an incident were told, whatever order they were stored in."""

from collections.abc import Iterable
from datetime import UTC, datetime

from tui.domain.incident import FiledReport

UNDATED = datetime(1970, 1, 1, tzinfo=UTC)
"""Stands for the time of what nobody dated."""


def told_at(filed: FiledReport) -> datetime | None:
    """When it was told: published, unless that lies after our first sight of it."""
    if filed.published and filed.first_seen:
        return min(filed.published, filed.first_seen)
    return filed.published or filed.first_seen


def in_turn(reports: Iterable[FiledReport]) -> list[FiledReport]:
    """By time of telling; what is undated comes last, and equal times are parted by key."""
    return sorted(reports, key=_turn)


def _turn(filed: FiledReport) -> tuple[bool, float, str, int]:
    at = told_at(filed)
    return at is None, at.timestamp() if at else 0.0, filed.story, filed.position
