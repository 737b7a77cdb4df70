"""The wire under the HTTP door: httpx requests over an httpcore pool whose connections are checked."""

import ssl
from collections.abc import AsyncIterator
from typing import cast

import httpcore
import httpx

_KEEP_ALIVE_SECONDS = 10.0
_MAX_KEPT = 4
"""The pool looks at each of them, with a system call, before and after every request."""


def open_pool(
    backend: httpcore.AsyncNetworkBackend,
    tls: ssl.SSLContext,
    *,
    proxy: str | None,
    most: int,
    proxy_login: tuple[str, str] | None = None,
) -> httpcore.AsyncConnectionPool:
    """A pool of HTTP/1.1 connections, through the proxy when one is given."""
    if proxy is not None:
        return httpcore.AsyncHTTPProxy(
            proxy_url=proxy,
            proxy_auth=proxy_login,
            ssl_context=tls,
            max_connections=most,
            max_keepalive_connections=_MAX_KEPT,
            keepalive_expiry=_KEEP_ALIVE_SECONDS,
            network_backend=backend,
        )
    return httpcore.AsyncConnectionPool(
        ssl_context=tls,
        max_connections=most,
        max_keepalive_connections=_MAX_KEPT,
        keepalive_expiry=_KEEP_ALIVE_SECONDS,
        network_backend=backend,
    )


class PooledTransport(httpx.AsyncBaseTransport):
    """Hands a request to the pool as it is: no cookies, no redirects, no decoding, no log line with the URL."""

    def __init__(self, pool: httpcore.AsyncConnectionPool) -> None:
        self._pool = pool

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """One request, one answer; the caller closes the answer."""
        answer = await self._pool.handle_async_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=request.url.raw_scheme,
                    host=request.url.raw_host,
                    port=request.url.port,
                    target=request.url.raw_path,
                ),
                headers=request.headers.raw,
                extensions=request.extensions,
            )
        )
        return httpx.Response(
            answer.status, headers=answer.headers, stream=_Body(answer), extensions=answer.extensions
        )

    async def aclose(self) -> None:
        """Close every connection."""
        await self._pool.aclose()


class _Body(httpx.AsyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for chunk in cast("AsyncIterator[bytes]", self._answer.stream):
            yield chunk

    async def aclose(self) -> None:
        await self._answer.aclose()
