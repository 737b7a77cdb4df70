"""Hosts that ask for more than the usual of feed readers."""

from datetime import timedelta
from itertools import pairwise

import pytest

from tests.pipeline.conftest import OpenRounds
from tests.pipeline.fakes import NOON, HandClock, MemoryKeeper, ScriptedFetcher
from tui.domain.feed import Feed, FeedState, FeedStatus, Settings, Validators
from tui.pipeline.health import PARSE_VERSION, Terms, after, conditions
from tui.pipeline.host_rules import HOST_RULES, rule_for
from tui.pipeline.ports import Fetched, FetchFailed
from tui.pipeline.rhythm import Rhythm, usual_interval
from tui.pipeline.rounds import due_feeds

HOUR = timedelta(hours=1)


def test_a_rule_holds_for_a_host_and_its_subdomains_and_for_no_other() -> None:
    assert rule_for("https://www.reddit.com/r/a.rss").host == "reddit.com"
    for other in ("https://notreddit.com/", "https://reddit.com.evil.example/", "http://[::1/", "nonsense"):
        assert rule_for(other).host == ""
    assert all(rule.why for rule in HOST_RULES)


def test_a_host_that_wants_an_hour_gets_it_whatever_the_list_says() -> None:
    feed = Feed("https://rachelbythebay.com/w/atom.xml", "r", every=timedelta(minutes=5))
    assert usual_interval(feed, Settings(), Rhythm()) == HOUR


@pytest.mark.parametrize(
    ("url", "kept"), [("https://rachelbythebay.com/w/atom.xml", True), ("https://a.example/f", False)]
)
def test_a_host_that_objects_is_never_asked_without_its_validators(url: str, *, kept: bool) -> None:
    state = FeedState(
        url,
        FeedStatus.OK,
        Validators('"1"'),
        "h",
        last_full=NOON - timedelta(days=30),
        read_by=PARSE_VERSION,
    )
    assert (conditions(state, Rhythm(), NOON) == state.validators) is kept


def test_a_host_whose_404s_pass_is_asked_again_soon() -> None:
    def wait(url: str) -> timedelta:
        terms = Terms(Feed(url, "f"), Settings(), Rhythm(), NOON, 0.0)
        state = after(FeedState(url, FeedStatus.OK), FetchFailed("no such page", status=404), terms)
        assert state.next_due is not None
        return state.next_due - NOON

    assert wait("https://www.youtube.com/feeds/videos.xml?channel_id=1") == timedelta(minutes=15)
    assert wait("https://a.example/f") == HOUR


async def test_the_feeds_of_a_host_that_wants_rest_take_turns_the_longest_waiting_first(
    open_rounds: OpenRounds,
) -> None:
    urls = [f"https://www.reddit.com/r/{name}.rss" for name in "abc"]
    fetcher = ScriptedFetcher(
        {url: [Fetched(b"1|x", "", Validators('"1"'), url)] for url in (*urls, "https://a.example/f")}
    )
    clock, keeper = HandClock(), MemoryKeeper()
    feeds = [Feed(url, url) for url in (*urls, "https://a.example/f")]
    rounds = await open_rounds(keeper, fetcher=fetcher, clock=clock)
    asked_at: list[timedelta] = []
    for _ in range(3):
        before = len(fetcher.asked)
        await rounds.run(due_feeds(feeds, rounds.states, clock.now()))
        asked = [url for url, _ in fetcher.asked[before:] if "reddit" in url]
        assert len(asked) == 1
        asked_at.append(clock.now() - NOON)
        clock.turn(timedelta(seconds=61))
    assert sorted(url for url, _ in fetcher.asked if "reddit" in url) == urls
    assert all(later - sooner >= timedelta(minutes=1) for sooner, later in pairwise(asked_at))
