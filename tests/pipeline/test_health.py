from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.pipeline.fakes import NOON, entry
from tui.domain.feed import Feed, FeedState, FeedStatus, Settings, Validators, Wishes
from tui.pipeline.health import Outcome, SameBody, Taken, Terms, after
from tui.pipeline.ports import Fetched, FetchFailed, NotModified, Parsed, ParseFailed
from tui.pipeline.rhythm import Rhythm, is_due

URL = "https://a.example/feed"
HELD = Validators('"1"')
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)

GOOD = FeedState(URL, FeedStatus.OK, HELD, "h", next_due=NOON, last_ok=NOON - HOUR)
DAMAGED = replace(GOOD, status=FeedStatus.DAMAGED, problem="cut off")
FAILING = replace(GOOD, status=FeedStatus.FAILING, failures=3, problem="no answer")
UNREAD = replace(FAILING, validators=Validators(), body_hash=None, problem="no feed")
NEVER = FeedState(URL)


def _fetched(validators: Validators = HELD, **given: Any) -> Fetched:
    return Fetched(b"x", "", validators, URL, **given)


def _taken(new: int = 0, damaged: str | None = None, **given: Any) -> Taken:
    return Taken(_fetched(**given), Parsed((), "", "rss20", damaged=damaged), "h2", new)


def _after(
    state: FeedState,
    outcome: Outcome,
    *,
    jitter: float = 0.0,
    every: timedelta | None = None,
    yields: bool = False,
) -> FeedState:
    return after(
        state,
        outcome,
        Terms(Feed(URL, "a", every=every), Settings(), Rhythm(), NOON, jitter, yields),
    )


STATUS_AFTER = [
    (NEVER, _taken(), FeedStatus.OK, None),
    (NEVER, _taken(damaged="cut off"), FeedStatus.DAMAGED, "cut off"),
    (NEVER, FetchFailed("no answer"), FeedStatus.FAILING, "no answer"),
    (NEVER, FetchFailed("no net", offline=True), FeedStatus.NEVER, None),
    (GOOD, NotModified(HELD), FeedStatus.OK, None),
    (GOOD, SameBody(_fetched()), FeedStatus.OK, None),
    (GOOD, ParseFailed("no feed"), FeedStatus.FAILING, "no feed"),
    (GOOD, FetchFailed("gone", status=410, gone=True), FeedStatus.GONE, "gone"),
    (GOOD, FetchFailed("no net", offline=True), FeedStatus.OK, None),
    (FAILING, NotModified(HELD), FeedStatus.OK, None),
    (FAILING, _taken(), FeedStatus.OK, None),
    (FAILING, FetchFailed("no net", offline=True), FeedStatus.FAILING, "no answer"),
    (DAMAGED, NotModified(HELD), FeedStatus.DAMAGED, "cut off"),
    (DAMAGED, SameBody(_fetched()), FeedStatus.DAMAGED, "cut off"),
    (DAMAGED, _taken(), FeedStatus.OK, None),
    (UNREAD, NotModified(HELD), FeedStatus.FAILING, "no feed"),
    (
        replace(UNREAD, problem=None),
        NotModified(HELD),
        FeedStatus.FAILING,
        "It says that nothing has changed",
    ),
    (replace(GOOD, status=FeedStatus.GONE), _taken(), FeedStatus.OK, None),
]


@pytest.mark.parametrize(("before", "outcome", "status", "problem"), STATUS_AFTER)
def test_each_outcome_leaves_the_feed_in_the_state_it_should(
    before: FeedState, outcome: Outcome, status: FeedStatus, problem: str | None
) -> None:
    state = _after(before, outcome)
    assert state.status is status
    assert (state.problem or "").startswith(problem or "")
    assert (state.problem is None) == (problem is None)
    assert state.last_attempt == NOON


def test_an_answer_clears_the_failures_and_a_failure_adds_one() -> None:
    assert _after(FAILING, NotModified(HELD)).failures == 0
    assert _after(FAILING, FetchFailed("x")).failures == 4
    assert _after(FAILING, FetchFailed("x", offline=True)).failures == 3


def test_bad_content_forgets_what_could_make_the_server_say_304() -> None:
    state = _after(GOOD, ParseFailed("no feed"))
    assert state.validators == Validators()
    assert state.body_hash is None
    assert state.last_answer == NOON
    assert state.last_ok == GOOD.last_ok


def test_a_failure_over_damage_has_the_feed_read_again() -> None:
    state = _after(DAMAGED, FetchFailed("x", status=500))
    assert (state.validators, state.body_hash) == (Validators(), None)


