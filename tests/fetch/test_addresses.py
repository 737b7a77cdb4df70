import asyncio
import socket
import threading
from typing import Any

import httpcore
import pytest

from tests.fetch.conftest import FEED, OpenFetcher, local, looks_up
from tests.servers.loopback import LoopbackServer
from tui.domain.feed import Feed, Validators
from tui.feeds.addresses import (
    CheckedBackend,
    LookupFailed,
    SystemLookup,
    is_public,
    numeric_form,
)
from tui.pipeline.ports import Fetched, FetchFailed

NOT_PUBLIC = [
    *(
        "127.0.0.1",
        "::1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
    ),
    *(
        "::",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "fec0::1",
        "::ffff:127.0.0.1",
        "::127.0.0.1",
        "2002:7f00:1::",
    ),
    *("224.0.0.1", "ff02::1", "255.255.255.255", "198.18.0.1", "192.0.2.1", "192.0.0.9", "240.0.0.1"),
    *("64:ff9b::7f00:1", "64:ff9b::a00:1", "2001:db8::1", "2001::1", "nonsense", ""),
]
PUBLIC = [
    "93.184.216.34",
    "2606:2800:220:1::1",
    "::ffff:93.184.216.34",
    "64:ff9b::5db8:d822",
    "2002:5db8:d822::",
]
LOCAL_NAMES = [
    *("localhost", "127.0.0.1", "2130706433", "0x7f.1", "0x7f000001", "017700000001", "0", "127.1"),
    *("[::1]", "[::ffff:127.0.0.1]", "[::]", "[::ffff:7f00:1]"),
]


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_an_address_outside_the_public_internet_is_known_as_such(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is_public_in_every_form(address: str) -> None:
    assert is_public(address)


def test_hosts_of_digits_are_numbers_and_names_are_not() -> None:
    assert numeric_form("2130706433") == "127.0.0.1"
    assert numeric_form("0x7f.1") == "127.0.0.1"
    assert numeric_form("[::1]") == "::1"
    assert numeric_form("news.example") is None
    assert numeric_form("") is None


@pytest.mark.parametrize("host", LOCAL_NAMES)
async def test_a_feed_on_a_local_address_is_refused_before_any_connection(
    host: str, server: LoopbackServer, open_fetcher: OpenFetcher
) -> None:
    outcome = await open_fetcher().fetch(Feed(url=server.url("/a", host), name="x"), Validators())
    assert isinstance(outcome, FetchFailed)
    assert "private or local" in outcome.reason
    assert server.received == []


@pytest.mark.parametrize("host", LOCAL_NAMES)
async def test_a_redirect_to_a_local_address_is_refused_even_for_a_feed_that_may_be_private_elsewhere(
    host: str, server: LoopbackServer, open_fetcher: OpenFetcher
) -> None:
    server.put("/a", status=302, headers={"Location": server.url("/b", host)})
    server.put("/b", FEED)
    feed = local(server.url("/a", "front.example"))
    lookup = looks_up({"front.example": [["127.0.0.1"]], "localhost": [["127.0.0.1"]]})
    outcome = await open_fetcher(lookup=lookup).fetch(feed, Validators())
    assert isinstance(outcome, FetchFailed)
    assert "private or local" in outcome.reason
    assert len(server.asked("/a")) == 1
    assert server.asked("/b") == []


ODD_LOCAL_NAMES = [
    *("localhost.", "127.0.0.1.", "LOCALHOST", "１２７.0.0.1", "0177.0.0.1", "127.0.0.1%00.example"),
    *("[::ffff:0:127.0.0.1]", "[0:0:0:0:0:ffff:7f00:1]", "127。0。0。1", "①②⑦.⓪.⓪.①", "user@127.0.0.1"),
]


@pytest.mark.parametrize("host", ODD_LOCAL_NAMES)
async def test_no_odd_spelling_of_a_local_address_reaches_it(
    host: str, server: LoopbackServer, open_fetcher: OpenFetcher
) -> None:
    server.put("/a", FEED)
    outcome = await open_fetcher().fetch(Feed(url=server.url("/a", host), name="x"), Validators())
    assert isinstance(outcome, FetchFailed)
    assert outcome.reason.isprintable()
    assert server.received == []


async def test_a_name_with_one_private_address_among_public_ones_is_refused(
    server: LoopbackServer, open_fetcher: OpenFetcher
) -> None:
    lookup = looks_up({"two.example": [["93.184.216.34", "127.0.0.1"]]})
    outcome = await open_fetcher(lookup=lookup).fetch(
        Feed(url=server.url("/a", "two.example"), name="x"), Validators()
    )
    assert isinstance(outcome, FetchFailed)
    assert "two.example is a private or local address" in outcome.reason
    assert server.received == []


class _RecordingSockets(httpcore.AnyIOBackend):
    def __init__(self) -> None:
        self.connected: list[str] = []

    async def connect_tcp(
        self, host: str, port: int, *given: Any, **named: Any
    ) -> httpcore.AsyncNetworkStream:
        self.connected.append(host)
        raise httpcore.ConnectError


async def test_the_address_that_was_checked_is_the_one_that_is_used() -> None:
    # The name turns local at the second question; there must be no second question.
    sockets = _RecordingSockets()
    backend = CheckedBackend(
        looks_up({"turns.example": [["93.184.216.34"], ["127.0.0.1"]]}), public_only=True
    )
    backend._sockets = sockets
    with pytest.raises(httpcore.ConnectError):
        await backend.connect_tcp("turns.example", 80)
    assert sockets.connected == ["93.184.216.34"]


async def test_a_name_is_asked_for_by_its_own_host_field(
    server: LoopbackServer, open_fetcher: OpenFetcher
) -> None:
    server.put("/a", FEED)
    lookup = looks_up({"named.example": [["127.0.0.1"]]})
    feed = local(server.url("/a", "named.example"))
    assert isinstance(await open_fetcher(lookup=lookup).fetch(feed, Validators()), Fetched)
    assert server.received[0].header("host") == f"named.example:{server.port}"


async def test_lookups_that_hang_are_bounded_and_do_not_hold_the_others_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hang = threading.Event()

    def getaddrinfo(host: str, port: int, **named: Any) -> list[Any]:
        if host.startswith("hangs"):
            hang.wait(10)
        return [(2, 1, 6, "", ("93.184.216.34", port))]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    look_up = SystemLookup(most=4)
    hanging = [asyncio.ensure_future(look_up(f"hangs{i}.example", 80)) for i in range(3)]
    await asyncio.sleep(0)
    assert await look_up("works.example", 80) == ["93.184.216.34"]
    hanging += [asyncio.ensure_future(look_up(f"hangs{i}.example", 80)) for i in range(10)]
    done, _ = await asyncio.wait(hanging, return_when=asyncio.FIRST_COMPLETED)
    assert {type(task.exception()) for task in done} == {LookupFailed}
    hang.set()
    answers = await asyncio.gather(*hanging, return_exceptions=True)
    assert sum(isinstance(answer, list) for answer in answers) >= 4


async def test_an_allowance_opens_no_connection_that_another_feed_can_use(
    server: LoopbackServer, open_fetcher: OpenFetcher
) -> None:
    server.put("/a", FEED)
    fetcher = open_fetcher()
    assert isinstance(await fetcher.fetch(local(server.url("/a")), Validators()), Fetched)
    outcome = await fetcher.fetch(Feed(url=server.url("/a"), name="other"), Validators())
    assert isinstance(outcome, FetchFailed)
    assert len(server.received) == 1
