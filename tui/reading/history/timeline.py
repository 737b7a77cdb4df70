"""The history of an incident in our words: what each wording of each story added to what was known."""

from collections.abc import Sequence
from datetime import datetime

from tui.domain.codes import FOLLOW_UP_EVENTS, Certainty, Event, IncidentCertainty, Response
from tui.domain.history import RULE, LedgerStage, LedgerStep, Outcome, TimelineEntry, TimelineKind
from tui.domain.incident import IncidentFacts
from tui.domain.value import dataclass
from tui.reading.history.ledger import CertaintyLedger
from tui.reading.history.notices import Notice
from tui.reading.history.tellings import Telling
from tui.reading.history.voices import authority, by_an_official, is_denial, voice_of
from tui.reading.history.words import EVENT_WORDS, RESPONSE_WORDS
from tui.reading.line import incident_line
from tui.reading.sources import Source

_STAGE_OF_CERTAINTY = {
    IncidentCertainty.CONFIRMED: LedgerStage.CONFIRMED,
    IncidentCertainty.DISPUTED: LedgerStage.DISPUTED,
    IncidentCertainty.UNFOUNDED: LedgerStage.UNFOUNDED,
}


@dataclass(frozen=True, slots=True)
class History:
    """How an incident came to be what it is."""

    timeline: tuple[TimelineEntry, ...]
    steps: tuple[LedgerStep, ...]
    certainty: IncidentCertainty
    ground: str
    outcome: Outcome


def history_of(tellings: Sequence[Telling], *, owner_disputed: bool) -> History:
    """The history over wordings given in order of time."""
    scribe = _Scribe(owner_disputed=owner_disputed)
    for telling in tellings:
        scribe.take(telling)
    certainty, ground = scribe.ledger.verdict()
    return History(tuple(scribe.entries), tuple(scribe.steps), certainty, ground, scribe.outcome)


