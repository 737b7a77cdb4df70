"""The screens that a key leads to from anywhere, each imported when it is first asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

# ruff: noqa: PLC0415 -- none of them is needed for the first picture
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from textual.screen import Screen

    from tui.ui.screens.frame import Frame


def screen_at(place: str, origin: Frame) -> Screen[Any]:
    """The screen of that name, as seen from where the person is."""
    return _PLACES[place](origin)


def _help(origin: Frame) -> Screen[Any]:
    from tui.ui.screens.help import Help

    return Help(origin)


def _search(origin: Frame) -> Screen[Any]:
    from tui.ui.screens.search import Search

    return Search(origin.session, origin.search_text)


def _statistics(origin: Frame) -> Screen[Any]:
    from tui.ui.screens.statistics import StatisticsScreen

    return StatisticsScreen(origin.session)


def _replay(origin: Frame) -> Screen[Any]:
    from tui.ui.screens.replay import Replay

    return Replay(origin.session)


def _health(origin: Frame) -> Screen[Any]:
    from tui.ui.screens.health import Health

    return Health(origin.session)


def _handover(origin: Frame) -> Screen[Any]:
    from tui.ui.screens.handover import HandoverScreen

    return HandoverScreen(origin.session)


def _world(origin: Frame) -> Screen[Any]:
    from tui.ui.screens.world import WorldScreen

    return WorldScreen(origin.session, origin.place)


_PLACES: dict[str, Callable[[Frame], Screen[Any]]] = {
    "handover": _handover,
    "health": _health,
    "help": _help,
    "replay": _replay,
    "search": _search,
    "statistics": _statistics,
    "world": _world,
}
