"""The screens opened most, loaded while nobody does anything: their first opening then takes no longer than the next."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from textual.css.stylesheet import Stylesheet

QUIET = 0.4
"""Seconds without a key or the mouse before a step."""
PAUSE = 0.06
"""Seconds between two steps, of which the longest takes some 5 ms."""

_MODULES = (
    # What the others need comes first, so that no step is long.
    "html.entities",
    "tui.reading.markup",
    "tui.reading.plain_text",
    "tui.domain.query_words",
    "tui.domain.wordings",
    "tui.ui.query_box",
    "tui.ui.screens.asking",
    "tui.ui.panes.sources",
    "tui.ui.panes.story_text",
    "tui.ui.panes.why",
    "tui.ui.screens.story",
    "tui.ui.screens.incident",
    "tui.ui.panes.profile",
    "tui.ui.screens.country",
    "tui.ui.panes.hits",
    "tui.ui.viewing",
    "tui.ui.screens.search",
    "tui.ui.panes.chips",
    "tui.ui.screens.filter",
    "tui.ui.panes.feeds",
    "tui.ui.screens.ask",
    "tui.ui.screens.health",
    "tui.domain.statistics",
    "tui.ui.panes.heat",
    "tui.ui.screens.numbers",
    "tui.ui.screens.statistics",
    "tui.ui.screens.help",
)
_STYLES = ("incident", "story", "country", "search", "filter", "health", "statistics", "help")
_FOLDER = Path(__file__).resolve().parent / "styles"


class Readying:
    """One step at a time; `monotonic` reads seconds off a clock."""

    def __init__(self, styles: Stylesheet, monotonic: Callable[[], float]) -> None:
        self._styles = styles
        self._monotonic = monotonic
        self._left = [
            *((self._load, name) for name in _MODULES),
            *((self._parse, name) for name in _STYLES),
        ]
        self._touched = monotonic()
        """When somebody was last at it, or the beginning."""

    def touched(self) -> None:
        """Somebody is at it."""
        self._touched = self._monotonic()

    def step(self) -> bool:
        """Load the next, unless somebody is at it; whether there is more."""
        if self._left and self._monotonic() - self._touched >= QUIET:
            do, name = self._left.pop(0)
            do(name)
        return bool(self._left)

    @staticmethod
    def _load(name: str) -> None:
        import_module(name)

    def _parse(self, name: str) -> None:
        path = str(_FOLDER / f"{name}.tcss")
        if not self._styles.has_source(path):
            self._styles.read(path)
            self._styles.parse()
