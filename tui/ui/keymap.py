"""Keys of the user's own: checked against the one table of actions, and laid over it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from textual.keys import Keys, _character_to_key

from tui.domain.feed import OwnKey
from tui.ui.actions import ACTIONS, Action

_NAMED = frozenset(key.value for key in Keys if not key.value.startswith("<")) | {
    f"alt+{letter}" for letter in "abcdefghijklmnopqrstuvwxyz0123456789"
}
_SAME = {
    "ctrl+i": "tab",
    "ctrl+m": "enter",
    "ctrl+h": "backspace",
    "ctrl+j": "a new line",
    "ctrl+[": "escape",
    "return": "enter",
}
"""Keys that a terminal sends as another."""
_HELD = {"ctrl+s": "stops the output of some terminals", "ctrl+z": "suspends the program"}
_SHOWN = {
    "space": "␣",
    "enter": "⏎",
    "escape": "esc",
    "backspace": "⌫",
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
    "pagedown": "PgDn",
    "pageup": "PgUp",
}


class KeymapError(Exception):
    """A key that cannot be given; says which, why, where it is written, and what next."""


def remapped(wanted: Iterable[OwnKey], file: str) -> tuple[Action, ...]:
    """The table of actions with the user's keys in it; raises KeymapError at the first that cannot be."""
    own = tuple(wanted)
    given = {wish.action: _checked(wish, file) for wish in own}
    table = tuple(
        replace(action, keys=given[action.id], shown=_shown(given[action.id]), pair="")
        if action.id in given
        else action
        for action in ACTIONS
    )
    for wish in own:
        _refuse_conflict(wish, table, given, file)
    return table


def _checked(wish: OwnKey, file: str) -> str:
    """The keys as Textual names them, comma between."""
    names = [action.id for action in ACTIONS]
    if wish.action not in names:
        from difflib import get_close_matches  # noqa: PLC0415 -- only to say what was meant

        near = get_close_matches(wish.action, names, 1, 0.5)
        hint = f"did you mean {near[0]}?" if near else "`overflight keys` lists them"
        raise KeymapError(f"{_place(wish, file)}: there is no action {wish.action!r}; {hint}")
    found = []
    for written in wish.keys:
        key = _character_to_key(written) if len(written) == 1 else written.lower()
        if key in _SAME:
            raise KeymapError(
                f"{_place(wish, file)}: a terminal sends {written} as {_SAME[key]}; choose another key"
            )
        if key in _HELD:
            raise KeymapError(f"{_place(wish, file)}: {written} {_HELD[key]}; choose another key")
        if not (len(written) == 1 and written.isprintable() and written != " ") and key not in _NAMED:
            raise KeymapError(
                f"{_place(wish, file)}: {written!r} is no key; write a character, "
                f'or a name such as "ctrl+f", "f5", "space", "pagedown", "shift+tab"'
            )
        found.append(key)
    return ",".join(dict.fromkeys(found))


def _refuse_conflict(wish: OwnKey, table: tuple[Action, ...], given: Mapping[str, str], file: str) -> None:
    keys = set(given[wish.action].split(","))
    for mine in (action for action in table if action.id == wish.action):
        for other in table:
            if other.id == wish.action:
                continue
            taken = keys & set(other.keys.split(","))
            shared = [context for context in mine.contexts if context in other.contexts]
            if taken and shared:
                raise KeymapError(
                    f"{_place(wish, file)}: {_shown(min(taken))} is the key of two actions on the screen "
                    f"{shared[0]}: {mine.id} ({mine.help}) and {other.id} ({other.help}); "
                    f'give {mine.id} another key, or {other.id} one of its own: {other.id} = "…"'
                )


def _place(wish: OwnKey, file: str) -> str:
    return f"{file}, line {wish.line}: [keys] {wish.action}" if wish.line else f"{file}: [keys] {wish.action}"


def _shown(keys: str) -> str:
    """Keys as a person reads them: ^f, ␣, ?."""
    return " ".join(_one_shown(key) for key in keys.split(","))


def _one_shown(key: str) -> str:
    if key in _SHOWN:
        return _SHOWN[key]
    if key.startswith("ctrl+"):
        return f"^{_one_shown(key[5:])}"
    if key.startswith("shift+"):
        return f"⇧{_one_shown(key[6:])}"
    return _CHARACTERS.get(key, key)


_CHARACTERS = {_character_to_key(sign): sign for sign in "?/:[]{}<>!+-=\\,.;'\"`~@#$%^&*()_|"}


def textual_keymap(table: tuple[Action, ...]) -> dict[str, str]:
    """What Textual is told: the keys of every action that has others than by default."""
    return {
        mine.id: mine.keys for mine, shipped in zip(table, ACTIONS, strict=True) if mine.keys != shipped.keys
    }
