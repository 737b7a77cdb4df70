"""Whatever breaks behind the screen is said in the status bar, logged whole, and outlived: a table of every way in."""

import ast
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.ui.conftest import Heard
from tests.ui.driving import Driven, running
from tests.ui.fakes import HEALTHY, FakeCollecting, FakeSource, gate
from tests.ui.terminal import staged
from tui.domain.notes import Written
from tui.domain.watch import AlertStanding
from tui.pipeline.board_ports import BoardSource, Marks
from tui.pipeline.gate import Browser, Collecting, Gate, Saved, Switched
from tui.ui.screens.help import Help

UI = Path(__file__).parents[2] / "tui" / "ui"
WORDS = "the port has broken"


def broken(*_: object, **__: object) -> Any:
    raise RuntimeError(WORDS)


@dataclass(frozen=True)
class Way:
    """A method of a port, and the keys after which the interface asks it."""

    port: str
    method: str
    keys: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.port}.{self.method}"


WAYS = (
    Way("source", "stamp"),
    Way("source", "board"),
    Way("source", "board_as_read", ("t",)),
    Way("source", "collector"),
    Way("source", "this_week"),
    Way("source", "incident", ("enter",)),
    Way("source", "story", ("enter", "enter")),
    Way("source", "feeds", ("H",)),
    Way("source", "find_stories", ("slash", *"drone")),
    Way("source", "facets", ("slash", *"drone")),
    Way("source", "find_incidents", ("S", "tab", "enter")),
    Way("source", "statistics", ("S",)),
    Way("source", "tellings", ("R",)),
    Way("marks", "mark_seen", ("a",)),
    Way("marks", "mark_unseen", ("a", "u")),
    Way("marks", "set_watched", ("w",)),
    Way("marks", "correct", ("exclamation_mark", "n", "enter")),
    Way("marks", "undo_correction", ("exclamation_mark", "n", "enter", "u")),
    Way("marks", "request", ("r",)),
    Way("marks", "remember", ("ctrl+p", *"theme: p", "down", "enter")),
    Way("source", "desk", ("W",)),
    Way("marks", "set_note", ("c", *"hello", "enter")),
    Way("marks", "set_tags", ("number_sign", *"night", "enter")),
    Way("marks", "ask_full_text", ("enter", "enter", "F")),
    Way("gate", "alerting", ("W",)),
    Way("browser", "open", ("o",)),
    Way("collecting", "start"),
    Way("collecting", "alive"),
    Way("collecting", "last_words"),
    Way("gate", "switch_feed", ("H", "D")),
    Way("gate", "save", ("B", "e")),
    Way("gate", "may_ring"),
)

NOT_ASKED = {
    "source.outcomes": "the command line alone asks",
    "source.views": "the command line alone asks",
    "source.close": "asked when the screen is gone",
    "marks.set_looked": "nothing of the interface asks",
    "marks.edit_view": "asked as notes and tags are",
    "marks.recall": "asked before the first screen",
    "marks.close": "asked when the screen is gone",
    "collecting.pid": "a number that is kept, nothing is asked",
    "collecting.stop": "asked when the screen is gone",
    "gate.replay": "no call",
    "gate.tidy": "nothing is asked: it frees memory",
}


def methods_of(port: type) -> set[str]:
    return {name for name in vars(port) if not name.startswith("_")}


def test_every_method_of_every_port_is_in_the_table_or_says_why_not() -> None:
    ports = {"source": BoardSource, "marks": Marks, "browser": Browser, "collecting": Collecting}
    there = {f"{name}.{method}" for name, port in ports.items() for method in methods_of(port)}
    there |= {
        f"gate.{name}"
        for name, kind in Gate.__annotations__.items()
        if any(word in str(kind) for word in ("Callable", "Switch", "Save"))
    }
    assert there <= {str(way) for way in WAYS} | set(NOT_ASKED)


