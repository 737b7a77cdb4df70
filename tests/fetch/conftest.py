import logging
import ssl
import subprocess
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import need_program
from tests.servers.loopback import LoopbackServer
from tui.domain.feed import Feed, Settings
from tui.feeds.addresses import Lookup, LookupFailed
from tui.feeds.fetch import HttpFetcher

FEED = (
    b'<?xml version="1.0"?><rss version="2.0"><channel><title>t</title><item><title>A headline</title>'
    b"<guid>1</guid></item></channel></rss>"
)


class FixedClock:
    """Stands still at noon."""

    def now(self) -> datetime:
        return datetime(2026, 3, 1, 12, 0, tzinfo=UTC)

    def monotonic(self) -> float:
        return 0.0


OpenFetcher = Callable[..., HttpFetcher]
Certify = Callable[..., Path]


@pytest.fixture
def server() -> Iterator[LoopbackServer]:
    with LoopbackServer() as running:
        yield running


@pytest.fixture
async def open_fetcher() -> AsyncIterator[OpenFetcher]:
    """Makes fetchers with a short deadline, and closes them."""
    async with AsyncExitStack() as stack:

        def make(
            *,
            deadline: float = 5.0,
            max_size: int = 1_000_000,
            proxy: str | None = None,
            ca_file: Path | None = None,
            contact: str | None = None,
            **given: Any,
        ) -> HttpFetcher:
            settings = Settings(
                deadline=timedelta(seconds=deadline),
                max_size=max_size,
                proxy=proxy,
                ca_file=str(ca_file) if ca_file else None,
                contact=contact,
            )
            fetcher = HttpFetcher(settings, FixedClock(), **given)
            stack.push_async_callback(fetcher.aclose)
            return fetcher

        yield make


def local(url: str, **settings: Any) -> Feed:
    """A feed that may live on loopback."""
    return Feed(url=url, name="test", allow_private=True, **settings)


@pytest.fixture(autouse=True)
def _quiet_libraries() -> None:
    logging.getLogger("httpcore").setLevel(logging.WARNING)


def looks_up(table: dict[str, Sequence[Sequence[str]]]) -> Lookup:
    """A resolver whose answers change from one question to the next."""
    asked: dict[str, int] = {}

    async def look_up(host: str, port: int) -> Sequence[str]:
        answers = table.get(host)
        if answers is None:
            raise LookupFailed(host)
        turn = asked[host] = asked.get(host, -1) + 1
        return answers[min(turn, len(answers) - 1)]

    return look_up


AUTHORITY = """
[ca]
default_ca = here
[here]
dir = {folder}
database = $dir/index
new_certs_dir = $dir
serial = $dir/serial
default_md = sha256
policy = any
[any]
commonName = supplied
[extensions]
subjectAltName = {name}
"""


@pytest.fixture
def certify(tmp_path: Path) -> Certify:
    """Makes a file with a self-signed certificate and its key, valid in the years given."""
    openssl = need_program("openssl")

    def make(name: str = "IP:127.0.0.1", *, years: tuple[int, int] = (2020, 2090)) -> Path:
        for file, text in (
            ("index", ""),
            ("serial", "01"),
            ("authority", AUTHORITY.format(folder=tmp_path, name=name)),
        ):
            (tmp_path / file).write_text(text)
        key, request, certificate = (tmp_path / file for file in ("key", "request", "certificate"))
        curve = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
        asked = (*curve, "-subj", "/CN=test", "-keyout", key, "-out", request)
        subprocess.run([openssl, "req", "-new", *asked], capture_output=True, check=True)
        begin, end = (f"{year}0101000000Z" for year in years)
        made = (
            "-config",
            tmp_path / "authority",
            "-extensions",
            "extensions",
            "-keyfile",
            key,
            "-in",
            request,
        )
        dates = ("-startdate", begin, "-enddate", end, "-out", certificate)
        subprocess.run(
            [openssl, "ca", "-batch", "-selfsign", "-notext", *made, *dates], capture_output=True, check=True
        )
        certificate.write_bytes(certificate.read_bytes() + key.read_bytes())
        return certificate

    return make


def serving(certificate: Path) -> LoopbackServer:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return LoopbackServer(context)
