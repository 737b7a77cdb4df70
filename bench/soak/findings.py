"""What a run found: each thing that must hold, what was measured, and whether it held."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

_WIDEST = 72


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the table."""

    run: str
    must: str
    measured: str
    held: bool | None
    """None: reported only, as on a busy machine a time says little."""

    @property
    def word(self) -> str:
        """As the table says it."""
        return {True: "held", False: "NOT HELD", None: "told"}[self.held]


@dataclass(frozen=True, slots=True)
class Findings:
    """Collects what one run finds; `timed` says whether times are held to or only told."""

    run: str
    timed: bool
    found: list[Finding]

    def hold(self, must: str, measured: object, *, held: bool) -> None:
        """Something that must hold on every machine."""
        self.found.append(Finding(self.run, must, str(measured), held))

    def time(self, must: str, measured: object, *, held: bool) -> None:
        """Something that depends on how fast the machine is."""
        self.found.append(Finding(self.run, must, str(measured), held if self.timed else None))

    def tell(self, what: str, measured: object) -> None:
        """A figure that nothing is asked of."""
        self.found.append(Finding(self.run, what, str(measured), None))


def as_json(findings: Iterable[Finding]) -> str:
    """For a program that reads it."""
    return json.dumps([asdict(finding) for finding in findings], ensure_ascii=False)


def from_json(text: str) -> list[Finding]:
    """What `as_json` made."""
    return [Finding(**found) for found in json.loads(text)]


def table(findings: Sequence[Finding]) -> str:
    """For a person: run, what must hold, measured, held or not."""
    rows = [("run", "what must hold", "measured", "")]
    rows += [(one.run, one.must, one.measured, one.word) for one in findings]
    widths = [min(_WIDEST, max(len(row[column]) for row in rows)) for column in range(3)]
    return "\n".join(
        "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[3]]).rstrip()
        for row in rows
    )


def all_held(findings: Iterable[Finding]) -> bool:
    """Whether nothing was found that must not be."""
    return all(finding.held is not False for finding in findings)
