"""Runs one run of the endurance harness in its short form and says what did not hold."""

import json
import subprocess
import sys

from tests.conftest import REPOSITORY


def not_held(run: str) -> list[dict[str, object]]:
    """Conditions are held to, times are only told; a run that breaks is a finding."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.soak", run, "--short", "--json"],
        capture_output=True,
        text=True,
        cwd=REPOSITORY,
        check=False,
    )
    assert done.stdout, done.stderr[-3000:]
    findings: list[dict[str, object]] = json.loads(done.stdout)
    assert findings
    return [found for found in findings if found["held"] is False]
