"""What all corrections that stand ask of grouping and conclusions, as plain data."""

from collections.abc import Iterable, Mapping
from dataclasses import field, replace

from tui.domain.codes import IncidentCertainty
from tui.domain.correction import (
    Apart,
    FieldCorrection,
    Kind,
    Made,
    Merge,
    Move,
    NotIncursion,
    OtherActor,
    OtherAffected,
    OtherObject,
    SetOutcome,
    Split,
)
from tui.domain.history import (
    IncidentHistory,
    LedgerStage,
    LedgerStep,
    Outcome,
    TimelineEntry,
    TimelineKind,
)
from tui.domain.incident import Conclusion, FactCorrection, FiledReport, IncidentFacts
from tui.domain.reading import Report
from tui.domain.value import dataclass

_Place = tuple[str, int | None]
"""A story, and one of its reports or all."""

PERSON = "you"
"""Source of an entry that a person made."""

_CERTAINTY = {
    Outcome.CONFIRMED: IncidentCertainty.CONFIRMED,
    Outcome.ATTRIBUTED: IncidentCertainty.CONFIRMED,
    Outcome.UNFOUNDED: IncidentCertainty.UNFOUNDED,
}
"""The certainty that an outcome set by a person brings with it."""


@dataclass(frozen=True, slots=True)
class Constraints:
    """Must join, must not join, and what a person says instead of what was read.

    A report has a home: the incident it was filed in, or that a person put it in. Its home may have been
    merged into another, in which it is shown. So a merger undone finds every report where it was.
    """

    merged: Mapping[str, str] = field(default_factory=dict)
    """Incident to the one it is shown in, followed to the end."""
    placed: Mapping[_Place, str] = field(default_factory=dict)
    """The home a person chose."""
    apart: frozenset[frozenset[str]] = frozenset()
    """Pairs of incidents that are two events."""
    no_stories: frozenset[str] = frozenset()
    """Stories that are no incursion."""
    no_incidents: frozenset[str] = frozenset()
    """Incidents that are none."""
    of_reports: Mapping[tuple[str, int], tuple[Made, ...]] = field(default_factory=dict)
    """Facts corrected of a report, in the order they were."""
    of_incidents: Mapping[str, tuple[Made, ...]] = field(default_factory=dict)
    """Facts corrected and other corrections of the incident as it is shown, those of its own last."""

    def shown(self, incident: str) -> str:
        """The incident that one is shown in: itself, unless it was merged into another."""
        return self.merged.get(incident, incident)

    def homes(self, incident: str) -> tuple[str, ...]:
        """The incidents shown in one: itself and those merged into it."""
        return (incident, *(alias for alias, target in self.merged.items() if target == incident))

    def home(self, story: str, position: int) -> str | None:
        """The incident a person put a report in; None: wherever the grouping puts it."""
        return self.placed.get((story, position)) or self.placed.get((story, None))

    def placed_in(self, incident: str) -> frozenset[str]:
        """The stories that a person put into it, in whole or in part."""
        return frozenset(story for (story, _), home in self.placed.items() if home == incident)

    def keeps_apart(self, one: str, other: str) -> bool:
        """Whether a person said that these are two, or has made them one already."""
        pair = frozenset({self.shown(one), self.shown(other)})
        return len(pair) == 1 or any(frozenset(map(self.shown, two)) == pair for two in self.apart)

    def pins(self, story: str, incident: str) -> bool:
        """Whether a person corrected anything of a story or of the incident it is in: neither is moved by itself."""
        if self is NO_CONSTRAINTS:
            return False
        of_story = (
            self.drops(story)
            or any(placed == story for placed, _ in self.placed)
            or any(told == story for told, _ in self.of_reports)
        )
        of_incident = (
            incident in self.merged
            or incident in self.merged.values()
            or incident in self.placed.values()
            or incident in self.no_incidents
            or incident in self.of_incidents
            or any(incident in pair for pair in self.apart)
        )
        return of_story or of_incident

    def drops(self, story: str) -> bool:
        """Whether a person said that this story is no incursion."""
        return story in self.no_stories

    def hides(self, incident: str) -> bool:
        """Whether a person said that what is shown there is no incursion."""
        return any(home in self.no_incidents for home in self.homes(self.shown(incident)))

    def read(self, filed: FiledReport) -> FiledReport:
        """The report as a person says it reads."""
        report = self.report(filed.story, filed.position, filed.report)
        return filed if report is filed.report else replace(filed, report=report)

    def report(self, story: str, position: int, report: Report) -> Report:
        """What a story tells of one event, as a person says it reads."""
        for one in self.of_reports.get((story, position), ()):
            report = _reworked(report, one)
        return report

    def told(self, incident: str, concluded: Conclusion) -> Conclusion:
        """What is concluded of a shown incident as a person tells it; facts that were corrected say so."""
        made = self.of_incidents.get(incident, ())
        if not made:
            return concluded
        facts, corrected = concluded.facts, dict[str, FactCorrection]()
        for one in made:
            facts = _laid_over(facts, one)
            if name := _fact(one):
                corrected[name] = FactCorrection(name, value_of(one), one.at)
        said = [TimelineEntry(one.at, TimelineKind.CORRECTION, PERSON, said_of(one)) for one in made]
        timeline = sorted((*concluded.timeline, *said), key=lambda entry: entry.at)
        return replace(
            concluded,
            facts=replace(facts, corrected=tuple(corrected.values())),
            timeline=tuple(timeline),
            history=_with_outcomes(concluded.history, made),
        )

    def outcome(self, incident: str) -> Outcome | None:
        """How a person says that a shown incident ended."""
        found = [
            one.correction.outcome
            for one in self.of_incidents.get(incident, ())
            if isinstance(one.correction, SetOutcome)
        ]
        return found[-1] if found else None


