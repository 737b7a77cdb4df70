"""One reload of every feed with our own program, for `bench.fetch`: a process of its own, from start to stored and classified.

    python bench/fetch_ours.py FEEDS_TOML DATABASE

The parts and the default rhythm are those of the program; only a reload right after another is allowed, which it refuses.
"""

import asyncio
import json
import sys
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tui.cli.clocks import SystemClock
from tui.cli.wiring import chosen_feed_list, equipment, prepare_store, spare_garbage_collection
from tui.pipeline.collector import collect_once
from tui.pipeline.rhythm import Rhythm


async def _reload(feeds: str, database: Path) -> str:
    clock = SystemClock()
    prepare_store(database, clock)
    parts = equipment(chosen_feed_list(feeds), database, clock, rhythm=Rhythm(hand_pause=timedelta(0)))
    spare_garbage_collection()
    try:
        summary = (await collect_once(parts, everything=True)).summary
    finally:
        await parts.fetcher.aclose()
        await parts.parser.aclose()
    return json.dumps({
        "answered": summary.answered,
        "unchanged": summary.unchanged,
        "failed": summary.failed + summary.unreached,
        "new": summary.new,
        "revised": summary.revised,
        "kept": summary.kept,
    })  # fmt: skip


if __name__ == "__main__":
    print(asyncio.run(_reload(sys.argv[1], Path(sys.argv[2]))))
