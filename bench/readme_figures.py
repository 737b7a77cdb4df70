"""The short table of figures in the README, written from those that are recorded."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Protocol

from bench.targets import PROGRAMS, TARGETS, Target

README = Path(__file__).resolve().parents[1] / "README.md"
SHOWN = (
    "relevance real P",
    "relevance real R",
    "false alarms",
    "affected real F1",
    "actor real F1",
    "object F1",
    "event",
    "certainty",
    "grouping gold own F1",
    "look-alikes",
    "admitted",
    "first content",
    "newsboat: 304, wall",
    "newsboat: cold, wall",
    "newsboat: peak memory",
)
"""By the key they are recorded under; one that was never measured is left out."""
_TABLE = re.compile(r"(<!-- figures: [^>]*-->\n).*?(<!-- /figures -->)", re.DOTALL)


class Value(Protocol):
    """A figure as it was measured."""

    @property
    def value(self) -> float:
        """The median of its runs."""


def written(readme: str, figures: Mapping[str, Value]) -> str:
    """The README with the table of these figures in the place of its own."""
    table = "\n".join(_lines(figures))
    return _TABLE.sub(lambda found: f"{found[1]}{table}\n{found[2]}", readme, count=1)


def _lines(figures: Mapping[str, Value]) -> Iterator[str]:
    targets = {target.key: target for target in TARGETS}
    yield "| measure | measured | wanted | by |"
    yield "|---|---|---|---|"
    for key in SHOWN:
        if key in figures:
            yield _line(targets[key], figures[key].value)


def _line(target: Target, value: float) -> str:
    measured = said(value, target.unit)
    if not target.held(value):
        measured = f"**{measured}**"
    command = f"python -m {' '.join(PROGRAMS[target.bench].arguments)}"
    return f"| {target.what} | {measured} | {wanted(target)} | `{command}` |"


def wanted(target: Target) -> str:
    """What must hold, as a person reads it."""
    sign = {">=": "≥", "<=": "≤"}[target.sign]
    return f"{sign} {said(target.wanted, target.unit)}"


def said(number: float, unit: str) -> str:
    """A number with its unit."""
    digits = f"{number:,.0f}" if abs(number) >= 100 else f"{number:.3g}"
    return f"{digits} {unit}".rstrip()
