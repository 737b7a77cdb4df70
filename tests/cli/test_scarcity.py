"""Few descriptors, little memory: a message or a plainer service, and no traceback."""

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.test_refusals import environment
from tests.servers.loopback import LoopbackServer
from tests.ui.terminal import REPOSITORY, on_a_terminal

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


DASHBOARD_LIMITS = {**LIMITS, "no process more": (resource.RLIMIT_NPROC, 1)}


@pytest.mark.parametrize("limit", DASHBOARD_LIMITS)
def test_a_dashboard_under_a_limit_works_or_says_what_it_lacks(tmp_path: Path, limit: str) -> None:
    what, most = DASHBOARD_LIMITS[limit]
    if what == resource.RLIMIT_NPROC and os.getuid() == 0:
        pytest.skip("no limit of processes holds for root")
    environment = {"OVERFLIGHT_HOME": str(tmp_path), "PYTHONPATH": str(REPOSITORY)}
    with on_a_terminal(
        "-m", "tui", environment=environment, prepare=lambda: resource.setrlimit(what, (most, most))
    ) as terminal:
        end = time.monotonic() + 40
        while b"What to watch" not in terminal.raw and terminal.process.poll() is None:
            assert time.monotonic() < end, (
                f"neither a dashboard nor a message: {bytes(terminal.raw[-2000:])!r}"
            )
            terminal.read(0.1)
        if terminal.process.poll() is None:
            terminal.quiet()
            terminal.type("\x11")
            terminal.wait()
        told = bytes(terminal.raw[-3000:]).decode(errors="replace")
        assert terminal.process.returncode in {0, 1, 2}, told
        assert b"Traceback" not in terminal.raw, told
        assert told


@pytest.mark.parametrize("files", range(10, 40, 3))
def test_a_dashboard_with_too_few_files_says_so_before_the_screen_is_touched(
    tmp_path: Path, files: int
) -> None:
    environment = {"OVERFLIGHT_HOME": str(tmp_path), "PYTHONPATH": str(REPOSITORY)}
    with on_a_terminal(
        "-m",
        "tui",
        environment=environment,
        prepare=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (files, files)),
    ) as terminal:
        assert terminal.wait() == 2
        assert b"The dashboard opens up to 40 files and sockets" in terminal.raw
        assert b"ulimit -n 256" in terminal.raw
        assert b"\x1b" not in terminal.raw
