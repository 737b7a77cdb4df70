import gzip
import subprocess
import sys
import time

import httpcore
import httpx
import pytest

from tests.fetch.conftest import FEED, OpenFetcher, local, looks_up
from tests.servers.loopback import LoopbackServer
from tui.domain.feed import Feed, Validators
from tui.pipeline.ports import Fetched, FetchFailed


async def test_a_name_that_gives_no_address_counts_as_offline(open_fetcher: OpenFetcher) -> None:
    outcome = await open_fetcher(lookup=looks_up({})).fetch(
        Feed(url="https://user:secret@nowhere.example/f?key=secret", name="x"), Validators()
    )
    assert isinstance(outcome, FetchFailed)
    assert outcome.offline
    assert "https://nowhere.example could not be found" in outcome.reason
    assert "secret" not in outcome.reason


def test_the_door_opens_on_a_system_that_lacks_a_number_of_linux() -> None:
    without = "import errno; del errno.ENONET; import tui.feeds.failures"
    if sys.platform != "linux":
        pytest.skip("the system has not the number in the first place")
    subprocess.run([sys.executable, "-c", without], check=True, timeout=60)


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
    outcome = await open_fetcher(lookup=looks_up({})).fetch(Feed(url=url, name="x"), Validators())
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
    fetcher = open_fetcher(proxy=server.url(""), lookup=looks_up({}))
    outcome = await fetcher.fetch(Feed(url="http://news.example/feed", name="x"), Validators())
    assert isinstance(outcome, Fetched)
    assert [request.path for request in server.received] == ["http://news.example/feed"]


@pytest.mark.parametrize(
    ("beginning", "what"),
    [
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"RIFF\x00\x00\x00\x00WEBP", "a picture"),
        (b"\x00\x00\x00\x18ftypmp42", "a film or a sound"),
        (b"%PDF-1.7\n", "a PDF"),
        (b"PK\x03\x04", "a zip archive"),
    ],
)
@pytest.mark.parametrize("packed", [False, True])
async def test_what_is_surely_no_feed_is_not_taken_to_its_end(
    server: LoopbackServer, open_fetcher: OpenFetcher, beginning: bytes, what: str, *, packed: bool
) -> None:
    body = beginning + b"\x00" * 2_000_000
    server.put("/a", gzip.compress(body) if packed else body, headers={"Content-Encoding": "gzip"} if packed else {})  # fmt: skip
    outcome = await open_fetcher(max_size=100_000_000).fetch(local(server.url("/a")), Validators())
    assert isinstance(outcome, FetchFailed)
    assert f"sent {what}, not a feed" in outcome.reason


async def test_a_slow_film_is_refused_at_its_first_bytes(
    server: LoopbackServer, open_fetcher: OpenFetcher
) -> None:
    server.put("/a", b"\x00\x00\x00\x18ftypmp42" + b"\x00" * 5_000, drip=0.01)
    began = time.monotonic()
    outcome = await open_fetcher(deadline=20).fetch(local(server.url("/a")), Validators())
    assert isinstance(outcome, FetchFailed)
    assert "film" in outcome.reason
    assert time.monotonic() - began < 5


async def test_connections_are_kept_between_requests_and_none_is_used_after_they_are_forgotten(
    server: LoopbackServer, open_fetcher: OpenFetcher
) -> None:
    server.put("/a", FEED)
    fetcher, feed = open_fetcher(), local(server.url("/a"))
    for _ in range(2):
        assert isinstance(await fetcher.fetch(feed, Validators()), Fetched)
    await fetcher.forget_connections()
    assert isinstance(await fetcher.fetch(feed, Validators()), Fetched)
    first, second, third = (request.client for request in server.received)
    assert first == second != third


@pytest.mark.parametrize(
    ("location", "base"),
    [
        ("/news/rss.xml", "/news/rss.xml"),
        ("", None),
        ("javascript:alert(1)", None),
        ("http://[::1", None),
    ],
)
async def test_a_content_location_is_what_relative_links_are_relative_to(
    server: LoopbackServer, open_fetcher: OpenFetcher, location: str, base: str | None
) -> None:
    server.put("/a", FEED, headers={"Content-Location": location} if location else {})
    outcome = await open_fetcher().fetch(local(server.url("/a")), Validators())
    assert isinstance(outcome, Fetched)
    assert outcome.base == (server.url(base) if base else "")
    assert outcome.url == server.url("/a")
