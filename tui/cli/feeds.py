"""`overflight feeds`: list, check, find, add, remove, switch, edit, import or export the feeds."""

import json
import os
import shlex
import subprocess
import sys
from dataclasses import replace

import click

from tui.cli.clocks import SystemClock
from tui.cli.feed_check import check, discover
from tui.cli.feed_editing import add_feed, disable_feed, enable_feed, remove_feed
from tui.cli.feed_exchange import export_feeds, import_feeds
from tui.cli.said import visible
from tui.cli.wiring import StartError, chosen_feed_list, database_file, feed_list_file
from tui.domain.feed import FeedRow, FeedState
from tui.domain.standing import standing, standing_said
from tui.locations import shipped, user_feed_list


def _fail(problem: Exception) -> None:
    click.echo(visible(f"overflight: {problem}"), err=True)
    sys.exit(2)


def _rows(options: dict[str, str | None]) -> list[FeedRow]:
    """Every feed of the list, with what the store knows of it, if there is one."""
    listed = chosen_feed_list(options["feeds"])
    known: dict[str, FeedRow] = {}
    path = database_file(options["db"])
    if path.exists():
        from tui.cli.wiring import open_board

        board = open_board(path)
        try:
            known = {row.feed.url: row for row in board.feeds(SystemClock().now())}
        finally:
            board.close()
    return [
        replace(known[feed.url], feed=feed) if feed.url in known else FeedRow(feed, FeedState(feed.url), 0, 0)
        for feed in listed.feeds
    ]


@click.group()
def feeds() -> None:
    """List, check, find, add, remove, switch, edit, import or export the feeds."""


@feeds.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON document instead of a table.")
@click.pass_obj
def list_feeds(options: dict[str, str | None], *, as_json: bool) -> None:
    """Show every feed with how it stands."""
    try:
        rows = _rows(options)
    except StartError as problem:
        _fail(problem)
        return
    if as_json:
        click.echo(json.dumps([_feed_object(row) for row in rows], ensure_ascii=False, indent=2))
        return
    now = SystemClock().now()
    for row in rows:
        feed, state = row.feed, row.state
        click.echo(
            f"{state.status:<9} {feed.country or '--'} {feed.lang or '--':<8} {feed.kind:<9} {row.kept:>5} kept of {row.entries:>6}  {feed.name}"
        )
        if feed.enabled:
            click.echo(f"          {standing_said(state, now)}")
        if state.problem:
            click.echo(f"          {state.problem}")
        if row.alone.floods:
            click.echo(f"          {row.alone.said}")


def _feed_object(row: FeedRow) -> dict[str, object]:
    feed, state = row.feed, row.state
    return {
        "url": feed.url,
        "name": feed.name,
        "lang": feed.lang,
        "country": feed.country,
        "publisher": feed.publisher,
        "kind": feed.kind,
        "enabled": feed.enabled,
        "status": state.status,
        "standing": standing(state, SystemClock().now()),
        "standing_said": standing_said(state, SystemClock().now()),
        "last_answer": state.last_answer.isoformat() if state.last_answer else None,
        "last_new": state.last_new.isoformat() if state.last_new else None,
        "usual_gap_minutes": round(state.usual_gap.total_seconds() / 60, 1) if state.usual_gap else None,
        "failures": state.failures,
        "last_status": state.last_status,
        "last_bytes": state.last_bytes,
        "unchanged_share": round(state.unchanged_share, 3) if state.unchanged_share is not None else None,
        "address": state.address,
        "kept_in_30_days": row.lately,
        "floods": row.alone.floods,
        "last_ok": state.last_ok.isoformat() if state.last_ok else None,
        "next_due": state.next_due.isoformat() if state.next_due else None,
        "problem": state.problem,
        "entries": row.entries,
        "kept": row.kept,
    }


@feeds.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@click.pass_obj
def path(options: dict[str, str | None], *, as_json: bool) -> None:
    """Print the feeds.toml in use."""
    found = feed_list_file(options["feeds"])
    if as_json:
        said = {"list": str(found), "built_in": found == shipped("feeds.toml")}
        click.echo(json.dumps(said, ensure_ascii=False))
    else:
        click.echo(str(found))


@feeds.command()
def edit() -> None:
    """Make your own copy of the built-in feeds.toml, if there is none, and open it in $EDITOR."""
    from tui.feeds.feed_list import write_user_copy

    target = user_feed_list()
    try:
        if not target.exists():
            write_user_copy(shipped("feeds.toml"), target)
            click.echo(f"Copied the built-in list to {target}; it now overrides the built-in one.")
        editor = shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "")
        if not editor:
            click.echo(f"Set EDITOR to have it opened for you; the file is {target}")
            return
        subprocess.run([*editor, str(target)], check=False)  # noqa: S603 - the user's own editor, no shell
        listed = chosen_feed_list(str(target)).feeds
        enabled = sum(feed.enabled for feed in listed)
        click.echo(f"{target}: nothing is wrong with it; {enabled} of {len(listed)} feeds are switched on.")
    except (OSError, ValueError, StartError) as problem:
        _fail(problem)


feeds.add_command(add_feed)
feeds.add_command(remove_feed)
feeds.add_command(enable_feed)
feeds.add_command(disable_feed)
feeds.add_command(check)
feeds.add_command(discover)
feeds.add_command(import_feeds)
feeds.add_command(export_feeds)
