"""How sure an incident is: a ledger that takes one report after the other and can say its ground."""

from datetime import datetime

from tui.domain.codes import Certainty, IncidentCertainty
from tui.domain.history import Outcome
from tui.reading.history.voices import authority, by_an_official, is_denial
from tui.reading.houses import state_behind
from tui.reading.phrases import countries
from tui.reading.sources import Source

_CONFIRMED_AGAIN = 2
"""Independent publishers that must report an official's word after a denial for it to stand again."""


class CertaintyLedger:
    """Follows INTERFACES "Certainty and outcome, one mapping"."""

    def __init__(self) -> None:
        self._told_by: dict[str, str] = {}
        """Independent sources of a claim: key to publisher."""
        self._confirmed: dict[str, str] = {}
        self._authority = ""
        """Who states it as fact, in plain words."""
        self._attributed = ""
        """To whom one with authority attributes it, and who, in plain words."""
        self._suspected: dict[str, str] = {}
        self._denied_by = ""
        self._doubted_at: datetime | None = None
        self._confirmed_since: set[str] = set()
        self._unfounded_by = ""
        self._withdrawn_by = ""
        """The last publisher that took its own report back."""
        self._parties: set[str] = set()
        self._owners: set[str] = set()

    def take(self, source: Source, at: datetime | None) -> None:
        """Take one report into account, in order of time."""
        report = source.filed.report
        self._parties.update(report.affected, report.actor)
        if report.certainty is Certainty.UNFOUNDED:
            self._unfounded_by = source.publisher
            self._doubt(at)
            return
        if is_denial(report) or report.certainty is Certainty.DISPUTED:
            self._denied_by = source.publisher
            self._doubt(at)
            return
        self._claim(source, at)

    def withdraw(self, source: Source) -> None:
        """A publisher took its report back: it is no longer taken, and when it was the only one nothing is left."""
        self._withdrawn_by = source.publisher

    def _doubt(self, at: datetime | None) -> None:
        self._doubted_at = at
        self._confirmed_since.clear()

    def _claim(self, source: Source, at: datetime | None) -> None:
        report = source.filed.report
        owner = state_behind(source.key)
        if owner:
            self._owners.add(owner)
        self._told_by.setdefault(source.key, source.publisher)
        if report.certainty is Certainty.SUSPECTED:
            self._suspected.setdefault(source.key, source.publisher)
        if report.certainty is not Certainty.CONFIRMED or (owner and owner in self._parties):
            return
        if not by_an_official(report):
            return
        self._confirmed.setdefault(source.key, source.publisher)
        who = authority(report)
        self._authority = self._authority or who
        if report.actor and not self._attributed:
            self._attributed = f"{who or 'an official'} attributes it to {countries(report.actor)}"
        if self._doubted_at is not None and at is not None and at > self._doubted_at:
            self._confirmed_since.add(source.key)

    def verdict(self) -> tuple[IncidentCertainty, str]:
        """The certainty now, and its ground in plain words."""
        return self._doubted() or self._claimed()

    def _doubted(self) -> tuple[IncidentCertainty, str] | None:
        """Withdrawn or denied, unless enough publishers have an official's word after it."""
        stands_again = len(self._confirmed_since) >= _CONFIRMED_AGAIN
        if self._unfounded_by and not stands_again:
            ground = f"withdrawn or explained away, as {self._unfounded_by} reports"
            return IncidentCertainty.UNFOUNDED, ground
        if self._withdrawn_by and not self._told_by:
            ground = f"{self._withdrawn_by} took its report back, and nobody else tells it"
            return IncidentCertainty.UNFOUNDED, ground
        if self._denied_by and not stands_again:
            return IncidentCertainty.DISPUTED, f"versions contradict: {self._denied_by} carries the denial"
        return None

    def _claimed(self) -> tuple[IncidentCertainty, str]:
        if self._confirmed:
            return (
                IncidentCertainty.CONFIRMED,
                f"stated as fact by {self._authority or 'an official'}, as {_named(self._confirmed)}",
            )
        if self._suspected:
            ground = f"an official says probable or is looking into it, as {_named(self._suspected)}"
            return IncidentCertainty.CORROBORATED, ground
        if len(self._told_by) > 1:
            return IncidentCertainty.CORROBORATED, f"{len(self._told_by)} independent publishers tell it"
        return IncidentCertainty.CLAIMED, self._claimed_ground()

    def outcome(self, *, owner_disputed: bool) -> tuple[Outcome, str]:
        """How it ended as far as is told, and on what ground; whose it was stays open while that is disputed."""
        certainty, ground = self.verdict()
        if certainty is IncidentCertainty.UNFOUNDED:
            return Outcome.UNFOUNDED, ground
        if certainty is not IncidentCertainty.CONFIRMED:
            return Outcome.OPEN, ground
        if self._attributed and not owner_disputed:
            return Outcome.ATTRIBUTED, self._attributed
        return Outcome.CONFIRMED, ground

    def _claimed_ground(self) -> str:
        if not self._told_by:
            return "no publisher states it as fact"
        name = next(iter(self._told_by.values()))
        if self._owners & self._parties:
            return f"only {name}, state media of a party, tells it"
        return f"one publisher tells it: {name}"


def _named(publishers: dict[str, str]) -> str:
    names = list(publishers.values())
    if len(names) == 1:
        return f"{names[0]} reports"
    others = len(names) - 1
    return f"{names[0]} and {others} other{'s' if others > 1 else ''} report"
