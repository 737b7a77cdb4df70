"""S8: a million stories in the store: how long the start, a search and a change of pane take."""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench.board_50k import asked, conclude, fill
from bench.keys_under_load import delay_of
from bench.soak.findings import Findings
from bench.soak.stored import count
from bench.start_and_idle import Dashboard
from tui.domain.board import BoardQuery
from tui.domain.codes import Origin
from tui.domain.query_tree import All, Part, Words
from tui.pipeline.keeping import Holder
from tui.store.database import open_reader, open_writer
from tui.store.load import StoreBoard
from tui.store.save import StoreKeeper

_STORIES, _STORIES_SHORT = 1_000_000, 5_000
_COPIES = 40
"""So many stories are made from each that came through the store's door: row by row, with every trigger."""
_SPAN, _SPAN_SHORT = timedelta(days=30), timedelta(hours=6)
_LINE = "Seen over the border"
_START_SECONDS = 2.0
_SEARCH_MS = 200.0
_PANE_MS = 100.0
_SEARCHES: tuple[Part, ...] = (
    Words("drones"),
    Words("border post"),
    Words("officials"),
    Words("copy 7"),
    Words("dawn seen"),
    Words("nothing of the kind"),
    All((Words("border"), Words("4711"))),
    All((Words("drones"), asked("country:PL"))),
)


def _build(database: Path, stories: int, now: datetime, span: timedelta) -> None:
    keeper = StoreKeeper(
        open_writer(database),
        conclude=conclude,
        line=lambda _: _LINE,
        origin=Origin.NEWS,
        reader_version="bench",
    )
    with closing(keeper):
        keeper.acquire_lease(
            Holder(1, "bench", "bench"), now, timedelta(days=1)
        )  # so that the log is folded back
        fill(keeper, stories // _COPIES * 4 // 5, now=now, span=span)
        first = count(database, "story")
        for copy in range(1, _COPIES):
            with keeper.writer.transaction(durable=False) as connection:
                for statement in _COPY:
                    connection.execute(
                        statement, {"offset": copy * first, "copy": f" copy {copy}", "first": first}
                    )
            if copy % 10 == 0:
                print(f"s8: {(copy + 1) * first:,} stories", file=sys.stderr, flush=True)
        with keeper.writer.transaction(durable=False) as connection:
            for statement in _COUNTED:
                connection.execute(statement)
        keeper.checkpoint()


_COPY = (
    """
    INSERT INTO entry SELECT id + :offset, key || :copy, feed_id, identity || :copy, hash, url, published, published_raw,
        zone_assumed, first_seen, last_seen, state, score, threshold, lang, reader_version, why, revisions
    FROM entry WHERE id <= :first
    """,
    """
    INSERT INTO story SELECT id + :offset, hidden, title || :copy, summary, publisher, lang, url, published, first_seen,
        effective, wording_since, versions, score, threshold, reader_version, reading
    FROM story WHERE id <= :first
    """,
    """
    INSERT INTO report SELECT id + :offset, story_id + :offset, position, incident_id, filed_at, 0, object, event, certainty,
        event_date, facts, why, nearest, nearest_why_not, machine_id
    FROM report WHERE id <= :first
    """,
)
_COUNTED = (
    "UPDATE incident SET stories = (SELECT count(*) FROM report WHERE incident_id = incident.id)",
    "UPDATE feed SET entries = (SELECT count(*) FROM entry WHERE feed_id = feed.id)",
    "UPDATE feed SET kept = entries",
)


def _milliseconds(action: Callable[[], object]) -> float:
    begun = time.perf_counter()
    action()
    return (time.perf_counter() - begun) * 1000


def _p95(times: list[float]) -> float:
    return sorted(times)[int(0.95 * (len(times) - 1))]


def _told(times: list[float]) -> str:
    return f"p50 {statistics.median(times):.0f} ms, p95 {_p95(times):.0f} ms, most {max(times):.0f} ms"


def run(*, short: bool) -> Findings:
    """A million, or some thousands."""
    findings = Findings("S8 scale", timed=not short, found=[])
    wanted = _STORIES_SHORT if short else _STORIES
    with tempfile.TemporaryDirectory(prefix="overflight-soak-") as folder:
        home = Path(folder)
        database, now = home / "overflight.db", datetime.now(UTC)
        build = _milliseconds(lambda: _build(database, wanted, now, _SPAN_SHORT if short else _SPAN)) / 1000
        stories, incidents = count(database, "story"), count(database, "incident")
        size = database.stat().st_size / 1e6
        with closing(StoreBoard(open_reader(database))) as board:
            searches = [
                (query, _milliseconds(lambda query=query: board.find_stories(query, now)))  # type: ignore[misc]  # a default, not a parameter
                for _ in range(5)
                for query in _SEARCHES
            ]
            boards = [_milliseconds(lambda: board.board(BoardQuery(window=None), now)) for _ in range(5)]
            found = board.find_stories(All((Words("border"), Words("17"), Words("copy 3"))), now).total
        starts = []
        for _ in range(3):
            dashboard = Dashboard(home, 120, 40, ["--no-fetch"])
            try:
                dashboard.read(60, until=_LINE.encode())
                starts.append(time.monotonic() - dashboard.started)
                dashboard.read(3)
                keys = []
                for key in (b"\t", b"1", b"\t", b"2", b"\t", b"3") * 5:
                    keys.append(delay_of(dashboard, key))
                    dashboard.read(0.3)
                memory = dashboard.memory_mb()
            finally:
                dashboard.stop()
    panes = [2000.0 if delay is None else delay * 1000 for delay in keys]
    slowest = max(searches, key=lambda one: one[1])
    findings.tell("stories", f"{stories:,} in {incidents:,} incidents, built in {build:.0f} s, {size:.0f} MB")
    findings.hold(
        "every story is there and can be found",
        f"{stories} stored, {found} hits",
        held=stories >= wanted * 0.99 and found > 0,
    )
    findings.time(
        "first picture within 2 s",
        f"{statistics.median(starts):.2f} s of {len(starts)}",
        held=statistics.median(starts) <= _START_SECONDS,
    )
    findings.time(
        "a search within 200 ms at p95",
        f"{_told([ms for _, ms in searches])} ({slowest[0]})",
        held=_p95([ms for _, ms in searches]) <= _SEARCH_MS,
    )
    findings.tell("the whole board", _told(boards))
    findings.time("a change of pane within 100 ms at p95", _told(panes), held=_p95(panes) <= _PANE_MS)
    findings.tell("memory of the interface", f"{memory:.0f} MB")
    return findings
