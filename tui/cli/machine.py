"""`overflight read` and `overflight group`: the two machine interfaces, no database, no network."""

import sys
from collections.abc import Callable
from typing import BinaryIO

import click

from tui.reading.group_wire import group_lines
from tui.reading.wire import BadLine, read_lines


def _run(work: Callable[[BinaryIO, BinaryIO], None]) -> None:
    if sys.stdin is None or sys.stdout is None:
        sys.exit(2)
    try:
        work(sys.stdin.buffer, sys.stdout.buffer)
    except BadLine as problem:
        sys.stdout.flush()
        click.echo(f"overflight: {problem}", err=True)
        sys.exit(2)
    except BrokenPipeError:
        # The reader of our output has left; Python would complain again at exit.
        sys.stdout = None
        sys.exit(0)


@click.command()
def read() -> None:
    """JSON lines of stories in, one line of verdict and facts out for each.

    In: id, title, summary, published, lang, feed_country, publisher. Out: relevant, score, affected,
    actor, object, zone, event, response, certainty, count, place, event_date, reports, why and more.
    """
    _run(read_lines)


@click.command()
def group() -> None:
    """JSON lines of stories in order of arrival in, the incident of each out.

    As `read`, with an optional batch (stories of one poll) and optional fields of read's output,
    which then replace the program's own reading. A batch is answered when it ends or when the
    input pauses for a tenth of a second; what comes of it later is grouped as a later poll.
    """
    _run(group_lines)
