"""Known incidents of the past are imported once and never pass for news."""

from dataclasses import replace
from datetime import date, timedelta

from tests.store.samples import NOON, a_story_round, line_simply
from tui.domain.board import BoardQuery
from tui.domain.codes import DatePrecision, Event, Origin
from tui.domain.incident import BaselineIncident, IncidentFacts, IncidentSketch
from tui.domain.reading import EventDate
from tui.store.baseline import import_baseline
from tui.store.load import StoreBoard
from tui.store.marks import StoreMarks
from tui.store.save import StoreKeeper


def known(key: str, year: int, state: str = "JP") -> BaselineIncident:
    facts = IncidentFacts(
        affected=(state,),
        event=(Event.VIOLATION,),
        event_date=EventDate(date(year, 6, 17), DatePrecision.DAY),
    )
    return BaselineIncident(key, facts, "A balloon.", "tracked", "ministry", certain=True)


SEEDS = (known("jp-2020", 2020), known("jp-2021", 2021), known("us-2023", 2023, "US"))
SKETCHES = tuple(IncidentSketch(seed.key, affected=seed.facts.affected) for seed in SEEDS)
AT = NOON - timedelta(days=400)


def test_a_baseline_is_shown_in_every_window_latest_event_first_and_never_new(
    keeper: StoreKeeper,
    board: StoreBoard,
) -> None:
    assert import_baseline(keeper.writer, SEEDS, SKETCHES, line_simply, AT) == 3

    seen = board.board(BoardQuery(), NOON)
    assert [row.key for row in seen.incidents] == ["us-2023", "jp-2021", "jp-2020"]
    assert not any(row.new or row.updated for row in seen.incidents)
    assert (seen.total, seen.new, seen.tags) == (0, 0, ())
    assert [(row.iso2, row.incidents, row.baseline) for row in seen.countries if row.baseline] == [
        ("JP", 0, 2),
        ("US", 0, 1),
    ]
    assert [row.key for row in board.board(BoardQuery(country="US"), NOON).incidents] == ["us-2023"]
    detail = board.incident("jp-2020")
    assert detail is not None
    assert detail.baseline == SEEDS[0]


def test_importing_again_adds_nothing(keeper: StoreKeeper, board: StoreBoard) -> None:
    import_baseline(keeper.writer, SEEDS, SKETCHES, line_simply, AT)
    before = (board.stamp(), board.board(BoardQuery(), NOON))
    assert import_baseline(keeper.writer, SEEDS, SKETCHES, line_simply, NOON) == 0
    assert (board.stamp(), board.board(BoardQuery(), NOON)) == before


def test_a_changed_seed_is_brought_up_to_date(keeper: StoreKeeper, board: StoreBoard) -> None:
    import_baseline(keeper.writer, SEEDS, SKETCHES, line_simply, AT)
    corrected = replace(SEEDS[0], facts=replace(SEEDS[0].facts, affected=("TW",)))
    assert import_baseline(keeper.writer, [corrected, *SEEDS[1:]], SKETCHES, line_simply, NOON) == 1

    detail = board.incident("jp-2020")
    assert detail is not None
    assert detail.row.facts.affected == ("TW",)
    assert {row.iso2: row.baseline for row in board.board(BoardQuery(), NOON).countries} == {
        "JP": 1,
        "PL": 0,
        "TW": 1,
        "US": 1,
    }


def test_the_grouping_is_always_given_the_baseline(keeper: StoreKeeper) -> None:
    import_baseline(keeper.writer, SEEDS, SKETCHES, line_simply, AT)
    assert keeper.sketches(0) == SKETCHES


def test_a_baseline_that_is_reported_on_becomes_news_and_keeps_its_record(
    keeper: StoreKeeper,
    board: StoreBoard,
    marks: StoreMarks,
) -> None:
    import_baseline(keeper.writer, SEEDS, SKETCHES, line_simply, AT)
    marks.set_looked(NOON - timedelta(hours=1))
    keeper.save_round(a_story_round(1, "jp-2020"))

    detail = board.incident("jp-2020")
    assert detail is not None
    assert (detail.row.origin, detail.row.new, detail.row.stories) == (Origin.NEWS, True, 1)
    assert detail.baseline == SEEDS[0]
    assert board.board(BoardQuery(), NOON).total == 1
    assert import_baseline(keeper.writer, SEEDS, SKETCHES, line_simply, NOON) == 0
