"""A year of made-up stories through the grouping: speed and memory, early against late.

`python -m bench.group_load [stories]`; the stories are drawn from a seeded generator, in batches as polls bring them.
Incidents that leave the memory go to a file, as with `overflight group`.
"""

import gc
import random
import resource
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench.record import record
from tui.domain.codes import Event, ObjectCode, PlacePrecision, Zone
from tui.domain.demonyms import DEMONYMS
from tui.domain.incident import FiledReport
from tui.domain.reading import Place, Report
from tui.reading.grouping import Grouper
from tui.store.spill import Spill

YEAR = timedelta(days=365)
START = datetime(2025, 1, 1, tzinfo=UTC)
BATCH = 20
STORIES_OF_ONE = 4
STATES = sorted(DEMONYMS)[:60]
OBJECTS = [ObjectCode.UAV, ObjectCode.BALLOON, ObjectCode.MILITARY_AIRCRAFT, ObjectCode.MISSILE]
EVENTS = [
    Event.VIOLATION,
    Event.SIGHTING,
    Event.SHOOTDOWN,
    Event.PROTEST,
    Event.DENIAL,
    Event.AIRSPACE_CLOSURE,
]
SLICES = 10


@dataclass(frozen=True, slots=True)
class _Event:
    state: str
    actor: str
    what: ObjectCode
    place: str
    words: tuple[str, ...]


def stories(count: int, seed: int = 1) -> Iterator[FiledReport]:
    """Stories in order of publication, about four to an event."""
    random_of = random.Random(seed)
    vocabulary = [f"word{number}" for number in range(20_000)]
    running: list[_Event] = []
    for number in range(count):
        if not running or random_of.random() < 1 / STORIES_OF_ONE:
            running.append(_event(random_of, vocabulary))
            running = running[-40:]
        happened = random_of.choice(running[-12:])
        chatter = " ".join(random_of.choices(vocabulary[:400], k=18) + list(happened.words))
        published = START + YEAR * number / count
        yield FiledReport(
            story=f"s{number}",
            position=0,
            report=Report(
                affected=(happened.state,),
                actor=(happened.actor,),
                object=(happened.what,),
                zone=(Zone.SOVEREIGN,),
                event=(random_of.choice(EVENTS),),
                place=Place(happened.place, happened.state, None, None, PlacePrecision.SETTLEMENT),
            ),
            title=f"{happened.place} {' '.join(happened.words[:3])}",
            summary=chatter,
            published=published,
            first_seen=published,
            publisher=f"paper {random_of.randrange(200)}",
            lang="en",
        )


def _event(random_of: random.Random, vocabulary: list[str]) -> _Event:
    return _Event(
        random_of.choice(STATES),
        random_of.choice(STATES),
        random_of.choice(OBJECTS),
        f"Town{random_of.randrange(3000)}",
        tuple(random_of.choices(vocabulary, k=6)),
    )


def main() -> None:
    """Print stories a second and resident memory for each tenth of the year."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with Spill() as spill:
        _measure(count, Grouper(recall=spill))


def _measure(count: int, grouper: Grouper) -> None:
    batch: list[FiledReport] = []
    slice_size = count // SLICES
    spent, done, incidents, all_spent = 0.0, 0, 0, 0.0
    held: list[float] = []
    print("stories    a second    incidents    memory MB    peak MB")
    for filed in stories(count):
        batch.append(filed)
        if len(batch) < BATCH:
            continue
        began = time.process_time()
        filing = grouper.assign(batch)
        grouper.adopt(filing)
        took = time.process_time() - began
        spent += took
        all_spent += took
        incidents += sum(one.is_new for one in filing.assignments)
        done += len(batch)
        batch = []
        if done % slice_size < BATCH:
            gc.collect()
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            speed = slice_size / spent
            held.append(_resident())
            print(
                f"{done:7,}    {speed:8,.0f}    {incidents:9,}    {_resident():9,.0f}    {peak:7,.0f}",
                flush=True,
            )
            spent = 0.0
    record("group speed", done / all_spent)
    record("group memory ratio", held[-1] / held[len(held) * 2 // 5 - 1])


def _resident() -> float:
    """Megabytes in use now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 2**20


if __name__ == "__main__":
    main()
