"""Pictures of every screen, kept beside the tests; look at each one before accepting it.

`pytest tests/ui/test_snapshots.py --snapshot-update` writes them anew.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable

import pytest
from textual.app import App
from textual.pilot import Pilot
from textual.strip import Strip

from tests.ui.driving import strips_of
from tests.ui.fakes import OFFLINE, FakeClock, FakeSource, baseline, gate
from tests.ui.watching import a_desk_source, standing
from tui.ui.app import OverflightApp

Compare = Callable[..., bool]

SIZES = {"80x24": (80, 24), "120x40": (120, 40), "200x60": (200, 60)}
SCREENS = {
    "monitor": ((), "Airspace open"),
    "country": (("1", "j", "enter"), "Poland · incidents"),
    "incident": (("enter",), "fetched 1m later"),
    "story": (("enter", "enter"), "news.example/s1"),
    "health": (("H",), "410: gone for good"),
    "replay": (("R",), "18 incidents so far, 9 to come"),
    "handover": (("B",), "1 newly blind"),
    "help": (("question_mark",), "help · monitor"),
    "filter": (("f", "d", "2"), "incidents of 24h match"),
    "search": (("slash", *"balloons"), "1 story"),
    "world": (("M", "full_stop"), "· Europe"),
    "statistics": (("S",), "1018 incidents"),
    "numbers": (("S", "j", "enter"), "country:LT week:2026-W12"),
}
MODES = {"dark": "night-watch", "paper": "paper", "NO_COLOR": "night-watch"}
# What a screen shows at 80 columns, where less of it fits.
NARROW = {"monitor": "Smuggling balloons", "incident": "6 languages", "story": "Radar first"}


def app_of(source: FakeSource | None = None, theme: str = "night-watch") -> OverflightApp:
    return OverflightApp(gate(source), FakeClock(), theme=theme)


def desk_app(theme: str = "night-watch") -> OverflightApp:
    return OverflightApp(gate(a_desk_source(), alerting=standing), FakeClock(), theme=theme)


def after(keys: tuple[str, ...], words: str, first: str = "●") -> Callable[[Pilot[None]], Awaitable[None]]:
    """Press keys one by one, each once the screen before it has settled, until the words stand there.

    `first` stands on the opening screen once it is whole: a screen laid over it shows it through.
    """

    async def drive(pilot: Pilot[None]) -> None:
        await until(pilot.app, "incidents")
        await until(pilot.app, first)
        for key in keys:
            await settled(pilot)
            await pilot.press(key)
        await until(pilot.app, words)
        await settled(pilot)

    return drive


def shown(app: App[None]) -> str:
    return "\n".join(strip.text for strip in strips_of(app))


async def until(app: App[None], words: str) -> None:
    end = time.monotonic() + 10
    while words not in shown(app):
        assert time.monotonic() < end, f"never came: {words}\n{shown(app)}"
        await asyncio.sleep(0.01)


async def settled(pilot: Pilot[None]) -> None:
    """Wait until what was asked of the store is on the screen: nothing changes any more."""
    before: list[Strip] = []
    same = 0
    end = time.monotonic() + 40
    while same < 8:
        assert time.monotonic() < end
        await pilot.pause()
        await asyncio.sleep(0.03)
        now = strips_of(pilot.app)
        same = same + 1 if now == before else 0
        before = now


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("screen", SCREENS)
def test_screen(
    snap_compare: Compare, screen: str, mode: str, size: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if mode == "NO_COLOR":
        monkeypatch.setenv("NO_COLOR", "1")
    keys, words = SCREENS[screen]
    first = {"80x24": NARROW["monitor"], "200x60": "Itärannikko"}.get(size, SCREENS["monitor"][1])
    if size == "80x24":
        words = NARROW.get(screen, words)
    elif screen == "monitor":
        words = first
    assert snap_compare(
        app_of(theme=MODES[mode]), terminal_size=SIZES[size], run_before=after(keys, words, first)
    )


@pytest.mark.parametrize("mode", MODES)
def test_map_where_there_is_little_room(
    snap_compare: Compare, mode: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The map takes the room of the countries when it is asked for."""
    if mode == "NO_COLOR":
        monkeypatch.setenv("NO_COLOR", "1")
    drive = after(("m",), "worst event", NARROW["monitor"])
    assert snap_compare(app_of(theme=MODES[mode]), terminal_size=(80, 24), run_before=drive)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("mode", ["night-watch", "paper", "NO_COLOR"])
def test_watch(snap_compare: Compare, mode: str, size: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Views, watched incidents, alerts, and how they are delivered."""
    if mode == "NO_COLOR":
        monkeypatch.setenv("NO_COLOR", "1")
    app = desk_app(theme="paper" if mode == "paper" else "night-watch")
    assert snap_compare(app, terminal_size=SIZES[size], run_before=after(("W",), "Norway: its feeds"))


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        (("v",), "is:watched · all"),
        (("f", "d", "V", *"Drones"), "its count"),
        (("c",), "call the operator"),
    ],
    ids=["views", "save", "note"],
)
def test_boxes_of_watching(snap_compare: Compare, keys: tuple[str, ...], words: str) -> None:
    assert snap_compare(desk_app(), terminal_size=(80, 24), run_before=after(keys, words))


@pytest.mark.parametrize("size", SIZES)
def test_watch_empty(snap_compare: Compare, size: str) -> None:
    source = FakeSource(incidents=baseline(), looked=None)
    assert snap_compare(app_of(source), terminal_size=SIZES[size], run_before=after(("W",), "no rule is in"))


def test_high_contrast(snap_compare: Compare) -> None:
    keys, words = SCREENS["monitor"]
    assert snap_compare(app_of(theme="high-contrast"), terminal_size=(120, 40), run_before=after(keys, words))


def test_first_run_offline(snap_compare: Compare) -> None:
    source = FakeSource(incidents=baseline(), status=OFFLINE, stories=0, looked=None)
    assert snap_compare(app_of(source), terminal_size=(80, 24), run_before=after((), "OFFLINE"))


def test_baseline_incident(snap_compare: Compare) -> None:
    source = FakeSource(incidents=baseline(), stories=0, looked=None)
    assert snap_compare(
        app_of(source), terminal_size=(120, 40), run_before=after(("enter",), "a known incident of the past")
    )
