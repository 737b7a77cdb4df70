"""`overflight note`, `tag` and `star`: what a person writes beside an incident, from the command line."""

import json
import sys
from collections.abc import Callable
from datetime import datetime

import click

from tui.cli.clocks import SystemClock
from tui.cli.exits import Exit
from tui.cli.said import visible
from tui.cli.views import marking, reading
from tui.cli.wiring import StartError, fail
from tui.domain.board import IncidentRow
from tui.domain.notes import NoteError, note_of, tag_key, tags_of
from tui.pipeline.board_ports import Marks
from tui.reading.plain_text import own_text
from tui.store.errors import StoreError

_Db = dict[str, str | None]
_Write = Callable[[Marks, IncidentRow, datetime], object]

_json = click.option("--json", "as_json", is_flag=True, help="One JSON document.")
_remove = click.option("--remove", is_flag=True, help="Take it away.")


def _row(options: _Db, incident: str) -> IncidentRow:
    """The incident of an id, a merged one as the one it is shown in."""
    with reading(options) as source:
        detail = source.incident(incident)
    if detail is None:
        raise StartError(
            f"There is no incident {visible(incident[:40])!r}. `overflight query` shows their ids, which begin with i or b:."
        )
    return detail.row


def _done(options: _Db, incident: str, write: _Write | None) -> IncidentRow:
    """The incident after what was written."""
    row = _row(options, incident)
    if write is not None:
        with marking(options) as marks:
            write(marks, row, SystemClock().now())
        row = _row(options, incident)
    return row


def _say(row: IncidentRow, text: str, *, as_json: bool) -> None:
    if as_json:
        found = {"id": row.key, "watched": row.watched, "note": row.note or None, "tags": list(row.tags)}
        click.echo(json.dumps(found, ensure_ascii=False))
    elif text:
        click.echo(visible(text))


@click.command()
@click.argument("incident")
@click.argument("words", nargs=-1)
@_remove
@_json
@click.pass_obj
def note(options: _Db, incident: str, words: tuple[str, ...], *, remove: bool, as_json: bool) -> None:
    """Write WORDS as the note of INCIDENT, in the place of what was there; without words, read it.

    Found again by `note:ministry`.
    """
    try:
        text = note_of(own_text(" ".join(words)))
        write: _Write | None = None
        if text or remove:
            write = lambda marks, row, at: marks.set_note(row.key, "" if remove else text, at)  # noqa: E731 - one act
        row = _done(options, incident, write)
    except (StartError, StoreError, NoteError, OSError) as problem:
        sys.exit(fail(problem))
    _say(row, row.note, as_json=as_json)
    sys.exit(Exit.DONE if row.note or remove else Exit.NO)


@click.command()
@click.argument("incident")
@click.argument("words", nargs=-1, metavar="[TAG]...")
@click.option("--remove", is_flag=True, help="Take these tags away; without any, all.")
@_json
@click.pass_obj
def tag(options: _Db, incident: str, words: tuple[str, ...], *, remove: bool, as_json: bool) -> None:
    """Give INCIDENT tags, beside those it has; without any, list them.

    Found again by `tag:baltic`.
    """
    try:
        named = tags_of(own_text(" ".join(words)))
        write: _Write | None = None
        if named or remove:
            write = lambda marks, row, at: marks.set_tags(row.key, _after(row, named, remove=remove), at)  # noqa: E731 - one act
        row = _done(options, incident, write)
    except (StartError, StoreError, NoteError, OSError) as problem:
        sys.exit(fail(problem))
    _say(row, " ".join(row.tags), as_json=as_json)
    sys.exit(Exit.DONE if row.tags or remove else Exit.NO)


def _after(row: IncidentRow, named: tuple[str, ...], *, remove: bool) -> tuple[str, ...]:
    if not remove:
        return tags_of(" ".join((*row.tags, *named)))
    gone = {tag_key(one) for one in named}
    return tuple(one for one in row.tags if gone and tag_key(one) not in gone)


@click.command()
@click.argument("incident")
@click.option("--remove", is_flag=True, help="No longer watch it.")
@_json
@click.pass_obj
def star(options: _Db, incident: str, *, remove: bool, as_json: bool) -> None:
    """Watch INCIDENT: it gets a star, and the watch screen tells what happened to it. Found again by `is:watched`."""
    try:
        row = _done(
            options, incident, lambda marks, row, at: marks.set_watched(row.key, watched=not remove, at=at)
        )
    except (StartError, StoreError, OSError) as problem:
        sys.exit(fail(problem))
    _say(row, f"{'watched' if row.watched else 'no longer watched'}: {row.line}", as_json=as_json)
