"""What a site's robots.txt lets programs ask for: heeded where a page is read that is no feed."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import urljoin
from urllib.robotparser import RobotFileParser

from tui.domain.clock import Clock
from tui.domain.feed import Feed
from tui.domain.origin import origin_of
from tui.feeds.failures import site_of
from tui.pipeline.ports import Fetched, FetchFailed, FetchOutcome

AGENT = "Overflight"

_LONGEST = 64 * 1024
"""Bytes of it that are read."""
_BELIEVED = timedelta(days=1)


def rules_of(outcome: FetchOutcome, address: str) -> RobotFileParser:
    """What it says; one that is not there keeps nobody out."""
    rules = RobotFileParser(address)
    text = outcome.body[:_LONGEST].decode("utf-8", "replace") if isinstance(outcome, Fetched) else ""
    rules.parse(text.splitlines())
    return rules


@dataclass(frozen=True, slots=True)
class _Known:
    rules: RobotFileParser
    asked: datetime


class Robots:
    """The rules of each site, asked for once a day."""

    def __init__(self, ask: Callable[[Feed], Awaitable[FetchOutcome]], clock: Clock) -> None:
        """`ask`: one plain request through the HTTP door."""
        self._ask = ask
        self._clock = clock
        self._known: dict[str, _Known] = {}

    async def refusal(self, page: Feed) -> FetchFailed | None:
        """Why a page may not be asked for now; None when it may."""
        origin, now = origin_of(page.url), self._clock.now()
        known = self._known.get(origin)
        if known is None or not timedelta(0) <= now - known.asked < _BELIEVED:
            address = urljoin(page.url, "/robots.txt")
            outcome = await self._ask(replace(page, url=address, page=None, params=()))
            if isinstance(outcome, FetchFailed) and not _is_none(outcome):
                # Rules that cannot be read may keep us out: those of yesterday hold, else nothing is asked.
                return None if known and known.rules.can_fetch(AGENT, page.url) else outcome
            known = self._known[origin] = _Known(rules_of(outcome, address), now)
        if known.rules.can_fetch(AGENT, page.url):
            return None
        return FetchFailed(
            f"{site_of(page.url)} keeps programs out of this page in its robots.txt; ask the publisher for a feed, "
            "or take the page out of feeds.toml"
        )


def _is_none(failed: FetchFailed) -> bool:
    return failed.status is not None and 400 <= failed.status < 500 and failed.status != 429
