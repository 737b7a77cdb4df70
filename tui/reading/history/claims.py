"""What the sources of an incident contradict each other on."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from tui.domain.codes import OBJECT_TAG
from tui.domain.incident import FiledReport
from tui.reading.history.facts import first_hand, latest_counts
from tui.reading.sources import Source

_CONTESTED = 0.25
"""Publishers against the most common version, as a share of those for it, from which it is a dispute."""

_Value = TypeVar("_Value")


def disputed_fields(sources: Sequence[Source]) -> tuple[str, ...]:
    """Fields on which a fair share of the independent publishers differ by their latest word."""
    sources = first_hand(sources)
    counts = [frozenset({str(count)}) for count in latest_counts(sources).values()]
    tags = _latest(sources, lambda filed: frozenset(OBJECT_TAG[code] for code in filed.report.object))
    objects = [found - {"UNK"} for found in tags.values() if found - {"UNK"}]
    actors = [frozenset(states) for states in _latest(sources, lambda filed: filed.report.actor).values()]
    told = {"count": counts, "object": objects, "actor": actors}
    return tuple(name for name, values in told.items() if _contested(values))


def _contested(values: Sequence[frozenset[str]]) -> bool:
    """Whether enough of them share nothing with what most say."""
    if len(values) < 2:
        return False
    ranked = sorted(set(values), key=lambda value: (-values.count(value), sorted(value)))
    most = ranked[0]
    against = sum(not value & most for value in values)
    return against >= _CONTESTED * values.count(most)


def _latest(sources: Sequence[Source], value_of: Callable[[FiledReport], _Value]) -> dict[str, _Value]:
    """The last non-empty value of each independent source."""
    latest: dict[str, _Value] = {}
    for source in sources:
        value = value_of(source.filed)
        if value:
            latest[source.key] = value
    return latest
