"""How sure an incident is: a ledger that takes one report after the other and can say its ground."""

from datetime import datetime

from tui.domain.codes import Certainty, Event, IncidentCertainty
from tui.domain.reading import Report
from tui.reading.houses import state_behind
from tui.reading.phrases import country
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
        self._suspected: dict[str, str] = {}
        self._denied_by = ""
        self._doubted_at: datetime | None = None
        self._confirmed_since: set[str] = set()
        self._unfounded_by = ""
        self._parties: set[str] = set()
        self._owners: set[str] = set()

    def take(self, source: Source, at: datetime | None) -> None:
        """Take one report into account, in order of time."""
        report = source.filed.report
        self._parties.update(report.affected, report.actor)
        is_denial = report.certainty is Certainty.DENIED or report.event[:1] == (Event.DENIAL,)
        if report.certainty is Certainty.UNFOUNDED:
            self._unfounded_by = source.publisher
            self._doubt(at)
            return
        if is_denial or report.certainty is Certainty.DISPUTED:
            self._denied_by = source.publisher
            self._doubt(at)
            return
        self._claim(source, at)

    def _doubt(self, at: datetime | None) -> None:
        self._doubted_at = at
        self._confirmed_since.clear()

    def _claim(self, source: Source, at: datetime | None) -> None:
        owner = state_behind(source.key)
        if owner:
            self._owners.add(owner)
        self._told_by.setdefault(source.key, source.publisher)
        certainty = source.filed.report.certainty
        if certainty is Certainty.SUSPECTED:
            self._suspected.setdefault(source.key, source.publisher)
        if certainty is not Certainty.CONFIRMED or (owner and owner in self._parties):
            return
        if not _by_an_official(source.filed.report):
            return
        self._confirmed.setdefault(source.key, source.publisher)
        self._authority = self._authority or _authority(source.filed.report)
        if self._doubted_at is not None and at is not None and at > self._doubted_at:
            self._confirmed_since.add(source.key)

    def verdict(self) -> tuple[IncidentCertainty, str]:
        """The certainty now, and its ground in plain words."""
        stands_again = len(self._confirmed_since) >= _CONFIRMED_AGAIN
        if self._unfounded_by and not stands_again:
            return (
                IncidentCertainty.UNFOUNDED,
                f"withdrawn or explained away, as {self._unfounded_by} reports",
            )
        if self._denied_by and not stands_again:
            return IncidentCertainty.DISPUTED, f"versions contradict: {self._denied_by} carries the denial"
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

    def _claimed_ground(self) -> str:
        if not self._told_by:
            return "no publisher states it as fact"
        name = next(iter(self._told_by.values()))
        if self._owners & self._parties:
            return f"only {name}, state media of a party, tells it"
        return f"one publisher tells it: {name}"


_ACTS_OF_STATE = frozenset({Event.SHOOTDOWN, Event.PROTEST, Event.POLICY})
"""Only a state does these, so that the telling rests on its word."""


def _by_an_official(report: Report) -> bool:
    """Whether one with authority states it: of the affected state, of its alliance, or of the actor that admits it.

    A state's own act speaks for itself. Facts that were given rather than read carry no marks, and are
    taken at their word.
    """
    if not report.spans or _ACTS_OF_STATE.intersection(report.event[:1]):
        return True
    speakers = [span.value for span in report.spans if span.fact == "speaker"]
    if speakers:
        return any(_has_authority(speaker, report) for speaker in speakers)
    return any(span.fact == "certainty" for span in report.spans)


def _authority(report: Report) -> str:
    """Who confirms, in plain words; empty when the words do not say."""
    for span in report.spans:
        if span.fact == "speaker" and _has_authority(span.value, report):
            voice, _, iso2 = span.value.partition(" ")
            return "its alliance" if voice == "alliance" else f"an official of {country(iso2)}"
    return ""


def _has_authority(speaker: str, report: Report) -> bool:
    """Whether a speaker, as "official EE" or "alliance", may confirm an event over the affected states."""
    voice, _, iso2 = speaker.partition(" ")
    if voice == "alliance":
        return True
    return voice == "official" and iso2 in {*report.affected, *report.actor}


def _named(publishers: dict[str, str]) -> str:
    names = list(publishers.values())
    if len(names) == 1:
        return f"{names[0]} reports"
    others = len(names) - 1
    return f"{names[0]} and {others} other{'s' if others > 1 else ''} report"
