"""How politely we ask, scored by a server that watches for a simulated week, beside newsboat and `reader`.

    python -m bench.politeness [--days 7] [--polls 8]

Our own rounds, fetcher and parse child run on a simulated clock, and are started anew from what is stored in the middle of the
week. The peers have no such clock: each is told to reload a bounded number of times, and is scored on what can be seen without
waiting for hours; the rules that need time show a dash, and a second total compares what all three were scored on.
Exits with 1 when we keep less than 95 % of anything.
"""

import argparse
import asyncio
import random
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench.fetch_clients import Client, Newsboat, Reader, newsboat_there, reader_python
from bench.politeness_rules import RULES, Kept
from bench.record import record
from bench.scored_server import Habit, ScoredServer, habits
from bench.simulated import SimulatedClock, poll_until
from tui.cli.wiring import equipment, prepare_store
from tui.domain.feed import Feed, FeedList, Settings
from tui.pipeline.collector import open_rounds
from tui.pipeline.rhythm import Rhythm
from tui.pipeline.store_thread import StoreThread

_START = datetime(2026, 3, 2, 7, 13, 20, tzinfo=UTC)
_LIMIT_SECONDS = 120
_CONTACT = "https://overflight.example/contact"
"""Stands for what a user writes under `contact` in feeds.toml; without it the program names itself alone."""
_KEPT = 0.95
"""Share of the times a rule applied from which it counts as kept."""


async def our_week(days: int, folder: Path) -> dict[str, Habit]:
    """What the server heard of us."""
    clock, served = SimulatedClock(_START), habits(_START)
    async with ScoredServer(served, clock.now):
        feeds = tuple(Feed(habit.url, habit.name, allow_private=True) for habit in served.values())
        for until in (_START + timedelta(days=days) / 2, _START + timedelta(days=days)):
            prepare_store(folder / "week.db", clock, baseline=False)
            parts = equipment(
                FeedList(feeds, Settings(contact=_CONTACT), "bench"),
                folder / "week.db",
                clock,
                rhythm=Rhythm(spacing=timedelta(0)),
            )
            parts = replace(parts, chance=random.Random(1).random)
            try:
                async with StoreThread(parts.open_keeper, parts.make_grouping) as store:
                    await poll_until(await open_rounds(store, parts), feeds, clock, until)
            finally:
                await parts.fetcher.aclose()
                await parts.parser.aclose()
    return served


async def _of_peer(kind: str, polls: int, folder: Path) -> dict[str, Habit] | None:
    """What the server heard of a peer that was told to reload so often; None when it is not here."""
    served = habits(datetime.now(UTC))
    async with ScoredServer(served, lambda: datetime.now(UTC)):
        urls = [habit.url for habit in served.values()]
        client: Client
        if kind == "newsboat" and newsboat_there():
            client = Newsboat(folder, urls, threads=4)
        elif kind == "reader" and (python := reader_python()):
            client = Reader(folder, urls, python, workers=4)
        else:
            return None
        for _ in range(polls):
            process = await asyncio.create_subprocess_exec(
                *client.command(),
                env=client.environment(),
                stdout=asyncio.subprocess.DEVNULL,
                stderr=asyncio.subprocess.DEVNULL,
            )
            async with asyncio.timeout(_LIMIT_SECONDS):
                await process.wait()
            await asyncio.sleep(1.1)
    return served


def scores(served: Mapping[str, Habit], *, all_rules: bool) -> dict[str, Kept]:
    """How each rule was kept, by its name."""
    return {rule.name: rule.check(served) for rule in RULES if all_rules or not rule.needs_time}


def _share(kept: Kept | None) -> float | None:
    return kept[0] / kept[1] if kept and kept[1] else None


def _points(shares: list[float | None]) -> str:
    known = [share for share in shares if share is not None]
    return f"{100 * sum(known) / len(known):.0f}" if known else "-"


async def _run(options: argparse.Namespace, folder: Path) -> int:
    kept: dict[str, dict[str, Kept]] = {}
    ours = await our_week(options.days, folder)
    kept["overflight"] = scores(ours, all_rules=True)
    for kind in ("newsboat", "reader"):
        home = folder / kind
        home.mkdir()
        heard = await _of_peer(kind, options.polls, home)
        if heard is None:
            print(f"{kind} is not here: left out")
        else:
            kept[kind] = scores(heard, all_rules=False)
    requests = sum(len(habit.heard) for habit in ours.values())
    print(
        f"{options.days} simulated days, {requests} requests of ours; the peers told to reload {options.polls} times"
    )
    print(f"{'rule':46}" + "".join(f"{name:>14}" for name in kept))
    for rule in RULES:
        shares = [_share(of.get(rule.name)) for of in kept.values()]
        print(
            f"{rule.name:46}"
            + "".join(f"{'-' if share is None else f'{100 * share:.0f} %':>14}" for share in shares)
        )
    short = [name for name, of in kept["overflight"].items() if (_share(of) or 0.0) < _KEPT]
    print(f"{'points, all rules':46}" + "".join(
        f"{_points([_share(of.get(rule.name)) for rule in RULES]) if name == 'overflight' else '-':>14}"
        for name, of in kept.items()
    ))  # fmt: skip
    print(f"{'points, the rules all were scored on':46}" + "".join(
        f"{_points([_share(of.get(rule.name)) for rule in RULES if not rule.needs_time]):>14}" for of in kept.values()
    ))  # fmt: skip
    applied = [share for of in kept["overflight"].values() if (share := _share(of)) is not None]
    record("politeness", sum(share >= _KEPT for share in applied) / len(applied))
    for name in short:
        print(f"SHORT: {name}: {kept['overflight'][name]}")
    return int(bool(short))


def main() -> int:
    """Run it; the exit status."""
    said = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    said.add_argument("--days", type=int, default=7)
    said.add_argument("--polls", type=int, default=8)
    with tempfile.TemporaryDirectory(prefix="overflight-bench-") as folder:
        return asyncio.run(_run(said.parse_args(), Path(folder)))


if __name__ == "__main__":
    sys.exit(main())
