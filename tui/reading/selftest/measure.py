"""Reads labelled stories and says how well: relevance and every field, in all and by language."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from tui.domain.entry import StoryText
from tui.domain.reading import Reading, Report
from tui.domain.value import dataclass
from tui.reading.data_file import data_text
from tui.reading.grouping.traits import place_names
from tui.reading.selftest.cases import Case, Labels
from tui.reading.selftest.labels import Pair, Tally, confusion, exact, micro, relevance

SETS = ("affected", "actor", "responder", "object", "zone", "event", "response")
"""Fields of several labels, scored over all reports of a story."""
SINGLE = ("main event", "certainty", "count", "place", "event date")
"""Fields of one label, scored on the main report."""

RELEVANCE = "relevance"


@dataclass(frozen=True, slots=True)
class Measure:
    """How well one field was read."""

    field: str
    stories: int
    """Stories that have a label for it."""
    tally: Tally
    exact: float | None
    """Share of them read exactly."""
    confused: tuple[tuple[str, str, int], ...] = ()
    """Right label, label read in its place, how often; an empty label is one too many or too few."""


@dataclass(frozen=True, slots=True)
class Miss:
    """A story that was read otherwise than it is labelled."""

    case: Case
    reading: Reading
    field: str
    right: Labels
    found: Labels


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one set of cases gave."""

    cases: int
    measures: tuple[Measure, ...]
    by_language: Mapping[str, tuple[Measure, ...]]
    misses: tuple[Miss, ...]

    def measure(self, field: str) -> Measure | None:
        """The measure of one field, if any story has a label for it."""
        return next((measure for measure in self.measures if measure.field == field), None)


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A measure below what this version was shipped with."""

    measure: str
    floor: float
    found: float | None


def measured(cases: Sequence[Case], read: Callable[[StoryText], Reading]) -> Outcome:
    """Read every case once and score it."""
    readings = [(case, read(case.text)) for case in cases]
    languages: dict[str, list[tuple[Case, Reading]]] = {}
    for case, reading in readings:
        languages.setdefault(case.text.lang or "und", []).append((case, reading))
    in_order = sorted(languages, key=lambda lang: (-len(languages[lang]), lang))
    return Outcome(
        cases=len(readings),
        measures=tuple(_measures(readings)),
        by_language={lang: tuple(_measures(languages[lang])) for lang in in_order},
        misses=tuple(_misses(readings)),
    )


def shortfalls(outcome: Outcome) -> tuple[Shortfall, ...]:
    """Measures of the shipped cases that are worse than they were when this version was made."""
    found = []
    for name, floor in expectation().items():
        value = values(outcome).get(name)
        if value is None or value < floor:
            found.append(Shortfall(name, floor, value))
    return tuple(found)


def expectation() -> dict[str, float]:
    """The lowest value of each measure that this version is expected to reach."""
    text = data_text("selftest/expected.tsv")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {name: float(value) for name, value in rows}


def values(outcome: Outcome) -> dict[str, float | None]:
    """Every measure that an expectation may name, 0 to 1."""
    found: dict[str, float | None] = {}
    for measure in outcome.measures:
        if measure.field == RELEVANCE:
            found["relevance precision"] = measure.tally.precision
            found["relevance recall"] = measure.tally.recall
        elif measure.field in SETS:
            found[f"{measure.field} F1"] = measure.tally.f1
        else:
            found[f"{measure.field} right"] = measure.exact
    return found


def _measures(readings: Sequence[tuple[Case, Reading]]) -> Iterable[Measure]:
    marks = [(reading.verdict.relevant, case.relevant) for case, reading in readings]
    told = Counter((_kept(right), _kept(found)) for found, right in marks)
    yield Measure(
        RELEVANCE,
        len(marks),
        relevance(marks),
        sum(found == right for found, right in marks) / len(marks) if marks else None,
        tuple((right, found, number) for (right, found), number in sorted(told.items())),
    )
    for field in (*SETS, *SINGLE):
        pairs = [
            (labels_read(reading, field, right), right)
            for case, reading in readings
            if (right := case.label(field)) is not None
        ]
        if pairs:
            yield Measure(field, len(pairs), micro(pairs), exact(pairs), _confused(pairs))


def _kept(relevant: bool) -> str:  # noqa: FBT001 - the one thing it turns
    return "kept" if relevant else "dropped"


def _confused(pairs: Iterable[Pair]) -> tuple[tuple[str, str, int], ...]:
    found = confusion(pairs)
    ranked = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    return tuple((right, other, number) for (right, other), number in ranked)


def _misses(readings: Iterable[tuple[Case, Reading]]) -> Iterable[Miss]:
    for case, reading in readings:
        verdict = reading.verdict
        wrong_war = case.war_routine is not None and case.war_routine is not verdict.war_routine
        if case.relevant is not verdict.relevant or wrong_war:
            right, found = _kept(case.relevant), _kept(verdict.relevant)
            if wrong_war:
                right, found = f"war routine: {case.war_routine}", f"war routine: {verdict.war_routine}"
            yield Miss(case, reading, RELEVANCE, frozenset({right}), frozenset({found}))
            continue
        for field, right_labels in case.labels:
            found_labels = labels_read(reading, field, right_labels)
            if found_labels != right_labels:
                yield Miss(case, reading, field, right_labels, found_labels)


def labels_read(reading: Reading, field: str, right: Labels = frozenset()) -> Labels:
    """What was read for a field; a place that shares a name with the right one counts as it."""
    reports = reading.reports if reading.verdict.relevant else ()
    if field in SETS:
        return frozenset(str(label) for report in reports for label in getattr(report, field))
    main = reports[0] if reports else Report()
    if field == "place":
        return _place(main, right)
    single = {
        "main event": main.event[0] if main.event else None,
        "certainty": main.certainty,
        "count": main.count,
        "event date": main.event_date.date.isoformat() if main.event_date else None,
    }[field]
    return frozenset() if single is None else frozenset({str(single)})


def _place(main: Report, right: Labels) -> Labels:
    if main.place is None:
        return frozenset()
    names = place_names(main.place.name)
    same = [label for label in right if not names.isdisjoint(place_names(label))]
    return frozenset(same) if same else frozenset({main.place.name})
