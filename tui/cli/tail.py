"""`overflight tail`: incidents as they happen, a line of JSON each, while anything else runs."""

import json
import signal
import sys
import time
from collections.abc import Iterator

import click

from tui.cli.clocks import SystemClock
from tui.cli.query import understood
from tui.cli.wiring import StartError, database_file, fail, open_board
from tui.domain.board import IncidentRow
from tui.domain.clock import Clock
from tui.domain.query_tree import Part
from tui.exports.objects import incident_object
from tui.pipeline.board_ports import BoardSource
from tui.store.errors import StoreError

_LOOK_SECONDS = 1.0
"""How often the store is asked whether anything changed; costs microseconds."""

_WATCHED = 2000
"""Incidents, last told first, whose changes are told."""

_OF_THE_READER = ("new", "updated", "watched", "note", "tags")
"""What a person does with an incident is no change of it."""

Known = dict[str, str]


def changes(source: BoardSource, asked: Part, clock: Clock, known: Known) -> Iterator[dict[str, object]]:
    """Incidents that are new or say something else than what is known, oldest change first; `known` is brought up to date."""
    rows = source.find_incidents(asked, clock.now(), _WATCHED).rows
    for row in sorted(rows, key=_revised):
        said = {name: value for name, value in incident_object(row).items() if name not in _OF_THE_READER}
        print_of_it = json.dumps(said, sort_keys=True)
        if known.get(row.key) != print_of_it:
            yield {"change": "revised" if row.key in known else "new", **said}
        known[row.key] = print_of_it


def _revised(row: IncidentRow) -> tuple[float, str]:
    return row.last_revised.timestamp(), row.key


def _follow(source: BoardSource, asked: Part, *, everything: bool) -> None:
    clock, known = SystemClock(), dict[str, str]()
    stamp = source.stamp().generation
    first = list(changes(source, asked, clock, known))
    for change in first if everything else ():
        click.echo(json.dumps(change, ensure_ascii=False))
    while True:
        sys.stdout.flush()
        time.sleep(_LOOK_SECONDS)
        now = source.stamp().generation
        if now != stamp:
            stamp = now
            for change in changes(source, asked, clock, known):
                click.echo(json.dumps(change, ensure_ascii=False))


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("words", nargs=-1, type=click.UNPROCESSED, metavar="[QUERY]")
@click.option("--all", "everything", is_flag=True, help="First what there is already, oldest change first.")
@click.pass_obj
def tail(options: dict[str, str | None], words: tuple[str, ...], *, everything: bool) -> None:
    """Print every incident of QUERY when it is new and whenever it changes, a line of JSON each, until ^C.

    Fetches nothing itself: leave a dashboard or `overflight collect` running.
    """
    # A reader that leaves, like `head`, ends this command as it ends any other.
    before = signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    try:
        asked = understood(words)
        source = open_board(database_file(options["db"]))
        try:
            _follow(source, asked, everything=everything)
        finally:
            source.close()
    except (StartError, StoreError) as problem:
        sys.exit(fail(problem))
    except KeyboardInterrupt:
        sys.exit(0)
    finally:
        signal.signal(signal.SIGPIPE, before)
