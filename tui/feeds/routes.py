"""How a request gets out: which pool of connections, through which proxy, trusting which authorities."""

import ssl
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit, urlunsplit

import httpx

from tui.domain.feed import Feed, Settings
from tui.feeds.addresses import CheckedBackend, Lookup, SystemLookup
from tui.feeds.refusal import Refused
from tui.feeds.secrets import login_of
from tui.feeds.transport import PooledTransport, open_pool


class _Route(NamedTuple):
    private: bool
    proxy: str
    ca_file: str


class Routes:
    """Pools of connections, opened when first needed and never shared by what may not be mixed.

    A connection that was opened for a feed that may be private, through a proxy, or trusting an authority of the
    user's, is lent to no request that has not the same allowance.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        most: int,
        lookup: Lookup | None = None,
        tls: ssl.SSLContext | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._settings = settings
        self._most = most
        self._lookup = lookup or SystemLookup()
        self._contexts: dict[str, ssl.SSLContext] = {} if tls is None else {"": tls}
        self._given = transport
        self._open: dict[_Route, httpx.AsyncBaseTransport] = {}
        self._forgotten: list[httpx.AsyncBaseTransport] = []

    def proxy_of(self, feed: Feed) -> str:
        """The proxy that its requests go through; empty for none."""
        return (self._settings.proxy if feed.proxy is None else feed.proxy) or ""

    def take(self, feed: Feed, url: httpx.URL, *, private: bool) -> httpx.AsyncBaseTransport:
        """Connections for one request of a feed; its own authority is trusted at its own host alone."""
        if self._given is not None:
            return self._given
        at_home = url.host == urlsplit(feed.url).hostname
        ca_file = (feed.ca_file if at_home else None) or self._settings.ca_file or ""
        route = _Route(private, self.proxy_of(feed), ca_file if url.scheme == "https" else "")
        if route not in self._open:
            self._open[route] = self._opened(route)
        return self._open[route]

    async def forget(self) -> None:
        """Use none of the connections again; they are closed with the next that are forgotten, when nobody needs them."""
        forgotten, self._forgotten = self._forgotten, list(self._open.values())
        self._open.clear()
        for transport in forgotten:
            await transport.aclose()

    async def aclose(self) -> None:
        """Close every connection."""
        await self.forget()
        await self.forget()
        if self._given is not None:
            await self._given.aclose()

    def _opened(self, route: _Route) -> PooledTransport:
        # Through a proxy it is the proxy that looks names up, and its own address may be private.
        backend = CheckedBackend(self._lookup, public_only=not route.private and not route.proxy)
        pool = open_pool(
            backend,
            self._context(route.ca_file),
            proxy=without_login(route.proxy) or None,
            proxy_login=login_of(route.proxy),
            most=self._most,
        )
        return PooledTransport(pool)

    def _context(self, ca_file: str) -> ssl.SSLContext:
        if ca_file not in self._contexts:
            context = httpx.create_ssl_context(trust_env=False)
            if ca_file:
                try:
                    context.load_verify_locations(cafile=ca_file)
                except OSError as error:  # SSLError is one
                    name = Path(ca_file).name
                    raise Refused(f"The ca_file {name} cannot be read any more", "mend it") from error
            self._contexts[ca_file] = context
        return self._contexts[ca_file]


def without_login(address: str) -> str:
    """An address without user and password."""
    parts = urlsplit(address)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
