"""How long a board takes with 50,000 incidents in the store: prints milliseconds, asserts nothing.

Usage: python -m bench.board_50k [incidents]
"""

import random
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

from tui.domain.board import BoardQuery
from tui.domain.codes import Certainty, Event, ObjectCode, Origin
from tui.domain.entry import Entry, entry_key, text_hash
from tui.domain.feed import Feed, FeedState, FeedStatus
from tui.domain.history import TimelineEntry, TimelineKind
from tui.domain.incident import (
    Assignment,
    Conclusion,
    FiledReport,
    Filing,
    GroupReason,
    IncidentFacts,
    IncidentSketch,
)
from tui.domain.query import parse_query
from tui.domain.query_leaf import QueryProblem
from tui.domain.query_tree import All, Part, Words
from tui.domain.reading import Reading, Reason, Report, Verdict
from tui.domain.recall import HELD
from tui.domain.territories import TERRITORY_NAMES
from tui.pipeline.keeping import Holder, RoundResult
from tui.pipeline.ports import ReadEntry
from tui.store.database import open_reader, open_writer
from tui.store.load import StoreBoard
from tui.store.marks import StoreMarks
from tui.store.save import StoreKeeper

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
YEAR = timedelta(days=365)
FEEDS = 100
PER_ROUND = 25
STATES = sorted(TERRITORY_NAMES)


def conclude(reports: Sequence[FiledReport]) -> Conclusion:
    """The facts of the first report."""
    first = reports[0].report
    facts = IncidentFacts(affected=first.affected, actor=first.actor, object=first.object, event=first.event)
    told = TimelineEntry(
        NOW, TimelineKind.FIRST_REPORT, reports[0].publisher, "First report", reports[0].story
    )
    return Conclusion(facts, (told,))


def read_entry(number: int, rng: random.Random, feed: str, at: datetime = NOW) -> ReadEntry:
    """A kept story about one of many states."""
    title = f"Drones reported near border post {number}, officials say"
    url = f"https://feed.example/{number}"
    entry = Entry(
        key=entry_key(feed, str(number)),
        feed_url=feed,
        identity=str(number),
        url=url,
        title=title,
        summary="Four drones were seen before dawn. " * 4,
        hash=text_hash(title, "", url),
        published=at,
        publisher=f"Paper {number % 40}",
    )
    report = Report(
        affected=tuple(rng.sample(STATES, rng.choice((1, 1, 1, 2)))),
        actor=("RU",),
        object=(rng.choice(list(ObjectCode)),),
        event=(rng.choice(list(Event)),),
        certainty=Certainty.ALLEGED,
    )
    why = tuple(Reason("object", "drones", "title", 0, 6, 2.5) for _ in range(6))
    verdict = Verdict(relevant=True, war_routine=False, score=3.0, threshold=1.0, lang="en", why=why)
    return ReadEntry(entry, Reading(verdict, (report,)))


def fill(
    keeper: StoreKeeper,
    incidents: int,
    *,
    stories: int | None = None,
    now: datetime = NOW,
    per_round: int = PER_ROUND,
    span: timedelta = YEAR,
    first: int = 0,
) -> None:
    """One incident for each story, then further stories of them (a quarter as many, else as told), spread over a year or so long.

    Stories are numbered from `first`, and so are the incidents: another number makes others.
    """
    rng = random.Random(7)
    feeds = [f"https://feed-{number}.example/rss" for number in range(FEEDS)]
    keeper.sync_feeds([Feed(url, url, country=rng.choice(STATES)) for url in feeds], now)
    numbers = range(stories or incidents * 5 // 4)
    for start in range(0, len(numbers), per_round):
        at = now - span * (1 - start / len(numbers))
        feed = feeds[start // per_round % FEEDS]
        reads = [read_entry(first + number, rng, feed, at) for number in numbers[start : start + per_round]]
        keys = [
            str(first + (start + place if start + place < incidents else rng.randrange(incidents)))
            for place in range(len(reads))
        ]
        filing = Filing(
            tuple(
                Assignment(read.entry.key, 0, key, True, (GroupReason("state", "same", 1.0),))  # noqa: FBT003 - is_new
                for read, key in zip(reads, keys, strict=True)
            ),
            tuple(IncidentSketch(key, words=tuple((f"word{n}", 1.0) for n in range(20))) for key in keys),
        )
        state = FeedState(feed, FeedStatus.OK, last_attempt=at, last_ok=at)
        keeper.save_round(RoundResult(state, at, tuple(reads), filing=filing))


def keeper_of(path: Path, now: datetime = NOW) -> StoreKeeper:
    """A store that may be written to, its facts those of the first report."""
    keeper = StoreKeeper(
        open_writer(path),
        conclude=conclude,
        line=lambda facts: f"{'+'.join(facts.affected)} {'+'.join(facts.event)}",
        origin=Origin.NEWS,
        reader_version="bench",
    )
    keeper.acquire_lease(
        Holder(1, "bench", "bench"), now, timedelta(days=1)
    )  # so that the log is folded back
    return keeper


def timed(label: str, action: Callable[[], object], times: int = 9) -> None:
    """Print minimum, median and maximum in milliseconds."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        action()
        taken.append((time.perf_counter() - start) * 1000)
    print(f"{label:<44} min {min(taken):8.2f}  median {median(taken):8.2f}  max {max(taken):8.2f} ms")


def asked(text: str) -> Part:
    """The tree of a query that is well formed."""
    query = parse_query(text)
    if isinstance(query, QueryProblem):
        raise TypeError(query.said)
    return query


def main(incidents: int) -> None:
    """Fill a store and time what the interface asks of it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.db"
        keeper = keeper_of(path)
        start = time.perf_counter()
        fill(keeper, incidents)
        seconds = time.perf_counter() - start
        keeper.checkpoint()
        stories = incidents * 5 // 4
        size = path.stat().st_size / 1e6
        print(f"{stories:,} stories in {seconds:.1f} s ({stories / seconds:,.0f}/s), file {size:.0f} MB")
        board = StoreBoard(open_reader(path))
        marks = StoreMarks(open_writer(path))
        for days in (1, 7, 30, 0):
            window = timedelta(days=days) if days else None
            query = BoardQuery(window=window)
            shown = board.board(query, NOW)
            label = f"board, {days or 'all'} d: {shown.total} incidents"
            timed(label, lambda query=query: board.board(query, NOW))  # type: ignore[misc]  # a default, not a parameter
        timed("board, all, one country", lambda: board.board(BoardQuery(window=None, country="PL"), NOW))
        timed(
            "board, 7 d, 100 rows", lambda: board.board(BoardQuery(window=timedelta(days=7), limit=100), NOW)
        )
        timed("stamp, nothing changed", board.stamp, times=1000)
        timed("incident", lambda: board.incident("17"))
        timed("story", lambda: board.story(entry_key("https://feed-0.example/rss", "17")))
        timed("search, common word", lambda: board.find_stories(Words("drones"), NOW))
        timed("search, two words", lambda: board.find_stories(All((Words("border"), Words("4711"))), NOW))
        timed("query, two facts", lambda: board.find_incidents(asked("country:PL actor:RU"), NOW))
        timed("query, words and a fact", lambda: board.find_incidents(asked("border object:DRN"), NOW))
        timed("mark seen", lambda: marks.mark_seen(["17"], NOW))
        timed("open a reader", lambda: open_reader(path).close())
        timed("open a writer", lambda: open_writer(path).close())
        timed("sketches a grouping starts from", lambda: keeper.sketches(HELD))
        for store in (marks, board, keeper):
            store.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 50_000)