class _Scribe:
    """What is known so far, and the entries and steps that say how it came."""

    def __init__(self, *, owner_disputed: bool) -> None:
        self.entries: list[TimelineEntry] = []
        self.steps: list[LedgerStep] = []
        self.ledger = CertaintyLedger()
        self.outcome = Outcome.OPEN
        self._owner_disputed = owner_disputed
        self._present: dict[tuple[str, int], tuple[datetime, Source]] = {}
        """The latest wording of every report, and since when."""
        self._withdrawn: list[Source] = []
        self._certainty: IncidentCertainty | None = None
        self._keys: set[str] = set()
        self._publishers: set[str] = set()
        self._events: set[Event] = set()
        self._responses: set[Response] = set()
        self._voices: set[tuple[str, Certainty | None]] = set()
        self._counts: dict[str, int] = {}
        self._count: int | None = None

    def take(self, telling: Telling) -> None:
        """Add what one wording adds."""
        if telling.is_first:
            self._publisher(telling)
        else:
            self._revised(telling)
        self._noticed(telling)
        if telling.stands:
            self._happened(telling)
            self._counted(telling)
            self._answered(telling)
            self._stated(telling)
        self._weigh(telling)
        self._concluded(telling)

    def _note(self, telling: Telling, kind: TimelineKind, text: str) -> None:
        filed = telling.source.filed
        self.entries.append(TimelineEntry(telling.at, kind, telling.source.publisher, text, filed.story))

    def _publisher(self, telling: Telling) -> None:
        source = telling.source
        if not self.entries:
            self._note(telling, TimelineKind.FIRST_REPORT, f"first report: {_line(source)}")
            ground = f"first told by {source.publisher}"
            self._step(telling, LedgerStage.REPORTED, ground, source.publisher)
        elif source.publisher not in self._publishers:
            if source.copied_from:
                self._note(telling, TimelineKind.NEW_PUBLISHER, f"carries the text of {source.copied_from}")
            elif source.key not in self._keys:
                told = f"reports it too, source {len(self._keys) + 1}"
                self._note(telling, TimelineKind.NEW_PUBLISHER, told)
        self._publishers.add(source.publisher)
        self._keys.add(source.key)

    def _revised(self, telling: Telling) -> None:
        if not telling.stands and telling.notice is not Notice.WITHDRAWN:
            self._note(telling, TimelineKind.REVISION, "changed its text, which no longer tells of it")
        elif telling.added:
            self._note(telling, TimelineKind.FULL_TEXT, f"its whole text adds: {telling.added}")
        elif telling.changes:
            self._note(telling, TimelineKind.REVISION, "; ".join(map(str, telling.changes)))

    def _noticed(self, telling: Telling) -> None:
        if telling.notice is Notice.WITHDRAWN:
            self._note(telling, TimelineKind.CORRECTION, "takes its report back")
        elif telling.notice is Notice.CORRECTED:
            self._note(telling, TimelineKind.CORRECTION, "marks its report as corrected")

    def _happened(self, telling: Telling) -> None:
        report = telling.source.filed.report
        fresh = [event for event in report.event if event not in self._events and event is not Event.DENIAL]
        if self._events and telling.is_first:
            for event in fresh:
                verb = "reports" if event in FOLLOW_UP_EVENTS else "tells of"
                self._note(telling, TimelineKind.EVENT, f"{verb} {EVENT_WORDS[event]}")
        self._events.update(fresh)

    def _counted(self, telling: Telling) -> None:
        source = telling.source
        count = source.filed.report.count
        if count is None or self._counts.get(source.key) == count:
            return
        self._counts[source.key] = count
        if self._count is not None and count != self._count and telling.is_first:
            self._note(telling, TimelineKind.COUNT, f"says {count}; {self._count} before")
        self._count = count

    def _answered(self, telling: Telling) -> None:
        answers = telling.source.filed.report.response
        fresh = [answer for answer in answers if answer not in self._responses]
        if fresh and not telling.added:
            words = ", ".join(RESPONSE_WORDS[answer] for answer in fresh)
            self._note(telling, TimelineKind.RESPONSE, words)
        self._responses.update(fresh)

    def _stated(self, telling: Telling) -> None:
        """The first time that an authority says so much, or that somebody denies it."""
        report = telling.source.filed.report
        if is_denial(report):
            kind, who = TimelineKind.DENIAL, voice_of(report)
            text = f"{who} denies it" if who else "reports a denial"
        elif report.certainty is Certainty.CONFIRMED and by_an_official(report):
            kind, who = TimelineKind.OFFICIAL_STATEMENT, authority(report) or "an official"
            text = f"{who} states it as fact"
        elif report.certainty is Certainty.SUSPECTED:
            kind, who = TimelineKind.OFFICIAL_STATEMENT, authority(report) or "an official"
            text = f"{who} says it is probable or is looking into it"
        else:
            return
        if (who, report.certainty) in self._voices:
            return
        self._voices.add((who, report.certainty))
        self._note(telling, kind, text)
        official = kind is TimelineKind.OFFICIAL_STATEMENT
        if official and not any(step.stage is LedgerStage.OFFICIAL_STATEMENT for step in self.steps):
            ground = f"{text}, as {telling.source.publisher} reports"
            self._step(telling, LedgerStage.OFFICIAL_STATEMENT, ground, telling.source.publisher)

    def _weigh(self, telling: Telling) -> None:
        """The ledger with this wording in place of the one before."""
        source = telling.source
        key = (source.filed.story, source.filed.position)
        withdrawn = telling.notice is Notice.WITHDRAWN
        if withdrawn:
            self._withdrawn.append(source)
            self._present.pop(key, None)
        elif telling.stands:
            self._present[key] = (telling.at, source)
        if telling.is_first and not withdrawn:
            self.ledger.take(source, telling.at)
            return
        self.ledger = CertaintyLedger()
        for at, present in sorted(self._present.values(), key=lambda held: held[0]):
            self.ledger.take(present, at)
        for gone in self._withdrawn:
            self.ledger.withdraw(gone)

    def _concluded(self, telling: Telling) -> None:
        """What the ledger says now, where that is another thing than before."""
        certainty, ground = self.ledger.verdict()
        if certainty is not self._certainty:
            before = f"{self._certainty} → " if self._certainty else ""
            self._rule(telling, TimelineKind.CERTAINTY, f"{before}{certainty}: {ground}")
            self._certainty = certainty
            if certainty in _STAGE_OF_CERTAINTY:
                self._step(telling, _STAGE_OF_CERTAINTY[certainty], ground, RULE)
        outcome, reason = self.ledger.outcome(owner_disputed=self._owner_disputed)
        if outcome is not self.outcome:
            why = f": {reason}" if outcome is Outcome.ATTRIBUTED or reason != ground else ""
            self._rule(telling, TimelineKind.OUTCOME, f"{outcome}{why}")
            self.outcome = outcome
            if outcome is Outcome.ATTRIBUTED:
                self._step(telling, LedgerStage.ATTRIBUTED, reason, RULE)

    def _rule(self, telling: Telling, kind: TimelineKind, text: str) -> None:
        self.entries.append(TimelineEntry(telling.at, kind, RULE, text, telling.source.filed.story))

    def _step(self, telling: Telling, stage: LedgerStage, ground: str, source: str) -> None:
        self.steps.append(LedgerStep(stage, ground, source, telling.at, telling.source.filed.story))


def _line(source: Source) -> str:
    report = source.filed.report
    return incident_line(
        IncidentFacts(
            affected=report.affected,
            actor=report.actor,
            responder=report.responder,
            object=report.object,
            zone=report.zone,
            event=report.event,
            response=report.response,
            count=report.count,
            place=report.place,
            event_date=report.event_date,
        )
    )
