"""Whole texts while fetching goes on: one page at a time, through the one HTTP door, as its site allows."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from typing import Protocol, TypeVar

from tui.domain.clock import Clock
from tui.domain.entry import Entry, text_hash
from tui.domain.feed import Feed, FeedList, PagePlan, Validators
from tui.domain.full_text import FullTextWish, Unread
from tui.domain.origin import origin_of
from tui.domain.reading import Reading
from tui.domain.value import dataclass
from tui.pipeline.ending import end
from tui.pipeline.ports import Fetched, Fetcher, FetchFailed, ParseFailed, ReadEntry
from tui.pipeline.robots import Robots

_log = logging.getLogger(__name__)

Answer = TypeVar("Answer")

LARGEST_PAGE = 3 * 1024 * 1024
"""Bytes of a page, packed and unpacked."""

_LOOK_SECONDS = 1.0
_BROKEN_SECONDS = 60.0
_SITE_SECONDS = 10.0
"""Between two pages of one site."""


class FullTextBook(Protocol):
    """What is stored of whole texts; called from one thread at a time."""

    def want_kept(self, since: datetime, now: datetime) -> None:
        """Want those of stories kept since then."""
        ...

    def wanted(self) -> tuple[Unread, ...]:
        """Stories whose whole text is waited for, the most wanted first."""
        ...

    def keep(self, key: str, at: datetime, text: str, reading: Reading | None, problem: str) -> None:
        """Store what came of it."""
        ...

    def close(self) -> None:
        """Close the connection."""
        ...


class PageReader(Protocol):
    """A killable child of its own: a hostile page holds up no feed."""

    async def page_text(self, body: bytes, content_type: str, url: str) -> str | ParseFailed:
        """The text of an article, cleaned."""
        ...

    async def read(self, feed: Feed, entries: Sequence[Entry], now: datetime) -> tuple[ReadEntry, ...]:
        """As `ports.Parser`."""
        ...

    async def aclose(self) -> None:
        """End the child."""
        ...


@dataclass(frozen=True, slots=True)
class FullTexting:
    """Everything that whole texts need of the world."""

    feeds: FeedList
    open_book: Callable[[], FullTextBook]
    fetcher: Fetcher
    make_reader: Callable[[], PageReader]
    clock: Clock


class FullTexts:
    """Fetches, extracts, reads and keeps."""

    def __init__(self, texting: FullTexting) -> None:
        self._texting = texting
        self._book: FullTextBook | None = None
        self._reader = texting.make_reader()
        self._feeds = {feed.url: feed for feed in texting.feeds.feeds}
        self._robots = Robots(texting.fetcher, texting.clock)
        self._rests: dict[str, float] = {}
        """Until when a site is left alone, by the monotonic clock."""
        self._began = texting.clock.now()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="full-texts")

    async def look(self) -> bool:
        """Fetch the next one whose site may be asked now; whether there was one."""
        clock = self._texting.clock
        if self._texting.feeds.settings.full_text is FullTextWish.KEPT:
            await self._ask(lambda book: book.want_kept(self._began, clock.now()))
        for story in await self._ask(lambda book: book.wanted()):
            site = origin_of(story.url)
            if self._rests.get(site, 0.0) > clock.monotonic():
                continue
            await self._fetch(story, site)
            return True
        return False

    async def _fetch(self, story: Unread, site: str) -> None:
        clock = self._texting.clock
        feed = self._feeds.get(story.feed_url, Feed(story.feed_url, story.feed_url))
        page = page_of(story, feed)
        permission = await self._robots.of(page)
        rest = max(_SITE_SECONDS, permission.delay)
        text, reading, problem = "", None, permission.why_not
        asked = [site]

        async def follow(address: str) -> str:
            why_not = await self._robots.may_follow(page, address)
            if not why_not:
                asked.append(origin_of(address))
            return why_not

        if permission.allowed:
            outcome = await self._texting.fetcher.fetch(page, Validators(), may_follow=follow)
            if isinstance(outcome, Fetched):
                found = await self._reader.page_text(outcome.body, outcome.content_type, outcome.url)
                if isinstance(found, ParseFailed):
                    problem = found.reason
                else:
                    text, reading = found, await self._read(story, feed, found)
            elif isinstance(outcome, FetchFailed):
                problem = outcome.reason
                if outcome.retry_after is not None:
                    rest = max(rest, outcome.retry_after.total_seconds())
            else:
                problem = "its server sent nothing new to who has nothing"
        # A site that a redirect led to was asked for a page as well.
        self._rests |= dict.fromkeys(asked, clock.monotonic() + rest)
        await self._ask(lambda book: book.keep(story.key, clock.now(), text, reading, problem))

    async def _read(self, story: Unread, feed: Feed, text: str) -> Reading | None:
        entry = Entry(
            key=story.key,
            feed_url=feed.url,
            identity=story.url,
            url=story.url,
            title=story.title,
            summary=text,
            hash=text_hash(story.title, text, story.url),
            published=story.published,
            lang=story.lang,
        )
        read = await self._reader.read(feed, [entry], self._texting.clock.now())
        return read[0].reading if read else None

    async def aclose(self) -> None:
        """Close the book and end the child."""
        try:
            if self._book is not None:
                await self._ask(lambda book: book.close())
        finally:
            self._thread.shutdown(wait=False)
            await self._reader.aclose()

    async def _ask(self, question: Callable[[FullTextBook], Answer]) -> Answer:
        def work() -> Answer:
            self._book = self._book or self._texting.open_book()  # a connection is of the thread that made it
            return question(self._book)

        return await asyncio.get_running_loop().run_in_executor(self._thread, work)


def page_of(story: Unread, feed: Feed) -> Feed:
    """The page as a thing to fetch: without the feed's secrets, private only where the feed itself may be."""
    return Feed(
        url=story.url,
        name=feed.name,
        max_size=LARGEST_PAGE,
        proxy=feed.proxy,
        allow_private=feed.allow_private and origin_of(story.url) == origin_of(feed.url),
        page=PagePlan("article"),
    )


async def fetch_texts_for_ever(texting: FullTexting) -> None:
    """One after the other; what breaks is logged and tried again, and stops no polling."""
    while True:
        texts = None
        try:
            texts = FullTexts(texting)
            while True:
                if not await texts.look():
                    await asyncio.sleep(_LOOK_SECONDS)
        except Exception:  # noqa: BLE001 - the supervisor: nothing dies in silence
            _log.exception("fetching whole texts broke; it starts again in %g s", _BROKEN_SECONDS)
            await asyncio.sleep(_BROKEN_SECONDS)
        finally:
            if texts is not None:
                with suppress(Exception):
                    await texts.aclose()


@asynccontextmanager
async def full_texts_beside(texting: FullTexting | None) -> AsyncIterator[None]:
    """Whole texts for as long as the block runs; one that was under way is fetched again at the next start."""
    task = asyncio.create_task(fetch_texts_for_ever(texting)) if texting is not None else None
    try:
        yield
    finally:
        await end(task)
