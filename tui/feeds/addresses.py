"""Which network addresses a feed may be fetched from, checked where the connection is made.

The address that was checked is the one that is connected to, so that a name cannot change its
answer between the check and the use.
"""

import asyncio
import ipaddress
import socket
import threading
from collections.abc import Awaitable, Callable, Iterable, Sequence

import httpcore

from tui.feeds.refusal import ALLOW_PRIVATE, CHECK_ADDRESS, Refused

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
Lookup = Callable[[str, int], Awaitable[Sequence[str]]]
"""Host and port to numeric addresses; raises `LookupFailed`."""

_GLOBAL_UNICAST_V6 = ipaddress.ip_network("2000::/3")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_NEVER_V4 = (
    ipaddress.ip_network("192.0.0.0/24"),  # protocol assignments: the standard library knows only parts
    ipaddress.ip_network("192.88.99.0/24"),  # retired 6to4 relays
)
_MAX_ADDRESSES_TRIED = 4
_MAX_LOOKUPS = 64
"""At once, each with a thread: a hung resolver holds no more."""


class LookupFailed(Exception):  # noqa: N818 - a value in all but name: turned into one at the door's edge
    """A host name gave no address."""

    def __init__(self, host: str, *, hung: bool = False) -> None:
        super().__init__(host)
        self.hung = hung


def is_public(text: str) -> bool:
    """Whether a numeric address belongs to the public internet, whatever form it hides in."""
    try:
        address = _unwrapped(ipaddress.ip_address(text.split("%", 1)[0]))
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address) and address not in _GLOBAL_UNICAST_V6:
        return False
    if any(address in network for network in _NEVER_V4 if network.version == address.version):
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def _unwrapped(address: IPAddress) -> IPAddress:
    """The IPv4 address inside a mapped, 6to4 or NAT64 one, else the address itself."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address


def numeric_form(host: str) -> str | None:
    """The address that a host of digits stands for (2130706433, 0x7f.1, 0), None for a real name."""
    bare = host.strip("[]")
    try:
        return str(ipaddress.ip_address(bare.split("%", 1)[0]))
    except ValueError:
        pass
    try:
        return socket.inet_ntoa(socket.inet_aton(bare)) if bare else None
    except (OSError, UnicodeError):
        return None


def refuse_private(host: str, addresses: Iterable[str]) -> None:
    """Raise `Refused` when even one of the addresses is not public."""
    if not all(is_public(address) for address in addresses):
        raise Refused(
            f"{host} is a private or local address, which feeds may not point to",
            ALLOW_PRIVATE,
        )


class SystemLookup:
    """Name lookups in daemon threads: a hung resolver holds neither the loop nor the exit of the program."""

    def __init__(self, most: int = _MAX_LOOKUPS) -> None:
        self._free = threading.BoundedSemaphore(most)
        self._running: dict[tuple[str, int], asyncio.Future[list[str]]] = {}

    async def __call__(self, host: str, port: int) -> Sequence[str]:
        """Ask the system; two askers of one name share one lookup."""
        key = (host, port)
        running = self._running.get(key)
        if running is None:
            running = self._start(key)
        return await asyncio.shield(running)

    def _start(self, key: tuple[str, int]) -> asyncio.Future[list[str]]:
        if not self._free.acquire(blocking=False):
            raise LookupFailed(key[0], hung=True)
        loop = asyncio.get_running_loop()
        future: asyncio.Future[list[str]] = loop.create_future()
        future.add_done_callback(lambda done: self._forget(key, done))
        self._running[key] = future
        threading.Thread(target=self._look_up, args=(key, loop, future), daemon=True).start()
        return future

    def _forget(self, key: tuple[str, int], done: asyncio.Future[list[str]]) -> None:
        self._running.pop(key, None)
        if not done.cancelled():
            done.exception()  # an answer that nobody waits for any more is no error

    def _look_up(
        self, key: tuple[str, int], loop: asyncio.AbstractEventLoop, future: asyncio.Future[list[str]]
    ) -> None:
        host, port = key
        try:
            answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            found = list(dict.fromkeys(str(answer[4][0]) for answer in answers))
        except (OSError, UnicodeError):
            found = []
        finally:
            self._free.release()
        try:
            loop.call_soon_threadsafe(_deliver, future, host, found)
        except RuntimeError:
            return  # the loop has ended meanwhile


def _deliver(future: asyncio.Future[list[str]], host: str, found: list[str]) -> None:
    if future.done():
        return
    if found:
        future.set_result(found)
    else:
        future.set_exception(LookupFailed(host))


class CheckedBackend(httpcore.AsyncNetworkBackend):
    """Looks the name up, checks every address, connects to one that was checked."""

    def __init__(self, lookup: Lookup, *, public_only: bool) -> None:
        self._lookup = lookup
        self._public_only = public_only
        self._sockets = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's signature
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to the first address that answers; all are checked before any is tried."""
        addresses = await self._addresses(host, port, timeout)
        if self._public_only:
            refuse_private(host, addresses)
        last: Exception = LookupFailed(host)
        for address in addresses[:_MAX_ADDRESSES_TRIED]:
            try:
                return await self._sockets.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                last = error
        raise last

    async def _addresses(self, host: str, port: int, limit: float | None) -> Sequence[str]:
        literal = numeric_form(host)
        if literal is not None:
            return [literal]
        try:
            return await asyncio.wait_for(self._lookup(host, port), limit)
        except TimeoutError as error:
            raise LookupFailed(host, hung=True) from error

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's signature
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Never."""
        del path, timeout, socket_options
        raise Refused("A feed cannot live on a local socket", CHECK_ADDRESS)

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await asyncio.sleep(seconds)
