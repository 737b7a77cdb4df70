"""What a changed list of feeds does to feeds that are known already."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.pipeline.fakes import NOON
from tui.domain.feed import Feed, FeedKind, FeedList, FeedState, FeedStatus, Settings, Validators
from tui.pipeline.list_change import change_of, moved_states, same_work
from tui.pipeline.rhythm import Rhythm

URL = "https://a.example/f"
FEED = Feed(URL, "a", every=timedelta(hours=6))
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
STATE = FeedState(
    URL, FeedStatus.OK, Validators('"1"'), "h", last_attempt=NOON - HOUR, next_due=NOON + 5 * HOUR
)


def _list(*feeds: Feed, **settings: Any) -> FeedList:
    return FeedList(feeds, Settings(**settings), "feeds.toml")


def _after(feed: Feed, state: FeedState = STATE) -> FeedState:
    moved = moved_states(_list(FEED), _list(feed), {URL: state}, Rhythm(), NOON)
    return moved[0] if moved else state


@pytest.mark.parametrize(
    "other", [{"headers": (("X-Key", "k"),)}, {"allow_private": True}, {"max_size": 5000}]
)
def test_a_feed_that_is_asked_in_another_way_is_asked_at_once(other: dict[str, Any]) -> None:
    assert _after(replace(FEED, **other)) == replace(STATE, next_due=NOON)


def test_a_feed_that_was_asked_a_moment_ago_is_not_asked_again_in_the_same_minute() -> None:
    just = replace(STATE, last_attempt=NOON - MINUTE / 4)
    assert _after(replace(FEED, allow_private=True), just).next_due == NOON + MINUTE * 3 / 4


def test_a_feed_that_is_parsed_in_another_way_is_read_whole() -> None:
    state = _after(replace(FEED, kind=FeedKind.SEARCH))
    assert (state.validators, state.body_hash, state.next_due) == (Validators(), None, NOON)


def test_a_shorter_interval_does_not_wait_for_the_end_of_the_longer() -> None:
    assert _after(replace(FEED, every=2 * HOUR)).next_due == NOON + HOUR
    assert _after(replace(FEED, every=10 * HOUR)) == STATE
    failing = replace(STATE, status=FeedStatus.FAILING, failures=3)
    assert _after(replace(FEED, every=HOUR), failing) == failing


def test_a_new_name_or_language_changes_nothing_about_when_it_is_asked() -> None:
    assert _after(replace(FEED, name="b", lang="pl", publisher="p")) == STATE


def test_a_feed_that_is_gone_stays_gone_and_one_that_is_new_has_no_state_to_change() -> None:
    gone = replace(STATE, status=FeedStatus.GONE, next_due=None)
    assert _after(replace(FEED, allow_private=True), gone) == gone
    other = Feed("https://b.example/f", "b")
    assert moved_states(_list(FEED), _list(FEED, other), {URL: STATE}, Rhythm(), NOON) == ()


def test_a_change_is_counted_by_address() -> None:
    b, c = (Feed(f"https://{name}.example/f", name) for name in "bc")
    change = change_of(_list(FEED, b), _list(replace(FEED, name="x"), c))
    assert str(change) == "1 feeds added, 1 removed, 1 changed"


def test_lists_that_differ_in_nothing_but_their_file_ask_for_the_same() -> None:
    assert same_work(_list(FEED), replace(_list(FEED), path="other.toml", warnings=("w",)))
    assert not same_work(_list(FEED), _list(FEED, concurrency=3))
