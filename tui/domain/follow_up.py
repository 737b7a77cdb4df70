"""The follow-up clock: how long an incident has been without an outcome, as of the moment it is looked at."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from tui.domain.history import RULE, LedgerStage, LedgerStep, Outcome
from tui.domain.value import dataclass

UNRESOLVED_AFTER = timedelta(days=21)
"""Without an outcome for so long, an incident counts as unresolved, unless the settings say otherwise."""


def unresolved_before(now: datetime, after: timedelta) -> datetime:
    """What was first told by then and is still open is unresolved."""
    return now - after


def outcome_at(outcome: Outcome, first_told: datetime, now: datetime, after: timedelta) -> Outcome:
    """The outcome as it is to be shown: one that stayed open too long is unresolved."""
    if outcome is Outcome.OPEN and first_told <= unresolved_before(now, after):
        return Outcome.UNRESOLVED
    return outcome


def days_open(first_told: datetime, now: datetime) -> int:
    """Whole days since it was first told; never negative."""
    return max(0, (now - first_told).days)


def ledger_at(
    ledger: tuple[LedgerStep, ...], outcome: Outcome, first_told: datetime, now: datetime, after: timedelta
) -> tuple[LedgerStep, ...]:
    """The ledger as it is to be shown: with the step that nothing but time has made."""
    if outcome_at(outcome, first_told, now, after) is not Outcome.UNRESOLVED:
        return ledger
    ground = f"{after.days} days without an outcome"
    return (*ledger, LedgerStep(LedgerStage.UNRESOLVED, ground, RULE, first_told + after))


@dataclass(frozen=True, slots=True)
class OutcomeCounts:
    """How the incidents of one state ended; iso2 "" is a report without an affected state."""

    iso2: str
    open: int = 0
    confirmed: int = 0
    attributed: int = 0
    unfounded: int = 0
    unresolved: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.open + self.confirmed + self.attributed + self.unfounded + self.unresolved

    @property
    def unresolved_share(self) -> float | None:
        """Unresolved among those whose time is up or that came to an end; None when there are none of these."""
        due = self.total - self.open
        return self.unresolved / due if due else None


def outcome_counts(tallies: Iterable[tuple[str, Outcome, int]]) -> tuple[OutcomeCounts, ...]:
    """One row for each state from (state, outcome as it is shown, incidents); most incidents first."""
    found: dict[str, OutcomeCounts] = {}
    for iso2, outcome, number in tallies:
        counts = found.get(iso2, OutcomeCounts(iso2))
        found[iso2] = replace(counts, **{outcome.value: getattr(counts, outcome.value) + number})
    return tuple(sorted(found.values(), key=lambda counts: (-counts.total, counts.iso2)))
