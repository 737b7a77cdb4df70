"""Opening a link outside: no shell, no waiting, nothing of the browser's on our screen."""

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from typing import Protocol

from tui.domain.clock import Clock
from tui.pipeline.gate import LinkRefused

_ENDS_WITHIN = 1.0
"""Seconds in which a program that finds no browser says so by its status; one that runs on has taken the link."""


class Started(Protocol):
    """A program that was started."""

    def wait(self, timeout: float) -> int:
        """Its status; raises TimeoutExpired when it runs on."""
        ...


Launch = Callable[[Sequence[str]], Started]


def _launch(arguments: Sequence[str]) -> Started:
    return subprocess.Popen(  # noqa: S603 - argv list; the link was checked
        list(arguments),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def opener() -> list[str] | None:
    """The program that opens links here; None when there is none."""
    chosen = os.environ.get("BROWSER", "").split(os.pathsep)[0]
    if chosen:
        try:
            words = shlex.split(chosen)
        except ValueError:  # quotes that do not end
            words = []
        if words and shutil.which(words[0]):
            return [word for word in words if word != "%s"]
    for name in ("open",) if sys.platform == "darwin" else ("xdg-open", "wslview", "gio"):
        found = shutil.which(name)
        if found:
            return [found, "open"] if name == "gio" else [found]
    return None


class OutsideBrowser:
    """Opens http and https links, at most one a second."""

    def __init__(self, clock: Clock, launch: Launch = _launch) -> None:
        self._clock = clock
        self._launch = launch
        self._last = float("-inf")

    def open(self, url: str) -> LinkRefused | None:
        """Hand a link over; a reason in plain words when it may not or cannot be opened. Takes its time: for a thread."""
        from tui.reading.plain_text import safe_link

        link = safe_link(url)
        if not link:
            return LinkRefused("cannot open this link: only http and https addresses are opened")
        now = self._clock.monotonic()
        if now - self._last < 1:
            return LinkRefused("one link a second is enough; press again")
        program = opener()
        if program is None:
            return LinkRefused("no browser found: set BROWSER, or copy the link with Y")
        self._last = now
        return self._started(program, link)

    def _started(self, program: Sequence[str], link: str) -> LinkRefused | None:
        try:
            status = self._launch([*program, link]).wait(_ENDS_WITHIN)
        except subprocess.TimeoutExpired:
            return None
        except OSError as error:
            return LinkRefused(
                f"cannot start {program[0]}: {error.strerror or 'unknown error'}; set BROWSER to another, or copy the link with Y"
            )
        if status:
            return LinkRefused(
                f"{program[0]} ended with {status}: if nothing opened, set BROWSER to another, or copy the link with Y"
            )
        return None