NO_CONSTRAINTS = Constraints()
"""Nobody corrected anything."""


def constraints_of(made: Iterable[Made]) -> Constraints:
    """What the corrections that stand ask for; of two that contradict each other the later holds."""
    standing = sorted((one for one in made if one.undone_at is None), key=lambda one: one.id)
    if not standing:
        return NO_CONSTRAINTS
    corrections = [one.correction for one in standing]
    merged = _followed([one for one in corrections if isinstance(one, Merge)])
    placed: dict[_Place, str] = {}
    for one in corrections:
        if isinstance(one, Split | Move):
            if one.position is None:
                placed = {place: home for place, home in placed.items() if place[0] != one.story}
            placed[one.story, one.position] = one.into
    none = [one.target for one in corrections if isinstance(one, NotIncursion)]
    return Constraints(
        merged=merged,
        placed=placed,
        apart=frozenset(
            frozenset({one.incident, one.other}) for one in corrections if isinstance(one, Apart)
        ),
        no_stories=frozenset(target.story for target in none if target.story),
        no_incidents=frozenset(target.incident for target in none if target.incident),
        of_reports=_of_reports(standing),
        of_incidents=_of_incidents(standing, merged),
    )


def _followed(merges: Iterable[Merge]) -> dict[str, str]:
    """Each merged incident with the end of its way; a later merger the other way round takes the earlier back."""
    into: dict[str, str] = {}
    for one in merges:
        into.pop(one.incident, None)
        if _end(into, one.into) == one.incident:
            into.pop(one.into)
        into[one.incident] = one.into
    return {incident: _end(into, incident) for incident in into}


def _end(into: Mapping[str, str], incident: str) -> str:
    while incident in into:
        incident = into[incident]
    return incident


def _of_reports(standing: Iterable[Made]) -> dict[tuple[str, int], tuple[Made, ...]]:
    found: dict[tuple[str, int], tuple[Made, ...]] = {}
    for one in standing:
        correction = one.correction
        if isinstance(correction, FieldCorrection) and correction.target.story:
            key = (correction.target.story, correction.target.position)
            found[key] = (*found.get(key, ()), one)
    return found


