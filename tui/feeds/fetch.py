"""The one HTTP door: every byte from outside comes in here, and every failure leaves as a value."""

import asyncio
import base64
import logging
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import httpx

from tui import __version__
from tui.domain.clock import Clock
from tui.domain.feed import Feed, Settings, Validators
from tui.domain.origin import origin_of
from tui.domain.value import dataclass
from tui.feeds.addresses import Lookup, numeric_form, refuse_private
from tui.feeds.failures import failure_of, site_of, status_failure, too_slow
from tui.feeds.http_fields import max_age_of, retry_after_of, validators_of
from tui.feeds.inflate import BodyTaker, refuse_size
from tui.feeds.refusal import CHECK_ADDRESS, Refused
from tui.feeds.routes import Routes
from tui.feeds.secrets import gives_away, with_query, without_secrets
from tui.pipeline.ports import Asked, Fetched, FetchFailed, FetchOutcome, NotModified
from tui.reading.plain_text import safe_link

MAX_HOPS = 5

_ACCEPT = (
    "application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml;q=0.9, "
    "application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.5, */*;q=0.1"
)
_ACCEPT_PAGE = "text/html, application/xhtml+xml;q=0.9, */*;q=0.1"
_REDIRECTS = {301, 302, 303, 307, 308}
_PERMANENT = {301, 308}
_FEED_STATUS = {200, 203}
_CONNECT_SECONDS = 10.0
_OURS_ALONE = {
    "accept-encoding",
    "connection",
    "content-length",
    "host",
    "te",
    "transfer-encoding",
    "upgrade",
}
"""Headers that a feed's own settings may not change."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Trip:
    """Where a request stands on its way through redirects."""

    url: httpx.URL
    hops: int = 0
    permanent: bool = True
    """Every hop so far was 301 or 308."""
    secrets: bool = True
    """Still at the feed's own origin, and never left it."""


