"""The numbers of the screens: each opens the list of what it counts, and says as many as that list has."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.corrections.conftest import WRITING
from tests.statistics.worlds import fill
from tests.store.samples import FEED, keeper_on
from tests.ui.driving import Driven, running
from tests.ui.fakes import NOW, FakeSource, gate
from tui.domain.board import BoardQuery
from tui.domain.feed import Feed
from tui.domain.query import parse_query
from tui.domain.query_leaf import QueryProblem
from tui.domain.query_tree import Part
from tui.reading.conclude import conclude
from tui.reading.line import incident_line
from tui.store.database import open_reader, open_writer
from tui.store.load import StoreBoard
from tui.store.marks import StoreMarks
from tui.ui.figures import FigureLine, Figures, Target
from tui.ui.panes.kpi import by_slice, first_seen_in, in_view, in_window_before
from tui.ui.panes.profile import profile_lines
from tui.ui.screens.country import Country
from tui.ui.screens.incident import Incident
from tui.ui.screens.numbers import Numbers
from tui.ui.screens.statistics import StatisticsScreen


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StoreBoard]:
    """A real store of forty incidents."""
    path: Path = tmp_path_factory.mktemp("home") / "overflight.db"
    keeper = keeper_on(path, conclude=conclude, line=incident_line)
    keeper.sync_feeds([Feed(FEED, "Example", country="PL", publisher="Example News")], NOW)
    marks = StoreMarks(open_writer(path), lambda: WRITING)
    fill(keeper, marks, 3, 60, NOW)
    keeper.close()
    marks.close()
    made = StoreBoard(open_reader(path))
    yield made
    made.close()


def counted(written: str) -> int | None:
    """The count that a number is written as; None for a bar, a bare label or a share."""
    if "%" in written:
        return None
    if written.strip() in {"·", "?", ""}:
        return 0
    found = re.search(r"\d+", written)
    return int(found[0]) if found else None


def wrong_numbers(driven: Driven, store: StoreBoard) -> tuple[int, list[tuple[str, str, int]]]:
    """How many numbers stand on the screen, and those whose list has another length."""
    numbers = [number for pane in driven.app.screen.query(Figures) for number in pane.numbers]
    wrong = [
        (written, str(target.query), total)
        for written, target in numbers
        if (total := store.find_incidents(target.query, NOW).total) != counted(written)
        and counted(written) is not None
    ]
    return len(numbers), wrong


async def test_every_number_of_monitor_country_and_statistics_is_the_length_of_its_list(
    store: StoreBoard,
) -> None:
    async with running(size=(200, 60), through=replace(gate(FakeSource()), source=store)) as driven:
        await driven.press("t", "t")
        await driven.sees("incidents 30d")
        at_monitor, wrong = wrong_numbers(driven, store)
        assert wrong == []
        await driven.press("1", "j", "enter")
        await driven.until(lambda: isinstance(driven.app.screen, Country), "a country")
        await driven.sees("known incident", "week  ")
        at_country, wrong = wrong_numbers(driven, store)
        assert wrong == []
        await driven.press("S")
        await driven.sees("country × week 26 weeks")
        at_statistics, wrong = wrong_numbers(driven, store)
        assert wrong == []
        assert (at_monitor >= 4, at_country >= 8, at_statistics >= 200) == (True, True, True)


def told_by(lines: Sequence[FigureLine], title: str) -> list[Target]:
    return [one.target for line in lines for one in line if one.target and one.target.title.endswith(title)]


@pytest.mark.parametrize("days", [0.25, 1, 7, 14, 30])
def test_changes_and_bars_open_what_they_were_counted_from(store: StoreBoard, days: float) -> None:
    window = timedelta(days=days)
    board = store.board(BoardQuery(window=window, limit=5000), NOW)

    def listed(asked: Part) -> int:
        typed = parse_query(str(asked))
        assert not isinstance(typed, QueryProblem)
        return store.find_incidents(typed, NOW).total

    assert listed(in_window_before(board, window)) == board.previous_total
    assert listed(in_view(board, *first_seen_in(board))) == sum(by_slice(board, 48))
    for country in board.countries:
        lines = profile_lines(board, country, 80)
        if country.incidents:
            (bars,), (peak,) = told_by(lines, "first seen"), told_by(lines, "peak")
            assert (listed(bars.query), listed(peak.query)) == (sum(country.recent), max(country.recent))


def test_there_is_something_to_compare_with(store: StoreBoard) -> None:
    spans = [timedelta(days=days) for days in (1, 7, 14, 30)]
    boards = [store.board(BoardQuery(window=span, limit=5000), NOW) for span in spans]
    assert any(board.previous_total for board in boards)
    assert any(
        len([1 for count in country.recent if count]) > 1 for board in boards for country in board.countries
    )


async def test_the_change_opens_the_window_before() -> None:
    async with running() as driven:
        await driven.press("tab", "j", "enter")
        await driven.sees("the 24h before", "-first:24h revised:2d is:news -is:followup")


async def test_a_number_opens_its_list_the_list_an_incident_and_back() -> None:
    async with running() as driven:
        await driven.press("S")
        await driven.sees("Taiwan 2026-W12", "country:TW week:2026-W12 is:news -is:followup")
        await driven.press("j", "h")
        await driven.sees("Lithuania 2026-W11 · 4 that week, usual 2–11")
        await driven.press("enter")
        await driven.until(lambda: isinstance(driven.app.screen, Numbers), "the list")
        await driven.sees("monitor › statistics › Lithuania 2026-W11", "country:LT week:2026-W11 is:news")
        await driven.press("enter")
        await driven.until(lambda: isinstance(driven.app.screen, Incident), "an incident")
        await driven.press("escape", "escape")
        await driven.until(lambda: isinstance(driven.app.screen, StatisticsScreen), "statistics again")
        await driven.sees("Lithuania 2026-W11 ·")


async def test_the_counts_over_the_lists_open_theirs() -> None:
    async with running() as driven:
        await driven.press("tab", "j", "j", "j")
        await driven.press("enter")
        await driven.sees("SHOT, 24h · incidents", "main_event:SHOT revised:24h is:news -is:followup")


async def test_a_mouse_selects_a_number_and_then_opens_it() -> None:
    async with running() as driven:
        await driven.press("S")
        await driven.sees("1018 incidents")
        line = next(number for number, line in enumerate(driven.lines) if "Poland" in line)
        for _ in range(2):
            await driven.pilot.click(offset=(driven.lines[line].index("13!"), line))
            await driven.settled()
        await driven.sees("Poland 2026-W10 · incidents")


async def test_an_unusual_week_stands_out_on_the_country_line_and_says_why() -> None:
    async with running() as driven:
        await driven.until(lambda: any("DK Denmark   !" in line for line in driven.lines), "the mark")
        assert not any("Poland  !" in line for line in driven.lines)
        await driven.press("1", "j", "j", "j", "j")
        await driven.sees("! 14 this week, usual 0–5")
        await driven.press("enter")
        await driven.sees("unusual: 14 this week")


async def test_a_week_in_which_nobody_was_looking_is_blank_and_says_so() -> None:
    async with running() as driven:
        await driven.press("S")
        await driven.sees("1018 incidents")
        for _ in range(13):
            await driven.press("j")
        await driven.sees("Norway 2026-W12 · 0 told, not watched yet: it says nothing of the week")
        line = next(line for line in driven.lines if "Norway" in line)
        assert "·" not in line.split("│")[1].rstrip()[-12:]
        await driven.press("l")
        await driven.sees("Norway, all weeks · blind, 1/4 answering")


async def test_weeks_scroll_ranges_change_counts_become_shares_and_the_rule_is_told() -> None:
    async with running() as driven:
        await driven.press("S")
        await driven.sees(" 11 12  sum")
        await driven.press("left_square_bracket")
        await driven.sees("  7  8  sum")
        await driven.press("right_square_bracket")
        await driven.sees(" 11 12  sum")
        await driven.press("c")
        await driven.sees("% of the line")
        await driven.press("t")
        await driven.sees("country × week 52 weeks")
        await driven.press("x")
        await driven.sees("the rule of country × week", "in the ISO week (UTC)")
        await driven.press("tab")
        await driven.sees("the rule of how it ended", "21 days have gone by")


@pytest.mark.parametrize(
    ("tabs", "head"),
    [
        (0, "country × week"),
        (1, "how it ended"),
        (2, "actor → affected"),
        (3, "objects by week"),
        (5, "time to the answer"),
    ],
)
async def test_where_there_is_little_room_one_table_is_seen_at_a_time(tabs: int, head: str) -> None:
    async with running(size=(80, 24)) as driven:
        await driven.press("S")
        await driven.sees("1018 incidents")
        for _ in range(tabs):
            await driven.press("tab")
        await driven.sees(f"{head} {tabs + 1} of 6")
        assert sum(" of 6 · tab" in line for line in driven.lines) == 1
