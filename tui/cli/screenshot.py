"""`overflight screenshot`: a picture of any screen as SVG, drawn from the recorded world.

The real collector, the real store and the real screens; only the clock is turned by hand, so that the picture of a
release never changes with the day it is drawn on.
"""

import asyncio
import re
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui.cli.exits import Exit
from tui.cli.wiring import StartError, equipment, fail, log_to_file, open_board, open_marks, prepare_store
from tui.domain.codes import Origin
from tui.domain.value import dataclass

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from tui.ui.app import OverflightApp

_START = datetime(2026, 3, 18, 14, 0, tzinfo=UTC)
_DAYS = timedelta(days=4)
_BETWEEN_POLLS = timedelta(hours=6)
_LONGEST_SECONDS = 60.0
_QUIET_LOOKS = 8

KEYS: dict[str, tuple[str, ...]] = {
    "monitor": ("j", "j"),
    "country": ("1", "j", "enter"),
    "incident": ("j", "j", "enter"),
    "story": ("j", "j", "enter", "enter"),
    "search": ("slash", *"drone"),
    "filter": ("f", "d", "2"),
    "map": ("M",),
    "health": ("H",),
    "statistics": ("S",),
    "handover": ("B", "t", "t", "t"),
    "replay": ("R", "left_curly_bracket"),
    "help": ("question_mark",),
    "palette": ("ctrl+p",),
}
"""How each screen is reached from the monitor."""


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


@dataclass(frozen=True, slots=True)
class Picture:
    """What is to be drawn."""

    screen: str = "monitor"
    size: tuple[int, int] = (120, 40)
    theme: str = "night-watch"
    ascii_only: bool = False
    keys: tuple[str, ...] = ()
    """Other keys than those of `KEYS` that lead to it."""


async def take_in(path: Path, clock: TurnedClock) -> None:
    """Poll the recording into a new store, as its days pass."""
    from tui.cli.demo import recorded_world, replay_rhythm
    from tui.pipeline.collector import collect_once
    from tui.replay.server import ReplayServer, demo_feed_list

    prepare_store(path, clock, baseline=False)
    with ReplayServer(recorded_world(), _START, 1.0, clock=clock) as server:
        parts = equipment(demo_feed_list(server), path, clock, Origin.REPLAY, replay_rhythm(1.0))
        try:
            while clock.at < _START + _DAYS:
                await collect_once(parts, everything=True)
                clock.at += _BETWEEN_POLLS
        finally:
            await parts.fetcher.aclose()
            await parts.parser.aclose()


async def drawn(path: Path, clock: TurnedClock, picture: Picture) -> str:
    """The screen as SVG that fetches nothing."""
    from tui.cli.browser import OutsideBrowser
    from tui.cli.clocks import SystemClock
    from tui.pipeline.gate import Gate
    from tui.ui.app import OverflightApp

    source, marks = open_board(path, speed=100_000.0), open_marks(path)
    gate = Gate(
        source=source, marks=marks, collecting=None, browser=OutsideBrowser(SystemClock()), replay=True
    )
    app = OverflightApp(gate, clock, theme=picture.theme, ascii_only=picture.ascii_only)
    try:
        async with app.run_test(size=picture.size) as pilot:
            await _until(lambda: app.session.board is not None and bool(app.session.board.incidents))
            await _rest(app, pilot)
            for key in picture.keys or KEYS[picture.screen]:
                await pilot.press(key)
                await _rest(app, pilot)
            svg = app.export_screenshot(title="overflight demo")
    finally:
        source.close()
        marks.close()
    # The exported style sheet fetches a font from elsewhere; a picture must not.
    return re.sub(r"@font-face \{[^}]*\}", "", svg)


async def _until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + _LONGEST_SECONDS
    while not true():
        if time.monotonic() > end:
            raise TimeoutError("the screen was never whole")
        await asyncio.sleep(0.02)


async def _rest(app: "OverflightApp", pilot: "Pilot[None]") -> None:
    """Wait until nothing changes any more: what was asked of the store is on the screen."""
    same, before, end = 0, "", time.monotonic() + _LONGEST_SECONDS
    while same < _QUIET_LOOKS:
        if time.monotonic() > end:
            raise TimeoutError("the screen never came to rest")
        await pilot.pause(0.05)
        now = app.export_screenshot(simplify=True)
        same = same + 1 if now == before else 0
        before = now


def _size(context: click.Context, parameter: click.Parameter, written: str) -> tuple[int, int]:
    del context, parameter
    found = re.fullmatch(r"([1-9][0-9]{1,2})[x×]([1-9][0-9]{1,2})", written)
    if found is None:
        raise click.BadParameter("write columns and rows, such as 120x40")
    return int(found[1]), int(found[2])


@click.command()
@click.option("--screen", type=click.Choice(list(KEYS)), default="monitor", show_default=True)
@click.option("--size", default="120x40", show_default=True, callback=_size, help="Columns x rows.")
@click.option("--theme", default="night-watch", show_default=True)
@click.option("--ascii", "ascii_only", is_flag=True, help="Draw with ASCII alone.")
@click.argument("target", type=click.Path(dir_okay=False, writable=True, path_type=Path), metavar="FILE.svg")
def screenshot(screen: str, size: tuple[int, int], theme: str, target: Path, *, ascii_only: bool) -> None:
    """Draw a screen of the recorded world as SVG, without a network; everything on it is invented."""
    from tui.cli.showing import known_theme

    async def draw() -> str:
        with tempfile.TemporaryDirectory(prefix="overflight-picture-") as folder:
            path, clock = Path(folder) / "demo.db", TurnedClock()
            log_to_file(path.with_suffix(".log"))
            await take_in(path, clock)
            return await drawn(path, clock, Picture(screen, size, theme, ascii_only))

    try:
        known_theme(theme)
        svg = asyncio.run(draw())
        target.write_text(svg, encoding="utf-8")
    except (StartError, OSError) as problem:
        sys.exit(fail(problem))
    except KeyboardInterrupt:
        sys.exit(Exit.BROKEN_OFF)
    click.echo(f"{target}: {screen}, {size[0]}x{size[1]}, {theme}", err=True)
