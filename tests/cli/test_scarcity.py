"""Few descriptors, little memory: a message or a plainer service, and no traceback."""

import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.test_refusals import environment
from tests.servers.loopback import LoopbackServer

LIMITS = {
    "64 descriptors": (resource.RLIMIT_NOFILE, 64),
    "16 descriptors": (resource.RLIMIT_NOFILE, 16),
    "512 MB": (resource.RLIMIT_AS, 512 * 1024 * 1024),
}


def limited(name: str) -> Callable[[], None]:
    what, most = LIMITS[name]
    return lambda: resource.setrlimit(what, (most, most))


@pytest.mark.parametrize("limit", LIMITS)
@pytest.mark.parametrize("command", [("once", "--all"), ("query", "drones"), ("doctor",)], ids=" ".join)
def test_a_command_under_a_limit_works_or_says_what_it_lacks(
    tmp_path: Path, limit: str, command: tuple[str, ...]
) -> None:
    feeds = tmp_path / "feeds.toml"
    with LoopbackServer() as server:
        server.put(
            "/a", b'<rss version="2.0"><channel><title>t</title><item><title>x</title></item></channel></rss>'
        )
        feeds.write_text(
            f'[[feed]]\nurl = "{server.url("/a")}"\nname = "a"\nallow_private = true\n', encoding="utf-8"
        )
        done = subprocess.run(
            [sys.executable, "-m", "tui", "--feeds", str(feeds), *command],
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
            stdin=subprocess.DEVNULL,
            env=environment(tmp_path),
            preexec_fn=limited(limit),
        )
    assert done.returncode in {0, 1, 2}, done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout or done.stderr
