"""`overflight export` and `import`: incidents of a query as a document, the whole store as an archive, and back."""

import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import IO

import click

from tui.cli.asked import asked_in
from tui.cli.clocks import SystemClock
from tui.cli.exits import Exit
from tui.cli.outfile import OutFileError, write_whole
from tui.cli.plugins import PREFIX, FormChoice, by_plugin
from tui.cli.query import understood
from tui.cli.wiring import StartError, database_file, fail, open_board
from tui.domain.board import StoryRow
from tui.domain.query_tree import Part, news_of
from tui.exports.evidence import evidence_pack
from tui.exports.feeds import atom_text, json_feed_text
from tui.exports.geojson import geojson_text
from tui.exports.objects import json_text
from tui.exports.report import markdown_text
from tui.exports.stix import stix_text
from tui.exports.table import csv_text
from tui.exports.view import ExportedIncident, View
from tui.pipeline.board_ports import BoardSource
from tui.store.archive import ArchiveError, archive_lines, restore
from tui.store.errors import StoreError

_FORMS: dict[str, Callable[[View], str]] = {
    "json": json_text,
    "csv": csv_text,
    "geojson": geojson_text,
    "atom": atom_text,
    "jsonfeed": json_feed_text,
    "markdown": markdown_text,
    "stix": stix_text,
}
_NEWS = frozenset({"atom", "jsonfeed"})
"""What readers show as news; the baseline is none."""
_EVIDENCE = "evidence"
_ARCHIVE = "archive"

_LOOK_SECONDS = 2.0
"""How often a watched store is asked whether anything changed; costs microseconds."""

_LONGEST_LINE = 64 * 1024 * 1024
"""Characters of one line of an archive; longer ones are no row of ours."""


def load_view(source: BoardSource, query: Part, now: datetime, limit: int, form: str = "json") -> View:
    """The incidents of a query with all that is known of them; for a feed without a baseline nobody asked for."""
    found = source.find_incidents(news_of(query) if form in _NEWS else query, now, limit)
    return replace(view_of(source, [row.key for row in found.rows], now), query=str(query), total=found.total)


def view_of(source: BoardSource, keys: Sequence[str], now: datetime) -> View:
    """These incidents with all that is known of them."""
    exported = []
    for key in keys:
        detail = source.incident(key)
        if detail is not None:  # merged by a person between the two reads
            stories = (source.story(story.key) for story in sorted(detail.stories, key=_first_told))
            exported.append(ExportedIncident(detail, tuple(story for story in stories if story is not None)))
    return View("", now, tuple(exported), len(exported))


def _first_told(story: StoryRow) -> tuple[datetime, str]:
    """Published, but never later than first sight."""
    return min(story.published or story.first_seen, story.first_seen), story.key


def rendered(view: View, form: str) -> bytes:
    """The document of a view."""
    if form.startswith(PREFIX):
        return by_plugin(view, form)
    return evidence_pack(view) if form == _EVIDENCE else _FORMS[form](view).encode()


def _write(content: bytes, output: str) -> None:
    if output == "-":
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    else:
        write_whole(Path(output), content)


def _keep_fresh(source: BoardSource, query: Part, form: str, output: str, limit: int) -> None:
    """Write the file whenever what is stored has changed, until a signal."""
    written = None
    while True:
        stamp = source.stamp().generation
        if stamp != written:
            _write(rendered(load_view(source, query, SystemClock().now(), limit, form), form), output)
            written = stamp
        time.sleep(_LOOK_SECONDS)


def _refuse_what_cannot_be(form: str, words: tuple[str, ...], output: str, *, watch: bool) -> None:
    if watch and (output == "-" or form == _ARCHIVE):
        raise click.UsageError("--watch keeps a file fresh: name it with --output, in any form but archive.")
    if form == _EVIDENCE and output == "-" and sys.stdout.isatty():
        raise click.UsageError("An evidence pack is a ZIP: name a file with --output.")
    if form == _ARCHIVE and words:
        raise click.UsageError("An archive holds the whole store and takes no query: leave the query out.")


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("words", nargs=-1, type=click.UNPROCESSED, metavar="[QUERY]")
@click.option(
    "--format", "form", type=FormChoice([*_FORMS, _EVIDENCE, _ARCHIVE]), default="json", show_default=True
)
@click.option(
    "--output",
    "-o",
    default="-",
    show_default=True,
    help="The file to write; one of that name is replaced at once when the new one is whole. - is standard output.",
)
@click.option("--view", help="The incidents of this saved view.")
@click.option("--watch", is_flag=True, help="Keep the file fresh until ^C.")
@click.option(
    "--limit",
    type=click.IntRange(1, 100_000),
    default=1000,
    show_default=True,
    help="At most so many incidents.",
)
@click.pass_obj
def export(
    options: dict[str, str | None],
    words: tuple[str, ...],
    *,
    form: str,
    output: str,
    view: str | None,
    watch: bool,
    limit: int,
) -> None:
    """Write incidents as a document that other programs read.

    QUERY is as for `overflight query`; without one, everything. `json` has a schema (docs/schema), `geojson` has
    points only where the place is exactly known, `atom` and `jsonfeed` are feeds of incidents (of the baseline only with
    `is:baseline`), `stix` is a bundle of STIX 2.1, `evidence` is a ZIP
    with the words of every story and their sums, `archive` is the whole store, which `overflight import` reads.
    `plugin:NAME` is an exporter of a package of yours (docs/plugins.md).
    A file appears under its name only when it is whole; until then, and if it cannot be written, a file that has that name
    already stays as it is.
    """
    _refuse_what_cannot_be(form, (*words, *filter(None, [view])), output, watch=watch)
    path = database_file(options["db"])
    try:
        if form == _ARCHIVE:
            _write("".join(f"{line}\n" for line in archive_lines(path, SystemClock().now())).encode(), output)
            return
        query = understood(words)
        source = open_board(path)
        try:
            query = asked_in(source, query, view)
            if watch:
                _keep_fresh(source, query, form, output, limit)
            found = load_view(source, query, SystemClock().now(), limit, form)
            _write(rendered(found, form), output)
        finally:
            source.close()
    except (StartError, StoreError, OutFileError) as problem:
        sys.exit(fail(problem))
    except KeyboardInterrupt:
        sys.exit(Exit.DONE if watch else Exit.BROKEN_OFF)
    if found.total > len(found.incidents):
        click.echo(f"the first {len(found.incidents)} of {found.total}; --limit takes more", err=True)


def _lines(file: IO[str]) -> Iterator[str]:
    while line := file.readline(_LONGEST_LINE):
        yield line


@click.command("import")
@click.argument("archive", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@click.pass_obj
def import_archive(options: dict[str, str | None], archive: str, *, as_json: bool) -> None:
    """Make the database of an archive that `overflight export --format archive` wrote.

    Only where there is no database, or one without stories. The archive may be of an older version.
    """
    path = database_file(options["db"])
    try:
        with click.open_file(archive, encoding="utf-8") as file:
            rows = restore(path, _lines(file), SystemClock().now())
    except ArchiveError as problem:
        sys.exit(fail(f"{archive}: {problem}. Nothing was changed; export it again."))
    except UnicodeDecodeError:
        sys.exit(fail(f"{archive} is no text. Nothing was changed; name an archive."))
    except (StoreError, OSError) as problem:
        sys.exit(fail(problem))
    if as_json:
        click.echo(json.dumps({"rows": rows, "database": str(path)}, ensure_ascii=False))
    else:
        click.echo(f"{rows:,} rows restored into {path}")
