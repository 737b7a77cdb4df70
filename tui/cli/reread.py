"""`overflight reread`: apply changed rules, or a changed reader, to everything that is stored."""

import json
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import click

from tui.cli.clocks import SystemClock
from tui.cli.exits import Exit
from tui.cli.reread_text import Told, summary_json, summary_text
from tui.cli.wiring import StartError, chosen_feed_list, database_file, fail, line_writer, log_to_file, warn
from tui.domain.codes import Origin
from tui.domain.feed import FeedList
from tui.pipeline.holder import lease_for, this_process
from tui.pipeline.reread import Summary, Task, look
from tui.pipeline.reread import reread as read_again
from tui.pipeline.rhythm import Rhythm
from tui.reading.conclude import conclude
from tui.reading.grouping import Grouper, sketch_anew
from tui.reading.reader import read_story
from tui.reading.version import reader_version
from tui.store.database import open_reader, open_writer
from tui.store.errors import StoreError
from tui.store.reread import Amount, StoreShelf
from tui.store.save import StoreKeeper
from tui.store.settling import Writing


class LeaseHeldError(Exception):
    """Another process fetches, so that nothing may be regrouped under it."""


def _progress(total: int) -> Callable[[int], None]:
    """Says on a terminal how far it is; nothing elsewhere."""
    if not sys.stderr.isatty():
        return lambda _: None

    def say(done: int) -> None:
        sys.stderr.write(f"\rread {done:,} of {total:,}\x1b[K")
        sys.stderr.flush()

    return say


def _task(feeds: FeedList, *, everything: bool) -> Task:
    rules = feeds.rules or None
    return Task(
        read=partial(read_story, rules=rules),
        version=reader_version(rules),
        feeds={feed.url: feed for feed in feeds.feeds},
        everything=everything,
    )


def _look(path: Path, task: Task) -> tuple[Summary, Amount]:
    """What would change; through a connection that cannot write."""
    reader = open_reader(path)
    try:
        shelf = StoreShelf(reader)
        amount = shelf.amount(task.version)
        return look(shelf, task, _progress(_total(amount, task))), amount
    finally:
        reader.close()


def _reread(path: Path, task: Task) -> tuple[Summary, Amount]:
    """Store what changes, as the one process that may: a collector holds the incidents in its memory."""
    open_reader(path).close()  # says that there is no database, where making one would be odd
    clock, holder, term = SystemClock(), this_process(), Rhythm().lease
    writer = open_writer(path)
    keeper = StoreKeeper(
        writer, conclude=conclude, line=line_writer(clock), origin=Origin.NEWS, reader_version=task.version
    )
    try:
        lease = lease_for(keeper, holder, clock.now(), term)
        if not lease.mine:
            other = lease.holder
            raise LeaseHeldError(
                f"process {other.pid} on {other.host} is fetching and holds the incidents in its memory; "
                "close that dashboard or collector and try again. Nothing was changed; --dry-run works meanwhile"
            )
        try:
            shelf = StoreShelf(writer, Writing(conclude, line_writer(clock), sketch_anew))
            amount = shelf.amount(task.version)
            summary = read_again(
                shelf,
                task,
                Grouper,
                _progress(_total(amount, task)),
                stop=lambda: not lease_for(keeper, holder, clock.now(), term).mine,
            )
            keeper.checkpoint()
            return summary, amount
        finally:
            keeper.release_lease(holder)
    finally:
        writer.close()


def _total(amount: Amount, task: Task) -> int:
    return amount.waiting + (amount.done if task.everything else 0)


@click.command()
@click.option(
    "--dry-run", is_flag=True, help="Only say what would change; writes nothing, and may run at any time."
)
@click.option(
    "--all", "everything", is_flag=True, help="Also what this very reader with these rules has read."
)
@click.option(
    "--show", type=click.IntRange(0, 10_000), default=10, show_default=True, help="Headlines of each kind."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@click.pass_obj
def reread(
    options: dict[str, str | None], show: int, *, dry_run: bool, everything: bool, as_json: bool
) -> None:
    """Read everything that is stored again, by the reader and the rules of now.

    Says what enters, what leaves, and what changes by field. Stories keep their incidents, incidents
    their marks, and nothing becomes new by it. Each batch is stored whole: broken off, it goes on where
    it stopped when it is called again. Exit status 2 when it cannot be done, as while another process
    fetches (which holds the incidents in its memory).
    """
    path = database_file(options["db"])
    try:
        feeds = chosen_feed_list(options["feeds"])
        warn(feeds)
        log_to_file()
        task = _task(feeds, everything=everything)
        summary, amount = (_look if dry_run else _reread)(path, task)
    except (StartError, StoreError, LeaseHeldError, OSError) as problem:
        sys.exit(fail(problem))
    except KeyboardInterrupt:
        sys.stderr.write(
            "\noverflight: broken off; what was read is stored, the rest waits for the next time\n"
        )
        sys.exit(Exit.BROKEN_OFF)
    if sys.stderr.isatty():
        sys.stderr.write("\r\x1b[K")
    told = Told(summary, amount, task.version, dry_run=dry_run, show=show)
    if as_json:
        click.echo(json.dumps(summary_json(told), ensure_ascii=False, indent=2))
    else:
        click.echo(summary_text(told), nl=False)
    if summary.stopped:
        sys.exit(fail("another process has taken over the fetching; call it again for the rest"))
