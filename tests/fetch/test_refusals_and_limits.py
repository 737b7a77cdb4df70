import asyncio
import gzip
import socket
import threading
import time
from collections.abc import Sequence
from typing import Any

import httpcore
import httpx
import pytest

from tests.fetch.conftest import FEED, OpenFetcher, local
from tests.servers.loopback import LoopbackServer
from tui.domain.feed import Feed, Validators
from tui.feeds.addresses import (
    CheckedBackend,
    Lookup,
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
    lookup = _looks_up({"front.example": [["127.0.0.1"]], "localhost": [["127.0.0.1"]]})
    outcome = await open_fetcher(lookup=lookup).fetch(feed, Validators())
    assert isinstance(outcome, FetchFailed)
    assert "private or local" in outcome.reason
    assert len(server.asked("/a")) == 1
    assert server.asked("/b") == []


def _looks_up(table: dict[str, Sequence[Sequence[str]]]) -> Lookup:
    """A resolver whose answers change from one question to the next."""
    asked: dict[str, int] = {}

    async def look_up(host: str, port: int) -> Sequence[str]:
        answers = table.get(host)
        if answers is None:
            raise LookupFailed(host)
        turn = asked[host] = asked.get(host, -1) + 1
        return answers[min(turn, len(answers) - 1)]

    return look_up


async def test_a_name_with_one_private_address_among_public_ones_is_refused(
    server: LoopbackServer, open_fetcher: OpenFetcher
) -> None:
    lookup = _looks_up({"two.example": [["93.184.216.34", "127.0.0.1"]]})
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
        _looks_up({"turns.example": [["93.184.216.34"], ["127.0.0.1"]]}), public_only=True
    )
    backend._sockets = sockets
    with pytest.raises(httpcore.ConnectError):
        await backend.connect_tcp("turns.example", 80)
    assert sockets.connected == ["93.184.216.34"]


async def test_a_name_is_asked_for_by_its_own_host_field(
    server: LoopbackServer, open_fetcher: OpenFetcher
) -> None:
    server.put("/a", FEED)
    lookup = _looks_up({"named.example": [["127.0.0.1"]]})
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


async def test_a_name_that_gives_no_address_counts_as_offline(open_fetcher: OpenFetcher) -> None:
    outcome = await open_fetcher(lookup=_looks_up({})).fetch(
        Feed(url="https://user:secret@nowhere.example/f?key=secret", name="x"), Validators()
    )
    assert isinstance(outcome, FetchFailed)
    assert outcome.offline
    assert "https://nowhere.example could not be found" in outcome.reason
    assert "secret" not in outcome.reason


async def test_a_closed_port_counts_as_offline(open_fetcher: OpenFetcher) -> None:
    with LoopbackServer() as closed:
        url = closed.url("/a")
    outcome = await open_fetcher().fetch(local(url), Validators())
    assert isinstance(outcome, FetchFailed)
    assert outcome.offline
    assert "refused the connection" in outcome.reason


async def test_a_small_packed_body_that_grows_over_the_cap_is_refused(
    server: LoopbackServer, open_fetcher: OpenFetcher
) -> None:
    server.put("/bomb", gzip.compress(b"\0" * 5_000_000), headers={"Content-Encoding": "gzip"})
    outcome = await open_fetcher(max_size=100_000).fetch(local(server.url("/bomb")), Validators())
    assert isinstance(outcome, FetchFailed)
    assert "more than 0.1 MB" in outcome.reason


@pytest.mark.parametrize("declared", ["99999999999999", "9" * 400])
async def test_a_declared_size_over_the_cap_is_refused_before_reading(
    declared: str, server: LoopbackServer, open_fetcher: OpenFetcher
) -> None:
    server.put("/a", raw=f"HTTP/1.1 200 OK\r\nContent-Length: {declared}\r\n\r\n<rss/>".encode())
    assert isinstance(await open_fetcher().fetch(local(server.url("/a")), Validators()), FetchFailed)


async def test_a_feed_may_have_a_cap_of_its_own(server: LoopbackServer, open_fetcher: OpenFetcher) -> None:
    server.put("/a", b"x" * 50_000)
    fetcher = open_fetcher(max_size=10_000)
    assert isinstance(await fetcher.fetch(local(server.url("/a")), Validators()), FetchFailed)
    assert isinstance(await fetcher.fetch(local(server.url("/a"), max_size=60_000), Validators()), Fetched)


@pytest.mark.parametrize("encoding", ["br", "zstd", "deflate", "gzip, gzip", "gzip,br"])
async def test_an_encoding_that_was_not_asked_for_is_refused(
    encoding: str, server: LoopbackServer, open_fetcher: OpenFetcher
) -> None:
    server.put("/a", FEED, headers={"Content-Encoding": encoding})
    outcome = await open_fetcher().fetch(local(server.url("/a")), Validators())
    assert isinstance(outcome, FetchFailed)
    assert "not asked for" in outcome.reason


@pytest.mark.parametrize(
    "body",
    [FEED, gzip.compress(FEED * 200)[:90], b"\x1f\x8b" + b"\xff" * 40],
    ids=["plain", "cut", "garbage"],
)
async def test_damaged_compressed_data_are_a_failure(
    body: bytes, server: LoopbackServer, open_fetcher: OpenFetcher
) -> None:
    server.put("/a", body, headers={"Content-Encoding": "gzip"})
    outcome = await open_fetcher().fetch(local(server.url("/a")), Validators())
    assert isinstance(outcome, FetchFailed)
    assert "compressed data" in outcome.reason


