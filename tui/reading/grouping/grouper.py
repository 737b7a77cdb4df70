"""Assigns reports to incidents: one poll at a time, in an order of its own, without taking anything over."""

from collections import ChainMap, OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime

from tui.domain.constraints import NO_CONSTRAINTS, Constraints
from tui.domain.incident import FiledReport, Filing, IncidentSketch, ReportKey
from tui.domain.recall import HELD, Forgetful, Recall
from tui.domain.value import dataclass
from tui.reading.grouping.draft import Draft
from tui.reading.grouping.memory import Memory
from tui.reading.grouping.traits import Traits, traits_of_report
from tui.reading.grouping.weights import WEIGHTS, Weights

_REMEMBERED = 10_000
"""Reports whose incident is remembered, so that a revised story stays where it is; of older ones the store is asked."""
_NO_DAY = datetime.min.replace(tzinfo=UTC)


class Grouper:
    """Knows the incidents so far; fits `pipeline.ports.Grouping`."""

    def __init__(
        self,
        sketches: Iterable[IncidentSketch] = (),
        recall: Recall | None = None,
        weights: Weights = WEIGHTS,
        held: int = HELD,
    ) -> None:
        """`sketches`: the latest told of what is stored, all where nothing is; `recall`: finds the others."""
        self._weights = weights
        self._constraints = NO_CONSTRAINTS
        self._memory = Memory(sorted(sketches, key=_revised), recall or Forgetful(), held)
        self._draft: tuple[Filing, Draft] | None = None
        """The last answer and what it was made of."""
        self._filed: OrderedDict[ReportKey, str] = OrderedDict()

    def assign(self, batch: Sequence[FiledReport], filed: Mapping[ReportKey, str] | None = None) -> Filing:
        """Assign the reports of one poll; the answer does not depend on their order.

        `filed` names the incidents that reports of revised stories are stored in: they stay there.
        """
        known = ChainMap(dict(filed or {}), self._filed)
        draft = Draft(self._memory, known, self._weights, self._constraints)
        read = [self._constraints.read(filed) for filed in batch]
        draft.forget(filed or {}, {(one.story, one.position) for one in read})
        turns = [_Turn(filed, traits_of_report(filed)) for filed in read]
        for turn in sorted(turns, key=_order):
            draft.file(turn.filed, turn.traits)
        draft.reconsider()
        draft.reconsider()
        filing = draft.filing()
        self._draft = (filing, draft)
        return filing

    def obey(
        self,
        constraints: Constraints,
        sketches: Iterable[IncidentSketch] = (),
        emptied: Iterable[str] = (),
    ) -> None:
        """Take over what a person corrected: the constraints, the sketches drawn anew, the incidents left empty."""
        self._constraints = constraints
        for incident in emptied:
            self._memory.index.drop(incident)
        for sketch in sketches:
            self._memory.put(sketch)
        self._filed.clear()

    def adopt(self, filing: Filing) -> None:
        """Take a stored filing over."""
        own = self._draft[1] if self._draft and self._draft[0] is filing else None
        self._draft = None
        for incident in filing.emptied:
            self._memory.empty(incident)
        for sketch in filing.sketches:
            self._memory.put(sketch, own.traits(sketch.incident) if own else None)
        for assignment in filing.assignments:
            key = (assignment.story, assignment.position)
            self._filed[key] = assignment.incident
            self._filed.move_to_end(key)
        while len(self._filed) > _REMEMBERED:
            self._filed.popitem(last=False)


def _revised(sketch: IncidentSketch) -> tuple[datetime, str]:
    return sketch.last_published or _NO_DAY, sketch.incident


@dataclass(frozen=True, slots=True)
class _Turn:
    filed: FiledReport
    traits: Traits


def _order(turn: _Turn) -> tuple[date, bool, datetime, str, int]:
    """By day; within a day first-hand reports before follow-ups, then by time, then by key."""
    published = turn.filed.published or turn.filed.first_seen or _NO_DAY
    return published.date(), turn.traits.late, published, turn.filed.story, turn.filed.position