def test_a_passing_failure_keeps_what_is_held() -> None:
    state = _after(GOOD, FetchFailed("x", status=500))
    assert (state.validators, state.body_hash) == (HELD, "h")


def test_a_move_is_remembered_until_the_old_address_answers_itself() -> None:
    moved = _after(GOOD, NotModified(HELD, moved_to="https://b.example/feed"))
    assert moved.moved_to == "https://b.example/feed"
    assert _after(moved, FetchFailed("x")).moved_to == "https://b.example/feed"
    assert _after(moved, NotModified(HELD)).moved_to is None


def test_only_new_entries_move_the_time_of_the_last_new_one() -> None:
    assert _after(GOOD, _taken(new=0)).last_new is None
    assert _after(GOOD, _taken(new=2)).last_new == NOON


WAITS: list[tuple[Outcome, timedelta | None, timedelta]] = [
    (NotModified(HELD), None, 15 * MINUTE),
    (NotModified(HELD), MINUTE, 5 * MINUTE),
    (NotModified(HELD), 3 * HOUR, 3 * HOUR),
    (SameBody(_fetched(Validators())), None, HOUR),
    (SameBody(_fetched(Validators())), 10 * MINUTE, 10 * MINUTE),
    (NotModified(HELD, max_age=40 * MINUTE), None, 40 * MINUTE),
    (NotModified(HELD, max_age=MINUTE), None, 15 * MINUTE),
    (NotModified(HELD, max_age=24 * HOUR), None, 5 * HOUR),
    (NotModified(HELD, max_age=40 * MINUTE), 10 * MINUTE, 40 * MINUTE),
    (FetchFailed("x", status=429, retry_after=2 * HOUR), None, 2 * HOUR),
    (FetchFailed("x", status=503, retry_after=1000 * HOUR), None, 24 * HOUR),
    (FetchFailed("x", status=429, retry_after=MINUTE), None, 15 * MINUTE),
    (FetchFailed("x", offline=True), None, MINUTE),
]


@pytest.mark.parametrize(("outcome", "every", "wait"), WAITS)
def test_the_next_poll_is_due_when_the_rules_say(
    outcome: Outcome, every: timedelta | None, wait: timedelta
) -> None:
    state = _after(GOOD, outcome, every=every)
    assert state.next_due is not None
    assert state.next_due - NOON == wait


def test_a_ttl_is_believed_for_an_hour_at_most_and_only_without_an_own_interval() -> None:
    taken = replace(_taken(), parsed=Parsed((), "", "rss20", wishes=Wishes(24 * HOUR)))
    assert _after(GOOD, taken).next_due == NOON + HOUR
    assert _after(GOOD, taken, every=10 * MINUTE).next_due == NOON + 10 * MINUTE


def test_what_a_feed_wished_is_remembered_while_it_says_that_nothing_has_changed() -> None:
    taken = replace(_taken(), parsed=Parsed((), "", "rss20", wishes=Wishes(HOUR, (13,))))
    state = _after(GOOD, taken)
    assert state.wishes == Wishes(HOUR, (13,))
    assert _after(state, NotModified(HELD)).next_due == NOON + 2 * HOUR
    assert _after(state, SameBody(_fetched())).next_due == NOON + 2 * HOUR
    assert _after(state, NotModified(HELD), every=10 * MINUTE).next_due == NOON + 10 * MINUTE


SKIPS = [
    (Wishes(skip_hours=(12, 13, 14)), NOON + 3 * HOUR + 15 * MINUTE),
    (Wishes(skip_hours=(11, 13)), NOON + 15 * MINUTE),
    (Wishes(skip_days=(6,)), NOON + 12 * HOUR + 15 * MINUTE),
    (Wishes(skip_days=(0, 1, 2)), NOON + 15 * MINUTE),
    (Wishes(skip_days=(5, 6, 0)), NOON + 24 * HOUR + 15 * MINUTE),
    (Wishes(skip_hours=tuple(range(12, 24)), skip_days=(0,)), NOON + 24 * HOUR + 15 * MINUTE),
]


@pytest.mark.parametrize(("wishes", "due"), SKIPS)  # NOON is on a Sunday
def test_hours_and_days_that_a_feed_wants_skipped_are_skipped_for_a_day_at_most(
    wishes: Wishes, due: datetime
) -> None:
    assert _after(replace(GOOD, wishes=wishes), NotModified(HELD)).next_due == due


RHYTHMS = [
    (10 * MINUTE, NOON, 15 * MINUTE),
    (HOUR, NOON, 30 * MINUTE),
    (5 * HOUR, NOON, HOUR),
    (None, NOON, 15 * MINUTE),
    (None, NOON - 8 * HOUR, 30 * MINUTE),
    (10 * MINUTE, NOON - 100 * HOUR, HOUR),
]