class HttpFetcher:
    """Fetches feeds politely; fits `ports.Fetcher`.

    Proxy and authorities are taken from the settings and the feed alone, never from the environment.
    """

    def __init__(
        self,
        settings: Settings,
        clock: Clock,
        *,
        lookup: Lookup | None = None,
        tls: ssl.SSLContext | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._user_agent = user_agent(settings.contact)
        self._turns = _Turns()
        self._routes = Routes(
            settings, most=settings.concurrency + MAX_HOPS, lookup=lookup, tls=tls, transport=transport
        )

    async def fetch(
        self,
        feed: Feed,
        validators: Validators,
        address: str | None = None,
        *,
        may_follow: Asked | None = None,
    ) -> FetchOutcome:
        """One conditional GET with a total deadline, of `address` when the feed has moved there; a failure is a value."""
        site = site_of(address or feed.url)
        try:
            async with asyncio.timeout(self._settings.deadline.total_seconds()) as limit:
                return await self._follow(feed, validators, address, may_follow)
        except TimeoutError as error:
            return too_slow(site, self._settings.deadline) if limit.expired() else failure_of(error, site)
        except Exception as error:  # noqa: BLE001 - whatever a stranger's server provokes ends here, as a value
            failed = failure_of(error, site, proxy=site_of(self._routes.proxy_of(feed)))
            _log.debug("%s", failed.reason)
            return failed

    async def forget_connections(self) -> None:
        """Open new ones from now on; what is under way may end on the old."""
        await self._routes.forget()

    async def aclose(self) -> None:
        """Close every connection."""
        await self._routes.aclose()

    async def _follow(
        self, feed: Feed, validators: Validators, address: str | None, may_follow: Asked | None
    ) -> FetchOutcome:
        """Ask, and follow at most five redirects, each checked like the first address."""
        start = _readable(feed.url)
        trip = _Trip(start)
        if address is not None:
            there = _readable(address)
            trip = _Trip(there, secrets=origin_of(address) == origin_of(feed.url))
        while True:
            self._check(trip, feed, start)
            elsewhere = trip.hops or address is not None
            if elsewhere and may_follow is not None and (why_not := await may_follow(str(trip.url))):
                target = site_of(str(trip.url))
                return FetchFailed(
                    f"{site_of(feed.url)} redirects to {target}, and {why_not}; open it in the browser"
                )
            async with (
                self._turns.take(origin_of(str(trip.url))),
                self._ask(trip, feed, start, validators) as (response),
            ):
                if response.status_code not in _REDIRECTS:
                    return await self._answer(response, trip, feed, validators)
                trip = _next(trip, response, feed)

    def _check(self, trip: _Trip, feed: Feed, start: httpx.URL) -> None:
        """Refuse what can be refused before a connection is made; names are checked at connect."""
        if trip.url.scheme not in {"http", "https"} or not trip.url.host:
            whom = "This feed's address is" if trip.hops == 0 else f"{site_of(feed.url)} redirects to what is"
            raise Refused(f"{whom} not on the web (http or https)", CHECK_ADDRESS)
        literal = numeric_form(trip.url.host)
        if literal is not None and not _may_be_private(feed, start, trip.url):
            refuse_private(trip.url.host, [literal])

    @asynccontextmanager
    async def _ask(
        self, trip: _Trip, feed: Feed, start: httpx.URL, validators: Validators
    ) -> AsyncIterator[httpx.Response]:
        deadline = self._settings.deadline.total_seconds()
        times = {"connect": min(_CONNECT_SECONDS, deadline * 0.9), "read": deadline, "write": deadline}
        url = _bare(trip.url)
        if trip.secrets and feed.params:
            url = url.copy_with(query=with_query(url.query, feed.params))
        request = httpx.Request(
            "GET",
            url,
            headers=self._headers(trip, feed, start, validators),
            extensions={"timeout": {**times, "pool": deadline}},
        )
        private = _may_be_private(feed, start, trip.url)
        response = await self._routes.take(feed, trip.url, private=private).handle_async_request(request)
        try:
            yield response
        finally:
            await response.aclose()

    def _headers(
        self, trip: _Trip, feed: Feed, start: httpx.URL, validators: Validators
    ) -> list[tuple[bytes, bytes]]:
        """Constant for a feed, but for the validators; its own headers and login stay at its own origin."""
        headers = {
            "user-agent": self._user_agent.encode(),
            "accept": (_ACCEPT if feed.page is None else _ACCEPT_PAGE).encode(),
            "accept-encoding": b"gzip",
        }
        if validators.etag is not None:
            headers["if-none-match"] = validators.etag.encode("latin-1")
        if validators.last_modified is not None:
            headers["if-modified-since"] = validators.last_modified.encode("latin-1")
        if trip.secrets:
            if start.userinfo:
                login = f"{start.username}:{start.password}".encode()
                headers["authorization"] = b"Basic " + base64.b64encode(login)
            headers |= {
                name.lower(): value.encode()
                for name, value in feed.headers
                if name.lower() not in _OURS_ALONE
            }
        return [(name.encode("ascii"), value) for name, value in headers.items()]

    async def _answer(
        self, response: httpx.Response, trip: _Trip, feed: Feed, asked: Validators
    ) -> FetchOutcome:
        site = site_of(str(trip.url))
        moved_to = str(trip.url) if trip.hops and trip.permanent else None
        given = validators_of(response, self._clock.now())
        if response.status_code == 304 and asked != Validators():
            kept = replace(
                asked,
                etag=given.etag or asked.etag,
                last_modified=given.last_modified or asked.last_modified,
            )
            return NotModified(kept, moved_to=moved_to, max_age=max_age_of(response, self._clock.now()))
        if response.status_code not in _FEED_STATUS:
            wait = retry_after_of(response, self._clock.now())
            return status_failure(response, site, retry_after=wait)
        body = await self._body(response, site, feed.max_size or self._settings.max_size)
        if not body:
            return FetchFailed(
                f"{site} sent an empty page; it will be tried again", status=response.status_code
            )
        return Fetched(
            body=body,
            content_type=response.headers.get("content-type", "")[:200],
            validators=given,
            url=str(trip.url.copy_with(userinfo=b"") if trip.url.userinfo else trip.url),
            moved_to=moved_to,
            max_age=max_age_of(response, self._clock.now()),
            base=_base(trip.url, response),
        )

    async def _body(self, response: httpx.Response, site: str, cap: int) -> bytes:
        taker = BodyTaker(site, response.headers.get("content-encoding", ""), cap)
        declared = response.headers.get("content-length", "")
        if declared.isascii() and declared.isdigit() and (len(declared) > 15 or int(declared) > cap):
            refuse_size(site, cap)
        async for chunk in response.aiter_raw():
            taker.take(chunk)
        return taker.finish()


def _base(url: httpx.URL, response: httpx.Response) -> str:
    """The Content-Location, absolute; empty when there is none that is on the web."""
    location = response.headers.get("content-location", "").strip()
    try:
        return safe_link(str(url.join(location))) if location else ""
    except (httpx.InvalidURL, ValueError, TypeError, AttributeError):
        return ""


def _readable(address: str) -> httpx.URL:
    try:
        return httpx.URL(address)
    except (httpx.InvalidURL, ValueError, TypeError) as error:
        raise Refused("This feed's address cannot be read", CHECK_ADDRESS) from error


def _bare(url: httpx.URL) -> httpx.URL:
    """Without what is not asked for; most addresses have none of it."""
    return url.copy_with(userinfo=b"", fragment=None) if url.userinfo or url.fragment else url


def _may_be_private(feed: Feed, start: httpx.URL, url: httpx.URL) -> bool:
    """The allowance is for the host that the user named, not for wherever it points."""
    return feed.allow_private and url.host == start.host


def user_agent(contact: str | None) -> str:
    """Name, version and how to reach who runs it; without a contact what it is for, rather than an address that is not there."""
    return f"Overflight/{__version__} ({f'+{contact}' if contact else 'feed reader for airspace incursions'})"


def _next(trip: _Trip, response: httpx.Response, feed: Feed) -> _Trip:
    """The trip after one redirect, or the reason why it ends here."""
    site = site_of(str(trip.url))
    if trip.hops >= MAX_HOPS:
        raise Refused(f"{site} redirects more than {MAX_HOPS} times", CHECK_ADDRESS)
    target = _target(trip.url, response, site)
    if trip.url.scheme == "https" and target.scheme == "http":
        raise Refused(f"{site} redirects from https down to http", CHECK_ADDRESS)
    stays = origin_of(str(trip.url)) == origin_of(str(target))
    if feed.params:
        target = target.copy_with(query=without_secrets(target.query, feed.params) or None)
    if not stays and gives_away(str(target), feed):
        raise Refused(f"{site} would give a secret of this feed to another server", CHECK_ADDRESS)
    if str(target) == str(trip.url):
        raise Refused(f"{site} redirects to itself", CHECK_ADDRESS)
    return _Trip(
        url=target,
        hops=trip.hops + 1,
        permanent=trip.permanent and response.status_code in _PERMANENT,
        secrets=trip.secrets and stays,
    )


def _target(url: httpx.URL, response: httpx.Response, site: str) -> httpx.URL:
    location = response.headers.get("location", "").strip()
    if not location:
        raise Refused(f"{site} sent a redirect without a target", CHECK_ADDRESS)
    try:
        return url.join(location).copy_with(userinfo=b"", fragment=None)
    except (httpx.InvalidURL, ValueError, TypeError, AttributeError) as error:
        raise Refused(f"{site} redirects to an address that cannot be read", CHECK_ADDRESS) from error


class _Turns:
    """One request in flight per origin, redirects included."""

    def __init__(self) -> None:
        self._locks: dict[str, asyncio.Lock] = {}
        self._waiting: dict[str, int] = {}

    @asynccontextmanager
    async def take(self, origin: str) -> AsyncIterator[None]:
        lock = self._locks.setdefault(origin, asyncio.Lock())
        self._waiting[origin] = self._waiting.get(origin, 0) + 1
        try:
            async with lock:
                yield
        finally:
            self._waiting[origin] -= 1
            if not self._waiting[origin]:
                del self._waiting[origin], self._locks[origin]
