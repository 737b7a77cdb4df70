"""`overflight corrections`: what you corrected, from the command line; while a dashboard runs, too."""

import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import click

from tui.cli.clocks import SystemClock
from tui.cli.corrections_text import audited_json, audited_text, case_line, held, said_of_made
from tui.cli.exits import Exit
from tui.cli.wiring import corrections_writing, database_file, fail
from tui.domain.correction import (
    Apart,
    Correction,
    CorrectionError,
    Kind,
    Merge,
    Move,
    NotIncursion,
    OtherActor,
    OtherAffected,
    OtherObject,
    SetOutcome,
    Split,
    Target,
    objects_of,
    outcome_of,
    split_key,
    states_of,
)
from tui.store.correction_audit import Audited, Standing, audit
from tui.store.correction_cases import labelled
from tui.store.corrections import StoreCorrections
from tui.store.database import Reader, open_reader, open_writer
from tui.store.detail import load_story
from tui.store.errors import StoreError
from tui.store.stored import find_entries, is_id

_INCIDENT = re.compile(r"i[0-9a-f]{20}|b:\S+")


@click.group()
def corrections() -> None:
    """What you corrected: list it, add to it, take it back, check that it holds, make test cases of it.

    A correction binds the grouping for ever, survives `overflight reread`, and may be made while a
    dashboard or a collector runs. Incidents and stories are named by the ids that `overflight explain`
    and their screens show; of a story the first eight digits will do.
    """


@contextmanager
def _reading(path: Path) -> Iterator[Reader]:
    reader = open_reader(path)
    try:
        yield reader
    finally:
        reader.close()


@contextmanager
def _correcting(path: Path) -> Iterator[StoreCorrections]:
    open_reader(path).close()  # says that there is no database, where making one would be odd
    writer = open_writer(path)
    try:
        yield StoreCorrections(writer, lambda: corrections_writing(SystemClock()))
    finally:
        writer.close()


