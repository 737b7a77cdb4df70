"""Which weeks count as watched, and in which week an incident counts."""

from datetime import date, timedelta

import pytest

from tests.store.samples import FEED, NOON, a_report, a_round, an_entry, filed, kept
from tui.domain.codes import DatePrecision
from tui.domain.feed import Feed, FeedState, FeedStatus
from tui.domain.reading import EventDate
from tui.domain.weeks import monday_of, week_name
from tui.store.load import StoreBoard
from tui.store.save import StoreKeeper

HOME = [Feed(FEED, "Example", country="PL"), Feed("https://b.example/", "b", country="PL")]
THIS, LAST = monday_of(NOON.date()), monday_of(NOON.date()) - timedelta(days=7)


def answer(keeper: StoreKeeper, feed: str, days: int, answered: int) -> None:
    """Asked on so many days of last week, and answering on the first of them."""
    for day in range(days):
        at = NOON.replace(day=1) + timedelta(days=(LAST - date(2026, 5, 1)).days + day)
        ok = at if day < answered else None
        keeper.record_state([FeedState(feed, FeedStatus.OK, last_attempt=at, last_ok=ok)])


@pytest.mark.parametrize(
    ("answering", "watched"), [((7, 7), True), ((4, 0), True), ((3, 3), False), ((0, 0), False)]
)
def test_a_week_is_watched_when_half_of_the_feeds_that_were_asked_answered_on_four_days(
    keeper: StoreKeeper, board: StoreBoard, answering: tuple[int, int], *, watched: bool
) -> None:
    keeper.sync_feeds(HOME, NOON)
    for feed, days in zip(HOME, answering, strict=True):
        answer(keeper, feed.url, 7, days)
    assert (LAST in board.this_week(NOON).watched["PL"]) is watched


def test_a_week_in_which_nothing_was_asked_is_not_watched(keeper: StoreKeeper, board: StoreBoard) -> None:
    keeper.sync_feeds(HOME, NOON)
    assert board.this_week(NOON).watched["PL"] == frozenset()


@pytest.mark.parametrize(
    ("told", "counted"),
    [
        (None, THIS),
        (EventDate(date(2026, 4, 29), DatePrecision.DAY), LAST),
        (EventDate(date(2026, 4, 27), DatePrecision.WEEK), LAST),
        (EventDate(NOON.date() + timedelta(days=9), DatePrecision.DAY), THIS),
        (EventDate(date(2026, 5, 1), DatePrecision.MONTH), THIS),
        (EventDate(date(2026, 4, 1), DatePrecision.MONTH), None),
        (EventDate(date(2026, 1, 1), DatePrecision.YEAR), THIS),
        (EventDate(date(2025, 1, 1), DatePrecision.YEAR), None),
    ],
)
def test_an_incident_counts_in_the_week_it_happened_or_else_was_first_told(
    keeper: StoreKeeper, board: StoreBoard, told: EventDate | None, counted: date | None
) -> None:
    read = kept(an_entry(1), a_report(event_date=told))
    keeper.save_round(a_round(read, filing=filed(read, "i")))

    found = board.statistics(NOON, 3)

    weeks = (
        {
            name: cell.count
            for name, cell in zip(found.by_week.columns, found.by_week.rows[0].cells, strict=True)
        }
        if found.by_week.rows
        else {}
    )
    assert {name for name, count in weeks.items() if count} == ({week_name(counted)} if counted else set())
    assert found.undated.count == (0 if counted else 1)
