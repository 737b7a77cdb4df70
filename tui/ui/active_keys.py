"""Which keys hold where several contexts do, and how the key bar tells them."""

from collections.abc import Collection, Sequence

from tui.ui.actions import ACTIONS, Action, actions_in


def actions_of(contexts: Sequence[str], table: tuple[Action, ...] = ACTIONS) -> tuple[Action, ...]:
    """What can be done where several contexts hold at once: a key is the first one's that has it."""
    found: list[Action] = []
    taken: set[str] = set()
    for context in contexts:
        here = [action for action in actions_in(context, table) if not taken & set(action.keys.split(","))]
        taken |= {key for action in here for key in action.keys.split(",")}
        found += here
    return tuple(found)


def key_bar(contexts: Sequence[str], table: tuple[Action, ...] = ACTIONS) -> tuple[tuple[str, str], ...]:
    """Keys and words of the key bar, most wanted first."""
    shown = [action for action in actions_of(contexts, table) if action.word]
    return tuple(
        (action.pair or action.shown, action.word)
        for action in sorted(shown, key=lambda action: action.order)
    )


def keys_of(ids: Collection[str], table: tuple[Action, ...]) -> frozenset[str]:
    """Every key of some actions, as Textual names them."""
    return frozenset(key for action in table if action.id in ids for key in action.keys.split(","))


def key_of(action_id: str, table: tuple[Action, ...]) -> str:
    """The first key of an action as a person reads it."""
    return next((action.shown.split()[0] for action in table if action.id == action_id and action.shown), "")
