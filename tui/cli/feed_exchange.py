"""`overflight feeds import` and `export`: OPML, the list of feeds that other programs read and write."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from tui.cli.wiring import StartError, chosen_feed_list, fail, feed_list_file
from tui.domain.feed import Feed
from tui.domain.value import dataclass
from tui.locations import shipped, user_feed_list

if TYPE_CHECKING:
    from tui.feeds.opml import Refusal


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of the outlines of an OPML file."""

    target: Path
    added: tuple[Feed, ...]
    refused: "tuple[Refusal, ...]"
    there: int
    """Feeds that were in the list already."""
    dry_run: bool


@click.command("export")
@click.option(
    "--output", "-o", type=click.Path(dir_okay=False), help="A new file instead of standard output."
)
@click.pass_obj
def export_feeds(options: dict[str, str | None], output: str | None) -> None:
    """Write the list of feeds as OPML; headers and passwords are never in it."""
    from tui.feeds.opml import write_opml

    try:
        written = write_opml(chosen_feed_list(options["feeds"]).feeds)
        if output is None:
            click.echo(written, nl=False)
        else:
            with Path(output).open("x", encoding="utf-8") as file:
                file.write(written)
    except FileExistsError:
        sys.exit(fail(f"{output} is there already; name another file."))
    except (StartError, OSError) as problem:
        sys.exit(fail(problem))


@click.command("import")
@click.argument("file", type=click.File("rb"))
@click.option("--dry-run", is_flag=True, help="Only say what would be added.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@click.pass_obj
def import_feeds(options: dict[str, str | None], file: BinaryIO, *, dry_run: bool, as_json: bool) -> None:
    """Add the feeds of an OPML FILE ("-" is standard input) to your feeds.toml.

    Only http and https addresses that are not in the list yet are added, at its end; what is there stays as it is.
    """
    from tui.feeds.feed_list import FeedListError, write_user_copy
    from tui.feeds.feed_writing import add_feeds
    from tui.feeds.opml import LARGEST_FILE, OpmlError, Refusal, feed_of, read_opml

    try:
        outlines = read_opml(file.read(LARGEST_FILE + 1))
        listed = chosen_feed_list(options["feeds"])
    except OpmlError as problem:
        sys.exit(fail(f"{_name_of(file)} {problem}."))
    except (StartError, OSError) as problem:
        sys.exit(fail(problem))
    known = {feed.url for feed in listed.feeds}
    made = [feed_of(outline) for outline in outlines]
    refused = [one for one in made if isinstance(one, Refusal)]
    # The first of an address counts.
    fresh = {one.url: one for one in reversed(made) if not isinstance(one, Refusal) and one.url not in known}
    fresh = dict(reversed(fresh.items()))
    target = feed_list_file(options["feeds"])
    if fresh and not dry_run:
        try:
            if target == shipped("feeds.toml"):
                target = user_feed_list()
                write_user_copy(shipped("feeds.toml"), target)
            add_feeds(target, list(fresh.values()), f"Imported from {_name_of(file)}.")
        except (FeedListError, OSError) as problem:
            sys.exit(fail(problem))
    there = len(outlines) - len(refused) - len(fresh)
    said = _told_json if as_json else _told
    click.echo(said(Brought(target, tuple(fresh.values()), tuple(refused), there, dry_run=dry_run)))


def _told(brought: "Brought") -> str:
    where = (
        f"would be added to {_would_change(brought.target)}"
        if brought.dry_run
        else f"added to {brought.target}"
    )
    return "\n".join(
        [
            *(f"refused  {one.name}: {one.reason}" for one in brought.refused),
            *(f"added    {feed.name}: {feed.url}" for feed in brought.added),
            f"{len(brought.added)} {where}; {brought.there} there already, {len(brought.refused)} refused.",
        ]
    )


def _told_json(brought: "Brought") -> str:
    document = {
        "done": not brought.dry_run,
        "list": str(brought.target),
        "added": [{"name": feed.name, "url": feed.url} for feed in brought.added],
        "refused": [{"name": one.name, "reason": one.reason} for one in brought.refused],
        "there_already": brought.there,
    }
    return json.dumps(document, ensure_ascii=False, indent=2)


def _would_change(target: Path) -> str:
    """The file that an import would change: never the built-in one."""
    if target == shipped("feeds.toml"):
        return f"{user_feed_list()}, a copy of the built-in list that would be made for it"
    return str(target)


def _name_of(file: BinaryIO) -> str:
    """For a message or a comment, on one line."""
    name = str(getattr(file, "name", "standard input"))
    return "".join(character for character in name if character.isprintable())[:200]