def _of_incidents(standing: Iterable[Made], merged: Mapping[str, str]) -> dict[str, tuple[Made, ...]]:
    """Those said of an incident merged into another stand behind those said of that other."""
    aliased: dict[str, list[Made]] = {}
    own: dict[str, list[Made]] = {}
    for one in standing:
        for incident in incidents_named(one):
            said = aliased if incident in merged else own
            said.setdefault(merged.get(incident, incident), []).append(one)
    return {
        incident: tuple(dict.fromkeys((*aliased.get(incident, ()), *own.get(incident, ()))))
        for incident in {**aliased, **own}
    }


def incidents_named(made: Made) -> tuple[str, ...]:
    """The incidents whose history a correction belongs to."""
    match made.correction:
        case Merge(incident, into):
            return (incident, into)
        case Apart(incident, other):
            return (incident, other)
        case Split(_, incident, into):
            return (incident, into)
        case Move(_, into):
            return (into,)
        case SetOutcome(incident):
            return (incident,)
        case NotIncursion(target) | OtherAffected(target) | OtherActor(target) | OtherObject(target):
            return (target.incident,) if target.incident else ()


def value_of(made: Made) -> str:
    """What it says, as the command line takes it."""
    match made.correction:
        case OtherAffected(_, values) | OtherActor(_, values):
            return " ".join(values) or "none"
        case OtherObject(_, objects):
            return " ".join(objects) or "none"
        case SetOutcome(_, outcome):
            return str(outcome)
        case Merge(_, into) | Split(_, _, into) | Move(_, into):
            return into
        case Apart(_, other):
            return other
        case NotIncursion():
            return ""


def said_of(made: Made) -> str:
    """A correction in a few words, for a history."""
    value = value_of(made)
    match made.correction:
        case Merge(incident):
            said = f"merged {incident} into {value}"
        case Apart(incident):
            said = f"{incident} and {value} are two events"
        case Split() | Move():
            said = f"a story {'split off' if made.kind is Kind.SPLIT else 'moved'} into {value}"
        case NotIncursion():
            said = "not an incursion"
        case _:
            said = f"{made.kind}: {value}"
    return said


def _fact(made: Made) -> str:
    """The fact it corrects; empty when it corrects the grouping."""
    about = isinstance(made.correction, FieldCorrection | SetOutcome | NotIncursion)
    return str(made.kind) if about else ""


def _reworked(report: Report, made: Made) -> Report:
    match made.correction:
        case OtherAffected(_, states):
            return replace(report, affected=states)
        case OtherActor(_, states):
            return replace(report, actor=states)
        case OtherObject(_, objects):
            return replace(report, object=objects)
        case _:
            return report


def _laid_over(facts: IncidentFacts, made: Made) -> IncidentFacts:
    match made.correction:
        case OtherAffected(_, states):
            return replace(facts, affected=states)
        case OtherActor(_, states):
            return replace(facts, actor=states, disputed=_without(facts, "actor"))
        case OtherObject(_, objects):
            return replace(facts, object=objects, disputed=_without(facts, "object"))
        case SetOutcome(_, outcome):
            facts = replace(facts, outcome=outcome)
            if outcome not in _CERTAINTY:
                return facts
            return replace(facts, certainty=_CERTAINTY[outcome], ground=f"you set the outcome: {outcome}")
        case _:
            return facts


def _with_outcomes(history: IncidentHistory, made: Iterable[Made]) -> IncidentHistory:
    """The ledger with the outcomes that a person set."""
    steps = [
        LedgerStep(LedgerStage(one.correction.outcome), one.note or "set by hand", PERSON, one.at)
        for one in made
        if isinstance(one.correction, SetOutcome) and one.correction.outcome is not Outcome.OPEN
    ]
    ledger = sorted((*history.ledger, *steps), key=lambda step: step.at) if steps else history.ledger
    return replace(history, ledger=tuple(ledger))


def _without(facts: IncidentFacts, name: str) -> tuple[str, ...]:
    """What publishers differ on, but for what a person has settled."""
    return tuple(one for one in facts.disputed if one != name)
