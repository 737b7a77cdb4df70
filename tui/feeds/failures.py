"""Every way a request can end without a feed, in plain words that are safe to show.

Nothing that a server sent is ever part of the words: no reason phrase, no header, no exception text.
"""

import errno
import ssl
from collections.abc import Iterator
from datetime import timedelta
from functools import lru_cache

import httpcore
import httpx

from tui.feeds.addresses import LookupFailed
from tui.feeds.refusal import CHECK_ADDRESS, TRY_AGAIN, Refused
from tui.pipeline.ports import FetchFailed

_NO_ROUTE = {
    errno.ENETUNREACH,
    errno.EHOSTUNREACH,
    errno.ENETDOWN,
    errno.EHOSTDOWN,
    errno.EADDRNOTAVAIL,
    getattr(errno, "ENONET", errno.ENETDOWN),  # Linux alone has it
}
_CERTIFICATE = {
    9: "is not valid yet",
    10: "has expired",
    18: "is self-signed",
    19: "is self-signed",
    20: "comes from an unknown issuer",
    21: "comes from an unknown issuer",
    62: "belongs to another host",
    64: "belongs to another host",
}
_BY_CODE: tuple[tuple[set[int], str, bool], ...] = (
    (_NO_ROUTE, "There is no route to {site}; " + TRY_AGAIN, True),
    ({errno.ECONNREFUSED}, "{site} refused the connection; " + TRY_AGAIN, True),
    (
        {errno.EMFILE, errno.ENFILE},
        "Too many files are open to ask {site}; lower concurrency in feeds.toml",
        False,
    ),
)
"""System error, what to say, and whether our own network may be to blame."""
_BY_KIND: tuple[tuple[tuple[type[Exception], ...], str, bool], ...] = (
    (
        (httpcore.ConnectTimeout, httpx.ConnectTimeout),
        "{site} could not be reached in time; " + TRY_AGAIN,
        True,
    ),
    (
        (httpcore.TimeoutException, httpx.TimeoutException, TimeoutError),
        "{site} stopped answering; " + TRY_AGAIN,
        False,
    ),
    (
        (httpcore.ConnectError, httpx.ConnectError),
        "{site} could not be reached; " + TRY_AGAIN,
        True,
    ),
    (
        (httpcore.NetworkError, httpx.NetworkError, ConnectionError),
        "{site} broke the connection off; " + TRY_AGAIN,
        False,
    ),
    (
        (httpcore.ProxyError, httpx.ProxyError),
        "The proxy would not pass the request to {site} on; check the proxy setting",
        False,
    ),
    (
        (
            httpcore.LocalProtocolError,
            httpx.LocalProtocolError,
            httpcore.UnsupportedProtocol,
            httpx.UnsupportedProtocol,
            httpx.InvalidURL,
            UnicodeError,
        ),
        "{site} cannot be asked like this; check its url and headers in feeds.toml",
        False,
    ),
)
"""Likewise by kind of exception; the narrower kind stands first."""
_THEIR_ANSWER = (httpcore.ProtocolError, httpx.ProtocolError)


_NAMELESS = "this address"
"""What an address is called that names no site, and the proxy of a request that has none."""


@lru_cache(maxsize=8192)
def site_of(url: str) -> str:
    """Scheme, host and port of an address for a message: no path, no query, no secret, plain ASCII."""
    try:
        parts = httpx.URL(url)
        host = parts.raw_host.decode("ascii")
        port = parts.port
    except (httpx.InvalidURL, ValueError, TypeError):
        return _NAMELESS
    if not host or any(not (c.isalnum() or c in ".-_:") for c in host):
        return _NAMELESS
    shown = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{shown[:100]}" + (f":{port}" if port else "")


def too_slow(site: str, deadline: timedelta) -> FetchFailed:
    """The total deadline ran out."""
    return FetchFailed(f"{site} did not finish its answer within {deadline.total_seconds():g} s; {TRY_AGAIN}")


