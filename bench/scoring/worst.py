"""The ten worst errors of each kind, as lines for a person to read on the terminal."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bench.scoring.datasets import Item
from bench.scoring.own_reading import OwnReading
from tui.domain.incident import Assignment
from tui.reading.selftest.labels import Pair

SHOWN = 10


@dataclass(frozen=True, slots=True)
class Worst:
    """One kind of error."""

    kind: str
    total: int
    lines: tuple[str, ...]


def worst_relevance(name: str, items: Sequence[Item], ours: OwnReading) -> list[Worst]:
    """Surest false keeps and surest false drops."""
    kept, dropped = [], []
    for item in items:
        verdict = ours.reading(item.text).verdict
        if verdict.relevant and not item.relevant:
            kept.append((verdict.score, item))
        if item.relevant and not verdict.relevant:
            dropped.append((verdict.score, item))
    kept.sort(key=lambda one: -one[0])
    dropped.sort(key=lambda one: one[0])
    return [
        Worst(f"kept wrongly, {name}", len(kept), tuple(_scored(one) for one in kept[:SHOWN])),
        Worst(f"dropped wrongly, {name}", len(dropped), tuple(_scored(one) for one in dropped[:SHOWN])),
    ]


def _scored(one: tuple[float, Item]) -> str:
    score, item = one
    return f"{score:+.2f}  {_story(item)}"


def _story(item: Item) -> str:
    return f"{item.text.lang:3} {item.text.id}  {item.text.title[:110]}"


def worst_labels(kind: str, items: Sequence[Item], pairs: Sequence[Pair]) -> Worst:
    """Items with the most labels wrong."""
    wrong = [
        (len(found ^ right), f"{_story(item)}  found {_set(found)} right {_set(right)}")
        for item, (found, right) in zip(items, pairs, strict=True)
        if found != right
    ]
    wrong.sort(key=lambda one: -one[0])
    return Worst(kind, len(wrong), tuple(line for _, line in wrong[:SHOWN]))


def _set(labels: frozenset[str]) -> str:
    return "{" + " ".join(sorted(labels)) + "}"


def worst_groupings(
    name: str, items: Sequence[Item], assignments: Mapping[str, Assignment], right: Mapping[str, str]
) -> list[Worst]:
    """Found groups that mix the most right ones, and right groups torn into the most found ones."""
    by_found: dict[str, list[Item]] = defaultdict(list)
    by_right: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        if item.text.id in assignments:
            by_found[assignments[item.text.id].incident].append(item)
        by_right[right[item.text.id]].append(item)
    mixed = [(incident, group) for incident, group in by_found.items() if _kinds(group, right) > 1]
    mixed.sort(key=lambda one: -_kinds(one[1], right))
    torn = [
        (incident, group)
        for incident, group in by_right.items()
        if len({assignments[item.text.id].incident for item in group if item.text.id in assignments}) > 1
    ]
    torn.sort(key=lambda one: -len(one[1]))
    return [
        Worst(f"merged wrongly, {name}", len(mixed), _told(mixed, assignments, right)),
        Worst(f"torn apart, {name}", len(torn), _told(torn, assignments, right)),
    ]


def _kinds(group: Sequence[Item], right: Mapping[str, str]) -> int:
    return len({right[item.text.id] for item in group})


def _told(
    found: Sequence[tuple[str, list[Item]]], assignments: Mapping[str, Assignment], right: Mapping[str, str]
) -> tuple[str, ...]:
    lines = []
    for incident, group in found[:SHOWN]:
        lines.append(incident)
        for item in group[:12]:
            assignment = assignments.get(item.text.id)
            lines.append(f"    {right[item.text.id]:32} {_story(item)}  {_why(assignment)}")
    return tuple(lines)


def _why(assignment: Assignment | None) -> str:
    if assignment is None:
        return "(dropped)"
    if assignment.is_new:
        near = assignment.nearest
        return f"(new; not {near.incident[:6]}: {near.why_not})" if near else "(new)"
    return "(" + " ".join(f"{why.reason}{why.weight:+.1f}" for why in assignment.why) + ")"
