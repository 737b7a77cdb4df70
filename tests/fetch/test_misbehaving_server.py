"""The misbehaving server that lies beside the project, behaviour by behaviour; skipped where it is absent."""

import importlib.util
import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.fetch.conftest import OpenFetcher, local
from tui.domain.feed import Feed, Validators
from tui.pipeline.ports import Fetched, FetchFailed, NotModified

FAILS = [
    *("304-cold", "gzip-bomb", "gzip-gzip", "encodings-50", "gzip-corrupt", "gzip-cut", "endless"),
    *("drip", "drip-headers", "silent", "header-flood", "header-50mb", "continue-flood", "short", "cl-huge"),
    *("cl-negative", "cl-two", "chunk-bad", "garbage", "ssh", "reset", "empty", "http09", "status-999"),
    *("r500-escape", "r429-huge", "r429-past", "r410", "r401", "to-loop", "to-long/0", "to-file", "to-ftp"),
    *("to-javascript", "to-gopher", "to-localhost", "to-decimal", "to-hex", "to-zero", "to-mapped", "to-bad"),
    *("to-empty", "to-crlf", "auth-echo", "br-bomb", "zstd-bomb"),
]
SUCCEEDS = [
    *(
        "ok",
        "etag",
        "etag-evil",
        "gzip-trailing",
        "to-userinfo",
        "to-permanent",
        "cookie",
        "content-type-lie",
    ),
    *("charset-lie", "charset-bytes", "content-location"),
]
EITHER = ["chunk-ext", "flap"]
DEADLINE = 1.5


@pytest.fixture(scope="module")
def script(shared: Path) -> Path:
    return shared / "data" / "nasty" / "server.py"


@pytest.fixture(scope="module")
def nasty(script: Path) -> Iterator[Any]:
    spec = importlib.util.spec_from_file_location("nasty_server", script)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    server = module.start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def nasty_port(script: Path) -> Iterator[int]:
    """The server in a process of its own, so that what it packs and sends does not count as our memory."""
    with subprocess.Popen([sys.executable, str(script), "100"], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield json.loads(process.stdout.readline())["port"]
        process.terminate()


@pytest.mark.parametrize("route", [*FAILS, *SUCCEEDS, *EITHER])
async def test_every_behaviour_ends_by_the_deadline_as_a_value_in_bounded_memory(
    route: str, nasty_port: int, open_fetcher: OpenFetcher
) -> None:
    fetcher = open_fetcher(deadline=DEADLINE, max_size=5_000_000)
    feed = local(f"http://127.0.0.1:{nasty_port}/{route}")
    before, begun = _peak_kilobytes(), time.monotonic()
    outcome = await fetcher.fetch(feed, Validators())
    assert time.monotonic() - begun < DEADLINE + 1
    assert _peak_kilobytes() - before < 20_000
    if route in FAILS:
        assert isinstance(outcome, FetchFailed)
        assert outcome.reason.isprintable()
        assert "unforeseen" not in outcome.reason
    if route in SUCCEEDS:
        assert isinstance(outcome, Fetched)


def _peak_kilobytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


async def test_its_etag_is_honoured_and_its_cookie_is_not(nasty: Any, open_fetcher: OpenFetcher) -> None:
    fetcher = open_fetcher()
    feed = local(f"http://127.0.0.1:{nasty.port}/etag")
    first = await fetcher.fetch(feed, Validators())
    assert isinstance(first, Fetched)
    assert isinstance(await fetcher.fetch(feed, first.validators), NotModified)
    for _ in range(2):
        await fetcher.fetch(local(f"http://127.0.0.1:{nasty.port}/cookie"), Validators())
    assert not any(b"cookie:" in sent.lower() for _, sent in nasty.requests)


async def test_a_secret_never_reaches_the_other_origin(nasty: Any, open_fetcher: OpenFetcher) -> None:
    nasty.requests.clear()
    feed = local(
        f"http://127.0.0.1:{nasty.port}/auth-echo",
        headers=(("Authorization", "Bearer secret"), ("X-Api-Key", "secret")),
    )
    await open_fetcher().fetch(feed, Validators())
    away = [sent for path, sent in nasty.requests if path != "/auth-echo"]
    assert nasty.requests
    assert not any(b"secret" in sent for sent in away)


async def test_without_an_allowance_none_of_it_is_asked_at_all(nasty: Any, open_fetcher: OpenFetcher) -> None:
    nasty.requests.clear()
    outcome = await open_fetcher().fetch(
        Feed(url=f"http://127.0.0.1:{nasty.port}/ok", name="x"), Validators()
    )
    assert isinstance(outcome, FetchFailed)
    assert nasty.requests == []
