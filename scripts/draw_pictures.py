"""Draw the pictures of the README from the recorded world: the real collector, the real store, the real screens.

    python -m scripts.draw_pictures

The recording is taken in at full speed, so the pictures show it as it stands at its end.
"""

import asyncio
import re
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tui.cli.browser import OutsideBrowser
from tui.cli.clocks import SystemClock
from tui.cli.demo import replay_rhythm
from tui.cli.wiring import equipment, open_board, open_marks, prepare_store
from tui.domain.codes import Origin
from tui.locations import shipped
from tui.pipeline.collector import collect_once
from tui.pipeline.gate import Gate
from tui.replay.server import ReplayServer, demo_feed_list
from tui.replay.world import load_world
from tui.ui.app import OverflightApp

PICTURES = Path(__file__).resolve().parents[1] / "docs" / "pictures"
_START = datetime(2026, 3, 18, 14, 0, tzinfo=UTC)
_END = _START + timedelta(days=4)
_BETWEEN_POLLS = timedelta(hours=6)
_LONGEST_SECONDS = 30.0


class TurnedClock:
    """A clock that stands still between polls, and is turned by hand."""

    def __init__(self) -> None:
        self.at = _START

    def now(self) -> datetime:
        """The simulated time."""
        return self.at

    def monotonic(self) -> float:
        """Real seconds, for deadlines."""
        return time.monotonic()


async def take_in(path: Path, clock: TurnedClock) -> None:
    """Poll the recording as its days pass."""
    world = load_world((shipped("seeds") / "demo" / "world.jsonl").read_text(encoding="utf-8"))
    with ReplayServer(world, _START, 1.0, clock=clock) as server:
        parts = equipment(demo_feed_list(server), path, clock, Origin.REPLAY, replay_rhythm(1.0))
        while clock.at < _END:
            await collect_once(parts, everything=True)
            clock.at += _BETWEEN_POLLS
        await parts.fetcher.aclose()
        await parts.parser.aclose()


async def draw(
    path: Path, clock: TurnedClock, name: str, size: tuple[int, int], keys: tuple[str, ...]
) -> None:
    """One picture, after some keys."""
    source, marks = open_board(path, speed=100_000.0), open_marks(path)
    gate = Gate(
        source=source, marks=marks, collecting=None, browser=OutsideBrowser(SystemClock()), replay=True
    )
    app = OverflightApp(gate, clock)
    async with app.run_test(size=size) as pilot:
        await _until(lambda: app.session.board is not None and bool(app.session.board.incidents))
        for key in keys:
            await pilot.press(key)
            await pilot.pause(0.5)
        await pilot.pause(0.5)
        picture = app.export_screenshot(title="overflight demo")
    PICTURES.mkdir(parents=True, exist_ok=True)
    # The exported style sheet fetches a font from elsewhere; a picture must not.
    picture = re.sub(r"@font-face \{[^}]*\}", "", picture)
    (PICTURES / f"{name}.svg").write_text(picture, encoding="utf-8")
    source.close()
    marks.close()


async def _until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + _LONGEST_SECONDS
    while not true():
        if time.monotonic() > end:
            raise TimeoutError("the board never came")
        await asyncio.sleep(0.02)


async def main() -> None:
    """Take the recording in and draw."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "demo.db"
        clock = TurnedClock()
        prepare_store(path, clock, baseline=False)
        await take_in(path, clock)
        await draw(path, clock, "monitor", (120, 40), ("j", "j"))
        await draw(path, clock, "incident", (120, 40), ("j", "j", "enter"))
        await draw(path, clock, "story", (120, 40), ("j", "j", "enter", "enter"))


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
