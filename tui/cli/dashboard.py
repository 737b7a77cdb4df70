"""The dashboard: what is checked before the screen is touched, and what it is given."""

import gc
import sys
from pathlib import Path

from tui.cli.browser import OutsideBrowser
from tui.cli.child import CollectorChild
from tui.cli.clocks import SystemClock
from tui.cli.feed_switching import ListSwitch
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


def show(
    feeds: FeedList,
    path: Path,
    clock: Clock,
    collecting: Collecting | None,
    *,
    theme: str | None,
    mouse: bool,
    replay_speed: float | None = None,
    notices: tuple[str, ...] = (),
    switch: SwitchFeed | None = None,
) -> int:
    """Open the dashboard on a prepared store, of a replay when a speed is given; the exit status."""
    from tui.ui.app import OverflightApp

    marks = open_marks(path)
    source = open_board(path, feeds.settings, speed=replay_speed or 1.0)
    try:
        wanted = theme or marks.recall("theme") or feeds.settings.theme
        app = OverflightApp(
            Gate(
                source=source,
                marks=marks,
                collecting=collecting,
                browser=OutsideBrowser(SystemClock()),
                replay=replay_speed is not None,
                notices=(*notices, *feeds.warnings),
                switch_feed=switch,
                unresolved_after=feeds.settings.unresolved_after,
            ),
            clock,
            theme=known_theme(wanted),
            time_zone=feeds.settings.time_zone,
        )
        # What is loaded by now lives as long as the program: the collector of garbage need not look at it again.
        gc.freeze()
        gc.enable()
        app.run(mouse=mouse)
        return app.return_code or 0
    finally:
        if collecting is not None:
            collecting.stop()
        source.close()
        marks.close()


def run_dashboard(feeds: str | None, db: str | None, theme: str | None, *, mouse: bool, fetch: bool) -> int:
    """Check, prepare, show; the exit status."""
    # Loading makes much and drops little; enabled again before the first key.
    gc.disable()
    refused = refusal_here()
    if refused is not None:
        return fail(refused)
    clock = SystemClock()
    try:
        feed_list = chosen_feed_list(feeds)
        if theme is not None:
            known_theme(theme)
        log_to_file()
        path = database_file(db)
        notices = prepare_store(path, clock)
        collecting = CollectorChild(collector_command(feeds, path)) if fetch else None
        return show(
            feed_list,
            path,
            clock,
            collecting,
            theme=theme,
            mouse=mouse,
            switch=ListSwitch(feeds),
            notices=notices,
        )
    except (StartError, StoreError, OSError) as problem:
        return fail(problem)