@pytest.mark.parametrize("how", ["delay", "drip"])
async def test_the_deadline_ends_silence_and_dripping_alike(
    how: str, server: LoopbackServer, open_fetcher: OpenFetcher
) -> None:
    server.put("/a", b"x" * 500, **{how: 8.0 if how == "delay" else 0.1})
    begun = time.monotonic()
    outcome = await open_fetcher(deadline=0.6).fetch(local(server.url("/a")), Validators())
    assert isinstance(outcome, FetchFailed)
    assert not outcome.offline
    assert "within 0.6 s" in outcome.reason or "stopped answering" in outcome.reason
    assert time.monotonic() - begun < 3.0


RAW_ANSWERS = {
    "garbage": b"\x00\xff\x1b[31mred\r\n\r\n" * 20,
    "another protocol": b"SSH-2.0-OpenSSH_9.9\r\n",
    "nothing": b"",
    "cut short": b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n" + FEED,
    "negative length": b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n<rss/>",
    "two lengths": b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 6\r\n\r\n<rss/>",
    "broken chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\nabc\r\n",
    "endless headers": b"HTTP/1.1 200 OK\r\n" + b"X-A: bbbbbbbbbbbbbbbbbbbbbbbbbbbb\r\n" * 20_000,
    "odd status": b"HTTP/1.1 999 \x1b[31mRED\x07\r\nContent-Length: 0\r\n\r\n",
    "no content": b"HTTP/1.1 204 No Content\r\n\r\n",
    "empty body": b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
}


@pytest.mark.parametrize("what", RAW_ANSWERS)
async def test_an_answer_that_is_no_feed_is_a_failure_in_plain_words(
    what: str, server: LoopbackServer, open_fetcher: OpenFetcher
) -> None:
    server.put("/a", raw=RAW_ANSWERS[what])
    outcome = await open_fetcher().fetch(local(server.url("/a")), Validators())
    assert isinstance(outcome, FetchFailed)
    assert outcome.reason.startswith(f"http://127.0.0.1:{server.port} ")
    assert ";" in outcome.reason  # what; what next
    assert outcome.reason.isprintable()
    assert "unforeseen" not in outcome.reason


RAISED = [
    httpx.ConnectTimeout("x"),
    httpx.ReadTimeout("x"),
    httpx.PoolTimeout("x"),
    httpx.ConnectError("x"),
    httpx.ReadError("x"),
    httpx.WriteError("x"),
    httpx.CloseError("x"),
    httpx.ProxyError("x"),
    httpx.UnsupportedProtocol("x"),
    httpx.LocalProtocolError("x"),
    httpx.RemoteProtocolError("x"),
    httpx.InvalidURL("x"),
    httpcore.ConnectTimeout("x"),
    httpcore.ReadError("x"),
    httpcore.RemoteProtocolError("x"),
    httpcore.LocalProtocolError("x"),
    httpcore.ProxyError("x"),
    ConnectionResetError("x"),
    OSError(113, "x"),
    OSError(24, "x"),
    ExceptionGroup("x", [OSError(101, "x"), OSError(101, "x")]),
    UnicodeError("x"),
    RuntimeError("secret"),
    RecursionError("x"),
]


@pytest.mark.parametrize(
    "error", RAISED, ids=lambda error: f"{type(error).__module__}.{type(error).__name__}"
)
async def test_whatever_is_raised_below_comes_out_as_a_value(
    error: Exception, open_fetcher: OpenFetcher
) -> None:
    def raise_it(request: httpx.Request) -> httpx.Response:
        raise error

    fetcher = open_fetcher(transport=httpx.MockTransport(raise_it))
    outcome = await fetcher.fetch(Feed(url="https://a.example/feed", name="a"), Validators())
    assert isinstance(outcome, FetchFailed)
    assert "https://a.example" in outcome.reason
    assert "/feed" not in outcome.reason
    assert "secret" not in outcome.reason


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/hostname",
        "ftp://a.example/x",
        "javascript:alert(1)",
        "gopher://127.0.0.1:6379/_x",
        "/x",
        "",
        "http://",
        "http://[::bad",
        "http://a.example:99999999/",
        "http://a.example:x/",
        "http://\x1b[31m/",
        "feed:x",
    ],
)
async def test_an_address_that_is_not_of_the_web_is_refused(url: str, open_fetcher: OpenFetcher) -> None:
    outcome = await open_fetcher(lookup=_looks_up({})).fetch(Feed(url=url, name="x"), Validators())
    assert isinstance(outcome, FetchFailed)
    assert outcome.reason.isprintable()
    assert "feeds.toml" in outcome.reason or outcome.offline


async def test_the_environment_chooses_no_proxy(
    server: LoopbackServer, open_fetcher: OpenFetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    server.put("/a", FEED)
    assert isinstance(await open_fetcher().fetch(local(server.url("/a")), Validators()), Fetched)


async def test_a_proxy_that_is_given_is_used(server: LoopbackServer, open_fetcher: OpenFetcher) -> None:
    server.put("http://news.example/feed", FEED)
    fetcher = open_fetcher(proxy=server.url(""), lookup=_looks_up({}))
    outcome = await fetcher.fetch(Feed(url="http://news.example/feed", name="x"), Validators())
    assert isinstance(outcome, Fetched)
    assert [request.path for request in server.received] == ["http://news.example/feed"]
