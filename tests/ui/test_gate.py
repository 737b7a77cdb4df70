"""The gate of a release: no screen brings a byte of feed text to the terminal that acts on it.

Read as raw bytes from a pseudo-terminal, through the list of what Textual itself has to send. A program without
sanitising is walked the same way, and must be caught on every screen that shows words of a feed.
"""

import ast
import time
from collections.abc import Callable
from pathlib import Path

from tests.ui.firewall import violations
from tests.ui.terminal import Terminal, staged

SCREENS = Path(__file__).parents[2] / "tui" / "ui" / "screens"

WALK: tuple[tuple[str, str, str, str], ...] = (
    # Where from, key that leads to the next screen, its name, keys pressed on it.
    ("Monitor", "\r", "Incident", "jj"),
    ("Incident", "e", "AskLetter", ""),
    ("Incident", "\r", "Story", "xnnn"),
    ("Story", "!", "Correct", "c"),
    ("Monitor", "f", "Filter", "drone"),
    ("Monitor", "/", "Search", "flug"),
    ("Monitor", "H", "Health", "jjjjsD"),
    ("Health", "+", "AskText", "x"),
    ("Monitor", "S", "StatisticsScreen", "x\tj"),
    ("StatisticsScreen", "\r", "Numbers", "j"),
    ("Monitor", "B", "HandoverScreen", "jjje"),
    ("Monitor", "M", "WorldScreen", "JnL"),
    ("Monitor", "R", "Replay", "np"),
    ("Monitor", "?", "Help", "jjc"),
    ("Monitor", "\x10", "CommandPalette", "poll"),
    ("Monitor", "1j\r", "Country", "jjJ"),
    ("Monitor", "v", "Views", "jj"),
    ("Monitor", "W", "Watch", "jj\tjj\tjj\x1b[Z\x1b[Z"),
    ("Watch", " ", "Copyable", ""),
)
REPLACED = "\ufffd".encode()
"""What stands for a control on the screen."""
OF_OUR_OWN_WORDS = {"First", "Help", "CommandPalette", "Filter", "AskLetter", "AskText"}
"""Nothing of a feed is shown on them; behind them stands another screen, and toasts may."""


def screens_of_the_program() -> set[str]:
    """Every class of the screens' folder that is a screen one can come to."""
    found: dict[str, list[str]] = {}
    for file in SCREENS.glob("*.py"):
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and node.bases:
                found[node.name] = [ast.unparse(base).split("[")[0] for base in node.bases]
    screens = {"Screen", "ModalScreen"}
    while more := {name for name, bases in found.items() if screens & set(bases)} - screens:
        screens |= more
    parents = {base for name, bases in found.items() if name in screens for base in bases}
    return screens - (parents - {"Monitor"})


def visited(terminal: Terminal, told: Path, shows: Callable[[bytes], object]) -> dict[str, bytes]:
    """Each screen with the bytes that were sent since it was asked for, words of feeds among them."""
    terminal.until(b"What to watch")
    terminal.type("jk  ")
    terminal.quiet()
    sent = {on_top(told): bytes(terminal.raw)}
    until_it_changes(terminal, told, "\r")
    end = time.monotonic() + 30
    while b"baseline" not in terminal.raw:  # it may have come while the box lay over it
        assert time.monotonic() < end, "never came: the list"
        terminal.read(0.1)
    terminal.quiet()
    terminal.type("jjndi")
    terminal.quiet()
    sent["Monitor"] = bytes(terminal.raw)
    for origin, key, screen, keys in WALK:
        while (top := on_top(told)) != origin:
            until_it_changes(terminal, told, towards(origin, top))
        start = len(terminal.raw)
        while on_top(told) != screen:  # what the key acts on may not be read yet
            until_it_changes(terminal, told, key)
        for typed in keys:
            terminal.type(typed)
            terminal.read(0.1)
        end = time.monotonic() + 20
        while not (
            screen in OF_OUR_OWN_WORDS or shows(bytes(terminal.raw[start:])) or time.monotonic() > end
        ):
            terminal.read(0.2)
        terminal.quiet(0.2)
        sent[screen] = bytes(terminal.raw[start:])
    return sent


def towards(wanted: str, top: str) -> str:
    """The key that leads nearer to a screen: on along the walk where the screen on top lies on the way, else back."""
    while wanted != "Monitor":
        origin, key = next((origin, key) for origin, key, screen, _ in WALK if screen == wanted)
        if origin == top:
            return key
        wanted = origin
    return "0" if top == "Replay" else "\x1b"


def on_top(told: Path) -> str:
    stack: list[str] = []
    for word in told.read_text(encoding="utf-8").split():
        stack = stack[:-1] if word == "<" else [*stack, word]
    return stack[-1]


def until_it_changes(terminal: Terminal, told: Path, key: str) -> None:
    """Press a key, again if it must be, until another screen is on top."""
    before, end = told.read_text(encoding="utf-8"), time.monotonic() + 60
    while told.read_text(encoding="utf-8") == before:
        assert time.monotonic() < end, f"{on_top(told)} stays, whatever {key!r} does"
        terminal.type(key)
        again = time.monotonic() + 4
        while told.read_text(encoding="utf-8") == before and time.monotonic() < again:
            terminal.read(0.1)


def test_the_walk_goes_to_every_screen_there_is() -> None:
    assert screens_of_the_program() == {"First", "Monitor", *(screen for _, _, screen, _ in WALK)} - {
        "CommandPalette"  # Textual's own
    }


def test_no_screen_brings_anything_hostile_to_the_terminal(tmp_path: Path) -> None:
    told = tmp_path / "screens"
    with staged(
        "nasty", "first", size=(200, 60), environment={"OVERFLIGHT_STAGE_SCREENS": str(told)}
    ) as terminal:
        sent = visited(terminal, told, lambda raw: REPLACED in raw)
        assert terminal.process.poll() is None
        assert {screen for screen, raw in sent.items() if REPLACED not in raw} <= OF_OUR_OWN_WORDS
        assert {screen: violations(raw) for screen, raw in sent.items() if violations(raw)} == {}
        assert violations(bytes(terminal.raw)) == []


def test_a_program_without_sanitising_fails_the_gate_on_every_screen_with_words_of_feeds(
    tmp_path: Path,
) -> None:
    told = tmp_path / "screens"
    environment = {"OVERFLIGHT_STAGE_SCREENS": str(told)}
    with staged("nasty", "first", "unguarded", size=(200, 60), environment=environment) as terminal:
        sent = visited(terminal, told, violations)
        assert terminal.process.poll() is None
        let_through = {screen for screen, raw in sent.items() if not violations(raw)}
        assert let_through <= OF_OUR_OWN_WORDS
