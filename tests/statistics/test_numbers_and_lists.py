"""Every number of the statistics is the number of incidents that its own query lists, and reads back as that query."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.corrections.conftest import WRITING
from tests.statistics.worlds import cells_of, fill
from tests.store.samples import FEED, NOON, keeper_on
from tui.domain.feed import Feed
from tui.domain.history import Outcome
from tui.domain.query import parse_query
from tui.domain.query_leaf import QueryProblem
from tui.domain.statistics import Statistics
from tui.reading.conclude import conclude
from tui.reading.line import incident_line
from tui.store.database import open_reader, open_writer
from tui.store.load import StoreBoard
from tui.store.marks import StoreMarks

AFTER = timedelta(days=21)


@pytest.fixture(scope="module", params=range(4))
def board(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[StoreBoard]:
    path = tmp_path_factory.mktemp("home") / "overflight.db"
    keeper = keeper_on(path, conclude=conclude, line=incident_line)
    keeper.sync_feeds([Feed(FEED, "Example", country="PL", publisher="Example News")], NOON)
    marks = StoreMarks(open_writer(path), lambda: WRITING)
    fill(keeper, marks, request.param)
    keeper.close()
    marks.close()
    made = StoreBoard(open_reader(path), unresolved_after=AFTER)
    yield made
    made.close()


@pytest.mark.parametrize("weeks", [1, 6, 26])
def test_every_number_is_the_length_of_its_list(board: StoreBoard, weeks: int) -> None:
    cells = cells_of(board.statistics(NOON, weeks))

    wrong = [
        (str(cell.query), cell.count, found)
        for cell in cells
        if (found := board.find_incidents(cell.query, NOON, 5000).total) != cell.count
    ]

    assert wrong == []
    assert any(cell.count for cell in cells)


def test_every_list_can_be_typed(board: StoreBoard) -> None:
    for cell in cells_of(board.statistics(NOON, 6)):
        typed = parse_query(str(cell.query))
        assert not isinstance(typed, QueryProblem), typed.pointed(str(cell.query))
        assert str(typed) == str(cell.query)
        assert board.find_incidents(typed, NOON, 5000).total == cell.count


def test_the_tables_agree_with_each_other(board: StoreBoard) -> None:
    found: Statistics = board.statistics(NOON, 12)
    whole = found.by_week.total.count
    assert {found.actors.total.count, found.objects.total.count, found.hours.total.count} == {whole}
    assert sum(row.total.count for row in found.objects.rows) == whole
    assert sum(cell.count for cell in found.hours.rows[0].cells) == whole
    assert sum(row.total.count for row in found.answers.rows) == whole
    for row in found.outcomes.rows:
        assert sum(cell.count for cell in row.cells) == row.total.count
    named = {row.key: row.total.count for row in found.by_week.rows if row.total.count}
    assert {row.key: row.total.count for row in found.outcomes.rows} == named


def test_the_outcomes_are_those_of_the_ledger_counted_over_all_time(board: StoreBoard) -> None:
    of_all_time = {counts.iso2: counts for counts in board.outcomes(NOON)}
    for row in board.statistics(NOON, 60).outcomes.rows:
        counts = of_all_time[row.key]
        undated = board.find_incidents(board.statistics(NOON, 1).undated.query, NOON, 5000)
        missing = sum(
            (row.key in shown.facts.affected) if row.key else not shown.facts.affected
            for shown in undated.rows
        )
        assert row.total.count == counts.total - missing
        assert row.cells[0].count <= getattr(counts, Outcome.UNRESOLVED)
