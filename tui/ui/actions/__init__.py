"""The one table of what a person can do: bindings, key bar, help, palette and own keys are all read from it."""

from textual.binding import Binding, BindingType

from tui.ui.actions.action import (
    COUNTRY,
    EVERYWHERE,
    HANDOVER,
    HEALTH,
    INCIDENT,
    MAP,
    MONITOR,
    NUMBERS,
    REPLAY,
    SEARCH,
    STATS,
    STORY,
    WORLD,
    Action,
)
from tui.ui.actions.going import GOING
from tui.ui.actions.marking import MARKING
from tui.ui.actions.moving import MOVING

__all__ = [
    "ACTIONS",
    "COUNTRY",
    "EVERYWHERE",
    "HANDOVER",
    "HEALTH",
    "INCIDENT",
    "MAP",
    "MONITOR",
    "NUMBERS",
    "REPLAY",
    "SEARCH",
    "STATS",
    "STORY",
    "WORLD",
    "Action",
    "actions_in",
    "app_bindings",
    "bindings",
]

ACTIONS = (*MOVING, *MARKING, *GOING)


def actions_in(context: str, table: tuple[Action, ...] = ACTIONS) -> tuple[Action, ...]:
    """What can be done on a screen."""
    return tuple(action for action in table if context in action.contexts)


def bindings(context: str) -> list[BindingType]:
    """Bindings of a screen, each with an id, so that users can give it another key."""
    return [_binding(action) for action in actions_in(context) if not action.name.startswith("app.")]


def app_bindings() -> list[BindingType]:
    """Bindings that hold whatever screen is up.

    Textual drops its own ctrl+p as soon as an app binds its palette to any key, so both keys are ours.
    """
    return [_binding(action) for action in ACTIONS if action.name.startswith("app.")]


def _binding(action: Action) -> Binding:
    name = action.name.removeprefix("app.")
    return Binding(action.keys, name, action.help, show=False, id=action.id, priority=action.priority)
