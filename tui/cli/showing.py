"""Showing the interface over a prepared store: what it is given, and what happens when it falls."""

import gc
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tui.cli.browser import OutsideBrowser
from tui.cli.clocks import SystemClock
from tui.cli.first_run import first_run
from tui.cli.outside import OutsideWorld
from tui.cli.saving import SaveInFolder
from tui.cli.wiring import (
    StartError,
    fail,
    open_board,
    open_marks,
)
from tui.domain.board import BoardQuery
from tui.domain.clock import Clock
from tui.domain.feed import FeedList, Settings
from tui.domain.value import dataclass
from tui.domain.watch import AlertStanding
from tui.pipeline.ahead import ReadAhead
from tui.pipeline.gate import Collecting, Gate, SwitchFeed
from tui.pipeline.heap import Tidying

if TYPE_CHECKING:
    from tui.ui.actions import Action
    from tui.ui.app import OverflightApp


@dataclass(frozen=True, slots=True)
class Looks:
    """How the dashboard is to look, as the command line asks for it."""

    theme: str | None = None
    mouse: bool = True
    ascii_only: bool = False


def known_theme(wanted: str) -> str:
    """The theme of that name; raises StartError with the known ones."""
    from tui.ui.themes import THEMES

    if wanted not in THEMES:
        raise StartError(f"There is no theme {wanted!r}. Known ones: {', '.join(sorted(THEMES))}.")
    return wanted


def own_actions(feeds: FeedList) -> "tuple[Action, ...]":
    """The table of actions with the user's keys; raises StartError for one that cannot be."""
    from tui.ui.keymap import KeymapError, remapped

    try:
        return remapped(feeds.keys, feeds.path)
    except KeymapError as problem:
        raise StartError(str(problem)) from problem


def show(
    feeds: FeedList,
    path: Path,
    clock: Clock,
    collecting: Collecting | None,
    *,
    looks: Looks,
    replay_speed: float | None = None,
    replay_end: datetime | None = None,
    notices: tuple[str, ...] = (),
    switch: SwitchFeed | None = None,
    welcome: bool = False,
    alerting: Callable[[], AlertStanding] = AlertStanding,
    chosen: str | None = None,
) -> int:
    """Open the dashboard on a prepared store, of a replay when a speed is given; the exit status."""
    marks = open_marks(path)
    source = open_board(path, feeds.settings, speed=replay_speed or 1.0)
    ahead = None if replay_speed is not None else ReadAhead(source, BoardQuery(), clock)
    try:
        from tui.ui.app import OverflightApp

        actions = own_actions(feeds)
        wanted = looks.theme or marks.recall("theme") or feeds.settings.theme
        gate = Gate(
            source=source,
            marks=marks,
            collecting=collecting,
            browser=OutsideBrowser(SystemClock()),
            replay=replay_speed is not None,
            replay_end=replay_end,
            notices=(*notices, *feeds.warnings),
            switch_feed=switch,
            first_run=first_run(chosen, marks) if welcome else None,
            alerting=alerting,
            outside=OutsideWorld(source, clock, chosen) if replay_speed is None else None,
            save=None if replay_speed is not None else SaveInFolder(Path.cwd()),
            unresolved_after=feeds.settings.unresolved_after,
            terminal=feeds.settings.terminal,
            ahead=ahead,
            tidy=Tidying().look,
            may_ring=lambda now: _may_ring(feeds.settings, now),
        )
        theme = known_theme(wanted)

        def make(told: str) -> OverflightApp:
            return OverflightApp(
                replace(gate, notices=(told,), first_run=None, ahead=None) if told else gate,
                clock,
                theme=theme,
                time_zone=feeds.settings.time_zone,
                actions=actions,
                ascii_only=looks.ascii_only or feeds.settings.ascii_only,
            )

        # What is loaded by now lives as long as the program: the collector of garbage need not look at it again.
        # It begins with the first second that has passed, when the first picture stands.
        gc.freeze()
        return keep_showing(make, clock, mouse=looks.mouse and feeds.settings.mouse)
    finally:
        if collecting is not None:
            collecting.stop()
        source.close()
        marks.close()


def _may_ring(settings: Settings, now: datetime) -> bool:
    from tui.pipeline.alerting import alert_time

    return not alert_time(settings, now).quiet


_STARTS_AN_HOUR = 6
_HOUR_SECONDS = 3600.0


def keep_showing(make: "Callable[[str], OverflightApp]", clock: Clock, *, mouse: bool = True) -> int:
    """Show the dashboard until somebody leaves it; one that falls is started again, five times an hour; the exit status.

    What it fell over is told to the next one.
    """
    starts: list[float] = []
    told = ""
    while True:
        starts = [*(at for at in starts if clock.monotonic() - at < _HOUR_SECONDS), clock.monotonic()]
        app = make(told)
        app.run(mouse=mouse)
        if app.fallen is None:
            return app.return_code or 0
        told = f"{app.fallen}; it was started again"
        if len(starts) >= _STARTS_AN_HOUR:
            return fail(
                f"The dashboard fell {len(starts)} times within the hour: {app.fallen}. What is stored is safe. "
                "`overflight once` shows it as text; `overflight doctor` says where the log is."
            )
