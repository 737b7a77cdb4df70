"""Round after round nothing is left open: no descriptor, no thread, no process."""

import threading
from pathlib import Path

from tests.alerts.given import a_rule
from tests.alerts.test_the_whole_way import _closed, _parts, _rss
from tests.pipeline.fakes import RunningClock
from tests.servers.loopback import LoopbackServer
from tui.pipeline.collector import collect_once

ROUNDS = 8


async def test_rounds_leave_no_descriptor_and_no_thread_open(tmp_path: Path) -> None:
    clock, counted = RunningClock(), []
    with LoopbackServer() as server:
        server.put("/hook", status=204)
        for number in range(ROUNDS):
            server.put("/feed", _rss(*(f"A drone {story}" for story in range(number))))
            parts = _parts(server, tmp_path / "o.db", a_rule(), clock)
            try:
                await collect_once(parts, everything=True)
            finally:
                await _closed(parts)
            counted.append(len(list(Path("/proc/self/fd").iterdir())))  # noqa: ASYNC240 -- no disk is asked
    assert counted[-1] <= counted[1] + 2, counted
    assert threading.active_count() < 20
