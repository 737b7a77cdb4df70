"""One poll in, the same poll out: entries, stories, versions, incidents."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from tests.store.samples import (
    FEED,
    NOON,
    a_report,
    a_round,
    a_story_round,
    an_entry,
    conclude_simply,
    dropped,
    filed,
    found,
    keeper_on,
    kept,
    together,
)
from tui.domain.board import BoardQuery
from tui.domain.codes import Event, Origin
from tui.domain.entry import MOST_REVISIONS, RESTLESS
from tui.domain.feed import Feed, FeedState, FeedStatus, Validators, Wishes
from tui.domain.incident import Conclusion, FiledReport
from tui.pipeline.keeping import RoundResult
from tui.store.load import StoreBoard
from tui.store.save import StoreKeeper

DAY = BoardQuery()


def count(keeper: StoreKeeper, table: str) -> int:
    found: int = keeper.writer.connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    return found


def test_every_entry_leaves_a_row_that_says_why(keeper: StoreKeeper) -> None:
    keeper.save_round(
        a_round(dropped(an_entry(1)), kept(an_entry(2)), dropped(an_entry(3), war_routine=True))
    )

    rows = keeper.writer.connection.execute(
        "SELECT state, why, reader_version FROM entry ORDER BY id"
    ).fetchall()
    assert [row[0] for row in rows] == ["dropped", "kept", "war_routine"]
    assert "no zone" in rows[0][1]
    assert "drones" in rows[1][1]
    assert {row[2] for row in rows} == {"test"}
    assert count(keeper, "dropped_text") == 1
    assert count(keeper, "story") == 2


def test_a_kept_story_stands_on_the_board_under_its_country(keeper: StoreKeeper, board: StoreBoard) -> None:
    keeper.save_round(a_story_round(1, "night-1"))

    seen = board.board(DAY, NOON)
    (row,) = seen.incidents
    assert (row.key, row.line, row.stories, row.publishers) == ("night-1", "PL violation", 1, 1)
    assert row.origin == Origin.NEWS
    (country,) = seen.countries
    assert (country.iso2, country.name, country.incidents, country.new) == ("PL", "Poland", 1, 1)
    assert (seen.total, seen.stories, seen.entries, seen.tags) == (1, 1, 1, (("VIOL", 1),))


def test_the_same_round_twice_changes_nothing(keeper: StoreKeeper, board: StoreBoard) -> None:
    first = keeper.save_round(a_story_round(1, "night-1"))
    before = board.board(DAY, NOON)

    assert keeper.save_round(a_story_round(1, "night-1")) == first
    assert board.board(DAY, NOON) == before
    assert count(keeper, "entry") == count(keeper, "report") == 1


def test_a_known_entry_sent_as_new_by_another_round_is_not_filed_again(keeper: StoreKeeper) -> None:
    keeper.save_round(a_story_round(1, "night-1"))
    keeper.save_round(a_story_round(1, "night-2", NOON + timedelta(hours=1)))

    assert count(keeper, "incident") == 1


def test_a_redating_is_neither_new_nor_a_version(keeper: StoreKeeper, board: StoreBoard) -> None:
    keeper.save_round(a_story_round(1, "night-1"))
    later = NOON + timedelta(hours=5)
    redated = kept(an_entry(1, published=later))
    generation = keeper.save_round(a_round(redated, filing=filed(redated, "night-1"), at=later))

    assert generation == 1
    story = board.story(redated.entry.key)
    assert story is not None
    assert (story.row.published, story.row.versions, story.versions) == (NOON, 1, ())


def test_a_revision_keeps_the_old_wording_and_is_concluded_anew(
    keeper: StoreKeeper, board: StoreBoard
) -> None:
    keeper.save_round(a_story_round(1, "night-1"))
    later = NOON + timedelta(hours=1)
    new_wording = kept(an_entry(1, title="Drone shot down"), a_report(event=(Event.SHOOTDOWN,)))
    generation = keeper.save_round(
        a_round(revised=[new_wording], filing=filed(new_wording, "night-1"), at=later)
    )

    assert generation == 2
    story = board.story(new_wording.entry.key)
    assert story is not None
    assert story.row.title == "Drone shot down"
    assert [(version.seen, version.title) for version in story.versions] == [
        (NOON, "Drones cross the border, report 1"),
    ]
    (row,) = board.board(DAY, later).incidents
    assert row.line == "PL shootdown"
    assert (row.first_seen, row.last_revised) == (NOON, later)


def test_a_wording_that_comes_and_goes_is_kept_once(keeper: StoreKeeper, board: StoreBoard) -> None:
    wordings = [kept(an_entry(1, title=title)) for title in ("Now one", "Now two")]
    keeper.save_round(a_round(wordings[0], filing=filed(wordings[0], "night-1")))
    for turn in range(1, 10):
        keeper.save_round(a_round(revised=[wordings[turn % 2]], at=NOON + timedelta(minutes=turn)))

    story = board.story(wordings[0].entry.key)
    assert story is not None
    assert story.row.versions == 2
    assert {version.title for version in story.versions} == {"Now one", "Now two"}


def test_a_revision_that_is_no_longer_relevant_takes_nothing_away(
    keeper: StoreKeeper, board: StoreBoard
) -> None:
    keeper.save_round(a_story_round(1, "night-1"))
    blank = dropped(an_entry(1, title="Correction"))
    keeper.save_round(a_round(revised=[blank], at=NOON + timedelta(hours=1)))

    story = board.story(blank.entry.key)
    assert story is not None
    assert not story.reading.verdict.relevant
    assert story.incidents == ("night-1",)
    assert board.incident("night-1") is not None
    assert keeper.writer.connection.execute("SELECT state FROM entry").fetchone() == ("dropped",)


def test_a_revision_that_becomes_relevant_is_kept_from_then(keeper: StoreKeeper, board: StoreBoard) -> None:
    keeper.save_round(a_round(dropped(an_entry(1, title="Loud bang"))))
    now_known = kept(an_entry(1))
    keeper.save_round(
        a_round(revised=[now_known], filing=filed(now_known, "night-1"), at=NOON + timedelta(hours=1))
    )

    assert board.board(DAY, NOON).stories == 1
    assert count(keeper, "dropped_text") == 0


def test_a_revision_without_news_does_not_mark_the_incident_revised(
    keeper: StoreKeeper, board: StoreBoard
) -> None:
    keeper.save_round(a_story_round(1, "night-1"))
    typo = kept(an_entry(1, title="Drones cross the border; report 1"))
    keeper.save_round(a_round(revised=[typo], filing=filed(typo, "night-1"), at=NOON + timedelta(hours=1)))

    (row,) = board.board(DAY, NOON).incidents
    assert row.last_revised == NOON


def test_a_report_that_moves_leaves_its_old_incident_empty_and_hidden(
    keeper: StoreKeeper, board: StoreBoard
) -> None:
    keeper.save_round(a_story_round(1, "night-1"))
    moved = kept(an_entry(1, title="It was another night"))
    keeper.save_round(a_round(revised=[moved], filing=filed(moved, "night-2"), at=NOON + timedelta(hours=1)))

    assert [row.key for row in board.board(DAY, NOON).incidents] == ["night-2"]
    assert count(keeper, "incident") == 2


def test_one_story_with_two_events_stands_in_two_incidents(keeper: StoreKeeper, board: StoreBoard) -> None:
    read = kept(an_entry(1), a_report(), a_report(affected=("JP", "TW"), event=(Event.SHOOTDOWN,)))
    keeper.save_round(a_round(read, filing=filed(read, "a", "b")))

    story = board.story(read.entry.key)
    assert story is not None
    assert story.incidents == ("a", "b")
    assert {row.iso2 for row in board.board(DAY, NOON).countries} == {"PL", "JP", "TW"}


def test_a_feed_that_gives_two_items_one_guid_does_not_revise_itself(keeper: StoreKeeper) -> None:
    twins = [kept(an_entry(1, title="First")), kept(an_entry(1, title="Second"))]
    for _ in range(3):
        keeper.save_round(a_round(*twins, filing=filed(twins[0], "night-1")))

    assert count(keeper, "story_version") == 0


def test_two_publishers_of_one_event_are_two_sources(keeper: StoreKeeper, board: StoreBoard) -> None:
    reads = [kept(an_entry(number, publisher=f"Paper {number % 2}")) for number in range(4)]
    keeper.save_round(a_round(*reads, filing=together(*(filed(read, "night-1") for read in reads))))

    detail = board.incident("night-1")
    assert detail is not None
    assert (detail.row.stories, detail.row.publishers) == (4, 2)
    assert [step.text for step in detail.timeline] == ["Report 0", "Report 1", "Report 2", "Report 3"]
    assert len(detail.assignments) == 4
    assert detail.assignments[0].why[0].detail == "PL"
    assert detail.assignments[0].nearest is not None


def test_siblings_are_the_other_stories_of_the_incident(keeper: StoreKeeper, board: StoreBoard) -> None:
    for number in range(3):
        keeper.save_round(a_story_round(number, "night-1", NOON + timedelta(minutes=number)))

    story = board.story(an_entry(0).key)
    assert story is not None
    assert [row.key for row in story.siblings] == [an_entry(2).key, an_entry(1).key]


def test_known_hashes_answers_for_stored_entries_only(keeper: StoreKeeper) -> None:
    keeper.save_round(a_round(dropped(an_entry(1))))

    known = keeper.known_hashes([an_entry(1).key, an_entry(2).key, "\ud800'; --"])
    assert known == {an_entry(1).key: an_entry(1).hash}


def test_sketches_come_back_as_they_were_saved(keeper: StoreKeeper) -> None:
    old = a_story_round(1, "night-1", NOON - timedelta(days=60))
    new = a_story_round(2, "night-2")
    for result in (old, new):
        keeper.save_round(result)
    assert old.filing is not None
    assert new.filing is not None

    assert keeper.sketches(2) == (*old.filing.sketches, *new.filing.sketches)
    assert keeper.sketches(1) == new.filing.sketches


def test_feed_states_come_back_as_they_were_saved(keeper: StoreKeeper, board: StoreBoard) -> None:
    state = FeedState(
        url=FEED,
        status=FeedStatus.FAILING,
        validators=Validators('W/"x"', "Mon, 04 May 2026 12:00:00 GMT"),
        body_hash="00",
        last_attempt=NOON,
        last_answer=NOON,
        last_ok=NOON - timedelta(days=1),
        last_new=NOON - timedelta(days=2),
        next_due=NOON + timedelta(microseconds=1),
        failures=3,
        problem="503 from feed.example. It is asked again in 1 h.",
        moved_to="https://new.example/rss",
        moved_times=2,
        moved_since=NOON - timedelta(days=1),
        address="https://new.example/rss",
        wishes=Wishes(timedelta(hours=1), (0, 1, 23), (5, 6)),
        usual_gap=timedelta(minutes=37, microseconds=5),
        last_full=NOON - timedelta(hours=3),
        read_by=4,
        last_status=503,
        last_bytes=70_000,
        polls=12,
        unchanged=9,
    )
    keeper.record_state([state])

    assert keeper.feed_states() == {FEED: state}
    (row,) = board.feeds(NOON)
    assert (row.state, row.feed.publisher) == (state, "Example News")
    assert board.stamp().generation == 0


def test_a_feed_tells_what_it_yielded_in_thirty_days(keeper: StoreKeeper, board: StoreBoard) -> None:
    keeper.save_round(a_story_round(1, "night-1", NOON - timedelta(days=31)))
    keeper.save_round(a_story_round(2, "night-2", NOON - timedelta(days=29)))
    assert [(row.kept, row.lately) for row in board.feeds(NOON)] == [(2, 1)]
    assert keeper.yields(NOON - timedelta(days=30)) == {FEED: 1}


def test_an_entry_that_changes_at_every_poll_is_revised_so_often_and_no_more(keeper: StoreKeeper) -> None:
    for turn in range(MOST_REVISIONS + 3):
        read = kept(an_entry(1, title=f"Drones cross the border, {turn} minutes ago"))
        keeper.save_round(a_round(read, at=NOON + timedelta(minutes=turn)))
    assert count(keeper, "story_version") == MOST_REVISIONS
    assert keeper.known_hashes([an_entry(1).key]) == {an_entry(1).key: RESTLESS}


def test_a_removed_feed_keeps_its_history(keeper: StoreKeeper, board: StoreBoard) -> None:
    keeper.save_round(a_story_round(1, "night-1"))
    keeper.sync_feeds([Feed("https://other.example/rss", "Other")], NOON)

    assert [row.feed.name for row in board.feeds(NOON)] == ["Other"]
    assert board.board(DAY, NOON).stories == 1
    keeper.sync_feeds([Feed(FEED, "Back again")], NOON)
    assert [(row.feed.name, row.kept) for row in board.feeds(NOON)] == [("Back again", 1)]


def test_secrets_in_feed_headers_are_not_stored(keeper: StoreKeeper, path: Path) -> None:
    keeper.sync_feeds([Feed(FEED, "Example", headers=(("Authorization", "Bearer hunter2"),))], NOON)
    keeper.checkpoint()

    assert b"hunter2" not in path.read_bytes()


def test_prune_forgets_old_text_and_keeps_the_narrow_rows(keeper: StoreKeeper) -> None:
    keeper.save_round(a_round(dropped(an_entry(1)), at=NOON - timedelta(days=40)))
    keeper.save_round(a_round(dropped(an_entry(2))))

    assert keeper.prune(NOON, timedelta(days=30)) == 1
    assert (count(keeper, "entry"), count(keeper, "dropped_text")) == (2, 1)
    assert keeper.known_hashes([an_entry(1).key])


def test_replayed_incidents_say_so(path: Path) -> None:
    keeper = keeper_on(path, Origin.REPLAY)
    keeper.save_round(a_story_round(1, "night-1"))

    assert keeper.writer.connection.execute("SELECT origin FROM incident").fetchone() == ("replay",)
    keeper.close()


def test_a_story_without_a_publisher_is_its_feeds(keeper: StoreKeeper, board: StoreBoard) -> None:
    for number, feed in enumerate((FEED, "https://unlisted.example/rss")):
        keeper.save_round(a_round(kept(an_entry(number, feed=feed, publisher="")), feed=feed))

    assert [row.publisher for row in found(board, "drones")] == [
        "https://unlisted.example/rss",
        "Example News",
    ]


def _rows(keeper: StoreKeeper) -> list[list[tuple[object, ...]]]:
    tables = ("entry", "story", "report", "incident", "timeline", "incident_sketch", "feed_state")
    return [
        keeper.writer.connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()
        for table in tables
    ]


def _two_polls() -> tuple[RoundResult, RoundResult]:
    """Of two feeds, the second an hour later, both of one incident."""
    one, other = kept(an_entry(1)), kept(an_entry(2))
    filing = together(filed(one, "night-1"), filed(other, "night-1"))
    return (
        a_round(one, filing=filing),
        a_round(other, filing=filing, at=NOON + timedelta(hours=1), feed="https://other.example/rss"),
    )


def test_polls_stored_together_leave_what_they_leave_one_after_the_other(tmp_path: Path) -> None:
    together, apart = keeper_on(tmp_path / "together.db"), keeper_on(tmp_path / "apart.db")
    try:
        together.save_rounds(_two_polls())
        for poll in _two_polls():
            apart.save_round(poll)
        assert _rows(together) == _rows(apart)
        assert count(together, "incident") == 1
    finally:
        together.close()
        apart.close()


def test_an_incident_that_many_polls_tell_of_is_concluded_once(tmp_path: Path) -> None:
    concluded: list[int] = []

    def conclude(reports: Sequence[FiledReport]) -> Conclusion:
        concluded.append(len(reports))
        return conclude_simply(reports)

    keeper = keeper_on(tmp_path / "one.db", conclude=conclude)
    try:
        keeper.save_rounds(_two_polls())
    finally:
        keeper.close()
    assert concluded == [2]


def test_polls_stored_together_are_stored_all_or_none(tmp_path: Path) -> None:
    def conclude(reports: Sequence[FiledReport]) -> Conclusion:
        raise ValueError("a mistake of ours")

    keeper = keeper_on(tmp_path / "none.db", conclude=conclude)
    try:
        with pytest.raises(ValueError, match="a mistake"):
            keeper.save_rounds(_two_polls())
        assert [count(keeper, table) for table in ("entry", "story", "feed_state")] == [0, 0, 0]
    finally:
        keeper.close()
