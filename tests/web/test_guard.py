"""`overflight serve`: who may ask, where it may listen, and what it says when it may not."""

import subprocess
import sys
from pathlib import Path

import pytest

from tui.cli.serve import dashboard_command, is_loopback

REPOSITORY = Path(__file__).resolve().parents[2]


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tui", "serve", *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd=REPOSITORY, timeout=60, check=False)


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.7", "::", "desk.example"])
def test_an_address_that_others_reach_is_refused_unless_it_is_asked_for(host: str) -> None:
    answer = run("--host", host)
    assert answer.returncode == 2
    assert "there is no password" in answer.stderr
    assert "--anyone-may-use-it" in answer.stderr


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.8.8.8"])
def test_this_machine_is_this_machine_by_every_name(host: str) -> None:
    assert is_loopback(host)


def test_the_command_of_a_tab_is_quoted_for_the_shell() -> None:
    command = dashboard_command({"feeds": "my feeds; rm -rf.toml", "db": None}, fetch=False)
    assert command.endswith("-m tui --in-browser --feeds 'my feeds; rm -rf.toml' --no-fetch")


@pytest.mark.parametrize(
    ("host", "origin", "anyone", "may"),
    [
        ("127.0.0.1:8417", None, False, True),
        ("localhost:8417", "http://localhost:8417", False, True),
        ("127.0.0.1:8417", "http://localhost:8417", False, True),
        ("127.0.0.1:8417", "https://news.example", False, False),
        ("127.0.0.1:8417", "http://127.0.0.1:9000", False, False),
        ("127.0.0.1:8417", "null", False, False),
        ("rebound.example:8417", None, False, False),
        ("rebound.example:8417", "http://rebound.example:8417", False, False),
        ("desk.example:8417", "http://desk.example:8417", True, True),
        ("desk.example:8417", "http://other.example", True, False),
    ],
)
def test_only_pages_of_its_own_address_may_ask(
    host: str, origin: str | None, *, anyone: bool, may: bool
) -> None:
    pytest.importorskip("textual_serve", reason="needs the extra `web`")
    from tui.cli.web_server import allowed

    assert allowed(host, origin, 8417, anyone=anyone) is may