@pytest.mark.parametrize("way", WAYS, ids=str)
async def test_a_port_that_raises_is_said_and_logged_and_the_screen_goes_on(way: Way, faults: Heard) -> None:
    source, collecting = FakeSource(), FakeCollecting(runs=True)
    door = gate(
        source,
        collecting=collecting,
        save=broken if way.method == "save" else lambda _name, _text: Saved(done=True, said="done"),
        may_ring=broken if way.method == "may_ring" else lambda _: True,
        alerting=broken if way.method == "alerting" else AlertStanding,
        switch_feed=broken
        if way.method == "switch_feed"
        else lambda _url, *, on: Switched(done=on, said="done"),
    )
    if way.method in {"start", "last_words"}:
        collecting.runs = collecting.stays_up = False
        source.say(replace(HEALTHY, heartbeat=None, state="none"))
    async with running(source, through=door) as driven:
        port: Any = {
            "source": source,
            "marks": driven.marks,
            "browser": driven.browser,
            "collecting": collecting,
            "gate": None,
        }[way.port]
        if port is not None:
            setattr(port, way.method, broken)
        for key in way.keys:
            await driven.press(key)
            await driven.settled()
        if way.method == "may_ring":
            source.ring("seen over the port")
        source.generation += 1
        source.beat += 1
        driven.clock.turn(timedelta(seconds=61))
        for _ in range(3):
            driven.app._tick()
            driven.clock.turn(timedelta(seconds=1))
        await driven.sees(WORDS)
        assert any(WORDS in str(record.exc_info) for record in faults.records) or way.method == "last_words"
        assert driven.app.is_running
        if port is not None:
            delattr(port, way.method)
        await goes_on(driven)


async def goes_on(driven: Driven) -> None:
    """Keys are answered, and what is new comes."""
    for _ in range(4):
        await driven.press("escape")
    await driven.settled()
    await driven.press("question_mark")
    await driven.until(lambda: isinstance(driven.app.screen, Help), "the help")
    await driven.press("escape")
    driven.source.change(*driven.source.incidents[1:])
    driven.app._tick()
    gone = FakeSource().incidents[0].line[:30]
    await driven.no_longer_sees(gone)


class Bomb:
    """A value that nothing can be asked of."""

    def __getattr__(self, name: str) -> Any:
        raise RuntimeError(WORDS)


async def test_a_board_that_no_pane_can_show_is_said_and_the_next_one_is_shown(faults: Heard) -> None:
    source = FakeSource()
    async with running(source) as driven:
        whole = source.incidents
        source.change(*whole[:3], replace(whole[3], facts=Bomb()))  # type: ignore[arg-type]  # what must not come
        driven.source.board = lambda query, now: replace(  # type: ignore[method-assign]  # a source that lies
            FakeSource().board(query, now), incidents=source.incidents, generation=source.generation
        )
        driven.app._tick()
        await driven.sees(WORDS, "the dashboard goes on")
        assert faults.records
        del driven.source.board
        source.incidents = whole
        await goes_on(driven)


async def test_a_row_that_cannot_be_drawn_leaves_the_others_standing(faults: Heard) -> None:
    async with running() as driven:
        listed = driven.app.screen.query_one("#incident-list")
        drawing: Callable[..., Any] = listed._draw_row  # type: ignore[attr-defined]  # the list's own way to its pane
        listed._draw_row = lambda row, width: broken() if row.key == "pl1" else drawing(row, width)  # type: ignore[attr-defined]
        listed._drawn.clear()  # type: ignore[attr-defined]  # what it holds drawn
        listed.refresh()
        await driven.sees("this row cannot be drawn", "Smuggling balloons", WORDS)
        assert faults.records


async def test_a_fault_that_comes_every_second_is_logged_once_a_minute_and_forgotten_after_five(
    faults: Heard,
) -> None:
    collecting = FakeCollecting(runs=True)
    async with running(through=gate(collecting=collecting)) as driven:
        for _ in range(30):
            driven.app.session.faults.hear("a test", RuntimeError(WORDS))
            driven.clock.turn(timedelta(seconds=1))
        driven.app._tick()
        await driven.sees("a fault in a test (RuntimeError: the port has broken); the dashboard goes on")
        assert len(faults.records) == 1
        driven.clock.turn(timedelta(seconds=301))
        driven.app._tick()
        await driven.no_longer_sees("a fault in a test")


