"""The dashboard: what is checked and prepared before the screen is touched."""

import gc
import sys
from pathlib import Path

import click

from tui.cli.alert_rules import ListedAlerts
from tui.cli.child import CollectorChild
from tui.cli.clocks import SystemClock
from tui.cli.feed_switching import ListSwitch
from tui.cli.showing import Looks, known_theme, own_actions, show
from tui.cli.terminal import refusal_here
from tui.cli.wiring import (
    StartError,
    database_file,
    fail,
    list_to_show,
    log_to_file,
    prepare_store,
)
from tui.pipeline.heap import share_heap
from tui.store.errors import StoreError


def collector_command(feeds: str | None, db: Path) -> list[str]:
    """The command that starts our collector as a child; without a chosen list it looks for the user's own itself."""
    chosen = [] if feeds is None else ["--feeds", feeds]
    return [sys.executable, "-m", "tui", *chosen, "--db", str(db), "collect", "--child"]


def run_dashboard(
    feeds: str | None, db: str | None, looks: Looks, *, fetch: bool, terminal: bool = True
) -> int:
    """Check, prepare, show, in a terminal or in a tab of a browser; the exit status."""
    # Loading makes much and drops little; enabled again with the first second that passes on the screen.
    gc.disable()
    share_heap()
    refused = refusal_here() if terminal else None
    if refused is not None:
        return fail(refused)
    clock = SystemClock()
    try:
        feed_list = list_to_show(feeds)
        if looks.theme is not None:
            known_theme(looks.theme)
        if feed_list.keys:  # only a person's own can be wrong, and looking loads much of the interface
            own_actions(feed_list)
        log_to_file()
        path = database_file(db)
        notices = prepare_store(path, clock)
        collecting = CollectorChild(collector_command(feeds, path)) if fetch else None
        status = show(
            feed_list,
            path,
            clock,
            collecting,
            looks=looks,
            switch=ListSwitch(feeds),
            welcome=fetch,
            alerting=ListedAlerts(feed_list, feeds),
            chosen=feeds,
            notices=notices,
        )
        return _recording(looks) if status == _demo_status() else status
    except (StartError, StoreError, OSError) as problem:
        return fail(problem)


def _demo_status() -> int:
    from tui.ui.screens.first import DEMO_STATUS

    return DEMO_STATUS


def _recording(looks: Looks) -> int:
    """The recorded world, for who asked for it at the first start."""
    from tui.cli.demo import watch
    from tui.replay.server import DEFAULT_SPEED

    status = watch(DEFAULT_SPEED, looks)
    click.echo("That was the recorded world, and nothing of it was kept. Start again for the live one.")
    return status
