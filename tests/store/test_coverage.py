"""Which feeds speak for a state, whether they answered, and what is kept for it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.store.samples import NOON, a_report, a_round, an_entry, filed, kept
from tui.domain.board import BoardQuery, CountryRow
from tui.domain.coverage import Coverage, Nearness, Sight, spoken_in
from tui.domain.feed import Feed, FeedState, FeedStatus
from tui.store.database import open_reader
from tui.store.load import StoreBoard
from tui.store.save import StoreKeeper

HOUR = timedelta(hours=1)
FRESH, LATE = NOON - timedelta(minutes=5), NOON - 9 * HOUR


def state(url: str, *, ok: bool) -> FeedState:
    return FeedState(
        url, FeedStatus.OK if ok else FeedStatus.FAILING, last_attempt=NOON, last_ok=FRESH if ok else LATE
    )


def poll(keeper: StoreKeeper, feeds: Sequence[Feed], answering: int) -> None:
    """The first `answering` of the feeds answered lately, the others long ago."""
    keeper.sync_feeds(feeds, NOON)
    keeper.record_state([state(feed.url, ok=at < answering) for at, feed in enumerate(feeds)])


def tell(keeper: StoreKeeper, feed: str, number: int, *affected: str) -> None:
    """A feed tells of an incident in these states."""
    read = kept(an_entry(number, feed=feed), a_report(affected=affected))
    keeper.save_round(a_round(read, filing=filed(read, f"i{number}"), feed=feed))


def row_of(board: StoreBoard, iso2: str) -> CountryRow:
    return next(row for row in board.board(BoardQuery(), NOON).countries if row.iso2 == iso2)


@pytest.mark.parametrize(
    ("feeds", "answering", "verdict"),
    [
        (6, 6, "quiet, 6/6 sources fresh"),
        (4, 2, "quiet, 2/4 sources fresh"),
        (4, 1, "blind, 1/4 answering"),
        (3, 0, "blind, 0/3 answering"),
    ],
)
def test_a_state_is_quiet_when_half_of_its_feeds_answer_and_blind_when_fewer_do(
    keeper: StoreKeeper, board: StoreBoard, feeds: int, answering: int, verdict: str
) -> None:
    poll(keeper, [Feed(f"https://a.example/{n}", f"f{n}", country="LT") for n in range(feeds)], answering)

    row = row_of(board, "LT")

    assert (row.incidents, row.coverage.verdict) == (0, verdict)


def test_feeds_never_asked_are_neither_quiet_nor_blind(keeper: StoreKeeper, board: StoreBoard) -> None:
    keeper.sync_feeds([Feed("https://a.example/", "a", country="LT")], NOON)
    assert row_of(board, "LT").coverage.sight is Sight.WAITING
    assert row_of(board, "LT").coverage.verdict == "unasked, none of 1 asked yet"


def test_the_nearest_feeds_speak_for_a_state_home_before_language_before_what_they_told(
    keeper: StoreKeeper, board: StoreBoard
) -> None:
    feeds = [
        Feed("https://ro.example/", "ro", country="RO", lang="ro"),
        Feed("https://gb.example/", "gb", country="GB", lang="en"),
    ]
    poll(keeper, feeds, 2)
    for number, times in enumerate((("MN",), ("MN", "PW"))):
        tell(keeper, "https://gb.example/", number, *times)

    covered = dict(board.board(BoardQuery(), NOON).coverage)

    assert covered["RO"] == Coverage(Nearness.HOME, 1, 1)
    assert covered["MD"] == Coverage(Nearness.LANGUAGE, 1, 1)
    assert covered["MN"].by is Nearness.BEFORE
    assert "PW" not in covered, "told of once: that may be chance"
    assert "US" not in covered, "English points to no one state"
    assert board.board(BoardQuery(), NOON).covered("PW").verdict == "uncovered, no feed covers it"
    assert covered["MD"].verdict == "quiet, 1/1 of its language fresh"


def test_a_feed_switched_off_or_taken_out_speaks_for_nobody(keeper: StoreKeeper, board: StoreBoard) -> None:
    on, off = Feed("https://a.example/", "a", country="LT"), Feed("https://b.example/", "b", country="LV")
    poll(keeper, [on, off], 2)
    poll(keeper, [on, replace(off, enabled=False)], 1)
    assert set(dict(board.board(BoardQuery(), NOON).coverage)) == {"LT"}
    poll(keeper, [off], 1)
    assert set(dict(board.board(BoardQuery(), NOON).coverage)) == {"LV"}


def test_what_a_feed_told_is_counted_with_every_change_of_wording(keeper: StoreKeeper, path: Path) -> None:
    feed = "https://a.example/"
    keeper.sync_feeds([Feed(feed, "a")], NOON)
    read = kept(an_entry(1, feed=feed), a_report(affected=("PL", "LT")))
    keeper.save_round(a_round(read, filing=filed(read, "i"), feed=feed))
    other = kept(
        replace(an_entry(1, feed=feed, title="Other words"), hash="other"), a_report(affected=("LT", "DE"))
    )
    keeper.save_round(a_round(revised=[other], filing=filed(other, "i"), feed=feed))

    with open_reader(path).snapshot() as connection:
        counts = dict(connection.execute("SELECT iso2, reports FROM feed_country").fetchall())
        recounted = dict(
            connection.execute(
                "SELECT value, count(*) FROM report JOIN json_each(facts, '$.affected') GROUP BY 1"
            ).fetchall()
        )
    assert counts == {"PL": 0, "LT": 1, "DE": 1}
    assert recounted == {iso2: count for iso2, count in counts.items() if count}


def test_each_day_keeps_whether_a_feed_was_asked_and_whether_it_answered(
    keeper: StoreKeeper, path: Path
) -> None:
    feed = "https://a.example/"
    keeper.sync_feeds([Feed(feed, "a")], NOON)
    days = (
        (NOON, NOON),
        (NOON + 2 * HOUR, NOON),  # asked again in vain: it answered that day all the same
        (NOON + timedelta(days=1), NOON),
    )
    for attempt, ok in days:
        keeper.record_state([FeedState(feed, FeedStatus.OK, last_attempt=attempt, last_ok=ok)])

    with open_reader(path).snapshot() as connection:
        rows = connection.execute("SELECT day, answered FROM feed_day ORDER BY day").fetchall()
    first = (NOON.date() - NOON.date().replace(year=1970, month=1, day=1)).days
    assert rows == [(first, 1), (first + 1, 0)]


def test_languages_that_half_the_world_writes_point_to_no_state() -> None:
    assert spoken_in("et") == ("EE",)
    assert "TW" in spoken_in("zh-Hant")
    assert [spoken_in(lang) for lang in ("en", "es", "fr", "ar", "pt", None, "xx")] == [()] * 7
