"""What a person watches: saved views with their counts, starred incidents with what happened to them, alerts."""

from dataclasses import field
from datetime import datetime

from tui.domain.alerts import Alert, AlertPlan
from tui.domain.board import IncidentRow
from tui.domain.history import TimelineEntry
from tui.domain.value import dataclass
from tui.domain.views import ViewCount


@dataclass(frozen=True, slots=True)
class WatchedIncident:
    """A starred incident, and what happened to it since it was last seen."""

    row: IncidentRow
    since: datetime | None
    """When it was last seen, else when the user last looked; None: never."""
    steps: tuple[TimelineEntry, ...] = ()
    """Of its timeline since then, the latest last."""


@dataclass(frozen=True, slots=True)
class FailingChannel:
    """A channel of alerts that did not take the last one."""

    name: str
    since: datetime
    error: str


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything that the watch screen draws, taken in one read transaction."""

    taken: datetime
    views: tuple[ViewCount, ...] = ()
    watched: tuple[WatchedIncident, ...] = ()
    """What something happened to first, then the latest."""
    log: tuple[Alert, ...] = ()
    """Alerts told in the last 24 hours, latest first."""
    held: int = 0
    """Alerts of that time that were counted and not told: over a budget, or of one publisher alone."""
    failing: tuple[FailingChannel, ...] = ()


@dataclass(frozen=True, slots=True)
class AlertStanding:
    """Rules and channels as feeds.toml has them now, and when nothing is told."""

    plan: AlertPlan = field(default_factory=AlertPlan)
    quiet: str = ""
    """Quiet hours such as 22:00-06:00; empty: none."""
