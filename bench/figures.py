"""`make figures`: every figure that must hold, measured or last measured, beside what was asked for.

    python -m bench.figures [--run NAME ...] [--all] [--stored]

Without arguments it runs what takes under a minute and shows the rest as last measured; `--all` runs everything (over
half an hour), `--stored` nothing. What was measured is kept in `docs/figures.json` and told in `docs/figures.md` and the README.
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from bench.readme_figures import README, said, wanted, written
from bench.record import WHERE
from bench.targets import PROGRAMS, TARGETS, Target

_ROOT = Path(__file__).resolve().parents[1]
_KEPT = _ROOT / "docs" / "figures.json"
_PAGE = _ROOT / "docs" / "figures.md"
_QUICK_MINUTES = 1.0
_LIMIT_SECONDS = 5400
_EVALUATED = {
    ("relevance P / R / F1", "gold all"): ("relevance gold P", "relevance gold R", ""),
    ("relevance P / R / F1", "gold not English"): ("", "relevance gold not English R", ""),
    ("relevance P / R / F1", "real all"): ("relevance real P", "relevance real R", ""),
    ("relevance P / R / F1", "real pl"): ("", "relevance pl R", ""),
    ("relevance P / R / F1", "real sv"): ("", "relevance sv R", ""),
    ("relevance P / R / F1", "real zh"): ("", "relevance zh R", ""),
    ("kept of random headlines, in 10,000", "random"): ("false alarms",),
    ("affected exact set", "gold"): ("affected exact",),
    ("affected P / R / micro-F1", "real"): ("", "", "affected real F1"),
    ("actor P / R / micro-F1", "gold"): ("", "", "actor gold F1"),
    ("actor P / R / micro-F1", "real"): ("", "", "actor real F1"),
    ("object P / R / micro-F1", "gold"): ("", "", "object F1"),
    ("main event right", "gold"): ("event",),
    ("certainty right", "gold"): ("certainty",),
    ("grouping B-cubed P / R / F1", "gold, own reading"): ("grouping gold own P", "", "grouping gold own F1"),
    ("grouping B-cubed P / R / F1", "gold, labels given"): ("", "", "grouping gold labels F1"),
    ("grouping B-cubed P / R / F1", "real, own reading"): ("", "", "grouping real own F1"),
    ("look-alike pairs merged", "gold, own reading"): ("look-alikes",),
    ("lowest B-cubed F1 between 20 orders", "gold, own reading"): ("orders own",),
    ("lowest B-cubed F1 between 20 orders", "gold, labels given"): ("orders labels",),
}
"""Which cell of the evaluation's table is which figure; an empty name is none."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One figure as it was measured."""

    values: tuple[float, ...]
    at: str
    """Date."""

    @property
    def value(self) -> float:
        """The median of the runs."""
        return statistics.median(self.values)


def evaluated(rows: Sequence[Mapping[str, str]]) -> dict[str, float]:
    """The figures in the table of the evaluation."""
    found: dict[str, float] = {}
    for row in rows:
        names = _EVALUATED.get((row["measure"], row["set"].split(" (")[0]), ())
        cells = row["ours"].split(" (")[0].rstrip("%").split(" / ")
        found.update({name: float(cell) for name, cell in zip(names, cells, strict=False) if name})
    return found


def measure(name: str) -> dict[str, list[float]]:
    """Run a program as often as it asks for, and gather what it recorded."""
    program = PROGRAMS[name]
    found: dict[str, list[float]] = {}
    for _ in range(program.times):
        with tempfile.TemporaryDirectory(prefix="overflight-figures-") as folder:
            left = Path(folder) / "figures.jsonl"
            ran = subprocess.run(
                [sys.executable, "-m", *program.arguments],
                cwd=_ROOT,
                env={**os.environ, WHERE: str(left)},
                stdout=subprocess.PIPE,
                text=True,
                timeout=_LIMIT_SECONDS,
                check=False,
            )
            lines = left.read_text(encoding="utf-8").splitlines() if left.exists() else []
            if name == "evaluate" and ran.returncode == 0:
                for key, value in evaluated(json.loads(ran.stdout)).items():
                    found.setdefault(key, []).append(value)
        recorded: dict[str, list[float]] = {}
        for line in map(json.loads, lines):
            recorded.setdefault(line["key"], []).append(line["value"])
        for key, values in recorded.items():
            found.setdefault(key, []).append(statistics.median(values))
        if not found:
            print(f"{name} recorded nothing (it ended with {ran.returncode})", file=sys.stderr)
    return found