TIMED = {"_show", "_tick", "_follow", "_run_on", "_ask", "_forget_quit", "_show_unread", "_make_ready"}
"""What timers call: each through the queue of its screen or app, where whatever breaks is outlived."""


def test_every_timer_goes_through_the_queue_of_its_screen() -> None:
    found: dict[str, str] = {}
    for file in UI.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                if node.func.attr in {"set_timer", "set_interval"}:
                    called = ast.unparse(node.args[1])
                    match = re.fullmatch(r"lambda: self\.call_later\(self\.(\w+)\)", called)
                    assert match, f"{file.name}: {called}"
                    found[match[1]] = file.name
                assert node.func.attr != "run_worker", f"{file.name}: a worker has no guard of ours"
    assert set(found) == TIMED


@pytest.mark.parametrize("keys", [("R", "space"), ("slash", "a"), ("j", "j"), ("q",)], ids=" ".join)
async def test_a_timer_that_breaks_is_said_and_the_screen_goes_on(
    keys: tuple[str, ...], faults: Heard
) -> None:
    async with running(size=(200, 60)) as driven:
        await driven.press(keys[0])
        await driven.settled()
        screen: Any = driven.app.screen
        for name in TIMED & set(dir(screen)):
            setattr(screen, name, broken)
        if keys[0] == "q":
            screen.call_later(screen._forget_quit)  # its three seconds are not waited for
        await driven.press(*keys[1:])
        await driven.sees(WORDS)
        assert driven.app.is_running
        assert faults.records


def test_a_dashboard_that_falls_is_started_again_and_says_why() -> None:
    with staged("falls", "2") as terminal:
        terminal.until(b"baseline")
        terminal.until(b"started again")
        terminal.quiet()
        terminal.type("?")
        terminal.until(b"help")
        assert b"Traceback" not in terminal.raw


def test_one_that_falls_again_and_again_says_so_and_ends_with_the_terminal_as_it_was() -> None:
    with staged("falls", "1000") as terminal:
        assert terminal.wait() == 2
        assert b"fell 6 times within the hour: a fault in drawing (RuntimeError: it fell)" in terminal.raw
        assert b"Traceback" not in terminal.raw
        assert terminal.raw.count(b"\x1b[?1049l") == terminal.raw.count(b"\x1b[?1049h") == 6


async def test_a_fault_stands_before_everything_else_for_a_while_and_then_behind_it(faults: Heard) -> None:
    source = FakeSource()
    async with running(source) as driven:
        driven.marks.mark_seen = broken  # type: ignore[method-assign]  # a store that is gone
        await driven.press("a")
        await driven.sees("a fault in storing what you did")
        assert faults.records
        driven.clock.turn(timedelta(seconds=91))
        driven.app._tick()
        await driven.sees("feeds ✓", "storing what you did did not work")
        driven.clock.turn(timedelta(seconds=240))
        driven.app._tick()
        await driven.no_longer_sees("storing what you did")


async def test_nothing_is_called_noted_before_it_is_stored(faults: Heard) -> None:
    source = FakeSource()
    async with running(source) as driven:
        driven.marks.set_note = broken  # type: ignore[method-assign]  # a store that is gone
        await driven.press("c", *"hello", "enter")
        await driven.sees("a fault in storing what you did")
        assert faults.records
        assert "noted" not in driven.text
        del driven.marks.set_note
        await driven.press("c", *"hello", "enter")
        await driven.sees("noted ¶")


async def test_a_note_that_another_changed_meanwhile_is_not_called_taken_back() -> None:
    source = FakeSource()
    async with running(source) as driven:
        driven.marks.set_note = lambda *_: Written.OVERTAKEN  # type: ignore[method-assign]  # as the store answers then
        await driven.press("c", *"hello", "enter")
        await driven.sees("somebody else changed it meanwhile")
        assert "noted" not in driven.text
