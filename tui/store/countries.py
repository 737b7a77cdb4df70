"""The country pane: incidents by affected state, and whether anyone was looking."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import field
from typing import Any

from tui.domain.board import CountryRow
from tui.domain.codes import Severity
from tui.domain.coverage import Coverage, Nearness
from tui.domain.territories import territory_name
from tui.domain.value import dataclass
from tui.store.incident_rows import ALWAYS, IS_NEW
from tui.store.sqlite import sqlite3

SLICES = 24
"""Slices of the window in a country's history."""

NO_STATE = "No state named"
"""What the line of reports without an affected state is called."""

_SEVERITIES = tuple(Severity)


@dataclass(slots=True)
class _Country:
    """What is being counted of one state."""

    incidents: int = 0
    new: int = 0
    baseline: int = 0
    severity: int = len(_SEVERITIES) - 1
    recent: list[int] = field(default_factory=lambda: [0] * SLICES)


def load_countries(
    connection: sqlite3.Connection,
    names: dict[str, Any],
    covered: Mapping[str, Coverage],
    asked: str = "1",
) -> tuple[CountryRow, ...]:
    """Every state with an incident in the window or the baseline, or with feeds at home there; most incidents first.

    `names` are the stamps of the board: looked, start and end of its window; `covered` says who speaks for whom;
    `asked` is the condition of its filter on `incident`.
    """
    counted = _count_news(connection, names, asked)
    for iso2, number in connection.execute(
        f"""
        SELECT iso2, count(*) FROM incident CROSS JOIN incident_country c ON c.incident_id = incident.id
        WHERE origin = 'baseline' AND {asked} GROUP BY iso2
        """,  # noqa: S608 - our own words; values are parameters
        names,
    ):
        counted[iso2].baseline = number
    for iso2, coverage in covered.items():
        if coverage.by is Nearness.HOME and asked == "1":  # under a filter a zero is of its own making
            counted.setdefault(iso2, _Country())  # a state that is looked at stands there, be it with a zero
    rows = [
        CountryRow(
            iso2=iso2,
            name=territory_name(iso2) if iso2 else NO_STATE,
            incidents=country.incidents,
            new=country.new,
            baseline=country.baseline,
            severity=_SEVERITIES[country.severity],
            recent=tuple(country.recent),
            coverage=covered.get(iso2, Coverage()),
        )
        for iso2, country in counted.items()
    ]
    return tuple(sorted(rows, key=lambda row: (-row.incidents, -row.baseline, row.name)))


def _count_news(
    connection: sqlite3.Connection, names: dict[str, Any], asked: str
) -> defaultdict[str, _Country]:
    """News incidents by affected state and slice of the window; follow-ups make a state known, not counted."""
    counted: defaultdict[str, _Country] = defaultdict(_Country)
    start = names["start"]
    if start == ALWAYS:
        (earliest,) = connection.execute(
            "SELECT min(first_seen) FROM incident WHERE origin <> 'baseline' AND stories > 0",
        ).fetchone()
        start = names["end"] if earliest is None else earliest
    slices = {"slices_start": start, "width": max(1, names["end"] - start), "slices": SLICES}
    for iso2, slot, number, new, severity in connection.execute(
        f"""
        SELECT iso2,
            iif(first_seen < :slices_start, -1, (first_seen - :slices_start) * :slices / :width) AS slot,
            sum(follow_up_only = 0), sum(follow_up_only = 0 AND {IS_NEW}),
            min(iif(follow_up_only, 3, severity))
        FROM incident CROSS JOIN incident_country c ON c.incident_id = incident.id
            LEFT JOIN incident_mark m ON m.incident_id = incident.id
        WHERE origin <> 'baseline' AND stories > 0 AND last_revised >= :start AND {asked}
        GROUP BY iso2, slot
        """,  # noqa: S608 - constants
        {**names, **slices},
    ):
        country = counted[iso2]
        country.incidents += number
        country.new += new
        country.severity = min(country.severity, severity)
        if slot >= 0:
            country.recent[min(slot, SLICES - 1)] += number
    return counted
