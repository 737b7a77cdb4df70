"""What a key costs the terminal, how much stands on the screen, and the first picture."""

import os
import re
import time

import pytest

from tests.ui.driving import running
from tests.ui.fakes import FakeClock, FakeSource, gate, incident, minutes
from tests.ui.terminal import LONGEST, Terminal, staged
from tui.domain.board import BoardQuery
from tui.pipeline.ahead import ReadAhead
from tui.ui.screens.monitor import Monitor

ASKED = b"\x1b[?2026$p"
"""Whether the terminal can show a frame at once."""
CAN = b"\x1b[?2026;2$y"
SECOND = 1024


def settle(terminal: Terminal) -> None:
    """Read until a second brings no more than an idle one may, a preview and the maps being there."""
    terminal.until(b"baseline")
    end = time.monotonic() + LONGEST
    while time.monotonic() < end:
        at, until = len(terminal.raw), time.monotonic() + 1.0
        while (left := until - time.monotonic()) > 0:
            terminal.read(left)
        if len(terminal.raw) - at <= SECOND:
            return


FRAME = re.compile(rb"\x1b\[\?2026h.*?\x1b\[\?2026l", re.DOTALL)


@pytest.mark.parametrize(("size", "most"), [((80, 24), 3_000), ((120, 40), 10_000), ((200, 60), 12_000)])
def test_a_key_and_its_preview_are_a_few_whole_frames_of_a_few_kilobytes(
    size: tuple[int, int], most: int
) -> None:
    with staged("plain", size=size) as terminal:
        terminal.until(ASKED)
        os.write(terminal.master, CAN)
        settle(terminal)
        for key in "jjjkkj":
            at = len(terminal.raw)
            terminal.type(key)
            terminal.quiet(0.5)
            written = bytes(terminal.raw[at:])
            assert FRAME.sub(b"", written) == b"", "nothing is drawn outside a frame"
            assert 0 < len(written) <= most
            assert len(FRAME.findall(written)) <= 6


def test_an_idle_screen_writes_less_than_a_kilobyte_a_second() -> None:
    with staged("plain", size=(200, 60)) as terminal:
        settle(terminal)
        at, until = len(terminal.raw), time.monotonic() + 4.0
        while (left := until - time.monotonic()) > 0:
            terminal.read(left)
        assert len(terminal.raw) - at <= 4 * SECOND


@pytest.mark.parametrize(("size", "least"), [((80, 24), 12), ((200, 60), 35)])
async def test_as_many_incidents_stand_on_the_screen_as_promised(size: tuple[int, int], least: int) -> None:
    many = FakeSource(
        incidents=tuple(
            incident(f"n{at}", f"Incident number {at} of many", minutes(at), new=at < 5) for at in range(100)
        )
    )
    async with running(many, size=size) as driven:
        await driven.sees("Incident number 0")
        assert len(set(re.findall(r"Incident number \d+", driven.text))) >= least


async def test_what_can_be_scrolled_is_right_without_a_new_layout() -> None:
    async with running(size=(200, 60)) as driven:
        monitor = driven.app.screen
        assert isinstance(monitor, Monitor)
        driven.source.change(
            *(incident(f"n{at}", f"Incident number {at} of many", minutes(at)) for at in range(100))
        )
        await driven.until(lambda: len(monitor.incidents.keys) == 100, "the long list")
        driven.source.change(
            *(incident(f"n{at}", f"Incident number {at} of many", minutes(at)) for at in range(300))
        )
        await driven.until(lambda: len(monitor.incidents.keys) == 300, "the longer list")
        await driven.press("G")
        await driven.sees("Incident number 299")
        assert (
            monitor.incidents.vertical_scrollbar.window_virtual_size == monitor.incidents.virtual_size.height
        )


async def test_the_first_picture_shows_a_board_that_was_read_before_the_app_began() -> None:
    source = FakeSource()
    ahead = ReadAhead(source, BoardQuery(), FakeClock())
    async with running(source, through=gate(source, ahead=ahead)) as driven:
        await driven.sees("Smuggling balloons")
        assert source.reads == 1, "it is not read again"
        source.change(incident("late", "A balloon comes late", minutes(0), new=True))
        await driven.sees("A balloon comes late")


async def test_a_board_that_cannot_be_read_ahead_is_read_by_the_app_which_says_why() -> None:
    source = FakeSource(broken="disk gone")
    ahead = ReadAhead(source, BoardQuery(), FakeClock())
    assert ahead.take(5.0) is None
    async with running(source, through=gate(source, ahead=ahead)) as driven:
        await driven.sees("disk gone")
        source.broken = None
        await driven.sees("Smuggling balloons")
