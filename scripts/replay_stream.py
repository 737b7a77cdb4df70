"""Replay a month of real news as feeds, day by day: served for a running dashboard, or collected headless.

    python -m scripts.replay_stream serve --feeds /tmp/stream.toml      then: overflight --feeds /tmp/stream.toml --db ...
    python -m scripts.replay_stream run /tmp/stream.db --until 2023-02-18

The stream is external text: it is read in place (OVERFLIGHT_SHARED, default ../shared) and only ever written
into the database named.
"""

import argparse
import asyncio
import os
import sys
import time as wall
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from scripts.stream_world import stream_file, stream_world
from tui.domain.board import Board, BoardQuery
from tui.domain.codes import Origin
from tui.domain.feed import FeedList
from tui.domain.territories import territory_name
from tui.feeds.fetch import HttpFetcher
from tui.pipeline.collector import Equipment, collect_once, this_process
from tui.pipeline.parse_child import ParseChild
from tui.pipeline.rhythm import Rhythm
from tui.reading.conclude import conclude
from tui.reading.grouping import Grouper
from tui.reading.line import incident_line
from tui.replay.server import ReplayServer, demo_feed_list
from tui.store.database import open_reader, open_writer
from tui.store.load import StoreBoard
from tui.store.save import StoreKeeper

DAY_SECONDS = 86_400
POLLS_A_DAY = 4
"""Headless polls of every feed in one simulated day."""


@dataclass
class DayClock:
    """A clock that is set, not wound."""

    at: datetime

    def now(self) -> datetime:
        """The time it was set to."""
        return self.at

    def monotonic(self) -> float:
        """Real seconds."""
        return wall.monotonic()


def main() -> int:
    """Run one of the two modes; the exit code."""
    options = _options()
    path = stream_file(options.shared)
    if not path.exists():
        print(
            f"The stream is not at {path}: set OVERFLIGHT_SHARED to the folder of labelled data.",
            file=sys.stderr,
        )
        return 2
    if options.mode == "serve":
        return _serve(options, path)
    return _run(options, path)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Replay February 2023 as feeds.")
    parser.add_argument("--shared", type=Path, default=os.environ.get("OVERFLIGHT_SHARED", "../shared"))
    modes = parser.add_subparsers(dest="mode", required=True)
    serve = modes.add_parser("serve", help="serve the feeds until Ctrl-C")
    serve.add_argument("--feeds", type=Path, required=True, help="write a feeds.toml that names them here")
    serve.add_argument("--day", type=float, default=300.0, help="real seconds that a day takes (300)")
    run = modes.add_parser("run", help="collect the days into a database and print its board")
    run.add_argument("database", type=Path)
    for mode in (serve, run):
        mode.add_argument("--since", type=date.fromisoformat, default=date(2023, 2, 1))
        mode.add_argument("--until", type=date.fromisoformat, default=date(2023, 2, 28))
    options = parser.parse_args()
    options.shared = Path(options.shared)
    return options


def _serve(options: argparse.Namespace, path: Path) -> int:
    world, epoch = stream_world(path, options.since, options.until)
    first_evening = epoch + timedelta(days=1)  # so that there is something to see at once
    with ReplayServer(world, first_evening, DAY_SECONDS / options.day, epoch=epoch) as server:
        options.feeds.write_text(_feeds_toml(demo_feed_list(server)), encoding="utf-8")
        print(f"Serving {len(world.feeds)} feeds; a day takes {options.day:g} s. Watch them with:")
        print(f"  overflight --feeds {options.feeds} --db {options.feeds.with_suffix('.db')}")
        try:
            while server.clock.now() < epoch + world.length:
                print(f"\r{server.clock.now():%d %b %H:%M} ", end="", flush=True)
                wall.sleep(1)
        except KeyboardInterrupt:
            pass
    return 0


def _feeds_toml(feeds: FeedList) -> str:
    """The feeds as a user would write them down; polled as often as is allowed."""
    tables = ['[settings]\ninterval = "5m"\n']
    tables += [
        f'[[feed]]\nurl = "{feed.url}"\nname = "{feed.name}"\npublisher = "{feed.publisher}"\n'
        f'lang = "{feed.lang}"\ncountry = "{feed.country}"\nkind = "{feed.kind}"\nallow_private = true\n'
        for feed in feeds.feeds
    ]
    return "\n".join(tables)


def _run(options: argparse.Namespace, path: Path) -> int:
    world, epoch = stream_world(path, options.since, options.until)
    clock = DayClock(epoch)
    with ReplayServer(world, epoch, epoch=epoch, clock=clock) as server:
        asyncio.run(_collect(options, server, clock, epoch))
    board = _board(options.database, BoardQuery(window=None), clock.at)
    _print_by_country(board)
    return 0


async def _collect(
    options: argparse.Namespace, server: ReplayServer, clock: DayClock, epoch: datetime
) -> None:
    """Poll every feed a few times each day, through the real collector."""
    feeds = demo_feed_list(server)
    equipment = Equipment(
        feeds=feeds,
        fetcher=HttpFetcher(feeds.settings, clock),
        parser=ParseChild(),
        open_keeper=lambda: _keeper(options.database),
        make_grouping=Grouper,
        clock=clock,
        holder=this_process(),
        rhythm=Rhythm(spacing=timedelta(), resume_gap=None),
    )
    try:
        for day in range((options.until - options.since).days + 1):
            for poll in range(1, POLLS_A_DAY + 1):
                clock.at = epoch + timedelta(days=day, hours=24 * poll / POLLS_A_DAY, seconds=-1)
                collected = await collect_once(equipment, everything=True)
                print(f"{clock.at:%d %b %H:%M}  {collected.summary}")
    finally:
        await equipment.fetcher.aclose()
        await equipment.parser.aclose()


def _keeper(path: Path) -> StoreKeeper:
    return StoreKeeper(
        open_writer(path),
        conclude=conclude,
        line=incident_line,
        origin=Origin.REPLAY,
        reader_version="stream",
    )


def _board(path: Path, query: BoardQuery, now: datetime) -> Board:
    source = StoreBoard(open_reader(path))
    try:
        return source.board(query, now)
    finally:
        source.close()


def _print_by_country(board: Board) -> None:
    print(f"\n{board.entries} entries, {board.stories} stories kept, {board.total} incidents\n")
    for country in board.countries:
        rows = [row for row in board.incidents if (row.facts.affected or ("",))[0] == country.iso2]
        if not rows:
            continue
        print(f"{country.iso2 or '--'} {territory_name(country.iso2)}: {len(rows)}")
        for row in sorted(rows, key=lambda row: -row.stories):
            told = f"{row.stories} stories, {row.publishers} publishers"
            print(f"   {row.first_seen:%d %b}  {row.facts.certainty:12} {row.line}  ({told})")


if __name__ == "__main__":
    sys.exit(main())