def stored() -> dict[str, Measured]:
    """What was measured before."""
    if not _KEPT.exists():
        return {}
    kept = json.loads(_KEPT.read_text(encoding="utf-8"))
    return {key: Measured(tuple(one["values"]), one["at"]) for key, one in kept["figures"].items()}


def machine() -> str:
    """What it was measured on, as far as it says something to a stranger."""
    with Path("/proc/cpuinfo").open(encoding="utf-8") as file:
        model = next((line.split(":")[1].strip() for line in file if line.startswith("model name")), "?")
    return (
        f"{os.cpu_count()} cores ({model}), {platform.system()}, Python {platform.python_version()}, "
        f"Textual {version('textual')}, httpx {version('httpx')}, feedparser {version('feedparser')}"
    )


def row(target: Target, measured: Measured | None) -> tuple[str, str, str, str, str]:
    """The cells of one line: what, wanted, measured, verdict, when."""
    if measured is None:
        return target.what, wanted(target), "–", "not measured", ""
    value = said(measured.value, target.unit)
    if len(set(measured.values)) > 1:
        value += f" ({said(min(measured.values), target.unit)} to {said(max(measured.values), target.unit)})"
    return (
        target.what,
        wanted(target),
        value,
        "pass" if target.held(measured.value) else "**short**",
        measured.at,
    )


def page(figures: Mapping[str, Measured]) -> str:
    """The page of the documentation."""
    lines = [
        "# Figures",
        "",
        "What must hold, and what was measured. Written by `make figures`; `make figures ARGS=--all` measures everything anew",
        "(over half an hour, on a machine that does nothing else). Ratios are of one run on one machine. Where several runs were",
        "made the median counts, with the lowest and the highest beside it.",
        "",
        f"Machine of the last run: {machine()}.",
    ]
    for group in dict.fromkeys(target.group for target in TARGETS):
        lines += [
            "",
            f"## {group}",
            "",
            "| measure | wanted | measured | verdict | on | measured by |",
            "|---|---|---|---|---|---|",
        ]
        for target in TARGETS:
            if target.group == group:
                cells = row(target, figures.get(target.key))
                lines.append(
                    f"| {' | '.join(cells)} | `python -m {' '.join(PROGRAMS[target.bench].arguments)}` |"
                )
    return "\n".join(lines) + "\n"


def show(figures: Mapping[str, Measured]) -> int:
    """Print the table; how many are short."""
    rows = [(target.group, *row(target, figures.get(target.key))) for target in TARGETS]
    heads = ("", "measure", "wanted", "measured", "", "on")
    widths = [max(len(one[at]) for one in [heads, *rows]) for at in range(len(heads))]
    for one in [heads, *rows]:
        print("  ".join(cell.ljust(width) for cell, width in zip(one, widths, strict=True)).rstrip())
    short = sum("short" in one[4] for one in rows)
    print(
        f"\n{len(rows)} figures: {sum(one[4] == 'pass' for one in rows)} pass, {short} short, the rest not measured."
    )
    return short


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what was asked for, keep it, print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--run", nargs="+", choices=sorted(PROGRAMS), default=[], help="run these alone")
    parser.add_argument("--all", action="store_true", help="run everything")
    parser.add_argument("--stored", action="store_true", help="run nothing")
    chosen = parser.parse_args(arguments)
    quick = [name for name, program in PROGRAMS.items() if program.minutes * program.times < _QUICK_MINUTES]
    names = [] if chosen.stored else list(PROGRAMS) if chosen.all else chosen.run or quick
    figures = stored()
    for name in names:
        print(f"{name}: some {PROGRAMS[name].minutes * PROGRAMS[name].times:g} minutes", file=sys.stderr)
        at = datetime.now(UTC).date().isoformat()
        figures |= {key: Measured(tuple(values), at) for key, values in measure(name).items()}
    if names:
        known = {target.key for target in TARGETS}
        kept = {
            key: {"values": one.values, "at": one.at} for key, one in sorted(figures.items()) if key in known
        }
        _KEPT.write_text(json.dumps({"figures": kept}, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    _PAGE.write_text(page(figures), encoding="utf-8")
    README.write_text(written(README.read_text(encoding="utf-8"), figures), encoding="utf-8")
    show(figures)
    return 0


if __name__ == "__main__":
    sys.exit(main())
