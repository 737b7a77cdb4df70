"""What the first opening of a screen would wait for, its code and its styles, made ready once the first picture stands."""

from importlib import import_module
from pathlib import Path
from typing import Any

from textual.app import App

_SOON = 0.25
"""Seconds after the first picture: what is counted for it comes before."""
_BETWEEN = 0.02
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


def make_ready(app: App[Any]) -> None:
    """Begin soon, a part at a time."""
    app.set_timer(_SOON, lambda: app.call_later(_load, app, _SCREENS))


def _load(app: App[Any], screens: tuple[str, ...]) -> None:
    if not screens:
        read_styles(app)
        return
    import_module(f"tui.ui.screens.{screens[0]}")
    app.set_timer(_BETWEEN, lambda: app.call_later(_load, app, screens[1:]))


def read_styles(app: App[Any]) -> None:
    """All styles at once: those that a screen brings with it are parsed together with all the others anew."""
    sheet = app.stylesheet
    sheet.read_all([path for path in sorted(_STYLES.glob("*.tcss")) if not sheet.has_source(str(path))])
    sheet.parse()
