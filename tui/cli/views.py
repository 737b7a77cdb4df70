"""`overflight views`: saved views from the command line; while a dashboard runs, too."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import click

from tui.cli.asked import asked_in, stored_view
from tui.cli.board_text import incident_table
from tui.cli.clocks import SystemClock
from tui.cli.exits import Exit
from tui.cli.said import visible
from tui.cli.wiring import StartError, database_file, fail, open_board, open_marks
from tui.domain.query import parse_query
from tui.domain.query_tree import All, Told, span_text
from tui.domain.views import (
    SORTS,
    SavedView,
    ViewCount,
    ViewEdit,
    ViewError,
    alert_toml,
    checked,
    find_view,
)
from tui.domain.watch import Desk
from tui.exports.objects import incident_object
from tui.pipeline.board_ports import BoardSource, Marks
from tui.reading.plain_text import own_text
from tui.store.errors import StoreError

_ALL = "all"
_Db = dict[str, str | None]


def window_of(written: str) -> timedelta | None:
    """The window that is meant: 6h, 24h, 7d, or all; raises StartError."""
    if written == _ALL:
        return None
    asked = parse_query(f'revised:"{written}"')
    if isinstance(asked, Told) and asked.ago:
        return asked.ago
    raise StartError(f"{written[:40]!r} is no window. Write a span such as 6h, 24h, 7d or 30d, or all.")


def window_text(window: timedelta | None) -> str:
    """As it is written."""
    return _ALL if window is None else span_text(window)


def view_object(count: ViewCount) -> dict[str, object]:
    """A view with what it finds, as JSON."""
    return {**_kept_object(count.view), "incidents": count.incidents, "new": count.new}


def _kept_object(view: SavedView) -> dict[str, object]:
    return {
        "position": view.position,
        "name": view.name,
        "query": view.text,
        "window": window_text(view.window),
        "sort": view.sort,
        "made": view.made.isoformat() if view.made else None,
    }


def _line(count: ViewCount) -> str:
    view = count.view
    found = "?" if count.incidents is None else str(count.incidents)
    new = f"+{count.new}" if count.new else ""
    return (
        f"{view.position:>2}  {view.name:<24} {found:>6} {new:>5}  {window_text(view.window):<4} "
        f"{view.sort:<8} {view.text or '(everything)'}"
    )


@contextmanager
def reading(options: _Db) -> Iterator[BoardSource]:
    """The store to read from."""
    source = open_board(database_file(options["db"]))
    try:
        yield source
    finally:
        source.close()


@contextmanager
def marking(options: _Db) -> Iterator[Marks]:
    """The store to write into, where there is one."""
    path: Path = database_file(options["db"])
    open_board(path).close()  # says that there is no database, where making one would be odd
    marks = open_marks(path)
    try:
        yield marks
    finally:
        marks.close()


@click.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@click.pass_context
def views(context: click.Context, *, as_json: bool) -> None:
    """Saved views: a name for a query, with its window and sort. Without a command: list them.

    A view is named by its name, case aside, or by its number.
    """
    if context.invoked_subcommand is None:
        context.invoke(list_views, as_json=as_json)


@views.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@click.pass_obj
def list_views(options: _Db, *, as_json: bool) -> None:
    """Every view with its number, how many incidents it finds in its window, and how many of them are new."""
    try:
        with reading(options) as source:
            desk: Desk = source.desk(SystemClock().now())
    except (StartError, StoreError, OSError) as problem:
        sys.exit(fail(problem))
    if as_json:
        found = [view_object(count) for count in desk.views]
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        for count in desk.views:
            click.echo(visible(_line(count)))
        if not desk.views:
            click.echo("no view is saved; `overflight views add NAME QUERY` saves one", err=True)
    sys.exit(Exit.DONE if desk.views else Exit.NO)


_as_json = click.option("--json", "as_json", is_flag=True, help="What was done and every view, as JSON.")


@views.command(context_settings={"ignore_unknown_options": True})
@click.argument("name")
@click.argument("words", nargs=-1, type=click.UNPROCESSED, metavar="[QUERY]")
@click.option("--window", default=_ALL, show_default=True, help="6h, 24h, 7d, 30d or any such span; or all.")
@click.option("--sort", type=click.Choice(SORTS), default=SORTS[0], show_default=True)
@click.option(
    "--replace", "over", is_flag=True, help="In the place of the view of that name, if there is one."
)
@_as_json
@click.pass_obj
def add(
    options: _Db, name: str, words: tuple[str, ...], *, window: str, sort: str, over: bool, as_json: bool
) -> None:
    """Save a view of QUERY, as for `overflight query`; without one, of everything."""
    try:
        made = checked(SavedView(own_text(name), " ".join(words), window_of(window), sort))
        with reading(options) as source:
            there = find_view(source.views(), made.name) if over else None
        edit = ViewEdit(there, replace(made, position=there.position if there else 0))
        _edit(options, edit, as_json=as_json)
    except (StartError, StoreError, ViewError, OSError) as problem:
        sys.exit(fail(problem))


@views.command()
@click.argument("name")
@_as_json
@click.pass_obj
def remove(options: _Db, name: str, *, as_json: bool) -> None:
    """Delete a view; what it finds stays."""
    _change(options, name, lambda _view: None, as_json=as_json)


@views.command()
@click.argument("name")
@click.argument("new_name")
@_as_json
@click.pass_obj
def rename(options: _Db, name: str, new_name: str, *, as_json: bool) -> None:
    """Give a view another name."""
    _change(options, name, lambda view: replace(view, name=own_text(new_name)), as_json=as_json)


@views.command()
@click.argument("name")
@click.argument("position", type=click.IntRange(1))
@_as_json
@click.pass_obj
def move(options: _Db, name: str, position: int, *, as_json: bool) -> None:
    """Put a view at another place of the list; the first nine are reached by a digit."""
    _change(options, name, lambda view: replace(view, position=position), as_json=as_json, place=position)


@views.command()
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@click.option("--limit", type=click.IntRange(1, 100_000), default=50, show_default=True)
@click.pass_obj
def show(options: _Db, name: str, *, as_json: bool, limit: int) -> None:
    """The incidents that a view finds in the news of its window."""
    now = SystemClock().now()
    try:
        with reading(options) as source:
            view = stored_view(source, name)
            found = source.find_incidents(asked_in(source, All(), name), now, limit)
    except (StartError, StoreError, OSError) as problem:
        sys.exit(fail(problem))
    if as_json:
        head = {"view": view.name, "query": view.text, "window": window_text(view.window)}
        document = {**head, "taken": now.isoformat(), "total": found.total}
        rows = [incident_object(row) for row in found.rows]
        click.echo(json.dumps({**document, "incidents": rows}, ensure_ascii=False, indent=2))
    else:
        if found.rows:
            click.echo(incident_table(found.rows, now, ids=True))
        click.echo(visible(f"{len(found.rows)} of {found.total} of the view {view.name}"), err=True)
    sys.exit(Exit.DONE if found.total else Exit.NO)


@views.command()
@click.argument("name")
@click.pass_obj
def alert(options: _Db, name: str) -> None:
    """Print an alert rule of a view, to be pasted into feeds.toml; nothing is written."""
    try:
        with reading(options) as source:
            click.echo(alert_toml(stored_view(source, name)))
    except (StartError, StoreError, OSError) as problem:
        sys.exit(fail(problem))


def _change(
    options: _Db,
    name: str,
    made: Callable[[SavedView], SavedView | None],
    *,
    as_json: bool,
    place: int = 1,
) -> None:
    """`place` is one that the list must have."""
    try:
        with reading(options) as source:
            view, places = stored_view(source, name), len(source.views())
        if place > places:
            sys.exit(fail(f"There is no place {place}: the list has {places}. Name one from 1 to {places}."))
        _edit(options, ViewEdit(view, made(view)), as_json=as_json)
    except (StartError, StoreError, ViewError, OSError) as problem:
        sys.exit(fail(problem))


def _edit(options: _Db, edit: ViewEdit, *, as_json: bool) -> None:
    with marking(options) as marks:
        marks.edit_view(edit, SystemClock().now())
    if not as_json:
        click.echo(visible(edit.said))
        return
    with reading(options) as source:
        now = [_kept_object(view) for view in source.views()]
    click.echo(json.dumps({"done": edit.said, "views": now}, ensure_ascii=False, indent=2))
