"""Puts labelled stories through the grouping in an order of arrival."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from bench.scoring.clusters import b_cubed
from bench.scoring.datasets import Item
from tui.domain.codes import Certainty, Event, ObjectCode, PlacePrecision, Zone
from tui.domain.incident import Assignment, FiledReport
from tui.domain.reading import Place, Report
from tui.reading.grouping import Grouper

Reports = Callable[[Item], tuple[Report, ...]]
"""How the reports of a story are got."""

_CODES_OF_COARSE = {"drone": ObjectCode.UAV, "aircraft": ObjectCode.MILITARY_AIRCRAFT}


def labelled(item: Item) -> tuple[Report, ...]:
    """One report made of the labels; what the set does not label stays unknown."""
    row = item.raw
    report = Report(
        affected=tuple(row["affected"]),
        actor=tuple(row["actor"]),
        object=tuple(_object(code) for code in row["object"]),
        zone=tuple(Zone(code) for code in row.get("zone", ())),
        event=tuple(Event(code) for code in item.event),
        certainty=Certainty(item.certainty) if item.certainty else None,
    )
    if item.place:
        country = report.affected[0] if report.affected else None
        report = replace(report, place=Place(item.place, country, None, None, PlacePrecision.SETTLEMENT))
    return (report,)


def _object(code: str) -> ObjectCode:
    try:
        return ObjectCode(code)
    except ValueError:
        return _CODES_OF_COARSE.get(code, ObjectCode.UNIDENTIFIED)


def in_order(items: Sequence[Item]) -> list[Item]:
    """By publication, then as the set has them."""
    return sorted(items, key=lambda item: item.text.published.timestamp() if item.text.published else 0.0)


def grouped(items: Sequence[Item], reports_of: Reports) -> dict[str, Assignment]:
    """Where each story's main report is at the end, each story arriving alone; stories without one left out."""
    grouper = Grouper()
    found: dict[str, Assignment] = {}
    for item in items:
        filing = grouper.assign(_filed(item, reports_of(item)))
        grouper.adopt(filing)
        found |= {one.story: one for one in filing.assignments if one.position == 0}
    return found


def _filed(item: Item, reports: Sequence[Report]) -> list[FiledReport]:
    text = item.text
    return [
        FiledReport(
            text.id,
            position,
            report,
            text.title,
            text.summary,
            text.published,
            text.published,
            text.publisher or "",
            text.lang or "",
        )
        for position, report in enumerate(reports)
    ]


def groups(assignments: Mapping[str, Assignment], items: Sequence[Item]) -> dict[str, str]:
    """Incident of each story; a story that found none is a group of its own."""
    return {
        item.text.id: assignments[item.text.id].incident if item.text.id in assignments else item.text.id
        for item in items
    }


def shuffle_agreement(items: Sequence[Item], reports_of: Reports, runs: int) -> float:
    """The lowest B-cubed F1 between any two runs with the stories in shuffled order."""
    answers = []
    for seed in range(runs):
        shuffled = list(items)
        random.Random(seed).shuffle(shuffled)
        answers.append(groups(grouped(shuffled, reports_of), items))
    pairs = [(one, other) for rank, one in enumerate(answers) for other in answers[:rank]]
    return min((b_cubed(one, other).f1 for one, other in pairs), default=1.0)
