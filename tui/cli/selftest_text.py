"""What a self-test found, as tables and as JSON."""

from collections.abc import Iterator, Sequence
from typing import Any

from tui.cli.columns import width_of_output
from tui.domain.value import dataclass
from tui.reading.selftest.measure import RELEVANCE, SETS, Measure, Miss, Outcome, Shortfall
from tui.ui.untrusted import clip, safe

_CONFUSIONS = 3
"""Confusions of a field that its line names."""
_IN_TABLE = (RELEVANCE, "affected", "actor", "object", "event", "certainty")
"""Fields of the table by language."""


@dataclass(frozen=True, slots=True)
class Tested:
    """Everything that one run found."""

    shipped: Outcome
    below: tuple[Shortfall, ...]
    own: Outcome | None
    path: str
    """Where the user's own cases are, or would be."""
    ruled: bool
    """The user's rules were applied."""
    show: int

    @property
    def passed(self) -> bool:
        """Nothing worse than expected, and the user's cases read as they say."""
        return not self.below and not (self.own and self.own.misses)


def selftest_text(tested: Tested) -> str:
    """Tables, misreadings and the verdict; every line is cut but the one with the path."""
    width = width_of_output()
    shown = (safe(line) if tested.path in line else clip(line, width) for line in _lines(tested))
    return "\n".join(shown) + "\n"


def _lines(tested: Tested) -> Iterator[str]:
    rules = ", with your rules" if tested.ruled else ""
    yield f"{tested.shipped.cases} labelled stories that came with the program{rules}"
    yield from _table(tested.shipped.measures)
    yield ""
    yield from _confusions(tested.shipped.measures)
    yield ""
    yield from _by_language(tested.shipped)
    yield from _misses(tested.shipped.misses, tested.show)
    yield ""
    yield from _own(tested)
    yield ""
    if tested.below:
        yield "WORSE than this version was shipped with:"
        for short in tested.below:
            yield f"  {short.measure}: {_ratio(short.found)}, expected at least {short.floor:.3f}"
    else:
        yield "Nothing is worse than this version was shipped with."


def _table(measures: Sequence[Measure]) -> Iterator[str]:
    yield "  field        stories  precision  recall     F1  exact"
    for one in measures:
        tally = one.tally
        ratios = f"{_ratio(tally.precision):>9}  {_ratio(tally.recall):>6}  {_ratio(tally.f1):>5}  {_ratio(one.exact):>5}"
        yield f"  {one.field:<12} {one.stories:>7}  {ratios}"


def _confusions(measures: Sequence[Measure]) -> Iterator[str]:
    """Relevance as a square; of each field what was most often taken for what."""
    for one in measures:
        if one.field == RELEVANCE:
            square = {(right, found): number for right, found, number in one.confused}
            yield "  right \\ read    kept  dropped"
            for right in ("kept", "dropped"):
                yield f"  {right:<12} {square.get((right, 'kept'), 0):>7}  {square.get((right, 'dropped'), 0):>7}"
        elif one.confused:
            told = ", ".join(_confused(*confused) for confused in one.confused[:_CONFUSIONS])
            yield f"  {one.field:<12} {told}"


def _confused(right: str, found: str, number: int) -> str:
    if not right:
        return f"{found} too much {number}×"
    return f"{right} missed {number}×" if not found else f"{right} read as {found} {number}×"


def _by_language(outcome: Outcome) -> Iterator[str]:
    yield "  language  stories  relevance P / R  " + "  ".join(f"{field:>9}" for field in _IN_TABLE[1:])
    for lang, measures in outcome.by_language.items():
        known = {one.field: one for one in measures}
        told = known[RELEVANCE]
        fields = "  ".join(f"{_of_field(known.get(field)):>9}" for field in _IN_TABLE[1:])
        pair = f"{_ratio(told.tally.precision)} / {_ratio(told.tally.recall)}"
        yield f"  {lang:<8}  {told.stories:>7}  {pair:>15}  {fields}"


def _of_field(measure: Measure | None) -> str:
    """F1 of a field of several labels, share right of one of one."""
    if measure is None:
        return "–"
    return _ratio(measure.tally.f1 if measure.field in SETS else measure.exact)


def _misses(misses: Sequence[Miss], show: int) -> Iterator[str]:
    by_field: dict[str, list[Miss]] = {}
    for miss in misses:
        by_field.setdefault(miss.field, []).append(miss)
    for field, found in by_field.items() if show else ():
        yield ""
        yield f"{field}, {len(found)} read otherwise:"
        for miss in found[:show]:
            yield from _miss(miss)


def _miss(miss: Miss) -> Iterator[str]:
    yield f"  {miss.case.text.lang or '--'}  {miss.case.text.id}  {miss.case.text.title}"
    yield f"      right {_labels(miss.right)}, read {_labels(miss.found)}"


def _own(tested: Tested) -> Iterator[str]:
    if tested.own is None:
        yield f"No cases of your own; they would be read from {tested.path}"
        return
    wrong = len({miss.case.text.id for miss in tested.own.misses})
    yield f"{tested.own.cases} cases of your own in {tested.path}: {wrong} read otherwise than they say"
    for miss in tested.own.misses:
        yield from (
            f"  {miss.field}: {line.strip()}" if not at else line for at, line in enumerate(_miss(miss))
        )


def _labels(labels: frozenset[str]) -> str:
    return " ".join(sorted(labels)) or "(nothing)"


def _ratio(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def selftest_json(tested: Tested) -> dict[str, Any]:
    """The same for a program; ratios from 0 to 1, null where nothing can be said."""
    return {
        "passed": tested.passed,
        "with_rules": tested.ruled,
        "shipped": _outcome(tested.shipped, tested.show),
        "worse": [
            {"measure": short.measure, "expected": short.floor, "found": short.found}
            for short in tested.below
        ],
        "own": None if tested.own is None else {"path": tested.path, **_outcome(tested.own, None)},
    }


def _outcome(outcome: Outcome, show: int | None) -> dict[str, Any]:
    return {
        "cases": outcome.cases,
        "measures": [_measure(one) for one in outcome.measures],
        "by_language": {
            lang: [_measure(one) for one in found] for lang, found in outcome.by_language.items()
        },
        "misses": [_miss_object(miss) for miss in _first_of_each_field(outcome.misses, show)],
    }


def _first_of_each_field(misses: Sequence[Miss], show: int | None) -> Iterator[Miss]:
    told: dict[str, int] = {}
    for miss in misses:
        told[miss.field] = told.get(miss.field, 0) + 1
        if show is None or told[miss.field] <= show:
            yield miss


def _measure(one: Measure) -> dict[str, Any]:
    return {
        "field": one.field,
        "stories": one.stories,
        "precision": one.tally.precision,
        "recall": one.tally.recall,
        "f1": one.tally.f1,
        "exact": one.exact,
        "confused": [
            {"right": right or None, "read": found or None, "times": number}
            for right, found, number in one.confused
        ],
    }


def _miss_object(miss: Miss) -> dict[str, Any]:
    return {
        "id": miss.case.text.id,
        "lang": miss.case.text.lang,
        "title": miss.case.text.title,
        "field": miss.field,
        "right": sorted(miss.right),
        "read": sorted(miss.found),
    }
