"""S5: nothing new for an hour, the dashboard open with its collector: what it costs."""

import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from bench.soak.findings import Findings
from bench.soak.processes import children_of
from bench.start_and_idle import Dashboard, quiet_feeds

_SECONDS, _SECONDS_SHORT = 3600.0, 8.0
_SETTLE_SECONDS = 8.0
_MOST_CPU = 3.0
_MOST_REPAINTS = 1.0
_MOST_BYTES_A_SECOND = 16_384
"""What the heartbeat alone may write: some pages of the log every five seconds."""
_BURST_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class _Spent:
    cpu: float
    written: int
    resident: float


def _spent(dashboard: Dashboard) -> _Spent:
    """Of the interface and everything it started."""
    cpu, written, resident = 0.0, 0, 0.0
    for pid in (dashboard.pid, *children_of(dashboard.pid)):
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        cpu += (int(fields[11]) + int(fields[12])) / 100
        written += int(Path(f"/proc/{pid}/io").read_text().split("wchar:")[1].split()[0])
        resident += int(Path(f"/proc/{pid}/status").read_text().split("VmRSS:")[1].split()[0]) / 1024
    return _Spent(cpu, written, resident)


def run(*, short: bool) -> Findings:
    """An hour, or a quarter of a minute."""
    findings = Findings("S5 idle", timed=not short, found=[])
    seconds = _SECONDS_SHORT if short else _SECONDS
    with tempfile.TemporaryDirectory(prefix="overflight-soak-") as folder:
        home = Path(folder)
        dashboard = Dashboard(home, 120, 40, ["--feeds", str(quiet_feeds(home))])
        try:
            dashboard.read(30, until=b"known incidents")
            dashboard.read(_SETTLE_SECONDS)
            before, begun = _spent(dashboard), time.monotonic()
            painted, bursts, quiet_since = 0, 0, begun
            while time.monotonic() - begun < seconds:
                came = len(dashboard.read(0.02))
                painted += came
                now = time.monotonic()
                if came:
                    bursts += now - quiet_since > _BURST_SECONDS
                    quiet_since = now
            passed, after = time.monotonic() - begun, _spent(dashboard)
        finally:
            dashboard.stop()
    cpu = 100 * (after.cpu - before.cpu) / passed
    findings.time(
        "interface, collector and parse child below 3 % of a core",
        f"{cpu:.2f} % over {passed:.0f} s",
        held=cpu <= _MOST_CPU,
    )
    findings.hold(
        "at most one repaint a second",
        f"{bursts / passed:.2f} a second, {painted / passed:.0f} bytes a second",
        held=bursts / passed <= _MOST_REPAINTS,
    )
    rate = (after.written - before.written) / passed
    findings.hold(
        "nothing written but heartbeat and screen",
        f"{rate:.0f} bytes a second",
        held=rate <= _MOST_BYTES_A_SECOND,
    )
    findings.hold(
        "memory of all three does not grow by more than 10 %",
        f"{before.resident:.0f} → {after.resident:.0f} MB",
        held=after.resident <= before.resident * 1.1,
    )
    return findings
