"""`overflight backup`, `verify` and `repair`: the database copied, looked through, and put right."""

import json
import sys
from pathlib import Path

import click

from tui.cli.clocks import SystemClock
from tui.cli.exits import Exit
from tui.cli.wiring import database_file, fail
from tui.store.backup import back_up_to, backup_name
from tui.store.errors import StoreDamaged, StoreError
from tui.store.repair import Repaired, looks_like_a_database
from tui.store.repair import repair as repair_store
from tui.store.verify import Check
from tui.store.verify import verify as verify_store


@click.command()
@click.argument("target", required=False, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@click.pass_obj
def backup(options: dict[str, str | None], target: Path | None, *, as_json: bool) -> None:
    """Copy the database to TARGET while everything else runs.

    Without TARGET the copy goes into the folder `backups` beside the database, named by the time in UTC. The copy
    is of one moment, is checked before it gets its name, and never replaces a file. To go back to it, end every
    Overflight and put it in the place of the database.
    """
    path = database_file(options["db"])
    try:
        folder = target or path.parent / "backups"
        if target is None:
            folder.mkdir(parents=True, mode=0o700, exist_ok=True)
        chosen = backup_name(folder, path, SystemClock().now()) if folder.is_dir() else folder
        size = back_up_to(path, chosen)
    except (StoreError, OSError) as problem:
        sys.exit(fail(problem))
    if as_json:
        click.echo(json.dumps({"backup": str(chosen), "bytes": size}, ensure_ascii=False))
    else:
        click.echo(f"{chosen}  {size / 1e6:.1f} MB, whole")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@click.pass_obj
def verify(options: dict[str, str | None], *, as_json: bool) -> None:
    """Look through the whole database: pages, references, indexes, and whether anything stored is missing.

    Changes nothing.
    """
    path = database_file(options["db"])
    try:
        checks = verify_store(path)
    except StoreDamaged as damage:
        checks = (Check("the file is a database", (damage.what,), grave=True),)
    except StoreError as refusal:
        sys.exit(fail(refusal))
    sound = all(check.fine for check in checks)
    if as_json:
        rows = [
            {"check": check.name, "fine": check.fine, "problems": list(check.problems)} for check in checks
        ]
        click.echo(
            json.dumps({"database": str(path), "fine": sound, "checks": rows}, ensure_ascii=False, indent=2)
        )
    else:
        for check in checks:
            click.echo(f"{' ' if check.fine else '!'} {check.name}: {'fine' if check.fine else ''}".rstrip())
            for problem in check.problems:
                click.echo(f"    {problem}")
        if not sound and looks_like_a_database(path):
            click.echo(
                "\nEnd every Overflight, then run `overflight repair`: the file is kept as it is, beside it."
            )
    sys.exit(Exit.DONE if sound else Exit.NO)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@click.pass_obj
def repair(options: dict[str, str | None], *, as_json: bool) -> None:
    """Put a damaged database right; what was found is kept beside it.

    Whatever can be read of it goes into a new file, and every feed is read anew at the next poll. End every
    Overflight first.
    """
    path = database_file(options["db"])
    try:
        done = repair_store(path, SystemClock().now())
    except StoreDamaged as problem:
        if looks_like_a_database(path):
            sys.exit(fail(problem))
        sys.exit(
            fail(
                f"{path} is no database. Nothing was changed; move the file away, or name another with --db."
            )
        )
    except (StoreError, OSError) as problem:
        sys.exit(fail(problem))
    if as_json:
        click.echo(json.dumps(repaired_object(done), ensure_ascii=False, indent=2))
        return
    click.echo(
        "Nothing is wrong with the database; nothing was changed." if done is None else repaired_text(done)
    )


def repaired_object(done: Repaired | None) -> dict[str, object]:
    """The same as JSON; `repaired` is false when nothing was wrong."""
    if done is None:
        return {"repaired": False}
    return {
        "repaired": True,
        "kept": str(done.aside),
        "made_anew": list(done.indexes),
        "saved": [
            {"table": one.name, "rows": one.rows, "whole": one.whole, "left_out": one.unattached}
            for one in done.tables
        ],
    }


def repaired_text(done: Repaired) -> str:
    """What was saved, what was not, and where the file stands as it was found."""
    lines = []
    if done.indexes:
        lines.append(f"Made anew: {', '.join(done.indexes)}. Nothing was lost.")
    if done.tables:
        lines.append(
            f"Saved {done.rows('story'):,} stories of {done.rows('incident'):,} incidents, "
            f"and {done.rows('correction'):,} corrections."
        )
        lines += [
            f"  {saved.name}: {saved.rows:,} rows, {'all of it' if saved.whole else 'as far as it could be read'}"
            + (
                f", {saved.unattached:,} left out that belong to rows which are gone"
                if saved.unattached
                else ""
            )
            for saved in done.tables
            if saved.name in done.partial
        ]
    lines.append(f"The file as it was found: {done.aside}")
    lines.append("Every feed is read anew at its next poll.")
    return "\n".join(lines)
