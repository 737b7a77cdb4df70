"""The timeline of an incident in our words: what each report added to what was known."""

from collections.abc import Sequence
from datetime import UTC, datetime

from tui.domain.codes import FOLLOW_UP_EVENTS, Event, IncidentCertainty, Response
from tui.domain.history import RULE, TimelineEntry, TimelineKind
from tui.domain.incident import IncidentFacts
from tui.reading.history.ledger import CertaintyLedger
from tui.reading.history.turns import told_at
from tui.reading.line import incident_line
from tui.reading.sources import Source

_UNDATED = datetime(1970, 1, 1, tzinfo=UTC)

_EVENT_WORDS = {
    Event.VIOLATION: "a violation of airspace",
    Event.ADIZ_ENTRY: "an entry into an identification zone",
    Event.SIGHTING: "a sighting",
    Event.INTERCEPTION: "an interception",
    Event.SHOOTDOWN: "a shoot-down",
    Event.CRASH: "a crash",
    Event.STRIKE: "a strike",
    Event.DEBRIS_FOUND: "a find of remains",
    Event.AIRSPACE_CLOSURE: "a closure",
    Event.EXERCISE: "an exercise",
    Event.PROTEST: "a protest",
    Event.DENIAL: "a denial",
    Event.POLICY: "a policy answer",
    Event.INTEL_SHARING: "shared intelligence",
    Event.ANALYSIS: "an analysis",
}
_RESPONSE_WORDS = {
    Response.SCRAMBLE: "jets scrambled",
    Response.INTERCEPTION: "intercepted",
    Response.ESCORT: "escorted",
    Response.WARNING_SHOTS: "warning shots",
    Response.SHOOTDOWN: "shot down",
    Response.JAMMING: "jammed",
    Response.AIRPORT_CLOSED: "airport closed",
    Response.AIRSPACE_CLOSED: "airspace closed",
    Response.EVACUATION: "evacuation",
    Response.PROTEST: "protest lodged",
    Response.CONSULTATION: "consultations",
    Response.DEPLOYMENT: "forces deployed",
    Response.MONITORED_ONLY: "monitored only",
    Response.NONE_REPORTED: "said to have been answered by nothing",
}


def timeline_of(sources: Sequence[Source]) -> tuple[TimelineEntry, ...]:
    """Entries for reports given in order of time."""
    history = _History()
    for source in sources:
        history.take(source)
    return tuple(history.entries)


class _History:
    """What is known so far, and the entries that say how it came."""

    def __init__(self) -> None:
        self.entries: list[TimelineEntry] = []
        self._ledger = CertaintyLedger()
        self._certainty: IncidentCertainty | None = None
        self._keys: set[str] = set()
        self._publishers: set[str] = set()
        self._events: set[Event] = set()
        self._responses: set[Response] = set()
        self._counts: dict[str, int] = {}
        self._count: int | None = None

    def take(self, source: Source) -> None:
        """Add what one report adds."""
        at = told_at(source.filed) or _UNDATED
        self._publisher(source, at)
        self._happened(source, at)
        self._counted(source, at)
        self._answered(source, at)
        self._ledger.take(source, at)
        certainty, ground = self._ledger.verdict()
        if certainty is not self._certainty:
            before = f"{self._certainty} → " if self._certainty else ""
            text = f"{before}{certainty}: {ground}"
            self.entries.append(TimelineEntry(at, TimelineKind.CERTAINTY, RULE, text, source.filed.story))
            self._certainty = certainty

    def _note(self, source: Source, at: datetime, kind: TimelineKind, text: str) -> None:
        self.entries.append(TimelineEntry(at, kind, source.publisher, text, source.filed.story))

    def _publisher(self, source: Source, at: datetime) -> None:
        if not self.entries:
            self._note(source, at, TimelineKind.FIRST_REPORT, f"first report: {_line(source)}")
        elif source.publisher not in self._publishers:
            if source.copied_from:
                self._note(
                    source, at, TimelineKind.NEW_PUBLISHER, f"carries the text of {source.copied_from}"
                )
            elif source.key not in self._keys:
                self._note(
                    source, at, TimelineKind.NEW_PUBLISHER, f"reports it too, source {len(self._keys) + 1}"
                )
        self._publishers.add(source.publisher)
        self._keys.add(source.key)

    def _happened(self, source: Source, at: datetime) -> None:
        fresh = [event for event in source.filed.report.event if event not in self._events]
        if self._events:
            for event in fresh:
                kind = TimelineKind.DENIAL if event is Event.DENIAL else TimelineKind.EVENT
                verb = "reports" if event in FOLLOW_UP_EVENTS else "tells of"
                self._note(source, at, kind, f"{verb} {_EVENT_WORDS[event]}")
        elif Event.DENIAL in fresh:
            self._note(source, at, TimelineKind.DENIAL, f"reports {_EVENT_WORDS[Event.DENIAL]}")
        self._events.update(fresh)

    def _counted(self, source: Source, at: datetime) -> None:
        count = source.filed.report.count
        if count is None or self._counts.get(source.key) == count:
            return
        self._counts[source.key] = count
        if self._count is not None and count != self._count:
            self._note(source, at, TimelineKind.COUNT, f"says {count}; {self._count} before")
        self._count = count

    def _answered(self, source: Source, at: datetime) -> None:
        fresh = [answer for answer in source.filed.report.response if answer not in self._responses]
        if fresh:
            words = ", ".join(_RESPONSE_WORDS[answer] for answer in fresh)
            self._note(source, at, TimelineKind.RESPONSE, words)
        self._responses.update(fresh)


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
