"""`overflight once`: one round, then the board as text; the second front end."""

import asyncio
import os
import sys
from datetime import timedelta
from pathlib import Path

import click

from tui.cli.board_plain import board_plain
from tui.cli.board_text import board_json, board_table
from tui.cli.clocks import SystemClock
from tui.cli.exits import Exit
from tui.cli.said import visible
from tui.cli.wiring import (
    StartError,
    chosen_feed_list,
    database_file,
    equipment,
    fail,
    log_to_file,
    open_board,
    prepare_store,
    spare_garbage_collection,
    warn,
)
from tui.domain.board import BoardQuery
from tui.domain.feed import FeedList
from tui.pipeline.store_thread import StoreFailed
from tui.store.errors import StoreError

_WINDOWS = {"6h": 6, "24h": 24, "7d": 7 * 24, "30d": 30 * 24, "all": 0}


async def _one_round(feeds: FeedList, options: dict[str, str | None], *, everything: bool) -> str:
    """Poll once; what to say of it on standard error."""
    from tui.pipeline.collector import collect_once

    parts = equipment(feeds, database_file(options["db"]), SystemClock())
    spare_garbage_collection()
    try:
        collected = await collect_once(parts, everything=everything)
    finally:
        await parts.fetcher.aclose()
        await parts.parser.aclose()
    if collected.held_by is not None:
        holder = collected.held_by
        return f"process {holder.pid} on {holder.host} is fetching already; this is what is stored"
    return ""


def _prepared(path: Path, clock: SystemClock, *, fetch: bool) -> tuple[str, ...]:
    """What to say of the store; one that may not be written is read as it is when nothing is to be fetched."""
    try:
        return prepare_store(path, clock)
    except StartError:
        if fetch or not path.exists() or (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
            raise
    return (f"{path} may not be written here; this is what is stored",)


@click.command()
@click.option("--json", "form", flag_value="json", help="One JSON document.")
@click.option("--plain", "form", flag_value="plain", help="Sentences that a screen reader can speak.")
@click.option(
    "--window", type=click.Choice(list(_WINDOWS)), default="24h", show_default=True, help="How far back."
)
@click.option("--all", "everything", is_flag=True, help="Poll every feed now, due or not.")
@click.option("--no-fetch", is_flag=True, help="Poll nothing; show what is stored.")
@click.pass_obj
def once(
    options: dict[str, str | None], form: str | None, window: str, *, everything: bool, no_fetch: bool
) -> None:
    """Poll every feed that is due once, then print the board."""
    clock = SystemClock()
    path = database_file(options["db"])
    try:
        feeds = chosen_feed_list(options["feeds"])
        warn(feeds)
        log_to_file()
        for notice in _prepared(path, clock, fetch=not no_fetch):
            click.echo(visible(f"overflight: {notice}"), err=True)
        said = "" if no_fetch else asyncio.run(_one_round(feeds, options, everything=everything))
        source = open_board(path, feeds.settings, briefly=no_fetch)
    except (StartError, StoreError, StoreFailed, OSError) as problem:
        sys.exit(fail(problem))
    except KeyboardInterrupt:
        sys.exit(Exit.BROKEN_OFF)
    if said:
        click.echo(visible(f"overflight: {said}"), err=True)
    try:
        hours = _WINDOWS[window]
        query = BoardQuery(window=timedelta(hours=hours) if hours else None)
        board, status = source.board(query, clock.now()), source.collector(clock.now())
    except StoreError as problem:
        sys.exit(fail(problem))
    finally:
        source.close()
    write = {"json": board_json, "plain": board_plain}.get(form or "", board_table)
    click.echo(write(board, status), nl=False)
