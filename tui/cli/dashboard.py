"""The dashboard: what is checked before the screen is touched, and what it is given."""

import gc
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tui.cli.browser import OutsideBrowser
from tui.cli.child import CollectorChild
from tui.cli.clocks import SystemClock
from tui.cli.feed_switching import ListSwitch
from tui.cli.outside import OutsideWorld
from tui.cli.saving import SaveInFolder
from tui.cli.terminal import refusal_here
from tui.cli.wiring import (
    StartError,
    chosen_feed_list,
    database_file,
    fail,
    log_to_file,
    open_board,
    open_marks,
    prepare_store,
)
from tui.domain.clock import Clock
from tui.domain.feed import FeedList
from tui.pipeline.gate import Collecting, Gate, SwitchFeed
from tui.store.errors import StoreError

if TYPE_CHECKING:
    from tui.ui.actions import Action


@dataclass(frozen=True, slots=True)
class Looks:
    """How the dashboard is to look, as the command line asks for it."""

    theme: str | None = None
    mouse: bool = True
    ascii_only: bool = False


def collector_command(feeds: str | None, db: Path) -> list[str]:
    """The command that starts our collector as a child; without a chosen list it looks for the user's own itself."""
    chosen = [] if feeds is None else ["--feeds", feeds]
    return [sys.executable, "-m", "tui", *chosen, "--db", str(db), "collect", "--child"]


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
    chosen: str | None = None,
) -> int:
    """Open the dashboard on a prepared store, of a replay when a speed is given; the exit status."""
    from tui.pipeline.alerting import alert_time
    from tui.ui.app import OverflightApp

    marks = open_marks(path)
    source = open_board(path, feeds.settings, speed=replay_speed or 1.0)
    try:
        actions = own_actions(feeds)
        wanted = looks.theme or marks.recall("theme") or feeds.settings.theme
        app = OverflightApp(
            Gate(
                source=source,
                marks=marks,
                collecting=collecting,
                browser=OutsideBrowser(SystemClock()),
                replay=replay_speed is not None,
                replay_end=replay_end,
                notices=(*notices, *feeds.warnings),
                switch_feed=switch,
                outside=OutsideWorld(source, clock, chosen) if replay_speed is None else None,
                save=None if replay_speed is not None else SaveInFolder(Path.cwd()),
                unresolved_after=feeds.settings.unresolved_after,
                terminal=feeds.settings.terminal,
                may_ring=lambda now: not alert_time(feeds.settings, now).quiet,
            ),
            clock,
            theme=known_theme(wanted),
            time_zone=feeds.settings.time_zone,
            actions=actions,
            ascii_only=looks.ascii_only or feeds.settings.ascii_only,
        )
        # What is loaded by now lives as long as the program: the collector of garbage need not look at it again.
        gc.freeze()
        gc.enable()
        app.run(mouse=looks.mouse and feeds.settings.mouse)
        return app.return_code or 0
    finally:
        if collecting is not None:
            collecting.stop()
        source.close()
        marks.close()


def run_dashboard(
    feeds: str | None, db: str | None, looks: Looks, *, fetch: bool, terminal: bool = True
) -> int:
    """Check, prepare, show, in a terminal or in a tab of a browser; the exit status."""
    # Loading makes much and drops little; enabled again before the first key.
    gc.disable()
    refused = refusal_here() if terminal else None
    if refused is not None:
        return fail(refused)
    clock = SystemClock()
    try:
        feed_list = chosen_feed_list(feeds)
        if looks.theme is not None:
            known_theme(looks.theme)
        own_actions(feed_list)
        log_to_file()
        path = database_file(db)
        notices = prepare_store(path, clock)
        collecting = CollectorChild(collector_command(feeds, path)) if fetch else None
        return show(
            feed_list,
            path,
            clock,
            collecting,
            looks=looks,
            switch=ListSwitch(feeds),
            chosen=feeds,
            notices=notices,
        )
    except (StartError, StoreError, OSError) as problem:
        return fail(problem)
