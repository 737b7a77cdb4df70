"""A process that writes until something happens to it; started by the tests of faults.

Usage: python -m tests.store.saving_child loop|stuck|full|migrating|backing|repairing|share PATH [first number] [rounds]
"""

import resource
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from sqlite_utils import Database

from tests.store.samples import (
    NOON,
    a_round,
    an_entry,
    conclude_simply,
    filed,
    keeper_on,
    kept,
    line_simply,
    together,
)
from tui.domain.codes import Origin
from tui.domain.incident import Conclusion, FiledReport
from tui.pipeline.keeping import RoundResult
from tui.store.backup import back_up_to
from tui.store.database import open_writer
from tui.store.errors import StoreFull
from tui.store.migrations import SCHEMA_VERSION, migrate, steps
from tui.store.repair import repair
from tui.store.save import StoreKeeper

STORIES = 5
"""Kept stories of each round."""


def numbered_round(number: int, *, feed: str | None = None) -> RoundResult:
    """A poll of five stories in two incidents that no other round has."""
    feed = feed or "https://feed.example/rss"
    reads = [kept(an_entry(number * STORIES + place, feed=feed)) for place in range(STORIES)]
    filings = [filed(read, f"{feed} {number}-{place % 2}") for place, read in enumerate(reads)]
    return a_round(*reads, filing=together(*filings), feed=feed)


def say(word: object) -> None:
    """One word to the test, at once."""
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def conclude_never(reports: Sequence[FiledReport]) -> Conclusion:
    """Say that the transaction is half done, and stay in it."""
    say("inside")
    time.sleep(60)
    return conclude_simply(reports)


def loop(path: Path) -> None:
    """Save one round after the other, telling each that is stored."""
    keeper = keeper_on(path)
    number = 0
    while True:
        keeper.save_round(numbered_round(number))
        say(number)
        number += 1


def stuck(path: Path) -> None:
    """Save a round, then hang in the middle of the next."""
    keeper_on(path).save_round(numbered_round(0))
    StoreKeeper(
        open_writer(path),
        conclude=conclude_never,
        line=line_simply,
        origin=Origin.NEWS,
        reader_version="test",
    ).save_round(numbered_round(1))


def full(path: Path) -> None:
    """Save until the file may not grow, then get room and go on with the same connection."""
    keeper = keeper_on(path)
    keeper.save_round(numbered_round(0))
    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    largest = max(path.stat().st_size, path.with_name(f"{path.name}-wal").stat().st_size)
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest + 100_000, hard))
    number = 1
    try:
        while True:
            keeper.save_round(numbered_round(number))
            number += 1
    except StoreFull as error:
        say(error)
    say(number)
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    keeper.save_round(numbered_round(number))
    say("stored")


def migrating(path: Path) -> None:
    """Hang in the middle of a migration, after the copy is made."""
    writer = open_writer(path)
    migrations = steps()

    @migrations()
    def a_long_step(database: Database) -> None:
        database.conn.execute("ALTER TABLE incident ADD COLUMN note TEXT")
        say("inside")
        time.sleep(60)

    migrate(writer.connection, path, migrations, known=SCHEMA_VERSION + 1)


def backing(path: Path) -> None:
    """Copy the store again and again, telling each copy that has its name."""
    number = 0
    while True:
        back_up_to(path, path.with_name(f"copy-{number}.db"))
        say(number)
        number += 1


def repairing(path: Path) -> None:
    """Put the store right; it says when it began and when it is done."""
    say("begun")
    repair(path, NOON)
    say("done")


def share(path: Path, first: int, rounds: int) -> None:
    """Save rounds of a feed of its own, while others do the same."""
    keeper = keeper_on(path)
    feed = f"https://feed-{first}.example/rss"
    for number in range(first, first + rounds):
        result = numbered_round(number, feed=feed)
        keeper.save_round(replace(result, state=replace(result.state, url=feed)))
    keeper.close()


if __name__ == "__main__":
    kind, place, *numbers = sys.argv[1:]
    if kind == "share":
        share(Path(place), *map(int, numbers))
    else:
        {
            "loop": loop,
            "stuck": stuck,
            "full": full,
            "migrating": migrating,
            "backing": backing,
            "repairing": repairing,
        }[kind](Path(place))
