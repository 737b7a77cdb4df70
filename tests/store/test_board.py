"""What the panes are given: windows, marks, countries, coverage."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.store.samples import FEED, NOON, a_report, a_round, a_story_round, an_entry, filed, found, kept
from tui.domain.board import BoardQuery, CollectorStatus, FeedCounts
from tui.domain.codes import Event, Severity
from tui.domain.coverage import Coverage, Nearness
from tui.domain.feed import Feed, FeedState, FeedStatus
from tui.pipeline.keeping import Holder
from tui.store.countries import SLICES
from tui.store.database import open_reader
from tui.store.load import StoreBoard
from tui.store.marks import StoreMarks
from tui.store.save import StoreKeeper

DAY = BoardQuery()
HOUR = timedelta(hours=1)


def test_an_empty_store_gives_an_empty_board(board: StoreBoard) -> None:
    seen = board.board(DAY, NOON)
    assert (seen.incidents, seen.total, seen.looked, seen.tags) == ((), 0, None, ())
    for query in (DAY, BoardQuery(window=None)):
        rows = board.board(query, NOON).countries
        assert [(row.iso2, row.incidents, sum(row.recent)) for row in rows] == [("PL", 0, 0)], "it has a feed"
    assert board.incident("none") is None
    assert board.story("none") is None


def test_incidents_come_newest_revision_first_and_only_of_the_window(
    keeper: StoreKeeper, board: StoreBoard
) -> None:
    for number, hours in enumerate((30, 3, 1, 2)):
        keeper.save_round(a_story_round(number, f"i{number}", NOON - hours * HOUR))

    assert [row.key for row in board.board(DAY, NOON).incidents] == ["i2", "i3", "i1"]
    everything = board.board(BoardQuery(window=None), NOON)
    assert [row.key for row in everything.incidents] == ["i2", "i3", "i1", "i0"]
    assert [row.key for row in board.board(BoardQuery(limit=1), NOON).incidents] == ["i2"]


def test_a_board_as_it_is_read_is_the_board_with_what_is_counted_by_country_coming_last(
    keeper: StoreKeeper, board: StoreBoard
) -> None:
    keeper.save_round(a_story_round(1, "a"))
    listed, whole = board.board_as_read(DAY, NOON)
    assert whole == board.board(DAY, NOON)
    assert whole.counted
    assert whole.countries
    assert listed == replace(whole, countries=(), coverage=(), counted=False)


def test_when_each_story_of_an_incident_came_and_was_told_is_read_for_a_look_at_the_past(
    keeper: StoreKeeper, board: StoreBoard
) -> None:
    for number, hours in enumerate((3, 1)):
        keeper.save_round(a_story_round(number, "a", NOON - hours * HOUR))
    keeper.save_round(a_story_round(5, "b", NOON))
    tellings = board.tellings()
    assert {key: len(found) for key, found in tellings.items()} == {"a": 2, "b": 1}
    assert [one.came for one in tellings["a"]] == [NOON - 3 * HOUR, NOON - HOUR]
    (row,) = (row for row in board.board(DAY, NOON).incidents if row.key == "a")
    assert max(one.told for one in tellings["a"]) == row.told
    assert all(one.told <= one.came for one in tellings["a"])


@pytest.mark.parametrize("window", [timedelta(0), timedelta.max, timedelta(days=36525), timedelta(days=-1)])
def test_no_window_is_too_short_or_too_long(
    keeper: StoreKeeper, board: StoreBoard, window: timedelta
) -> None:
    keeper.save_round(a_story_round(1, "a"))
    assert [row.key for row in board.board(BoardQuery(window=window), NOON).incidents] == ["a"]


def test_the_window_before_counts_what_was_alive_in_it(keeper: StoreKeeper, board: StoreBoard) -> None:
    keeper.save_round(a_story_round(1, "only before", NOON - 30 * HOUR))
    keeper.save_round(a_story_round(2, "both", NOON - 26 * HOUR))
    keeper.save_round(a_story_round(3, "both", NOON - HOUR))
    keeper.save_round(a_story_round(4, "only now", NOON - 2 * HOUR))
    keeper.save_round(a_story_round(5, "long ago", NOON - 80 * HOUR))

    seen = board.board(DAY, NOON)
    assert (seen.total, seen.previous_total) == (2, 2)


def test_follow_ups_are_listed_but_counted_nowhere(keeper: StoreKeeper, board: StoreBoard) -> None:
    keeper.save_round(a_story_round(1, "event"))
    keeper.save_round(a_story_round(2, "policy", NOON, a_report(affected=("LT",), event=(Event.POLICY,))))

    seen = board.board(DAY, NOON)
    assert {row.key: row.follow_up_only for row in seen.incidents} == {"event": False, "policy": True}
    assert (seen.total, seen.new, seen.tags) == (1, 1, (("VIOL", 1),))
    by_state = {row.iso2: row for row in seen.countries}
    assert (by_state["LT"].incidents, by_state["LT"].severity, sum(by_state["LT"].recent)) == (
        0,
        Severity.ROUTINE,
        0,
    )


def test_an_incident_of_several_states_counts_once_in_each(keeper: StoreKeeper, board: StoreBoard) -> None:
    keeper.save_round(a_story_round(1, "overflight", NOON, a_report(affected=("LT", "PL"))))

    seen = board.board(DAY, NOON)
    assert seen.total == 1
    assert [(row.iso2, row.incidents) for row in seen.countries] == [("LT", 1), ("PL", 1)]
    assert [row.key for row in board.board(BoardQuery(country="LT"), NOON).incidents] == ["overflight"]
    assert board.board(BoardQuery(country="DE"), NOON).incidents == ()


def test_a_report_without_a_state_stands_in_a_line_of_its_own(keeper: StoreKeeper, board: StoreBoard) -> None:
    keeper.save_round(a_story_round(1, "somewhere", NOON, a_report(affected=())))

    country = board.board(DAY, NOON).countries[0]
    assert (country.iso2, country.name, country.incidents) == ("", "No state named", 1)
    assert [row.key for row in board.board(BoardQuery(country=""), NOON).incidents] == ["somewhere"]


def test_a_state_shows_its_worst_event_and_when_its_incidents_began(
    keeper: StoreKeeper, board: StoreBoard
) -> None:
    keeper.save_round(a_story_round(1, "a", NOON - 23.5 * HOUR, a_report(event=(Event.SIGHTING,))))
    keeper.save_round(a_story_round(2, "b", NOON - 0.5 * HOUR, a_report(event=(Event.SHOOTDOWN,))))
    keeper.save_round(a_story_round(3, "c", NOON, a_report(event=(Event.EXERCISE,))))

    (country,) = board.board(DAY, NOON).countries
    assert country.severity == Severity.CRITICAL
    assert len(country.recent) == SLICES
    assert (country.recent[0], country.recent[-1], sum(country.recent)) == (1, 2, 3)
    (ever,) = board.board(BoardQuery(window=None), NOON).countries
    assert (ever.recent[0], ever.recent[-1], sum(ever.recent)) == (1, 2, 3)


def test_the_tags_come_in_codebook_order(keeper: StoreKeeper, board: StoreBoard) -> None:
    events = (Event.ADIZ_ENTRY, Event.EXERCISE, Event.SIGHTING, Event.SHOOTDOWN)
    for number, event in enumerate(events):
        keeper.save_round(a_story_round(number, f"i{number}", NOON, a_report(event=(event,))))

    assert board.board(DAY, NOON).tags == (("SHOT", 1), ("SGHT", 1), ("ADIZ", 2))


def test_the_stamp_moves_with_stories_and_beats_only(
    keeper: StoreKeeper,
    board: StoreBoard,
    marks: StoreMarks,
) -> None:
    start = board.stamp()
    keeper.save_round(a_round(seen=["x"]))
    assert board.stamp() == start
    keeper.save_round(a_story_round(1, "a"))
    assert board.stamp().generation == start.generation + 1
    keeper.beat(CollectorStatus(pid=1, heartbeat=NOON, state="idle"))
    assert board.stamp().beat == start.beat + 1
    marks.set_watched("a", watched=True, at=NOON)
    assert board.stamp().generation == start.generation + 2


def test_coverage_counts_the_feeds_of_a_state_that_answered_lately(
    keeper: StoreKeeper, board: StoreBoard
) -> None:
    feeds = {
        "fresh": FeedState("fresh", FeedStatus.OK, last_ok=NOON - timedelta(minutes=44)),
        "late": FeedState("late", FeedStatus.OK, last_ok=NOON - timedelta(minutes=46)),
        "slow": FeedState("slow", FeedStatus.OK, last_ok=NOON - timedelta(minutes=80)),
        "rare": FeedState(
            "rare",
            FeedStatus.OK,
            last_ok=NOON - HOUR,
            last_attempt=NOON - HOUR,
            next_due=NOON,
        ),
        "failing": FeedState(
            "failing",
            FeedStatus.FAILING,
            last_answer=NOON,
            last_ok=NOON - 9 * HOUR,
            last_attempt=NOON,
            next_due=NOON + 9 * HOUR,
            failures=5,
        ),
        "never": None,
    }
    every = {"slow": timedelta(minutes=30)}
    listed = [Feed(name, name, country="PL", every=every.get(name)) for name in feeds]
    keeper.sync_feeds([*listed, Feed("off", "off", country="PL", enabled=False), Feed(FEED, "w")], NOON)
    keeper.record_state([state for state in feeds.values() if state])
    keeper.save_round(a_story_round(1, "a"))

    (country,) = board.board(DAY, NOON).countries
    assert country.coverage == Coverage(Nearness.HOME, feeds=6, fresh=3)
    assert board.collector(NOON).feeds == FeedCounts(ok=5, failing=1, waiting=1, disabled=1, asked=NOON)


def test_the_collector_is_quoted_with_its_feeds_counted_anew(keeper: StoreKeeper, board: StoreBoard) -> None:
    assert board.collector(NOON) == CollectorStatus(feeds=FeedCounts(waiting=1))
    said = CollectorStatus(
        pid=4,
        host="desk",
        heartbeat=NOON,
        state="polling",
        detail="3 of 9",
        last_poll=NOON,
        next_poll=NOON + HOUR,
        round_done=3,
        round_total=9,
        feeds=FeedCounts(ok=9),
        list_problem="feeds.toml, line 4: every: is no duration",
    )
    keeper.beat(said)
    assert board.collector(NOON + timedelta(seconds=30)) == replace(said, feeds=FeedCounts(waiting=1))


def test_a_collector_that_falls_silent_while_it_holds_the_lease_has_failed(
    keeper: StoreKeeper, path: Path
) -> None:
    holder = Holder(4, "desk", "token")
    keeper.acquire_lease(holder, NOON, HOUR)
    keeper.beat(CollectorStatus(pid=4, host="desk", heartbeat=NOON, state="idle"))
    hasty = StoreBoard(open_reader(path), silent_after=timedelta(seconds=5))
    assert hasty.collector(NOON + timedelta(seconds=5)).state == "idle"
    assert hasty.collector(NOON + timedelta(seconds=6)).state == "failed"
    hasty.close()


def test_a_network_that_was_down_stays_said_when_the_collector_has_left(
    keeper: StoreKeeper, board: StoreBoard
) -> None:
    holder = Holder(4, "desk", "token")
    keeper.acquire_lease(holder, NOON, HOUR)
    keeper.beat(CollectorStatus(pid=4, host="desk", heartbeat=NOON, state="offline"))
    keeper.release_lease(holder)
    assert board.collector(NOON + HOUR).state == "offline"


def test_whoever_gives_the_lease_back_says_that_nobody_fetches(
    keeper: StoreKeeper, board: StoreBoard
) -> None:
    holder = Holder(4, "desk", "token")
    keeper.acquire_lease(holder, NOON, HOUR)
    keeper.beat(CollectorStatus(pid=4, host="desk", heartbeat=NOON, state="idle"))
    keeper.release_lease(holder)
    assert board.collector(NOON + HOUR).state == "none"


def test_war_routine_is_stored_and_shown_nowhere(keeper: StoreKeeper, board: StoreBoard) -> None:
    read = kept(an_entry(1))
    verdict = type(read.reading.verdict)(
        relevant=False,
        war_routine=True,
        score=2.0,
        threshold=1.0,
        lang="en",
    )
    hidden = type(read)(read.entry, type(read.reading)(verdict, read.reading.reports))
    keeper.save_round(a_round(hidden))

    seen = board.board(DAY, NOON)
    assert (seen.incidents, seen.stories, seen.entries) == ((), 0, 1)
    assert found(board, "drones") == ()
    assert board.story(hidden.entry.key) is not None


def test_long_sagas_are_concluded_from_the_first_and_the_newest_reports(
    keeper: StoreKeeper,
    board: StoreBoard,
) -> None:
    first = kept(an_entry(0), a_report(affected=("FI",)))
    keeper.save_round(a_round(first, filing=filed(first, "saga")))
    for start in range(1, 601, 60):
        reads = [kept(an_entry(number)) for number in range(start, start + 60)]
        filing = filed(reads[0], "saga")
        filing = type(filing)(
            tuple(assignment for read in reads for assignment in filed(read, "saga").assignments),
            filing.sketches,
        )
        keeper.save_round(a_round(*reads, filing=filing, at=NOON + start * HOUR))

    detail = board.incident("saga")
    assert detail is not None
    assert detail.row.facts.affected == ("FI", "PL")
    assert detail.row.stories == 601
    assert len(detail.timeline) == 501
    assert len(detail.stories) == 500
