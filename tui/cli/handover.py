"""`overflight handover`: what changed since a moment, for the next shift."""

import sys
from datetime import datetime, timedelta
from pathlib import Path

import click

from tui.cli.clocks import SystemClock
from tui.cli.exits import Exit
from tui.cli.outfile import OutFileError, write_whole
from tui.cli.wiring import StartError, chosen_feed_list, database_file, fail, open_board
from tui.domain.board import BoardQuery
from tui.domain.handover import FIRST_LOOK, RULE, since_looked
from tui.domain.query import parse_query
from tui.domain.query_leaf import QueryProblem
from tui.domain.query_tree import Told
from tui.exports.handover import handover_json, handover_markdown, handover_text
from tui.pipeline.handing_over import load_handover
from tui.store.errors import StoreError

_LOOKED = "looked"
_NEVER = (
    "overflight: nobody looked before (nothing was ever marked seen), "
    f"so this is of the last {FIRST_LOOK // timedelta(hours=1)} hours; --since names another beginning"
)
_FORMS = {"text": handover_text, "markdown": handover_markdown, "json": handover_json}


def beginning(written: str, looked: datetime | None, now: datetime) -> datetime:
    """The moment that is meant: a span back, a day, a moment in UTC, or the last look, as in the dashboard.

    Raises:
        StartError: it is none of these, or not in the past.
    """
    if written == _LOOKED:
        return since_looked(looked, now)
    asked = parse_query(f'since:"{written}"')
    if isinstance(asked, QueryProblem) or not isinstance(asked, Told):
        raise StartError(
            f"{written[:40]!r} is no beginning of a shift. Write 8h, 2d, 2026-03-01, 2026-03-01T06:00Z or looked."
        )
    since = asked.moment(now)
    if since >= now:
        raise StartError(f"{written[:40]!r} is not in the past. Write 8h, or an earlier moment in UTC.")
    return since


@click.command(epilog=RULE)
@click.option(
    "--since",
    default=_LOOKED,
    show_default=True,
    help="8h, 2d, a day, a moment in UTC, or looked: what a dashboard calls `since you last looked`; 24h before the first look.",
)
@click.option("--format", "form", type=click.Choice(list(_FORMS)), default="text", show_default=True)
@click.option(
    "--output",
    "-o",
    default="-",
    show_default=True,
    help="The file to write; one of that name is replaced at once when the new one is whole. - is standard output.",
)
@click.pass_obj
def handover(options: dict[str, str | None], *, since: str, form: str, output: str) -> None:
    """Tell the next shift what changed: new, resolved, contradicted and revised incidents, states gone blind."""
    now = SystemClock().now()
    try:
        source = open_board(database_file(options["db"]), chosen_feed_list(options["feeds"]).settings)
        try:
            looked = source.board(BoardQuery(window=timedelta(0), limit=0), now).looked
            shift = load_handover(source, beginning(since, looked, now), now)
        finally:
            source.close()
        text = _FORMS[form](shift)
        if since == _LOOKED and looked is None:
            click.echo(_NEVER, err=True)
        if output == "-":
            click.echo(text, nl=False)
        else:
            write_whole(Path(output), text.encode())
    except (StartError, StoreError, OutFileError) as problem:
        sys.exit(fail(problem))
    sys.exit(Exit.NO if shift.nothing else Exit.DONE)
