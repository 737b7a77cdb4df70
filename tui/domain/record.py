"""The news incidents of a stretch of weeks, and which of the weeks were watched: what statistics are drawn from."""

from collections.abc import Mapping
from dataclasses import field
from datetime import date, datetime

from tui.domain.coverage import Coverage
from tui.domain.follow_up import UNRESOLVED_AFTER
from tui.domain.history import Outcome
from tui.domain.value import dataclass

DAYS_HEARD = 4
"""Days of a week on which a feed must have answered to count as heard."""


@dataclass(frozen=True, slots=True)
class Happened:
    """One news incident as it is counted; follow-ups and baselines never are."""

    states: tuple[str, ...]
    """Affected; empty when none is told."""
    actors: tuple[str, ...]
    object: str
    """Code of the main object; empty when none is told."""
    monday: date
    """Of the week it counts in."""
    hour: int
    """Hour, UTC, at which it was first told."""
    answer: int | None = None
    """Whole minutes from the first report to the first that tells what was done; None: no answer told."""
    outcome: Outcome = Outcome.OPEN
    """As of now: open so long that its time is up is unresolved."""


@dataclass(frozen=True, slots=True)
class WeekCounts:
    """How many incidents each state had in each week, and who was looking."""

    weeks: tuple[date, ...]
    """Mondays, oldest first; the last week is under way."""
    counted: Mapping[str, Mapping[date, int]] = field(default_factory=dict)
    """By ISO2, "" for no state named: incidents by week; a week without any is left out."""
    watched: Mapping[str, frozenset[date]] = field(default_factory=dict)
    """By ISO2: the weeks in which its feeds were heard."""
    coverage: Mapping[str, Coverage] = field(default_factory=dict)
    """By ISO2: who is looking now."""


@dataclass(frozen=True, slots=True)
class Record:
    """A stretch of ISO weeks."""

    taken: datetime
    weeks: tuple[date, ...]
    """Mondays that are shown, oldest first; the last week is under way."""
    states: WeekCounts
    """Reaches further back than the weeks shown, to say what is usual in the first of them."""
    happened: tuple[Happened, ...] = ()
    """Those of the weeks shown."""
    undated: int = 0
    """Incidents of no week that is told, whenever they were in the news."""
    unresolved_days: int = UNRESOLVED_AFTER.days
    """Whole days without an outcome after which an incident counts as unresolved."""


COUNTED = (
    "News incidents are counted once for each affected state, in the ISO week (UTC) of the day on which they happened, or "
    "of their first report when no day is told; one that is only told to be of another month or year counts in no "
    "week. Follow-ups (protest, denial, policy, analysis) and baseline incidents are never counted."
)
"""What is counted, in words."""

WATCHED = (
    f"A week was watched for a state when at least half of the feeds that speak for it and were asked in that week "
    f"answered on {DAYS_HEARD} of its days or more (of the week under way: on half of its days); otherwise an empty cell "
    "is a blank, not a zero."
)
"""What makes an empty week a zero, in words."""