@corrections.command("list")
@click.option("--all", "everything", is_flag=True, help="Also those taken back.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@click.pass_obj
def list_corrections(options: dict[str, str | None], *, everything: bool, as_json: bool) -> None:
    """Every correction with its number, the latest last."""
    found = [one for one in _audited(options) if everything or one.standing is not Standing.UNDONE]
    _say(found, as_json=as_json)


@corrections.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@click.pass_obj
def check(options: dict[str, str | None], *, as_json: bool) -> None:
    """Look up in the database whether each correction holds.

    One that a later correction of the same thing replaced asks for nothing any more, and is counted apart.
    """
    found = [one for one in _audited(options) if one.standing is not Standing.UNDONE]
    broken = [one for one in found if one.standing is Standing.BROKEN]
    _say(found if as_json else broken, as_json=as_json, quiet=True)
    if not as_json:
        click.echo(held(found))
    sys.exit(Exit.NO if broken else Exit.DONE)


@corrections.command()
@click.argument("kind", type=click.Choice([str(kind) for kind in Kind]))
@click.argument("target")
@click.argument("value", default="")
@click.option("--event", type=click.IntRange(1, 99), help="Which event of a story that tells of several.")
@click.option("--note", default="", help="Why, in your words; kept with it.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@click.pass_obj
def add(
    options: dict[str, str | None],
    kind: str,
    target: str,
    value: str,
    *,
    event: int | None,
    note: str,
    as_json: bool,
) -> None:
    """Correct something.

    \b
    merge INCIDENT OTHER           the first is shown in the other from now on
    apart INCIDENT OTHER           two events, never again proposed to be one
    split STORY                    into an incident of its own
    move STORY INCIDENT            into another incident
    affected INCIDENT|STORY PL,LT  other affected states, or none
    actor INCIDENT|STORY RU        another actor, or none
    object INCIDENT|STORY uav      another object, or none
    not_incursion INCIDENT|STORY   hidden, and whatever joins the incident later
    outcome INCIDENT unfounded     open, confirmed, attributed, unfounded or unresolved
    """  # noqa: D301 - click's mark for a block kept as it is
    path = database_file(options["db"])
    at = SystemClock().now()
    try:
        with _reading(path) as reader:
            correction = _correction(reader, Kind(kind), (target, value), event, at)
        with _correcting(path) as desk:
            made = desk.add(correction, at, note)
    except (CorrectionError, StoreError, OSError) as problem:
        sys.exit(fail(problem))
    _done(made.id, said_of_made(made), as_json=as_json)


@corrections.command()
@click.argument("number", type=click.IntRange(1))
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@click.pass_obj
def undo(options: dict[str, str | None], number: int, *, as_json: bool) -> None:
    """Take a correction back by its number; make it again with `add`."""
    try:
        with _correcting(database_file(options["db"])) as desk:
            made = desk.undo(number, SystemClock().now())
    except (CorrectionError, StoreError, OSError) as problem:
        sys.exit(fail(problem))
    _done(made.id, f"taken back: {said_of_made(made)}", as_json=as_json)


@corrections.command()
@click.pass_obj
def export(options: dict[str, str | None]) -> None:
    """Labelled stories as JSON lines, for `overflight selftest --cases`.

    Corrections of the grouping and outcomes label no story; `overflight corrections check` tests them.
    """
    try:
        with _reading(database_file(options["db"])) as reader:
            found = labelled(reader)
    except (StoreError, OSError) as problem:
        sys.exit(fail(problem))
    for story in found.stories:
        click.echo(case_line(story))
    if found.without:
        sys.stderr.write(
            f"overflight: {found.without} corrections label no story; `overflight corrections check` tests them\n"
        )


def _audited(options: dict[str, str | None]) -> tuple[Audited, ...]:
    try:
        with _reading(database_file(options["db"])) as reader, reader.snapshot() as connection:
            return audit(connection)
    except (StoreError, OSError) as problem:
        sys.exit(fail(problem))


def _say(found: list[Audited], *, as_json: bool, quiet: bool = False) -> None:
    if as_json:
        click.echo(json.dumps([audited_json(one) for one in found], ensure_ascii=False, indent=2))
    elif found:
        click.echo(audited_text(found), nl=False)
    elif not quiet:
        click.echo("nothing is corrected")


def _done(number: int, said: str, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps({"id": number, "done": said}, ensure_ascii=False))
    else:
        click.echo(f"{number}: {said}")


def _correction(
    reader: Reader, kind: Kind, words: tuple[str, str], event: int | None, at: datetime
) -> Correction:
    target, value = words
    position = None if event is None else event - 1
    match kind:
        case Kind.MERGE:
            found: Correction = Merge(_incident(target), _incident(value))
        case Kind.APART:
            found = Apart(_incident(target), _incident(value))
        case Kind.SPLIT:
            found = _split(reader, _story(reader, target), position, at)
        case Kind.MOVE:
            found = Move(_story(reader, target), _incident(value), position)
        case Kind.AFFECTED:
            found = OtherAffected(_target(reader, target, position), states_of(_given(value)))
        case Kind.ACTOR:
            found = OtherActor(_target(reader, target, position), states_of(_given(value)))
        case Kind.OBJECT:
            found = OtherObject(_target(reader, target, position), objects_of(_given(value)))
        case Kind.NOT_INCURSION:
            found = NotIncursion(_target(reader, target, None))
        case Kind.OUTCOME:
            found = SetOutcome(_incident(target), outcome_of(value))
    return found


def _given(value: str) -> str:
    """Nothing said must not count as none."""
    if not value.strip():
        raise CorrectionError("Say what it should be, such as PL,LT, or none")
    return value


def _incident(named: str) -> str:
    if not _INCIDENT.fullmatch(named):
        raise CorrectionError(
            f"{named[:40]!r} is no id of an incident; it begins with i or b: and stands on its screen"
        )
    return named


def _target(reader: Reader, named: str, position: int | None) -> Target:
    if _INCIDENT.fullmatch(named):
        return Target(incident=named)
    return Target(story=_story(reader, named), position=position or 0)


def _story(reader: Reader, named: str) -> str:
    """The whole key of a story of which a part may be given."""
    if not is_id(named) or _INCIDENT.fullmatch(named):
        raise CorrectionError(f"{named[:40]!r} is no id of a story; it has eight hexadecimal digits or more")
    found = {one.entry.key for one in find_entries(reader, named)}
    if len(found) != 1:
        raise CorrectionError(
            f"{'Several stories have' if found else 'No story has'} an id that begins with {named}"
        )
    return found.pop()


def _split(reader: Reader, story: str, position: int | None, at: datetime) -> Split:
    with reader.snapshot() as connection:
        detail = load_story(connection, story)
    incidents = {
        one.incident
        for one in (detail.assignments if detail else ())
        if position is None or one.position == position
    }
    if not incidents:
        raise CorrectionError(f"Story {story[:12]} is in no incident")
    if len(incidents) > 1:
        raise CorrectionError(
            f"Story {story[:12]} tells of several incidents; say which with --event 1, 2, …"
        )
    return Split(story, incidents.pop(), split_key(story, position, at), position)
