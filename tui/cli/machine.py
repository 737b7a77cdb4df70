"""`overflight read` and `overflight group`: the two machine interfaces, no database, no network."""

import sys
from collections.abc import Callable
from functools import partial
from typing import BinaryIO

import click

from tui.cli.said import visible
from tui.cli.wiring import StartError, fail, rules_in_use
from tui.reading.group_wire import group_lines
from tui.reading.reader import read_story
from tui.reading.wire import BadLine, Read, read_lines
from tui.store.spill import Spill

Work = Callable[[BinaryIO, BinaryIO, Read], None]


def _run(work: Work, options: dict[str, str | None]) -> None:
    if sys.stdin is None or sys.stdout is None:
        sys.exit(fail("standard input or output is closed; give it lines of JSON and a place to answer to"))
    try:
        rules = rules_in_use(options["feeds"])
    except StartError as problem:
        sys.exit(fail(problem))
    try:
        work(sys.stdin.buffer, sys.stdout.buffer, partial(read_story, rules=rules) if rules else read_story)
    except BadLine as problem:
        sys.stdout.flush()
        click.echo(visible(f"overflight: {problem}"), err=True)
        sys.exit(2)
    except BrokenPipeError:
        # The reader of our output has left; Python would complain again at exit.
        sys.stdout = None
        sys.exit(0)


@click.command()
@click.pass_obj
def read(options: dict[str, str | None]) -> None:
    """JSON lines of stories in, one line of verdict and facts out for each.

    In: id, title, summary, published, lang, feed_country, publisher. Out: relevant, score, affected,
    actor, object, zone, event, response, certainty, count, place, event_date, reports, why and more.
    The rules of your own feeds.toml apply, if you have one.
    """
    _run(read_lines, options)


@click.command()
@click.pass_obj
def group(options: dict[str, str | None]) -> None:
    """JSON lines of stories in order of arrival in, the incident of each out.

    As `read`, with an optional batch (stories of one poll) and optional fields of read's output,
    which then replace the program's own reading. A batch is answered when it ends or when the
    input pauses for a tenth of a second; what comes of it later is grouped as a later poll.
    """
    with Spill() as spill:
        _run(partial(group_lines, recall=spill), options)
