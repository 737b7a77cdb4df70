"""Runs the endurance harness and prints a table: run, what must hold, measured, held or not.

    python -m bench.soak [s1 s2 ...] [--short] [--json]

Each run is a process of its own with a time limit; whatever it started is killed when it ends. Exits with 1 when
something did not hold.
"""

import argparse
import importlib
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from bench.soak.findings import Finding, Findings, all_held, as_json, from_json, table
from bench.soak.processes import adopt_orphans, end_family

_REPOSITORY = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Run:
    """Where a run is, and how many seconds it may take in full and in short."""

    module: str
    longest: float
    longest_short: float


RUNS = {
    "s1": Run("week", 6 * 3600, 300),
    "s2": Run("kills", 2 * 3600, 300),
}


def _here(name: str, *, short: bool) -> Findings:
    adopt_orphans()
    run: Callable[..., Findings] = importlib.import_module(f"bench.soak.{RUNS[name].module}").run
    try:
        return run(short=short)
    finally:
        end_family()


def _apart(name: str, *, short: bool) -> list[Finding]:
    """In a process of its own; one that breaks or takes too long is a finding."""
    command = [sys.executable, "-m", "bench.soak", name, "--here", *(["--short"] if short else [])]
    limit = RUNS[name].longest_short if short else RUNS[name].longest
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, cwd=_REPOSITORY
    ) as process:
        try:
            said, _ = process.communicate(timeout=limit)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGINT)  # so that it kills what it started
            with suppress(subprocess.TimeoutExpired):
                process.communicate(timeout=10)
            return [Finding(name, f"ends within {limit:.0f} s", "it did not", held=False)]
        finally:
            process.kill()
            end_family()
    if process.returncode != 0:
        return [Finding(name, "runs to its end", f"exit status {process.returncode}", held=False)]
    return from_json(said)


def main() -> int:
    """The exit status."""
    said = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    said.add_argument("runs", nargs="*", metavar="RUN", help=f"of {', '.join(RUNS)}; none: all")
    said.add_argument(
        "--short", action="store_true", help="the form for CI: conditions are held to, times only told"
    )
    said.add_argument("--json", action="store_true", help="print JSON instead of a table")
    said.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    options = said.parse_args()
    wanted = options.runs or list(RUNS)
    if unknown := [name for name in wanted if name not in RUNS]:
        said.error(f"no such run: {', '.join(unknown)}; there are {', '.join(RUNS)}")
    os.environ.setdefault("LANG", "C.UTF-8")
    if options.here:
        print(as_json(_here(wanted[0], short=options.short).found))
        return 0
    adopt_orphans()
    findings = [finding for name in wanted for finding in _apart(name, short=options.short)]
    print(as_json(findings) if options.json else table(findings))
    return int(not all_held(findings))


if __name__ == "__main__":
    sys.exit(main())
