"""The store under the real grouping: what is filed, concluded and remembered survives a restart."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from tests.store.samples import FEED, NOON, a_report, a_round, an_entry, kept
from tui.domain.board import BoardQuery
from tui.domain.codes import DatePrecision, Event, Origin
from tui.domain.feed import Feed
from tui.domain.incident import FiledReport
from tui.domain.reading import EventDate
from tui.domain.recall import HELD
from tui.pipeline.intake import reports_of
from tui.pipeline.ports import ReadEntry
from tui.pipeline.store_thread import StoreThread
from tui.reading.conclude import conclude
from tui.reading.grouping import Grouper
from tui.reading.grouping.draft import incident_key
from tui.reading.line import incident_line
from tui.store.database import open_reader, open_writer
from tui.store.load import StoreBoard
from tui.store.save import StoreKeeper
from tui.store.sketches import save_sketches

NIGHT = EventDate(date(2026, 5, 3), DatePrecision.DAY)


def real_keeper(path: Path) -> StoreKeeper:
    return StoreKeeper(
        open_writer(path),
        conclude=conclude,
        line=incident_line,
        origin=Origin.NEWS,
        reader_version="test",
    )


def poll(keeper: StoreKeeper, reads: Sequence[ReadEntry], hours: int = 0) -> None:
    """As the pipeline does it, with a grouping that knows only what is stored."""
    at = NOON + timedelta(hours=hours)
    grouper = Grouper(keeper.sketches(HELD))
    reports = [
        FiledReport(
            story=read.entry.key,
            position=position,
            report=report,
            title=read.entry.title,
            summary=read.entry.summary,
            published=read.entry.published,
            first_seen=at,
            publisher=read.entry.publisher,
            lang="en",
        )
        for read in reads
        for position, report in enumerate(read.reading.reports)
    ]
    keeper.save_round(a_round(*reads, filing=grouper.assign(reports), at=at))


def test_a_second_report_after_a_restart_joins_the_incident_and_is_told_in_its_history(path: Path) -> None:
    first = kept(
        an_entry(1, title="Drones from Russia enter Polish airspace near Rzeszow"),
        a_report(count=3, event_date=NIGHT),
    )
    second = kept(
        an_entry(2, title="Poland shoots down Russian drones near Rzeszow", publisher="Other Paper"),
        a_report(count=19, event_date=NIGHT, event=(Event.SHOOTDOWN, Event.VIOLATION)),
    )
    elsewhere = kept(
        an_entry(3, title="Balloon over Vilnius airport"),
        a_report(affected=("LT",), actor=("BY",), event_date=EventDate(date(2026, 4, 1), DatePrecision.DAY)),
    )
    for hours, read in enumerate((first, second, elsewhere)):
        keeper = real_keeper(path)
        poll(keeper, [read], hours)
        keeper.close()

    board = StoreBoard(open_reader(path))
    shown = board.board(BoardQuery(), NOON + timedelta(hours=3))
    assert [row.facts.affected[0] for row in shown.incidents] == ["LT", "PL"]
    polish = board.incident(shown.incidents[1].key)
    assert polish is not None
    assert (polish.row.stories, polish.row.publishers) == (2, 2)
    assert polish.row.line
    assert {step.kind for step in polish.timeline} >= {"first_report", "new_publisher"}
    assert {item.story for item in polish.assignments} == {first.entry.key, second.entry.key}
    board.close()


def test_a_sketch_survives_the_store_unchanged(path: Path) -> None:
    keeper = real_keeper(path)
    read = kept(an_entry(1), a_report(count=3, event_date=NIGHT))
    poll(keeper, [read])
    (sketch,) = keeper.sketches(HELD)
    assert sketch.first_day == NIGHT.date
    assert sketch.counts == (3,)
    assert sketch.words
    keeper.close()


async def test_an_edited_story_stays_in_its_incident_after_a_restart_and_is_not_counted_again(
    path: Path,
) -> None:
    feed = Feed(FEED, "Example", publisher="Example News")
    first = kept(an_entry(1, title="Drones enter Polish airspace"), a_report(count=3, event_date=NIGHT))
    other = kept(
        an_entry(2, title="Balloon over Vilnius airport"),
        a_report(affected=("LT",), actor=("BY",), event_date=EventDate(date(2026, 4, 1), DatePrecision.DAY)),
    )
    edited = kept(
        replace(first.entry, title="Balloon over Vilnius, not Poland", hash="0" * 32),
        replace(other.reading.reports[0], count=1),
    )
    for new, revised in (((first, other), ()), ((), (edited,)), ((), (first,))):
        async with StoreThread(lambda: real_keeper(path), Grouper) as store:
            await store.load_incidents()
            result = replace(a_round(), new=new, revised=revised)
            await store.keep(result, reports_of((*new, *revised), feed, NOON))

    keeper = real_keeper(path)
    filed = keeper.filings([first.entry.key, other.entry.key])
    assert set(filed) == {(first.entry.key, 0), (other.entry.key, 0)}
    assert len(set(filed.values())) == 2
    assert filed[first.entry.key, 0] == incident_key(first.entry.key, 0)
    assert [sketch.stories for sketch in keeper.sketches(HELD)] == [1, 1]
    keeper.close()


def test_an_incident_that_no_grouping_holds_is_found_in_the_store_by_what_names_it(path: Path) -> None:
    keeper = real_keeper(path)
    first = kept(an_entry(1, title="Drones over Rzeszow airport"), a_report(event_date=NIGHT))
    poll(keeper, [first])
    others = [
        kept(
            replace(an_entry(number), published=NOON + timedelta(days=number)),
            a_report(affected=(state,), actor=(), event_date=None),
        )
        for number, state in enumerate(("LT", "JP", "NO", "SE"), start=2)
    ]
    for hours, other in enumerate(others):
        poll(keeper, [other], hours)
    report = a_report(event=(Event.ANALYSIS,), event_date=NIGHT)
    inquiry = kept(replace(an_entry(9, title="Inquiry ended"), published=NOON + timedelta(days=90)), report)
    late = reports_of([inquiry], Feed(FEED, "Example"), NOON + timedelta(days=90))

    latest = [sketch for sketch in keeper.sketches(2) if sketch.affected != ("PL",)]
    found = Grouper(latest, keeper, held=2).assign(late).assignments[0]

    assert len(latest) == 2
    assert found.incident == incident_key(first.entry.key, 0)
    keeper.close()


def test_the_keys_of_a_sketch_follow_it(path: Path) -> None:
    keeper = real_keeper(path)
    poll(keeper, [kept(an_entry(1), a_report(event_date=NIGHT))])
    (sketch,) = keeper.sketches(HELD)
    (sure, *_), nobody = sketch.keys, 7
    assert keeper.names_under([sure], [], 5) == [sketch.incident]
    assert keeper.names_under([], [sure, sketch.keys[1]], 5) == [sketch.incident]
    assert keeper.names_under([nobody], [sure], 5) == []
    assert keeper.sketches_of([sketch.incident, "nothing"]) == [sketch]

    with keeper.writer.transaction(durable=True) as connection:
        save_sketches(connection, [replace(sketch, keys=(nobody,))])
    assert keeper.names_under([sure], [], 5) == []
    assert keeper.names_under([nobody], [], 5) == [sketch.incident]
    with keeper.writer.transaction(durable=True) as connection:
        connection.execute("DELETE FROM incident_sketch")
    assert keeper.names_under([nobody], [], 5) == []
    keeper.close()
