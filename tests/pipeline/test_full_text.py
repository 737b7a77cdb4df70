"""The whole text of a story: fetched once, as its site allows, by a real fetcher, child and store."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.pipeline.fakes import HandClock
from tests.servers.loopback import LoopbackServer
from tests.store.samples import NOON, a_report, a_round, an_entry, filed, keeper_on, kept
from tui.domain.board import IncidentDetail, StoryDetail
from tui.domain.codes import Response
from tui.domain.entry import entry_key
from tui.domain.feed import Feed, FeedList, Settings
from tui.domain.full_text import FullText, FullTextWish, told_beside
from tui.domain.history import TimelineKind
from tui.feeds.fetch import HttpFetcher
from tui.pipeline.full_text import FullTexting, FullTexts, full_texts_beside
from tui.pipeline.parse_child import ChildLimits, ParseChild
from tui.pipeline.ports import ParseFailed
from tui.reading.conclude import conclude
from tui.reading.grouping import sketch_anew
from tui.reading.line import incident_line
from tui.store.database import open_reader, open_writer
from tui.store.full_texts import StoreFullTexts
from tui.store.load import StoreBoard
from tui.store.marks import StoreMarks
from tui.store.settling import Writing

needs_extra = pytest.mark.skipif(
    find_spec("trafilatura") is None, reason="the extra is not installed: pip install 'overflight[fulltext]'"
)
FILLER = "Officials said that an inquiry had been opened and that its findings would be made public in due course. "
ARTICLE = f"""<html><head><title>Drones</title></head><body><nav><a href=/>Home</a> <a href=/n>News</a></nav>
<article><h1>Drones cross the border</h1>
<p>Four drones were seen. {FILLER}</p>
<p>Two F-16 fighters were scrambled and one of the drones was shot down near Lublin, the Polish army said. {FILLER}</p>
<p>\x1b]0;PWNED\x07 {FILLER}</p></article><footer>All rights of everybody</footer></body></html>"""
WRITING = Writing(conclude, incident_line, sketch_anew)
LIMITS = ChildLimits(wall=60.0, entry_wall=60.0, page_wall=60.0)


class Desk:
    """A server with stories, a store that knows them, and who fetches their text."""

    def __init__(self, server: LoopbackServer, path: Path, wish: FullTextWish = FullTextWish.ASKED) -> None:
        self.server, self.path, self.clock = server, path, HandClock(NOON)
        self.feed = Feed(server.url("/feed"), "Example", lang="en", country="PL", allow_private=True)
        self.list = FeedList(feeds=(self.feed,), settings=Settings(full_text=wish), path="feeds.toml")
        keeper = keeper_on(path)
        keeper.sync_feeds([self.feed], NOON)
        keeper.close()

    def keep(self, number: int, *, url: str = "") -> str:
        """A story is kept, of an address of our server unless one is given; its key."""
        url = url or self.server.url(f"/story{number}")
        key = entry_key(self.feed.url, f"guid-{number}")
        read = kept(an_entry(number, feed=self.feed.url, url=url), a_report())
        keeper = keeper_on(self.path)
        keeper.save_round(
            a_round(read, filing=filed(read, f"i{number}"), feed=self.feed.url, at=self.clock.now())
        )
        keeper.close()
        return key

    def ask(self, key: str) -> None:
        marks = StoreMarks(open_writer(self.path))
        marks.ask_full_text(key, self.clock.now())
        marks.close()

    def stands(self, key: str) -> FullText | None:
        return self.story(key).full

    def story(self, key: str) -> StoryDetail:
        board = StoreBoard(open_reader(self.path))
        try:
            story = board.story(key)
            assert story is not None
            return story
        finally:
            board.close()

    def incident(self, key: str) -> IncidentDetail:
        board = StoreBoard(open_reader(self.path))
        try:
            found = board.incident(key)
            assert found is not None
            return found
        finally:
            board.close()

    @property
    def asked(self) -> list[str]:
        return [request.path for request in self.server.received]

    @asynccontextmanager
    async def texts(self) -> AsyncIterator[FullTexts]:
        fetcher = HttpFetcher(self.list.settings, self.clock)
        made = FullTexts(self.texting(fetcher))
        try:
            yield made
        finally:
            await made.aclose()
            await fetcher.aclose()

    def texting(self, fetcher: HttpFetcher) -> FullTexting:
        return FullTexting(
            self.list,
            lambda: StoreFullTexts(open_writer(self.path), WRITING),
            fetcher,
            lambda: ParseChild(limits=LIMITS),
            self.clock,
        )


@pytest.fixture
def server() -> Iterator[LoopbackServer]:
    with LoopbackServer() as running:
        running.put("/robots.txt", b"User-agent: *\nDisallow: /private\n", status=200)
        yield running


@pytest.fixture
def desk(server: LoopbackServer, tmp_path: Path) -> Desk:
    return Desk(server, tmp_path / "home" / "o.db")


@needs_extra
async def test_a_text_that_is_asked_for_is_fetched_cleaned_read_and_kept(desk: Desk) -> None:
    desk.server.put("/story1", ARTICLE.encode(), headers={"Content-Type": "text/html; charset=utf-8"})
    key = desk.keep(1)
    async with desk.texts() as texts:
        assert not await texts.look(), "nobody asked"
        desk.ask(key)
        waiting = desk.stands(key)
        assert waiting is not None
        assert waiting.fetched is None
        assert await texts.look()
        assert not await texts.look()
    found = desk.stands(key)
    assert found is not None
    assert "scrambled" in found.text
    assert "All rights" not in found.text
    assert "Home" not in found.text
    assert "\x1b" not in found.text
    assert found.reading is not None
    beside = {(span.fact, span.value) for span in told_beside((), found.reading.reports)}
    assert ("response", "scramble") in beside
    assert desk.asked == ["/robots.txt", "/story1"]


@needs_extra
async def test_what_it_tells_beside_the_feeds_words_counts_for_the_incident_and_says_where_it_is_from(
    desk: Desk,
) -> None:
    desk.server.put("/story1", ARTICLE.encode(), headers={"Content-Type": "text/html; charset=utf-8"})
    key = desk.keep(1)
    before = desk.incident("i1")
    assert before.row.facts.response == ()
    desk.ask(key)
    desk.clock.turn(timedelta(hours=1))
    async with desk.texts() as texts:
        await texts.look()
    after = desk.incident("i1")
    assert Response.SCRAMBLE in after.row.facts.response
    assert (after.row.stories, after.row.publishers) == (before.row.stories, before.row.publishers)
    assert after.row.last_revised > before.row.last_revised
    added = [step for step in after.timeline if step.kind is TimelineKind.FULL_TEXT]
    assert [(step.at, step.story) for step in added] == [(desk.clock.now(), key)]
    assert added[0].text.startswith("its whole text adds: ")
    story = desk.story(key)
    assert story.reading.reports[0].response == (), "the feed's words say what they said"


@needs_extra
async def test_what_is_there_is_not_fetched_again_and_the_board_is_told(desk: Desk) -> None:
    desk.server.put("/story1", ARTICLE.encode(), headers={"Content-Type": "text/html; charset=utf-8"})
    key = desk.keep(1)
    desk.ask(key)
    board = StoreBoard(open_reader(desk.path))
    before = board.stamp().generation
    async with desk.texts() as texts:
        await texts.look()
        assert board.stamp().generation > before
        board.close()
        desk.ask(key)
        assert not await texts.look()
    assert desk.asked.count("/story1") == 1


@pytest.mark.parametrize(
    ("robots", "said"),
    [
        ((b"User-agent: Overflight\nDisallow: /\n", 200), "keeps programs out"),
        ((b"", 503), "cannot be had now"),
        ((b"", 429), "cannot be had now"),
    ],
)
async def test_a_site_that_wants_no_programs_is_left_alone(
    desk: Desk, robots: tuple[bytes, int], said: str
) -> None:
    desk.server.put("/robots.txt", robots[0], status=robots[1])
    key = desk.keep(1)
    desk.ask(key)
    async with desk.texts() as texts:
        assert await texts.look()
    found = desk.stands(key)
    assert found is not None
    assert said in found.problem
    assert desk.asked == ["/robots.txt"]


async def test_a_site_is_asked_for_one_page_in_ten_seconds_and_as_seldom_as_it_says(desk: Desk) -> None:
    desk.server.put("/robots.txt", b"User-agent: *\nCrawl-delay: 45\n", status=200)
    for number in (1, 2):
        desk.server.put(f"/story{number}", b"", status=404)
        desk.ask(desk.keep(number))
    async with desk.texts() as texts:
        assert await texts.look()
        desk.clock.turn(timedelta(seconds=44))
        assert not await texts.look()
        desk.clock.turn(timedelta(seconds=2))
        assert await texts.look()
    assert len([path for path in desk.asked if path.startswith("/story")]) == 2
    assert desk.asked.count("/robots.txt") == 1


async def test_one_that_failed_says_why_and_may_be_asked_for_again(desk: Desk) -> None:
    desk.server.put("/story1", b"", status=429, headers={"Retry-After": "300"})
    key = desk.keep(1)
    desk.ask(key)
    async with desk.texts() as texts:
        await texts.look()
        found = desk.stands(key)
        assert found is not None
        assert found.problem
        assert not found.text
        desk.ask(key)
        desk.clock.turn(timedelta(seconds=200))
        assert not await texts.look(), "its server wants rest"
        desk.clock.turn(timedelta(seconds=101))
        assert await texts.look()


async def test_a_page_elsewhere_gets_nothing_of_the_feeds_allowances(desk: Desk) -> None:
    with LoopbackServer() as other:
        other.put("/story1", ARTICLE.encode())
        url = other.url("/story1")
        read = kept(an_entry(1, feed=desk.feed.url, url=url), a_report())
        keeper = keeper_on(desk.path)
        keeper.save_round(a_round(read, filing=filed(read, "i1"), feed=desk.feed.url))
        keeper.close()
        key = entry_key(desk.feed.url, "guid-1")
        desk.ask(key)
        async with desk.texts() as texts:
            await texts.look()
        assert not other.received, "a private address of another server is never asked"
        found = desk.stands(key)
        assert found is not None
        assert found.problem


async def test_the_rules_of_the_site_that_a_story_redirects_to_are_asked_first(desk: Desk) -> None:
    with LoopbackServer() as other:
        other.put("/robots.txt", b"User-agent: *\nDisallow: /\n")
        other.put("/story1", ARTICLE.encode())
        desk.server.put("/story1", b"", status=302, headers={"Location": other.url("/story1")})
        key = desk.keep(1)
        desk.ask(key)
        async with desk.texts() as texts:
            await texts.look()
        assert [request.path for request in other.received] == ["/robots.txt"]
        found = desk.stands(key)
        assert found is not None
        assert "redirects to" in found.problem
        assert "keeps programs out" in found.problem


async def test_a_site_that_a_story_redirects_to_rests_as_well(desk: Desk) -> None:
    with LoopbackServer() as other:
        for number in (1, 2):
            other.put(f"/story{number}", b"", status=404)
        desk.server.put("/story1", b"", status=302, headers={"Location": other.url("/story1")})
        desk.ask(desk.keep(1))
        async with desk.texts() as texts:
            assert await texts.look()
            desk.ask(desk.keep(2, url=other.url("/story2")))
            assert not await texts.look()
            desk.clock.turn(timedelta(seconds=11))
            assert await texts.look()
        assert "/story1" in [request.path for request in other.received]


async def test_of_kept_stories_those_of_now_on_are_fetched_unasked(
    server: LoopbackServer, tmp_path: Path
) -> None:
    desk = Desk(server, tmp_path / "home" / "o.db", FullTextWish.KEPT)
    old = desk.keep(1)
    desk.clock.turn(timedelta(hours=1))
    server.put("/story2", b"", status=404)
    async with desk.texts() as texts:
        new = desk.keep(2)
        assert await texts.look()
        assert not await texts.look()
    assert desk.stands(old) is None
    assert desk.stands(new) is not None


async def test_beside_the_polling_it_ends_when_that_does(desk: Desk) -> None:
    fetcher = HttpFetcher(desk.list.settings, desk.clock)
    async with full_texts_beside(desk.texting(fetcher)), full_texts_beside(None):
        pass
    await fetcher.aclose()


@pytest.mark.skipif(find_spec("trafilatura") is not None, reason="the extra is installed")
async def test_without_the_extra_it_says_how_to_get_it(desk: Desk) -> None:
    desk.server.put("/story1", ARTICLE.encode())
    key = desk.keep(1)
    desk.ask(key)
    async with desk.texts() as texts:
        await texts.look()
    found = desk.stands(key)
    assert found is not None
    assert "pip install 'overflight[fulltext]'" in found.problem


HOSTILE = {
    "nested": b"<div>" * 100_000 + b"x",
    "tags": b"<p>x</p>" * 200_000,
    "attributes": b"<p " + b" ".join(b"a%d=1" % number for number in range(50_000)) + b">x</p>",
    "one word": b"<article><p>" + b"x" * 2_900_000,
    "comments": b"<!--" * 100_000,
    "entities": b"<article><p>" + b"&amp;" * 400_000,
    "utf-7": b'<html><head><meta charset="utf-7"></head><body>' + b"+ADw-script+AD4-" * 100,
    "nothing": b"\x00" * 1000,
}


@needs_extra
async def test_no_page_outlives_its_limits_and_the_next_one_is_read() -> None:
    child = ParseChild("tests.parse.child_readers:plain", ChildLimits(page_wall=12.0))
    try:
        await child.start()
        for name, body in HOSTILE.items():
            found = await child.page_text(body, "text/html", "https://a.example/x")
            assert isinstance(found, ParseFailed) or len(found) <= 20_000, name
        found = await child.page_text(ARTICLE.encode(), "text/html; charset=utf-8", "https://a.example/y")
        assert isinstance(found, str)
        assert "Lublin" in found
    finally:
        await child.aclose()
