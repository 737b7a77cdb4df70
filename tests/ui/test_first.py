"""The first start: what to watch, how the first poll goes, the way to the recorded world."""

from dataclasses import replace

import pytest

from tests.ui.driving import running
from tests.ui.fakes import HEALTHY, FakeSource, gate
from tui.domain.board import FeedCounts
from tui.domain.packs import Pack
from tui.pipeline.gate import FirstRun, Switched
from tui.ui.screens.first import DEMO_STATUS, First

PACKS = (
    Pack("Baltic and Nordic", "LT LV EE FI", frozenset({"https://a.example/", "https://b.example/"})),
    Pack("Worldwide", "agencies", frozenset({"https://c.example/"})),
)


class Chooser:
    """Remembers what was chosen."""

    def __init__(self) -> None:
        self.urls: frozenset[str] | None = None

    def __call__(self, urls: frozenset[str]) -> Switched:
        self.urls = urls
        return Switched(done=True, said="2 feeds are switched off")


async def test_everything_is_picked_already_and_enter_leads_to_the_monitor() -> None:
    chooser = Chooser()
    async with running(through=gate(first_run=FirstRun(PACKS, chooser))) as driven:
        await driven.sees("What to watch", "■ Baltic and Nordic", "2 feeds", "■ Worldwide")
        await driven.press("enter")
        await driven.until(lambda: not isinstance(driven.app.screen, First), "the monitor")
        assert chooser.urls is None


async def test_what_is_not_picked_is_switched_off_and_that_is_said() -> None:
    chooser = Chooser()
    async with running(through=gate(first_run=FirstRun(PACKS, chooser))) as driven:
        await driven.sees("■ Baltic and Nordic")
        await driven.press("space")
        await driven.sees("□ Baltic and Nordic")
        await driven.press("enter")
        await driven.sees("2 feeds are switched off")
        assert chooser.urls == PACKS[1].urls


async def test_nothing_at_all_cannot_be_watched() -> None:
    chooser = Chooser()
    async with running(through=gate(first_run=FirstRun(PACKS, chooser))) as driven:
        await driven.sees("■ Baltic and Nordic")
        await driven.press("space", "j", "space", "enter")
        await driven.sees("Pick one at least")
        assert isinstance(driven.app.screen, First)


async def test_the_first_poll_is_told_as_it_goes() -> None:
    source = FakeSource(status=replace(HEALTHY, feeds=FeedCounts(ok=2, failing=1, waiting=1)))
    async with running(source, through=gate(source, first_run=FirstRun(PACKS, Chooser()))) as driven:
        await driven.sees("3 of 4 feeds", "2 answered", "1 failing")
        source.say(replace(HEALTHY, state="offline"))
        await driven.sees("No network.", "polling tries again")


async def test_a_key_leads_to_the_recorded_world() -> None:
    async with running(through=gate(first_run=FirstRun(PACKS, Chooser()))) as driven:
        await driven.sees("the recorded world")
        await driven.press("d")
        await driven.until(lambda: driven.app.return_code == DEMO_STATUS, "the end")


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60), (60, 16)])
async def test_the_box_fits(size: tuple[int, int]) -> None:
    async with running(size=size, through=gate(first_run=FirstRun(PACKS, Chooser()))) as driven:
        await driven.sees("OVERFLIGHT", "■ Worldwide")
        assert all("…" not in line for line in driven.lines if "Worldwide" in line)
