"""What is kept of how an incident came to be what is said of it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from sqlite_utils import Database, Migrations

from tests.store.samples import (
    NOON,
    a_report,
    a_round,
    a_story_round,
    an_entry,
    dropped,
    filed,
    keeper_on,
    kept,
    line_simply,
)
from tui.domain.codes import DatePrecision, Event, ObjectCode, Origin
from tui.domain.history import (
    Claim,
    ClaimField,
    Contradiction,
    IncidentHistory,
    LedgerStage,
    LedgerStep,
    Outcome,
)
from tui.domain.incident import Conclusion, FiledReport, IncidentFacts, IncidentSketch, SagaLink
from tui.domain.reading import EventDate
from tui.store.database import open_reader, open_writer
from tui.store.first_schema import FIRST_SCHEMA
from tui.store.load import StoreBoard
from tui.store.migrations import migrate
from tui.store.save import StoreKeeper
from tui.store.sqlite import sqlite3

HOUR = timedelta(hours=1)
DISPUTED = IncidentHistory(
    (
        Contradiction(
            ClaimField.COUNT, (Claim("19", "Gazette", NOON, "a"), Claim("21", "Courier", NOON, "b"))
        ),
    ),
    (LedgerStep(LedgerStage.REPORTED, "one publisher tells it", "Gazette", NOON, "a"),),
)


def a_keeper(path: Path, conclusions: Sequence[Conclusion], given: list[FiledReport]) -> StoreKeeper:
    """A keeper that draws these conclusions one after the other, and notes what it drew the last from."""
    left = list(conclusions)

    def conclude(reports: Sequence[FiledReport]) -> Conclusion:
        given[:] = reports
        return left.pop(0) if len(left) > 1 else left[0]

    return StoreKeeper(
        open_writer(path), conclude=conclude, line=line_simply, origin=Origin.NEWS, reader_version="test"
    )


def test_contradictions_ledger_and_outcome_are_kept_and_replaced_by_the_next_conclusion(path: Path) -> None:
    facts = IncidentFacts(affected=("PL",), outcome=Outcome.CONFIRMED)
    keeper = a_keeper(path, [Conclusion(facts, history=DISPUTED), Conclusion(facts)], [])
    keeper.save_round(a_story_round(1, "night-1"))
    board = StoreBoard(open_reader(path))

    detail = board.incident("night-1")
    assert detail is not None
    assert detail.history == DISPUTED
    assert detail.row.facts.outcome is Outcome.CONFIRMED
    assert keeper.writer.connection.execute("SELECT outcome FROM incident").fetchone() == ("confirmed",)

    keeper.save_round(a_story_round(2, "night-1"))
    detail = board.incident("night-1")
    assert detail is not None
    assert detail.history == IncidentHistory()
    board.close()
    keeper.close()


def test_the_conclusion_is_given_what_a_story_said_before_and_how_that_was_read(path: Path) -> None:
    given: list[FiledReport] = []
    keeper = a_keeper(path, [Conclusion(IncidentFacts())], given)
    first = kept(an_entry(1, title="Drone over the border"), a_report(count=19))
    keeper.save_round(a_round(first, filing=filed(first, "night-1")))
    assert (given[0].wording_since, given[0].earlier) == (None, ())

    new = kept(an_entry(1, title="Balloon over the border"), a_report(object=(ObjectCode.BALLOON,)))
    keeper.save_round(a_round(revised=[new], filing=filed(new, "night-1"), at=NOON + HOUR))

    (filed_report,) = given
    (wording,) = filed_report.earlier
    assert filed_report.wording_since == NOON + HOUR
    assert (wording.seen, wording.replaced) == (NOON, NOON + HOUR)
    assert wording.title == "Drone over the border"
    assert wording.reports == first.reading.reports
    keeper.close()


def test_a_wording_that_tells_of_nothing_any_more_is_said_to_the_conclusion(path: Path) -> None:
    given: list[FiledReport] = []
    keeper = a_keeper(path, [Conclusion(IncidentFacts())], given)
    first, blank = kept(an_entry(1)), dropped(an_entry(1, title="This page is empty"))
    keeper.save_round(a_round(first, filing=filed(first, "night-1")))
    assert given[0].stands

    keeper.save_round(a_round(revised=[blank], at=NOON + HOUR))

    (filed_report,) = given
    assert not filed_report.stands
    assert filed_report.title == "This page is empty"
    assert filed_report.report == first.reading.reports[0]
    keeper.close()


def test_a_file_of_the_first_schema_is_brought_up_to_date_with_its_stories(path: Path) -> None:
    keeper = keeper_on(path)
    first, second = kept(an_entry(1, title="Now one")), kept(an_entry(1, title="Now two"))
    keeper.save_round(a_round(first, filing=filed(first, "night-1")))
    keeper.save_round(a_round(revised=[second], filing=filed(second, "night-1"), at=NOON + HOUR))
    keeper.close()
    old = path.with_name("old.db")
    as_of_the_first_schema(path, old)

    given: list[FiledReport] = []
    keeper = a_keeper(old, [Conclusion(IncidentFacts())], given)
    board = StoreBoard(open_reader(old))
    detail = board.incident("night-1")
    assert detail is not None
    assert detail.history == IncidentHistory()

    keeper.save_round(a_story_round(2, "night-1", NOON + 2 * HOUR))
    (wording,) = given[0].earlier
    assert (wording.title, wording.reports) == ("Now one", None)
    row = keeper.writer.connection.execute("SELECT first_told FROM incident").fetchone()
    assert row != (None,)
    board.close()
    keeper.close()


def as_of_the_first_schema(path: Path, old: Path) -> None:
    """Copy a store into a file that has taken the first step alone."""
    first_step = Migrations("overflight")

    @first_step()
    def first_schema(database: Database) -> None:
        for statement in FIRST_SCHEMA:
            database.conn.execute(statement)

    connection = sqlite3.connect(old, isolation_level=None)
    migrate(connection, old, first_step, known=1)
    connection.execute("DELETE FROM meta")
    connection.execute("ATTACH ? AS new", (str(path),))
    tables = ("meta", "feed", "feed_state", "entry", "story", "story_version", "incident", "incident_country")
    for table in (*tables, "report", "timeline"):
        columns = ", ".join(row[1] for row in connection.execute(f"PRAGMA main.table_info({table})"))
        connection.execute(f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM new.{table}")
    connection.close()


def test_an_incident_left_open_too_long_is_unresolved_when_it_is_looked_at_and_never_stored_so(
    path: Path,
) -> None:
    endings = {
        "open-1": Outcome.OPEN,
        "named": Outcome.ATTRIBUTED,
        "nothing": Outcome.UNFOUNDED,
        "open-2": Outcome.OPEN,
    }
    facts = [IncidentFacts(affected=("PL", "LT"), outcome=outcome) for outcome in endings.values()]
    keeper = a_keeper(path, [Conclusion(one) for one in facts], [])
    for number, key in enumerate(endings):
        late = timedelta(days=10) if key == "open-2" else timedelta()
        read = kept(an_entry(number, published=NOON + late))
        keeper.save_round(a_round(read, filing=filed(read, key), at=NOON + late))
    board = StoreBoard(open_reader(path), unresolved_after=timedelta(days=21))

    for day, expected in ((20, (2, 0)), (21, (1, 1)), (40, (0, 2))):
        both = board.outcomes(NOON + timedelta(days=day))
        assert [row.iso2 for row in both] == ["LT", "PL"]
        for row in both:
            assert (row.open, row.unresolved) == expected
            assert (row.attributed, row.unfounded, row.total) == (1, 1, 4)
    assert board.outcomes(NOON + timedelta(days=40))[0].unresolved_share == 0.5
    stored = keeper.writer.connection.execute("SELECT DISTINCT outcome FROM incident ORDER BY 1").fetchall()
    assert stored == [("attributed",), ("open",), ("unfounded",)]
    board.close()
    keeper.close()


def test_baselines_and_mere_follow_ups_are_in_no_share(path: Path) -> None:
    facts = IncidentFacts(affected=("PL",), event=(Event.PROTEST,))
    keeper = a_keeper(path, [Conclusion(facts)], [])
    keeper.save_round(a_story_round(1, "note"))
    board = StoreBoard(open_reader(path))

    assert board.outcomes(NOON) == ()
    board.close()
    keeper.close()


def test_incidents_of_one_series_are_linked_the_nearest_first_and_stay_apart(path: Path) -> None:
    facts = [
        IncidentFacts(affected=(state,), object=(ObjectCode.BALLOON,), event_date=EventDate(day, DatePrecision.DAY))
        for state, day in (("LT", date(2026, 4, 20)), ("LT", date(2026, 4, 24)), ("LT", date(2026, 5, 1)), ("EE", date(2026, 5, 1)))
    ]  # fmt: skip
    keeper = a_keeper(path, [Conclusion(one) for one in facts], [])
    for number, key in enumerate(("first", "second", "third", "elsewhere")):
        read = kept(an_entry(number))
        assignment = filed(read, key)
        keeper.save_round(a_round(read, filing=replace(assignment, sketches=(IncidentSketch(key),))))

    def in_a_row(sketches: Iterable[IncidentSketch]) -> tuple[SagaLink, ...]:
        keys = {sketch.incident for sketch in sketches}
        told = (SagaLink("first", "second", 4, "BLN of BY over LT"), SagaLink("second", "third", 7, "again"))
        assert keys == {"first", "second", "third", "elsewhere"}
        return told

    board = StoreBoard(open_reader(path), link_sagas=in_a_row)
    detail = board.incident("third")
    assert detail is not None
    assert [(one.row.key, one.days, one.why) for one in detail.linked] == [
        ("second", -7, "again"),
        ("first", -11, "BLN of BY over LT"),
    ]
    middle = board.incident("second")
    assert middle is not None
    assert [(one.row.key, one.days) for one in middle.linked] == [("third", 7), ("first", -4)]
    board.close()
    keeper.close()


def test_an_incident_without_a_day_is_of_no_series(path: Path) -> None:
    keeper = keeper_on(path)
    keeper.save_round(a_story_round(1, "a"))
    board = StoreBoard(open_reader(path), link_sagas=lambda _: (SagaLink("a", "b", 1, "never asked"),))

    detail = board.incident("a")

    assert detail is not None
    assert detail.linked == ()
    board.close()
    keeper.close()


def test_a_story_is_shown_with_how_its_earlier_wordings_were_read(path: Path) -> None:
    keeper = keeper_on(path)
    first, second = kept(an_entry(1, title="Now one"), a_report(count=3)), kept(an_entry(1, title="Now two"))
    keeper.save_round(a_round(first, filing=filed(first, "night-1")))
    keeper.save_round(a_round(revised=[second], filing=filed(second, "night-1"), at=NOON + HOUR))
    board = StoreBoard(open_reader(path))

    story = board.story(first.entry.key)

    assert story is not None
    assert [(version.title, version.reading) for version in story.versions] == [("Now one", first.reading)]
    board.close()
    keeper.close()
