"""`overflight collect`: poll for ever without a screen."""

import asyncio
import contextlib
import os
import signal
import sys
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from tui.cli.clocks import SystemClock
from tui.cli.said import visible
from tui.cli.wiring import (
    StartError,
    chosen_feed_list,
    database_file,
    equipment,
    fail,
    log_to_file,
    prepare_store,
    renewal,
    spare_garbage_collection,
    warn,
)

if TYPE_CHECKING:
    from pathlib import Path

    from tui.domain.feed import FeedList
    from tui.pipeline.collector import Equipment, Renewal
    from tui.pipeline.keeping import Holder


_POLITE = 5
"""How much a collector under a dashboard stands back for it; its parse child stands back further."""


def _end_with_standard_input(loop: asyncio.AbstractEventLoop, stop: asyncio.Event) -> None:
    """A child ends when its dashboard does, however that ended: the pipe between them closes."""

    def wait() -> None:
        with contextlib.suppress(OSError):
            while os.read(0, 4096):
                pass
        with contextlib.suppress(RuntimeError):
            loop.call_soon_threadsafe(stop.set)

    threading.Thread(target=wait, name="parent-watch", daemon=True).start()


def _stand_back() -> None:
    """A key that somebody just pressed comes before news that can wait a moment; the parse children inherit it."""
    os.nice(_POLITE)
    if hasattr(os, "SCHED_BATCH"):  # Linux: what wakes up here interrupts nobody who draws
        with contextlib.suppress(OSError):
            os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))


async def _collect(
    parts: "Equipment", renewal: "Renewal | None", hear: "Callable[[Holder | None], None]", *, child: bool
) -> None:
    from tui.pipeline.collector import collect_for_ever

    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    if child:
        _stand_back()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        loop.add_signal_handler(number, stop.set)
    if child:
        _end_with_standard_input(loop, stop)
    try:
        await collect_for_ever(parts, stop, renewal, hear)
    finally:
        await parts.fetcher.aclose()
        await parts.parser.aclose()


def _say_nothing(_: "Holder | None") -> None:
    """A child's words have nobody to read them."""


def run_collector(
    parts: "Equipment",
    renewal: "Renewal | None" = None,
    hear: "Callable[[Holder | None], None]" = _say_nothing,
    *,
    child: bool,
) -> None:
    """Collect until a signal, or until standard input ends when it is a child; `hear` is told who fetches."""
    spare_garbage_collection()
    asyncio.run(_collect(parts, renewal, hear, child=child))


def _say_who_fetches(feeds: "FeedList", path: "Path") -> "Callable[[Holder | None], None]":
    enabled = sum(feed.enabled for feed in feeds.feeds)

    def hear(holder: "Holder | None") -> None:
        said = (
            f"Polling {enabled} feeds into {path}; ^C ends it."
            if holder is None
            else f"Process {holder.pid} on {holder.host} polls into {path} already; this one waits until that ends. ^C ends it."
        )
        click.echo(visible(said), err=True)

    return hear


@click.command()
@click.option("--child", is_flag=True, hidden=True, help="End when standard input ends.")
@click.pass_obj
def collect(options: dict[str, str | None], *, child: bool) -> None:
    """Poll every feed when it is due, for ever, without a screen.

    Ends on SIGTERM, SIGINT or SIGHUP. Any number of dashboards and collectors may use one database;
    one of them fetches at a time. A change of the list of feeds is taken up within seconds; one that cannot be
    used is told of, and the list of before goes on.
    """
    clock = SystemClock()
    try:
        feeds = chosen_feed_list(options["feeds"])
        log_to_file()
        path = database_file(options["db"])
        notices = prepare_store(path, clock)
    except (StartError, OSError) as problem:
        sys.exit(fail(problem))
    hear: Callable[[Holder | None], None] = _say_nothing
    if not child:
        warn(feeds)
        for notice in notices:
            click.echo(visible(f"overflight: {notice}"), err=True)
        hear = _say_who_fetches(feeds, path)
    run_collector(
        equipment(feeds, path, clock), renewal(feeds, options["feeds"], path, clock), hear, child=child
    )
