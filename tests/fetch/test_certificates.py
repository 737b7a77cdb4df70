"""Certificates made on the spot with the openssl program; what is wrong with one is named, and nothing is read."""

import ssl
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import need_program
from tests.fetch.conftest import FEED, OpenFetcher, local
from tests.servers.loopback import LoopbackServer
from tui.domain.feed import Validators
from tui.pipeline.ports import Fetched, FetchFailed

Certify = Callable[..., Path]


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


def _serving(certificate: Path) -> LoopbackServer:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return LoopbackServer(context)


async def test_a_trusted_certificate_is_accepted(certify: Certify, open_fetcher: OpenFetcher) -> None:
    certificate = certify()
    trusting = ssl.create_default_context(cafile=str(certificate))
    with _serving(certificate) as server:
        server.put("/a", FEED)
        outcome = await open_fetcher(tls=trusting).fetch(local(server.url("/a")), Validators())
    assert isinstance(outcome, Fetched)


async def test_a_self_signed_certificate_is_named_as_such_and_nothing_is_sent(
    certify: Certify, open_fetcher: OpenFetcher
) -> None:
    with _serving(certify()) as server:
        server.put("/a", FEED)
        outcome = await open_fetcher().fetch(local(server.url("/a")), Validators())
    assert isinstance(outcome, FetchFailed)
    assert "is self-signed" in outcome.reason
    assert not outcome.offline
    assert server.received == []


async def test_a_certificate_for_another_host_is_named_as_such(
    certify: Certify, open_fetcher: OpenFetcher
) -> None:
    certificate = certify("DNS:other.example")
    trusting = ssl.create_default_context(cafile=str(certificate))
    with _serving(certificate) as server:
        server.put("/a", FEED)
        outcome = await open_fetcher(tls=trusting).fetch(local(server.url("/a")), Validators())
    assert isinstance(outcome, FetchFailed)
    assert "belongs to another host" in outcome.reason
    assert server.received == []


async def test_an_expired_certificate_is_named_as_such(certify: Certify, open_fetcher: OpenFetcher) -> None:
    certificate = certify(years=(2020, 2021))
    trusting = ssl.create_default_context(cafile=str(certificate))
    with _serving(certificate) as server:
        server.put("/a", FEED)
        outcome = await open_fetcher(tls=trusting).fetch(local(server.url("/a")), Validators())
    assert isinstance(outcome, FetchFailed)
    assert "has expired" in outcome.reason


async def test_a_certificate_of_the_future_is_named_as_such(
    certify: Certify, open_fetcher: OpenFetcher
) -> None:
    certificate = certify(years=(2090, 2091))
    trusting = ssl.create_default_context(cafile=str(certificate))
    with _serving(certificate) as server:
        outcome = await open_fetcher(tls=trusting).fetch(local(server.url("/a")), Validators())
    assert isinstance(outcome, FetchFailed)
    assert "is not valid yet" in outcome.reason


async def test_a_server_that_speaks_no_tls_at_all_is_a_failure_in_plain_words(
    server: LoopbackServer, open_fetcher: OpenFetcher
) -> None:
    outcome = await open_fetcher().fetch(local(server.url("/a").replace("http:", "https:")), Validators())
    assert isinstance(outcome, FetchFailed)
    assert "No secure connection" in outcome.reason


async def test_the_environment_names_no_authority_to_trust(
    certify: Certify, open_fetcher: OpenFetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = certify()
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with _serving(certificate) as server:
        server.put("/a", FEED)
        outcome = await open_fetcher().fetch(local(server.url("/a")), Validators())
    assert isinstance(outcome, FetchFailed)