@pytest.mark.parametrize(("gap", "last_new", "wait"), RHYTHMS)
def test_a_feed_is_asked_twice_in_its_own_gap_and_hourly_at_least(
    gap: timedelta | None, last_new: datetime, wait: timedelta
) -> None:
    state = replace(GOOD, usual_gap=gap, last_new=last_new)
    assert _after(state, NotModified(HELD)).next_due == NOON + wait
    assert _after(state, NotModified(HELD), yields=True).next_due == NOON + 15 * MINUTE
    assert _after(state, NotModified(HELD), every=20 * MINUTE).next_due == NOON + 20 * MINUTE


def test_the_first_sight_of_a_feed_dates_its_last_news_by_its_own_dates() -> None:
    old = entry(URL, "1", "old", NOON - 900 * HOUR).entry
    older = entry(URL, "2", "older", NOON - 990 * HOUR).entry
    future = entry(URL, "3", "no such day", NOON + HOUR).entry
    taken = replace(_taken(new=3), parsed=Parsed((older, old, future), "", "rss20"))
    assert _after(NEVER, taken).last_new == NOON - 900 * HOUR
    assert _after(GOOD, taken).last_new == NOON


def test_a_refusal_waits_longer_than_a_failure_and_up_to_a_day() -> None:
    for outcome, first in ((FetchFailed("x", status=404), HOUR), (ParseFailed("x"), 15 * MINUTE)):
        state, waits = GOOD, []
        for _ in range(9):
            state = _after(state, outcome)
            assert state.next_due is not None
            waits.append(state.next_due - NOON)
        assert waits[0] == first
        assert waits[-1] == 24 * HOUR
    assert _after(GOOD, FetchFailed("x", status=408)).next_due == NOON + 15 * MINUTE


def test_failures_in_a_row_double_the_wait_up_to_six_hours() -> None:
    state, waits = GOOD, []
    for _ in range(8):
        state = _after(state, FetchFailed("x"))
        assert state.next_due is not None
        waits.append((state.next_due - NOON) / MINUTE)
    assert waits == [15, 30, 60, 120, 240, 360, 360, 360]


def test_a_very_long_row_of_failures_does_not_overflow() -> None:
    state = _after(replace(GOOD, failures=100_000), FetchFailed("x"))
    assert state.next_due == NOON + 6 * HOUR


def test_chance_spreads_the_polls_by_a_little_and_never_forward() -> None:
    soonest = _after(GOOD, NotModified(HELD), jitter=0.0).next_due
    latest = _after(GOOD, NotModified(HELD), jitter=0.999).next_due
    assert soonest == NOON + 15 * MINUTE
    assert latest is not None
    assert 15.5 * MINUTE < latest - NOON <= 16 * MINUTE
    asked = _after(GOOD, FetchFailed("x", status=429, retry_after=2 * HOUR), jitter=0.999).next_due
    assert asked is not None
    assert asked - NOON > 2 * HOUR


def test_a_feed_that_is_gone_is_never_due_again() -> None:
    gone = _after(GOOD, FetchFailed("gone", status=410, gone=True))
    assert gone.next_due is None
    assert not is_due(gone, NOON + 10_000 * HOUR)


def test_a_clock_that_was_turned_back_does_not_silence_a_feed() -> None:
    state = _after(GOOD, NotModified(HELD))
    assert not is_due(state, NOON + MINUTE)
    assert is_due(state, NOON - 24 * HOUR)


@pytest.mark.parametrize("outcome", [one[1] for one in STATUS_AFTER])
def test_every_time_in_a_state_is_aware_and_in_utc(outcome: Outcome) -> None:
    state = _after(GOOD, outcome)
    for moment in (state.last_attempt, state.last_answer, state.last_ok, state.last_new, state.next_due):
        assert moment is None or moment.utcoffset() == timedelta(0)


def test_what_came_last_and_how_often_it_was_nothing_new_is_kept() -> None:
    state = _after(NEVER, _taken())
    assert (state.last_status, state.last_bytes, state.unchanged_share) == (200, 1, 0.0)
    state = _after(state, NotModified(HELD))
    assert (state.last_status, state.last_bytes, state.unchanged_share) == (304, 1, 0.5)
    state = _after(state, FetchFailed("no such page", status=404))
    assert (state.last_status, state.polls) == (404, 2)
    state = _after(state, FetchFailed("no answer"))
    assert state.last_status == 404
    for _ in range(300):
        state = _after(state, NotModified(HELD))
    assert state.polls <= 200
    assert NEVER.unchanged_share is None
