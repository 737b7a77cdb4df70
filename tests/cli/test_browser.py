"""Opening a link: only what is a web address, by no shell, without waiting, with nothing on our screen."""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.ui.fakes import FakeClock
from tui.cli.browser import OutsideBrowser


class Ended:
    """A program that was started and has ended well."""

    def wait(self, timeout: float) -> int:
        return 0


class Noting:
    """Starts nothing, and remembers what."""

    def __init__(self) -> None:
        self.started: list[Sequence[str]] = []

    def __call__(self, arguments: Sequence[str]) -> Ended:
        self.started.append(arguments)
        return Ended()


REPOSITORY = Path(__file__).resolve().parents[2]
LINK = "https://news.example/story?a=1&b=$(touch%20pwn);c"


def program(folder: Path, words: str) -> Path:
    """A browser of our own."""
    path = folder / "browser"
    path.write_text(f"#!/bin/sh\n{words}\n", encoding="utf-8")
    path.chmod(0o700)
    return path


def wait_for(path: Path) -> str:
    end = time.monotonic() + 20
    while not path.exists() or not path.read_text(encoding="utf-8").endswith("\n"):
        assert time.monotonic() < end, "the browser was never started"
        time.sleep(0.02)
    return path.read_text(encoding="utf-8")


def opened(url: str, browser: Path, folder: Path) -> tuple[str, str]:
    """What a process that opens the link prints on its two outputs, the browser's words among them if it let them."""
    script = (
        "from tui.cli.browser import OutsideBrowser; from tui.cli.clocks import SystemClock;"
        f"print(OutsideBrowser(SystemClock()).open({url!r}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        timeout=30,  # less than the longest browser here sleeps: it is not waited for
        cwd=folder,
        env={**os.environ, "BROWSER": str(browser), "PYTHONPATH": str(REPOSITORY)},
    )
    return done.stdout, done.stderr


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "data:text/html,x",
        "ssh://-oProxyCommand=x",
        "vscode://file/x",
        "\\\\host\\share",
        "--help",
        "%action--incognito",
        "https://a.example/\n--new-window",
        "http://[::1/",
        "https://a.example/" + "a" * 2_048,
        "-x https://a.example/",
    ],
)
def test_what_is_no_link_of_the_web_starts_nothing_and_says_why(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BROWSER", str(program(tmp_path, "true")))
    launch = Noting()
    refused = OutsideBrowser(FakeClock(), launch).open(url)
    assert refused is not None
    assert "only http and https" in refused.reason
    assert launch.started == []


@pytest.mark.parametrize(
    ("url", "given"),
    [
        ("https://bank.example@evil.example/", "https://evil.example/"),
        ("https://\u0430.example/", "https://xn--80a.example/"),
        (LINK, LINK),
    ],
)
def test_the_browser_is_given_the_real_host_as_one_argument_by_no_shell(
    url: str, given: str, tmp_path: Path
) -> None:
    got = tmp_path / "got"
    browser = program(tmp_path, f'printf "%s|%s\\n" "$#" "$1" > {got}')
    assert opened(url, browser, tmp_path) == ("None\n", "")
    assert wait_for(got) == f"1|{given}\n"
    assert not (tmp_path / "pwn").exists()


def test_a_browser_that_does_not_end_and_writes_all_over_is_neither_waited_for_nor_seen(
    tmp_path: Path,
) -> None:
    ready = tmp_path / "ready"
    noisy = program(tmp_path, f'echo NOISE; echo NOISE >&2; echo "$$" > {ready}; exec sleep 60')
    said = opened(LINK, noisy, tmp_path)
    pid = int(wait_for(ready))
    try:
        assert said == ("None\n", "")
        assert os.getsid(pid) == pid, "a session of its own"
    finally:
        os.kill(pid, 9)


def test_of_a_hundred_presses_in_one_second_one_opens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BROWSER", str(program(tmp_path, "true")))
    launch = Noting()
    browser = OutsideBrowser(FakeClock(), launch)
    answers = [browser.open(LINK) for _ in range(100)]
    assert len(launch.started) == 1
    assert [answer for answer in answers if answer is None] == [None]
    assert answers[-1] is not None
    assert "one link a second" in answers[-1].reason


@pytest.mark.parametrize("chosen", ["", "no-such-browser %s", "'unended"])
def test_without_a_browser_it_says_what_to_set(
    chosen: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BROWSER", chosen)
    monkeypatch.setenv("PATH", str(tmp_path))
    refused = OutsideBrowser(FakeClock()).open(LINK)
    assert refused is not None
    assert "set BROWSER" in refused.reason


def test_an_opener_that_finds_no_browser_is_not_said_to_have_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BROWSER", "")
    found = program(tmp_path, "exit 3").rename(tmp_path / "xdg-open")
    monkeypatch.setenv("PATH", str(tmp_path))
    refused = OutsideBrowser(FakeClock()).open(LINK)
    assert refused is not None
    assert f"{found} ended with 3: if nothing opened, set BROWSER" in refused.reason


def test_a_browser_that_cannot_be_started_is_said_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "browser"
    broken.write_text("#!/no/such/interpreter\n", encoding="utf-8")
    broken.chmod(0o700)
    monkeypatch.setenv("BROWSER", str(broken))
    refused = OutsideBrowser(FakeClock()).open(LINK)
    assert refused is not None
    assert f"cannot start {broken}" in refused.reason
