"""What the interface is given of the world."""

from collections.abc import Callable
from dataclasses import field
from datetime import datetime, timedelta
from typing import Protocol

from tui.domain.feed import TerminalNotice
from tui.domain.follow_up import UNRESOLVED_AFTER
from tui.domain.packs import Pack
from tui.domain.query_tree import Part
from tui.domain.value import dataclass
from tui.domain.watch import AlertStanding
from tui.pipeline.ahead import ReadAhead
from tui.pipeline.board_ports import BoardSource, Marks


class Collecting(Protocol):
    """The process that fetches, as the interface holds it."""

    def start(self) -> None:
        """Start it; returns at once."""
        ...

    def alive(self) -> bool:
        """Whether it still runs; a dead one is started again by the caller."""
        ...

    @property
    def pid(self) -> int | None:
        """Its number; None while it does not run."""
        ...

    def last_words(self) -> str:
        """What the last one said as it ended, one plain line; empty when nothing."""
        ...

    def stop(self) -> None:
        """Ask it to end and wait two seconds at most."""
        ...


@dataclass(frozen=True, slots=True)
class LinkRefused:
    """A link that may not be opened, and why, in plain words."""

    reason: str


@dataclass(frozen=True, slots=True)
class Switched:
    """What became of switching a feed off or on, in plain words."""

    done: bool
    said: str
    never: bool = False
    """Not done, and it cannot be another time either: there is no such feed."""


class SwitchFeed(Protocol):
    """Writes into the user's list of feeds whether one is polled."""

    def __call__(self, url: str, *, on: bool) -> Switched:
        """Waits for the disk."""
        ...


class Outside(Protocol):
    """What the interface does beyond the store: the clipboard, the user's editor, the list of feeds, files."""

    def copy(self, text: str) -> str:
        """Name of the program that took it to the clipboard, without waiting for it; empty when there is none."""
        ...

    def edit(self, url: str) -> Switched:
        """Open the list of feeds in the user's editor where that feed stands; the terminal is given away meanwhile."""
        ...

    def add(self, url: str) -> Switched:
        """Ask the feed once and add it to the list; waits for the network."""
        ...

    def export(self, what: tuple[str, ...] | Part, form: str) -> Switched:
        """Write incidents, by their keys or by a query, to a file in the current folder; waits for the disk."""
        ...

    def export_feeds(self) -> Switched:
        """Write the list of feeds as OPML to a file in the current folder."""
        ...


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of writing a file, in plain words."""

    done: bool
    said: str


class SaveFile(Protocol):
    """Writes a file of the user's, whole or not at all."""

    def __call__(self, name: str, text: str) -> Saved:
        """Waits for the disk."""
        ...


@dataclass(frozen=True, slots=True)
class FirstRun:
    """What a person is asked when nothing was ever watched here."""

    packs: tuple[Pack, ...]
    choose: Callable[[frozenset[str]], Switched]
    """Polls the feeds of these addresses alone; writes the user's own list and waits for the disk."""
    answered: Callable[[Marks], None] = lambda _: None
    """Remembers that it was answered."""


class Browser(Protocol):
    """Opens a link outside, without blocking and without a shell."""

    def open(self, url: str) -> LinkRefused | None:
        """None when handed over."""
        ...


@dataclass(frozen=True, slots=True)
class Gate:
    """What the interface is given of the world."""

    source: BoardSource
    marks: Marks
    collecting: Collecting | None
    browser: Browser
    replay: bool = False
    """True: everything on the screen is a recording and says REPLAY."""
    replay_end: datetime | None = None
    """When the recording is over, by its own clock."""
    notices: tuple[str, ...] = field(default=())
    """Said once at the start, in plain words."""
    switch_feed: SwitchFeed | None = None
    """None: there is no list to write in."""
    outside: Outside | None = None
    """None: nothing but the store and the browser, as in a recording."""
    save: SaveFile | None = None
    """None: nothing can be written from here."""
    unresolved_after: timedelta = UNRESOLVED_AFTER
    """Without an outcome for so long, an incident counts as unresolved."""
    terminal: TerminalNotice = TerminalNotice.NONE
    """How alerts are told through the terminal of the dashboard."""
    first_run: FirstRun | None = None
    """None: something was watched here before, or there is nothing to choose."""
    may_ring: Callable[[datetime], bool] = lambda _: True
    """Whether an alert may be heard at a moment: not in quiet hours."""
    alerting: Callable[[], AlertStanding] = AlertStanding
    """Who is told of what, as the list has it now; reads a file."""
    ahead: ReadAhead | None = None
    """The board of the first picture; None: it is read when the interface is there."""
    tidy: Callable[[], object] = lambda: None
    """Called about once a second, for what is better done while nothing happens."""
