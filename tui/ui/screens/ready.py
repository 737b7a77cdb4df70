"""What the first opening of a screen would wait for, its code and its styles, made ready once the first picture stands."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from textual.app import App

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
_STYLES = Path(__file__).parents[1] / "styles"


def parts(app: App[Any]) -> Iterator[str]:
    """Does a part before each name that it gives."""
    for screen in _SCREENS:
        import_module(f"tui.ui.screens.{screen}")
        yield screen
    # Those that a screen brings with it are parsed together with all the others anew.
    sheet = app.stylesheet
    sheet.read_all([path for path in sorted(_STYLES.glob("*.tcss")) if not sheet.has_source(str(path))])
    sheet.parse()
    yield "styles"
