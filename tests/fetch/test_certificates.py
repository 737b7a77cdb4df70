"""Certificates made on the spot with the openssl program; what is wrong with one is named, and nothing is read."""

import ssl

import pytest

from tests.fetch.conftest import FEED, Certify, OpenFetcher, local, serving
from tests.servers.loopback import LoopbackServer
from tui.domain.feed import Validators
from tui.pipeline.ports import Fetched, FetchFailed


async def test_a_trusted_certificate_is_accepted(certify: Certify, open_fetcher: OpenFetcher) -> None:
    certificate = certify()
    trusting = ssl.create_default_context(cafile=str(certificate))
    with serving(certificate) as server:
        server.put("/a", FEED)
        outcome = await open_fetcher(tls=trusting).fetch(local(server.url("/a")), Validators())
    assert isinstance(outcome, Fetched)


async def test_a_self_signed_certificate_is_named_as_such_and_nothing_is_sent(
    certify: Certify, open_fetcher: OpenFetcher
) -> None:
    with serving(certify()) as server:
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
    with serving(certificate) as server:
        server.put("/a", FEED)
        outcome = await open_fetcher(tls=trusting).fetch(local(server.url("/a")), Validators())
    assert isinstance(outcome, FetchFailed)
    assert "belongs to another host" in outcome.reason
    assert server.received == []


async def test_an_expired_certificate_is_named_as_such(certify: Certify, open_fetcher: OpenFetcher) -> None:
    certificate = certify(years=(2020, 2021))
    trusting = ssl.create_default_context(cafile=str(certificate))
    with serving(certificate) as server:
        server.put("/a", FEED)
        outcome = await open_fetcher(tls=trusting).fetch(local(server.url("/a")), Validators())
    assert isinstance(outcome, FetchFailed)
    assert "has expired" in outcome.reason


async def test_a_certificate_of_the_future_is_named_as_such(
    certify: Certify, open_fetcher: OpenFetcher
) -> None:
    certificate = certify(years=(2090, 2091))
    trusting = ssl.create_default_context(cafile=str(certificate))
    with serving(certificate) as server:
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
    with serving(certificate) as server:
        server.put("/a", FEED)
        outcome = await open_fetcher().fetch(local(server.url("/a")), Validators())
    assert isinstance(outcome, FetchFailed)
