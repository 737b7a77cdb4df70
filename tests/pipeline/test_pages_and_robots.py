"""A page that is no feed is asked for as far as the robots.txt of its site lets programs."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.pipeline.conftest import OpenRounds
from tests.pipeline.fakes import HandClock, MemoryKeeper, ScriptedFetcher
from tests.servers.loopback import LoopbackServer
from tui.domain.feed import Feed, FeedKind, FeedState, FeedStatus, PagePlan, Settings
from tui.feeds.fetch import HttpFetcher
from tui.pipeline.ports import FetchFailed
from tui.pipeline.robots import Robots


def _page(server: LoopbackServer) -> Feed:
    return Feed(
        server.url("/list"),
        "Tally",
        kind=FeedKind.PAGE,
        page=PagePlan("li"),
        params=(("key", "s3cret"),),
        allow_private=True,
    )


def _paths(server: LoopbackServer) -> list[str]:
    return [request.path for request in server.received]


@pytest.fixture
def listed(server: LoopbackServer) -> LoopbackServer:
    server.put("/list?key=s3cret", b"1|DRONE tally: 4")
    return server


async def test_a_page_that_programs_are_kept_out_of_is_never_asked_for(
    listed: LoopbackServer, open_rounds: OpenRounds
) -> None:
    listed.put("/robots.txt", b"User-agent: *\nDisallow: /list\n")
    keeper, page = MemoryKeeper(), _page(listed)
    rounds = await open_rounds(keeper)
    for _ in range(2):
        await rounds.run([page])
    state = keeper.states[page.url]
    assert state.status is FeedStatus.FAILING
    assert "robots.txt" in (state.problem or "")
    assert _paths(listed) == ["/robots.txt"]


@pytest.mark.parametrize(
    "rules",
    [
        b"# nothing is said\n",
        b"User-agent: *\nDisallow: /private\n",
        b"User-agent: Overflight\nAllow: /\n\nUser-agent: *\nDisallow: /\n",
        b"\xff\x00 no rules at all",
    ],
)
async def test_what_the_rules_leave_open_is_asked_for(
    listed: LoopbackServer, open_rounds: OpenRounds, rules: bytes
) -> None:
    listed.put("/robots.txt", rules)
    summary = await (await open_rounds(MemoryKeeper())).run([_page(listed)])
    assert (summary.new, summary.failed) == (1, 0)


async def test_the_rules_are_asked_for_once_a_day_and_without_the_secrets_of_the_page(
    listed: LoopbackServer, open_rounds: OpenRounds
) -> None:
    listed.put("/robots.txt", status=404)
    clock = HandClock()
    rounds = await open_rounds(MemoryKeeper(), clock=clock)
    for hours in (0, 1, 22, 2):
        clock.turn(timedelta(hours=hours))
        await rounds.run([_page(listed)])
    asked, page = "/robots.txt", "/list?key=s3cret"
    assert _paths(listed) == [asked, page, page, page, asked, page]


@pytest.mark.parametrize(("rules", "followed"), [(b"User-agent: *\nDisallow: /secret\n", False), (b"", True)])
async def test_the_rules_of_the_site_that_a_page_redirects_to_are_asked_for_before_it_is_followed(
    listed: LoopbackServer, open_rounds: OpenRounds, rules: bytes, *, followed: bool
) -> None:
    listed.put("/robots.txt", b"User-agent: *\nAllow: /\n")
    with LoopbackServer() as other:
        other.put("/robots.txt", rules)
        other.put("/secret/list", b"1|DRONE tally: 4")
        # Another port is another site by the rules, and the same host by those of private addresses.
        listed.put("/list?key=s3cret", status=302, headers={"Location": other.url("/secret/list")})
        keeper, page = MemoryKeeper(), _page(listed)
        summary = await (await open_rounds(keeper)).run([page])
        assert (summary.new, summary.failed) == ((1, 0) if followed else (0, 1))
        assert _paths(other) == (["/robots.txt", "/secret/list"] if followed else ["/robots.txt"])
        if not followed:
            assert "its robots.txt keeps programs out" in (keeper.states[page.url].problem or "")


async def test_a_page_that_has_moved_for_good_is_held_to_the_rules_of_where_it_is(
    listed: LoopbackServer, open_rounds: OpenRounds
) -> None:
    listed.put("/robots.txt", b"User-agent: *\nAllow: /\n")
    with LoopbackServer() as other:
        other.put("/robots.txt", b"User-agent: *\nDisallow: /secret\n")
        other.put("/secret/list", b"1|DRONE tally: 4")
        keeper, page = MemoryKeeper(), _page(listed)
        keeper.states[page.url] = FeedState(page.url, address=other.url("/secret/list"))
        assert (await (await open_rounds(keeper)).run([page])).failed == 1
        assert _paths(other) == ["/robots.txt"]


async def test_what_a_stranger_may_not_ask_of_a_private_site_says_nothing_of_who_may(
    listed: LoopbackServer,
) -> None:
    listed.put("/robots.txt", b"User-agent: *\nAllow: /\n")
    fetcher = HttpFetcher(Settings(), HandClock())
    robots = Robots(fetcher, HandClock())
    own = replace(_page(listed), url=listed.url("/list").replace("127.0.0.1", "localhost"))
    assert not (await robots.of(replace(own, allow_private=False))).allowed
    assert (await robots.of(own)).allowed
    await fetcher.aclose()


async def test_a_redirect_on_the_same_site_is_held_to_the_same_rules(
    listed: LoopbackServer, open_rounds: OpenRounds
) -> None:
    listed.put("/robots.txt", b"User-agent: *\nDisallow: /members\n")
    listed.put("/list?key=s3cret", status=301, headers={"Location": "/members/list"})
    keeper, page = MemoryKeeper(), _page(listed)
    await (await open_rounds(keeper)).run([page])
    assert _paths(listed) == ["/robots.txt", "/list?key=s3cret"]
    assert "robots.txt" in (keeper.states[page.url].problem or "")


async def test_rules_that_cannot_be_read_keep_us_out_for_an_hour(
    listed: LoopbackServer, open_rounds: OpenRounds
) -> None:
    listed.put("/robots.txt", status=503)
    clock = HandClock()
    rounds = await open_rounds(MemoryKeeper(), clock=clock)
    for _ in range(2):
        assert (await rounds.run([_page(listed)])).failed == 1
    assert _paths(listed) == ["/robots.txt"]
    listed.put("/robots.txt", b"User-agent: *\nDisallow: /private\n")
    clock.turn(timedelta(hours=2))
    assert (await rounds.run([_page(listed)])).new == 1


async def test_a_site_that_is_not_reached_at_all_is_the_networks_doing_and_asked_the_next_time(
    listed: LoopbackServer, open_rounds: OpenRounds
) -> None:
    page, unreached = _page(listed), FetchFailed("No server was reached", offline=True)
    rounds = await open_rounds(
        MemoryKeeper(), fetcher=ScriptedFetcher({listed.url("/robots.txt"): [unreached]})
    )
    summary = await rounds.run([page])
    assert (summary.network_down, summary.failed) == (True, 0)


async def test_a_feed_is_made_for_programs_and_asked_for_at_once(
    server: LoopbackServer, open_rounds: OpenRounds
) -> None:
    server.put("/robots.txt", b"User-agent: *\nDisallow: /\n")
    server.put("/a", b"1|x")
    await (await open_rounds(MemoryKeeper())).run([Feed(server.url("/a"), "a", allow_private=True)])
    assert _paths(server) == ["/a"]