def failure_of(error: Exception, site: str, *, proxy: str = _NAMELESS) -> FetchFailed:
    """An exception as a value; `proxy` is the site of the one that was to pass the request on, if any."""
    chain = list(_chain(error))
    if proxy != _NAMELESS and _never_connected(chain):
        site = f"The proxy {proxy}"
    for link in chain:
        if isinstance(link, Refused):
            return FetchFailed(link.reason, status=link.status)
        if isinstance(link, LookupFailed):
            what = "took too long to look up" if link.hung else "could not be found"
            return FetchFailed(f"The name of {site} {what}; {TRY_AGAIN}", offline=True)
        if isinstance(link, ssl.SSLError):
            return FetchFailed(_tls(link, site))
    return _network(error, chain, site)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """The error, what caused it, and so on; groups are opened."""
    seen: set[int] = set()
    waiting = [error]
    while waiting:
        link = waiting.pop(0)
        if link is None or id(link) in seen:
            continue
        seen.add(id(link))
        yield link
        if isinstance(link, BaseExceptionGroup):
            waiting.extend(link.exceptions)
        waiting.append(link.__cause__ or link.__context__)


def _never_connected(chain: list[BaseException]) -> bool:
    """Whether it failed before there was anybody to speak with; through a proxy that is the proxy."""
    kinds = (httpcore.ConnectError, httpcore.ConnectTimeout, LookupFailed)
    return any(isinstance(link, kinds) for link in chain) and not any(
        isinstance(link, ssl.SSLError) for link in chain
    )


def _tls(error: ssl.SSLError, site: str) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        why = _CERTIFICATE.get(error.verify_code, "cannot be trusted")
        return f"The certificate of {site} {why}; nothing was read, and {TRY_AGAIN}"
    return f"No secure connection to {site} could be made; {TRY_AGAIN}"


def _network(error: Exception, chain: list[BaseException], site: str) -> FetchFailed:
    codes = {link.errno for link in chain if isinstance(link, OSError)}
    for wanted, words, offline in _BY_CODE:
        if codes & wanted:
            return FetchFailed(words.format(site=site), offline=offline)
    for kinds, words, offline in _BY_KIND:
        if isinstance(error, kinds):
            return FetchFailed(words.format(site=site), offline=offline)
    if isinstance(error, _THEIR_ANSWER):
        return FetchFailed(_protocol(str(error), site))
    return FetchFailed(f"Asking {site} failed in an unforeseen way ({type(error).__name__}); {TRY_AGAIN}")


def _protocol(said: str, site: str) -> str:
    """Told apart by the library's own words; those are not shown, as they quote the server."""
    if "complete message body" in said:
        what = "cut its answer short"
    elif "without sending" in said:
        what = "closed the connection without answering"
    elif "too long" in said:
        what = "sent header lines without end"
    else:
        what = "did not answer in proper HTTP"
    return f"{site} {what}; {TRY_AGAIN}"


def status_failure(response: httpx.Response, site: str, *, retry_after: timedelta | None) -> FetchFailed:
    """An answer with a status that brings no feed."""
    status = response.status_code
    if status == 403 and response.headers.get("cf-mitigated", "").strip().lower() == "challenge":
        words = f"{site} wants a browser to prove itself (403, Cloudflare challenge); look for another feed"
    else:
        words = f"{site} " + _STATUS.get(status, _status_class(status))
    asked = retry_after if status in {429, 503} else None
    return FetchFailed(words, status=status, gone=status == 410, retry_after=asked)


_STATUS = {
    304: f"says that nothing has changed, though it was not asked that (304); {TRY_AGAIN}",
    400: f"does not understand the request (400); {CHECK_ADDRESS}",
    401: "asks for a login (401); set headers for this feed in feeds.toml",
    403: f"refuses this program (403); {CHECK_ADDRESS}",
    404: f"has no feed at this address (404); {CHECK_ADDRESS}",
    407: "stands behind a proxy that asks for a login (407); check the proxy setting",
    410: "says that this feed is gone for good (410); remove it from feeds.toml or check it by hand",
    429: "asks to be asked less often (429); it will be left alone for a while",
    451: f"may not show this feed for legal reasons (451); {CHECK_ADDRESS}",
    503: "is overloaded or under repair (503); it will be left alone for a while",
}


def _status_class(status: int) -> str:
    if 200 <= status < 300:
        return f"answered without a feed ({status}); {TRY_AGAIN}"
    if 300 <= status < 400:
        return f"sent a redirect that leads nowhere ({status}); {CHECK_ADDRESS}"
    if 500 <= status < 600:
        return f"has trouble of its own ({status}); {TRY_AGAIN}"
    return f"answered with an error ({status}); {CHECK_ADDRESS}"
