"""Stories that tell of several events: which of the reports we expect are read, and which are read beside them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tui.domain.codes import DatePrecision
from tui.domain.entry import StoryText
from tui.domain.reading import EventDate, Report
from tui.reading.selftest.labels import Tally

FILE = Path(__file__).parents[2] / "seeds" / "roundups.jsonl"


@dataclass(frozen=True, slots=True)
class Expected:
    """One event of a round-up; what is None is not asked for."""

    affected: frozenset[str]
    event: str
    actor: frozenset[str] | None
    object: frozenset[str] | None
    date: str | None
    """As exactly as it is told: 2025-09-10, 2025-09 or 2025."""

    def is_met_by(self, report: Report) -> bool:
        """Whether a report says all of it."""
        return (
            frozenset(report.affected) == self.affected
            and self.event in map(str, report.event)
            and (self.actor is None or frozenset(report.actor) == self.actor)
            and (self.object is None or frozenset(map(str, report.object)) == self.object)
            and (
                self.date is None or (report.event_date is not None and _told(report.event_date) == self.date)
            )
        )


@dataclass(frozen=True, slots=True)
class Roundup:
    """A story and its events, main first."""

    text: StoryText
    reports: tuple[Expected, ...]


def roundups(file: Path = FILE) -> list[Roundup]:
    """The round-ups of the seeds."""
    with file.open(encoding="utf-8") as lines:
        return [_roundup(json.loads(line)) for line in lines]


def missed(roundup: Roundup, reports: Sequence[Report]) -> tuple[list[Expected], list[Report]]:
    """Expected events that no report meets, and reports that meet none; each meets one at most."""
    left = list(reports)
    gone = []
    for expected in roundup.reports:
        found = next((report for report in left if expected.is_met_by(report)), None)
        if found is None:
            gone.append(expected)
        else:
            left.remove(found)
    return gone, left


def tally(results: Sequence[tuple[Roundup, Sequence[Report]]]) -> Tally:
    """Events met, reports beside them, events missed."""
    hits = extra = lost = 0
    for roundup, reports in results:
        gone, left = missed(roundup, reports)
        hits += len(roundup.reports) - len(gone)
        extra += len(left)
        lost += len(gone)
    return Tally(hits, extra, lost)


def _told(when: EventDate) -> str:
    size = {DatePrecision.YEAR: 4, DatePrecision.MONTH: 7}.get(when.precision, 10)
    return when.date.isoformat()[:size]


def _roundup(row: dict[str, Any]) -> Roundup:
    published = datetime.fromisoformat(row["published"]).replace(tzinfo=UTC)
    story = StoryText(row["id"], row["title"], row["summary"], published, row["lang"])
    return Roundup(story, tuple(map(_expected, row["reports"])))


def _expected(row: dict[str, Any]) -> Expected:
    actor, kinds = row.get("actor"), row.get("object")
    return Expected(
        affected=frozenset(row["affected"]),
        event=row["event"],
        actor=None if actor is None else frozenset(actor),
        object=None if kinds is None else frozenset(kinds),
        date=row.get("date"),
    )
