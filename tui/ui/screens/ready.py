"""The code that the first opening of a screen would wait for, loaded once the first picture stands."""

from collections.abc import Iterator
from importlib import import_module

SOON = 0.25
"""Seconds after the first picture until the first part: what is counted for the picture comes before."""
BETWEEN = 0.02
"""Seconds in which keys are answered between two parts."""
_SCREENS = (
    "incident",
    "story",
    "country",
    "search",
    "filter",
    "health",
    "statistics",
    "world",
    "watch",
    "help",
)
"""Those that are opened most, in this order."""


def parts() -> Iterator[str]:
    """Loads a screen before it gives its name."""
    for screen in _SCREENS:
        import_module(f"tui.ui.screens.{screen}")
        yield screen
