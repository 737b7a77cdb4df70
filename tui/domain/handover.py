"""What one shift tells the next: everything that changed since a moment, each incident once."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from tui.domain.board import IncidentDetail
from tui.domain.codes import Origin
from tui.domain.coverage import Coverage, Sight
from tui.domain.feed import FeedRow
from tui.domain.history import Outcome, TimelineEntry, TimelineKind
from tui.domain.value import dataclass


class Change(StrEnum):
    """What happened to an incident in a shift; the first that fits names its part of the handover."""

    NEW = "new"
    RESOLVED = "resolved"
    CONTRADICTED = "contradicted"
    REVISED = "revised"


HEADINGS = {
    Change.NEW: "New",
    Change.RESOLVED: "Resolved",
    Change.CONTRADICTED: "Contradicted",
    Change.REVISED: "Revised",
}

RULE = (
    "New: first seen in the shift. Resolved: its outcome was told. Contradicted: a denial, or a claim that another "
    "source's contradicts. Revised: anything else that changed what is said. Newly blind: half of a state's feeds or "
    "more answered at the beginning, fewer do now."
)
"""The rule in words."""

FIRST_LOOK = timedelta(hours=24)
"""What is handed over to one who never marked anything seen."""


def since_looked(looked: datetime | None, now: datetime) -> datetime:
    """Since when one is told who last looked then, in a dashboard and on the command line; always in the past."""
    return min(looked, now - timedelta(seconds=1)) if looked else now - FIRST_LOOK


@dataclass(frozen=True, slots=True)
class HandedOver:
    """An incident, and what happened to it in the shift."""

    change: Change
    detail: IncidentDetail
    steps: tuple[TimelineEntry, ...]
    """Oldest first; of a new one, all."""


@dataclass(frozen=True, slots=True)
class NewlyBlind:
    """A state that was watched at the beginning and is not now."""

    iso2: str
    before: Coverage
    now: Coverage


@dataclass(frozen=True, slots=True)
class Handover:
    """One shift."""

    since: datetime
    until: datetime
    incidents: tuple[HandedOver, ...]
    """In the order of `Change`, last told first."""
    blind: tuple[NewlyBlind, ...]
    failing: tuple[FeedRow, ...]
    """Feeds that answered in the shift and fail now."""
    feeds: int
    """Those that are switched on."""
    answered: int
    """Those of them that answered as a feed in the shift."""

    def of(self, change: Change) -> tuple[HandedOver, ...]:
        """The incidents of one part."""
        return tuple(item for item in self.incidents if item.change is change)

    @property
    def nothing(self) -> bool:
        """Whether nothing at all changed."""
        return not (self.incidents or self.blind or self.failing)

    @property
    def unseen(self) -> str:
        """What the shift could not see, in a sentence; empty when at least half of the feeds answered."""
        if not self.feeds:
            return "No feed was asked in the shift: nothing could be seen."
        if not self.answered:
            none = (
                f"None of the {self.feeds} feeds answered"
                if self.feeds > 1
                else "The only feed did not answer"
            )
            return f"{none} in the shift: nothing could be seen."
        if 2 * self.answered < self.feeds:
            only = f"Only {self.answered} of {self.feeds} feeds answered in the shift"
            return f"{only}: what the others tell could not be seen."
        return ""

    @property
    def said(self) -> str:
        """What is to be said where nothing is listed, or before what is; empty where the list says it all."""
        if self.nothing and self.answered:
            return f"Nothing changed. {self.unseen}".rstrip()
        return self.unseen


def change_of(detail: IncidentDetail, since: datetime) -> HandedOver | None:
    """What happened to an incident since then; None: nothing, or it is no news."""
    if detail.row.origin is Origin.BASELINE:
        return None
    if detail.row.first_seen >= since:
        return HandedOver(Change.NEW, detail, detail.timeline)
    steps = tuple(step for step in detail.timeline if step.at >= since)
    kinds = {step.kind for step in steps}
    if TimelineKind.OUTCOME in kinds and detail.row.facts.outcome is not Outcome.OPEN:
        return HandedOver(Change.RESOLVED, detail, steps)
    if TimelineKind.DENIAL in kinds or _contradicted(detail, since):
        return HandedOver(Change.CONTRADICTED, detail, steps)
    return HandedOver(Change.REVISED, detail, steps) if steps else None


def _contradicted(detail: IncidentDetail, since: datetime) -> bool:
    """Whether a source said something else than another since then."""
    return any(
        len({claim.value for claim in found.claims}) > 1 and any(claim.at >= since for claim in found.claims)
        for found in detail.history.contradictions
    )


def handover(
    details: Iterable[IncidentDetail],
    coverage: tuple[Mapping[str, Coverage], Mapping[str, Coverage]],
    feeds: Iterable[FeedRow],
    since: datetime,
    until: datetime,
) -> Handover:
    """Put a shift together; `coverage` is of its beginning and of its end, by ISO2."""
    found = [item for detail in details if (item := change_of(detail, since)) is not None]
    order = list(Change)
    found.sort(key=lambda item: item.detail.row.latest, reverse=True)
    found.sort(key=lambda item: order.index(item.change))
    before, now = coverage
    blind = (
        NewlyBlind(iso2, before[iso2], seen)
        for iso2, seen in sorted(now.items())
        if seen.sight is Sight.BLIND and iso2 in before and before[iso2].sight is Sight.WATCHED
    )
    rows = tuple(row for row in feeds if row.feed.enabled)
    failing = (
        row
        for row in rows
        if row.state.failures and row.state.last_ok is not None and row.state.last_ok >= since
    )
    answered = sum(row.state.last_ok is not None and row.state.last_ok >= since for row in rows)
    return Handover(since, until, tuple(found), tuple(blind), tuple(failing), len(rows), answered)
