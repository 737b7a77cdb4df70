"""What a site's robots.txt lets a program fetch that a person did not list (RFC 9309)."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

from tui.domain.clock import Clock
from tui.domain.feed import Feed, Validators
from tui.domain.origin import origin_of
from tui.domain.value import dataclass
from tui.pipeline.ports import Fetched, Fetcher, FetchFailed

NAME = "Overflight"
"""What a robots.txt calls us."""

_LONGEST = 512 * 1024
"""Bytes that are looked at; RFC 9309 asks for 500 KiB at least."""
_HELD = timedelta(hours=24)
"""The longest that RFC 9309 lets rules be held for."""
_HELD_FAILING = timedelta(hours=1)
_MOST_SITES = 500
"""Whose rules are held at once."""
_LONGEST_DELAY = 120.0
"""Seconds; some sites ask for a day, which would be never."""


@dataclass(frozen=True, slots=True)
class Permission:
    """Whether an address may be fetched, and how long to wait between two of its site."""

    allowed: bool
    why_not: str = ""
    failed: FetchFailed | None = None
    """Set when the rules could not be had."""
    delay: float = 0.0
    """Seconds."""


class Robots:
    """Asks each site once a day."""

    def __init__(self, fetcher: Fetcher, clock: Clock) -> None:
        self._fetcher = fetcher
        self._clock = clock
        self._known: dict[tuple[str, bool], tuple[RobotFileParser | FetchFailed, datetime]] = {}
        """By site, and by whether it may be on the user's own network: what a stranger may not ask says nothing of who may."""

    async def of(self, page: Feed) -> Permission:
        """For the address of a page; a site whose rules cannot be had is left alone for an hour."""
        rules = await self._rules(page)
        if not isinstance(rules, RobotFileParser):
            return Permission(allowed=False, why_not="its robots.txt cannot be had now", failed=rules)
        if not rules.can_fetch(NAME, page.url):
            return Permission(allowed=False, why_not="its robots.txt keeps programs out")
        delay = rules.crawl_delay(NAME)
        return Permission(allowed=True, delay=min(float(delay), _LONGEST_DELAY) if delay else 0.0)

    async def may_follow(self, page: Feed, address: str) -> str:
        """Why a redirect of a page may not be followed to an address; empty when it may."""
        # What a feed may do on the user's own network it may not do wherever its server points.
        private = page.allow_private and urlsplit(page.url).hostname == urlsplit(address).hostname
        there = replace(page, url=address, params=(), headers=(), allow_private=private)
        return (await self.of(there)).why_not

    async def _rules(self, page: Feed) -> RobotFileParser | FetchFailed:
        site, now = (origin_of(page.url), page.allow_private), self._clock.now()
        known = self._known.get(site)
        if known is not None and now < known[1]:
            return known[0]
        if len(self._known) >= _MOST_SITES:
            self._known.clear()
        address = urljoin(page.url, "/robots.txt")
        try:
            outcome = await self._fetcher.fetch(
                replace(page, url=address, page=None, params=()), Validators()
            )
        except asyncio.CancelledError:
            # Asked on the way of a redirect, within the time of the page: the next page need not wait as long.
            self._known[site] = (
                FetchFailed(f"{address} did not answer in time; it is asked again in an hour"),
                now + _HELD_FAILING,
            )
            raise
        if isinstance(outcome, FetchFailed) and not _is_none(outcome):
            if not outcome.offline:  # no word of the site
                self._known[site] = (outcome, now + _HELD_FAILING)
            return outcome
        rules = RobotFileParser(address)
        text = outcome.body[:_LONGEST].decode("utf-8", "replace") if isinstance(outcome, Fetched) else ""
        rules.parse(text.splitlines())
        self._known[site] = (rules, now + _HELD)
        return rules


def _is_none(failed: FetchFailed) -> bool:
    """A robots.txt that is not there keeps nobody out."""
    return failed.status is not None and failed.status < 500 and failed.status != 429
